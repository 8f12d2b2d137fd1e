/** The published traces: what the books answer about every donation and payout of ledgers that are lists of events. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { places } from "../../../protocol/trace/types.ts";
import { traceVectorsText } from "../../vectors/trace.ts";
import { runTraceVectors, type TraceVectors } from "../../vectors/trace-run.ts";
import { at, listAt } from "../../server/service.ts";

const text = readFileSync(new URL("../../vectors/trace.json", import.meta.url), "utf8");
const vectors = JSON.parse(text) as TraceVectors;

describe("the published traces", () => {
  it("are what the generator writes, and the per-fen model says the same of each", () => {
    expect(text === traceVectorsText()).to.equal(true);
  });

  it("come out as published, read at once and one item a page; what no ledger emits is refused where it stands", () => {
    const { ran, differ } = runTraceVectors(vectors);
    expect(differ).to.deep.equal([]);
    expect(ran).to.equal(vectors.ledgers.length * 4 + vectors.broken.length);
  });

  it("tell the worked example: B and C paid the first claim, C and D the second, all else stands where it stands", () => {
    const [example] = vectors.ledgers;
    const paidBy = listAt(example, "payouts").map((payout) =>
      listAt(payout, "gross").map((source) => [at(source, "batch"), at(source, "amount")]),
    );
    expect(paidBy).to.deep.equal([
      [
        [2, "900"],
        [3, "3100"],
      ],
      [
        [3, "950"],
        [4, "250"],
      ],
    ]);
    const partitions = listAt(example, "donations").map((donation) =>
      ["paid", "inReserve", "operatingUnspent", "unallocated"].map((part) => at(donation, "partition", part)),
    );
    expect(partitions).to.deep.equal([
      ["0", "0", "1", "0"],
      ["900", "0", "99", "0"],
      ["4050", "4950", "1000", "0"],
      ["250", "0", "28", "0"],
    ]);
  });

  it("hold every place that a fen can have, every way there, and owners that changed", () => {
    const slices = vectors.ledgers.flatMap(({ donations }) =>
      donations.flatMap((donation) => listAt(donation, "slices")),
    );
    expect(new Set(slices.map((slice) => at(slice, "place")))).to.deep.equal(new Set(places));
    const hops = slices.map((slice) => [at(slice, "via", "kind"), at(slice, "hops")]);
    for (const kind of ["recovery", "move"]) {
      expect(
        hops.some(([via, count]) => via === kind && count === 1),
        kind,
      ).to.equal(true);
    }
    expect(hops.some(([, count]) => Number(count) >= 2)).to.equal(true);
    const events = vectors.ledgers.flatMap((ledger) => ledger.events.map(({ event }) => event["type"]));
    expect(events).to.include.members([
      "DonationRefunded",
      "PayoutRecovered",
      "SurplusMoved",
      "ExpenseRecorded",
    ]);
    for (const { name, donations } of vectors.ledgers.slice(1, 4)) {
      expect(new Set(donations.map((donation) => donation["fund"])).size, name).to.be.greaterThan(0);
    }
    const nets = vectors.ledgers.flatMap(({ payouts }) => payouts.filter(({ net }) => net !== undefined));
    expect(nets.length).to.be.greaterThan(5);
  });

  it("differ from a trace that is a fen off, and from a broken ledger that can be read", () => {
    const { ledgers, broken } = vectors;
    const [example] = ledgers;
    const [first, ...rest] = example?.donations ?? [];
    if (example === undefined || first === undefined) throw new RangeError("no example");
    const lying = { ...example, donations: [{ ...first, end: "2" }, ...rest] };
    expect(runTraceVectors({ ...vectors, ledgers: [lying], broken: [] }).differ).to.deep.equal([
      "the worked example, donations",
      "the worked example, donations",
    ]);
    const harmless = broken.slice(0, 1).map((each) => ({ ...each, change: {} }));
    expect(runTraceVectors({ ...vectors, ledgers: [example], broken: harmless }).differ).to.deep.equal([
      broken[0]?.name,
    ]);
  });
});
