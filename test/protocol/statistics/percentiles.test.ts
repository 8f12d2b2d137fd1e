import { expect } from "chai";
import { InvalidTimes, percentilesOf, settlementTimes } from "../../../protocol/statistics/percentiles.ts";
import { Random } from "../../model/random.ts";

const oneTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

describe("settlement times", () => {
  it("are nearest-rank percentiles: times that claims really took", () => {
    const expected = (count: number, p50: number, p90: number, p99: number): object => ({
      state: "data",
      count,
      p50,
      p90,
      p99,
    });
    expect(percentilesOf([7])).to.deep.equal(expected(1, 7, 7, 7));
    expect(percentilesOf(oneTo(11))).to.deep.equal(expected(11, 6, 10, 11));
    expect(percentilesOf(oneTo(100))).to.deep.equal(expected(100, 50, 90, 99));
    expect(percentilesOf(oneTo(101))).to.deep.equal(expected(101, 51, 91, 100));
    expect(percentilesOf(oneTo(1000))).to.deep.equal(expected(1000, 500, 900, 990));
    expect(percentilesOf([9, 10, 100, 1])).to.deep.equal(expected(4, 9, 100, 100));
  });

  it("are the smallest times that at least so many percent of the claims did not exceed", () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const random = new Random(seed);
      const seconds = Array.from({ length: random.between(1, 300) }, () => random.between(0, 200));
      const found = percentilesOf(seconds);
      if (found.state === "noData") throw new RangeError("there are times");
      for (const [percent, value] of [
        [50, found.p50] as const,
        [90, found.p90] as const,
        [99, found.p99] as const,
      ]) {
        const notAbove = seconds.filter((time) => time <= value).length;
        const below = seconds.filter((time) => time < value).length;
        expect(notAbove * 100 >= percent * seconds.length, `seed ${seed}`).to.equal(true);
        expect(below * 100 < percent * seconds.length, `seed ${seed}`).to.equal(true);
        expect(seconds, `seed ${seed}`).to.include(value);
      }
    }
  });

  it("do not depend on the order of the claims, and leave it alone", () => {
    const seconds = [5, 1, 4];
    expect(percentilesOf(seconds)).to.deep.equal(percentilesOf([1, 4, 5]));
    expect(seconds).to.deep.equal([5, 1, 4]);
  });

  it("of no claim are no data, not 0", () => {
    const noData = { state: "noData" };
    expect(settlementTimes([])).to.deep.equal({
      filedToApproved: noData,
      approvedToPaid: noData,
      filedToPaid: noData,
    });
  });

  it("run from filing to approval, from approval to payment, and from filing to payment", () => {
    const { filedToApproved, approvedToPaid, filedToPaid } = settlementTimes([
      { filedAt: 1000, approvedAt: 1010, paidAt: 1300 },
      { filedAt: 2000, approvedAt: 2200, paidAt: 2220 },
      { filedAt: 3000, approvedAt: 3030, paidAt: 3030 },
    ]);
    expect(filedToApproved).to.include({ count: 3, p50: 30, p99: 200 });
    expect(approvedToPaid).to.include({ count: 3, p50: 20, p99: 290 });
    expect(filedToPaid).to.include({ count: 3, p50: 220, p99: 300 });
  });

  it("are refused for a claim that is approved before it is filed, or paid before it is approved", () => {
    expect(() => settlementTimes([{ filedAt: 2, approvedAt: 1, paidAt: 3 }])).to.throw(InvalidTimes);
    expect(() => settlementTimes([{ filedAt: 1, approvedAt: 3, paidAt: 2 }])).to.throw(InvalidTimes);
  });
});
