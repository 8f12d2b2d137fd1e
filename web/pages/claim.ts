/** A claim: where it stands, and when it is paid, whose money paid it. */
import { channelText } from "../format/channels.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { ClaimSources, ClaimView, TracedSource } from "../../protocol/ports/views.ts";
import { dayOfText, dayText, momentText } from "../format/moments.ts";
import { grouped, money } from "../format/money.ts";
import { percentage, percentages } from "../format/percentages.ts";
import { html, joined, type Html, type HtmlValue } from "../html.ts";
import { cardTable, type SumRow } from "../parts/card-table.ts";
import { copyableCode, digest, facts } from "../parts/facts.ts";
import { pageOf, paging } from "../parts/paging.ts";
import { timeline, type TimelineStep } from "../parts/timeline.ts";
import { batchPath, fundPath, programmePath } from "../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";
import { unknownCodePage } from "./error.ts";

const sourcesPerPage = 50;

/** A gift that two neighbouring sources share is one gift. */
const countGifts = (sources: readonly TracedSource[]): number =>
  sources.reduce((count, traced, at) => {
    const before = sources[at - 1];
    const isShared =
      before !== undefined &&
      before.source.batch === traced.source.batch &&
      before.lastIndex === traced.firstIndex;
    return count + traced.donations - (isShared ? 1 : 0);
  }, 0);

const sentence = (
  claim: ClaimView,
  sources: ClaimSources | undefined,
  isPart: boolean,
  visit: Visit,
): Html => {
  const say = visit.words.claim;
  const programme = html`<a href="${localPath(visit, programmePath(claim.programme))}"
    >${claim.programmeName[visit.language]}</a
  >`;
  const amount = (value: bigint): Html => html`<b>${money(value, claim.currency)}</b>`;
  switch (claim.state) {
    case "filed":
      return say.filedSentence(amount(claim.requested), programme);
    case "approved":
      return say.approvedSentence(amount(claim.approved), programme);
    case "paid":
      return isPart || sources === undefined
        ? say.paidSentencePaged(amount(claim.approved), programme)
        : say.paidSentence(amount(claim.approved), programme, grouped(countGifts(sources.sources)));
  }
};

const steps = (claim: ClaimView, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.claim;
  const lastPayout = claim.payouts.at(-1);
  const step = (name: string, at: { readonly blockTime: number } | undefined, text: Html): TimelineStep => ({
    name,
    state: at === undefined ? "waiting" : "done",
    stateText: at === undefined ? say.waiting : words.donation.step.done,
    when: at === undefined ? undefined : momentText(at.blockTime, language),
    text: at === undefined ? html`` : text,
  });
  return timeline([
    step(say.filed, claim.filedAt, say.requested(money(claim.requested, claim.currency))),
    step(say.approved, claim.approvedAt, say.approvedAmount(money(claim.approved, claim.currency))),
    step(say.paid, lastPayout?.paidAt, say.paidAmount(money(lastPayout?.amount ?? 0n, claim.currency))),
  ]);
};

const placeInQueue = (claim: ClaimView, visit: Visit): Html => {
  const say = visit.words.claim;
  const ahead = claim.claimsAhead;
  return html`<section class="${claim.missing === 0n ? "note" : "notice"}">
    <h2>${say.queue}</h2>
    ${ahead !== undefined && html`<p>${ahead === 0 ? say.queueFirst : say.queueText(grouped(ahead))}</p>`}
    ${
      claim.missing !== undefined &&
      html`<p>
        ${
          claim.missing === 0n
            ? say.nothingMissing
            : say.missing(html`<b>${money(claim.missing, claim.currency)}</b>`)
        }
      </p>`
    }
  </section>`;
};

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
      <span class="quiet">${dayText(batch.day, language)} ${channelText(batch.channel, words)}</span>`,
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

const sourcesTable = (claim: ClaimView, found: ClaimSources, isPart: boolean, visit: Visit): Html => {
  const say = visit.words.claim;
  const shares = sharesOf(found, isPart, visit.words.noData);
  const listed = found.sources.reduce((sum, traced) => sum + traced.source.amount, 0n);
  const sum = (name: string, amount: bigint): SumRow => ({
    name,
    cells: [money(amount, claim.currency), percentage(amount, found.total) ?? visit.words.noData],
  });
  return html`<p>${say.sourcesLead}</p>
    ${cardTable(
      [
        { name: say.batch },
        { name: say.fund },
        { name: say.gifts, isNumber: true },
        { name: say.firstGift },
        { name: say.gave, isNumber: true },
        { name: say.share, isNumber: true },
      ],
      found.sources.map((traced, at) => sourceRow(traced, shares[at] ?? "", claim.currency, visit)),
      isPart ? [sum(say.pageTotal, listed), sum(say.wholeTotal, found.total)] : [sum(say.total, listed)],
    )}`;
};

const record = (claim: ClaimView, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.claim;
  const actor = (id: number | undefined): Html | string => (id === undefined ? say.notYet : say.actor(id));
  return html`<section>
    <h2>${say.facts}</h2>
    ${facts([
      [
        say.policyPeriod,
        html`<a href="${localPath(visit, programmePath(claim.programme))}#period-${claim.policyPeriod}"
          >${say.period(claim.policyPeriod)}</a
        >`,
      ],
      [say.benefit, say.benefits[claim.benefit]],
      [
        say.incident,
        claim.toTheMinute
          ? momentText(claim.incidentFrom, language)
          : dayOfText(claim.incidentFrom, language),
      ],
      [say.actors, say.actorsText(actor(claim.filer), actor(claim.adjudicator), actor(claim.payer))],
      [
        say.reference,
        claim.payouts.length === 0
          ? say.notYet
          : joined(
              claim.payouts.map((payout) => digest(payout.paymentReference)),
              " ",
            ),
      ],
    ])}
    <p class="quiet">${say.privacy}</p>
  </section>`;
};

export const claimPage = async (read: Read, visit: Visit, code: string, id: ClaimId): Promise<PageAnswer> => {
  const claim = await read.claim(id);
  if (claim === undefined) return unknownCodePage(visit, code);
  const sources =
    claim.state === "paid"
      ? await read.claimSources(id, pageOf(visit, "sources", sourcesPerPage))
      : undefined;
  const isPart = visit.query("sources") !== undefined || sources?.next !== undefined;
  const { words } = visit;
  return {
    title: words.claim.title(claim.code),
    status: 200,
    rawJson: `/v1/claims/${claim.code}`,
    body: html`<div class="title">
        <p class="kind">
          ${words.claim.kind} <span class="tag state-${claim.state}">${words.claim.states[claim.state]}</span>
        </p>
        <h1>${copyableCode(claim.code, visit)}</h1>
      </div>
      <p class="lead">${sentence(claim, sources, isPart, visit)}</p>
      ${claim.state === "approved" && placeInQueue(claim, visit)}
      <section>
        <h2>${words.claim.steps}</h2>
        ${steps(claim, visit)}
      </section>
      <section id="sources">
        <h2>${words.claim.sources}</h2>
        ${
          sources === undefined
            ? html`<p>${words.claim.sourcesNone}</p>`
            : html`${sourcesTable(claim, sources, isPart, visit)} ${paging(visit, "sources", sources.next)}
                <p class="links"><a href="/v1/claims/${claim.code}/sources">${words.footer.rawJson}</a></p>`
        }
      </section>
      ${record(claim, visit)}`,
  };
};
