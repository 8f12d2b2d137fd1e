/** What the reading side of the gateway is made from. */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { ReplicasView } from "../../protocol/ports/replica-views.ts";
import type { Head } from "../../protocol/ports/views.ts";
import type { Index } from "../index/open.ts";
import type { Timer } from "../timer.ts";
import type { Vault } from "../vault/vault.ts";

/** Published documents by their digest; the outbox keeps them. */
export interface DocumentStore {
  document(digest: Bytes32): Promise<string | undefined>;
}

export interface FindGiftLimits {
  /** Questions of one address, and about one transaction number, in the window; more are told to come back. */
  readonly perAddress: number;
  readonly perNumber: number;
  readonly windowMs: number;
  /** Addresses and numbers that are remembered at once. */
  readonly remembered: number;
  /** Every answer takes this long, whatever was found. */
  readonly answerMs: number;
}

export interface ReadOptions {
  readonly index: Index;
  readonly vault: Pick<Vault, "byReference">;
  readonly documents: DocumentStore;
  /** The contract that reads the ledger by eth_call; receipts name it. */
  readonly lens: Address;
  /** The ledger's clock: periods are shown as if rolled to its time. */
  readonly clock: { now(): UnixSeconds };
  /** Whether the head of the chain can still be replaced; the embedded chain's never can. */
  readonly finality: Pick<Head, "finality" | "finalityBlocks">;
  readonly demonstration: boolean;
  /** Absent where the chain is made by others. */
  readonly replicas?: { view(): Promise<ReplicasView> };
  readonly findGift?: Partial<FindGiftLimits>;
  readonly timer?: Timer;
}
