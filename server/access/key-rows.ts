/** The tables of the API keys, and how their rows are read. */
import { programmeId, type ProgrammeId } from "../../protocol/ids.ts";
import type { Definition } from "../database/database.ts";
import { integer, optional, text, type Row } from "../database/rows.ts";
import { replicaTables } from "../heads/replicas.ts";
import { answeredRequestTable } from "../outbox/answered-requests.ts";
import { isKeyRole, type KeyRole } from "./roles.ts";
import { sessionTables } from "./sessions.ts";

export const accessDefinition: Definition = {
  version: 5,
  statements: (words) => [
    // Never deleted: what a key wrote stays its own.
    `CREATE TABLE api_key (
      sequence ${words.counter},
      id ${words.text} NOT NULL UNIQUE,
      roles ${words.text} NOT NULL,
      -- Numbers with spaces between; absent where the key is not bound to programmes.
      programmes ${words.text},
      created_at_ms ${words.integer} NOT NULL,
      expires_at_ms ${words.integer},
      rotated_at_ms ${words.integer},
      revoked_at_ms ${words.integer}
    ) ${words.numbered}`,
    // A key has one secret, and for a while after a rotation those before it. Only hashes.
    `CREATE TABLE api_key_secret (
      hash ${words.bytes} PRIMARY KEY,
      api_key ${words.text} NOT NULL REFERENCES api_key (id),
      ends_at_ms ${words.integer}
    ) ${words.keyed}`,
    `CREATE INDEX api_key_secret_of ON api_key_secret (api_key)`,
    ...sessionTables(words),
    answeredRequestTable(words),
    ...replicaTables(words),
  ],
};

/** What a request may be done with. */
export interface ApiKey {
  readonly id: string;
  readonly roles: readonly KeyRole[];
  /** Absent where the key is for every programme and for what is of none. */
  readonly programmes?: readonly ProgrammeId[];
}

/** A key as an admin sees it: never its secret. Times are milliseconds since 1970. */
export interface KeyView extends ApiKey {
  readonly state: "inForce" | "expired" | "revoked";
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly rotatedAtMs?: number;
  readonly revokedAtMs?: number;
}

export const keyColumns =
  "sequence, id, roles, programmes, created_at_ms, expires_at_ms, rotated_at_ms, revoked_at_ms";
/** Where one `?` is the present moment. */
export const inForce = "revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > ?)";

export const readKey = (row: Row): ApiKey => {
  const programmes = optional(row, "programmes", text);
  return {
    id: text(row, "id"),
    roles: text(row, "roles").split(" ").filter(isKeyRole),
    ...(programmes === undefined
      ? {}
      : { programmes: programmes.split(" ").map((number) => programmeId(Number(number))) }),
  };
};

export const readKeyView = (row: Row, nowMs: number): KeyView => {
  const expiresAtMs = optional(row, "expires_at_ms", integer);
  const rotatedAtMs = optional(row, "rotated_at_ms", integer);
  const revokedAtMs = optional(row, "revoked_at_ms", integer);
  const hasExpired = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  return {
    ...readKey(row),
    state: revokedAtMs !== undefined ? "revoked" : hasExpired ? "expired" : "inForce",
    createdAtMs: integer(row, "created_at_ms"),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(rotatedAtMs === undefined ? {} : { rotatedAtMs }),
    ...(revokedAtMs === undefined ? {} : { revokedAtMs }),
  };
};
