/** The outbox's tables. Hashes, addresses and bytes are blobs; states are the words of states.ts. */
import type { Definition } from "../../database/database.ts";
import { leaseTable } from "../../database/lease.ts";
import { answeredRequestTable } from "../answered-requests.ts";
import { attemptStates, happenings, operationStates, unsettledStates } from "../states.ts";

const oneOf = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(", ")})`;

export const outboxDefinition: Definition = {
  version: 8,
  statements: (words) => [
    `CREATE TABLE meta (key ${words.text} PRIMARY KEY, value ${words.text} NOT NULL) ${words.keyed}`,
    `CREATE TABLE operation (
      sequence ${words.counter},
      id ${words.text} NOT NULL UNIQUE,
      idempotency_key ${words.text} UNIQUE,
      request_digest ${words.bytes} NOT NULL,
      kind ${words.text} NOT NULL,
      actor ${words.text} NOT NULL,
      -- Empty for an operation that creates a contract.
      contract ${words.bytes} NOT NULL,
      -- Until an attempt that carries it alone is signed, whose bytes then hold it, or until it is settled.
      calldata ${words.bytes},
      gas_limit ${words.integer} NOT NULL,
      state ${words.text} NOT NULL CHECK (state IN ${oneOf(operationStates)}),
      -- The name of what kept a stale operation from being built anew.
      not_rebuilt ${words.text},
      accepted_at_ms ${words.integer} NOT NULL
    ) ${words.numbered}`,
    `CREATE INDEX operation_queued ON operation (sequence) WHERE state = 'queued'`,
    `CREATE INDEX operation_unsettled ON operation (sequence) WHERE state IN ${oneOf(unsettledStates)}`,
    `CREATE INDEX operation_suspended ON operation (sequence) WHERE state = 'suspended'`,
    `CREATE INDEX operation_failed ON operation (sequence) WHERE state = 'failed'`,
    // What an operator reads about an operation: one row for each change, never changed itself.
    `CREATE TABLE history (
      sequence ${words.counter},
      operation ${words.integer} NOT NULL REFERENCES operation (sequence),
      at_ms ${words.integer} NOT NULL,
      what ${words.text} NOT NULL CHECK (what IN ${oneOf(happenings)}),
      hash ${words.bytes},
      block ${words.integer}
    ) ${words.numbered}`,
    `CREATE INDEX history_of ON history (operation, sequence)`,
    // One (signer, nonce) for ever. Its bytes are its versions.
    `CREATE TABLE attempt (
      sequence ${words.counter},
      signer ${words.bytes} NOT NULL,
      nonce ${words.integer} NOT NULL,
      state ${words.text} NOT NULL CHECK (state IN ${oneOf(attemptStates)}),
      -- The version that is in a block; until then the last one that was signed.
      version ${words.integer} NOT NULL,
      -- How often a block that held it was replaced.
      exclusions ${words.integer} NOT NULL DEFAULT 0,
      block ${words.integer},
      -- Of a chain outside only; block_plan has those of the embedded chain.
      block_hash ${words.bytes},
      reverted ${words.integer},
      gas_used ${words.integer},
      created_contract ${words.bytes},
      revert_data ${words.bytes},
      UNIQUE (signer, nonce)
    ) ${words.numbered}`,
    `CREATE INDEX attempt_signed ON attempt (sequence) WHERE state = 'signed'`,
    `CREATE INDEX attempt_included ON attempt (sequence) WHERE state = 'included'`,
    // Every byte string that was ever signed, and kept before it was sent.
    `CREATE TABLE version (
      attempt ${words.integer} NOT NULL REFERENCES attempt (sequence),
      number ${words.integer} NOT NULL,
      purpose ${words.text} NOT NULL CHECK (purpose IN ('call', 'void')),
      hash ${words.bytes} NOT NULL UNIQUE,
      raw ${words.bytes} NOT NULL,
      -- The chain's height when it was signed; 0 on the embedded chain.
      signed_at_block ${words.integer} NOT NULL,
      UNIQUE (attempt, number)
    ) ${words.numbered}`,
    // Which operations a transaction carries, and which of its calls are theirs: [first_part, first_part + parts).
    `CREATE TABLE carried (
      attempt ${words.integer} NOT NULL REFERENCES attempt (sequence),
      operation ${words.integer} NOT NULL REFERENCES operation (sequence),
      first_part ${words.integer} NOT NULL,
      parts ${words.integer} NOT NULL,
      PRIMARY KEY (attempt, operation)
    ) ${words.keyed}`,
    `CREATE INDEX carried_by ON carried (operation, attempt)`,
    // Bytes that somebody else signed, until they are an attempt.
    `CREATE TABLE relay (
      operation ${words.integer} PRIMARY KEY REFERENCES operation (sequence),
      signer ${words.bytes} NOT NULL,
      nonce ${words.integer} NOT NULL,
      raw ${words.bytes} NOT NULL,
      hash ${words.bytes} NOT NULL UNIQUE,
      UNIQUE (signer, nonce)
    ) ${words.numbered}`,
    // Accounts that signed before this outbox, or that stopped.
    `CREATE TABLE signer (
      account ${words.bytes} PRIMARY KEY,
      first_nonce ${words.integer} NOT NULL,
      -- Why nothing is signed with its key any more.
      stopped ${words.text}
    ) ${words.keyed}`,
    `CREATE TABLE block_plan (
      number ${words.integer} PRIMARY KEY,
      time ${words.integer} NOT NULL,
      -- 32 bytes each, in the order of the block.
      transactions ${words.bytes} NOT NULL,
      -- Null until the block is made.
      hash ${words.bytes}
    ) ${words.numbered}`,
    // A bare set: a mark points to nothing.
    `CREATE TABLE reference (mark ${words.bytes} PRIMARY KEY) ${words.keyed}`,
    // The marks that an operation gives free where it fails, until it has settled: 32 bytes each. Marks are random and
    // stand all over their table; a column there would write each of its pages a second time.
    `CREATE TABLE pending_reference (
      operation ${words.integer} PRIMARY KEY REFERENCES operation (sequence),
      marks ${words.bytes} NOT NULL
    ) ${words.numbered}`,
    answeredRequestTable(words),
    leaseTable(words),
    `CREATE TABLE document (digest ${words.bytes} PRIMARY KEY, json ${words.text} NOT NULL) ${words.keyed}`,
  ],
};
