/**
 * The part of sending in which the chains differ: how signed bytes get into a block, and when a block counts. The
 * embedded chain is told its blocks (planned-line.ts), one behind RPC_URL is told transactions (published-line.ts).
 */
import type { Address } from "../../protocol/ids.ts";
import type { FailureKind } from "../chain/node-failures.ts";
import type { Joining } from "./group.ts";
import type { Signing } from "./signing.ts";
import type { OutboxStore } from "./store.ts";
import type { Verdicts } from "./verdict.ts";

/** The synced steps, and the effects, in their order. Tests end the process at any of them. */
export type Step = "accepted" | "signed" | "planned" | "sent" | "included" | "mined" | "settled";

/** What the sender gives its line. */
export interface LineParts {
  readonly store: OutboxStore;
  readonly signing: Signing;
  readonly verdicts: Verdicts;
  readonly joining?: Joining;
  readonly step: (step: Step) => void;
  /** Operations that have settled now: who waits for them is told. */
  readonly report: (operations: readonly string[]) => Promise<void>;
}

/**
 * What a turn came to: `again` at once, or wait until there is something new, or for `pauseMs` where the line follows a
 * chain that moves by itself.
 */
export type Turn =
  | { readonly again: true }
  | {
      readonly again: false;
      readonly pauseMs?: number;
      /** What is left waits for an operator: a key is stopped, or cannot pay. */
      readonly isHeld?: boolean;
    };

export interface Line {
  /** Brings what is recorded and the chain together, before the first turn. */
  start(): Promise<void>;
  turn(): Promise<Turn>;
  /** Takes an operation out that is signed and in no block. Throws NotPossible where that cannot be asked of it. */
  cancelSigned(operation: string): Promise<void>;
  status(): Promise<LineStatus>;
}

export interface SignerStatus {
  readonly account: Address;
  /** The keystore's name; absent for accounts whose transactions are relayed. */
  readonly actor?: string;
  /** `stopped` for good, `noFunds` until somebody pays something in. */
  readonly state: "running" | "noFunds" | "stopped";
  /** Why, for an operator. */
  readonly reason?: string;
  /** Wei; absent on the embedded chain, where gas is free, and before the first look. */
  readonly balanceWei?: bigint;
  /** Transactions that are signed and do not stand yet. */
  readonly underWay: number;
}

export interface LineStatus {
  readonly line: "planned" | "published";
  /** The newest block that was seen. */
  readonly height: number;
  /** Wei; absent on the embedded chain. */
  readonly baseFeePerGas?: bigint;
  readonly signers: readonly SignerStatus[];
  /** Of several gateways: whether this one sends, as far as it knows. Absent where there is one. */
  readonly sends?: boolean;
  /** The last thing that went wrong with the node; absent where nothing did since the start. */
  readonly lastFailure?: { readonly kind: FailureKind; readonly message: string; readonly atMs: number };
}
