import { expect } from "chai";
import { leafAt, leafStarts } from "../../../protocol/donations/leaves.ts";
import {
  inventedChainId,
  inventedGenesis,
  inventedLedger,
  inventLedger,
} from "../../../server/commands/bench/invented-ledger.ts";
import { loadWindow } from "../../../server/index/leaf-windows.ts";
import { loadLeaves } from "../../../server/index/load.ts";
import { onBothStores } from "../database/stores.ts";
import { OpenedIndexes } from "./opened.ts";

onBothStores("a batch's leaves, read by windows", (stores) => {
  let indexes: OpenedIndexes;
  beforeEach(() => {
    indexes = new OpenedIndexes(stores());
  });
  afterEach(() => indexes.remove());

  it("say of each of its gifts what the whole batch says", async () => {
    const identity = { chainId: inventedChainId, genesisHash: inventedGenesis, ledger: inventedLedger };
    const index = await indexes.open(identity);
    await index.append([...inventLedger({ donations: 200, claims: 0 })]);
    await index.read(async ({ database }) => {
      const whole = await loadLeaves(database, 1);
      const starts = leafStarts(whole);
      for (let gift = 0; gift < 200; gift += 1) {
        const window = await loadWindow(database, 1, gift);
        if (window === undefined) throw new Error(`no window holds gift ${gift}`);
        const { first, start, wire } = window;
        expect(leafAt(wire, gift - first)).to.deep.equal(leafAt(whole, gift));
        expect(start + (leafStarts(wire)[gift - first] ?? -1n)).to.equal(starts[gift]);
        expect(wire.length).to.be.at.most(64 * 40);
      }
    });
  });

  it("are none of a batch that is not there", async () => {
    const identity = { chainId: inventedChainId, genesisHash: inventedGenesis, ledger: inventedLedger };
    const index = await indexes.open(identity);
    await index.append([...inventLedger({ donations: 1, claims: 0 })]);
    expect(await index.read(({ database }) => loadWindow(database, 2, 0))).to.equal(undefined);
  });
});
