/** From records of the books to rows of the index. load.ts is the way back. */
import type { Bytes32, FundId } from "../../protocol/ids.ts";
import { claimStateOf } from "../../protocol/ledger/claims.ts";
import type {
  AllocationRecord,
  Approval,
  BatchRecord,
  ClaimRecord,
  ClosedPeriod,
  DeclaredPeriod,
  ExpenseRecord,
  FundContribution,
  FundRecord,
  LedgerState,
  PayoutRecord,
  ProgrammeRecord,
  Totals,
} from "../../protocol/ledger/records.ts";
import { amountText, bytesOf, endText, placeColumns } from "./columns.ts";
import type { RowOf } from "./tables.ts";

export const ledgerRow = ({ paused, last }: LedgerState): RowOf<"ledger"> => {
  if (last === undefined) throw new RangeError("the books have no event yet");
  return { id: 1, paused: paused ? 1 : 0, ...placeColumns(last) };
};

export const fundRow = (fund: FundRecord): RowOf<"funds"> => ({
  fund: fund.fund,
  currency: fund.currency,
  claims_share_bps: fund.claimsShareBps,
  restricted_to: fund.restrictedTo,
  fallback_to: fund.fallbackTo,
  document: bytesOf(fund.document),
  donated: amountText(fund.donated),
  allocated: amountText(fund.allocated),
  claims_allocated: amountText(fund.claimsAllocated),
  donations: fund.donations,
  batches: fund.batches.length,
  ...placeColumns(fund.place),
});

export const batchRow = (batch: BatchRecord): RowOf<"batches"> => ({
  batch: batch.batch,
  fund: batch.fund,
  channel: batch.channel,
  day: batch.day,
  starts_at: amountText(batch.startsAt),
  ends_at: amountText(batch.startsAt + batch.sum),
  count: batch.count,
  sum: amountText(batch.sum),
  root: bytesOf(batch.root),
  recorder: batch.recorder,
  operation: bytesOf(batch.operation),
  ...placeColumns(batch.place),
  leaves: batch.leaves,
});

export const programmeRow = (programme: ProgrammeRecord): RowOf<"programmes"> => ({
  programme: programme.programme,
  kind: programme.kind,
  currency: programme.currency,
  region: programme.region,
  document: bytesOf(programme.document),
  claims_filed: programme.claimsFiled,
  claims_approved: programme.queue.length,
  queue_paid: programme.queuePaid,
  ...placeColumns(programme.place),
});

export const totalsRow = (
  { programme }: ProgrammeRecord,
  moment: "now" | "periodStart",
  totals: Totals,
): RowOf<"totals"> => ({
  programme,
  moment,
  reserve_in: amountText(totals.reserveIn),
  reserve_spent: amountText(totals.reserveSpent),
  operations_in: amountText(totals.operationsIn),
  expenses: amountText(totals.expenses),
  approved_unpaid: amountText(totals.approvedUnpaid),
  filed_undecided: amountText(totals.filedUndecided),
  claims_paid: totals.claimsPaid,
});

export const contributionRow = (
  { programme, contributions }: ProgrammeRecord,
  fund: FundId,
): RowOf<"contributions"> => {
  const contribution: FundContribution | undefined = contributions.get(fund);
  if (contribution === undefined) throw new RangeError(`programme ${programme} has nothing of fund ${fund}`);
  const { allocated, claimsAmount } = contribution;
  return { programme, fund, allocated: amountText(allocated), claims_amount: amountText(claimsAmount) };
};

export const periodRow = ({ programme }: ProgrammeRecord, declared: DeclaredPeriod): RowOf<"periods"> => ({
  programme,
  period: declared.period,
  start: declared.start,
  end: declared.end,
  filing_deadline: declared.filingDeadline,
  cover: amountText(declared.cover),
  terms: bytesOf(declared.terms),
  ...placeColumns(declared.place),
});

export const closeRow = (
  { programme }: ProgrammeRecord,
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
  expenses: amountText(record.expenses),
  claims_paid: claimsPaid,
  ...placeColumns(place),
});

export const allocationRow = (allocation: AllocationRecord): RowOf<"allocations"> => ({
  allocation: allocation.allocation,
  fund: allocation.fund,
  programme: allocation.programme,
  fund_start: amountText(allocation.fundStart),
  fund_end: amountText(allocation.fundStart + allocation.amount),
  amount: amountText(allocation.amount),
  reserve_start: amountText(allocation.reserveStart),
  reserve_end: endText(allocation.reserveStart, allocation.claimsAmount),
  claims_amount: amountText(allocation.claimsAmount),
  operations_start: amountText(allocation.operationsStart),
  period: allocation.period,
  treasurer: allocation.treasurer,
  ...placeColumns(allocation.place),
});

export const expenseRow = (expense: ExpenseRecord): RowOf<"expenses"> => ({
  expense: expense.expense,
  programme: expense.programme,
  operations_start: amountText(expense.operationsStart),
  operations_end: amountText(expense.operationsStart + expense.amount),
  amount: amountText(expense.amount),
  kind: expense.kind,
  period: expense.period,
  evidence: bytesOf(expense.evidence),
  treasurer: expense.treasurer,
  ...placeColumns(expense.place),
});

export const payoutRow = (payout: PayoutRecord): RowOf<"payouts"> => ({
  payout: payout.payout,
  claim: payout.claim,
  programme: payout.programme,
  period: payout.period,
  reserve_start: amountText(payout.reserveStart),
  reserve_end: amountText(payout.reserveStart + payout.amount),
  amount: amountText(payout.amount),
  payment_reference: bytesOf(payout.paymentReference),
  payer: payout.payer,
  ...placeColumns(payout.place),
});

export const claimRow = (claim: ClaimRecord): RowOf<"claims"> => ({
  claim: claim.claim,
  programme: claim.programme,
  state: claimStateOf(claim),
  policy_period: claim.policyPeriod,
  person: bytesOf(claim.person),
  incident_from: claim.incidentFrom,
  to_the_minute: claim.toTheMinute ? 1 : 0,
  requested: amountText(claim.requested),
  benefit: claim.benefit,
  evidence: bytesOf(claim.evidence),
  filer: claim.filer,
  ...placeColumns(claim.filedAt),
});

export const approvalRow = (claim: ClaimRecord, approval: Approval): RowOf<"approvals"> => ({
  claim: claim.claim,
  programme: claim.programme,
  queue_number: approval.queueNumber,
  waiting: claimStateOf(claim) === "approved" ? 1 : 0,
  amount: amountText(approval.amount),
  remaining: amountText(approval.remaining),
  adjudicator: approval.adjudicator,
  ...placeColumns(approval.place),
});

/** What an operation id of the ledger can have become. */
export const operationKinds = ["fund", "batch", "programme", "allocation", "expense", "claim"] as const;
export type OperationKind = (typeof operationKinds)[number];

export const operationRow = (
  operation: Bytes32,
  kind: OperationKind,
  record: number,
): RowOf<"operations"> => ({ operation: bytesOf(operation), kind, record });
