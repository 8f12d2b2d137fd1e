import { expect } from "chai";
import { InvalidCells, mergeCells } from "../../../protocol/statistics/cells.ts";
import type { Cell, Merged } from "../../../protocol/statistics/cells.ts";
import { percentilesOf } from "../../../protocol/statistics/percentiles.ts";
import { Random } from "../../model/random.ts";

type Numbers = readonly number[];

/** Cells 1, 2, 3 … with so many claims each; `open` names those that are not closed. */
const cellsOf = (
  counts: readonly (number | Numbers)[],
  open: Numbers = [],
): readonly Cell<number, string>[] =>
  counts.map((count, at) => ({
    key: at + 1,
    counts: typeof count === "number" ? [count] : count,
    closed: !open.includes(at + 1),
    payload: `P${at + 1}`,
  }));

const merge = (counts: readonly (number | Numbers)[], open: Numbers = []): Merged<number, string> =>
  mergeCells(cellsOf(counts, open), (payloads) => payloads.join("+"));

/** Which cells are in which group, and which are withheld. */
const shape = ({ groups, rest }: Merged<number, string>): object => ({
  groups: groups.map(({ cells }) => cells),
  rest: rest.cells,
});

describe("cells of claims", () => {
  it("of at least 11 are published as they are, smaller ones with those that follow", () => {
    expect(shape(merge([11, 10, 1, 40, 3, 3, 5]))).to.deep.equal({
      groups: [[1], [2, 3], [4], [5, 6, 7]],
      rest: [],
    });
  });

  it("are published with their counts and the figure of all their claims", () => {
    const { groups, total } = merge([12, 4, 9]);
    expect(groups).to.deep.equal([
      { state: "published", cells: [1], counts: [12], claims: 12, figure: "P1" },
      { state: "published", cells: [2, 3], counts: [13], claims: 13, figure: "P2+P3" },
    ]);
    expect(total).to.deep.equal({
      state: "published",
      cells: [1, 2, 3],
      counts: [25],
      claims: 25,
      figure: "P1+P2+P3",
    });
  });

  it("of together fewer than 11 are withheld, with the minimum and without a count", () => {
    const nothing = { state: "withheld", minimumClaims: 11, cells: [1, 2] };
    expect(merge([6, 4])).to.deep.equal({ groups: [], rest: nothing, total: nothing });
    expect(merge([0, 0])).to.deep.equal({ groups: [], rest: nothing, total: nothing });
    expect(merge([]).total).to.deep.equal({ ...nothing, cells: [] });
  });

  it("behind the last group are not added to it: it was published without them", () => {
    const { groups, rest, total } = merge([12, 3]);
    expect(groups.map(({ claims }) => claims)).to.deep.equal([12]);
    expect(rest.cells).to.deep.equal([2]);
    expect(total).to.include({ state: "published", claims: 12 });
  });

  it("that are still open are withheld, and those behind them", () => {
    expect(shape(merge([15, 5, 20, 30], [3]))).to.deep.equal({ groups: [[1]], rest: [2, 3, 4] });
    expect(shape(merge([15, 5, 20, 30]))).to.deep.equal({ groups: [[1], [2, 3], [4]], rest: [] });
    expect(shape(merge([100], [1]))).to.deep.equal({ groups: [], rest: [1] });
  });

  it("of several kinds are merged until each kind has none or at least 11", () => {
    const decided = merge([
      [40, 0],
      [20, 3],
      [15, 8],
      [50, 1],
    ]);
    expect(decided.groups.map(({ cells, counts, claims }) => ({ cells, counts, claims }))).to.deep.equal([
      { cells: [1], counts: [40, 0], claims: 40 },
      { cells: [2, 3], counts: [35, 11], claims: 46 },
    ]);
    expect(decided.rest.cells).to.deep.equal([4]);
    expect(decided.total).to.deep.include({ counts: [75, 11], claims: 86 });
  });

  it("give the percentiles of all claims of a group, which no mean of percentiles gives", () => {
    const seconds = [
      [1, 2, 3],
      [100, 200, 300, 400, 500, 600, 700, 800],
    ];
    const cells = seconds.map((payload, key) => ({ key, counts: [payload.length], closed: true, payload }));
    const { groups } = mergeCells(cells, (payloads) => percentilesOf(payloads.flat()));
    expect(groups[0]?.figure).to.include({ count: 11, p50: 300, p90: 700, p99: 800 });
  });

  it("are withheld no longer than they must be: fewer than 11 claims of one kind are behind the last group", () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = new Random(seed);
      const counts = Array.from({ length: random.between(0, 12) }, () => random.between(0, 14));
      const { groups, rest } = merge(counts);
      const of = (keys: Numbers): number => keys.reduce((sum, key) => sum + (counts[key - 1] ?? 0), 0);
      expect(of(rest.cells), `seed ${seed}`).to.be.lessThan(11);
      for (const { cells, claims } of groups) {
        expect(claims, `seed ${seed}`).to.equal(of(cells));
        expect(of(cells.slice(0, -1)), `seed ${seed}`).to.be.lessThan(11);
      }
      const keys = counts.map((_, at) => at + 1);
      expect([...groups.flatMap(({ cells }) => cells), ...rest.cells], `seed ${seed}`).to.deep.equal(keys);
    }
  });

  it("are refused where they count other kinds than the first, no kind, or not in whole claims", () => {
    expect(() => merge([[1, 2], 3])).to.throw(InvalidCells, "cell 1: expected 2 counts, got 1");
    expect(() => merge([[]])).to.throw(InvalidCells, "cell 0: expected 1 counts, got 0");
    expect(() => merge([5, -1])).to.throw(InvalidCells, "cell 1: expected whole counts of claims, got -1");
    expect(() => merge([0.5])).to.throw(InvalidCells);
  });
});
