/** The index, fed by JSON-RPC from the chain on which a history was played, against the per-fen model. */
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { indexBooks } from "../../server/index/books.ts";
import { Indexer } from "../../server/index/indexer.ts";
import { rpcChainReader } from "../../server/index/rpc-chain-reader.ts";
import { compareBooks, compareTraces } from "../model/compare.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import { OpenedIndexes, stateOf } from "../server/index/opened.ts";
import { chain, testChain } from "./chain.ts";
import type { Stage } from "./stage.ts";

/** Its records, and what it traces by its own queries. Throws Disagreement. */
export const compareIndex = async (
  { ledger }: Stage,
  model: PerFenModel,
  now: UnixSeconds,
  name: string,
): Promise<void> => {
  const reader = rpcChainReader(chain, ledger);
  const genesis = await reader.block(0);
  if (genesis === undefined) throw new RangeError("the chain has no first block");
  const indexes = new OpenedIndexes();
  try {
    const index = await indexes.open({ chainId: testChain.id, genesisHash: genesis.hash, ledger });
    await new Indexer({ index, chain: reader }).catchUp();
    compareBooks(await stateOf(index), model, now, `${name}, records of the index`);
    await index.read(({ database }) =>
      compareTraces(indexBooks(database), model, `${name}, traces of the index`),
    );
  } finally {
    await indexes.remove();
  }
};
