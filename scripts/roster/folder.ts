/** Reads a roster that was made before: its public record, and its openings one by one. */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openingLengthBytes } from "../../protocol/rosters/opening.ts";
import { readOpenings, UnreadableOpenings } from "./openings.ts";
import { openingsFile, readRecord, recordFile } from "./record.ts";
import type { ReadRecord } from "./record.ts";

export const readRosterRecord = (folder: string): ReadRecord => {
  const path = join(folder, recordFile);
  return readRecord(path, readFileSync(path, "utf8"));
};

/** Frames of records. Throws UnreadableOpenings where they are not those that the record names. */
export async function* framesOf(
  folder: string,
  record: ReadRecord,
  key: KeyObject,
): AsyncGenerator<Uint8Array> {
  const path = join(folder, openingsFile);
  let count = 0;
  for await (const frame of readOpenings({ path, key, of: record.of, digest: record.openingsDigest })) {
    count += frame.length / openingLengthBytes;
    if (count > record.count) break;
    yield frame;
  }
  if (count !== record.count) {
    throw new UnreadableOpenings(
      path,
      `does not hold the ${record.count} openings that roster.json says; restore both from one backup`,
    );
  }
}
