import { expect } from "chai";
import {
  InvalidDay,
  InvalidMoment,
  dayEnd,
  dayOf,
  dayStart,
  formatDay,
  formatInstant,
  parseDay,
  parseOccurredAt,
} from "../../protocol/calendar.ts";

describe("days of Asia/Shanghai", () => {
  it("begin at 16:00 UTC of the day before", () => {
    expect(dayStart(20_191_130)).to.equal(Date.UTC(2019, 10, 29, 16) / 1000);
    expect(dayOf(Date.UTC(2019, 10, 29, 16) / 1000)).to.equal(20_191_130);
    expect(dayOf(Date.UTC(2019, 10, 29, 16) / 1000 - 1)).to.equal(20_191_129);
    expect(dayEnd(20_191_231)).to.equal(dayStart(20_200_101));
    expect(dayStart(19_700_101)).to.equal(-8 * 3600);
  });

  it("are read in both notations, real days only", () => {
    expect(parseDay("2020-02-29")).to.equal(20_200_229);
    expect(parseDay("20200229")).to.equal(20_200_229);
    for (const text of [
      "2019-02-29",
      "2019-13-01",
      "2019-00-10",
      "2019-04-31",
      "19691231",
      "2019-1-1",
      "today",
      "",
    ]) {
      expect(() => parseDay(text), text).to.throw(InvalidDay);
    }
    expect(() => dayStart(20_190_231)).to.throw(InvalidDay);
    expect(() => dayStart(2019.5)).to.throw(InvalidDay);
  });

  it("are shown as they are read", () => {
    expect(formatDay(20_200_229)).to.equal("2020-02-29");
    expect(() => formatDay(20_190_229)).to.throw(InvalidDay);
  });
});

describe("moments", () => {
  it("are shown with the offset of Shanghai", () => {
    expect(formatInstant(0)).to.equal("1970-01-01T08:00:00+08:00");
    expect(() => formatInstant(0.5)).to.throw(InvalidMoment);
    expect(() => formatInstant(Number.NaN)).to.throw(InvalidMoment);
    expect(() => formatInstant(1e15)).to.throw(InvalidMoment);
  });

  it("of a donation are to the second, or a day", () => {
    const moment = parseOccurredAt("2019-11-30T08:15:00+08:00");
    expect(moment).to.deep.equal({
      precision: "second",
      instant: Date.UTC(2019, 10, 30, 0, 15) / 1000,
      day: 20_191_130,
      text: "2019-11-30T08:15:00+08:00",
    });
    if (moment.precision === "second") expect(formatInstant(moment.instant)).to.equal(moment.text);
    expect(parseOccurredAt("2019-11-30")).to.deep.equal({
      precision: "day",
      day: 20_191_130,
      text: "2019-11-30",
    });
  });

  it("are refused in any other form", () => {
    for (const text of [
      "2019-11-30T08:15:00Z",
      "2019-11-30T08:15:00+09:00",
      "2019-11-30 08:15:00",
      "2019-11-30T08:15:00.5+08:00",
      "2019-11-30T24:00:00+08:00",
      "2019-11-30T08:60:00+08:00",
      "2019-11-30T08:15:60+08:00",
      "20191130",
      "",
    ]) {
      expect(() => parseOccurredAt(text), text).to.throw(InvalidMoment);
    }
    expect(() => parseOccurredAt("2019-02-30T08:15:00+08:00")).to.throw(InvalidDay);
    expect(() => parseOccurredAt("2019-02-30")).to.throw(InvalidDay);
  });
});
