/** Funds, batches and refunds: each record's row, and the record of a row. */
import { actorId, batchId, fundId, programmeId, refundId } from "../../../protocol/ids.ts";
import type { BatchRecord, FundRecord, RefundCover, RefundRecord } from "../../../protocol/ledger/records.ts";
import { amountText, bytes32Of, bytesOf, fenOf, placeColumns, placeOf, positionOf } from "../columns.ts";
import { windowStarts } from "../leaf-windows.ts";
import type { RowOf } from "../tables.ts";

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
  window_starts: windowStarts(batch.leaves),
  leaves: batch.leaves,
});

/** The columns of a batch without its leaves. */
export const batchColumns = [
  "batch",
  "fund",
  "channel",
  "day",
  "starts_at",
  "count",
  "sum",
  "root",
  "recorder",
  "operation",
  "block_number",
  "log_index",
  "block_time",
  "transaction_hash",
] as const;

/** A batch without its leaves, which are many and often not asked for. */
export type BatchFigures = Omit<BatchRecord, "leaves">;

export const batchOf = (row: Pick<RowOf<"batches">, (typeof batchColumns)[number]>): BatchFigures => ({
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

export const refundRow = (refund: RefundRecord): RowOf<"refunds"> => ({
  refund: refund.refund,
  batch: refund.batch,
  leaf: refund.index,
  fund: refund.fund,
  start: amountText(refund.start),
  amount: amountText(refund.amount),
  payment_reference: bytesOf(refund.paymentReference),
  treasurer: refund.treasurer,
  owed: refund.covered === undefined ? 1 : 0,
  ...placeColumns(refund.place),
});

/** A refund, as if it were owed: what covered it has a row of its own. */
export const refundOf = (row: RowOf<"refunds">): RefundRecord => ({
  refund: refundId(row.refund),
  batch: batchId(row.batch),
  index: row.leaf,
  fund: fundId(row.fund),
  start: positionOf(row.start),
  amount: fenOf(row.amount),
  paymentReference: bytes32Of(row.payment_reference),
  treasurer: actorId(row.treasurer),
  place: placeOf(row),
});

export const coverRow = (refund: RefundRecord, cover: RefundCover): RowOf<"refund_covers"> => ({
  refund: refund.refund,
  channel: cover.channel,
  payment_reference: bytesOf(cover.paymentReference),
  provider: cover.provider,
  ...placeColumns(cover.place),
});

export const coverOf = (row: RowOf<"refund_covers">): RefundCover => ({
  channel: row.channel,
  paymentReference: bytes32Of(row.payment_reference),
  provider: actorId(row.provider),
  place: placeOf(row),
});
