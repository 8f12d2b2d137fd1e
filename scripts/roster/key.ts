/** The key of a foundation's roster openings: 64 hexadecimal digits in a file that only its owner reads. */
import { createSecretKey, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from "node:fs";

export class UnusableKey extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`--key-file ${path}: ${reason}`);
    this.name = "UnusableKey";
    this.path = path;
  }
}

/** A key, and how to keep it where it was just made. */
export interface RosterKey {
  readonly key: KeyObject;
  readonly isNew: boolean;
  /** Writes a new key to its file, on disk when it returns; does nothing for one that was read. */
  readonly keep: () => void;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** Reads a key. Throws {@link UnusableKey} for one that is malformed or that others may read. */
export const readKey = (path: string): KeyObject => {
  let content: string;
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw new UnusableKey(path, "others may read it; run chmod 600");
    content = readFileSync(path, "latin1").trim();
  } catch (error) {
    if (isMissing(error)) throw new UnusableKey(path, "is not there; restore it from its backup");
    throw error;
  }
  if (!/^[0-9a-f]{64}$/.test(content)) {
    throw new UnusableKey(path, "expected 64 hexadecimal digits in small letters");
  }
  return createSecretKey(content, "hex");
};

/** Reads a key, or where there is no such file makes one, if that is allowed. Throws {@link UnusableKey}. */
export const openKey = (path: string, mayBeNew: boolean): RosterKey => {
  if (!mayBeNew || statSync(path, { throwIfNoEntry: false }) !== undefined)
    return { key: readKey(path), isNew: false, keep: () => {} };
  const fresh = randomBytes(32);
  const keep = (): void => {
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, `${fresh.toString("hex")}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  };
  return { key: createSecretKey(fresh), isNew: true, keep };
};
