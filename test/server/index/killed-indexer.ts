/**
 * Indexes a random history and ends itself the hard way inside the transaction that holds block N:
 * `node killed-indexer.ts FILE SEED LENGTH N`.
 */
import { Indexer } from "../../../server/index/indexer.ts";
import type { ChainLog, ChainReader } from "../../../server/index/chain-reader.ts";
import { openIndex } from "../../../server/index/open.ts";
import { randomHistory } from "../../model/history.ts";
import { InventedChain } from "./invented-chain.ts";

const [path = "", seed, length, killedAt] = process.argv.slice(2);
const chain = new InventedChain();
chain.grow(randomHistory(Number(seed), Number(length)).model.events);

/** Its data is read when it is measured, when it is kept and when it is decoded; the last two are one transaction. */
const deadly = (log: ChainLog): ChainLog => {
  let reads = 0;
  return {
    ...log,
    get data() {
      reads += 1;
      if (reads === 3) process.kill(process.pid, "SIGKILL");
      return log.data;
    },
  };
};
let top = Math.floor(Number(killedAt) / 2);
const reader: ChainReader = {
  head: async () => {
    const head = await chain.block(top);
    if (head === undefined) throw new RangeError(`no block ${top}`);
    return head;
  },
  block: (number) => chain.block(number),
  logs: async (blocks) => {
    const logs = await chain.logs(blocks);
    return logs.map((log) => (log.blockNumber === Number(killedAt) ? deadly(log) : log));
  },
};
const index = await openIndex({ place: { kind: "sqlite", path }, ...chain.identity });
const indexer = new Indexer({ index, chain: reader });
await indexer.catchUp();
top = chain.height;
await indexer.catchUp();
await index.close();
