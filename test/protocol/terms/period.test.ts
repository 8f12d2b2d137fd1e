import { expect } from "chai";
import { dayEnd, dayStart, formatInstant } from "../../../protocol/calendar.ts";
import { nanjing, suzhou } from "../../../protocol/terms/examples/jiangsu-plans.ts";
import { reference2017, referenceLater } from "../../../protocol/terms/examples/reference-programme.ts";
import {
  admitsAge,
  coverOnChain,
  filingDeadlineOf,
  notStated,
  toTheMinuteOf,
} from "../../../protocol/terms/period.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import { inventedDocument } from "./invented.ts";

const invented = readTerms(inventedDocument);

describe("a period's terms", () => {
  it("put the filing deadline so many days after its end", () => {
    const end = dayEnd(20300331);
    const deadline = filingDeadlineOf(invented, end);
    // 90 days after 1 April 00:00: 29 more in April, 31 in May, 30 in June.
    expect(deadline).to.equal(dayStart(20300630));
    expect(formatInstant(deadline ?? 0)).to.equal("2030-06-30T00:00:00+08:00");
    expect(filingDeadlineOf(nanjing, end)).to.equal(undefined);
  });

  it("give the chain its cover, with 0 for a stated absence of a limit only", () => {
    expect(coverOnChain(invented)).to.equal(20_000_000n);
    expect(coverOnChain({ ...invented, cover: "none" })).to.equal(0n);
    expect(coverOnChain(nanjing)).to.equal(undefined);
  });

  it("take incidents to the minute only where they say so", () => {
    expect(toTheMinuteOf({ ...invented, incident: "minute" })).to.equal(true);
    expect(toTheMinuteOf({ ...invented, incident: "day" })).to.equal(false);
    expect(toTheMinuteOf(nanjing)).to.equal(false);
  });

  it("admit the ages of their own version", () => {
    const at = (years: number): readonly unknown[] =>
      [reference2017, referenceLater].map((terms) => admitsAge(terms, years));
    expect(at(17)).to.deep.equal([false, false]);
    expect(at(18)).to.deep.equal([false, true]);
    expect(at(20)).to.deep.equal([true, true]);
    expect(at(60)).to.deep.equal([true, true]);
    expect(at(61)).to.deep.equal([false, false]);
    expect(admitsAge({ ...invented, ages: { from: 60, to: undefined } }, 99)).to.equal(true);
    expect(admitsAge({ ...invented, ages: "any" }, 99)).to.equal(true);
    expect(admitsAge(nanjing, 40)).to.equal(undefined);
  });

  it("say what is not published", () => {
    expect(notStated(invented)).to.deep.equal([]);
    expect(notStated(referenceLater)).to.deep.equal([
      "premiumPerHead",
      "filingDays",
      "benefits",
      "deductibles",
      "rules[0].rateBps",
    ]);
    const ofEveryCity = ["cover", "premiumPerHead", "filingDays", "ages", "benefits", "deductibles[0].per"];
    expect(notStated(nanjing)).to.deep.equal([...ofEveryCity, "deductibles[0].sharing", "rules[2].rateBps"]);
    expect(notStated(suzhou)).to.deep.equal([
      ...ofEveryCity,
      "rules[0].rateBps",
      "rules[0].cap.per",
      "rules[1].rateBps",
    ]);
  });
});
