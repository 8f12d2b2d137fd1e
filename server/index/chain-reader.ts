/** What the index needs of a chain: headers that link, and the ledger's logs. */
import type { Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Hex } from "../chain/port.ts";

export interface ChainBlock {
  readonly number: number;
  readonly hash: Bytes32;
  readonly parentHash: Bytes32;
  readonly time: UnixSeconds;
  /** The header's filter of logs; absent where it is not known. */
  readonly bloom?: Hex;
}

export interface ChainLog {
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly transactionHash: Bytes32;
  /** The log's place in its block, as the chain counts it. */
  readonly logIndex: number;
  readonly topics: readonly Bytes32[];
  readonly data: Hex;
}

export interface ChainReader {
  head(): Promise<ChainBlock>;
  /** Block `number` of the present chain, or undefined where it has none. */
  block(number: number): Promise<ChainBlock | undefined>;
  /** The ledger's logs of the blocks, which follow one another, in the order of the chain. */
  logs(blocks: readonly ChainBlock[]): Promise<readonly ChainLog[]>;
}

/** The blocks `from` to `to`, both inclusive, as far as the chain has them. */
export const blocksBetween = async (
  chain: ChainReader,
  from: number,
  to: number,
): Promise<readonly ChainBlock[]> => {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const blocks = await Promise.all(numbers.map((number) => chain.block(number)));
  return blocks.flatMap((block) => (block === undefined ? [] : [block]));
};
