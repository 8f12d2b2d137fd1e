/** The claims that a gift paid, one row a claim, and under them the runs that have paid none yet. */
import type { DonationView, TracedSlice } from "../../../protocol/ports/views.ts";
import { monthText } from "../../format/moments.ts";
import { money } from "../../format/money.ts";
import { percentage } from "../../format/percentages.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { swatch } from "../../parts/partition.ts";
import { cardTable } from "../../parts/card-table.ts";
import { paging } from "../../parts/paging.ts";
import { programmePath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";
import { hasComeBack } from "./way-on.ts";

type PaidSlice = TracedSlice & { readonly slice: { readonly place: "paid" } };
const isPaid = (traced: TracedSlice): traced is PaidSlice => traced.slice.place === "paid";

interface ClaimPart {
  readonly first: TracedSlice;
  amount: bigint;
}

/** Slices of one claim stand in one row, whichever allocations they came through. */
const mergedByClaim = (slices: readonly TracedSlice[]): readonly ClaimPart[] => {
  const rows = new Map<number, ClaimPart>();
  for (const traced of slices.filter(isPaid)) {
    const { claim, amount } = traced.slice;
    const row = rows.get(claim);
    if (row === undefined) rows.set(claim, { first: traced, amount });
    else row.amount += amount;
  }
  return [...rows.values()];
};

const claimRow = (row: ClaimPart, currency: string, visit: Visit): readonly HtmlValue[] => {
  const { words, language } = visit;
  const { amount } = row;
  const { claimAmount, claimCode, settledAt, programmeName } = row.first;
  return [
    claimCode === undefined
      ? words.noData
      : html`<a href="${localPath(visit, `/c/${claimCode}`)}"><code>${claimCode}</code></a>`,
    programmeName?.[language] ?? words.noData,
    settledAt === undefined ? words.noData : monthText(settledAt.blockTime, language),
    html`<b>${money(amount, currency)}</b>`,
    claimAmount === undefined ? words.noData : money(claimAmount, currency),
    (claimAmount === undefined ? undefined : percentage(amount, claimAmount)) ?? words.noData,
  ];
};

const claimsTable = (rows: readonly ClaimPart[], currency: string, visit: Visit): Html => {
  const say = visit.words.donation;
  return cardTable(
    [
      { name: say.claim },
      { name: say.county },
      { name: say.month },
      { name: say.itsShare, isNumber: true },
      { name: say.ofClaim, isNumber: true },
      { name: say.sharePart, isNumber: true },
    ],
    rows.map((row) => claimRow(row, currency, visit)),
  );
};

const otherRow = (traced: TracedSlice, currency: string, visit: Visit): Html => {
  const { words, language } = visit;
  const { slice, programmeName } = traced;
  return html`<tr>
    <th scope="row">${swatch(slice.place)}${words.parts[slice.place]}</th>
    <td>
      ${
        slice.place !== "unallocated" &&
        html`<a href="${localPath(visit, programmePath(slice.programme))}"
          >${programmeName?.[language] ?? words.noData}</a
        >`
      }
    </td>
    <td class="number">${money(slice.amount, currency)}</td>
  </tr>`;
};

const othersTable = (slices: readonly TracedSlice[], currency: string, visit: Visit): Html => {
  const { words } = visit;
  return html`<h3>${words.donation.others}</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.donation.place}</th>
          <th scope="col">${words.donation.county}</th>
          <th scope="col" class="number">${words.partition.amount}</th>
        </tr>
      </thead>
      <tbody>
        ${slices.map((traced) => otherRow(traced, currency, visit))}
      </tbody>
    </table>`;
};

export const paidClaims = (
  donation: DonationView,
  slices: readonly TracedSlice[],
  next: string | undefined,
  visit: Visit,
): Html => {
  const say = visit.words.donation;
  const rows = mergedByClaim(slices);
  const others = slices.filter((traced) => !isPaid(traced));
  const isPart = next !== undefined || visit.query("slices") !== undefined;
  return html`<section id="slices">
    <h2>${say.claims}</h2>
    ${rows.length === 0 ? !isPart && html`<p>${hasComeBack(slices) ? say.claimsCameBack : say.claimsNone}</p>` : claimsTable(rows, donation.currency, visit)}
    ${others.length > 0 && othersTable(others, donation.currency, visit)}
    ${isPart && html`<p class="quiet">${say.claimsMore}</p>`} ${paging(visit, "slices", next)}
  </section>`;
};
