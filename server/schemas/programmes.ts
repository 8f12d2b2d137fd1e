import { Type, type Static } from "typebox";
import { formatInstant } from "../../protocol/calendar.ts";
import { expenseKinds, programmeKinds, type CloseRecord } from "../../protocol/ledger/events.ts";
import type { ExpenseView, PeriodView, ProgrammeView } from "../../protocol/ports/views.ts";
import {
  bilingual,
  closed,
  CodeText,
  Currency,
  Digest,
  fundCode,
  Instant,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";
import { programmePartition, ProgrammePartitionWire } from "./partition.ts";

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
    claims: Type.Object({ filed: Type.Integer(), approved: Type.Integer(), paid: Type.Integer() }, closed),
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

const CloseRecordWire = Type.Object(
  {
    opening: Money,
    allocated: Money,
    movedIn: Money,
    movedOut: Money,
    recovered: Money,
    paid: Money,
    closing: Money,
    approvedUnpaid: Money,
    filedUndecided: Money,
    operationsIn: Money,
    expenses: Money,
  },
  {
    ...closed,
    description: "opening + allocated + movedIn - movedOut + recovered - paid = closing = the next opening",
  },
);

const closeRecord = (record: CloseRecord, currency: string): Static<typeof CloseRecordWire> => ({
  opening: money(record.opening, currency),
  allocated: money(record.allocated, currency),
  movedIn: money(record.movedIn, currency),
  movedOut: money(record.movedOut, currency),
  recovered: money(record.recovered, currency),
  paid: money(record.paid, currency),
  closing: money(record.closing, currency),
  approvedUnpaid: money(record.approvedUnpaid, currency),
  filedUndecided: money(record.filedUndecided, currency),
  operationsIn: money(record.operationsIn, currency),
  expenses: money(record.expenses, currency),
});

export const PeriodWire = Type.Object(
  {
    programme: CodeText,
    period: Type.Integer(),
    state: Type.Union([
      Type.Literal("declared"),
      Type.Literal("open"),
      Type.Literal("closed"),
      Type.Literal("runOff"),
    ]),
    start: Instant,
    end: Type.Optional(Instant),
    filingDeadline: Type.Optional(Instant),
    cover: Money,
    terms: Type.Optional(Digest),
    record: CloseRecordWire,
    claimsPaid: Type.Integer(),
  },
  closed,
);

export const period = (view: PeriodView, currency: string): Static<typeof PeriodWire> => ({
  programme: programmeCode(view.programme),
  period: view.period,
  state: view.state,
  start: formatInstant(view.start),
  ...(view.end === undefined ? {} : { end: formatInstant(view.end) }),
  ...(view.filingDeadline === undefined ? {} : { filingDeadline: formatInstant(view.filingDeadline) }),
  cover: money(view.cover, currency),
  ...(view.terms === undefined ? {} : { terms: view.terms }),
  record: closeRecord(view.record, currency),
  claimsPaid: view.claimsPaid,
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
