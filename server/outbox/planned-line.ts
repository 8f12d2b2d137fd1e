/**
 * Sending on the embedded chain: the plan of a block (number, time, ordered hashes) is written down before the block is
 * made, so that a start makes the same blocks again. Blocks are never replaced, so an outcome stands at once.
 */
import type { Clock } from "../chain/clock.ts";
import { blockTransactions } from "../chain/pinned.ts";
import type { PlannedChain } from "../chain/port.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { Settlement, SignedAttempt } from "./attempts.ts";
import { MissingOutcome, NotPossible } from "./errors.ts";
import { noFees } from "./fees.ts";
import { nextGroup } from "./group.ts";
import type { Line, LineParts, LineStatus, Turn } from "./line.ts";
import { checkIdentity, replay } from "./replay.ts";
import type { ReplayProgress } from "./replay.ts";

export interface PlannedOptions {
  readonly chain: PlannedChain;
  readonly clock: Clock;
  readonly onReplay?: (progress: ReplayProgress) => void;
}

export class PlannedLine implements Line {
  readonly #options: PlannedOptions;
  readonly #parts: LineParts;

  constructor(options: PlannedOptions, parts: LineParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** The chain must be fresh. Throws ReplayDiverged, ForeignOutbox, MissingBytes. */
  async start(): Promise<void> {
    const { chain, onReplay = () => {} } = this.#options;
    await checkIdentity(chain, this.#parts.store);
    const unconfirmed = await replay(chain, this.#parts.store, onReplay);
    if (unconfirmed !== undefined) {
      await this.#settle(unconfirmed.plan.number, unconfirmed.hash, unconfirmed.plan.transactions);
    }
  }

  /** One block: what is signed already goes first, then what is queued. */
  async turn(): Promise<Turn> {
    const { store, signing, joining, step } = this.#parts;
    let attempts = await store.unplanned(blockTransactions);
    if (attempts.length === 0) {
      const group = nextGroup(await store.queued(blockTransactions), joining);
      if (group.length === 0) return { again: false };
      attempts = await signing.sign(group, noFees);
      step("signed");
    }
    if (attempts.length > 0) await this.#mine(attempts);
    return { again: true };
  }

  /** Signed bytes are in the next block, and then for ever: nothing can be taken out. */
  async cancelSigned(operation: string): Promise<void> {
    throw new NotPossible(operation, "cancel", "it is signed, and the embedded chain takes nothing back");
  }

  async status(): Promise<LineStatus> {
    const { number } = await this.#options.chain.head();
    const signers = this.#parts.signing
      .own()
      .map(({ account, actor }) => ({ account, actor, state: "running" as const, underWay: 0 }));
    return { line: "planned", height: number, signers };
  }

  async #mine(attempts: readonly SignedAttempt[]): Promise<void> {
    const { chain, clock } = this.#options;
    const { store, step } = this.#parts;
    const parent = await chain.head();
    const plan = {
      number: parent.number + 1,
      time: Math.max(parent.time, clock.now()),
      transactions: attempts,
    };
    await store.keepPlan(
      plan.number,
      plan.time,
      attempts.map((attempt) => attempt.hash),
    );
    step("planned");
    const { hash } = await chain.mineBlock(plan);
    step("mined");
    await this.#settle(plan.number, hash, attempts);
  }

  async #settle(number: number, blockHash: Bytes32, attempts: readonly SignedAttempt[]): Promise<void> {
    const settlements = await Promise.all(attempts.map((attempt) => this.#settlement(attempt)));
    await this.#parts.store.settle(number, blockHash, settlements);
    this.#parts.step("settled");
    const settled = attempts.filter((_, index) => settlements[index]?.result !== "retry");
    await this.#parts.report(settled.flatMap(({ operations }) => operations.map(({ id }) => id)));
  }

  async #settlement({ hash: transaction, operations }: SignedAttempt): Promise<Settlement> {
    const outcome = await this.#options.chain.outcome(transaction);
    if (outcome === undefined) throw new MissingOutcome(transaction);
    const { gasUsed } = outcome;
    if (outcome.status === "reverted") {
      const { revertData } = outcome;
      return {
        transaction,
        result: this.#parts.verdicts.reverted(operations, revertData),
        gasUsed,
        revertData,
      };
    }
    const { contractAddress } = outcome;
    return contractAddress === undefined
      ? { transaction, result: "mined", gasUsed }
      : { transaction, result: "mined", gasUsed, contractAddress };
  }
}
