/** A chain of recorded events, one block an event, that can be cut and grown on another branch. */
import { keccak256, stringToHex } from "viem";
import { address, bytes32 } from "../../../protocol/ids.ts";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { RecordedEvent } from "../../../protocol/ledger/events.ts";
import type { ChainBlock, ChainLog, ChainReader } from "../../../server/index/chain-reader.ts";
import type { IndexIdentity } from "../../../server/index/open.ts";
import { encodeEvent } from "../../../chain/encode.ts";

export const hashOf = (text: string): Bytes32 => bytes32(keccak256(stringToHex(text)));

export const inventedLedger = address(`0x${"1e".repeat(20)}`);

interface Mined {
  readonly block: ChainBlock;
  readonly logs: readonly ChainLog[];
}

export class InventedChain implements ChainReader {
  readonly #blocks: Mined[] = [];
  readonly #name: string;
  constructor(name = "main") {
    this.#name = name;
    this.#mine(0, [], "genesis");
  }

  get identity(): IndexIdentity {
    const genesis = this.#blocks[0];
    if (genesis === undefined) throw new RangeError("no genesis");
    return { chainId: 8650, genesisHash: genesis.block.hash, ledger: inventedLedger };
  }

  get height(): number {
    return this.#blocks.length - 1;
  }

  /** Adds events, in blocks as their places say; blocks between them stay empty. */
  grow(events: readonly RecordedEvent[]): void {
    for (let at = 0; at < events.length;) {
      const { blockNumber, blockTime } = events[at]?.place ?? { blockNumber: 0, blockTime: 0 };
      const next = events.findIndex(({ place }, index) => index > at && place.blockNumber !== blockNumber);
      const end = next === -1 ? events.length : next;
      while (this.height + 1 < blockNumber) this.#mine(blockTime, []);
      this.#mine(blockTime, events.slice(at, end));
      at = end;
    }
  }

  /** Another chain that shares the blocks up to `number`; what grows on it has other hashes. */
  fork(number: number, name: string): InventedChain {
    const other = new InventedChain(name);
    other.#blocks.splice(0, 1, ...this.#blocks.slice(0, number + 1));
    return other;
  }

  async head(): Promise<ChainBlock> {
    const last = this.#blocks.at(-1);
    if (last === undefined) throw new RangeError("no block");
    return last.block;
  }

  /** The same chain as a node shows it whose newest block is another one each time that it is asked. */
  whereHeadIs(next: () => number | Promise<number>): ChainReader {
    return {
      head: async () => {
        const head = await this.block(await next());
        if (head === undefined) throw new RangeError("no such block");
        return head;
      },
      block: (number) => this.block(number),
      logs: (blocks) => this.logs(blocks),
    };
  }

  async block(number: number): Promise<ChainBlock | undefined> {
    return this.#blocks[number]?.block;
  }

  async logs(blocks: readonly Pick<ChainBlock, "number">[]): Promise<readonly ChainLog[]> {
    return blocks.flatMap(({ number }) => this.#blocks[number]?.logs ?? []);
  }

  #mine(time: number, events: readonly RecordedEvent[], name = this.#name): void {
    const number = this.#blocks.length;
    const parentHash = this.#blocks.at(-1)?.block.hash ?? bytes32(`0x${"00".repeat(32)}`);
    const hash = hashOf(`${name} ${number} ${parentHash}`);
    const logs = events.map(({ event, place }): ChainLog => ({
      blockNumber: number,
      blockHash: hash,
      transactionHash: place.transactionHash,
      logIndex: place.logIndex,
      ...encodeEvent(event),
    }));
    this.#blocks.push({ block: { number, hash, parentHash, time }, logs });
  }
}
