/**
 * A chain that its gateways do not make: a real node with blocks of its own, which replaces the newest of them, forgets
 * what waits in it, raises what gas costs, and is killed and started on what it had kept. It never replaces a block that
 * has as many on top as make it final.
 */
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import type { Random } from "../model/random.ts";
import { freeGas, startAnvil, type Anvil } from "../server/anvil.ts";
import { startFaultyNode, type FaultyNode } from "../server/faulty-node.ts";
import { at, listAt, newYear2019 } from "../server/service.ts";

/** Blocks on top of one that make it final. */
export const finalityBlocks = 3;
/** Between two blocks. */
const blockMs = 40;
/** Wei for a unit of gas. */
const usualBaseFee = 1_000_000_000;
const largestBaseFee = 60_000_000_000;

/** The chain's first moment: 31 January 2019 in Shanghai. */
const genesisTime = newYear2019 + 30 * 86_400;

/** A node of the chain, whose first block is the same each time. Gas is free until it is told otherwise. */
export const startNode = (parameters: readonly string[]): Promise<Anvil> =>
  startAnvil([...freeGas, "--timestamp", String(genesisTime), ...parameters]);

/** Writes all that the node knows into a file that it can be started on. */
export const keepState = async (anvil: Anvil, path: string): Promise<void> => {
  const dump = String(await anvil.rpc("anvil_dumpState"));
  writeFileSync(path, gunzipSync(Buffer.from(dump.slice(2), "hex")));
};

interface NodeHead {
  readonly number: number;
  readonly time: number;
}

let count = 0;

export class OutsideChain {
  readonly #random: Random;
  readonly #lines = new Set<FaultyNode>();
  /** No block up to it is replaced. */
  #first: number;
  /** What the node keeps over its end. */
  readonly #disk = join(tmpdir(), `everyfen-simulation-chain-${process.pid}-${(count += 1)}.json`);
  #anvil: Anvil;
  #height: number;
  /** The most that it ever was. */
  #highest: number;
  #time: number;
  #isMining = true;
  #isClosed = false;
  /** Whatever is done to the node is done one after another. */
  #last: Promise<unknown> = Promise.resolve();
  #blocks: Promise<void>;
  readonly counts = { reorgs: 0, chainKills: 0, feeRises: 0 };

  private constructor(anvil: Anvil, random: Random, { number, time }: NodeHead) {
    this.#anvil = anvil;
    this.#random = random;
    this.#first = number;
    this.#height = number;
    this.#highest = number;
    this.#time = time;
    this.#blocks = this.#makeBlocks();
  }

  /** A node with the chain that is kept in the file `state`. */
  static async start(state: string, random: Random): Promise<OutsideChain> {
    const anvil = await startNode(["--no-mining", "--load-state", state]);
    await anvil.rpc("anvil_setNextBlockBaseFeePerGas", hex(usualBaseFee));
    return new OutsideChain(anvil, random, await headOf(anvil));
  }

  /** A way of its own to the node, which may be made to fail. */
  async line(): Promise<FaultyNode> {
    const line = await startFaultyNode(this.#anvil.url);
    this.#lines.add(line);
    return line;
  }

  async hangUp(line: FaultyNode): Promise<void> {
    this.#lines.delete(line);
    await line.close();
  }

  /** No more blocks come, and none is replaced. */
  pause(): void {
    this.#isMining = false;
  }

  /** One of the things that happen to a chain. */
  disturb(): Promise<void> {
    const dice = this.#random.between(1, 10);
    return this.#alone(async () => {
      if (dice <= 6) await this.#reorganize();
      else if (dice <= 8) await this.#raiseFees();
      else await this.#killNode();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#blocks;
    await this.#last;
    for (const line of this.#lines) await line.close();
    await this.#anvil.end("SIGKILL");
    rmSync(this.#disk, { force: true });
  }

  async #makeBlocks(): Promise<void> {
    while (!this.#isClosed) {
      await sleep(blockMs);
      if (this.#isMining) await this.#alone(() => this.#mine());
    }
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #mine(): Promise<void> {
    this.#time += this.#random.between(1, 12);
    await this.#anvil.rpc("evm_mine", { timestamp: this.#time, blocks: 1 });
    this.#height += 1;
    this.#highest = Math.max(this.#highest, this.#height);
  }

  /** The newest blocks that may still be replaced: nothing that ever was final is. */
  #loose(): number {
    return Math.max(0, this.#height - Math.max(this.#first, this.#highest - finalityBlocks));
  }

  /** Other blocks take the place of the newest ones, with some of their transactions, in another order. */
  async #reorganize(): Promise<void> {
    const loose = this.#loose();
    if (loose === 0) return;
    const depth = this.#random.between(1, loose);
    const transactions = await this.#newestTransactions(depth);
    await this.#anvil.rpc("anvil_rollback", depth);
    this.#height -= depth;
    this.counts.reorgs += 1;
    const back = this.#random.chance(2) ? transactions : transactions.toReversed();
    for (const raw of back) {
      if (!this.#random.chance(3)) await this.#anvil.rpc("eth_sendRawTransaction", raw).catch(() => {});
      if (this.#random.chance(3)) await this.#mine();
    }
    // Sometimes the chain stands shorter than it was for a while.
    if (this.#random.chance(2)) for (let count = depth; count > 0; count -= 1) await this.#mine();
  }

  async #newestTransactions(blocks: number): Promise<readonly string[]> {
    const raws: string[] = [];
    for (let height = this.#height - blocks + 1; height <= this.#height; height += 1) {
      const block = await this.#anvil.rpc("eth_getBlockByNumber", hex(height), false);
      for (const hash of listAt(block, "transactions")) {
        raws.push(String(await this.#anvil.rpc("eth_getRawTransactionByHash", hash)));
      }
    }
    return raws;
  }

  /** What waits offers too little from now on. */
  async #raiseFees(): Promise<void> {
    this.counts.feeRises += 1;
    const fee = this.#random.between(4 * usualBaseFee, largestBaseFee);
    await this.#anvil.rpc("anvil_setNextBlockBaseFeePerGas", hex(fee));
  }

  /** The blocks since it last wrote its state are gone with it, and so is what waited. */
  async #killNode(): Promise<void> {
    this.counts.chainKills += 1;
    await keepState(this.#anvil, this.#disk);
    for (let blocks = this.#random.between(0, finalityBlocks - 1); blocks > 0; blocks -= 1)
      await this.#mine();
    await this.#anvil.end("SIGKILL");
    this.#anvil = await startNode(["--no-mining", "--load-state", this.#disk]);
    // It does not keep the states of older blocks, which it would need to go back to them.
    this.#height = (await headOf(this.#anvil)).number;
    this.#first = this.#height;
    for (const line of this.#lines) line.target(this.#anvil.url);
  }
}

const hex = (value: number): string => `0x${value.toString(16)}`;

const headOf = async (anvil: Anvil): Promise<NodeHead> => {
  const block = await anvil.rpc("eth_getBlockByNumber", "latest", false);
  return { number: Number(at(block, "number")), time: Number(at(block, "timestamp")) };
};
