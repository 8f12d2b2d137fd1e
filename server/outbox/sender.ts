/**
 * Record before effect. Every operation passes four synced steps before the chain sees it: (a) the operation itself,
 * acknowledged only now; (b) its nonce, derived from what was signed before; (c) its signed bytes; (d) the plan of
 * its block. A process that ends between any two of them goes on from what is written, and what was acknowledged
 * lands exactly once. One loop does all the work, so there is one order: that of acceptance.
 */
import { keccak256 } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { Clock } from "../chain/clock.ts";
import { blockTransactions } from "../chain/pinned.ts";
import type { ChainPort, Hex } from "../chain/port.ts";
import {
  InvalidOperationId,
  MissingOutcome,
  NotRebuildable,
  QueueFull,
  SenderStopped,
  UnknownOperation,
} from "./errors.ts";
import { checkGas } from "./gas.ts";
import { nextGroup } from "./group.ts";
import type { Bundle, Joining } from "./group.ts";
import { checkIdentity, replay } from "./replay.ts";
import type { ReplayProgress } from "./replay.ts";
import { isSettled } from "./states.ts";
import type { CarriedOperation, Settlement, SignedAttempt } from "./attempts.ts";
import type {
  Accepted,
  Call,
  NewOperation,
  OperationRecord,
  OutboxStore,
  QueuedOperation,
  Relayed,
} from "./store.ts";

/** Builds a call anew after its position went stale; nothing else is under way then, so the chain's head decides. */
export type Rebuild = (operation: {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly previous: Call;
  readonly revertData: Hex;
}) => Promise<Call>;

/** The synced steps, and the one effect, in their order. Tests end the process at any of them. */
export type Step = "accepted" | "signed" | "planned" | "mined" | "settled";

export interface SenderOptions {
  readonly chain: ChainPort;
  readonly store: OutboxStore;
  readonly clock: Clock;
  /** The keystore: throws for an actor it does not know. */
  readonly account: (actor: string) => Pick<PrivateKeyAccount, "address" | "signTransaction">;
  /** Selectors of the contract's errors that mean: the position moved on, nothing else is wrong. */
  readonly staleErrors?: readonly Hex[];
  /** By kind. An operation whose kind has none fails on a stale position too. */
  readonly rebuild?: ReadonlyMap<string, Rebuild>;
  /** How operations of one signer share a transaction; each goes by itself unless given. */
  readonly joining?: Joining;
  /** Attempts of one operation before a stale position counts as a failure; 5 unless given. */
  readonly attemptsLimit?: number;
  /** Operations accepted and not settled; 10,000 unless given. */
  readonly queueLimit?: number;
  readonly onReplay?: (progress: ReplayProgress) => void;
  /** Called once where the sender had to stop; the gateway should stop with it. */
  readonly onFailure?: (error: unknown) => void;
  readonly onStep?: (step: Step) => void;
}

interface Waiter {
  readonly resolve: (operation: OperationRecord) => void;
  readonly reject: (error: unknown) => void;
}

export class Sender {
  readonly #options: SenderOptions;
  readonly #attemptsLimit: number;
  readonly #queueLimit: number;
  readonly #stale: ReadonlySet<string>;
  readonly #waiters = new Map<string, Waiter[]>();
  readonly #idle: (() => void)[] = [];
  #unsettled = 0;
  #state: "created" | "running" | "stopping" | "stopped" = "created";
  #failure: unknown;
  #wake: () => void = () => {};
  #loop: Promise<void> = Promise.resolve();

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#attemptsLimit = options.attemptsLimit ?? 5;
    this.#queueLimit = options.queueLimit ?? 10_000;
    this.#stale = new Set((options.staleErrors ?? []).map((selector) => selector.toLowerCase()));
  }

  /**
   * Replays what is recorded, then begins to work on what waits. The chain must be fresh. Throws ReplayDiverged,
   * ForeignOutbox, MissingBytes; after any of them the gateway must not serve.
   */
  async start(): Promise<void> {
    const { chain, store, onReplay = () => {} } = this.#options;
    await checkIdentity(chain, store);
    const unconfirmed = await replay(chain, store, onReplay);
    this.#unsettled = await store.unsettled();
    if (unconfirmed !== undefined) {
      await this.#settle(unconfirmed.plan.number, unconfirmed.hash, unconfirmed.plan.transactions);
    }
    this.#state = "running";
    this.#loop = this.#run();
  }

  /** Accepts no more, ends the block under way, and leaves the rest to the next start. */
  async stop(): Promise<void> {
    if (this.#state === "running") this.#state = "stopping";
    this.#wake();
    await this.#loop;
    this.#state = "stopped";
    this.#rejectWaiters(new SenderStopped());
  }

  /**
   * Keeps the operation and answers when it is on disk: it will land, once. Throws {@link QueueFull}, GasOutOfRange,
   * {@link InvalidOperationId}, UnknownActor and what `OutboxStore.accept` throws; then nothing was kept.
   */
  async submit(operation: NewOperation): Promise<Accepted> {
    const [accepted] = await this.submitAll([operation]);
    if (accepted === undefined) throw new SenderStopped();
    return accepted;
  }

  /** Accepts all of them or none, in one synced write. */
  async submitAll(operations: readonly NewOperation[]): Promise<readonly Accepted[]> {
    if (this.#state !== "running") throw new SenderStopped(this.#failure);
    if (this.#unsettled + operations.length > this.#queueLimit) {
      throw new QueueFull(this.#unsettled, this.#queueLimit);
    }
    for (const operation of operations) this.#check(operation);
    // Counted before the write, so that writers side by side cannot pass the limit together.
    this.#unsettled += operations.length;
    let fresh = 0;
    try {
      const accepted = await this.#options.store.accept(operations);
      fresh = accepted.filter(({ acceptance }) => acceptance === "new").length;
      this.#step("accepted");
      return accepted;
    } finally {
      this.#unsettled -= operations.length - fresh;
      this.#wake();
    }
  }

  /** Resolves with the operation once it is mined or failed. Throws {@link UnknownOperation}. */
  async waitFor(id: string): Promise<OperationRecord> {
    const settled = new Promise<OperationRecord>((resolve, reject) => {
      this.#waiters.set(id, [...(this.#waiters.get(id) ?? []), { resolve, reject }]);
    });
    settled.catch(() => {}); // Whoever waits has its own view of a rejection.
    // Read after the waiter stands: what settles in between is not missed.
    const operation = await this.#options.store.operation(id);
    if (operation === undefined) {
      this.#waiters.delete(id);
      throw new UnknownOperation(id);
    }
    if (isSettled(operation.state)) this.#tell(operation);
    else if (this.#state === "stopped") this.#rejectWaiters(new SenderStopped(this.#failure));
    return settled;
  }

  /** Resolves once nothing waits any more. */
  async whenIdle(): Promise<void> {
    if (this.#state !== "running") throw new SenderStopped(this.#failure);
    if (this.#unsettled === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#failure !== undefined) throw new SenderStopped(this.#failure);
  }

  #check(operation: NewOperation): void {
    if (!/^[A-Za-z0-9:_-]{1,80}$/.test(operation.id)) throw new InvalidOperationId(operation.id);
    if (operation.relayed === undefined) this.#options.account(operation.actor);
    checkGas(operation.call);
  }

  async #run(): Promise<void> {
    try {
      while (this.#state === "running") {
        const woken = new Promise<void>((resolve) => (this.#wake = resolve));
        if (await this.#round()) continue;
        await woken;
      }
    } catch (error) {
      this.#state = "stopped";
      this.#failure = error;
      this.#rejectWaiters(new SenderStopped(error));
      this.#options.onFailure?.(error);
    }
  }

  /** One block: what is signed already goes first, then what is queued. False where nothing waits. */
  async #round(): Promise<boolean> {
    const { store } = this.#options;
    let attempts = await store.unplanned(blockTransactions);
    if (attempts.length === 0) {
      const group = nextGroup(await store.queued(blockTransactions), this.#options.joining);
      if (group.length === 0) return false;
      attempts = await this.#sign(group);
    }
    if (attempts.length > 0) await this.#mine(attempts);
    return true;
  }

  async #sign(bundles: readonly Bundle[]): Promise<readonly SignedAttempt[]> {
    const { store } = this.#options;
    const nonces = new Map<string, number>();
    const attempts: SignedAttempt[] = [];
    for (const bundle of bundles) {
      const signed = await this.#signBundle(bundle, async (signer) => {
        const nonce = nonces.get(signer) ?? (await store.nextNonce(signer));
        nonces.set(signer, nonce + 1);
        return nonce;
      });
      if (signed !== undefined) attempts.push({ ...signed, operations: this.#carried(bundle) });
    }
    await store.keepSigned(attempts);
    this.#step("signed");
    return attempts;
  }

  /** The bytes of a bundle; undefined where its operation could not be built anew and was given up. */
  async #signBundle(
    { operations, call: joined }: Bundle,
    takeNonce: (signer: Address) => Promise<number>,
  ): Promise<Relayed | undefined> {
    const [operation, ...others] = operations;
    if (operation === undefined || operation.relayed !== undefined) return operation?.relayed;
    const call = others.length === 0 ? await this.#callOf(operation) : joined;
    if (call === undefined) return undefined;
    const account = this.#options.account(operation.actor);
    const signer = address(account.address);
    const nonce = await takeNonce(signer);
    const raw = await account.signTransaction({
      type: "eip1559",
      chainId: this.#options.chain.chainId,
      nonce,
      gas: call.gasLimit,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      data: call.calldata,
      ...(call.to === undefined ? {} : { to: call.to }),
    });
    return { hash: bytes32(keccak256(raw)), raw, signer, nonce };
  }

  #carried({ operations }: Bundle): readonly CarriedOperation[] {
    const alone = operations.length === 1;
    let firstPart = 0;
    return operations.map(({ id, kind, attempts, call }) => {
      const parts = alone ? 1 : (this.#options.joining?.parts(call) ?? 1);
      const carried = { id, kind, firstPart, parts, attempts: alone ? attempts + 1 : attempts };
      firstPart += parts;
      return carried;
    });
  }

  /** The call as it was asked for, or built anew; undefined where that failed and the operation was given up. */
  async #callOf(operation: QueuedOperation): Promise<Call | undefined> {
    const { stale, id, kind, actor, call } = operation;
    if (stale === undefined) return call;
    try {
      const rebuild = this.#options.rebuild?.get(kind);
      if (rebuild === undefined) throw new NotRebuildable(kind);
      const rebuilt = await rebuild({ id, kind, actor, previous: call, revertData: stale.revertData });
      checkGas(rebuilt);
      return rebuilt;
    } catch (error) {
      // Nothing is wrong with the operation: it waits for the next start.
      if (error instanceof SenderStopped) throw error;
      await this.#options.store.giveUp(id, error instanceof Error ? error.name : "unknown");
      await this.#report([id]);
      return undefined;
    }
  }

  async #mine(attempts: readonly SignedAttempt[]): Promise<void> {
    const { chain, store, clock } = this.#options;
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
    this.#step("planned");
    const { hash } = await chain.mineBlock(plan);
    this.#step("mined");
    await this.#settle(plan.number, hash, attempts);
  }

  async #settle(number: number, blockHash: Bytes32, attempts: readonly SignedAttempt[]): Promise<void> {
    const settlements = await Promise.all(attempts.map((attempt) => this.#settlement(attempt)));
    await this.#options.store.settle(number, blockHash, settlements);
    this.#step("settled");
    const settled = attempts.filter((_, index) => settlements[index]?.result !== "retry");
    await this.#report(settled.flatMap(({ operations }) => operations.map(({ id }) => id)));
  }

  async #settlement(attempt: SignedAttempt): Promise<Settlement> {
    const outcome = await this.#options.chain.outcome(attempt.hash);
    if (outcome === undefined) throw new MissingOutcome(attempt.hash);
    const transaction = attempt.hash;
    const { gasUsed } = outcome;
    if (outcome.status === "succeeded") {
      const { contractAddress } = outcome;
      return contractAddress === undefined
        ? { transaction, result: "mined", gasUsed }
        : { transaction, result: "mined", gasUsed, contractAddress };
    }
    const retry = this.#mayTryAgain(attempt, outcome.revertData);
    return { transaction, result: retry ? "retry" : "failed", gasUsed, revertData: outcome.revertData };
  }

  /** Joined operations are told apart by halves; one by itself is signed anew where its position was stale. */
  #mayTryAgain({ operations }: SignedAttempt, revertData: Hex): boolean {
    const [operation, ...others] = operations;
    if (operation === undefined || others.length > 0) return others.length > 0;
    return (
      this.#stale.has(revertData.slice(0, 10)) &&
      this.#options.rebuild?.has(operation.kind) === true &&
      operation.attempts < this.#attemptsLimit
    );
  }

  async #report(operations: readonly string[]): Promise<void> {
    this.#unsettled -= operations.length;
    for (const id of operations) {
      if (!this.#waiters.has(id)) continue;
      const operation = await this.#options.store.operation(id);
      if (operation !== undefined) this.#tell(operation);
    }
    if (this.#unsettled === 0) this.#releaseIdle();
  }

  #tell(operation: OperationRecord): void {
    const waiters = this.#waiters.get(operation.id) ?? [];
    this.#waiters.delete(operation.id);
    for (const waiter of waiters) waiter.resolve(operation);
  }

  #rejectWaiters(error: SenderStopped): void {
    const waiters = [...this.#waiters.values()].flat();
    this.#waiters.clear();
    for (const waiter of waiters) waiter.reject(error);
    this.#releaseIdle();
  }

  #releaseIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #step(step: Step): void {
    this.#options.onStep?.(step);
  }
}
