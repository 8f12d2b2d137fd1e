/** Where to give for one programme only: the funds that are restricted to it. */
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { FundView } from "../../protocol/ports/views.ts";
import { basisPoints } from "../format/percentages.ts";
import { html, type Html } from "../html.ts";
import { localPath, type Visit } from "../visit.ts";

/** Nothing where no fund is restricted to the programme. */
export const appealText = (programme: ProgrammeId, funds: readonly FundView[], visit: Visit): Html => {
  const own = funds.filter((fund) => fund.restrictedTo === programme);
  if (own.length === 0) return html``;
  const { queue: say } = visit.words;
  return html`<p>${say.appealLead}</p>
    <ul>
      ${own.map(
        (fund) =>
          html`<li>
            ${say.appealFund(
              html`<a href="${localPath(visit, `/f/${fund.code}`)}">${fund.name[visit.language]}</a>`,
              basisPoints(fund.claimsShareBps),
            )}
          </li>`,
      )}
    </ul>`;
};
