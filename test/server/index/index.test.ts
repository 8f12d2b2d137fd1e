import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { InconsistentEvent } from "../../../protocol/ledger/refusals.ts";
import { EmptyIndex, UnreadableIndex, WrongChain } from "../../../server/index/errors.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import type { Index, NewBlock } from "../../../server/index/open.ts";
import { DamagedIndexRow } from "../../../server/index/codecs/choices.ts";
import { tableNames, tables } from "../../../server/index/tables.ts";
import type { Table } from "../../../server/index/tables.ts";
import { randomHistory } from "../../model/history.ts";
import { onBothStores } from "../database/stores.ts";
import { InventedChain, hashOf, inventedLedger } from "./invented-chain.ts";
import { OpenedIndexes, rebuilt, stateOf } from "./opened.ts";

const historyLength = 150;

/** A chain that holds a random history, and its events. */
const chainOf = (seed: number) => {
  const { events } = randomHistory(seed, historyLength).model;
  const chain = new InventedChain();
  chain.grow(events);
  return { chain, events };
};

const blocksOf = async (chain: InventedChain, from: number, to: number): Promise<readonly NewBlock[]> => {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => ({ number: from + index }));
  const logs = await chain.logs(numbers);
  const blocks: NewBlock[] = [];
  for (let number = from; number <= to; number += 1) {
    const block = await chain.block(number);
    if (block !== undefined)
      blocks.push({ block, logs: logs.filter(({ blockNumber }) => blockNumber === number) });
  }
  return blocks;
};

onBothStores("the index", (stores) => {
  let indexes: OpenedIndexes;
  beforeEach(() => {
    indexes = new OpenedIndexes(stores());
  });
  afterEach(() => indexes.closeAll());

  /** Every row of every table, in the order of its key. */
  const contentOf = async (index = "index.db"): Promise<unknown> => {
    const content: unknown[] = [];
    for (const name of tableNames) {
      const { key }: Table = tables[name];
      const order = key.map((column) => `"${column}"`).join();
      content.push([name, await stores().ask(index, `SELECT * FROM "${name}" ORDER BY ${order}`)]);
    }
    return content;
  };

  const follow = (index: Index, chain: InventedChain): Promise<void> =>
    new Indexer({ index, chain }).catchUp();

  it("holds the same books as the reducer, leaf by leaf, for random histories (law L7)", async () => {
    const types = new Set<string>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const { chain, events } = chainOf(seed);
      for (const { event } of events) types.add(event.type);
      const index = await indexes.open(chain.identity, `index-${seed}.db`);
      await follow(index, chain);
      expect(await stateOf(index), `seed ${seed}`).to.deep.equal(rebuilt(events));
      await indexes.closeAll();
    }
    // Every event of records; what histories do not play is who holds a role, and a pause.
    expect(types.size).to.equal(31);
  });

  it("makes equal tables again from its own logs, without asking the chain", async () => {
    for (const seed of [3, 4, 5]) {
      const { chain, events } = chainOf(seed);
      const name = `index-${seed}.db`;
      const index = await indexes.open(chain.identity, name);
      await follow(index, chain);
      const before = await contentOf(name);
      expect(await index.reindex()).to.equal(events.length);
      expect(await contentOf(name)).to.deep.equal(before);
    }
  });

  it("makes the same tables whether blocks come one by one or all at once", async () => {
    const { chain } = chainOf(6);
    const together = await indexes.open(chain.identity, "together.db");
    await follow(together, chain);
    const apart = await indexes.open(chain.identity, "apart.db");
    for (let number = 0; number <= chain.height; number += 1) {
      await apart.append(await blocksOf(chain, number, number));
    }
    expect(await contentOf("apart.db")).to.deep.equal(await contentOf("together.db"));
  });

  it("goes on after a restart from its last block", async () => {
    const { chain, events } = chainOf(7);
    const half = Math.floor(chain.height / 2);
    const first = await indexes.open(chain.identity);
    await first.append(await blocksOf(chain, 0, half));
    await indexes.closeAll();
    const second = await indexes.open(chain.identity);
    expect((await second.head())?.number).to.equal(half);
    await follow(second, chain);
    expect(await stateOf(second)).to.deep.equal(rebuilt(events));
  });

  it("keeps nothing of blocks of which one does not fit, and takes the right ones afterwards", async () => {
    const { chain, events } = chainOf(8);
    const index = await indexes.open(chain.identity);
    const half = Math.floor(chain.height / 2);
    await index.append(await blocksOf(chain, 0, half));
    const before = await contentOf();
    const rest = await blocksOf(chain, half + 1, chain.height);
    const [first, ...others] = rest;
    const repeated = first === undefined ? [] : [first, ...others, { ...first, block: { ...first.block } }];
    let refusal: unknown;
    await index.append(repeated).catch((error: unknown) => {
      refusal = error;
    });
    expect(refusal).to.be.instanceOf(InconsistentEvent);
    expect(await contentOf()).to.deep.equal(before);
    await index.append(rest);
    expect(await stateOf(index)).to.deep.equal(rebuilt(events));
  });

  it("answers a reader from one block, whatever is written meanwhile", async () => {
    const { chain } = chainOf(9);
    const index = await indexes.open(chain.identity);
    await index.append(await blocksOf(chain, 0, 10));
    const seen = await index.read(async ({ database, head }) => {
      await index.append(await blocksOf(chain, 11, chain.height));
      const rows = await database.selectFrom("blocks").select("number").orderBy("number", "desc").execute();
      return [head.number, rows[0]?.number];
    });
    expect(seen).to.deep.equal([10, 10]);
    expect((await index.head())?.number).to.equal(chain.height);
  });

  it("shows the whole books in memory as of its last block, before and after a restart, and never between blocks", async () => {
    const { chain, events } = chainOf(12);
    const half = Math.floor(chain.height / 2);
    const first = await indexes.open(chain.identity);
    let refusal: unknown;
    await first
      .books(() => {})
      .catch((error: unknown) => {
        refusal = error;
      });
    expect(refusal).to.be.instanceOf(EmptyIndex);
    await first.append(await blocksOf(chain, 0, half));
    const appending = first.append(await blocksOf(chain, half + 1, chain.height));
    const seen = await first.books((state, head) => [
      head.number,
      state.operations.size,
      state.claims.length,
    ]);
    await appending;
    const whole = rebuilt(events);
    expect(seen).to.deep.equal([chain.height, whole.operations.size, whole.claims.length]);
    await indexes.closeAll();
    const second = await indexes.open(chain.identity);
    const again = await second.books((state, head) => [
      head.number,
      state.operations.size,
      state.claims.length,
    ]);
    expect(again).to.deep.equal(seen);
  });

  it("refuses the index of another chain, genesis or ledger, and says what to do", async () => {
    const { identity } = new InventedChain();
    await indexes.open(identity);
    await indexes.closeAll();
    const others = [
      { ...identity, chainId: 1 },
      { ...identity, genesisHash: hashOf("another genesis") },
      { ...identity, ledger: inventedLedger.replace("1e", "2f") as typeof inventedLedger },
    ];
    for (const other of others) {
      let refusal: unknown;
      await indexes.open(other).catch((error: unknown) => {
        refusal = error;
      });
      expect(refusal).to.be.instanceOf(WrongChain);
      expect(String(refusal)).to.match(
        /check DATA_DIR, or delete the file|check DATABASE_URL, or drop the schema/,
      );
    }
    await indexes.open(identity);
  });

  it("refuses a file that is no index, or whose logs have another layout", async () => {
    const { identity } = new InventedChain();
    for (const name of ["foreign.db", "older.db"]) await indexes.open(identity, name);
    await indexes.closeAll();
    await stores().ask("foreign.db", "DROP TABLE meta");
    await stores().ask("older.db", "UPDATE meta SET value = '0' WHERE name = 'rawVersion'");
    for (const name of ["foreign.db", "older.db"]) {
      let refusal: unknown;
      await indexes.open(identity, name).catch((error: unknown) => {
        refusal = error;
      });
      expect(refusal, name).to.be.instanceOf(UnreadableIndex);
      expect(String(refusal)).to.match(/; delete the file|; drop the schema/);
    }
  });

  it("rebuilds what an older version derived, from the logs that it kept", async () => {
    const { chain } = chainOf(10);
    const index = await indexes.open(chain.identity);
    await follow(index, chain);
    const before = await contentOf();
    await indexes.closeAll();
    for (const statement of [
      "DROP TABLE claims",
      "DELETE FROM payouts",
      "CREATE TABLE of_an_older_version (a TEXT)",
      "UPDATE meta SET value = '0' WHERE name = 'derivedVersion'",
    ]) {
      await stores().ask("index.db", statement);
    }
    await indexes.open(chain.identity);
    expect(await contentOf()).to.deep.equal(before);
    let refusal: unknown;
    await stores()
      .ask("index.db", "SELECT a FROM of_an_older_version")
      .catch((error: unknown) => {
        refusal = error;
      });
    expect(String(refusal)).to.match(/no such table|does not exist/);
  });

  it("has no answer before its first block", async () => {
    const index = await indexes.open(new InventedChain().identity);
    expect(await index.head()).to.equal(undefined);
    let refusal: unknown;
    await index
      .read(async () => {})
      .catch((error: unknown) => {
        refusal = error;
      });
    expect(refusal).to.be.instanceOf(EmptyIndex);
  });

  it("says so where a row was written by nobody", async () => {
    const { chain } = chainOf(11);
    const index = await indexes.open(chain.identity);
    await follow(index, chain);
    await stores().ask("index.db", "UPDATE programmes SET kind = 'invented'");
    let refusal: unknown;
    await stateOf(index).catch((error: unknown) => {
      refusal = error;
    });
    expect(refusal).to.be.instanceOf(DamagedIndexRow);
    expect(String(refusal)).to.include("delete the index");
  });
});

describe("the file of an index", () => {
  it("is refused where it is no database, with what to do", async () => {
    const indexes = new OpenedIndexes();
    writeFileSync(indexes.path(), "not a database, only invented text that is long enough to be one");
    let refusal: unknown;
    await indexes.open(new InventedChain().identity).catch((error: unknown) => {
      refusal = error;
    });
    expect(refusal).to.be.instanceOf(UnreadableIndex);
    expect(String(refusal)).to.include("delete the file");
    await indexes.remove();
  });
});
