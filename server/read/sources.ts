/** What paid a claim: the batches behind its payouts, and the donations in them. */
import { subtractFen, zeroFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { ClaimId, PayoutId } from "../../protocol/ids.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { ClaimSources, TracedSource } from "../../protocol/ports/views.ts";
import { donationsOfSource } from "../../protocol/trace/donors.ts";
import { GapInBooks, maxSlices } from "../../protocol/trace/limits.ts";
import type { Trace } from "../../protocol/trace/requests.ts";
import { runAsync } from "../../protocol/trace/run.ts";
import { claimSources, payoutSources } from "../../protocol/trace/sources.ts";
import type { SourcesPage } from "../../protocol/trace/sources.ts";
import type { Source } from "../../protocol/trace/types.ts";
import { indexBooks } from "../index/books.ts";
import { payoutOf } from "../index/codecs/lines.ts";
import { batchView, loadBatch } from "./batches.ts";
import { decodeCursor, encodeCursor } from "./cursors.ts";
import { nameHops } from "./hops.ts";
import type { NamedHops } from "./hops.ts";
import { checkPageLimit } from "./pages.ts";
import { fundName, leavesOf, loadFund } from "./reading.ts";
import type { Reading } from "./reading.ts";

type List = "sources" | "payoutSources";

const tracedSource = async (reading: Reading, source: Source, hops: NamedHops): Promise<TracedSource> => {
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
    batch: await batchView(reading, batch),
    firstIndex,
    lastIndex,
    firstCode: encodeCode({ kind: "donation", batch: source.batch, index: firstIndex }),
    donations: shares.length,
    ...hops.of(source.via),
  };
};

/** One page of a trace back to the donations; its cursor is the trace's own, named by its list. */
const readSources = async (
  reading: Reading,
  list: List,
  page: PageRequest,
  total: Fen,
  trace: (cursor: string | undefined, limit: number) => Trace<SourcesPage>,
): Promise<ClaimSources> => {
  const inner = page.cursor === undefined ? undefined : decodeCursor(list, page.cursor).inner;
  const found = await runAsync(trace(inner, Math.min(page.limit, maxSlices)), indexBooks(reading.database));
  const hops = await nameHops(reading, found.sources);
  const sources: TracedSource[] = [];
  for (const source of found.sources) sources.push(await tracedSource(reading, source, hops));
  if (found.next === undefined) return { total, sources };
  return { total, sources, next: encodeCursor(list, { at: 0, inner: found.next }) };
};

/**
 * What stands in a claim now, not recovered. Undefined for an unknown claim; no sources where nothing is paid, or all of
 * it came back. At most 50 sources a page.
 */
export const readClaimSources = async (
  reading: Reading,
  claim: ClaimId,
  page: PageRequest,
): Promise<ClaimSources | undefined> => {
  checkPageLimit(page.limit);
  const { database } = reading;
  const known = await database
    .selectFrom("claims")
    .select("claim")
    .where("claim", "=", claim)
    .executeTakeFirst();
  if (known === undefined) return undefined;
  // Before a claim is paid again, all of its last payout came back: only that one can hold anything.
  const row = await database
    .selectFrom("payouts")
    .selectAll()
    .where("claim", "=", claim)
    .orderBy("payout", "desc")
    .limit(1)
    .executeTakeFirst();
  const last = row === undefined ? undefined : payoutOf(row);
  const total = last === undefined ? zeroFen : subtractFen(last.amount, last.recovered);
  return readSources(reading, "sources", page, total, (cursor, limit) => claimSources(last, cursor, limit));
};

/** All that one payment took, whatever came back since. Undefined for an unknown payout. At most 50 sources a page. */
export const readPayoutSources = async (
  reading: Reading,
  payout: PayoutId,
  page: PageRequest,
): Promise<ClaimSources | undefined> => {
  checkPageLimit(page.limit);
  const row = await reading.database
    .selectFrom("payouts")
    .selectAll()
    .where("payout", "=", payout)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const record = payoutOf(row);
  return readSources(reading, "payoutSources", page, record.amount, (cursor, limit) =>
    payoutSources(record, cursor, limit),
  );
};
