/**
 * What a donor keeps and what anyone may see of a donation's place: the proof that it is a leaf of a batch of one
 * ledger of one chain, and the block at which that was said. A receipt holds the opening of the commitment beside it,
 * which is secret; a proof holds the leaf alone, which is public.
 */
import type { Fen, Position } from "../amounts.ts";
import type { DonationPayload } from "../donations/commitment.ts";
import type { Leaf } from "../donations/leaves.ts";
import type { TreeNode } from "../donations/merkle-sum.ts";
import type { Address, BatchId, Bytes32, FundId } from "../ids.ts";
import type { UnixSeconds } from "../ledger/events.ts";

export const receiptFormat = "everyfen-receipt" as const;
export const proofFormat = "everyfen-proof" as const;
/** Of the format. A reader refuses every other. */
export const receiptVersion = 1 as const;
export const receiptLimitBytes = 5 * 1024;

/** Where the books are: the chain, the ledger's contract, and the lens that reads it. */
export interface LedgerPlace {
  readonly chainId: number;
  readonly ledger: Address;
  readonly lens: Address;
}

/** What the ledger recorded of a batch, in so far as its root binds it. */
export interface BatchRecord {
  readonly batch: BatchId;
  readonly fund: FundId;
  readonly startsAt: Position;
  readonly count: number;
  readonly sum: Fen;
  readonly root: Bytes32;
}

export interface ReceiptHead {
  readonly number: number;
  readonly hash: Bytes32;
  readonly time: UnixSeconds;
}

/** An earlier block that an actor noted on the chain itself. */
export type NotedHead = Pick<ReceiptHead, "number" | "hash">;

/** A donation's place in its batch, and what it is a place in. */
export interface DonationPlace {
  readonly place: LedgerPlace;
  readonly batch: BatchRecord;
  /** Inside the batch, from 0. */
  readonly index: number;
  /** The path of the Merkle-sum tree, lowest first. */
  readonly siblings: readonly TreeNode[];
  /** The block that all of this was true of. */
  readonly head: ReceiptHead;
  /** The newest note at that block; absent where there is none yet. */
  readonly notedHead?: NotedHead;
}

export interface DonationProof extends DonationPlace {
  readonly leaf: Leaf;
}

/** What a commitment hides, with the 32 bytes that hide it. */
export interface Opening {
  readonly salt: Bytes32;
  readonly payload: DonationPayload;
}

/** Only find-my-gift makes one; a code never does. */
export interface Receipt extends DonationPlace {
  readonly opening: Opening;
}
