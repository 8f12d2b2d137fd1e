/**
 * What a node's refusal means. Nodes agree on no codes, so the one table here reads their words; it was made from the
 * sources of geth, Besu, Nethermind, anvil and Hardhat, and a test holds it against their wordings.
 */
import { RpcFailure } from "./rpc.ts";

/** What to do next decides the kind; `refused` is anything that the table does not know. */
export const failureKinds = [
  /** The node has these bytes already. */
  "known",
  /** Other bytes of the same nonce wait there, and the fees are not enough above theirs. */
  "underpriced",
  /** The nonce is used up. */
  "nonceTooLow",
  /** A nonce before this one is missing there. */
  "nonceGap",
  /** The fees are below the block's base fee, or below what the node takes. */
  "feeTooLow",
  /** The account cannot pay for gas. */
  "noFunds",
  /** The transaction is for another chain. */
  "wrongChain",
  /** The node's pool takes no more now. */
  "poolFull",
  /** Asked too often. */
  "rateLimit",
  /** No answer in time: what was sent may have arrived. */
  "timeout",
  /** Nobody answers there, or only an error of a server. */
  "unavailable",
  /** An answer that is no JSON-RPC. */
  "garbage",
  "refused",
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** The first that fits decides: narrower wordings stand before wider ones. */
const words: readonly (readonly [FailureKind, RegExp])[] = [
  [
    "rateLimit",
    /too many requests|rate.?limit|request limit|limit exceeded|exceeded .*(quota|capacity)|throttl/,
  ],
  [
    "known",
    /already (known|imported|exists|in the mempool)|known transaction|alreadyknown|ownnoncealreadyused/,
  ],
  [
    "underpriced",
    /replacement transaction underpriced|replacement fee too low|replacementnotallowed|another transaction with same nonce/,
  ],
  ["nonceTooLow", /nonce (is )?too low|oldnonce|nonce has already been used/],
  [
    "nonceGap",
    /nonce (is )?too high|nonce gap|noncegap|nonce too far|noncetoofarinfuture|too distant from (current )?sender nonce|lower nonce exists/,
  ],
  [
    "noFunds",
    /insufficient ?(funds|balance)|up-?front cost exceeds|enough funds to send|not enough funds|exceeds transaction sender account balance/,
  ],
  [
    "wrongChain",
    /invalid chain ?id|wrong chain ?id|chainid not supported|incompatible eip-155|invalidtxchainid|chain id mismatch/,
  ],
  [
    "feeTooLow",
    /max fee per gas less than block base fee|below (current base fee|configured minimum)|feetoolow|too low for the next block|transaction underpriced|gas ?price too low|fee cap less than block base fee|tip (needed|too low|below)/,
  ],
  ["poolFull", /pool is full|pool full|txpool full|queue full|gas limit reached|discarded/],
  ["timeout", /timed? ?out|timeout|deadline exceeded/],
  ["unavailable", /not (yet )?in sync|syncing|pool not enabled|service unavailable|bad gateway/],
];

/** The kind that a node's words say. */
export const kindOfWords = (message: string): FailureKind => {
  const text = message.toLowerCase();
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? "refused";
};

type TransportKind = Extract<FailureKind, "rateLimit" | "timeout" | "unavailable" | "garbage">;

/** The node did not answer a request as a node. The message names no URL: it may hold a key. */
export class NodeUnreachable extends Error {
  readonly kind: TransportKind;
  /** What the node asked to wait; undefined where it said nothing. */
  readonly retryAfterSeconds: number | undefined;
  constructor(kind: TransportKind, method: string, facts: string, retryAfterSeconds?: number) {
    super(`chain node: ${method}: ${facts}`);
    this.name = "NodeUnreachable";
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The kind of anything that a request to a node threw; undefined for what is no failure of a node. */
export const failureKindOf = (error: unknown): FailureKind | undefined => {
  if (error instanceof NodeUnreachable) return error.kind;
  return error instanceof RpcFailure ? kindOfWords(error.message) : undefined;
};

/** Failures that say nothing about what was asked, only that it has to be asked again. */
export const isTransient = (kind: FailureKind | undefined): boolean =>
  kind === "rateLimit" || kind === "timeout" || kind === "unavailable" || kind === "garbage";
