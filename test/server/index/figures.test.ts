/** The figures of the index that no record of the books holds: what programmes hold of funds, and settlement days. */
import { expect } from "chai";
import { DatabaseSync } from "node:sqlite";
import { fen, position } from "../../../protocol/amounts.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import type { BatchRecord, ConfirmationRecord, LedgerState } from "../../../protocol/ledger/records.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import { actorId, batchId, confirmationId, fundId, programmeId } from "../../../protocol/ids.ts";
import { ChannelDays } from "../../../server/index/channel-days.ts";
import { fenOf } from "../../../server/index/columns.ts";
import { Holdings } from "../../../server/index/holdings.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import type { Index } from "../../../server/index/open.ts";
import { readRows } from "../../../server/index/read-rows.ts";
import { OriginLine } from "../../../server/index/origin-line.ts";
import { randomHistory } from "../../model/history.ts";
import { hashOf, InventedChain } from "./invented-chain.ts";
import { OpenedIndexes, rebuilt } from "./opened.ts";

const historyLength = 200;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

interface Figures {
  readonly holdings: readonly {
    readonly fund: number;
    readonly programme: number;
    readonly in_reserve: string;
    readonly operating_unspent: string;
  }[];
  readonly days: readonly {
    readonly channel: string;
    readonly day: number;
    readonly currency: string;
    readonly state: string;
    readonly recorded_count: number;
    readonly recorded_sum: string;
    readonly confirmations: number;
    readonly confirmation: number;
  }[];
}

const figuresOf = (index: Index): Promise<Figures> =>
  index.read(async ({ database }) => ({
    holdings: await readRows(database, "holdings", ["fund", "programme"]),
    days: await readRows(database, "channel_days", ["channel", "day", "currency"]),
  }));

/** Day by day, channel by channel, added up again from nothing. */
const daysOf = (state: LedgerState): ReadonlyMap<string, string> => {
  const days = new Map<string, { count: number; sum: bigint; said: string[] }>();
  const dayOf = (channel: string, day: number, currency: string) => {
    const name = `${channel} ${day} ${currency}`;
    const known = days.get(name) ?? { count: 0, sum: 0n, said: [] };
    days.set(name, known);
    return known;
  };
  for (const { channel, day, fund, count, sum } of state.batches) {
    const own = dayOf(channel, day, state.funds[fund - 1]?.currency ?? "");
    own.count += count;
    own.sum += sum;
  }
  for (const { channel, day, currency, count, sum } of state.confirmations) {
    dayOf(channel, day, currency).said.push(`${count} ${sum}`);
  }
  return new Map(
    [...days].map(([name, { count, sum, said }]) => {
      const last = said.at(-1);
      const is = last === undefined ? "unconfirmed" : last === `${count} ${sum}` ? "confirmed" : "differs";
      return [name, `${count} of ${sum}, ${said.length} times ${is}`];
    }),
  );
};

describe("figures that the index adds up", () => {
  let indexes: OpenedIndexes;
  beforeEach(() => {
    indexes = new OpenedIndexes();
  });
  afterEach(() => indexes.remove());

  const indexed = async (seed: number) => {
    const { events } = randomHistory(seed, historyLength).model;
    const chain = new InventedChain();
    chain.grow(events);
    const index = await indexes.open(chain.identity, `index-${seed}.db`);
    await new Indexer({ index, chain }).catchUp();
    return { index, events, chain, state: rebuilt(events) };
  };

  it("what programmes hold of a fund is what a walk over its whole line finds, through recoveries and moves", async () => {
    const seen = { recoveries: 0, moves: 0, held: 0 };
    for (const seed of seeds) {
      const { index, state } = await indexed(seed);
      const { holdings } = await figuresOf(index);
      for (const { fund, donated } of state.funds) {
        const own = holdings.filter((row) => row.fund === fund);
        const walked = runSync(partitionOf(fund, { start: position(0n), end: donated }), booksOf(state));
        const inReserve = own.reduce((sum, row) => sum + fenOf(row.in_reserve), 0n);
        const unspent = own.reduce((sum, row) => sum + fenOf(row.operating_unspent), 0n);
        expect([inReserve, unspent], `seed ${seed}, fund ${fund}`).to.deep.equal([
          walked.inReserve,
          walked.operatingUnspent,
        ]);
        seen.held += own.filter((row) => fenOf(row.in_reserve) > 0n).length;
      }
      for (const { programme, totals } of state.programmes) {
        const own = holdings.filter((row) => row.programme === programme);
        const inReserve = own.reduce((sum, row) => sum + fenOf(row.in_reserve), 0n);
        const unspent = own.reduce((sum, row) => sum + fenOf(row.operating_unspent), 0n);
        const left = totals.operationsIn - totals.operationsOut;
        expect([inReserve, unspent], `seed ${seed}, programme ${programme}`).to.deep.equal([
          totals.reserveIn - totals.reserveSpent,
          left > 0n ? left : 0n,
        ]);
      }
      seen.recoveries += state.recoveries.length;
      seen.moves += state.moves.length;
    }
    expect(Math.min(seen.recoveries, seen.moves, seen.held)).to.be.greaterThan(10);
  });

  it("a settlement day holds what was recorded of it and the provider's last word", async () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const { index, state } = await indexed(seed);
      const { days } = await figuresOf(index);
      const found = new Map(
        days.map((row) => {
          seen.add(row.state);
          const recorded = `${row.recorded_count} of ${fenOf(row.recorded_sum)}`;
          return [
            `${row.channel} ${row.day} ${row.currency}`,
            `${recorded}, ${row.confirmations} times ${row.state}`,
          ];
        }),
      );
      expect(found, `seed ${seed}`).to.deep.equal(daysOf(state));
      for (const row of days) {
        const last = state.confirmations.findLast(
          ({ channel, day, currency }) =>
            channel === row.channel && day === row.day && currency === row.currency,
        );
        expect(row.confirmation).to.equal(last?.confirmation ?? 0);
      }
    }
    expect(seen).to.include.members(["unconfirmed", "differs"]);
  });

  it("goes on from the books after a restart as if it had never stopped", async () => {
    for (const seed of seeds.slice(0, 4)) {
      const { index, events, chain } = await indexed(seed);
      const whole = await figuresOf(index);
      await index.undoTo(Math.floor(chain.height / 2));
      await indexes.closeAll();
      const again = await indexes.open(chain.identity, `index-${seed}.db`);
      await new Indexer({ index: again, chain }).catchUp();
      expect(await figuresOf(again), `seed ${seed}`).to.deep.equal(whole);
      const state = rebuilt(events);
      const holdings = Holdings.of(state);
      for (const row of whole.holdings) {
        const { inReserve, operatingUnspent } = holdings.holding(
          fundId(row.fund),
          programmeId(row.programme),
        );
        expect([inReserve, operatingUnspent]).to.deep.equal([
          fenOf(row.in_reserve),
          fenOf(row.operating_unspent),
        ]);
      }
      expect(holdings.takeChanged()).to.deep.equal([]);
      expect(ChannelDays.of(state).takeChanged()).to.deep.equal([]);
    }
  });

  it("keeps nobody's cover in a table: no column beside a claim's own names a person", async () => {
    const { index } = await indexed(1);
    await indexes.closeAll();
    const database = new DatabaseSync(index.path, { readOnly: true });
    const columns = database
      .prepare(
        "SELECT m.name || '.' || c.name AS name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'",
      )
      .all()
      .map(({ name }) => String(name));
    database.close();
    expect(columns.filter((name) => /person|committed/.test(name))).to.deep.equal(["claims.person"]);
  });
});

describe("a line of runs", () => {
  const [one, other] = [fundId(1), fundId(2)];

  it("is taken from the front, past its end too: what comes later is then taken at once", () => {
    const line = new OriginLine();
    line.append({ fund: one, amount: 10n });
    expect(line.takeUpTo(15n)).to.deep.equal([{ fund: one, amount: 10n }]);
    line.append({ fund: other, amount: 4n });
    expect([line.left(one), line.left(other)]).to.deep.equal([0n, 0n]);
    line.append({ fund: other, amount: 3n });
    expect(line.left(other)).to.equal(fen(2n));
    line.append({ fund: one, amount: 1n });
    expect(line.takeUpTo(18n)).to.deep.equal([
      { fund: other, amount: 2n },
      { fund: one, amount: 1n },
    ]);
  });

  it("tells the funds of any positions, also those that are long taken, and of no others", () => {
    const line = new OriginLine();
    for (const fund of [one, one, other, one]) line.append({ fund, amount: 5n });
    line.append({ fund: other, amount: 0n });
    line.takeUpTo(20n);
    expect(line.between(8n, 16n)).to.deep.equal([
      { fund: one, amount: 2n },
      { fund: other, amount: 5n },
      { fund: one, amount: 1n },
    ]);
    expect(line.between(7n, 7n)).to.deep.equal([]);
    expect(() => line.between(19n, 21n)).to.throw(RangeError);
  });
});

describe("a settlement day", () => {
  const batchOf = (count: number, sum: number): BatchRecord => ({
    batch: batchId(1),
    fund: fundId(1),
    channel: "bank",
    day: 20_200_101,
    startsAt: position(0n),
    count,
    sum: fen(sum),
    root: hashOf("root"),
    recorder: actorId(1),
    operation: hashOf("operation"),
    leaves: new Uint8Array(0),
    place,
  });
  const place = { blockNumber: 1, blockTime: 1, transactionHash: hashOf("transaction"), logIndex: 0 };
  const confirmed = (confirmation: number, count: number, sum: number): ConfirmationRecord => ({
    confirmation: confirmationId(confirmation),
    channel: "bank",
    day: 20_200_101,
    currency: "CNY",
    count,
    sum: fen(sum),
    provider: actorId(2),
    place,
  });

  it("is confirmed while count and sum are both what the provider last said, and no longer", () => {
    const days = new ChannelDays();
    const stateAfter = (change: () => void): readonly unknown[] => {
      change();
      return days.takeChanged().map(({ state, confirmation }) => [state, confirmation]);
    };
    expect(stateAfter(() => days.recorded(batchOf(2, 10), "CNY"))).to.deep.equal([["unconfirmed", 0]]);
    expect(stateAfter(() => days.confirmed(confirmed(1, 1, 10)))).to.deep.equal([["differs", 1]]);
    expect(stateAfter(() => days.confirmed(confirmed(2, 2, 11)))).to.deep.equal([["differs", 2]]);
    expect(stateAfter(() => days.confirmed(confirmed(3, 2, 10)))).to.deep.equal([["confirmed", 3]]);
    expect(stateAfter(() => days.recorded(batchOf(1, 5), "CNY"))).to.deep.equal([["differs", 3]]);
    expect(stateAfter(() => days.recorded(batchOf(1, 5), "USD"))).to.deep.equal([["unconfirmed", 0]]);
  });
});
