/** Allocations, expenses, payouts, recoveries and moves: each record's row, and the record of a row. */
import {
  actorId,
  allocationId,
  claimId,
  expenseId,
  fundId,
  moveId,
  payoutId,
  periodNumber,
  programmeId,
  recoveryId,
} from "../../../protocol/ids.ts";
import type { PeriodNumber } from "../../../protocol/ids.ts";
import { expenseKinds } from "../../../protocol/ledger/events.ts";
import type {
  AllocationRecord,
  ExpenseRecord,
  MoveRecord,
  PayoutRecord,
  RecoveryRecord,
} from "../../../protocol/ledger/records.ts";
import {
  amountText,
  bytes32Of,
  bytesOf,
  endText,
  fenOf,
  placeColumns,
  placeOf,
  positionOf,
} from "../columns.ts";
import type { RowOf } from "../tables.ts";
import { oneOf } from "./choices.ts";

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

/** `policyPeriod` is that of the claim. */
export const payoutRow = (payout: PayoutRecord, policyPeriod: PeriodNumber): RowOf<"payouts"> => ({
  payout: payout.payout,
  claim: payout.claim,
  programme: payout.programme,
  period: payout.period,
  reserve_start: amountText(payout.reserveStart),
  reserve_end: amountText(payout.reserveStart + payout.amount),
  amount: amountText(payout.amount),
  recovered: amountText(payout.recovered),
  policy_period: policyPeriod,
  policy_start: amountText(payout.policyStart),
  policy_end: amountText(payout.policyStart + payout.amount),
  payment_reference: bytesOf(payout.paymentReference),
  payer: payout.payer,
  ...placeColumns(payout.place),
});

/** A payout without its recoveries, which have rows of their own. */
export const payoutOf = (row: RowOf<"payouts">): PayoutRecord => ({
  payout: payoutId(row.payout),
  claim: claimId(row.claim),
  programme: programmeId(row.programme),
  period: periodNumber(row.period),
  reserveStart: positionOf(row.reserve_start),
  amount: fenOf(row.amount),
  policyStart: positionOf(row.policy_start),
  paymentReference: bytes32Of(row.payment_reference),
  payer: actorId(row.payer),
  place: placeOf(row),
  recovered: fenOf(row.recovered),
  recoveries: [],
});

/** `policyPeriod` is that of the claim. */
export const recoveryRow = (recovery: RecoveryRecord, policyPeriod: PeriodNumber): RowOf<"recoveries"> => ({
  recovery: recovery.recovery,
  payout: recovery.payout,
  claim: recovery.claim,
  programme: recovery.programme,
  returned: recovery.returned ? 1 : 0,
  period: recovery.period,
  offset: amountText(recovery.offset),
  source_start: amountText(recovery.sourceStart),
  reserve_start: amountText(recovery.reserveStart),
  amount: amountText(recovery.amount),
  policy_period: policyPeriod,
  policy_start: amountText(recovery.policyStart),
  policy_end: amountText(recovery.policyStart + recovery.amount),
  evidence: bytesOf(recovery.evidence),
  payer: recovery.payer,
  ...placeColumns(recovery.place),
});

export const recoveryOf = (row: RowOf<"recoveries">): RecoveryRecord => ({
  recovery: recoveryId(row.recovery),
  payout: payoutId(row.payout),
  claim: claimId(row.claim),
  programme: programmeId(row.programme),
  returned: row.returned === 1,
  period: periodNumber(row.period),
  offset: positionOf(row.offset),
  sourceStart: positionOf(row.source_start),
  reserveStart: positionOf(row.reserve_start),
  amount: fenOf(row.amount),
  policyStart: positionOf(row.policy_start),
  evidence: bytes32Of(row.evidence),
  payer: actorId(row.payer),
  place: placeOf(row),
});

export const moveRow = (move: MoveRecord): RowOf<"moves"> => ({
  move: move.move,
  from_programme: move.from,
  to_programme: move.to,
  reserve_from: amountText(move.reserveFrom),
  reserve_to: amountText(move.reserveTo),
  reserve_amount: amountText(move.reserveAmount),
  operations_from: amountText(move.operationsFrom),
  operations_to: amountText(move.operationsTo),
  operations_amount: amountText(move.operationsAmount),
  from_period: move.fromPeriod,
  to_period: move.toPeriod,
  treasurer: move.treasurer,
  ...placeColumns(move.place),
});

export const moveOf = (row: RowOf<"moves">): MoveRecord => ({
  move: moveId(row.move),
  from: programmeId(row.from_programme),
  to: programmeId(row.to_programme),
  reserveFrom: positionOf(row.reserve_from),
  reserveTo: positionOf(row.reserve_to),
  reserveAmount: fenOf(row.reserve_amount),
  operationsFrom: positionOf(row.operations_from),
  operationsTo: positionOf(row.operations_to),
  operationsAmount: fenOf(row.operations_amount),
  fromPeriod: periodNumber(row.from_period),
  toPeriod: periodNumber(row.to_period),
  treasurer: actorId(row.treasurer),
  place: placeOf(row),
});
