/**
 * Handing signed bytes to the node, and to what its refusals lead. Sending is the one effect here, and may be repeated
 * at will: everything it hands over was kept before.
 */
import { parseTransaction } from "viem";
import type { Address } from "../../../protocol/ids.ts";
import { failureKindOf, isTransient, type FailureKind } from "../../chain/node-failures.ts";
import { WrongNode, type NodeHead, type PublishingChain } from "../../chain/node-chain.ts";
import type { OpenAttempt, Version } from "../attempts.ts";
import { NotPossible } from "../errors.ts";
import { bumpedFees, fairFees, limitedFees, type Fees } from "../fees.ts";
import type { LineParts } from "../line.ts";
import { bySigner } from "./following.ts";
import type { Signers } from "./signers.ts";

/** Blocks that a signer's first transaction may wait before it offers more. */
const stuckBlocks = 5;
/** Turns after which what was sent is sent again, whatever happened: a node may have forgotten it. */
const resendTurns = 20;

export interface PublishingOptions {
  readonly chain: PublishingChain;
  /** Wei; nothing is offered above it. */
  readonly maxFeePerGas: bigint;
  readonly failed: (kind: FailureKind, message: string) => void;
}

export class Publishing {
  readonly #options: PublishingOptions;
  readonly #parts: LineParts;
  readonly #signers: Signers;
  /** By hash, the turns since it was sent. */
  readonly #sent = new Map<string, number>();

  constructor(options: PublishingOptions, parts: LineParts, signers: Signers) {
    this.#options = options;
    this.#parts = parts;
    this.#signers = signers;
  }

  /** What a new transaction should offer now. */
  async fees({ baseFeePerGas }: NodeHead): Promise<Fees> {
    const { chain, maxFeePerGas } = this.#options;
    if (baseFeePerGas === 0n) return fairFees(0n, 0n);
    return limitedFees(fairFees(baseFeePerGas, await chain.suggestedTip()), maxFeePerGas);
  }

  /** Forgets what was sent: the node may have forgotten it too. */
  forget(): void {
    this.#sent.clear();
  }

  /** Sends what is signed and in no block, each signer's in the order of their nonces. */
  async publish(open: readonly OpenAttempt[], head: NodeHead): Promise<void> {
    const waiting = open.filter(({ included }) => included === undefined);
    this.#age(waiting);
    for (const [signer, attempts] of bySigner(waiting)) {
      if (!this.#signers.maySend(signer)) continue;
      const inOrder = attempts.toSorted((one, other) => one.nonce - other.nonce);
      const front = inOrder[0];
      const raised = front === undefined ? undefined : await this.#raiseStuck(front, head);
      for (const attempt of inOrder) {
        const last = attempt === front && raised !== undefined ? raised : attempt.versions.at(-1);
        if (last === undefined || this.#sent.has(last.hash)) continue;
        if (!(await this.#send(attempt, last, head))) break;
      }
    }
  }

  /** Fills the nonces that are missing between those of the table: nothing behind them could ever be mined. */
  async fillGaps(open: readonly OpenAttempt[], head: NodeHead): Promise<boolean> {
    const { store, signing } = this.#parts;
    let filled = false;
    for (const [signer] of bySigner(open.filter(({ included }) => included === undefined))) {
      if (!signing.holdsKeyOf(signer) || this.#signers.isStopped(signer)) continue;
      const used = await this.#options.chain.nonceAt(signer, head.number);
      const taken = new Set(await store.nonces(signer, used));
      const missing = Array.from(
        { length: Math.max(0, ...taken) + 1 - used },
        (_, index) => used + index,
      ).filter((nonce) => !taken.has(nonce));
      if (taken.size === 0 || missing.length === 0) continue;
      const fees = await this.fees(head);
      for (const nonce of missing) {
        const empty = await signing.signEmpty(signer, nonce, fees);
        await store.keepSigned([{ ...empty, signer, nonce, operations: [], signedAtBlock: head.number }]);
      }
      filled = true;
    }
    return filled;
  }

  /** Signs an empty transaction under the nonce of a signed operation. Throws {@link NotPossible}. */
  async voidOperation(operation: string, open: readonly OpenAttempt[], head: NodeHead): Promise<void> {
    const attempt = open.find(({ operations }) => operations.some(({ id }) => id === operation));
    if (attempt === undefined) throw new NotPossible(operation, "cancel", "its transaction was not found");
    const last = attempt.versions.at(-1);
    if (attempt.included !== undefined || last === undefined) {
      throw new NotPossible(operation, "cancel", "its transaction is in a block");
    }
    if (attempt.operations.length > 1) {
      throw new NotPossible(operation, "cancel", "it shares its transaction with others");
    }
    if (!this.#parts.signing.holdsKeyOf(attempt.signer)) {
      throw new NotPossible(operation, "cancel", "its transaction was signed elsewhere");
    }
    if (this.#signers.isStopped(attempt.signer)) {
      throw new NotPossible(operation, "cancel", "its key is stopped, and signs no empty one in its place");
    }
    if (last.purpose === "void") return;
    const fees = bumpedFees(feesOf(last), await this.fees(head), this.#options.maxFeePerGas);
    if (fees === undefined) {
      throw new NotPossible(
        operation,
        "cancel",
        "no fee can be offered above its own: gas is free, or MAX_FEE_GWEI is reached",
      );
    }
    const empty = await this.#parts.signing.signEmpty(attempt.signer, attempt.nonce, fees);
    const version: Version = { ...empty, purpose: "void", signedAtBlock: head.number };
    await this.#parts.store.keepVersion(attempt.signer, attempt.nonce, version);
  }

  #age(waiting: readonly OpenAttempt[]): void {
    const present = new Set<string>(waiting.flatMap(({ versions }) => versions.map(({ hash }) => hash)));
    for (const [hash, turns] of this.#sent) {
      if (turns >= resendTurns || !present.has(hash)) this.#sent.delete(hash);
      else this.#sent.set(hash, turns + 1);
    }
  }

  /** The first of a signer's transactions offers more where blocks pass it by; those behind it follow it. */
  async #raiseStuck(front: OpenAttempt, head: NodeHead): Promise<Version | undefined> {
    const last = front.versions.at(-1);
    if (last === undefined || head.number - last.signedAtBlock < stuckBlocks) return undefined;
    return this.#raise(front, last, await this.fees(head), head);
  }

  /** Keeps the same transaction with higher fees; undefined where there are none to offer, or no key. */
  async #raise(
    { signer, nonce }: OpenAttempt,
    last: Version,
    fair: Fees,
    head: NodeHead,
  ): Promise<Version | undefined> {
    const { signing, store } = this.#parts;
    if (!signing.holdsKeyOf(signer)) return undefined;
    const fees = bumpedFees(feesOf(last), fair, this.#options.maxFeePerGas);
    if (fees === undefined) return undefined;
    const signed = await signing.signAgain(last.raw, signer, fees);
    const version: Version = { ...signed, purpose: last.purpose, signedAtBlock: head.number };
    await store.keepVersion(signer, nonce, version);
    return version;
  }

  /** True where the next nonce of the same signer may be sent too. Throws what says nothing about the transaction. */
  async #send(attempt: OpenAttempt, version: Version, head: NodeHead): Promise<boolean> {
    try {
      await this.#options.chain.send(version.raw);
    } catch (error) {
      const kind = failureKindOf(error);
      if (kind === undefined || isTransient(kind)) throw error;
      return this.#refused(attempt, version, head, kind, error instanceof Error ? error.message : kind);
    }
    this.#sent.set(version.hash, 0);
    this.#signers.hasFunds(attempt.signer);
    this.#parts.step("sent");
    return true;
  }

  async #refused(
    attempt: OpenAttempt,
    version: Version,
    head: NodeHead,
    kind: FailureKind,
    message: string,
  ): Promise<boolean> {
    switch (kind) {
      case "known":
        this.#sent.set(version.hash, 0);
        return true;
      case "nonceTooLow":
        // In a block already, or somebody else's transaction is: the next look at the chain tells which.
        this.#sent.set(version.hash, 0);
        return true;
      case "noFunds":
        this.#options.failed(kind, message);
        this.#signers.lacksFunds(attempt.signer);
        return false;
      case "underpriced":
      case "feeTooLow":
        await this.#offerMore(attempt, version, head, kind, message);
        return false;
      case "wrongChain":
        throw new WrongNode("of the data folder", message);
      case "nonceGap":
        // What stands before it was sent, and the node has it no more.
        this.forget();
        this.#options.failed(kind, message);
        return false;
      case "poolFull":
      case "refused":
        this.#options.failed(kind, message);
        return false;
      case "rateLimit":
      case "timeout":
      case "unavailable":
      case "garbage":
        return false;
    }
  }

  /** The higher bytes are sent in the next turn. */
  async #offerMore(
    attempt: OpenAttempt,
    version: Version,
    head: NodeHead,
    kind: FailureKind,
    message: string,
  ): Promise<void> {
    const tip = await this.#options.chain.suggestedTip();
    const fair: Fees = { maxFeePerGas: 2n * head.baseFeePerGas + tip, maxPriorityFeePerGas: tip };
    if ((await this.#raise(attempt, version, fair, head)) === undefined) this.#options.failed(kind, message);
  }
}

const feesOf = ({ raw }: Version): Fees => {
  const { maxFeePerGas = 0n, maxPriorityFeePerGas = 0n } = parseTransaction(raw);
  return { maxFeePerGas, maxPriorityFeePerGas };
};

/** How many of each signer's transactions are signed and do not stand yet. */
export const underWay = (open: readonly OpenAttempt[]): ReadonlyMap<Address, number> =>
  new Map([...bySigner(open)].map(([signer, attempts]) => [signer, attempts.length]));
