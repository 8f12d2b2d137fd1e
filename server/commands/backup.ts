/**
 * A copy of a data folder that is whole, taken while the gateway runs. The outbox is copied before the vault: what the
 * outbox accepted has its salts in the vault already, so no gift of the copy lacks its own. The index is left out; it is
 * made from the chain. Key files are copied as they are: the signing keys encrypted, the vault's key in the clear.
 */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { syncFolder, writeSecret } from "../folder.ts";

/** The store that says which blocks there are. */
const outbox = "outbox.db";
const manifestName = "backup.json";
/** Of the running process, or made anew from the rest. */
const leftOut = /^(lock(\.pid)?|index\.db(-wal|-shm)?|.*-(wal|shm|journal)|.*\.new|bench-.*)$/;
/** The whole store in one step, which readers and writers do not disturb and are not disturbed by. */
const pagesAtOnce = 2 ** 31 - 1;

const Manifest = Type.Object({
  takenAt: Type.String(),
  /** The last block that the copy knows of, and its hash. */
  block: Type.Integer(),
  hash: Type.String(),
  files: Type.Record(Type.String(), Type.Object({ bytes: Type.Integer(), sha256: Type.String() })),
});
export type BackupManifest = Static<typeof Manifest>;

/** The folder is no data folder, or the other one is not empty. */
export class UnfitFolder extends Error {
  readonly folder: string;
  constructor(folder: string, reason: string) {
    super(`${folder}: ${reason}`);
    this.name = "UnfitFolder";
    this.folder = folder;
  }
}

/** A file of a backup is not what was written to it. */
export class DamagedBackup extends Error {
  readonly file: string;
  constructor(file: string, reason: string) {
    super(`backup: ${file} ${reason}; nothing was restored, take another backup`);
    this.name = "DamagedBackup";
    this.file = file;
  }
}

const expectFresh = (folder: string): void => {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new UnfitFolder(folder, "it is not empty; name a folder that does not exist yet");
};

const digestOf = (path: string): { readonly bytes: number; readonly sha256: string } => ({
  bytes: statSync(path).size,
  sha256: createHash("sha256").update(readFileSync(path)).digest("hex"),
});

/** Fills a folder beside the final one, which appears only when it is whole. */
const filled = async <Result>(
  folder: string,
  fill: (partial: string) => Promise<Result>,
): Promise<Result> => {
  expectFresh(folder);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    const result = await fill(partial);
    syncFolder(partial);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return result;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
};

const copyStore = async (from: string, to: string): Promise<void> => {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 30_000 });
  try {
    await backup(source, to, { rate: pagesAtOnce });
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
  const copy = new DatabaseSync(to);
  try {
    const found = copy.prepare("PRAGMA integrity_check").get()?.["integrity_check"];
    if (found !== "ok") throw new DamagedBackup(to, `does not pass its check (${String(found)})`);
    // One file, without a log beside it, so that its digest is that of all it holds.
    copy.exec("PRAGMA journal_mode = DELETE");
  } finally {
    copy.close();
  }
};

const lastBlock = (path: string): { readonly block: number; readonly hash: string } => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const row = database
      .prepare(
        "SELECT number, lower(hex(hash)) AS hash FROM block_plan WHERE hash IS NOT NULL ORDER BY number DESC LIMIT 1",
      )
      .get();
    return { block: Number(row?.["number"] ?? 0), hash: row === undefined ? "" : `0x${String(row["hash"])}` };
  } finally {
    database.close();
  }
};

/** The outbox first. */
const inOrder = (names: readonly string[]): readonly string[] => [
  outbox,
  ...names.filter((name) => name !== outbox).sort(),
];

/**
 * Copies the data folder `data` to `to`, which must not exist or be empty. Throws {@link UnfitFolder},
 * {@link DamagedBackup} and what the file system throws; then `to` is as it was.
 */
export const backUp = async (
  data: string,
  to: string,
  nowMs: () => number = Date.now,
): Promise<BackupManifest> => {
  if (!existsSync(join(data, outbox)))
    throw new UnfitFolder(data, `it holds no ${outbox}; it is no data folder`);
  return filled(to, async (partial) => {
    const names = inOrder(readdirSync(data).filter((name) => !leftOut.test(name)));
    const takenAt = new Date(nowMs()).toISOString();
    for (const name of names) {
      const [source, target] = [join(data, name), join(partial, name)];
      if (name.endsWith(".db")) await copyStore(source, target);
      else writeSecret(target, readFileSync(source));
    }
    const files = Object.fromEntries(names.map((name) => [name, digestOf(join(partial, name))]));
    const manifest = { takenAt, ...lastBlock(join(partial, outbox)), files };
    writeSecret(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  });
};

const readManifest = (from: string): BackupManifest => {
  const path = join(from, manifestName);
  if (!existsSync(path)) throw new UnfitFolder(from, `it holds no ${manifestName}; it is no backup`);
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!Value.Check(Manifest, manifest)) throw new DamagedBackup(manifestName, "does not read");
  return manifest;
};

/**
 * Makes the data folder `data`, which must not exist or be empty, from a backup, after comparing every file with its
 * digest. Throws {@link UnfitFolder} and {@link DamagedBackup}; then `data` is as it was.
 */
export const restore = async (from: string, data: string): Promise<BackupManifest> => {
  const manifest = readManifest(from);
  return filled(data, async (partial) => {
    for (const [name, expected] of Object.entries(manifest.files)) {
      const source = join(from, name);
      if (!/^[a-z0-9.-]+$/i.test(name) || !existsSync(source)) throw new DamagedBackup(name, "is missing");
      writeSecret(join(partial, name), readFileSync(source));
      const found = digestOf(join(partial, name));
      if (found.sha256 !== expected.sha256) throw new DamagedBackup(name, "is not what was written");
    }
    return manifest;
  });
};
