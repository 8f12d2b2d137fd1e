/** What a new API key is asked for with, and what of that cannot be. */
import { randomBytes, createHash } from "node:crypto";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { DeskRefusal } from "../../protocol/ports/desk.ts";
import { isProgrammeKeyRole, separateRoles, type KeyRole } from "./roles.ts";

export interface KeyRequest {
  readonly roles: readonly KeyRole[];
  /** Absent, the key is for every programme and for what is of none. */
  readonly programmes?: readonly ProgrammeId[];
  /** Milliseconds since 1970; absent, the key is in force until it is revoked. */
  readonly expiresAtMs?: number;
}

const dayMs = 86_400_000;
/** A key that outlives whoever was given it is found by nobody. */
export const longestLifeMs = 5 * 366 * dayMs;

/** Throws DeskRefusal with the field and the reason. */
export const checkKeyRequest = ({ roles, programmes, expiresAtMs }: KeyRequest, nowMs: number): void => {
  const kept = separateRoles.filter((role) => roles.includes(role));
  if (kept.length > 1) {
    throw new DeskRefusal(
      "roles",
      `the ledger keeps ${kept.join(" and ")} apart, so that nobody pays what they filed or approved; ` +
        `make a key for each`,
    );
  }
  const wide = roles.find((role) => !isProgrammeKeyRole(role));
  if (programmes !== undefined && wide !== undefined) {
    throw new DeskRefusal("programmes", `expected none with the role ${wide}, which is of no programme`);
  }
  if (expiresAtMs === undefined) return;
  if (expiresAtMs <= nowMs) throw new DeskRefusal("expiresAt", "lies in the past; expected a time to come");
  if (expiresAtMs > nowMs + longestLifeMs) {
    throw new DeskRefusal(
      "expiresAt",
      `lies too far ahead; expected at most ${new Date(nowMs + longestLifeMs).toISOString()}`,
    );
  }
};

const prefix = "efk";

/**
 * The text of a key holds its id and its secret: 32 random bytes, which no dictionary holds, so that one round of
 * SHA-256 is enough to keep it.
 */
export const newSecret = (id: string): { readonly token: string; readonly hash: Buffer } => {
  const secret = randomBytes(32).toString("base64url");
  return { token: `${prefix}_${id}_${secret}`, hash: hashOf(secret) };
};

export const newKeyId = (): string => randomBytes(6).toString("hex");

export const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** What the text of a key proves: whose it is, and the hash of its secret. */
export interface KeyProof {
  readonly id: string;
  readonly hash: Buffer;
}

/** Undefined for what is no key's text. */
export const readToken = (token: string): KeyProof | undefined => {
  const [, id, secret] = /^efk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, hash: hashOf(secret) };
};
