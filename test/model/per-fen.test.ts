/** The oracle itself, against figures that were worked out by hand. */
import { expect } from "chai";
import { readText } from "../structure/files.ts";
import { importsIn } from "../structure/imports.ts";
import { InsurersInARow } from "./fens.ts";
import { PerFenModel } from "./per-fen.ts";
import { hasEnded, recordOf } from "./periods.ts";
import { modelPartition, modelRuns } from "./places.ts";
import { modelSources } from "./sources.ts";
import type { LedgerVerb } from "./verbs.ts";
import { day, historyStart } from "./writer.ts";

const commitment = (digit: string): `0x${string}` => `0x${digit.repeat(64)}`;
const person = commitment("e");
const start = historyStart;
const end = start + 30 * day;

const opening: readonly LedgerVerb[] = [
  { verb: "openProgramme", programme: 1, kind: "insurance", currency: "CNY", region: 130_723 },
  { verb: "openProgramme", programme: 2, kind: "insurance", currency: "CNY", region: 130_726 },
  { verb: "openFund", fund: 1, currency: "CNY", claimsShareBps: 9000, restrictedTo: 0, fallbackTo: 0 },
  {
    verb: "recordBatch",
    batch: 1,
    fund: 1,
    channel: "alipay",
    day: 20_400_101,
    leaves: [1n, 999n, 10_000n].map((amount, at) => ({ amount, commitment: commitment(String(at)) })),
  },
  {
    verb: "declarePeriod",
    programme: 1,
    period: 1,
    start,
    end,
    filingDeadline: end,
    cover: 0n,
    toTheMinute: false,
  },
  { verb: "allocate", fund: 1, programme: 1, amount: 5500n },
  { verb: "allocate", fund: 1, programme: 2, amount: 5500n },
  {
    verb: "appendRoster",
    roster: 1,
    programme: 1,
    policyPeriod: 1,
    lines: [{ person, from: start, to: end }],
    premiumPerHead: 100n,
    denominator: 0,
  },
  { verb: "file", claim: 1, roster: 1, line: 0, incidentFrom: start, requested: 4000n, benefit: "cash" },
  { verb: "approve", claim: 1, amount: 4000n, remaining: 0n },
  { verb: "pay", claim: 1 },
];

/** The worked example of the money lines: A gives 1 fen, B 999, C 10,000; a claim of 4,000 is paid. */
const example = (): PerFenModel => {
  const model = new PerFenModel(start);
  for (const verb of opening) model.apply(start + 1, verb);
  return model;
};

const recoverPartly: LedgerVerb = { verb: "recover", payout: 1, amount: 1000n, returned: false, after: 0 };

const donors = (model: PerFenModel, programme: number, from: number, to: number) =>
  modelSources(model, programme, from, to).flatMap((source) => source.donors);

describe("the per-fen model", () => {
  it("shares no rule with those that it is held against", () => {
    const own = [
      "actors",
      "audit",
      "books",
      "claims",
      "fens",
      "money",
      "per-fen",
      "periods",
      "random",
      "verbs",
    ];
    const specifiers = own.flatMap((name) =>
      importsIn(readText(`test/model/${name}.ts`)).map(({ specifier }) => specifier),
    );
    const elsewhere = specifiers.filter((specifier) => !own.some((name) => specifier === `./${name}.ts`));
    expect([...new Set(elsewhere)].sort()).to.deep.equal([
      "../../protocol/amounts.ts",
      "../../protocol/donations/leaves.ts",
      "../../protocol/ids.ts",
      "../../protocol/ledger/events.ts",
    ]);
  });

  it("splits what was allocated as the promise of 90 % says, and pays a claim from the front", () => {
    const model = example();
    const reserves = model.programmes.map(({ reserve }) => reserve.places.length);
    const operations = model.programmes.map((programme) => programme.operations.places.length);
    expect([reserves, operations]).to.deep.equal([
      [4950, 4950],
      [550, 550],
    ]);
    expect(donors(model, 1, 0, 4000)).to.deep.equal([
      { index: 1, amount: 900 },
      { index: 2, amount: 3100 },
    ]);
    expect(modelPartition(model, 1, 1, 1000)).to.deep.equal({
      total: 999n,
      unallocated: 0n,
      paid: 900n,
      inReserve: 0n,
      operatingSpent: 0n,
      operatingUnspent: 99n,
    });
  });

  it("puts the front of what came back at the end of the line, and says how it came there", () => {
    const model = example();
    model.apply(start + 2, recoverPartly);
    expect(
      modelRuns(model, 1, 1, 1000).map(({ place, start: at, amount }) => [place, at, amount]),
    ).to.deep.equal([
      ["inReserve allocation 1 programme 1 hops 1 via recovery 1", 4950, 900],
      ["operatingUnspent allocation 1 programme 1 hops 0 via nothing", 1, 99],
    ]);
    expect(donors(model, 1, 4950, 5950)).to.deep.equal([
      { index: 1, amount: 900 },
      { index: 2, amount: 100 },
    ]);
    expect(model.claim(1).steps).to.deep.equal([
      "filed 4000",
      "approved 4000",
      "paid 4000",
      "recovered 1000",
    ]);
  });

  it("owes a claim again for what the bank sent back, with its old queue number", () => {
    const model = example();
    model.apply(start + 2, recoverPartly);
    model.apply(start + 3, { verb: "recover", payout: 1, amount: 3000n, returned: true, after: 0 });
    expect([model.queue(1), model.approvedOf(model.claim(1)), model.claim(1).queueNumber]).to.deep.equal([
      [1],
      3000,
      1,
    ]);
    model.apply(start + 4, { verb: "pay", claim: 1 });
    expect(model.payout(2).places.map(({ position }) => position)).to.deep.equal(
      Array.from({ length: 3000 }, (_, at) => 4000 + at),
    );
  });

  it("moves all that an ended programme has left, whole", () => {
    const model = example();
    expect(hasEnded(model, model.programme(1), end)).to.equal(false);
    expect(hasEnded(model, model.programme(1), end + 1)).to.equal(true);
    model.apply(end + 1, { verb: "move", from: 1, to: 2 });
    expect(recordOf(model, model.programme(1), 2)).to.include({ opening: 950n, movedOut: 950n, closing: 0n });
    expect(recordOf(model, model.programme(1), 2)).to.include({ operationsIn: 0n, operationsMovedOut: 550n });
    expect(recordOf(model, model.programme(2), 1)).to.include({ movedIn: 950n, operationsMovedIn: 550n });
    expect(donors(model, 2, 4950, 5900)).to.deep.equal([{ index: 2, amount: 950 }]);
  });

  it("takes the back of a gift for the foundation when it is repaid", () => {
    const model = example();
    model.apply(start + 2, { verb: "refund", batch: 1, index: 1, amount: 9n });
    model.apply(start + 3, { verb: "refund", batch: 1, index: 1, amount: 1n });
    const owners = model.fund(1).fens.slice(1, 1001);
    expect(owners.map(({ refund }) => refund).slice(-12)).to.deep.equal([0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it("lets insurers in a row bear a sum fen by fen", () => {
    const row = new InsurersInARow([5000, 3000, 2000]);
    const bearers = Array.from({ length: 10 }, () => row.bear(1).indexOf(1));
    expect(bearers).to.deep.equal([2, 0, 1, 0, 2, 0, 1, 0, 1, 0]);
    expect(row.bear(10)).to.deep.equal([5, 3, 2]);
  });

  it("counts what a person has of a cover: approved and unpaid + paid - recovered", () => {
    const model = example();
    const committed = (): number => model.committed(1, 1, model.claim(1).person);
    expect(committed()).to.equal(4000);
    model.apply(start + 2, recoverPartly);
    expect(committed()).to.equal(3000);
    model.apply(start + 3, { verb: "recover", payout: 1, amount: 3000n, returned: true, after: 0 });
    expect(committed()).to.equal(3000);
    model.apply(start + 4, { verb: "cancel", claim: 1, reason: "other" });
    expect(committed()).to.equal(0);
  });
});
