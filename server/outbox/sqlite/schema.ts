/** The outbox's tables. Hashes, addresses and bytes are blobs; states are the words of states.ts. */
import { attemptStates, happenings, operationStates, unsettledStates } from "../states.ts";

export const outboxSchemaVersion = 4;

const oneOf = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(", ")})`;

export const outboxSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  idempotency_key TEXT UNIQUE,
  request_digest BLOB NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  -- Empty for an operation that creates a contract.
  contract BLOB NOT NULL,
  -- Until an attempt that carries it alone is signed, whose bytes then hold it, or until it is settled.
  calldata BLOB,
  gas_limit INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ${oneOf(operationStates)}),
  -- The name of what kept a stale operation from being built anew.
  not_rebuilt TEXT,
  accepted_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX operation_queued ON operation (sequence) WHERE state = 'queued';
CREATE INDEX operation_unsettled ON operation (sequence) WHERE state IN ${oneOf(unsettledStates)};

-- What an operator reads about an operation: one row for each change, never changed itself.
CREATE TABLE history (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  operation INTEGER NOT NULL REFERENCES operation (sequence),
  at_ms INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ${oneOf(happenings)}),
  hash BLOB,
  block INTEGER
) STRICT;
CREATE INDEX history_of ON history (operation, sequence);

-- One (signer, nonce) for ever. Its bytes are its versions.
CREATE TABLE attempt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  signer BLOB NOT NULL,
  nonce INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ${oneOf(attemptStates)}),
  -- The version that is in a block; until then the last one that was signed.
  version INTEGER NOT NULL,
  block INTEGER,
  -- Of a chain outside only; block_plan has those of the embedded chain.
  block_hash BLOB,
  reverted INTEGER,
  gas_used INTEGER,
  created_contract BLOB,
  revert_data BLOB,
  UNIQUE (signer, nonce)
) STRICT;
CREATE INDEX attempt_signed ON attempt (sequence) WHERE state = 'signed';
CREATE INDEX attempt_included ON attempt (sequence) WHERE state = 'included';

-- Every byte string that was ever signed, and kept before it was sent.
CREATE TABLE version (
  attempt INTEGER NOT NULL REFERENCES attempt (sequence),
  number INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('call', 'void')),
  hash BLOB NOT NULL UNIQUE,
  raw BLOB NOT NULL,
  -- The chain's height when it was signed; 0 on the embedded chain.
  signed_at_block INTEGER NOT NULL,
  UNIQUE (attempt, number)
) STRICT;

-- Which operations a transaction carries, and which of its calls are theirs: [first_part, first_part + parts).
CREATE TABLE carried (
  attempt INTEGER NOT NULL REFERENCES attempt (sequence),
  operation INTEGER NOT NULL REFERENCES operation (sequence),
  first_part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  PRIMARY KEY (attempt, operation)
) WITHOUT ROWID, STRICT;
CREATE INDEX carried_by ON carried (operation, attempt);

-- Bytes that somebody else signed, until they are an attempt.
CREATE TABLE relay (
  operation INTEGER PRIMARY KEY REFERENCES operation (sequence),
  signer BLOB NOT NULL,
  nonce INTEGER NOT NULL,
  raw BLOB NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  UNIQUE (signer, nonce)
) STRICT;

-- Accounts that signed before this outbox, or that stopped.
CREATE TABLE signer (
  account BLOB PRIMARY KEY,
  first_nonce INTEGER NOT NULL,
  -- Why nothing is signed with its key any more.
  stopped TEXT
) WITHOUT ROWID, STRICT;

CREATE TABLE block_plan (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  -- 32 bytes each, in the order of the block.
  transactions BLOB NOT NULL,
  -- Null until the block is made.
  hash BLOB
) STRICT;

-- A bare set: a mark points to nothing.
CREATE TABLE reference (mark BLOB PRIMARY KEY) WITHOUT ROWID, STRICT;
-- The marks that an operation gives free where it fails, until it has settled: 32 bytes each. Marks are random and stand
-- all over their table; a column there would write each of its pages a second time.
CREATE TABLE pending_reference (
  operation INTEGER PRIMARY KEY REFERENCES operation (sequence),
  marks BLOB NOT NULL
) STRICT;

CREATE TABLE document (digest BLOB PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID, STRICT;
`;
