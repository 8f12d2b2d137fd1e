/** What batches, allocations, expenses, recoveries, moves and refunds must say. */
import type {
  BatchRecord,
  FundRecord,
  LedgerState,
  ProgrammeRecord,
  RefundRecord,
} from "../../../protocol/ledger/records.ts";
import { confirmationOf } from "./days.ts";
import type { Expected } from "./told.ts";
import { batchCode, claimCode, donationCode, fundCode, money, moneys, place, programmeCode } from "./wire.ts";
import { programmeNamedBy, type AuditedBooks } from "./words.ts";

const currencyOf = ({ programmes }: LedgerState, programme: number): string =>
  programmes[programme - 1]?.currency ?? "";

export const expectedBatch = (state: LedgerState, batch: BatchRecord): Expected => ({
  code: batchCode(batch.batch),
  fund: fundCode(batch.fund),
  channel: batch.channel,
  day: batch.day,
  startsAt: batch.startsAt.toString(),
  count: batch.count,
  sumFen: batch.sum.toString(),
  root: batch.root,
  recordedAt: place(batch.place),
  confirmation: confirmationOf(state, batch),
});

export const expectedBatches = (state: LedgerState, { batches }: FundRecord): readonly Expected[] =>
  batches.map((batch) => expectedBatch(state, batch));

export const expectedAllocations = ({ allocations }: LedgerState): readonly Expected[] =>
  allocations.map((allocation) => ({
    allocation: allocation.allocation,
    fund: fundCode(allocation.fund),
    programme: programmeCode(allocation.programme),
    amountFen: allocation.amount.toString(),
    claimsAmountFen: allocation.claimsAmount.toString(),
    fundStart: allocation.fundStart.toString(),
    reserveStart: allocation.reserveStart.toString(),
    operationsStart: allocation.operationsStart.toString(),
    period: allocation.period,
    allocatedAt: place(allocation.place),
  }));

export const expectedExpenses = ({ expenses }: ProgrammeRecord): readonly Expected[] =>
  expenses.map((expense) => ({
    expense: expense.expense,
    programme: programmeCode(expense.programme),
    kind: expense.kind,
    amountFen: expense.amount.toString(),
    operationsStart: expense.operationsStart.toString(),
    period: expense.period,
    recordedAt: place(expense.place),
  }));

export const expectedRecoveries = ({ recoveries }: LedgerState): readonly Expected[] =>
  recoveries.map((recovery) => ({
    recovery: recovery.recovery,
    payout: recovery.payout,
    claim: claimCode(recovery.claim),
    programme: programmeCode(recovery.programme),
    amountFen: recovery.amount.toString(),
    returned: recovery.returned,
    period: recovery.period,
    reserveStart: recovery.reserveStart.toString(),
    recoveredAt: place(recovery.place),
  }));

export const expectedMoves = (books: AuditedBooks): readonly Expected[] =>
  books.state.moves.map((move) => ({
    move: move.move,
    from: programmeCode(move.from),
    ...programmeNamedBy(books, move.from, "fromName"),
    to: programmeCode(move.to),
    ...programmeNamedBy(books, move.to, "toName"),
    ...moneys(
      { reserveAmount: move.reserveAmount, operationsAmount: move.operationsAmount },
      currencyOf(books.state, move.to),
    ),
    movedAt: place(move.place),
  }));

export const expectedRefund = ({ funds }: LedgerState, refund: RefundRecord): Expected => ({
  refund: refund.refund,
  donation: donationCode(refund.batch, refund.index),
  fund: fundCode(refund.fund),
  fundStart: refund.start.toString(),
  amount: money(refund.amount, funds[refund.fund - 1]?.currency ?? ""),
  refundedAt: place(refund.place),
  covered:
    refund.covered === undefined
      ? undefined
      : { channel: refund.covered.channel, at: place(refund.covered.place) },
});

export const expectedRefunds = (state: LedgerState): readonly Expected[] =>
  state.refunds.map((refund) => expectedRefund(state, refund));
