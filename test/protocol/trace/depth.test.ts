import { expect } from "chai";
import { fundId, programmeId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import { maxHops } from "../../../protocol/trace/limits.ts";
import type { Books } from "../../../protocol/trace/requests.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import { traceInterval } from "../../../protocol/trace/slices.ts";
import type { TracePage } from "../../../protocol/trace/slices.ts";
import { reserveSources } from "../../../protocol/trace/sources.ts";
import type { SourcesPage } from "../../../protocol/trace/sources.ts";
import { Bookkeeper, firstDay, secondYear } from "../books.ts";
import { line, partitionFrom, toldSlice, toldSource } from "./told.ts";

const rounds = 2500;

/** Two gifts of 1,000 fen; a claim of 1,500 whose payment the bank returns again and again. */
const returned = (times: number): Bookkeeper => {
  const keeper = new Bookkeeper();
  keeper.openFund(10_000);
  keeper.openProgramme();
  keeper.declareYear(1, firstDay, secondYear);
  keeper.record(keeper.batchEvent([1000n, 1000n]));
  keeper.record(keeper.allocationEvent(1, 1500n, 1500n));
  keeper.payClaim(1, 1500n);
  for (let time = 1; time <= times; time += 1)
    keeper.tell(
      () => keeper.recoverEvent(time, 1500n, true),
      () => keeper.payEvent(1),
    );
  return keeper;
};

interface Pages<Page> {
  readonly pages: readonly Page[];
  /** The most hops that one page asked for. */
  readonly mostHops: number;
}

const countHops = (books: Books): { readonly books: Books; take(): number } => {
  let hops = 0;
  return {
    books: {
      ...books,
      departuresOfReserve: (...query) => {
        hops += 1;
        return books.departuresOfReserve(...query);
      },
      arrivalsOfReserve: (...query) => {
        hops += 1;
        return books.arrivalsOfReserve(...query);
      },
    },
    take: () => {
      const taken = hops;
      hops = 0;
      return taken;
    },
  };
};

const readAll = <Page extends { readonly next?: string }>(
  keeper: Bookkeeper,
  pageOf: (books: Books, cursor: string | undefined) => Page,
): Pages<Page> => {
  const counter = countHops(booksOf(keeper.state));
  const pages: Page[] = [];
  let [cursor, mostHops]: [string | undefined, number] = [undefined, 0];
  do {
    const page = pageOf(counter.books, cursor);
    pages.push(page);
    mostHops = Math.max(mostHops, counter.take());
    cursor = page.next;
  } while (cursor !== undefined);
  return { pages, mostHops };
};

const slicePages = (keeper: Bookkeeper, limit = 50): Pages<TracePage> =>
  readAll(keeper, (books, cursor) => runSync(traceInterval(fundId(1), line(0, 2000), cursor, limit), books));

const sourcePages = (keeper: Bookkeeper, start: number, end: number, limit = 50): Pages<SourcesPage> =>
  readAll(keeper, (books, cursor) =>
    runSync(reserveSources(programmeId(1), line(start, end), cursor, limit), books),
  );

describe("a way longer than a page follows", () => {
  const keeper = returned(rounds);
  const last = rounds * 1500;

  it("is gone on with page by page, each of bounded work, until the fen are found", () => {
    const { pages, mostHops } = slicePages(keeper);
    expect(pages.map(({ slices }) => slices.map(toldSlice))).to.deep.equal([
      [],
      [],
      [`1500 paid claim 1 at 1:${last} after ${rounds}, recovery ${rounds}`, "500 unallocated at 1500"],
    ]);
    // Forward as far as a page may go, and as far back to see that the cursor tells the truth.
    expect(mostHops).to.be.at.most(2 * maxHops + 1);
    expect(mostHops).to.be.greaterThan(maxHops);
  });

  it("is gone back likewise from a claim to its gifts", () => {
    const { pages, mostHops } = sourcePages(keeper, last, last + 1500);
    expect(pages.map(({ sources }) => sources.map(toldSource))).to.deep.equal([
      [],
      [],
      [`1500 of batch 1 [0, 1500) by 1 after ${rounds}, recovery ${rounds}`],
    ]);
    expect(mostHops).to.be.at.most(2 * maxHops + 2);
  });

  it("ends in as many pages where the fen part company on the way", () => {
    const parted = returned(1200);
    for (let part = 0; part < 30; part += 1) parted.record(parted.recoverEvent(1201, 20n));
    for (const limit of [50, 7, 1]) {
      const slices = slicePages(parted, limit).pages.flatMap((page) => page.slices);
      expect(slices.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(2000n);
      expect(slices.map(toldSlice).slice(0, 2)).to.deep.equal([
        "20 inReserve at 1:1801500 after 1201, recovery 1201",
        "20 inReserve at 1:1801520 after 1201, recovery 1202",
      ]);
      expect(slices).to.have.lengthOf(30 + 1 + 1);
      const sources = sourcePages(parted, 1_800_000, 1_802_100, limit).pages.flatMap((page) => page.sources);
      expect(sources.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(2100n);
      expect(sources).to.have.lengthOf(31);
    }
  });

  it("is known in totals at once", () => {
    expect(partitionFrom(keeper, 0, 2000)).to.deep.include({ paid: 1500n, unallocated: 500n, inReserve: 0n });
  });

  it("is not taken from a cursor that the books do not bear out", () => {
    const books = booksOf(keeper.state);
    const trace = (cursor: string | undefined, from = books): TracePage =>
      runSync(traceInterval(fundId(1), line(0, 2000), cursor, 50), from);
    const sources = (cursor: string | undefined, from = books): SourcesPage =>
      runSync(reserveSources(programmeId(1), line(last, last + 1500), cursor, 50), from);
    const [next = "", back = ""] = [trace(undefined).next, sources(undefined).next];
    expect(next).to.equal(`t1.c.0.0.1.${1001 * 1500}.1500.1001`);
    expect(back).to.equal(`s1.${last}.1.${(rounds - 1001) * 1500}.1500.1001`);
    const forged = [
      "t1.c.0.0.1.1501500.1500.999",
      "t1.c.0.0.1.1501500.1501.1001",
      "t1.c.0.1.1.1501500.1500.1001",
      "t1.c.0.0.2.1501500.1500.1001",
      "t1.c.0.0.1.1501490.1500.1001",
      "t1.c.0.0.0.1501500.1500.1001",
      "t1.c.0.0.1.0.1500.1001",
      "t1.c.0.0.1.1500.1500.1001",
      "t1.c.0.0.1.1501500.0.1001",
      "t1.c.0.0.1.99999999999999999999999999999.1.1001",
      "t1.c.0.0.1.1501500.1500.99999999999999999999",
      "t1.c.0..1.1501500.1500.1001",
      "t1.o.0.0.1.1501500.1500.1001",
    ];
    for (const cursor of forged) expect(() => trace(cursor), cursor).to.throw(InvalidCursor);
    const forgedBack = [
      `s1.${last}.1.${(rounds - 1001) * 1500}.1500.999`,
      `s1.${last}.1.${(rounds - 1001) * 1500}.1501.1001`,
      `s1.${last + 1}.1.${(rounds - 1001) * 1500}.1500.1001`,
      `s1.${last}.1.${last}.1500.1001`,
      `s1.${last}.1.${(rounds - 1001) * 1500 - 10}.1500.1001`,
      `s1.${last}.1.${(rounds - 999) * 1500}.1500.1001`,
    ];
    for (const cursor of forgedBack) expect(() => sources(cursor), cursor).to.throw(InvalidCursor);
    const across = line(1490, 1600);
    const fromAllocation = () =>
      runSync(reserveSources(programmeId(1), across, "s1.1490.1.0.20.1001", 50), books);
    expect(fromAllocation).to.throw(InvalidCursor);
    const shallow = booksOf(returned(3).state);
    expect(() => trace("t1.c.0.0.1.3000.1500.1001", shallow)).to.throw(InvalidCursor);
    expect(() =>
      runSync(reserveSources(programmeId(1), line(4500, 6000), "s1.4500.1.1500.1500.1001", 50), shallow),
    ).to.throw(InvalidCursor);
  });
});
