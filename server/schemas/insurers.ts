import { Type, type Static } from "typebox";
import type { Flows, StatementLine } from "../../protocol/insurers/statement.ts";
import type { InsurerStatementView, InsurersView } from "../../protocol/ports/views.ts";
import {
  bilingual,
  claimCode,
  closed,
  CodeText,
  Currency,
  Digest,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";

const FlowsWire = Type.Object(
  {
    paid: Money,
    recovered: Money,
    net: Type.Object(
      { amount: Type.String({ pattern: "^(0|-?[1-9][0-9]{0,19})$" }), currency: Currency },
      { ...closed, description: "paid - recovered; in one cash period it can be below 0." },
    ),
  },
  closed,
);

const flows = (view: Flows, currency: string): Static<typeof FlowsWire> => ({
  paid: money(view.paid, currency),
  recovered: money(view.recovered, currency),
  net: { amount: view.net.toString(), currency },
});

const Share = Type.Integer({ minimum: 1, maximum: 10_000, description: "Basis points." });

export const InsurersWire = Type.Object(
  {
    document: Digest,
    insurers: Type.Array(
      Type.Object(
        { ordinal: Type.Integer({ minimum: 1 }), name: Text, shareBps: Share, part: FlowsWire },
        closed,
      ),
    ),
  },
  { ...closed, description: "In the order that settles rounding; the parts add up to what was paid." },
);

export const insurers = (view: InsurersView, currency: string): Static<typeof InsurersWire> => ({
  document: view.document,
  insurers: view.insurers.map(({ ordinal, name, shareBps, part }) => ({
    ordinal,
    name: bilingual(name),
    shareBps,
    part: flows(part, currency),
  })),
});

const LineWire = Type.Object(
  {
    kind: Type.Union([Type.Literal("payout"), Type.Literal("recovery")]),
    payout: Type.Integer(),
    recovery: Type.Optional(Type.Integer()),
    claim: CodeText,
    cashPeriod: Type.Integer(),
    at: Place,
    gross: Money,
    part: Money,
    opening: Money,
    closing: Money,
  },
  { ...closed, description: "opening + part (of a payout) or - part (of a recovery) = closing" },
);

const line = (view: StatementLine, currency: string): Static<typeof LineWire> => {
  const { movement } = view;
  return {
    kind: movement.kind,
    payout: movement.payout,
    ...(movement.kind === "recovery" ? { recovery: movement.recovery } : {}),
    claim: claimCode(movement.claim),
    cashPeriod: movement.cashPeriod,
    at: place(movement.at),
    gross: money(movement.amount, currency),
    part: money(view.part, currency),
    opening: money(view.opening, currency),
    closing: money(view.closing, currency),
  };
};

export const StatementWire = Type.Object(
  {
    programme: CodeText,
    programmeName: Text,
    policyPeriod: Type.Integer(),
    ordinal: Type.Integer(),
    name: Text,
    shareBps: Share,
    part: FlowsWire,
    sum: FlowsWire,
    ledger: FlowsWire,
    reconciles: Type.Boolean({
      description: "All insurers together, and the lines, are what the ledger's own counters say.",
    }),
    cashPeriods: Type.Array(
      Type.Object({ cashPeriod: Type.Integer(), gross: FlowsWire, part: FlowsWire }, closed),
    ),
    lines: Type.Array(LineWire),
    next: Type.Optional(Type.String()),
  },
  {
    ...closed,
    description: "part, sum, ledger and cashPeriods are of the whole statement, lines of this page.",
  },
);

export const statement = (view: InsurerStatementView): Static<typeof StatementWire> => ({
  programme: programmeCode(view.programme),
  programmeName: bilingual(view.programmeName),
  policyPeriod: view.policyPeriod,
  ordinal: view.ordinal,
  name: bilingual(view.name),
  shareBps: view.shareBps,
  part: flows(view.part, view.currency),
  sum: flows(view.sum, view.currency),
  ledger: flows(view.ledger, view.currency),
  reconciles: view.reconciles,
  cashPeriods: view.cashPeriods.map(({ cashPeriod, gross, part }) => ({
    cashPeriod,
    gross: flows(gross, view.currency),
    part: flows(part, view.currency),
  })),
  lines: view.lines.map((each) => line(each, view.currency)),
  ...(view.next === undefined ? {} : { next: view.next }),
});
