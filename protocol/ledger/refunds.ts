/** The foundation repays a donor and takes the donor's place; no line changes. */
import { position } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import { leafStarts } from "../donations/leaves.ts";
import { expectNewOperation } from "./access.ts";
import type { DonationRefunded, RefundCovered } from "./events.ts";
import type { BatchRecord, LedgerState, RefundRecord } from "./records.ts";
import { expectActor, expectAmount, expectDigest, expectEqual, expectThat, known } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

interface Bounds {
  readonly start: Position;
  readonly end: Position;
}

/**
 * Where a donation stands on its fund's line; where the books were read without the batch's leaves, as far as the batch
 * itself tells: the contract has proven the leaf.
 */
const boundsOf = ({ startsAt, sum, leaves }: BatchRecord, index: number): Bounds => {
  if (leaves.length === 0) return { start: startsAt, end: position(startsAt + sum) };
  const starts = leafStarts(leaves);
  const [start, end] = [starts[index] ?? 0n, starts[index + 1] ?? 0n];
  return { start: position(startsAt + start), end: position(startsAt + end) };
};

/** The refund takes the back of what is still the donor's. */
const expectBack = (
  examination: Examination<DonationRefunded>,
  batch: BatchRecord,
  earlier: readonly RefundRecord[],
): void => {
  const { start, amount, index } = examination.event;
  const bounds = boundsOf(batch, index);
  const last = earlier.findLast((refund) => refund.index === index);
  const left = last?.start ?? bounds.end;
  const isExact = batch.leaves.length > 0 || last !== undefined;
  if (isExact) expectEqual(examination, "end of the refund", BigInt(left), start + amount);
  const isInside = start >= bounds.start && start + amount <= bounds.end;
  const expected = `[${bounds.start}, ${bounds.end})`;
  expectThat(examination, isInside, "refund", expected, `[${start}, ${start + amount})`);
};

export const applyDonationRefunded = (
  state: LedgerState,
  examination: Examination<DonationRefunded>,
): void => {
  const { event, place } = examination;
  const batch = known(state.batches, examination, "batch", event.batch);
  const earlier = state.refundsOfBatch.get(event.batch) ?? [];
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.treasurer);
  expectEqual(examination, "refund", state.refunds.length + 1, Number(event.refund));
  expectEqual(examination, "fund", batch.fund, event.fund);
  const isDonation = event.index >= 0 && event.index < batch.count;
  expectThat(examination, isDonation, "donation", `0 to ${batch.count - 1}`, event.index);
  expectAmount(examination, "amount", event.amount);
  expectBack(examination, batch, earlier);
  expectDigest(examination, "payment reference", event.paymentReference);
  const { type: _type, operation, ...refunded } = event;
  const record: RefundRecord = { ...refunded, place };
  state.operations.add(operation);
  state.refunds.push(record);
  state.refundsOfBatch.set(event.batch, earlier);
  earlier.push(record);
};

export const applyRefundCovered = (state: LedgerState, examination: Examination<RefundCovered>): void => {
  const { event, place } = examination;
  const refund = known(state.refunds, examination, "refund", event.refund);
  expectActor(state, examination, event.provider);
  expectEqual(examination, "covered", false, refund.covered !== undefined);
  expectDigest(examination, "payment reference", event.paymentReference);
  const { channel, paymentReference, provider } = event;
  refund.covered = { channel, paymentReference, provider, place };
};
