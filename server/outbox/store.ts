/**
 * What the outbox keeps, and the interface to keep it behind. `DatabaseOutbox` is the store, in SQLite for one
 * gateway or in PostgreSQL for several. Every method is a single transaction, on disk when its promise resolves;
 * test/server/outbox/store-suite.ts says what each must do.
 *
 * The outbox holds chain bytes and digests only, no personal data, and nothing in it is ever dropped.
 */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Hex, SignedTransaction } from "../chain/port.ts";
import type { BusinessReference } from "../keys/secrets.ts";
import type { AskedOnce } from "./answered-requests.ts";
import type {
  CallRange,
  ConcludedAttempt,
  Inclusion,
  KeptPlan,
  OpenAttempt,
  Settlement,
  SignedAttempt,
  SignerRecord,
  Version,
} from "./attempts.ts";
import type { Happening, OperationState } from "./states.ts";

/** What an actor asks of a contract. Without `to` it creates one, and `calldata` is its initcode. */
export interface Call {
  readonly to?: Address;
  readonly calldata: Hex;
  /** From `minimumGas(call)` to 16,777,216. */
  readonly gasLimit: bigint;
}

/** A transaction that somebody signed with a key of their own. */
export interface Relayed extends SignedTransaction {
  readonly signer: Address;
  /** The signer's next, counting what was accepted before. */
  readonly nonce: number;
  /** What a chain outside counts for the signer, who may have used the key elsewhere; 0 unless given. */
  readonly nonceOnChain?: number;
}

export interface NewOperation {
  /** Made by the caller, so that it can name the operation before it is accepted; 1 to 80 of [A-Za-z0-9:_-]. */
  readonly id: string;
  /** Names the entry in the sender's registry that may sign it anew after a stale position. */
  readonly kind: string;
  /** The keystore's name of the signer; for a relayed transaction the signer's account. */
  readonly actor: string;
  readonly call: Call;
  /** Signed elsewhere: these bytes are sent as they are, and `call` is what they call. */
  readonly relayed?: Relayed;
  /** The request in canonical form. Only its keyed digest is kept, to tell a repetition from another request. */
  readonly request: string | Uint8Array;
  /** Kept for ever. Give it the asker's identity as a prefix where several askers may choose their own keys. */
  readonly idempotencyKey?: string;
  /** Requests of their own that it carries out too; none of them was answered before. */
  readonly joined?: readonly AskedOnce[];
  /** Payments that this operation records; each may be recorded once. Released again where the operation fails. */
  readonly references?: readonly BusinessReference[];
}

/** `known`: the same operation was accepted before; `id` is the earlier one's. */
export interface Accepted {
  readonly id: string;
  readonly acceptance: "new" | "known";
}

export type Failure =
  /** The contract refused it; `revertData` is its encoded error. */
  | { readonly reason: "reverted"; readonly transaction: Bytes32; readonly revertData: Hex }
  /** Its position was stale and it could not be built anew; `error` is the name of what was thrown. */
  | { readonly reason: "notRebuilt"; readonly revertData: Hex; readonly error: string };

export interface Mined {
  readonly transaction: Bytes32;
  readonly blockNumber: number;
  /** Of the whole transaction. */
  readonly gasUsed: bigint;
  readonly contractAddress?: Address;
  /** Present where the transaction carried other operations too: which of its calls are this one's. */
  readonly shared?: CallRange;
}

export interface OperationRecord {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly state: OperationState;
  /** Milliseconds since 1970 by the system's clock. */
  readonly acceptedAtMs: number;
  /** Present in state `mined`. */
  readonly mined?: Mined;
  /** Present in state `failed`. */
  readonly failure?: Failure;
}

/** What lists of operations are asked for by. */
export type LatestStates = "unsettled" | "suspended" | "failed";

/** An operation in a list. */
export type AcceptedOperation = Pick<OperationRecord, "id" | "kind" | "acceptedAtMs">;

/** An operation that has no signed bytes waiting. */
export interface QueuedOperation {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly call: Call;
  readonly relayed?: Relayed;
  /** Attempts so far that carried it alone. */
  readonly attempts: number;
  /** What its last attempt met, alone. */
  readonly stale?: { readonly revertData: Hex };
  /** Its last attempt carried that many operations and reverted: one of them, or their order, is at fault. */
  readonly split?: { readonly attempt: Bytes32; readonly operations: number };
}

/** One change of an operation. */
export interface HistoryEntry {
  /** Milliseconds since 1970 by the system's clock. */
  readonly atMs: number;
  readonly what: Happening;
  readonly transaction?: Bytes32;
  readonly blockNumber?: number;
}

export interface OutboxStore {
  /** Small facts about the data folder: chain identity, deployment, clock offset. */
  meta(key: string): Promise<string | undefined>;
  setMeta(key: string, value: string): Promise<void>;

  /**
   * Accepts all of the operations or none. Throws {@link IdempotencyConflict}, {@link OperationConflict},
   * {@link AlreadyRecorded} and {@link WrongNonce}.
   */
  accept(operations: readonly NewOperation[]): Promise<readonly Accepted[]>;
  /**
   * The operation accepted for this very request under the key, or that an operator's request was about, if any. Throws
   * {@link IdempotencyConflict}.
   */
  known(idempotencyKey: string, request: string | Uint8Array): Promise<string | undefined>;
  /** Whether any request was answered under the key. */
  isUsed(idempotencyKey: string): Promise<boolean>;
  /** Keeps what a request was answered with that became no operation of its own. Again, it changes nothing. */
  keepAnswer(asked: AskedOnce, operation: string): Promise<void>;
  operation(id: string): Promise<OperationRecord | undefined>;
  /** Every change of the operation, oldest first; empty for one that was never accepted. */
  history(id: string): Promise<readonly HistoryEntry[]>;
  /** How many operations are neither mined, failed, cancelled nor suspended. */
  unsettled(): Promise<number>;
  /** When the oldest of them was accepted, in milliseconds since 1970. */
  oldestUnsettledMs(): Promise<number | undefined>;
  /**
   * The latest operations in one of the states, newest first; with `askedBy` only those whose idempotency key begins
   * with it.
   */
  latest(states: LatestStates, limit: number, askedBy?: string): Promise<readonly AcceptedOperation[]>;
  /** Operations without signed bytes, in the order of acceptance, but those of the actors `except`. */
  queued(limit: number, except?: readonly string[]): Promise<readonly QueuedOperation[]>;
  /**
   * One past the largest nonce that the account signed here, relayed ones included; where it has signed nothing, the
   * one that {@link keepSigner} kept, or 0.
   */
  nextNonce(signer: Address): Promise<number>;
  /** Keeps signed bytes. A (signer, nonce) that exists already is refused by the store itself. */
  keepSigned(attempts: readonly SignedAttempt[]): Promise<void>;
  /** Gives a queued operation up that could not be built anew; `error` is the name of what was thrown. */
  giveUp(operation: string, error: string): Promise<void>;
  /**
   * Holds a queued operation back. Throws IllegalTransition, {@link RelayedByOther} for a relayed one, and
   * {@link IdempotencyConflict}. False where `asked` was answered before; then nothing changes.
   */
  suspend(operation: string, asked?: AskedOnce): Promise<boolean>;
  /** Queues a suspended operation in its old place. Answers and throws as {@link suspend} does. */
  resume(operation: string, asked?: AskedOnce): Promise<boolean>;
  /**
   * Ends an operation that has no signed bytes, for ever; its references are free again. Answers and throws as
   * {@link suspend} does.
   */
  cancel(operation: string, asked?: AskedOnce): Promise<boolean>;

  // The embedded chain, whose blocks are written down before they are made.

  /** Signed attempts that are in no plan, in the order of signing. */
  unplanned(limit: number): Promise<readonly SignedAttempt[]>;
  keepPlan(number: number, time: UnixSeconds, transactions: readonly Bytes32[]): Promise<void>;
  plan(number: number): Promise<KeptPlan | undefined>;
  lastPlanNumber(): Promise<number>;
  settle(number: number, blockHash: Bytes32, settlements: readonly Settlement[]): Promise<void>;

  // A chain outside, which makes its own blocks and may replace them.

  /** Attempts whose outcome does not stand yet, in the order of signing. */
  open(limit: number): Promise<readonly OpenAttempt[]>;
  /**
   * What was signed after `after` in the order of signing, up to the first attempt whose outcome does not stand yet.
   */
  concluded(after: number, limit: number): Promise<readonly ConcludedAttempt[]>;
  /**
   * The nonces of the signer's attempts from `from` on, in order, whatever became of them: where one is missing below
   * the last, nothing behind it can be mined.
   */
  nonces(signer: Address, from: number): Promise<readonly number[]>;
  /** Keeps other bytes for an attempt that is in no block. Throws IllegalTransition. */
  keepVersion(signer: Address, nonce: number, version: Version): Promise<void>;
  /** One of an attempt's versions is in a block. Throws IllegalTransition. */
  include(inclusion: Inclusion): Promise<void>;
  /** The block of an included attempt was replaced: it is signed, and nothing more, again. Throws IllegalTransition. */
  exclude(signer: Address, nonce: number): Promise<void>;
  /** What included attempts mean, now that their blocks stand. */
  conclude(settlements: readonly Settlement[]): Promise<void>;

  /** Accounts that were kept by {@link keepSigner}. */
  signers(): Promise<readonly SignerRecord[]>;
  /** Keeps what the chain counted for an account before it signed here. Later calls change nothing. */
  keepSigner(account: Address, firstNonce: number): Promise<void>;
  /** Nothing is signed with the account's key any more; the reason is for an operator. It must have been kept. */
  stopSigner(account: Address, reason: string): Promise<void>;

  /** The indexes of the references that are recorded, or are about to be. */
  recorded(references: readonly BusinessReference[]): Promise<readonly number[]>;
  /** Published documents by their digest. Keeping one again changes nothing. */
  keepDocument(digest: Bytes32, json: string): Promise<void>;
  document(digest: Bytes32): Promise<string | undefined>;

  close(): Promise<void>;
}

/** The idempotency key was used for another request. */
export class IdempotencyConflict extends Error {
  readonly idempotencyKey: string;
  /** What that request became, where it is kept beside it. */
  readonly operation: string | undefined;
  constructor(idempotencyKey: string, operation?: string) {
    super(
      `idempotency key ${idempotencyKey.slice(0, 80)}: used for another request` +
        `${operation === undefined ? "" : ` (operation ${operation})`}; ` +
        `repeat that request unchanged, or use a new key`,
    );
    this.name = "IdempotencyConflict";
    this.idempotencyKey = idempotencyKey;
    this.operation = operation;
  }
}

/** The operation's id names another operation already. */
export class OperationConflict extends Error {
  readonly operation: string;
  constructor(operation: string) {
    super(`operation ${operation}: the id belongs to another request; choose a new one`);
    this.name = "OperationConflict";
    this.operation = operation;
  }
}

/** Payments that the ledger holds already, or twice in one operation. Indexes, not numbers: those are personal. */
export class AlreadyRecorded extends Error {
  readonly operation: string;
  readonly indexes: readonly number[];
  constructor(operation: string, indexes: readonly number[]) {
    super(
      `operation ${operation}: ${indexes.length} of its payments are recorded already ` +
        `(index ${indexes.slice(0, 5).join(", ")}${indexes.length > 5 ? ", …" : ""}); leave them out`,
    );
    this.name = "AlreadyRecorded";
    this.operation = operation;
    this.indexes = indexes;
  }
}

/** A relayed transaction does not carry its signer's next nonce. */
export class WrongNonce extends Error {
  readonly expected: number;
  readonly actual: number;
  constructor(expected: number, actual: number) {
    super(`nonce: expected ${expected}, the signer's next here, got ${actual}`);
    this.name = "WrongNonce";
    this.expected = expected;
    this.actual = actual;
  }
}

/** A plan names a transaction whose bytes are not in the outbox. */
export class MissingBytes extends Error {
  readonly blockNumber: number;
  readonly transaction: string;
  constructor(blockNumber: number, transaction: string) {
    super(
      `block ${blockNumber}: the bytes of transaction ${transaction} are missing; restore the outbox from its backup`,
    );
    this.name = "MissingBytes";
    this.blockNumber = blockNumber;
    this.transaction = transaction;
  }
}

/** The operation's bytes were signed elsewhere: later ones of their signer stand on its nonce. */
export class RelayedByOther extends Error {
  readonly operation: string;
  constructor(operation: string) {
    super(`operation ${operation}: its transaction was signed elsewhere; only its signer can replace it`);
    this.name = "RelayedByOther";
    this.operation = operation;
  }
}
