import { Type, type Static } from "typebox";
import { dayOf, formatDay, formatInstant } from "../../protocol/calendar.ts";
import { benefitKinds, claimStates, reasons } from "../../protocol/ledger/events.ts";
import type { ClaimStep, ClaimView, PayoutView } from "../../protocol/ports/views.ts";
import {
  bilingual,
  claimCode,
  closed,
  CodeText,
  Digest,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";

export const ClaimStateWire = Type.Enum([...claimStates]);
const Benefit = Type.Enum([...benefitKinds]);
const Reason = Type.Enum([...reasons], { description: "A coarse code; none is medical." });

const PayoutWire = Type.Object(
  {
    payout: Type.Integer(),
    amount: Money,
    recovered: Money,
    reserveStart: Type.String(),
    period: Type.Integer({ description: "The cash period, by block time." }),
    paidAt: Place,
    paymentReference: Digest,
  },
  closed,
);

const steps = [
  "filed",
  "withdrawn",
  "approved",
  "rejected",
  "held",
  "released",
  "cancelled",
  "paid",
  "recovered",
  "returned",
] as const satisfies readonly ClaimStep["step"][];

const StepWire = Type.Object(
  {
    step: Type.Enum([...steps]),
    at: Place,
    actor: Type.Integer(),
    amount: Type.Optional(Money),
    reason: Type.Optional(Reason),
  },
  closed,
);

export const ClaimWire = Type.Object(
  {
    code: CodeText,
    programme: CodeText,
    programmeName: Text,
    policyPeriod: Type.Integer(),
    state: ClaimStateWire,
    reason: Type.Optional(Reason),
    benefit: Benefit,
    incident: Type.Optional(
      Type.String({ description: "A day, or a minute in RFC 3339 for day policies; a grant has none." }),
    ),
    roster: Type.Optional(Type.Integer({ description: "The roster that proved membership." })),
    requested: Money,
    approved: Money,
    /** What the person still owes after all payers, an upper bound of all grants, and what of it was granted. */
    remaining: Money,
    granted: Money,
    aidOf: Type.Optional(CodeText),
    grants: Type.Array(CodeText),
    queueNumber: Type.Optional(Type.Integer()),
    claimsAhead: Type.Optional(Type.Integer()),
    missing: Type.Optional(Money),
    filedAt: Place,
    approvedAt: Type.Optional(Place),
    payouts: Type.Array(PayoutWire),
    paid: Money,
    recovered: Money,
    steps: Type.Array(StepWire),
  },
  closed,
);

const payout = (view: PayoutView, currency: string): Static<typeof PayoutWire> => ({
  payout: view.payout,
  amount: money(view.amount, currency),
  recovered: money(view.recovered, currency),
  reserveStart: view.reserveStart.toString(),
  period: view.period,
  paidAt: place(view.paidAt),
  paymentReference: view.paymentReference,
});

const step = (view: ClaimStep, currency: string): Static<typeof StepWire> => ({
  step: view.step,
  at: place(view.at),
  actor: view.actor,
  ...(view.amount === undefined ? {} : { amount: money(view.amount, currency) }),
  ...(view.reason === undefined ? {} : { reason: view.reason }),
});

const incident = ({ incidentFrom, toTheMinute }: ClaimView): { readonly incident?: string } => {
  if (incidentFrom === undefined) return {};
  return { incident: toTheMinute ? formatInstant(incidentFrom) : formatDay(dayOf(incidentFrom)) };
};

export const claim = (view: ClaimView): Static<typeof ClaimWire> => ({
  code: claimCode(view.claim),
  programme: programmeCode(view.programme),
  programmeName: bilingual(view.programmeName),
  policyPeriod: view.policyPeriod,
  state: view.state,
  ...(view.reason === undefined ? {} : { reason: view.reason }),
  benefit: view.benefit,
  ...incident(view),
  ...(view.roster === undefined ? {} : { roster: view.roster }),
  requested: money(view.requested, view.currency),
  approved: money(view.approved, view.currency),
  remaining: money(view.remaining, view.currency),
  granted: money(view.granted, view.currency),
  ...(view.aidOf === undefined ? {} : { aidOf: view.aidOf.code }),
  grants: view.grants.map(({ code }) => code),
  ...(view.queueNumber === undefined ? {} : { queueNumber: view.queueNumber }),
  ...(view.claimsAhead === undefined ? {} : { claimsAhead: view.claimsAhead }),
  ...(view.missing === undefined ? {} : { missing: money(view.missing, view.currency) }),
  filedAt: place(view.filedAt),
  ...(view.approvedAt === undefined ? {} : { approvedAt: place(view.approvedAt) }),
  payouts: view.payouts.map((each) => payout(each, view.currency)),
  paid: money(view.paid, view.currency),
  recovered: money(view.recovered, view.currency),
  steps: view.steps.map((each) => step(each, view.currency)),
});
