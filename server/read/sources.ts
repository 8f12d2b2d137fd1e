/** What paid a claim: the batches behind its payouts, and the donations in them. */
import { addFen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import { intervalOf } from "../../protocol/lines/interval.ts";
import { InvalidCursor } from "../../protocol/ports/read.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { ClaimSources, TracedSource } from "../../protocol/ports/views.ts";
import { donationsOfSource } from "../../protocol/trace/donors.ts";
import { GapInBooks, maxSlices } from "../../protocol/trace/limits.ts";
import { runAsync } from "../../protocol/trace/run.ts";
import { claimSources } from "../../protocol/trace/sources.ts";
import type { Source } from "../../protocol/trace/types.ts";
import { indexBooks } from "../index/books.ts";
import { batchColumns } from "../index/load.ts";
import { batchOf, payoutOf } from "../index/records.ts";
import type { BatchFigures } from "../index/records.ts";
import { decodeCursor, encodeCursor } from "./cursors.ts";
import { batchView } from "./funds.ts";
import { checkPageLimit } from "./pages.ts";
import { fundName, leavesOf, loadFund } from "./reading.ts";
import type { Reading } from "./reading.ts";

const list = "sources";

export const loadBatch = async ({ database }: Reading, batch: number): Promise<BatchFigures | undefined> => {
  const row = await database
    .selectFrom("batches")
    .select(batchColumns)
    .where("batch", "=", batch)
    .executeTakeFirst();
  return row === undefined ? undefined : batchOf(row);
};

const tracedSource = async (reading: Reading, source: Source): Promise<TracedSource> => {
  const batch = await loadBatch(reading, source.batch);
  const fund = await loadFund(reading, source.fund);
  if (batch === undefined || fund === undefined) {
    throw new GapInBooks(`batches of fund ${source.fund}`, source.fundStart, undefined);
  }
  const { starts } = await leavesOf(reading, batch);
  const shares = donationsOfSource(source, batch.startsAt, starts, fund.claimsShareBps);
  const [firstIndex, lastIndex] = [shares[0]?.index ?? 0, shares.at(-1)?.index ?? 0];
  return {
    source,
    fundName: await fundName(reading, fund),
    batch: batchView(batch),
    firstIndex,
    lastIndex,
    firstCode: encodeCode({ kind: "donation", batch: source.batch, index: firstIndex }),
    donations: shares.length,
  };
};

/** Undefined for an unknown claim; no sources where it is not paid. At most 50 sources a page. */
export const readClaimSources = async (
  reading: Reading,
  claim: ClaimId,
  page: PageRequest,
): Promise<ClaimSources | undefined> => {
  checkPageLimit(page.limit);
  const place = page.cursor === undefined ? { at: 0 } : decodeCursor(list, page.cursor);
  const { database } = reading;
  const known = await database
    .selectFrom("claims")
    .select("claim")
    .where("claim", "=", claim)
    .executeTakeFirst();
  if (known === undefined) return undefined;
  const rows = await database
    .selectFrom("payouts")
    .selectAll()
    .where("claim", "=", claim)
    .orderBy("payout")
    .execute();
  const payouts = rows.map(payoutOf);
  const total = addFen(...payouts.map(({ amount }) => amount));
  const limit = Math.min(page.limit, maxSlices);
  const sources: TracedSource[] = [];
  let { at, inner }: { at: number; inner?: string | undefined } = place;
  if (page.cursor !== undefined && at >= payouts.length) throw new InvalidCursor(page.cursor);
  for (; at < payouts.length && sources.length < limit; at += 1, inner = undefined) {
    const payout = payouts[at];
    if (payout === undefined) break;
    const interval = intervalOf(payout.reserveStart, payout.amount);
    const trace = claimSources(payout.programme, interval, inner, limit - sources.length);
    const found = await runAsync(trace, indexBooks(database));
    for (const source of found.sources) sources.push(await tracedSource(reading, source));
    if (found.next !== undefined) {
      return { total, sources, next: encodeCursor(list, { at, inner: found.next }) };
    }
  }
  return at < payouts.length ? { total, sources, next: encodeCursor(list, { at }) } : { total, sources };
};
