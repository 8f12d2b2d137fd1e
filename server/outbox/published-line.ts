/**
 * Sending on a chain behind RPC_URL, which makes its own blocks and may replace them. Bytes are kept before they are
 * handed to the node, handed to it as often as needed, and count once the block that holds them has FINALITY_BLOCKS
 * more on top. Every turn starts from the table, so a restart at any point goes on where it was.
 */
import { failureKindOf, NodeUnreachable, type FailureKind } from "../chain/node-failures.ts";
import type { NodeHead, PublishingChain } from "../chain/node-chain.ts";
import { blockTransactions } from "../chain/pinned.ts";
import type { Address } from "../../protocol/ids.ts";
import type { OpenAttempt } from "./attempts.ts";
import { SenderStopped } from "./errors.ts";
import { nextGroup, type Bundle } from "./group.ts";
import type { Line, LineParts, LineStatus, Turn } from "./line.ts";
import { Following } from "./published/following.ts";
import { Publishing, underWay } from "./published/publishing.ts";
import { Signers } from "./published/signers.ts";
import { checkIdentity } from "./replay.ts";
import type { QueuedOperation } from "./store.ts";

export interface PublishedSettings {
  /** Blocks on top of the one that holds a transaction, before it counts; 0 where the chain never replaces a block. */
  readonly finalityBlocks: number;
  /** Between two looks at the chain while something is under way. */
  readonly pollMs: number;
  /** Wei; nothing is offered above it. */
  readonly maxFeePerGas: bigint;
  /** For the log: what an operator should know at once. */
  readonly onNotice?: (what: string) => void;
  readonly nowMs?: () => number;
}

export interface PublishedOptions extends PublishedSettings {
  readonly chain: PublishingChain;
}

/** Attempts that are followed at once, and of one signer those that wait for a block: nodes keep few for each. */
const openLimit = 512;
const waitingLimit = 16;
/** Turns for which a node that is behind is not believed. */
const patienceTurns = 3;
const longestPauseMs = 30_000;
/** Blocks after which a transaction waits for an operator: fees are raised long before. */
const stuckBlocks = 20;

export class PublishedLine implements Line {
  readonly #options: PublishedOptions;
  readonly #parts: LineParts;
  readonly #signers: Signers;
  readonly #following: Following;
  readonly #publishing: Publishing;
  #head: NodeHead | undefined;
  #behindTurns = 0;
  #isHeld = false;
  #failures = 0;
  #lastFailure: LineStatus["lastFailure"];

  constructor(options: PublishedOptions, parts: LineParts) {
    const { chain, finalityBlocks, maxFeePerGas, onNotice = () => {} } = options;
    this.#options = options;
    this.#parts = parts;
    this.#signers = new Signers(chain, parts.store, parts.signing, onNotice);
    this.#following = new Following({ chain, finalityBlocks }, parts, this.#signers);
    const failed = (kind: FailureKind, message: string) => this.#noteFailure(kind, message);
    this.#publishing = new Publishing({ chain, maxFeePerGas, failed }, parts, this.#signers);
  }

  /** Throws ForeignOutbox, FinalBlockReplaced, and what the node throws. */
  async start(): Promise<void> {
    await checkIdentity(this.#options.chain, this.#parts.store);
    const head = await this.#options.chain.head();
    await this.#signers.start(head.number);
    await this.#following.start(head);
    this.#head = head;
  }

  async turn(): Promise<Turn> {
    try {
      const changed = await this.#advance();
      this.#failures = 0;
      if (changed) return { again: true };
      return { again: false, pauseMs: this.#options.pollMs, isHeld: this.#isHeld };
    } catch (error) {
      // Building a call anew reads the chain too.
      const kind = failureKindOf(error instanceof SenderStopped ? error.cause : error);
      if (kind === undefined) throw error;
      return { again: false, pauseMs: this.#failed(kind, error) };
    }
  }

  async cancelSigned(operation: string): Promise<void> {
    const open = await this.#parts.store.open(openLimit);
    await this.#publishing.voidOperation(operation, open, await this.#options.chain.head());
  }

  async status(): Promise<LineStatus> {
    const open = await this.#parts.store.open(openLimit);
    return {
      line: "published",
      height: this.#head?.number ?? 0,
      ...(this.#head === undefined ? {} : { baseFeePerGas: this.#head.baseFeePerGas }),
      signers: this.#signers.status(underWay(open)),
      ...(this.#lastFailure === undefined ? {} : { lastFailure: this.#lastFailure }),
    };
  }

  /** True where something changed, so that another turn may change more. */
  async #advance(): Promise<boolean> {
    const { chain } = this.#options;
    const { store } = this.#parts;
    if (this.#failures > 0) await this.#checkChain();
    const head = await chain.head();
    if (this.#isBehind(head)) return false;
    this.#head = head;
    await this.#signers.tick();
    let open = await store.open(openLimit);
    let changed = await this.#following.follow(open, head);
    if (changed) open = await store.open(openLimit);
    if (await this.#following.conclude(open, head)) return true;
    if (await this.#publishing.fillGaps(open, head)) open = await store.open(openLimit);
    this.#isHeld = this.#signers.areHeld() || open.some((attempt) => isStuck(attempt, head));
    changed = (await this.#signMore(open, head)) || changed;
    if (changed) open = await store.open(openLimit);
    await this.#publishing.publish(open, head);
    return changed;
  }

  /** After a failure another node may answer at the same address. Throws WrongNode and ForeignOutbox. */
  async #checkChain(): Promise<void> {
    await this.#options.chain.checkChain();
    await checkIdentity(this.#options.chain, this.#parts.store);
  }

  /** A node that is merely behind says nothing new; one that stays behind says that the chain was cut. */
  #isBehind({ number }: NodeHead): boolean {
    if (this.#head === undefined || number >= this.#head.number || this.#behindTurns >= patienceTurns) {
      this.#behindTurns = 0;
      return false;
    }
    this.#behindTurns += 1;
    return true;
  }

  async #signMore(open: readonly OpenAttempt[], head: NodeHead): Promise<boolean> {
    // Nobody waits for a key that is held back, nor for bytes that others signed, whose fees are not ours to raise.
    const moving = open.filter(
      ({ signer }) => this.#parts.signing.holdsKeyOf(signer) && !this.#signers.isHeld(signer),
    );
    if (open.length >= openLimit - blockTransactions || moving.some(isBarrier)) return false;
    const { store, signing, joining, step } = this.#parts;
    const queued = await store.queued(blockTransactions, this.#signers.heldActors());
    const unsure = moving.filter(isUnsure);
    if (mustGoAlone(queued) && unsure.length > 0) return false;
    const bundles = this.#behindTheSameSigner(nextGroup(queued, joining), unsure);
    if (bundles.length === 0) return false;
    const signed = await signing.sign(bundles, await this.#publishing.fees(head), head.number);
    if (signed.length > 0) step("signed");
    return true;
  }

  /**
   * From the front, as many as may follow what is under way. The chain keeps one signer's transactions in their order,
   * and nobody else's: another signer's operation, which may stand on what is recorded before it, waits until that is
   * in a block.
   */
  #behindTheSameSigner(group: readonly Bundle[], unsure: readonly OpenAttempt[]): readonly Bundle[] {
    const signers = new Set<Address>(unsure.map(({ signer }) => signer));
    let waiting = unsure.length;
    const end = group.findIndex(({ operations: [operation] }) => {
      if (operation === undefined) return true;
      signers.add(this.#parts.signing.signerOf(operation));
      waiting += 1;
      return signers.size > 1 || waiting > waitingLimit;
    });
    return end === -1 ? group : group.slice(0, end);
  }

  #failed(kind: FailureKind, error: unknown): number {
    this.#failures += 1;
    // Whatever was sent may be forgotten when the node is back.
    this.#publishing.forget();
    this.#noteFailure(kind, error instanceof Error ? error.message : kind);
    const asked = error instanceof NodeUnreachable ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
    const backOffMs = this.#options.pollMs * 2 ** Math.min(this.#failures - 1, 10);
    return Math.min(Math.max(backOffMs, asked), longestPauseMs);
  }

  #noteFailure(kind: FailureKind, message: string): void {
    const { nowMs = Date.now, onNotice = () => {} } = this.#options;
    if (this.#lastFailure?.kind !== kind) onNotice(`node: ${kind}: ${message}`);
    this.#lastFailure = { kind, message, atMs: nowMs() };
  }
}

/** Whether nothing may be signed behind the attempt before its outcome shows: it may have to be signed anew. */
const isBarrier = (attempt: OpenAttempt): boolean => {
  const isRetry = attempt.operations.some(({ attempts }) => attempts > 1);
  return (attempt.operations.length > 1 || isRetry) && isUnsure(attempt);
};

/** In no block, or in one that it reverted in: it may come back into the queue. */
const isUnsure = ({ included }: OpenAttempt): boolean => included === undefined || included.reverted;

/** Blocks pass it by, and its fees are not raised any more. */
const isStuck = ({ included, versions }: OpenAttempt, { number }: NodeHead): boolean =>
  included === undefined && number - (versions.at(-1)?.signedAtBlock ?? number) >= stuckBlocks;

/** What was signed before and reverted is built from the chain's head: nothing else may be under way. */
const mustGoAlone = ([front]: readonly QueuedOperation[]): boolean =>
  front?.stale !== undefined || front?.split !== undefined;
