/**
 * Follows a chain into the index: checks that every block's parent is the block before it, takes back what the chain
 * replaced, and tells who waits. The state is the index itself, so it goes on after a restart from its last block.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { StaleLease } from "../database/lease.ts";
import type { ChainBlock, ChainLog, ChainReader } from "./chain-reader.ts";
import { ChainMoved, DeepReorg, IndexerStopped, WrongChain } from "./errors.ts";
import type { Index, NewBlock } from "./open.ts";

export interface IndexerOptions {
  readonly index: Index;
  readonly chain: ChainReader;
  /** The most blocks that are taken back by themselves; 64 unless given. */
  readonly windowBlocks?: number;
  /** Between two looks at what another gateway writes; 200 unless given. */
  readonly followMs?: number;
}

/** Blocks read from the chain at once, and the most that share one transaction. */
const blocksAtOnce = 10;
const blocksInTransaction = 500;
/** A transaction is also closed when its logs are this long, in characters of hexadecimal. */
const charactersInTransaction = 16 * 1024 * 1024;
/** How often one step is tried again because the chain moved under it. */
const attempts = 3;

interface Waiter {
  readonly number: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Listener = (head: ChainBlock) => void;

export class Indexer {
  readonly #index: Index;
  readonly #chain: ChainReader;
  readonly #windowBlocks: number;
  readonly #followMs: number;
  readonly #listeners = new Set<Listener>();
  readonly #waiters = new Set<Waiter>();
  #head: ChainBlock | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #isStopped = false;

  constructor({ index, chain, windowBlocks = 64, followMs = 200 }: IndexerOptions) {
    this.#index = index;
    this.#chain = chain;
    this.#windowBlocks = windowBlocks;
    this.#followMs = followMs;
  }

  /** Calls `listener` with the last block after each group that was written; answers how to end that. */
  onBlock(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Indexes up to the chain's head; a call while one is under way makes that one look again. Throws WrongChain,
   * DeepReorg, InconsistentEvent, UnreadableLog (each: stop the gateway), or what the chain's node threw.
   */
  catchUp(): Promise<void> {
    if (this.#isStopped) return Promise.reject(new IndexerStopped());
    this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  /**
   * Resolves when block `number`, which the chain has, is indexed. Indexes it itself where nobody else does. Throws
   * what {@link catchUp} throws, and {@link IndexerStopped}.
   */
  async waitForBlock(number: number): Promise<void> {
    this.#head ??= await this.#index.head();
    if (this.#head !== undefined && this.#head.number >= number) return;
    await new Promise<void>((resolve, reject) => {
      const waiter = { number, resolve, reject };
      this.#waiters.add(waiter);
      // Its failure reaches the waiter by #release.
      this.catchUp().catch((error: unknown) => {
        this.#waiters.delete(waiter);
        reject(error);
      });
    });
  }

  /** Ends the group under way and rejects who still waits. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#again = false;
    await this.#running?.catch(() => {});
    for (const waiter of this.#waiters) waiter.reject(new IndexerStopped());
    this.#waiters.clear();
  }

  async #run(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#followToHead();
      }
    } finally {
      // Nothing is awaited between the last look at #again and this, so no call is lost.
      this.#running = undefined;
    }
  }

  /** To where the chain is at first, or beyond: under way it may make blocks faster than they are read. */
  async #followToHead(): Promise<void> {
    let goal: number | undefined;
    for (let failures = 0; !this.#isStopped;) {
      try {
        const chainHead = await this.#chain.head();
        goal ??= chainHead.number;
        if (!(await this.#step(chainHead, goal))) return;
        failures = 0;
      } catch (error) {
        if (error instanceof StaleLease) continue;
        failures += 1;
        if (!(error instanceof ChainMoved) || failures >= attempts) throw error;
      }
    }
  }

  /** Writes one group of blocks, or takes blocks back. False where the index has block `goal`, or all that the chain has. */
  async #step(chainHead: ChainBlock, goal: number): Promise<boolean> {
    if (!(await this.#index.mayWrite())) return this.#followWriter(Math.min(goal, chainHead.number));
    return this.#index.whileWriting(() => this.#writeUpTo(chainHead, goal));
  }

  async #writeUpTo(chainHead: ChainBlock, goal: number): Promise<boolean> {
    const last = await this.#index.head();
    if (last === undefined) await this.#checkGenesis();
    else if (await this.#undoReplaced(last, chainHead)) return true;
    const from = (last?.number ?? -1) + 1;
    if (from > chainHead.number) {
      if (last !== undefined) this.#release(last);
      return false;
    }
    const group = await this.#readGroup(from, chainHead.number, last);
    await this.#index.append(group);
    const written = group.at(-1)?.block;
    if (written === undefined) return true;
    this.#release(written);
    return written.number < goal;
  }

  /** Waits for what another gateway writes; where that one falls silent, its lease runs out and this one writes. */
  async #followWriter(goal: number): Promise<boolean> {
    const last = await this.#index.head();
    if (last !== undefined) this.#release(last);
    if (last !== undefined && last.number >= goal) return false;
    await sleep(this.#followMs);
    return true;
  }

  async #checkGenesis(): Promise<void> {
    const { genesisHash } = this.#index.identity;
    const genesis = await this.#chain.block(0);
    if (genesis?.hash !== genesisHash) {
      throw new WrongChain(this.#index.path, "the chain with genesis", genesisHash, genesis?.hash ?? "none");
    }
  }

  /** Blocks from `from` on, as many as share a transaction. */
  async #readGroup(from: number, head: number, last: ChainBlock | undefined): Promise<readonly NewBlock[]> {
    const group: NewBlock[] = [];
    let parent = last;
    let characters = 0;
    for (let at = from; at <= head && group.length < blocksInTransaction; at += blocksAtOnce) {
      const blocks = await this.#readBlocks(at, Math.min(head, at + blocksAtOnce - 1), parent);
      group.push(...blocks);
      parent = blocks.at(-1)?.block;
      for (const { logs } of blocks) for (const log of logs) characters += log.data.length;
      if (characters >= charactersInTransaction) break;
    }
    return group;
  }

  /** Blocks `from` to `to` that link to `parent`, with logs that are theirs. Throws {@link ChainMoved}. */
  async #readBlocks(from: number, to: number, parent: ChainBlock | undefined): Promise<readonly NewBlock[]> {
    const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const blocks = await Promise.all(numbers.map((number) => this.#chain.block(number)));
    const ofBlock = new Map<number, ChainLog[]>(numbers.map((number) => [number, []]));
    let previous = parent;
    const linked = blocks.map((block, index) => {
      const number = from + index;
      if (block?.number !== number) throw new ChainMoved(number);
      if (previous !== undefined && block.parentHash !== previous.hash) throw new ChainMoved(number);
      previous = block;
      return { block, logs: ofBlock.get(number) ?? [] };
    });
    const logs = await this.#chain.logs(linked.map(({ block }) => block));
    for (const log of logs) {
      const block = linked[log.blockNumber - from];
      if (block?.block.hash !== log.blockHash) throw new ChainMoved(log.blockNumber);
      block.logs.push(log);
    }
    // Logs were asked for after the headers: where the last header still stands, all of them belong to it.
    const still = await this.#chain.block(to);
    if (still?.hash !== linked.at(-1)?.block.hash) throw new ChainMoved(to);
    return linked;
  }

  /**
   * Takes back the blocks that are no longer on the chain; false where all are. A node that is merely behind is no
   * reorganization: its head is one of our blocks. Throws {@link DeepReorg}.
   */
  async #undoReplaced(last: ChainBlock, chainHead: ChainBlock): Promise<boolean> {
    const top = Math.min(last.number, chainHead.number);
    if ((await this.#shared(top)) !== undefined) return false;
    for (let number = top - 1; number >= Math.max(0, last.number - this.#windowBlocks); number -= 1) {
      const shared = await this.#shared(number);
      if (shared === undefined) continue;
      await this.#index.undoTo(number);
      this.#head = shared;
      return true;
    }
    throw new DeepReorg(last.number, last.hash, this.#windowBlocks);
  }

  /** Block `number` where index and chain have the same. */
  async #shared(number: number): Promise<ChainBlock | undefined> {
    const [own, theirs] = [await this.#index.block(number), await this.#chain.block(number)];
    return own !== undefined && own.hash === theirs?.hash ? own : undefined;
  }

  #release(head: ChainBlock): void {
    const isNew = this.#head?.hash !== head.hash;
    this.#head = head;
    for (const waiter of this.#waiters) {
      if (waiter.number > head.number) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
    if (isNew) for (const listener of this.#listeners) listener(head);
  }
}
