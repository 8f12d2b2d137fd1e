/**
 * Record before effect. Every operation passes synced steps before a chain sees it: (a) the operation itself,
 * acknowledged only now; (b) its nonce, derived from what was signed before; (c) its signed bytes; on the embedded chain
 * (d) the plan of its block. A process that ends between any two of them goes on from what is written, and what was
 * acknowledged lands exactly once. One loop does all the work, so there is one order: that of acceptance.
 */
import type { AskedOnce } from "./answered-requests.ts";
import { InvalidOperationId, NotPossible, QueueFull, SenderStopped, UnknownOperation } from "./errors.ts";
import { checkGas } from "./gas.ts";
import type { Joining } from "./group.ts";
import type { Line, LineParts, LineStatus, Step } from "./line.ts";
import { Signing } from "./signing.ts";
import { isSettled } from "./states.ts";
import type { Accepted, HistoryEntry, NewOperation, OperationRecord, OutboxStore } from "./store.ts";
import type { SigningAccount } from "./transaction.ts";
import { Verdicts, type VerdictRules } from "./verdict.ts";
import { Waiters } from "./waiters.ts";

export interface SenderOptions extends VerdictRules {
  readonly chainId: number;
  readonly store: OutboxStore;
  /** How signed bytes get into a block of this chain. */
  readonly line: (parts: LineParts) => Line;
  /** The keystore: throws for an actor it does not know. */
  readonly account: (actor: string) => SigningAccount;
  /** The keystore's names. */
  readonly actors: readonly string[];
  /** How operations of one signer share a transaction; each goes by itself unless given. */
  readonly joining?: Joining;
  /** Operations accepted and not settled; 10,000 unless given. */
  readonly queueLimit?: number;
  /** Throws where the chain takes no more; nothing is accepted then. */
  readonly checkRoom?: () => void;
  /** Called once where the sender had to stop; the gateway should stop with it. */
  readonly onFailure?: (error: unknown) => void;
  readonly onStep?: (step: Step) => void;
}

/** What an operator asks about the sender. */
export interface SenderStatus extends LineStatus {
  /** Operations accepted and not settled; suspended ones are not counted. */
  readonly pending: number;
  /** When the oldest of them was accepted, in milliseconds since 1970. */
  readonly oldestPendingMs?: number;
}

export interface OperationHistory {
  readonly operation: OperationRecord;
  readonly entries: readonly HistoryEntry[];
}

/** What an operator may ask of the sender. */
export type OperatorsSender = Pick<Sender, "history" | "suspend" | "resume" | "cancel" | "status" | "isUsed">;

export class Sender {
  readonly #options: SenderOptions;
  readonly #queueLimit: number;
  readonly #line: Line;
  readonly #waiters = new Waiters();
  readonly #idle: (() => void)[] = [];
  #unsettled = 0;
  /** Operations that are being accepted at this moment. */
  #accepting = 0;
  #state: "created" | "running" | "stopping" | "stopped" = "created";
  #failure: unknown;
  #wake: () => void = () => {};
  #loop: Promise<void> = Promise.resolve();

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#queueLimit = options.queueLimit ?? 10_000;
    this.#line = this.#lineOf(options);
  }

  /**
   * Brings the chain and what is recorded together, then begins to work on what waits. Throws what the line's start
   * throws; after any of that the gateway must not serve.
   */
  async start(): Promise<void> {
    this.#unsettled = await this.#options.store.unsettled();
    await this.#line.start();
    this.#state = "running";
    this.#loop = this.#run();
  }

  /** Accepts no more, ends the turn under way, and leaves the rest to the next start. */
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
    this.#options.checkRoom?.();
    // Counted before the write, so that writers side by side cannot pass the limit together.
    this.#unsettled += operations.length;
    this.#accepting += operations.length;
    let fresh = 0;
    try {
      const accepted = await this.#options.store.accept(operations);
      fresh = accepted.filter(({ acceptance }) => acceptance === "new").length;
      this.#step("accepted");
      return accepted;
    } finally {
      this.#unsettled -= operations.length - fresh;
      this.#accepting -= operations.length;
      this.#wake();
    }
  }

  /** Resolves with the operation once it has settled. Throws {@link UnknownOperation}. */
  async waitFor(id: string): Promise<OperationRecord> {
    const settled = this.#waiters.wait(id);
    // Read after the waiter stands: what settles in between is not missed.
    const operation = await this.#options.store.operation(id);
    if (operation === undefined) {
      this.#waiters.forget(id);
      throw new UnknownOperation(id);
    }
    if (isSettled(operation.state)) this.#waiters.tell(operation);
    else if (this.#state === "stopped") this.#rejectWaiters(new SenderStopped(this.#failure));
    return settled;
  }

  /** Resolves once nothing waits any more, but for an operator. */
  async whenIdle(): Promise<void> {
    if (this.#state !== "running") throw new SenderStopped(this.#failure);
    if (this.#unsettled === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#failure !== undefined) throw new SenderStopped(this.#failure);
  }

  /** Every change of the operation, oldest first. Throws {@link UnknownOperation}. */
  async history(id: string): Promise<OperationHistory> {
    const operation = await this.#options.store.operation(id);
    if (operation === undefined) throw new UnknownOperation(id);
    return { operation, entries: await this.#options.store.history(id) };
  }

  /** Whether any request was answered under the idempotency key. */
  isUsed(idempotencyKey: string): Promise<boolean> {
    return this.#options.store.isUsed(idempotencyKey);
  }

  /**
   * Holds a queued operation back; `known`: the very same was asked before, and nothing is done. Throws
   * {@link UnknownOperation}, {@link NotPossible}, RelayedByOther and IdempotencyConflict.
   */
  async suspend(id: string, asked?: AskedOnce): Promise<"suspended" | "known"> {
    if (await this.#wasAnswered(asked)) return "known";
    const { state } = await this.#known(id);
    if (state !== "queued") throw new NotPossible(id, "suspend", `it is ${state}, only a queued one waits`);
    if (!(await this.#options.store.suspend(id, asked))) return "known";
    await this.#report([id]);
    return "suspended";
  }

  /** Lets a suspended operation go on in its old place. Otherwise as {@link suspend}. */
  async resume(id: string, asked?: AskedOnce): Promise<"resumed" | "known"> {
    if (await this.#wasAnswered(asked)) return "known";
    const { state } = await this.#known(id);
    if (state !== "suspended") throw new NotPossible(id, "resume", `it is ${state}, not suspended`);
    if (!(await this.#options.store.resume(id, asked))) return "known";
    this.#unsettled += 1;
    this.#wake();
    return "resumed";
  }

  /**
   * Ends an operation: at once where it has no signed bytes; where it has, an empty transaction is sent in its place, and
   * the block that comes decides which of the two it was. Otherwise as {@link suspend}.
   */
  async cancel(id: string, asked?: AskedOnce): Promise<"cancelled" | "asked" | "known"> {
    if (await this.#wasAnswered(asked)) return "known";
    const { store } = this.#options;
    const { state } = await this.#known(id);
    if (isSettled(state)) throw new NotPossible(id, "cancel", `it is ${state} already`);
    if (state === "queued" || state === "suspended") {
      if (!(await store.cancel(id, asked))) return "known";
      if (state === "suspended") await this.#tell([id]);
      else await this.#report([id]);
      return "cancelled";
    }
    await this.#line.cancelSigned(id);
    // Not before: if the process ends in between, the same can be asked again, and makes no second empty transaction.
    if (asked !== undefined) await store.keepAnswer(asked, id);
    this.#wake();
    return "asked";
  }

  async status(): Promise<SenderStatus> {
    const { store } = this.#options;
    const [line, pending, oldest] = await Promise.all([
      this.#line.status(),
      store.unsettled(),
      store.oldestUnsettledMs(),
    ]);
    return oldest === undefined ? { ...line, pending } : { ...line, pending, oldestPendingMs: oldest };
  }

  #lineOf(options: SenderOptions): Line {
    const { store, chainId, account, actors, rebuild, joining } = options;
    const verdicts = new Verdicts(options);
    const signing = new Signing({
      store,
      chainId,
      account,
      actors,
      ...(rebuild === undefined ? {} : { rebuild }),
      ...(joining === undefined ? {} : { joining }),
      isStale: (revertData) => verdicts.isStale(revertData),
      gaveUp: (operation) => this.#report([operation]),
    });
    return options.line({
      store,
      signing,
      verdicts,
      ...(joining === undefined ? {} : { joining }),
      step: (step) => this.#step(step),
      report: (operations) => this.#report(operations),
    });
  }

  async #wasAnswered(asked: AskedOnce | undefined): Promise<boolean> {
    if (asked === undefined) return false;
    return (await this.#options.store.known(asked.idempotencyKey, asked.request)) !== undefined;
  }

  async #known(id: string): Promise<OperationRecord> {
    if (this.#state !== "running") throw new SenderStopped(this.#failure);
    const operation = await this.#options.store.operation(id);
    if (operation === undefined) throw new UnknownOperation(id);
    return operation;
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
        const turn = await this.#line.turn();
        if (turn.again) continue;
        if (turn.pauseMs === undefined) await woken;
        else {
          await this.#recount();
          if (turn.isHeld === true) this.#releaseIdle();
          await within(woken, turn.pauseMs);
        }
      }
    } catch (error) {
      this.#state = "stopped";
      this.#failure = error;
      this.#rejectWaiters(new SenderStopped(error));
      this.#options.onFailure?.(error);
    }
  }

  /** What settled without this process, on a store that several gateways share: counted, and told to who waits. */
  async #recount(): Promise<void> {
    const unsettled = await this.#options.store.unsettled();
    if (this.#accepting === 0) this.#unsettled = unsettled;
    await this.#tell(this.#waiters.ids());
    if (this.#unsettled === 0) this.#releaseIdle();
  }

  async #report(operations: readonly string[]): Promise<void> {
    this.#unsettled -= operations.length;
    await this.#tell(operations.filter((id) => this.#waiters.has(id)));
    if (this.#unsettled === 0) this.#releaseIdle();
  }

  async #tell(waitedFor: readonly string[]): Promise<void> {
    for (const id of waitedFor) {
      const operation = await this.#options.store.operation(id);
      if (operation !== undefined && isSettled(operation.state)) this.#waiters.tell(operation);
    }
  }

  #rejectWaiters(error: SenderStopped): void {
    this.#waiters.rejectAll(error);
    this.#releaseIdle();
  }

  #releaseIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #step(step: Step): void {
    this.#options.onStep?.(step);
  }
}

/** Waits for `woken`, but no longer than `durationMs`. */
const within = async (woken: Promise<void>, durationMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, durationMs)));
  await Promise.race([woken, late]);
  clearTimeout(timer);
};
