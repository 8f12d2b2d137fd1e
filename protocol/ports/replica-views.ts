/** What pages and routes show of the replicas that made this operator's chain again. */
import type { Address, Bytes32 } from "../ids.ts";
import type { UnixSeconds } from "../ledger/events.ts";

export interface ReplicaStatement {
  readonly block: number;
  readonly hash: Bytes32;
  /** Of the replica's own key: nobody need believe the gateway that it said so. */
  readonly signature: `0x${string}`;
  /** By the gateway's clock. */
  readonly statedAt: UnixSeconds;
}

export interface ReplicaView {
  readonly replica: Address;
  readonly admittedAt: UnixSeconds;
  /** It is not counted any more. */
  readonly endedAt?: UnixSeconds;
  /** The highest block that it spoke of; absent while it has said nothing. */
  readonly newest?: ReplicaStatement & {
    /** The chain has that block now. */
    readonly agrees: boolean;
    /** It is old, and not counted. */
    readonly isSilent: boolean;
  };
  /** What it said and the chain did not have: the first ones, kept for ever. */
  readonly disagreements: readonly (ReplicaStatement & { readonly own: Bytes32 })[];
}

export interface ReplicasView {
  /** How many of them agree, at what they said last. */
  readonly agreeing: number;
  /** All of those agree up to this block. */
  readonly block?: number;
  readonly replicas: readonly ReplicaView[];
}
