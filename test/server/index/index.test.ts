import { expect } from "chai";
import { join } from "node:path";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import { loadState } from "../../../server/index/load.ts";
import { openIndex } from "../../../server/index/open.ts";
import type { Index } from "../../../server/index/open.ts";
import { randomHistory } from "../../model/history.ts";
import { temporaryFolder } from "../gateway.ts";
import { InventedChain } from "./invented-chain.ts";

const stateOf = (index: Index): Promise<LedgerState> =>
  index.read(({ database }) => loadState(database, { withLeaves: true }));

describe("the index", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  const opened: Index[] = [];
  const open = async (chain: InventedChain, name = "index.db"): Promise<Index> => {
    const index = await openIndex({ path: join(folder.path, name), ...chain.identity });
    opened.push(index);
    return index;
  };
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    for (const index of opened.splice(0)) await index.close();
    folder.remove();
  });

  it("holds the same books as the reducer, leaf by leaf, for random histories (law L7)", async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { model } = randomHistory(seed, 150);
      const chain = new InventedChain();
      chain.grow(model.events);
      const index = await open(chain, `index-${seed}.db`);
      await new Indexer({ index, chain }).catchUp();
      const expected = model.events.reduce(applyEvent, emptyState());
      expect(await stateOf(index), `seed ${seed}`).to.deep.equal(expected);
    }
  });
});
