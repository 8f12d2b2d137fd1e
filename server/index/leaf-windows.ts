/**
 * A batch's leaves by windows of a few: one gift is found without reading the 120 kB of its whole batch. What is read for
 * a trace is what the collector of memory has to clear away behind it.
 */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { position } from "../../protocol/amounts.ts";
import type { Position } from "../../protocol/amounts.ts";
import { leafLengthBytes, leafStarts } from "../../protocol/donations/leaves.ts";
import type { Schema } from "./tables.ts";

const leavesOfWindow = 64;
const startBytes = 8;

/** Where each window begins, counted from the start of the batch: u64 each, big-endian. */
export const windowStarts = (leaves: Uint8Array): Uint8Array => {
  const starts = leafStarts(leaves);
  const windows = Math.ceil((starts.length - 1) / leavesOfWindow);
  const bytes = Buffer.alloc(windows * startBytes);
  for (let window = 0; window < windows; window += 1) {
    bytes.writeBigUInt64BE(starts[window * leavesOfWindow] ?? 0n, window * startBytes);
  }
  return bytes;
};

/** Leaves of a batch that stand one behind the other. */
export interface LeafWindow {
  /** The index of its first leaf in the batch. */
  readonly first: number;
  /** Where the first leaf begins, counted from the start of the batch. */
  readonly start: Position;
  /** In the wire form. */
  readonly wire: Uint8Array;
}

/** The window that holds leaf `index`, which the batch has; undefined for an unknown batch. */
export const loadWindow = async (
  database: Kysely<Schema>,
  batch: number,
  index: number,
): Promise<LeafWindow | undefined> => {
  const window = Math.floor(index / leavesOfWindow);
  const first = window * leavesOfWindow;
  // Places in bytes are counted from 1.
  const part = (column: string, from: number, length: number) =>
    sql<Uint8Array>`substr(${sql.ref(column)}, cast(${from + 1} as integer), cast(${length} as integer))`;
  const row = await database
    .selectFrom("batches")
    .select([
      part("window_starts", window * startBytes, startBytes).as("start"),
      part("leaves", first * leafLengthBytes, leavesOfWindow * leafLengthBytes).as("wire"),
    ])
    .where("batch", "=", batch)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { buffer, byteOffset, byteLength } = row.start;
  const start = position(new DataView(buffer, byteOffset, byteLength).getBigUint64(0));
  return { first, start, wire: row.wire };
};
