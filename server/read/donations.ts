/** A donation: its place on the line, where each fen of it is now, and the proof that it is in its batch. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { position } from "../../protocol/amounts.ts";
import { indexOfCommitment, leafAt, leafStarts } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import type { BatchId } from "../../protocol/ids.ts";
import { batchId } from "../../protocol/ids.ts";
import { claimsBetween } from "../../protocol/lines/share.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { DonationTrace, DonationView } from "../../protocol/ports/views.ts";
import type { DonationProof } from "../../protocol/receipt/types.ts";
import { donationInterval } from "../../protocol/trace/donors.ts";
import { maxSlices } from "../../protocol/trace/limits.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runAsync } from "../../protocol/trace/run.ts";
import { traceInterval } from "../../protocol/trace/slices.ts";
import type { Interval } from "../../protocol/trace/types.ts";
import { indexBooks } from "../index/books.ts";
import { bytesOf } from "../index/columns.ts";
import { loadWindow } from "../index/leaf-windows.ts";
import type { KeptOpening } from "../vault/vault.ts";
import type { BatchFigures } from "../index/codecs/funds.ts";
import { newestNote } from "./audit.ts";
import { batchView, loadBatch } from "./batches.ts";
import { decodeCursor, encodeCursor } from "./cursors.ts";
import { checkPageLimit } from "./pages.ts";
import { fundName, leavesOf, loadFund, treeOf } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { refundsOfDonation } from "./refunds.ts";
import { nameSlices } from "./slices.ts";

const list = "trace";

interface Found {
  readonly batch: BatchFigures;
  readonly index: number;
  readonly leaf: Leaf;
  readonly interval: Interval;
}

const find = async (reading: Reading, id: BatchId, index: number): Promise<Found | undefined> => {
  const batch = await loadBatch(reading, id);
  if (batch === undefined || !Number.isInteger(index) || index < 0 || index >= batch.count) return undefined;
  const window = await loadWindow(reading.database, id, index);
  if (window === undefined) return undefined;
  const { first, start, wire } = window;
  const interval = donationInterval(position(batch.startsAt + start), leafStarts(wire), index - first);
  return { batch, index, leaf: leafAt(wire, index - first), interval };
};

export const readDonation = async (
  reading: Reading,
  id: BatchId,
  index: number,
): Promise<DonationView | undefined> => {
  const found = await find(reading, id, index);
  const fund = found === undefined ? undefined : await loadFund(reading, found.batch.fund);
  if (found === undefined || fund === undefined) return undefined;
  const { amount, commitment } = found.leaf;
  const { start, end } = found.interval;
  return {
    batch: await batchView(reading, found.batch),
    index,
    code: encodeCode({ kind: "donation", batch: found.batch.batch, index }),
    fundName: await fundName(reading, fund),
    currency: fund.currency,
    claimsShareBps: fund.claimsShareBps,
    amount,
    commitment,
    start,
    end,
    claimsShare: claimsBetween(start, end, fund.claimsShareBps),
    refunds: await refundsOfDonation(reading, found.batch.batch, index),
  };
};

/** Totals of the whole donation, and at most 50 slices a page. */
export const readDonationTrace = async (
  reading: Reading,
  id: BatchId,
  index: number,
  page: PageRequest,
): Promise<DonationTrace | undefined> => {
  checkPageLimit(page.limit);
  const inner = page.cursor === undefined ? undefined : decodeCursor(list, page.cursor).inner;
  const found = await find(reading, id, index);
  if (found === undefined) return undefined;
  const { fund } = found.batch;
  const books = indexBooks(reading.database);
  const partition = await runAsync(partitionOf(fund, found.interval), books);
  const limit = Math.min(page.limit, maxSlices);
  const traced = await runAsync(traceInterval(fund, found.interval, inner, limit), books);
  const slices = await nameSlices(reading, traced.slices);
  if (traced.next === undefined) return { partition, slices };
  return { partition, slices, next: encodeCursor(list, { at: 0, inner: traced.next }) };
};

export const readDonationProof = async (
  reading: Reading,
  id: BatchId,
  index: number,
): Promise<DonationProof | undefined> => {
  const found = await find(reading, id, index);
  if (found === undefined) return undefined;
  const { batch, fund, startsAt, count, sum, root } = found.batch;
  const tree = await treeOf(reading, found.batch);
  const notedHead = await newestNote(reading);
  return {
    place: reading.place,
    batch: { batch, fund, startsAt, count, sum, root },
    index,
    siblings: tree.proof(index),
    head: { number: reading.head.number, hash: reading.head.hash, time: reading.head.time },
    ...(notedHead === undefined ? {} : { notedHead }),
    leaf: found.leaf,
  };
};

/** Where the gift of an opening was recorded; undefined where no indexed batch holds it. */
export const findOpening = async (
  reading: Reading,
  { operation, commitment }: Pick<KeptOpening, "operation" | "commitment">,
): Promise<{ readonly batch: BatchId; readonly index: number } | undefined> => {
  const recorded = await reading.database
    .selectFrom("operations")
    .select("record")
    .where("operation", "=", bytesOf(operation))
    .where("kind", "=", "batch")
    .executeTakeFirst();
  const batch = recorded === undefined ? undefined : await loadBatch(reading, recorded.record);
  if (batch === undefined) return undefined;
  const { wire } = await leavesOf(reading, batch);
  const index = indexOfCommitment(wire, commitment);
  return index === undefined ? undefined : { batch: batchId(batch.batch), index };
};
