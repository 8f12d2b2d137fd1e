/** From rows of the index back to records of the books: the inverse of rows.ts. */
import {
  actorId,
  allocationId,
  batchId,
  claimId,
  expenseId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import { benefitKinds, expenseKinds, programmeKinds } from "../../protocol/ledger/events.ts";
import type {
  AllocationRecord,
  Approval,
  BatchRecord,
  ClosedPeriod,
  DeclaredPeriod,
  ExpenseRecord,
  FiledPart,
  FundContribution,
  FundRecord,
  PayoutRecord,
  ProgrammeRecord,
  Totals,
} from "../../protocol/ledger/records.ts";
import { bytes32Of, fenOf, placeOf, positionOf } from "./columns.ts";
import type { RowOf } from "./tables.ts";

/** A row of the index holds what no version of the gateway wrote. */
export class DamagedIndexRow extends Error {
  readonly value: string;
  constructor(value: string, expected: readonly string[]) {
    super(
      `index: a row holds ${JSON.stringify(value)} where one of ${expected.join(", ")} belongs; delete the index`,
    );
    this.name = "DamagedIndexRow";
    this.value = value;
  }
}

const oneOf = <Value extends string>(values: readonly Value[], text: string): Value => {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new DamagedIndexRow(text, values);
  return found;
};

/** A fund without the lists of its records. */
export type FundFigures = Omit<FundRecord, "batches" | "allocations">;

export const fundOf = (row: RowOf<"funds">): FundFigures => ({
  fund: fundId(row.fund),
  currency: row.currency,
  claimsShareBps: row.claims_share_bps,
  restrictedTo: programmeId(row.restricted_to),
  fallbackTo: programmeId(row.fallback_to),
  document: bytes32Of(row.document),
  place: placeOf(row),
  donated: positionOf(row.donated),
  allocated: positionOf(row.allocated),
  claimsAllocated: fenOf(row.claims_allocated),
  donations: row.donations,
});

/** A batch without its leaves, which are many and often not asked for. */
export type BatchFigures = Omit<BatchRecord, "leaves">;

export const batchOf = (row: Omit<RowOf<"batches">, "leaves" | "ends_at">): BatchFigures => ({
  batch: batchId(row.batch),
  fund: fundId(row.fund),
  channel: row.channel,
  day: row.day,
  startsAt: positionOf(row.starts_at),
  count: row.count,
  sum: fenOf(row.sum),
  root: bytes32Of(row.root),
  recorder: actorId(row.recorder),
  operation: bytes32Of(row.operation),
  place: placeOf(row),
});

/** A programme without its periods, its totals and the lists of its records. */
export type ProgrammeFacts = Pick<
  ProgrammeRecord,
  "programme" | "kind" | "currency" | "region" | "document" | "place" | "claimsFiled" | "queuePaid"
> & { readonly claimsApproved: number };

export const programmeOf = (row: RowOf<"programmes">): ProgrammeFacts => ({
  programme: programmeId(row.programme),
  kind: oneOf(programmeKinds, row.kind),
  currency: row.currency,
  region: row.region,
  document: bytes32Of(row.document),
  place: placeOf(row),
  claimsFiled: row.claims_filed,
  claimsApproved: row.claims_approved,
  queuePaid: row.queue_paid,
});

export const totalsOf = (row: RowOf<"totals">): Totals => ({
  reserveIn: positionOf(row.reserve_in),
  reserveSpent: positionOf(row.reserve_spent),
  operationsIn: positionOf(row.operations_in),
  expenses: positionOf(row.expenses),
  approvedUnpaid: fenOf(row.approved_unpaid),
  filedUndecided: fenOf(row.filed_undecided),
  claimsPaid: row.claims_paid,
});

export const contributionOf = (row: RowOf<"contributions">): FundContribution => ({
  fund: fundId(row.fund),
  allocated: fenOf(row.allocated),
  claimsAmount: fenOf(row.claims_amount),
});

export const periodOf = (row: RowOf<"periods">): DeclaredPeriod => ({
  period: periodNumber(row.period),
  start: row.start,
  end: row.end,
  filingDeadline: row.filing_deadline,
  cover: fenOf(row.cover),
  terms: bytes32Of(row.terms),
  place: placeOf(row),
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
    expenses: fenOf(row.expenses),
  },
  claimsPaid: row.claims_paid,
  place: placeOf(row),
});

export const allocationOf = (row: RowOf<"allocations">): AllocationRecord => ({
  allocation: allocationId(row.allocation),
  fund: fundId(row.fund),
  programme: programmeId(row.programme),
  fundStart: positionOf(row.fund_start),
  amount: fenOf(row.amount),
  reserveStart: positionOf(row.reserve_start),
  claimsAmount: fenOf(row.claims_amount),
  operationsStart: positionOf(row.operations_start),
  period: periodNumber(row.period),
  treasurer: actorId(row.treasurer),
  place: placeOf(row),
});

export const expenseOf = (row: RowOf<"expenses">): ExpenseRecord => ({
  expense: expenseId(row.expense),
  programme: programmeId(row.programme),
  operationsStart: positionOf(row.operations_start),
  amount: fenOf(row.amount),
  kind: oneOf(expenseKinds, row.kind),
  period: periodNumber(row.period),
  evidence: bytes32Of(row.evidence),
  treasurer: actorId(row.treasurer),
  place: placeOf(row),
});

export const payoutOf = (row: RowOf<"payouts">): PayoutRecord => ({
  payout: payoutId(row.payout),
  claim: claimId(row.claim),
  programme: programmeId(row.programme),
  period: periodNumber(row.period),
  reserveStart: positionOf(row.reserve_start),
  amount: fenOf(row.amount),
  paymentReference: bytes32Of(row.payment_reference),
  payer: actorId(row.payer),
  place: placeOf(row),
});

export const filedOf = (row: RowOf<"claims">): FiledPart => ({
  claim: claimId(row.claim),
  programme: programmeId(row.programme),
  policyPeriod: periodNumber(row.policy_period),
  person: bytes32Of(row.person),
  incidentFrom: row.incident_from,
  toTheMinute: row.to_the_minute === 1,
  requested: fenOf(row.requested),
  benefit: oneOf(benefitKinds, row.benefit),
  evidence: bytes32Of(row.evidence),
  filer: actorId(row.filer),
  filedAt: placeOf(row),
});

export const approvalOf = (row: RowOf<"approvals">): Approval => ({
  amount: fenOf(row.amount),
  remaining: fenOf(row.remaining),
  queueNumber: row.queue_number,
  adjudicator: actorId(row.adjudicator),
  place: placeOf(row),
});
