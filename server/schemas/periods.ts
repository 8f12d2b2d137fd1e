import { Type, type Static } from "typebox";
import { formatInstant } from "../../protocol/calendar.ts";
import type { CloseRecord } from "../../protocol/ledger/events.ts";
import type { EnrolmentView, PeriodView, RosterView } from "../../protocol/ports/views.ts";
import { closed, CodeText, Digest, Instant, money, Money, Place, place, programmeCode } from "./common.ts";
import { insurers, InsurersWire } from "./insurers.ts";

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
    operationsMovedIn: Money,
    operationsMovedOut: Money,
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
  operationsMovedIn: money(record.operationsMovedIn, currency),
  operationsMovedOut: money(record.operationsMovedOut, currency),
  expenses: money(record.expenses, currency),
});

const Denominator = Type.Integer({
  description: "How many people could have been enrolled; absent where no such figure is published.",
});

const EnrolmentWire = Type.Object(
  {
    people: Type.Integer({ description: "Person-times of this period." }),
    premiums: Money,
    denominator: Type.Optional(Denominator),
    rosters: Type.Integer(),
  },
  closed,
);

const enrolment = (view: EnrolmentView, currency: string): Static<typeof EnrolmentWire> => ({
  people: view.people,
  premiums: money(view.premiums, currency),
  ...(view.denominator === undefined ? {} : { denominator: view.denominator }),
  rosters: view.rosters,
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
    toTheMinute: Type.Boolean({ description: "Incidents are recorded to the minute: day policies." }),
    terms: Type.Optional(Digest),
    record: CloseRecordWire,
    claimsPaid: Type.Integer(),
    policyPaid: Money,
    policyRecovered: Money,
    enrolment: EnrolmentWire,
    insurers: Type.Optional(InsurersWire),
  },
  {
    ...closed,
    description:
      "record is on a cash basis; policyPaid and policyRecovered are of this policy period's claims, whenever.",
  },
);

export const period = (view: PeriodView, currency: string): Static<typeof PeriodWire> => ({
  programme: programmeCode(view.programme),
  period: view.period,
  state: view.state,
  start: formatInstant(view.start),
  ...(view.end === undefined ? {} : { end: formatInstant(view.end) }),
  ...(view.filingDeadline === undefined ? {} : { filingDeadline: formatInstant(view.filingDeadline) }),
  cover: money(view.cover, currency),
  toTheMinute: view.toTheMinute,
  ...(view.terms === undefined ? {} : { terms: view.terms }),
  record: closeRecord(view.record, currency),
  claimsPaid: view.claimsPaid,
  policyPaid: money(view.policyPaid, currency),
  policyRecovered: money(view.policyRecovered, currency),
  enrolment: enrolment(view.enrolment, currency),
  ...(view.insurers === undefined ? {} : { insurers: insurers(view.insurers, currency) }),
});

export const RosterWire = Type.Object(
  {
    roster: Type.Integer(),
    programme: CodeText,
    policyPeriod: Type.Integer(),
    root: Digest,
    count: Type.Integer(),
    premiumPerHead: Money,
    denominator: Type.Optional(Denominator),
    appendedAt: Place,
  },
  closed,
);

export const roster = (view: RosterView, currency: string): Static<typeof RosterWire> => ({
  roster: view.roster,
  programme: programmeCode(view.programme),
  policyPeriod: view.policyPeriod,
  root: view.root,
  count: view.count,
  premiumPerHead: money(view.premiumPerHead, currency),
  ...(view.denominator === undefined ? {} : { denominator: view.denominator }),
  appendedAt: place(view.appendedAt),
});
