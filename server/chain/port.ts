/**
 * What the gateway needs of a chain. Every chain is read alike. The embedded one is told which block to make and says
 * what became of a transaction; one behind RPC_URL, which makes its own blocks, is in node-chain.ts.
 */
import type { CustomTransport } from "viem";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { RpcRequest } from "./rpc.ts";

export type Hex = `0x${string}`;

export interface BlockHead {
  readonly number: number;
  readonly hash: Bytes32;
  readonly time: UnixSeconds;
}

export interface SignedTransaction {
  readonly hash: Bytes32;
  /** The serialized, signed transaction as it is sent to a node. */
  readonly raw: Hex;
}

/** The next block, written down before it is made. The order of the transactions is part of the plan. */
export interface BlockPlan {
  readonly number: number;
  /** Not before the parent's time; blocks made within one second share it. */
  readonly time: UnixSeconds;
  readonly transactions: readonly SignedTransaction[];
}

/** What a mined transaction did. `revertData` is the contract's encoded error, 0x where it gave none. */
export type Outcome =
  | {
      readonly status: "succeeded";
      readonly blockNumber: number;
      readonly blockHash: Bytes32;
      readonly gasUsed: bigint;
      readonly contractAddress?: Address;
    }
  | {
      readonly status: "reverted";
      readonly blockNumber: number;
      readonly blockHash: Bytes32;
      readonly gasUsed: bigint;
      readonly revertData: Hex;
    };

/** A chain as everything but its sender sees it. */
export interface ReadableChain {
  readonly chainId: number;
  /** What this process holds of it, as limit.ts counts it; 0 for a chain outside. */
  readonly load: number;
  /** Block `number`, or undefined where the chain has not reached it. */
  block(number: number): Promise<BlockHead | undefined>;
  head(): Promise<BlockHead>;
  /** The code of a contract at the head; 0x where there is none. */
  code(contract: Address): Promise<Hex>;
  /** Read-only JSON-RPC as rpc.ts allows it. Throws RpcFailure. */
  request(request: RpcRequest): Promise<unknown>;
  /** The same for viem clients: `createPublicClient({ transport: chain.transport() })`. */
  transport(): CustomTransport;
  close(): Promise<void>;
}

/** A chain that makes the blocks it is told. */
export interface PlannedChain extends ReadableChain {
  /**
   * Makes the block of the plan and answers its head. Throws {@link PlanRefused} where the plan does not follow
   * the head, a transaction is not accepted, or the block does not hold exactly the planned transactions in order.
   * After that error the chain must not be used further.
   */
  mineBlock(plan: BlockPlan): Promise<BlockHead>;
  /** What became of a mined transaction; undefined where no block holds it. */
  outcome(transaction: Bytes32): Promise<Outcome | undefined>;
}

/** The chain did not make the block that was planned. */
export class PlanRefused extends Error {
  readonly blockNumber: number;
  readonly reason: string;
  constructor(blockNumber: number, reason: string) {
    super(
      `block ${blockNumber}: the chain did not make it as planned: ${reason}. Nothing further was mined; ` +
        `restore the data folder from its backup, or report this with the log of the start`,
    );
    this.name = "PlanRefused";
    this.blockNumber = blockNumber;
    this.reason = reason;
  }
}
