/** An index of a given size, written from raw logs, and how fast it answers where money went and came from. */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { batchId, claimId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import { maxLeaves } from "../../../protocol/donations/leaves.ts";
import { openIndex, type Index, type NewBlock } from "../../index/open.ts";
import { createRead } from "../../read/read.ts";
import {
  inventedChainId,
  inventedGenesis,
  inventedLedger,
  inventLedger,
  type LedgerSize,
} from "./invented-ledger.ts";
import { spreadOf, type Spread } from "./spread.ts";

/** Blocks that share a transaction, as the indexer groups them, and the logs in characters that close one. */
const blocksInTransaction = 500;
const charactersInTransaction = 16 * 1024 * 1024;
/** Slices and sources of one page. */
const page = 50;

export interface AtSizeOptions extends LedgerSize {
  /** An empty folder; the index in it is removed at the end. */
  readonly folder: string;
  /** How many gifts are traced. */
  readonly samples: number;
  /** Whether the index is derived a second time from the logs that it keeps. */
  readonly reindex: boolean;
}

export interface AtSize {
  readonly donations: number;
  readonly claims: number;
  /** Leaves and other logs. */
  readonly events: number;
  readonly writeSeconds: number;
  readonly reindexSeconds?: number;
  readonly traceMs: Spread;
  readonly slicesMean: number;
  readonly largestClaimFen: string;
  readonly sourcesMs: Spread;
  readonly sources: number;
  readonly indexBytes: number;
  /** The most memory of the process. */
  readonly memoryBytes: number;
}

/** Throws RangeError where the index does not answer about what was written. */
export const measureAtSize = async (options: AtSizeOptions): Promise<AtSize> => {
  const path = join(options.folder, "index.db");
  const index = await openIndex({
    place: { kind: "sqlite", path },
    chainId: inventedChainId,
    genesisHash: inventedGenesis,
    ledger: inventedLedger,
  });
  try {
    const { events, claims, seconds: writeSeconds } = await write(index, options);
    const reindexSeconds = options.reindex ? await secondsOf(() => index.reindex()) : undefined;
    const read = readOf(index);
    const traces = await traceGifts(read, options);
    const sources = await traceLargestClaim(read, claims, Math.min(options.samples, 200));
    return {
      donations: options.donations,
      claims,
      events,
      writeSeconds,
      ...(reindexSeconds === undefined ? {} : { reindexSeconds }),
      ...traces,
      ...sources,
      indexBytes: sizeOf(path),
      memoryBytes: process.resourceUsage().maxRSS * 1_024,
    };
  } finally {
    await index.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  }
};

const sizeOf = (path: string): number =>
  ["", "-wal"].reduce(
    (sum, end) => sum + (statSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};

interface Written {
  readonly events: number;
  readonly claims: number;
  /** Of writing alone, without the making of the blocks. */
  readonly seconds: number;
}

const write = async (index: Index, size: LedgerSize): Promise<Written> => {
  let [logs, claims, seconds, characters] = [0, 0, 0, 0];
  let group: NewBlock[] = [];
  const flush = async (): Promise<void> => {
    const blocks = group;
    [group, characters] = [[], 0];
    seconds += await secondsOf(() => index.append(blocks));
  };
  for (const block of inventLedger(size)) {
    group.push(block);
    logs += block.logs.length;
    for (const { data } of block.logs) characters += data.length;
    if (group.length >= blocksInTransaction || characters >= charactersInTransaction) await flush();
  }
  if (group.length > 0) await flush();
  await index.read(async ({ database }) => {
    const row = await database
      .selectFrom("claims")
      .select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirst();
    claims = row?.count ?? 0;
  });
  const batches = Math.ceil(size.donations / maxLeaves);
  return { events: size.donations + logs - batches, claims, seconds };
};

const readOf = (index: Index): Read =>
  createRead({
    index,
    vault: { byReference: async () => undefined },
    documents: { document: async () => undefined },
    lens: index.identity.ledger,
    clock: { now: () => 0 },
    finality: { finality: "final" },
    demonstration: false,
  });

/** Gifts all over the ledger, in steps that fall into another batch each time. */
const traceGifts = async (
  read: Read,
  { donations, samples }: AtSizeOptions,
): Promise<Pick<AtSize, "traceMs" | "slicesMean">> => {
  // Near the golden section of the ledger: the samples are spread evenly, whatever their number.
  const step = Math.max(1, Math.round(donations * 0.381_966));
  const times: number[] = [];
  let slices = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const gift = (sample * step + sample) % donations;
    const [batch, place] = [batchId(Math.floor(gift / maxLeaves) + 1), gift % maxLeaves];
    const started = performance.now();
    const trace = await read.donationTrace(batch, place, { limit: page });
    times.push(performance.now() - started);
    if (trace === undefined) throw new RangeError(`the index has no gift ${place} of batch ${batch}`);
    slices += trace.slices.length;
  }
  return { traceMs: spreadOf(times), slicesMean: slices / samples };
};

/** The first page of what paid the largest claim, which is the last one. */
const traceLargestClaim = async (
  read: Read,
  claims: number,
  samples: number,
): Promise<Pick<AtSize, "largestClaimFen" | "sourcesMs" | "sources">> => {
  const times: number[] = [];
  let [total, sources] = [0n, 0];
  for (let sample = 0; sample < samples; sample += 1) {
    const started = performance.now();
    const found = await read.claimSources(claimId(claims), { limit: page });
    times.push(performance.now() - started);
    if (found === undefined) throw new RangeError(`the index has no claim ${claims}`);
    total = found.total;
    sources = found.sources.reduce((sum, { donations }) => sum + donations, 0);
  }
  return { largestClaimFen: String(total), sourcesMs: spreadOf(times), sources };
};
