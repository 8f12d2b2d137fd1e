/** What the ledger holds of a claim: its payments, the aid that follows it, and the facts around it. */
import type { ClaimView, PayoutView } from "../../../protocol/ports/views.ts";
import { dayOfText, momentText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, joined, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { amounts, digest, facts } from "../../parts/facts.ts";
import { claimPath, periodPath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

const payoutRow = (payout: PayoutView, claim: ClaimView, visit: Visit): readonly HtmlValue[] => {
  const { claim: say } = visit.words;
  const shown = (amount: bigint): string => money(amount, claim.currency);
  return [
    say.payoutNumber(grouped(payout.payout)),
    dayOfText(payout.paidAt.blockTime, visit.language),
    html`<a href="${localPath(visit, periodPath(claim.programme, payout.period))}"
      >${say.period(payout.period)}</a
    >`,
    shown(payout.amount),
    shown(payout.recovered),
    html`<b>${shown(payout.amount - payout.recovered)}</b>`,
  ];
};

/** Each payment with what came back of it; nothing before the first. */
export const payoutsSection = (claim: ClaimView, visit: Visit): Html => {
  if (claim.payouts.length === 0) return html``;
  const { claim: say } = visit.words;
  const shown = (amount: bigint): string => money(amount, claim.currency);
  return html`<section id="payouts">
    <h2>${say.payouts}</h2>
    ${cardTable(
      [
        { name: say.payout },
        { name: say.paidOn },
        { name: say.cashPeriod },
        { name: say.paidGross, isNumber: true },
        { name: say.cameBack, isNumber: true },
        { name: say.stillPaid, isNumber: true },
      ],
      claim.payouts.map((payout) => payoutRow(payout, claim, visit)),
      claim.payouts.length > 1
        ? [
            {
              name: say.payoutsTotal,
              cells: [shown(claim.paid), shown(claim.recovered), shown(claim.paid - claim.recovered)],
            },
          ]
        : [],
    )}
  </section>`;
};

const grantLink = ({ claim, code }: ClaimView["grants"][number], visit: Visit): Html =>
  html`<a href="${localPath(visit, claimPath(claim))}"><code>${code}</code></a>`;

/** For a grant the claim that it follows; for a claim what remains of it and the grants that follow. */
export const aidSection = (claim: ClaimView, visit: Visit): Html => {
  const { claim: say } = visit.words;
  const { aidOf, grants, remaining, granted } = claim;
  if (aidOf === undefined && grants.length === 0 && remaining === 0n) return html``;
  const shown = (amount: bigint): string => money(amount, claim.currency);
  // A grant follows a paid claim of an insurance programme, never another grant.
  const canBeFollowed = claim.state === "paid" && aidOf === undefined;
  return html`<section id="aid">
    <h2>${say.aid}</h2>
    ${aidOf !== undefined && html`<p>${say.aidOf(grantLink(aidOf, visit))}</p>`}
    ${
      remaining > 0n &&
      amounts([
        [say.remaining, shown(remaining)],
        [say.granted, shown(granted)],
        ...(canBeFollowed ? [[say.grantable, shown(remaining - granted)] as const] : []),
      ])
    }
    ${
      grants.length > 0 &&
      html`<p>
        ${say.grants}
        ${joined(
          grants.map((grant) => grantLink(grant, visit)),
          " ",
        )}
      </p>`
    }
  </section>`;
};

const incidentText = (claim: ClaimView, visit: Visit): HtmlValue => {
  const { incidentFrom, toTheMinute } = claim;
  if (incidentFrom === undefined) return visit.words.claim.ofFollowed;
  return toTheMinute ? momentText(incidentFrom, visit.language) : dayOfText(incidentFrom, visit.language);
};

export const recordSection = (claim: ClaimView, visit: Visit): Html => {
  const { claim: say } = visit.words;
  const period = localPath(visit, periodPath(claim.programme, claim.policyPeriod));
  const actor = (id: number | undefined): Html | string => (id === undefined ? say.notYet : say.actor(id));
  const vouchers = claim.payouts.map((payout) => digest(payout.paymentReference));
  return html`<section>
    <h2>${say.facts}</h2>
    ${facts([
      [say.policyPeriod, html`<a href="${period}">${say.period(claim.policyPeriod)}</a>`],
      [say.benefit, say.benefits[claim.benefit]],
      [claim.toTheMinute ? say.incidentMoment : say.incident, incidentText(claim, visit)],
      ...(claim.roster === undefined
        ? []
        : [
            [
              say.roster,
              html`<a href="${period}#rosters">${say.rosterNumber(grouped(claim.roster))}</a>`,
            ] as const,
          ]),
      [say.actors, say.actorsText(actor(claim.filer), actor(claim.adjudicator), actor(claim.payer))],
      [say.reference, vouchers.length === 0 ? say.notYet : joined(vouchers, " ")],
    ])}
    <p class="quiet">${say.privacy}</p>
  </section>`;
};
