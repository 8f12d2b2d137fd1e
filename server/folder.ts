/**
 * The data folder: where everything that must survive a restart is kept, for one process at a time. The lock is the
 * operating system's own lock on a file, held through SQLite: it ends with the process, however that ends, so a
 * killed gateway leaves nothing to clean up and two starting at once cannot both win.
 */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export class DataFolderInUse extends Error {
  readonly folder: string;
  /** The process that wrote its id last; undefined where the file is not readable. */
  readonly process: number | undefined;
  constructor(folder: string, process: number | undefined) {
    super(
      `data folder ${folder}: another gateway uses it` +
        (process === undefined ? "" : ` (process ${process})`) +
        `; stop that one, or give this one its own folder with DATA_DIR`,
    );
    this.name = "DataFolderInUse";
    this.folder = folder;
    this.process = process;
  }
}

/** A file with secrets that others on the machine may read. */
export class ReadableByOthers extends Error {
  readonly path: string;
  readonly mode: string;
  constructor(path: string, mode: number) {
    const shown = (mode & 0o777).toString(8);
    super(
      `${path}: others may read it (mode ${shown}); change the passwords it protects, then: chmod 600 ${path}`,
    );
    this.name = "ReadableByOthers";
    this.path = path;
    this.mode = shown;
  }
}

export interface DataFolder {
  readonly path: string;
  /** The path of a file inside. */
  file(name: string): string;
  /** Gives the folder to the next process. */
  release(): void;
}

const readProcessId = (path: string): number | undefined => {
  try {
    const id = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(id) && id > 0 ? id : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Creates the folder (mode 0700) where it is missing and locks it. Throws {@link DataFolderInUse} while another
 * process, or this one, holds it.
 */
export const openDataFolder = (path: string): DataFolder => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(path, name);
  const lock = new DatabaseSync(file("lock"), { timeout: 0 });
  chmodSync(file("lock"), 0o600);
  try {
    // Not WAL: its shared memory would let a second reader in.
    lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new DataFolderInUse(path, readProcessId(file("lock.pid")));
  }
  writeSecret(file("lock.pid"), String(process.pid));
  return { path, file, release: () => lock.close() };
};

/** Writes a file that only its owner may read (0600), whole or not at all, synced to disk. */
export const writeSecret = (path: string, content: string | Uint8Array): void => {
  const temporary = `${path}.new`;
  const descriptor = openSync(temporary, "w", 0o600);
  try {
    chmodSync(temporary, 0o600);
    writeSync(descriptor, typeof content === "string" ? Buffer.from(content) : content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
};

/** Reads a file with secrets, or undefined where there is none. Throws {@link ReadableByOthers}. */
export const readSecret = (path: string): Buffer | undefined => {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  if ((status.mode & 0o077) !== 0) throw new ReadableByOthers(path, status.mode);
  return readFileSync(path);
};

/** Makes the names of a folder durable. */
export const syncFolder = (path: string): void => {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
