/** Why the index refuses, stops or cannot answer. It is disposable: deleting it is always a way out. */
import type { Bytes32 } from "../../protocol/ids.ts";
import { postgresPlace } from "../database/database.ts";

/** How to be rid of an index: the messages of a file name a file, those of a schema a schema. */
const discard = (place: string): string =>
  place.startsWith(postgresPlace)
    ? "drop the schema (DROP SCHEMA … CASCADE)"
    : "delete the file and its -wal and -shm";

const folderOf = (place: string): string => (place.startsWith(postgresPlace) ? "DATABASE_URL" : "DATA_DIR");

/** The index was written from another chain, or for another ledger, than the gateway works on. */
export class WrongChain extends Error {
  readonly path: string;
  readonly fact: string;
  readonly expected: string;
  readonly found: string;
  constructor(path: string, fact: string, expected: string, found: string) {
    super(
      `index ${path}: made from ${fact} ${found}, this gateway works on ${expected}; ` +
        `check ${folderOf(path)}, or ${discard(path)}: it is rebuilt from the chain`,
    );
    this.name = "WrongChain";
    this.path = path;
    this.fact = fact;
    this.expected = expected;
    this.found = found;
  }
}

/** The raw part of the index has a layout that this gateway cannot read. */
export class UnreadableIndex extends Error {
  readonly path: string;
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`index ${path}: ${reason}; ${discard(path)}: the index is rebuilt from the chain`);
    this.name = "UnreadableIndex";
    this.path = path;
    this.reason = reason;
  }
}

/** Asked for figures before the first block was indexed. */
export class EmptyIndex extends Error {
  readonly statusCode = 503;
  readonly retryAfterSeconds = 5;
  constructor() {
    super("index: no block is indexed yet; ask again when the gateway says that it is ready");
    this.name = "EmptyIndex";
  }
}

/** The chain replaced more blocks than the index takes back by itself. */
export class DeepReorg extends Error {
  readonly blockNumber: number;
  readonly hash: Bytes32;
  readonly windowBlocks: number;
  constructor(blockNumber: number, hash: Bytes32, windowBlocks: number) {
    super(
      `index: block ${blockNumber} (${hash}) and the ${windowBlocks} before it are no longer on the chain; ` +
        `find out why so much history was replaced, then delete the index to read the chain anew`,
    );
    this.name = "DeepReorg";
    this.blockNumber = blockNumber;
    this.hash = hash;
    this.windowBlocks = windowBlocks;
  }
}

/** Blocks and logs of one answer do not fit together: the chain moved while it was read. */
export class ChainMoved extends Error {
  readonly blockNumber: number;
  constructor(blockNumber: number) {
    super(`index: block ${blockNumber} changed while it was read; it is read again`);
    this.name = "ChainMoved";
    this.blockNumber = blockNumber;
  }
}

export class IndexerStopped extends Error {
  constructor(cause?: unknown) {
    super(
      cause === undefined
        ? "indexer: stopped; start the gateway"
        : "indexer: stopped by a failure; read the log, then restart the gateway",
      { cause },
    );
    this.name = "IndexerStopped";
  }
}
