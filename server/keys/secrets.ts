/** The vault key and what is derived from it. One random key a data folder; losing it loses every opening. */
import { createHmac, createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readSecret, writeSecret } from "../folder.ts";
import type { DataFolder } from "../folder.ts";

export class InvalidVaultKey extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`${path}: expected 64 hexadecimal digits; restore it from the vault's backup`);
    this.name = "InvalidVaultKey";
    this.path = path;
  }
}

/**
 * Independent keys, so that what one store reveals says nothing about another. Key objects, not bytes: they do not
 * print, and a row costs a fifth of the time.
 */
export interface DerivedKeys {
  /** k1: marks of business references in the outbox. */
  readonly outboxReference: KeyObject;
  /** k2: the vault's index of business references. */
  readonly vaultReference: KeyObject;
  /** The vault's index of insured people. */
  readonly vaultPerson: KeyObject;
  /** Digests of requests in the outbox, kept to recognise a repeated one. */
  readonly requestDigest: KeyObject;
  /** Ids of operations, which are public: nobody else finds out which idempotency key stands behind one. */
  readonly operationId: KeyObject;
  /** AES-256 of the vault's rows. */
  readonly vaultRows: KeyObject;
  /** Digests and marks of the access log. */
  readonly accessLog: KeyObject;
}

const derive = (vaultKey: Uint8Array, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync("sha256", vaultKey, new Uint8Array(0), `everyfen ${purpose}`, 32)));

export const deriveKeys = (vaultKey: Uint8Array): DerivedKeys => ({
  outboxReference: derive(vaultKey, "outbox reference"),
  vaultReference: derive(vaultKey, "vault reference"),
  vaultPerson: derive(vaultKey, "vault person"),
  requestDigest: derive(vaultKey, "request digest"),
  operationId: derive(vaultKey, "operation id"),
  vaultRows: derive(vaultKey, "vault rows"),
  accessLog: derive(vaultKey, "access log"),
});

/** Reads the folder's vault key, or makes one on the first start. Throws {@link InvalidVaultKey}. */
export const openVaultKey = (folder: DataFolder): DerivedKeys => {
  const path = folder.file("vault.key");
  const kept = readSecret(path);
  if (kept === undefined) {
    const fresh = randomBytes(32);
    writeSecret(path, fresh.toString("hex"));
    return deriveKeys(fresh);
  }
  const text = kept.toString("utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new InvalidVaultKey(path);
  return deriveKeys(Buffer.from(text, "hex"));
};

/** How a payment is known outside: the channel's id and the number that the channel gave it. */
export interface BusinessReference {
  /** A registered channel: `[a-z0-9-]{1,31}`, so the separator below cannot occur in it. */
  readonly channel: string;
  /** Trimmed and in NFC, as it enters the commitment. */
  readonly transactionNumber: string;
}

/** HMAC-SHA-256 of a business reference; equal references have equal marks under one key, and nothing else shows. */
export const referenceMark = (key: KeyObject, reference: BusinessReference): Buffer =>
  createHmac("sha256", key).update(`${reference.channel}\0${reference.transactionNumber}`).digest();

/** Marks under one key. A payment is asked about before it is recorded: its mark is made once and lives as long as it. */
export class ReferenceMarks {
  readonly #key: KeyObject;
  readonly #made = new WeakMap<BusinessReference, Buffer>();

  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** {@link referenceMark} of a reference that nobody changes. */
  of(reference: BusinessReference): Buffer {
    const known = this.#made.get(reference);
    if (known !== undefined) return known;
    const mark = referenceMark(this.#key, reference);
    this.#made.set(reference, mark);
    return mark;
  }
}

/** HMAC-SHA-256 of a request in canonical form: recognises a repetition without keeping what was asked. */
export const requestDigest = (key: KeyObject, request: string | Uint8Array): Buffer =>
  createHmac("sha256", key).update(request).digest();
