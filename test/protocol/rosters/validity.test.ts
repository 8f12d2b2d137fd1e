import { expect } from "chai";
import { dayStart } from "../../../protocol/calendar.ts";
import {
  coversDay,
  coversInstant,
  InvalidValidity,
  overlaps,
  validity,
} from "../../../protocol/rosters/validity.ts";

const noon = dayStart(20300401) + 12 * 3600;

describe("a validity", () => {
  it("insures from its first minute to the one before its end", () => {
    const day = validity(noon, noon + 24 * 3600);
    expect(coversInstant(day, noon - 60)).to.equal(false);
    expect(coversInstant(day, noon - 1)).to.equal(false);
    expect(coversInstant(day, noon)).to.equal(true);
    expect(coversInstant(day, noon + 24 * 3600 - 1)).to.equal(true);
    expect(coversInstant(day, noon + 24 * 3600)).to.equal(false);
  });

  it("covers every day that it has a minute of, in Asia/Shanghai", () => {
    const acrossMidnight = validity(noon, noon + 24 * 3600);
    const covered = [20300331, 20300401, 20300402, 20300403].map((day) => coversDay(acrossMidnight, day));
    expect(covered).to.deep.equal([false, true, true, false]);
    const untilMidnight = validity(noon, dayStart(20300402));
    expect(coversDay(untilMidnight, 20300402)).to.equal(false);
    expect(coversDay(validity(noon, dayStart(20300402) + 60), 20300402)).to.equal(true);
  });

  it("overlaps another one by a common minute, not by a common border", () => {
    const one = validity(noon, noon + 600);
    expect(overlaps(one, validity(noon + 600, noon + 660))).to.equal(false);
    expect(overlaps(one, validity(noon + 540, noon + 660))).to.equal(true);
    expect(overlaps(validity(noon - 60, noon), one)).to.equal(false);
    expect(overlaps(validity(noon - 60, noon + 6000), one)).to.equal(true);
  });

  const refused: readonly (readonly [string, number, number])[] = [
    ["a second that begins no minute", 60, 121],
    ["a part of a second", 0.5, 60],
    ["a time before 1970", -60, 60],
    ["a time past u40", 0, 2 ** 40 + 20],
    ["an end at the beginning", 120, 120],
    ["an end before the beginning", 120, 60],
    ["no number", Number.NaN, 60],
  ];
  for (const [what, from, to] of refused) {
    it(`is refused for ${what}`, () => {
      expect(() => validity(from, to)).to.throw(InvalidValidity);
    });
  }
});
