/**
 * What is signed and what became of it. An attempt is one (signer, nonce): it is never given to anything else, and
 * every byte string that was signed for it, its versions, is kept for ever.
 */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Hex, SignedTransaction } from "../chain/port.ts";

/** Calls of a transaction: from `firstPart`, counted from 0, `parts` of them. */
export interface CallRange {
  readonly firstPart: number;
  readonly parts: number;
}

export interface CarriedOperation extends CallRange {
  readonly id: string;
  readonly kind: string;
  /** Attempts so far that carried it alone, this one included. */
  readonly attempts: number;
}

export interface SignedAttempt extends SignedTransaction {
  readonly signer: Address;
  readonly nonce: number;
  /**
   * In the order of their calls; one, unless calls of one signer were joined. None for an empty transaction that fills
   * a gap between nonces.
   */
  readonly operations: readonly CarriedOperation[];
  /** The chain's height when it was signed; absent on the embedded chain. */
  readonly signedAtBlock?: number;
}

/** `void`: an empty transaction to the signer itself, which takes the nonce and does nothing. */
export type Purpose = "call" | "void";

export interface Version extends SignedTransaction {
  readonly purpose: Purpose;
  readonly signedAtBlock: number;
}

/** A version in a block of a chain that makes its own blocks; the block may still be replaced. */
export interface Inclusion {
  readonly transaction: Bytes32;
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly reverted: boolean;
  readonly gasUsed: bigint;
  readonly contractAddress?: Address;
}

/** An attempt whose outcome does not stand yet. */
export interface OpenAttempt {
  readonly signer: Address;
  readonly nonce: number;
  readonly operations: readonly CarriedOperation[];
  /** Oldest first, at least one. All but the fees, or all but the nonce where it was cancelled, is the same. */
  readonly versions: readonly Version[];
  /** How often a block that held it was replaced. */
  readonly exclusions: number;
  readonly included?: Inclusion;
}

/** An attempt whose outcome stands, with all that was ever signed for it: of one account and nonce. */
export interface ConcludedAttempt {
  /** The order of signing. */
  readonly sequence: number;
  readonly signer: Address;
  readonly nonce: number;
  /** Oldest first; one of them is in the block. */
  readonly versions: readonly Version[];
  readonly transaction: Bytes32;
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
}

/** A block plan as it was written down. `hash` is the block that was made of it; absent if that is not known yet. */
export interface KeptPlan {
  readonly number: number;
  readonly time: UnixSeconds;
  readonly hash?: Bytes32;
  readonly transactions: readonly SignedAttempt[];
}

/**
 * What a transaction in a block means for its operations. `retry` closes the attempt and queues them again; `voided` is
 * that of an empty transaction and cancels them.
 */
export type Settlement =
  | {
      readonly transaction: Bytes32;
      readonly result: "mined";
      readonly gasUsed: bigint;
      readonly contractAddress?: Address;
    }
  | { readonly transaction: Bytes32; readonly result: "voided"; readonly gasUsed: bigint }
  | {
      readonly transaction: Bytes32;
      readonly result: "failed" | "retry";
      readonly gasUsed: bigint;
      readonly revertData: Hex;
    };

/** An account that transactions are signed for. */
export interface SignerRecord {
  readonly account: Address;
  /** What the chain counted for it when it first signed here. */
  readonly firstNonce: number;
  /** Why nothing is signed with its key any more. */
  readonly stopped?: string;
}
