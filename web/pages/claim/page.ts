/** A claim: where it stands and why, what happened to it, and once it is paid, whose money paid it. */
import type { ClaimId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { ClaimView } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { grouped } from "../../format/money.ts";
import { html } from "../../html.ts";
import { correctionSection, correctionsOf, type NamedRecord } from "../../parts/corrections.ts";
import { copyableCode } from "../../parts/facts.ts";
import { pageOf } from "../../parts/paging.ts";
import type { PageAnswer, Visit } from "../../visit.ts";
import { unknownCodePage } from "../error.ts";
import { aidSection, payoutsSection, recordSection } from "./record.ts";
import { sentence } from "./sentence.ts";
import { countGifts, sourcesSection, type ShownSources } from "./sources.ts";
import { steps } from "./steps.ts";
import { waiting } from "./waiting.ts";

const sourcesPerPage = 50;

/** What the visit asks for: one payment's sources, or those of what stands in the claim now. */
const readSources = async (read: Read, claim: ClaimView, visit: Visit): Promise<ShownSources | undefined> => {
  if (claim.payouts.length === 0) return undefined;
  const page = pageOf(visit, "sources", sourcesPerPage);
  const asked = visit.query("payout");
  const payout = claim.payouts.find((one) => String(one.payout) === asked);
  const found = await (payout === undefined
    ? read.claimSources(claim.claim, page)
    : read.payoutSources(payout.payout, page));
  if (found === undefined) return undefined;
  const isPart = visit.query("sources") !== undefined || found.next !== undefined;
  return { found, isPart, ...(payout === undefined ? {} : { payout }) };
};

/** Notes that name the claim or one of its payments. */
const namedRecords = (claim: ClaimView): readonly NamedRecord[] => [
  { kind: "claim", record: claim.claim },
  ...claim.payouts.map(({ payout }) => ({ kind: "payout", record: payout }) as const),
];

export const claimPage = async (read: Read, visit: Visit, code: string, id: ClaimId): Promise<PageAnswer> => {
  const claim = await read.claim(id);
  if (claim === undefined) return unknownCodePage(visit, code);
  const [shown, corrections] = await Promise.all([
    readSources(read, claim, visit),
    correctionsOf(read, namedRecords(claim)),
  ]);
  const isWhole = shown !== undefined && !shown.isPart && shown.payout === undefined;
  const gifts = isWhole ? grouped(countGifts(shown.found.sources)) : undefined;
  const { words } = visit;
  return {
    title: words.claim.title(claim.code),
    status: 200,
    rawJson: api.claim(claim.code),
    body: html`<div class="title">
        <p class="kind">
          ${words.claim.kind} <span class="tag state-${claim.state}">${words.claim.states[claim.state]}</span>
        </p>
        <h1>${copyableCode(claim.code, visit)}</h1>
      </div>
      <p class="lead">${sentence(claim, gifts, visit)}</p>
      ${waiting(claim, visit)}
      <section>
        <h2>${words.claim.steps}</h2>
        ${steps(claim, visit)}
      </section>
      ${payoutsSection(claim, visit)} ${aidSection(claim, visit)} ${sourcesSection(claim, shown, visit)}
      ${recordSection(claim, visit)} ${correctionSection(corrections, visit)}`,
  };
};
