/** The rows of the outbox as values. Every reader throws DamagedRow where a row is none that was written here. */
import { parseTransaction } from "viem";
import { address } from "../../../protocol/ids.ts";
import type { Hex } from "../../chain/port.ts";
import { account, blob, DamagedRow, hash, hex, hexOf, integer, optional, text } from "../../database/rows.ts";
import type { Row } from "../../database/rows.ts";
import type {
  CarriedOperation,
  ConcludedAttempt,
  Inclusion,
  OpenAttempt,
  SignedAttempt,
  SignerRecord,
  Version,
} from "../attempts.ts";
import { happenings, operationStates, unsettledStates } from "../states.ts";
import type {
  AcceptedOperation,
  Call,
  Failure,
  HistoryEntry,
  LatestStates,
  Mined,
  OperationRecord,
  QueuedOperation,
  Relayed,
} from "../store.ts";

/** How many operations the attempt `a` carries. */
const carriedCount = "(SELECT count(*) FROM carried WHERE attempt = a.sequence)";
/** How many attempts up to `last` carried the operation `o` alone. */
const aloneCount = (last: string): string =>
  `(SELECT count(*) FROM carried b WHERE b.operation = o.sequence AND b.attempt <= ${last}
      AND NOT EXISTS (SELECT 1 FROM carried d WHERE d.attempt = b.attempt AND d.operation <> b.operation))`;
/** The version `v` of the attempt `a` that counts. */
const present = "v.attempt = a.sequence AND v.number = a.version";
const lastAttempt = "(SELECT max(attempt) FROM carried WHERE operation = o.sequence)";

export const operationQuery = `SELECT o.id, o.kind, o.actor, o.state, o.accepted_at_ms, o.not_rebuilt,
    v.hash, a.block, a.gas_used, a.created_contract, a.revert_data, c.first_part, c.parts, ${carriedCount} AS carried
  FROM operation o
  LEFT JOIN attempt a ON a.sequence = ${lastAttempt}
  LEFT JOIN version v ON ${present}
  LEFT JOIN carried c ON c.attempt = a.sequence AND c.operation = o.sequence
  WHERE o.id = ?`;

const statesOf: Readonly<Record<LatestStates, string>> = {
  // Word for word the conditions of the indexes.
  unsettled: `state IN (${unsettledStates.map((state) => `'${state}'`).join(", ")})`,
  suspended: "state = 'suspended'",
  failed: "state = 'failed'",
};

/** Takes with `askedBy` how many characters are compared and with what, and how many operations are asked for. */
export const latestQuery = (states: LatestStates, askedBy: boolean): string =>
  `SELECT id, kind, accepted_at_ms FROM operation
  WHERE ${statesOf[states]} ${askedBy ? "AND substr(idempotency_key, 1, ?) = ?" : ""} ORDER BY sequence DESC LIMIT ?`;

const notIn = (actors: number): string =>
  actors === 0 ? "" : `AND o.actor NOT IN (${Array.from({ length: actors }, () => "?").join()})`;

/** Takes as many actors, whose operations are left out, and how many operations are asked for. */
export const queuedQuery = (
  exceptActors: number,
): string => `SELECT o.id, o.kind, o.actor, o.contract, o.calldata, o.gas_limit,
    r.signer AS relay_signer, r.nonce AS relay_nonce, r.hash AS relay_hash, r.raw AS relay_raw,
    v.raw, v.hash, a.revert_data, ${carriedCount} AS carried, ${aloneCount("a.sequence")} AS attempts
  FROM operation o
  LEFT JOIN relay r ON r.operation = o.sequence
  LEFT JOIN attempt a ON a.sequence = ${lastAttempt}
  LEFT JOIN version v ON ${present}
  WHERE o.state = 'queued' ${notIn(exceptActors)} ORDER BY o.sequence LIMIT ?`;

/** A row for each operation of the attempts that `where` names, in the order of signing and of their calls. */
export const attemptQuery = (where: string): string => `SELECT v.hash, v.raw, a.signer, a.nonce, o.id, o.kind,
    c.first_part, c.parts, ${aloneCount("c.attempt")} AS attempts
  FROM attempt a JOIN version v ON ${present}
  JOIN carried c ON c.attempt = a.sequence JOIN operation o ON o.sequence = c.operation
  WHERE ${where} ORDER BY a.sequence, c.first_part`;

export const openQuery = `SELECT a.sequence, a.signer, a.nonce, a.state, a.exclusions, a.block, a.block_hash, a.reverted, a.gas_used,
    a.created_contract, v.hash
  FROM attempt a JOIN version v ON ${present}
  WHERE a.state IN ('signed', 'included') ORDER BY a.sequence LIMIT ?`;

/** Up to the first attempt whose outcome does not stand yet, so that no page passes it by. */
export const concludedQuery = `SELECT a.sequence, a.signer, a.nonce, a.block, a.block_hash, v.hash
  FROM attempt a JOIN version v ON ${present}
  WHERE a.sequence > ? AND a.block_hash IS NOT NULL
    AND a.sequence < coalesce((SELECT min(sequence) FROM attempt WHERE state IN ('signed', 'included')), a.sequence + 1)
  ORDER BY a.sequence LIMIT ?`;

export const versionsQuery = `SELECT purpose, hash, raw, signed_at_block FROM version WHERE attempt = ? ORDER BY number`;

/** A row for each operation that an attempt carries, in the order of their calls. */
export const carriedQuery = `SELECT o.id, o.kind, c.first_part, c.parts, ${aloneCount("c.attempt")} AS attempts
  FROM carried c JOIN operation o ON o.sequence = c.operation WHERE c.attempt = ? ORDER BY c.first_part`;

export const historyQuery = `SELECT h.at_ms, h.what, h.hash, h.block
  FROM history h JOIN operation o ON o.sequence = h.operation WHERE o.id = ? ORDER BY h.sequence`;

/** One of `words`. */
const word = <Word extends string>(row: Row, column: string, words: readonly Word[]): Word => {
  const found = words.find((known) => known === row[column]);
  if (found === undefined) throw new DamagedRow(column, `one of ${words.join(", ")}`);
  return found;
};

const readRange = (row: Row) => ({ firstPart: integer(row, "first_part"), parts: integer(row, "parts") });

const readMined = (row: Row): Mined => {
  const created = optional(row, "created_contract", account);
  return {
    transaction: hash(row, "hash"),
    blockNumber: integer(row, "block"),
    gasUsed: BigInt(integer(row, "gas_used")),
    ...(created === undefined ? {} : { contractAddress: created }),
    ...(integer(row, "carried") > 1 ? { shared: readRange(row) } : {}),
  };
};

const readFailure = (row: Row): Failure => {
  const revertData = optional(row, "revert_data", hex) ?? "0x";
  const error = optional(row, "not_rebuilt", text);
  return error === undefined
    ? { reason: "reverted", transaction: hash(row, "hash"), revertData }
    : { reason: "notRebuilt", revertData, error };
};

export const readOperation = (row: Row): OperationRecord => {
  const state = word(row, "state", operationStates);
  const operation = {
    id: text(row, "id"),
    kind: text(row, "kind"),
    actor: text(row, "actor"),
    state,
    acceptedAtMs: integer(row, "accepted_at_ms"),
  };
  if (state === "mined") return { ...operation, mined: readMined(row) };
  if (state === "failed") return { ...operation, failure: readFailure(row) };
  return operation;
};

export const readAccepted = (row: Row): AcceptedOperation => ({
  id: text(row, "id"),
  kind: text(row, "kind"),
  acceptedAtMs: integer(row, "accepted_at_ms"),
});

export const readQueued = (row: Row): QueuedOperation => {
  const attempts = integer(row, "attempts");
  const identity = { id: text(row, "id"), kind: text(row, "kind"), actor: text(row, "actor"), attempts };
  const relayed = readRelayed(row);
  if (relayed !== undefined) return { ...identity, call: readCall(relayed.raw), relayed };
  const last = optional(row, "raw", hex);
  if (last === undefined) return { ...identity, call: readKeptCall(row) };
  const operations = integer(row, "carried");
  if (operations > 1) {
    return { ...identity, call: readKeptCall(row), split: { attempt: hash(row, "hash"), operations } };
  }
  return { ...identity, call: readCall(last), stale: { revertData: hex(row, "revert_data") } };
};

const readRelayed = (row: Row): Relayed | undefined => {
  const raw = optional(row, "relay_raw", hex);
  if (raw === undefined) return undefined;
  return {
    raw,
    hash: hash(row, "relay_hash"),
    signer: account(row, "relay_signer"),
    nonce: integer(row, "relay_nonce"),
  };
};

const readKeptCall = (row: Row): Call => {
  const call = { calldata: hex(row, "calldata"), gasLimit: BigInt(integer(row, "gas_limit")) };
  const contract = blob(row, "contract");
  return contract.length === 0 ? call : { ...call, to: address(hexOf(contract)) };
};

/** What a signed transaction calls, read from its bytes. */
const readCall = (raw: Hex): Call => {
  const transaction = parseTransaction(raw);
  const call = { calldata: transaction.data ?? "0x", gasLimit: transaction.gas ?? 0n } as const;
  return transaction.to === undefined || transaction.to === null
    ? call
    : { ...call, to: address(transaction.to) };
};

const readCarried = (row: Row): CarriedOperation => ({
  id: text(row, "id"),
  kind: text(row, "kind"),
  attempts: integer(row, "attempts"),
  ...readRange(row),
});

/** One attempt for each run of rows with the same hash. */
export const readAttempts = (rows: readonly Row[]): readonly SignedAttempt[] => {
  const attempts: (SignedAttempt & { readonly operations: CarriedOperation[] })[] = [];
  for (const row of rows) {
    const attemptHash = hash(row, "hash");
    const last = attempts.at(-1);
    if (last?.hash === attemptHash) {
      last.operations.push(readCarried(row));
      continue;
    }
    attempts.push({
      hash: attemptHash,
      raw: hex(row, "raw"),
      signer: account(row, "signer"),
      nonce: integer(row, "nonce"),
      operations: [readCarried(row)],
    });
  }
  return attempts;
};

const readVersion = (row: Row): Version => ({
  purpose: word(row, "purpose", ["call", "void"]),
  hash: hash(row, "hash"),
  raw: hex(row, "raw"),
  signedAtBlock: integer(row, "signed_at_block"),
});

const readInclusion = (row: Row): Inclusion => {
  const created = optional(row, "created_contract", account);
  return {
    transaction: hash(row, "hash"),
    blockNumber: integer(row, "block"),
    blockHash: hash(row, "block_hash"),
    reverted: integer(row, "reverted") === 1,
    gasUsed: BigInt(integer(row, "gas_used")),
    ...(created === undefined ? {} : { contractAddress: created }),
  };
};

/** An open attempt, from its row and those that belong to it. */
export const readOpen = (row: Row, carried: readonly Row[], versions: readonly Row[]): OpenAttempt => ({
  signer: account(row, "signer"),
  nonce: integer(row, "nonce"),
  operations: carried.map(readCarried),
  versions: versions.map(readVersion),
  exclusions: integer(row, "exclusions"),
  ...(row["state"] === "included" ? { included: readInclusion(row) } : {}),
});

export const readConcluded = (row: Row, versions: readonly Row[]): ConcludedAttempt => ({
  sequence: integer(row, "sequence"),
  signer: account(row, "signer"),
  nonce: integer(row, "nonce"),
  versions: versions.map(readVersion),
  transaction: hash(row, "hash"),
  blockNumber: integer(row, "block"),
  blockHash: hash(row, "block_hash"),
});

export const readHistoryEntry = (row: Row): HistoryEntry => {
  const transaction = optional(row, "hash", hash);
  const blockNumber = optional(row, "block", integer);
  return {
    atMs: integer(row, "at_ms"),
    what: word(row, "what", happenings),
    ...(transaction === undefined ? {} : { transaction }),
    ...(blockNumber === undefined ? {} : { blockNumber }),
  };
};

export const readSigner = (row: Row): SignerRecord => {
  const stopped = optional(row, "stopped", text);
  const record = { account: account(row, "account"), firstNonce: integer(row, "first_nonce") };
  return stopped === undefined ? record : { ...record, stopped };
};
