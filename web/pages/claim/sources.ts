/** Whose money stands in a claim now, or all that one of its payments took. */
import type { ClaimSources, ClaimView, PayoutView, TracedSource } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { channelText } from "../../format/channels.ts";
import { dayText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { percentage, percentages } from "../../format/percentages.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { cardTable, type SumRow } from "../../parts/card-table.ts";
import { paging } from "../../parts/paging.ts";
import { batchPath, fundPath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

/** A gift that two neighbouring sources share is one gift. */
export const countGifts = (sources: readonly TracedSource[]): number =>
  sources.reduce((count, traced, at) => {
    const before = sources[at - 1];
    const isShared =
      before !== undefined &&
      before.source.batch === traced.source.batch &&
      before.lastIndex === traced.firstIndex;
    return count + traced.donations - (isShared ? 1 : 0);
  }, 0);

const sourceRow = (
  traced: TracedSource,
  share: string,
  currency: string,
  visit: Visit,
): readonly HtmlValue[] => {
  const { words, language } = visit;
  const { source, batch } = traced;
  return [
    html`<a href="${localPath(visit, batchPath(source.batch))}"
        >${words.claim.batch} ${grouped(source.batch)}</a
      >
      <span class="quiet">${dayText(batch.day, language)} ${channelText(batch.channel, words)}</span>
      ${source.hops > 0 && html`<span class="quiet">${words.claim.through(grouped(source.hops))}</span>`}`,
    html`<a href="${localPath(visit, fundPath(source.fund))}">${traced.fundName[language]}</a>`,
    words.unit.donations(grouped(traced.donations)),
    html`<a href="${localPath(visit, `/d/${traced.firstCode}`)}"><code>${traced.firstCode}</code></a>`,
    html`<b>${money(source.amount, currency)}</b>`,
    share,
  ];
};

/** Shares of the whole claim. A whole list adds up to 100.00 %; one page of it is rounded down row by row. */
const sharesOf = (found: ClaimSources, isPart: boolean, noData: string): readonly string[] => {
  const gave = found.sources.map((traced) => traced.source.amount);
  const whole = isPart ? undefined : percentages(gave);
  return whole ?? gave.map((amount) => percentage(amount, found.total) ?? noData);
};

const sourcesTable = (currency: string, found: ClaimSources, isPart: boolean, visit: Visit): Html => {
  const { claim: say, noData } = visit.words;
  const shares = sharesOf(found, isPart, noData);
  const listed = found.sources.reduce((sum, traced) => sum + traced.source.amount, 0n);
  const sum = (name: string, amount: bigint): SumRow => ({
    name,
    cells: [money(amount, currency), percentage(amount, found.total) ?? noData],
  });
  return cardTable(
    [
      { name: say.batch },
      { name: say.fund },
      { name: say.gifts, isNumber: true },
      { name: say.firstGift },
      { name: say.gave, isNumber: true },
      { name: say.share, isNumber: true },
    ],
    found.sources.map((traced, at) => sourceRow(traced, shares[at] ?? "", currency, visit)),
    isPart ? [sum(say.pageTotal, listed), sum(say.wholeTotal, found.total)] : [sum(say.total, listed)],
  );
};

export interface ShownSources {
  /** The one payment whose sources are shown gross; absent for what stands in the claim now. */
  readonly payout?: PayoutView;
  readonly found: ClaimSources;
  readonly isPart: boolean;
}

const ownList = "sources";

/** The other ways to look at it: gross payment by payment where money came back, and back to what is in it now. */
const otherViews = (claim: ClaimView, shown: PayoutView | undefined, visit: Visit): Html | false => {
  if (claim.recovered === 0n) return false;
  const { claim: say } = visit.words;
  const here = localPath(visit, visit.path);
  const others = claim.payouts.filter(({ payout }) => payout !== shown?.payout);
  return html`<p class="links">
    ${shown !== undefined && html`<a href="${here}#${ownList}">${say.net}</a>`}
    ${others.map(
      ({ payout }) =>
        html`<a href="${here}?payout=${payout}#${ownList}">${say.gross(say.payoutNumber(payout))}</a>`,
    )}
  </p>`;
};

const listed = (claim: ClaimView, { payout, found, isPart }: ShownSources, visit: Visit): Html => {
  const { claim: say, footer } = visit.words;
  const isNet = payout === undefined && claim.recovered > 0n;
  const json = payout === undefined ? api.claimSources(claim.code) : api.payoutSources(payout.payout);
  return html`<p>${say.sourcesLead}${isNet && html` ${say.sourcesNet}`}</p>
    ${payout !== undefined && html`<p>${say.sourcesGross}</p>`}
    ${
      found.total === 0n
        ? html`<p>${say.nothingLeft}</p>`
        : sourcesTable(claim.currency, found, isPart, visit)
    }
    ${paging(visit, ownList, found.next, ["payout"])} ${otherViews(claim, payout, visit)}
    <p class="links"><a href="${json}">${footer.rawJson}</a></p>`;
};

export const sourcesSection = (claim: ClaimView, shown: ShownSources | undefined, visit: Visit): Html => {
  const { claim: say } = visit.words;
  const payout = shown?.payout;
  return html`<section id="${ownList}">
    <h2>${payout === undefined ? say.sources : say.grossTitle(say.payoutNumber(payout.payout))}</h2>
    ${shown === undefined ? html`<p>${say.sourcesNone}</p>` : listed(claim, shown, visit)}
  </section>`;
};
