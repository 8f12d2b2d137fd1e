/** Claims at the desk by state: what is to be decided, paid or released; in queue order where they wait to be paid. */
import { parseCode } from "../../../protocol/codes/code.ts";
import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { ClaimState, ClaimView, Page } from "../../../protocol/ports/views.ts";
import { isOwn, type DeskPage, type DeskVisit } from "../../desk/visit.ts";
import { dayOfText } from "../../format/moments.ts";
import { money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import { pageOf, paging } from "../../parts/paging.ts";
import { deskClaimPath } from "../../paths.ts";
import { localPath } from "../../visit.ts";
import { notFoundPage } from "../error.ts";

const listed = ["filed", "approved", "onHold"] as const satisfies readonly ClaimState[];
export type ListedState = (typeof listed)[number];

const rowsPerPage = 50;

const programmeIn = (visit: DeskVisit): ProgrammeId | undefined => {
  const parsed = parseCode(visit.query("programme") ?? "");
  return parsed.ok && parsed.code.kind === "programme" ? parsed.code.programme : undefined;
};

const claimsOf = (
  read: Read,
  programme: ProgrammeId,
  state: ListedState,
  visit: DeskVisit,
): Promise<Page<ClaimView>> => {
  const page = pageOf(visit, "claims", rowsPerPage);
  return state === "approved" ? read.queue(programme, page) : read.claims({ programme, state }, page);
};

const table = (claims: readonly ClaimView[], visit: DeskVisit): Html => {
  const { words, language } = visit;
  const { claim: say } = words.desk;
  return cardTable(
    [
      { name: words.queue.claim },
      { name: say.filedOn },
      { name: say.benefit },
      { name: say.requested, isNumber: true },
      { name: say.approved, isNumber: true },
    ],
    claims.map((claim) => [
      html`<a href="${localPath(visit, deskClaimPath(claim.claim))}"><code>${claim.code}</code></a>`,
      dayOfText(claim.filedAt.blockTime, language),
      words.claim.benefits[claim.benefit],
      money(claim.requested, claim.currency),
      claim.approved === 0n ? words.none : money(claim.approved, claim.currency),
    ]),
  );
};

export const deskClaimsPage: DeskPage = async (read, visit) => {
  const { desk: say } = visit.words;
  const state = listed.find((each) => each === visit.query("state"));
  const id = programmeIn(visit);
  const programme = id === undefined || !isOwn(visit, id) ? undefined : await read.programme(id);
  if (state === undefined || programme === undefined) return notFoundPage(visit);
  const claims = await claimsOf(read, programme.programme, state, visit);
  return {
    title: say.lists[state],
    status: 200,
    body: html`${deskBar(visit)}
      <div class="title">
        <p class="kind">${programme.name[visit.language]}</p>
        <h1>${say.lists[state]}</h1>
      </div>
      <section id="claims">
        ${claims.items.length === 0 ? html`<p>${say.noClaims}</p>` : table(claims.items, visit)}
        ${paging(visit, "claims", claims.next, ["programme", "state"])}
      </section>`,
  };
};
