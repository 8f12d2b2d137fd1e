/**
 * Exports of the books as of one block: counted and digested in one pass, sent in a second, so that the head says it all
 * before the first row. No pass holds a transaction longer than for one chunk: what is exported up to a block never
 * changes, unless the block itself is replaced, and then the file is broken off.
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { headerComments, headerLine, sealedHeader } from "../../protocol/exports/header.ts";
import type { ExportFacts, ExportHeader, ExportKind } from "../../protocol/exports/header.ts";
import type { ChainBlock } from "../index/chain-reader.ts";
import type { Index } from "../index/open.ts";
import { blockAt } from "../index/raw.ts";
import type { Schema } from "../index/tables.ts";
import { ProblemError } from "../problems.ts";
import { Recent } from "../read/recent.ts";
import { Places } from "./places.ts";

export type ExportFormat = "csv" | "ndjson";

/** Blocks that are exported, both inclusive. */
export interface BlockRange {
  readonly fromBlock: number;
  readonly to: Pick<ChainBlock, "number" | "hash" | "time">;
}

/** Rows as text, each with its line end. */
export interface Chunk {
  readonly rows: number;
  readonly text: string;
}

/** Reads the books of one moment, in which the export's last block still stands. */
export type ReadAt = <Result>(work: (database: Kysely<Schema>) => Promise<Result>) => Promise<Result>;

/** What is exported: what the head says of it, and its rows, which come out alike every time. */
export interface ExportSource {
  readonly facts: { readonly kind: ExportKind } & Pick<
    ExportFacts,
    "subject" | "currency" | "opening" | "closing"
  >;
  readonly format: ExportFormat;
  /** The column names of CSV. */
  readonly columns: string;
  readonly chunks: () => AsyncIterable<Chunk>;
}

export interface OpenedExport {
  readonly header: ExportHeader;
  readonly format: ExportFormat;
  readonly stream: Readable;
}

/** The block that an export is of was replaced meanwhile. */
export class BlockReplaced extends Error {
  readonly block: number;
  constructor(block: number) {
    super(`block ${block} was replaced while it was exported; ask again`);
    this.name = "BlockReplaced";
    this.block = block;
  }
}

/** Whoever asked did not read the file in time. */
export class TooSlow extends Error {
  constructor(limitMs: number) {
    super(
      `the export was not read within ${limitMs / 1_000} s and is broken off; ask for it in ranges of blocks`,
    );
    this.name = "TooSlow";
  }
}

/** A file that is not read by then is broken off; whoever reads slowly asks for it in ranges of blocks. */
const longestMs = 3_600_000;
/** Digests that are remembered: what is sent in pieces or again is digested once. */
const rememberedDigests = 200;

interface Digested {
  readonly rowCount: number;
  readonly digest: Bytes32;
}

export interface ExportsOptions {
  readonly index: Pick<Index, "identity" | "read">;
  readonly lens: Address;
  readonly demonstration: boolean;
  /** How long sending a file may take; an hour unless given. */
  readonly longestMs?: number;
}

export class Exports {
  readonly #index: Pick<Index, "identity" | "read">;
  readonly #lens: Address;
  readonly #demonstration: boolean;
  readonly #digests = new Recent<Digested>(rememberedDigests);
  readonly #places = new Places();
  readonly #longestMs: number;
  #turn: Promise<void> = Promise.resolve();

  constructor({ index, lens, demonstration, longestMs: longest = longestMs }: ExportsOptions) {
    this.#index = index;
    this.#lens = lens;
    this.#demonstration = demonstration;
    this.#longestMs = longest;
  }

  /**
   * The blocks that are asked for; up to the newest unless told otherwise. Throws a problem that names the field where
   * there are no such blocks.
   */
  range(fromBlock: number, toBlock: number | undefined): Promise<BlockRange> {
    return this.#index.read(async ({ database, head }) => {
      const to = toBlock === undefined ? head : await blockAt(database, toBlock);
      if (to === undefined)
        throw outside("toBlock", `is not recorded yet; the newest block is ${head.number}`);
      if (fromBlock > to.number) throw outside("fromBlock", `lies behind the last block, ${to.number}`);
      return { fromBlock, to };
    });
  }

  /** What is true of the newest block only, and the blocks up to it. */
  atHead<Result>(
    work: (database: Kysely<Schema>, head: ChainBlock) => Promise<Result>,
  ): Promise<{ readonly range: BlockRange; readonly result: Result }> {
    return this.#index.read(async ({ database, head }) => ({
      range: { fromBlock: 0, to: head },
      result: await work(database, head),
    }));
  }

  /** Reads of the export's own block: rejects with {@link BlockReplaced} once that is on the chain no more. */
  readAt({ to }: BlockRange): ReadAt {
    return async (work) => {
      await this.#nextTurn();
      return this.#index.read(async ({ database }) => {
        if ((await blockAt(database, to.number))?.hash !== to.hash) throw new BlockReplaced(to.number);
        return work(database);
      });
    };
  }

  /**
   * One read of one export in each turn of the event loop: SQLite answers at once, so that a pass over a million gifts
   * would leave the thread to nothing else.
   */
  #nextTurn(): Promise<void> {
    this.#turn = this.#turn.then(() => setImmediate());
    return this.#turn;
  }

  /**
   * Prepares what is exported, which may read all of it for its balance, digests it and opens it for sending. Throws a
   * problem where too many are open, altogether or for the address that asks, and then prepares nothing.
   */
  async open(
    range: BlockRange,
    askedFrom: string,
    prepare: () => Promise<ExportSource> | ExportSource,
  ): Promise<OpenedExport> {
    const giveBack = this.#places.take(askedFrom);
    try {
      const source = await prepare();
      const digested = await this.#digest(range, source);
      const header = this.#header(range, source, digested);
      const stream = Readable.from(sent(header, source, range, digested), { objectMode: false });
      const late = setTimeout(() => stream.destroy(new TooSlow(this.#longestMs)), this.#longestMs);
      // A file that nobody reads any more keeps no process from ending.
      late.unref();
      stream.once("close", () => {
        clearTimeout(late);
        giveBack();
      });
      return { header, format: source.format, stream };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async #digest({ fromBlock, to }: BlockRange, source: ExportSource): Promise<Digested> {
    const { kind, subject = "" } = source.facts;
    const key = [kind, subject, source.format, fromBlock, to.hash].join(" ");
    const known = this.#digests.get(key);
    if (known !== undefined) return known;
    const hash = createHash("sha256").update(source.columns);
    let rowCount = 0;
    for await (const { rows, text } of source.chunks()) {
      hash.update(text);
      rowCount += rows;
    }
    const digested = { rowCount, digest: bytes32(`0x${hash.digest("hex")}`) };
    this.#digests.set(key, digested);
    return digested;
  }

  #header({ fromBlock, to }: BlockRange, source: ExportSource, digested: Digested): ExportHeader {
    const { chainId, ledger, genesisHash } = this.#index.identity;
    const facts: ExportFacts = {
      ...source.facts,
      chainId,
      ledger,
      lens: this.#lens,
      genesis: genesisHash,
      fromBlock,
      toBlock: to.number,
      toBlockHash: to.hash,
      toBlockTime: to.time,
      demonstration: this.#demonstration,
    };
    return sealedHeader(facts, digested.rowCount, digested.digest);
  }
}

/** The whole file; breaks off where the rows are no longer those that the head was made of. */
async function* sent(
  header: ExportHeader,
  source: ExportSource,
  { to }: BlockRange,
  { rowCount }: Digested,
): AsyncGenerator<string> {
  yield (source.format === "csv" ? headerComments(header) : headerLine(header)) + source.columns;
  let sentRows = 0;
  for await (const { rows, text } of source.chunks()) {
    sentRows += rows;
    yield text;
  }
  if (sentRows !== rowCount) throw new BlockReplaced(to.number);
}

const outside = (field: string, reason: string): ProblemError =>
  new ProblemError("invalid-request", `${field} ${reason}`, { errors: [{ field, reason }] });
