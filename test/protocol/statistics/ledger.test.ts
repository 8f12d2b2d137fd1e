import { expect } from "chai";
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import { InvalidCells } from "../../../protocol/statistics/cells.ts";
import type { Published, Statistic } from "../../../protocol/statistics/cells.ts";
import { mergeLedger } from "../../../protocol/statistics/ledger.ts";
import type { LedgerStatistics, ProgrammeCells } from "../../../protocol/statistics/ledger.ts";
import { Random } from "../../model/random.ts";
import { GrowingLedger } from "./growing.ts";
import type { CountedClaim } from "./growing.ts";

type Claims = readonly CountedClaim[];
type Figure = Published<unknown, Claims>;

const figuresOf = (statistics: readonly Statistic<unknown, Claims>[]): readonly Figure[] =>
  statistics.filter((statistic) => statistic.state === "published");

const groupsOf = ({ programmes, rests }: LedgerStatistics<Claims>): readonly Figure[] => [
  ...programmes.flatMap(({ merged }) => merged.groups),
  ...rests.groups,
];

const totalsOf = ({ programmes, rests, total }: LedgerStatistics<Claims>): readonly Figure[] =>
  figuresOf([...programmes.map(({ merged }) => merged.total), rests.total, total]);

const setOf = ({ figure }: Figure): ReadonlySet<number> => new Set(figure.map(({ number }) => number));
const isInside = (smaller: ReadonlySet<number>, larger: ReadonlySet<number> | undefined): boolean =>
  larger !== undefined && smaller.size <= larger.size && [...smaller].every((number) => larger.has(number));
const nameOf = (figure: Figure): string => [...setOf(figure)].sort((one, other) => one - other).join(",");

/** Every figure that was published at some moment of a growing ledger, each once; `groups` of them as such. */
const publishedOver = (
  ledger: GrowingLedger,
  order: (ledger: GrowingLedger) => readonly ProgrammeCells<Claims>[],
): { readonly groups: readonly Figure[]; readonly totals: readonly Figure[] } => {
  const groups = new Map<string, Figure>();
  const totals = new Map<string, Figure>();
  for (let moment = 0; moment < 120; moment += 1) {
    ledger.step();
    const statistics = mergeLedger(order(ledger), (payloads) => payloads.flat());
    for (const group of groupsOf(statistics)) groups.set(nameOf(group), group);
    for (const total of totalsOf(statistics)) totals.set(nameOf(total), total);
  }
  return { groups: [...groups.values()], totals: [...totals.values()] };
};

const countsOfKinds = (claims: Claims, kinds: number): readonly number[] =>
  Array.from({ length: kinds }, (_, kind) => claims.filter((claim) => claim.kind === kind).length);

const isSafe = (count: number): boolean => count === 0 || count >= 11;

const orders = {
  "in id order": (ledger: GrowingLedger) => ledger.inIdOrder(),
  "in the order of ending": (ledger: GrowingLedger) => ledger.inOrderOfEnding(),
};

const eachLedger = (
  check: (published: ReturnType<typeof publishedOver>, kinds: number, place: string) => void,
): void => {
  for (const [name, order] of Object.entries(orders)) {
    for (let seed = 0; seed < 60; seed += 1) {
      const kinds = 1 + (seed % 3);
      check(publishedOver(new GrowingLedger(new Random(seed), kinds), order), kinds, `${name}, seed ${seed}`);
    }
  }
};

describe("what is ever published of a growing ledger", () => {
  it("has in every figure, and in every difference of two of which one contains the other, 0 or at least 11 claims of each kind", () => {
    let differences = 0;
    eachLedger(({ groups, totals }, kinds, place) => {
      const figures = [...groups, ...totals];
      const sets = figures.map(setOf);
      for (const [at, larger] of figures.entries()) {
        expect(larger.counts, place).to.deep.equal(countsOfKinds(larger.figure, kinds));
        expect(larger.claims, place).to.be.at.least(11);
        expect(larger.counts.every(isSafe), place).to.equal(true);
        for (const smaller of sets) {
          if (!isInside(smaller, sets[at])) continue;
          differences += 1;
          const between = larger.figure.filter(({ number }) => !smaller.has(number));
          expect(countsOfKinds(between, kinds).every(isSafe), place).to.equal(true);
        }
      }
    });
    expect(differences).to.be.greaterThan(10_000);
  });

  it("is made of groups that share no claim and never change, so that no other sum tells more", () => {
    eachLedger(({ groups, totals }, _kinds, place) => {
      const groupOf = new Map<number, Figure>();
      for (const group of groups) {
        for (const number of setOf(group)) {
          expect(groupOf.has(number), `${place}: claim ${number} is in two groups`).to.equal(false);
          groupOf.set(number, group);
        }
      }
      for (const total of totals) {
        const parts = new Set(total.figure.map(({ number }) => groupOf.get(number)));
        const claims = [...parts].reduce((sum, group) => sum + (group?.claims ?? 0), 0);
        expect(claims, place).to.equal(total.claims);
      }
    });
  });
});

/** Programmes 1, 2, 3 … with so many claims in each period. */
const programmes = (
  ...given: readonly { readonly periods: readonly number[]; readonly ended?: boolean }[]
): readonly ProgrammeCells<string>[] =>
  given.map(({ periods, ended = true }, at) => ({
    programme: programmeId(at + 1),
    periods: periods.map((count, period) => ({
      key: periodNumber(period + 1),
      counts: [count],
      closed: true,
      payload: `${at + 1}.${period + 1}`,
    })),
    ended,
  }));

const joined = (payloads: readonly string[]): string => payloads.join(" ");

describe("the statistics of the ledger beside those of its programmes", () => {
  it("leave out what a programme withholds, where others do not withhold enough beside it", () => {
    const {
      programmes: each,
      rests,
      total,
    } = mergeLedger(programmes({ periods: [40] }, { periods: [6] }, { periods: [20, 4] }), joined);
    expect(each.map(({ merged }) => merged.total.state)).to.deep.equal([
      "published",
      "withheld",
      "published",
    ]);
    expect(total).to.deep.include({ state: "published", claims: 60, figure: "1.1 3.1" });
    expect(rests.total).to.deep.equal({
      state: "withheld",
      minimumClaims: 11,
      cells: [
        { programme: 2, periods: [1] },
        { programme: 3, periods: [2] },
      ],
    });
  });

  it("contain what programmes withhold once that is together at least 11 claims", () => {
    const { rests, total } = mergeLedger(
      programmes({ periods: [40] }, { periods: [3, 3] }, { periods: [20, 5] }),
      joined,
    );
    expect(rests.groups).to.deep.equal([
      {
        state: "published",
        cells: [
          { programme: 2, periods: [1, 2] },
          { programme: 3, periods: [2] },
        ],
        counts: [11],
        claims: 11,
        figure: "2.1 2.2 3.2",
      },
    ]);
    expect(total).to.deep.include({ claims: 71, figure: "1.1 3.1 2.1 2.2 3.2" });
  });

  it("wait for programmes to end: what still runs may publish its rest with its next period", () => {
    const running = mergeLedger(programmes({ periods: [9], ended: false }, { periods: [8] }), joined);
    expect(running.rests.groups).to.deep.equal([]);
    expect(running.total.state).to.equal("withheld");
    const ended = mergeLedger(programmes({ periods: [9] }, { periods: [8] }), joined);
    expect(ended.total).to.deep.include({ claims: 17 });
  });

  it("name what is withheld where nothing can be published", () => {
    expect(mergeLedger(programmes({ periods: [2] }, { periods: [3] }), joined).total).to.deep.equal({
      state: "withheld",
      minimumClaims: 11,
      cells: [
        { programme: 1, period: 1 },
        { programme: 2, period: 1 },
      ],
    });
  });

  it("are refused where a programme has ended with an open period, or programmes count other kinds", () => {
    const [first] = programmes({ periods: [5, 6] });
    if (first === undefined) throw new RangeError("there is a programme");
    const open = first.periods.map((cell) => ({ ...cell, closed: cell.key === 1 }));
    expect(() => mergeLedger([{ ...first, periods: open }], joined)).to.throw(
      InvalidCells,
      "cell 1: is open",
    );
    const others = first.periods.map((cell) => ({ ...cell, counts: [1, 2] }));
    expect(() => mergeLedger([first, { ...first, periods: others }], joined)).to.throw(InvalidCells);
  });
});
