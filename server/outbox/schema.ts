/** The outbox's tables. Hashes, addresses and bytes are blobs; states are the words of states.ts. */
export const outboxSchemaVersion = 2;

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
  state TEXT NOT NULL CHECK (state IN ('queued', 'signed', 'planned', 'mined', 'failed')),
  -- The name of what kept a stale operation from being built anew.
  not_rebuilt TEXT,
  accepted_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX operation_queued ON operation (sequence) WHERE state = 'queued';
CREATE INDEX operation_unsettled ON operation (sequence) WHERE state IN ('queued', 'signed', 'planned');

CREATE TABLE attempt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  signer BLOB NOT NULL,
  nonce INTEGER NOT NULL,
  raw BLOB NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('signed', 'planned', 'mined', 'reverted')),
  block INTEGER,
  gas_used INTEGER,
  created_contract BLOB,
  revert_data BLOB,
  UNIQUE (signer, nonce)
) STRICT;
CREATE INDEX attempt_unplanned ON attempt (sequence) WHERE state = 'signed';

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

CREATE TABLE block_plan (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  -- 32 bytes each, in the order of the block.
  transactions BLOB NOT NULL,
  -- Null until the block is made.
  hash BLOB
) STRICT;

-- A bare set: once an operation has settled, a mark points to nothing.
CREATE TABLE reference (mark BLOB PRIMARY KEY, pending INTEGER) WITHOUT ROWID, STRICT;
CREATE INDEX reference_pending ON reference (pending) WHERE pending IS NOT NULL;

CREATE TABLE document (digest BLOB PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID, STRICT;
`;
