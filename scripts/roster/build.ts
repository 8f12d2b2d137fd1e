/** Makes a roster from a file of insured people: all of it, or nothing. */
import { statSync } from "node:fs";
import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CsvFile } from "../import/csv.ts";
import { FileRefused } from "../import/faults.ts";
import { Progress } from "../import/progress.ts";
import type { ProgressStream } from "../import/progress.ts";
import { InvalidCall } from "./arguments.ts";
import type { BuildCall } from "./arguments.ts";
import { readEarlier } from "./earlier.ts";
import { openKey } from "./key.ts";
import type { RosterKey } from "./key.ts";
import { RosterOutput } from "./output.ts";
import { People } from "./people.ts";
import type { RosterProfile } from "./profile.ts";
import { openingsFile, recordFile, recordOf } from "./record.ts";
import type { RosterRecord } from "./record.ts";
import { RosterRows } from "./rows.ts";
import { treeOf } from "./tree.ts";

/** Seconds of the steps, for the summary. */
export interface Durations {
  readonly reading: number;
  readonly hashing: number;
}

export interface Built {
  readonly record: RosterRecord;
  /** A key was made for it. */
  readonly newKey: boolean;
  readonly durations: Durations;
}

const checkCall = (call: BuildCall, profile: RosterProfile): void => {
  if (profile.columns.validity === undefined && call.validity === undefined) {
    throw new InvalidCall("--from and --to are needed: the profile names no columns of a validity");
  }
  if (statSync(call.out, { throwIfNoEntry: false }) !== undefined) {
    throw new InvalidCall("--out: is there already; a roster is never written over another");
  }
};

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

/** Reads all rows into `folder`. Throws FileRefused with the faults of the whole file. */
const readRows = async (
  call: BuildCall,
  profile: RosterProfile,
  { key }: RosterKey,
  folder: string,
  progress: ProgressStream,
) => {
  const known = new People();
  await readEarlier(call, key, known);
  const bar = new Progress(progress, "reading", statSync(call.file).size, "bytes");
  const file = new CsvFile(call.file, profile.file, (count) => bar.advance(count));
  const output = await RosterOutput.create(join(folder, openingsFile), key, call.of);
  try {
    const rows = new RosterRows(call, profile, known, output);
    await rows.read(file);
    if (rows.people > call.denominator) {
      const reason = `has ${rows.people} people, more than the ${call.denominator} of --denominator`;
      rows.faults.add({ line: 1, record: 0, reason });
    }
    bar.end();
    if (rows.faults.count > 0) throw new FileRefused(rows.faults);
    return { ...(await output.finish()), rows, count: output.count };
  } catch (error) {
    await output.abandon();
    throw error;
  }
};

const writeRecord = async (path: string, record: RosterRecord): Promise<void> => {
  const file = await open(path, "wx", 0o644);
  try {
    await file.writeFile(`${JSON.stringify(record, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A rename lasts once the folder that holds the name is on disk. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/**
 * Makes the roster in a folder of its own beside `call.out` and gives it its name when it is complete. Throws
 * {@link InvalidCall}, {@link FileRefused}, and what reading a key or an earlier roster throws.
 */
export const buildRoster = async (
  call: BuildCall,
  profile: RosterProfile,
  progress: ProgressStream,
): Promise<Built> => {
  checkCall(call, profile);
  const key = openKey(call.keyFile, call.earlier.length === 0);
  const out = resolve(call.out);
  const folder = await mkdtemp(join(dirname(out), `.${basename(out)}.partial-`));
  try {
    const start = performance.now();
    const { rows, count, leaves, openingsDigest } = await readRows(call, profile, key, folder, progress);
    const reading = secondsSince(start);
    const { root } = treeOf(leaves, progress);
    const { of, premiumPerHead, denominator } = call;
    const { people, validity } = rows;
    const record = recordOf({
      of,
      root,
      count,
      people,
      premiumPerHead,
      denominator,
      validity,
      openingsDigest,
    });
    await writeRecord(join(folder, recordFile), record);
    await syncFolder(folder);
    key.keep();
    await rename(folder, out);
    await syncFolder(dirname(out));
    return { record, newKey: key.isNew, durations: { reading, hashing: secondsSince(start) - reading } };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
