import { Type, type Static } from "typebox";
import { expenseKinds, programmeKinds } from "../../protocol/ledger/events.ts";
import type { ExpenseView, ProgrammeView } from "../../protocol/ports/views.ts";
import {
  bilingual,
  closed,
  CodeText,
  Currency,
  Digest,
  fundCode,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";
import { programmePartition, ProgrammePartitionWire } from "./partition.ts";

export const ClaimCountsWire = Type.Object(
  {
    filed: Type.Integer(),
    approved: Type.Integer(),
    onHold: Type.Integer(),
    paid: Type.Integer(),
  },
  { ...closed, description: "Open and paid claims, each in the state that it is in." },
);

export const ProgrammeWire = Type.Object(
  {
    code: CodeText,
    name: Text,
    kind: Type.Enum([...programmeKinds]),
    currency: Currency,
    region: Type.Integer({
      description: "GB/T 2260 code of the county or city; 0 where there is no single one.",
    }),
    document: Digest,
    openedAt: Place,
    partition: ProgrammePartitionWire,
    funds: Type.Array(
      Type.Object(
        { fund: CodeText, allocated: Money, claimsAmount: Money, claimsShareBps: Type.Integer() },
        closed,
      ),
    ),
    advance: Money,
    approvedUnpaid: Money,
    filedUndecided: Money,
    shortfall: Money,
    claims: ClaimCountsWire,
    currentPeriod: Type.Integer(),
    inRunOff: Type.Boolean(),
  },
  closed,
);

export const programme = (view: ProgrammeView): Static<typeof ProgrammeWire> => ({
  code: programmeCode(view.programme),
  name: bilingual(view.name),
  kind: view.kind,
  currency: view.currency,
  region: view.region,
  document: view.document,
  openedAt: place(view.openedAt),
  partition: programmePartition(view.partition, view.currency),
  funds: view.funds.map((part) => ({
    fund: fundCode(part.fund),
    allocated: money(part.allocated, view.currency),
    claimsAmount: money(part.claimsAmount, view.currency),
    claimsShareBps: part.claimsShareBps,
  })),
  advance: money(view.advance, view.currency),
  approvedUnpaid: money(view.approvedUnpaid, view.currency),
  filedUndecided: money(view.filedUndecided, view.currency),
  shortfall: money(view.shortfall, view.currency),
  claims: { ...view.claims },
  currentPeriod: view.currentPeriod,
  inRunOff: view.inRunOff,
});

export const ExpenseKindWire = Type.Enum([...expenseKinds]);

export const ExpenseWire = Type.Object(
  {
    expense: Type.Integer(),
    programme: CodeText,
    kind: ExpenseKindWire,
    amountFen: Type.String(),
    operationsStart: Type.String(),
    period: Type.Integer(),
    recordedAt: Place,
  },
  closed,
);

export const expense = (view: ExpenseView): Static<typeof ExpenseWire> => ({
  expense: view.expense,
  programme: programmeCode(view.programme),
  kind: view.kind,
  amountFen: view.amount.toString(),
  operationsStart: view.operationsStart.toString(),
  period: view.period,
  recordedAt: place(view.recordedAt),
});
