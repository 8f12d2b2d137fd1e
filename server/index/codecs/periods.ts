/** Policy periods, who insures them and who is insured in them: each record's row, and the record of a row. */
import { actorId, periodNumber, programmeId, rosterId } from "../../../protocol/ids.ts";
import type {
  ClosedPeriod,
  InsurersRecord,
  PolicyPeriod,
  ProgrammeRecord,
  RosterRecord,
} from "../../../protocol/ledger/records.ts";
import { amountText, bytes32Of, bytesOf, fenOf, placeColumns, placeOf, positionOf } from "../columns.ts";
import type { RowOf } from "../tables.ts";

type Owner = Pick<ProgrammeRecord, "programme">;

export const periodRow = ({ programme }: Owner, period: PolicyPeriod): RowOf<"periods"> => ({
  programme,
  period: period.period,
  start: period.start,
  end: period.end,
  filing_deadline: period.filingDeadline,
  cover: amountText(period.cover),
  to_the_minute: period.toTheMinute ? 1 : 0,
  terms: bytesOf(period.terms),
  paid: amountText(period.paid),
  recovered: amountText(period.recovered),
  ...placeColumns(period.place),
});

/** A period without its insurers, which have a row of their own, and without what its claims take of the cover. */
export const periodOf = (row: RowOf<"periods">): PolicyPeriod => ({
  period: periodNumber(row.period),
  start: row.start,
  end: row.end,
  filingDeadline: row.filing_deadline,
  cover: fenOf(row.cover),
  toTheMinute: row.to_the_minute === 1,
  terms: bytes32Of(row.terms),
  place: placeOf(row),
  paid: positionOf(row.paid),
  recovered: positionOf(row.recovered),
  committed: new Map(),
});

export const insurersRow = (
  { programme }: Owner,
  { period }: PolicyPeriod,
  insurers: InsurersRecord,
): RowOf<"insurers"> => ({
  programme,
  period,
  shares: insurers.sharesBps.join(","),
  document: bytesOf(insurers.document),
  treasurer: insurers.treasurer,
  ...placeColumns(insurers.place),
});

export const insurersOf = (row: RowOf<"insurers">): InsurersRecord => ({
  sharesBps: row.shares.split(",").map(Number),
  document: bytes32Of(row.document),
  treasurer: actorId(row.treasurer),
  place: placeOf(row),
});

export const rosterRow = (roster: RosterRecord): RowOf<"rosters"> => ({
  roster: roster.roster,
  programme: roster.programme,
  policy_period: roster.policyPeriod,
  root: bytesOf(roster.root),
  count: roster.count,
  premium_per_head: amountText(roster.premiumPerHead),
  denominator: roster.denominator,
  coordinator: roster.coordinator,
  ...placeColumns(roster.place),
});

export const rosterOf = (row: RowOf<"rosters">): RosterRecord => ({
  roster: rosterId(row.roster),
  programme: programmeId(row.programme),
  policyPeriod: periodNumber(row.policy_period),
  root: bytes32Of(row.root),
  count: row.count,
  premiumPerHead: fenOf(row.premium_per_head),
  denominator: row.denominator,
  coordinator: actorId(row.coordinator),
  place: placeOf(row),
});

export const closeRow = (
  { programme }: Owner,
  period: number,
  { record, claimsPaid, place }: ClosedPeriod,
): RowOf<"closes"> => ({
  programme,
  period,
  opening: amountText(record.opening),
  allocated: amountText(record.allocated),
  moved_in: amountText(record.movedIn),
  moved_out: amountText(record.movedOut),
  recovered: amountText(record.recovered),
  paid: amountText(record.paid),
  closing: amountText(record.closing),
  approved_unpaid: amountText(record.approvedUnpaid),
  filed_undecided: amountText(record.filedUndecided),
  operations_in: amountText(record.operationsIn),
  operations_moved_in: amountText(record.operationsMovedIn),
  operations_moved_out: amountText(record.operationsMovedOut),
  expenses: amountText(record.expenses),
  claims_paid: claimsPaid,
  ...placeColumns(place),
});

export const closedPeriodOf = (row: RowOf<"closes">): ClosedPeriod => ({
  record: {
    opening: fenOf(row.opening),
    allocated: fenOf(row.allocated),
    movedIn: fenOf(row.moved_in),
    movedOut: fenOf(row.moved_out),
    recovered: fenOf(row.recovered),
    paid: fenOf(row.paid),
    closing: fenOf(row.closing),
    approvedUnpaid: fenOf(row.approved_unpaid),
    filedUndecided: fenOf(row.filed_undecided),
    operationsIn: fenOf(row.operations_in),
    operationsMovedIn: fenOf(row.operations_moved_in),
    operationsMovedOut: fenOf(row.operations_moved_out),
    expenses: fenOf(row.expenses),
  },
  claimsPaid: row.claims_paid,
  place: placeOf(row),
});
