import { Type, type Static } from "typebox";
import { dayOf, formatDay, formatInstant } from "../../protocol/calendar.ts";
import { benefitKinds } from "../../protocol/ledger/events.ts";
import type { ClaimSources, ClaimView, TracedSource } from "../../protocol/ports/views.ts";
import {
  bilingual,
  claimCode,
  closed,
  CodeText,
  Digest,
  fundCode,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";
import { batch, BatchWire } from "./donations.ts";

export const claimStates = ["filed", "approved", "paid"] as const;
export const ClaimStateWire = Type.Enum([...claimStates]);
const Benefit = Type.Enum([...benefitKinds]);

export const ClaimWire = Type.Object(
  {
    code: CodeText,
    programme: CodeText,
    programmeName: Text,
    policyPeriod: Type.Integer(),
    state: ClaimStateWire,
    benefit: Benefit,
    incident: Type.String({ description: "A day, or a minute in RFC 3339 for day policies." }),
    requested: Money,
    approved: Money,
    queueNumber: Type.Optional(Type.Integer()),
    claimsAhead: Type.Optional(Type.Integer()),
    missing: Type.Optional(Money),
    filedAt: Place,
    approvedAt: Type.Optional(Place),
    payouts: Type.Array(
      Type.Object(
        {
          payout: Type.Integer(),
          amount: Money,
          reserveStart: Type.String(),
          period: Type.Integer(),
          paidAt: Place,
          paymentReference: Digest,
        },
        closed,
      ),
    ),
  },
  closed,
);

export const claim = (view: ClaimView): Static<typeof ClaimWire> => ({
  code: claimCode(view.claim),
  programme: programmeCode(view.programme),
  programmeName: bilingual(view.programmeName),
  policyPeriod: view.policyPeriod,
  state: view.state,
  benefit: view.benefit,
  incident: view.toTheMinute ? formatInstant(view.incidentFrom) : formatDay(dayOf(view.incidentFrom)),
  requested: money(view.requested, view.currency),
  approved: money(view.approved, view.currency),
  ...(view.queueNumber === undefined ? {} : { queueNumber: view.queueNumber }),
  ...(view.claimsAhead === undefined ? {} : { claimsAhead: view.claimsAhead }),
  ...(view.missing === undefined ? {} : { missing: money(view.missing, view.currency) }),
  filedAt: place(view.filedAt),
  ...(view.approvedAt === undefined ? {} : { approvedAt: place(view.approvedAt) }),
  payouts: view.payouts.map((payout) => ({
    payout: payout.payout,
    amount: money(payout.amount, view.currency),
    reserveStart: payout.reserveStart.toString(),
    period: payout.period,
    paidAt: place(payout.paidAt),
    paymentReference: payout.paymentReference,
  })),
});

export const SourceWire = Type.Object(
  {
    fund: CodeText,
    fundName: Text,
    allocation: Type.Integer(),
    fundStart: Type.String(),
    fundEnd: Type.String(),
    amountFen: Type.String(),
    batch: BatchWire,
    firstIndex: Type.Integer(),
    lastIndex: Type.Integer(),
    firstDonation: CodeText,
    donations: Type.Integer(),
  },
  closed,
);

const source = (traced: TracedSource): Static<typeof SourceWire> => ({
  fund: fundCode(traced.source.fund),
  fundName: bilingual(traced.fundName),
  allocation: traced.source.allocation,
  fundStart: traced.source.fundStart.toString(),
  fundEnd: traced.source.fundEnd.toString(),
  amountFen: traced.source.amount.toString(),
  batch: batch(traced.batch),
  firstIndex: traced.firstIndex,
  lastIndex: traced.lastIndex,
  firstDonation: traced.firstCode,
  donations: traced.donations,
});

export const SourcesWire = Type.Object(
  { totalFen: Type.String(), sources: Type.Array(SourceWire), next: Type.Optional(Type.String()) },
  closed,
);

export const sources = (view: ClaimSources): Static<typeof SourcesWire> => ({
  totalFen: view.total.toString(),
  sources: view.sources.map(source),
  ...(view.next === undefined ? {} : { next: view.next }),
});
