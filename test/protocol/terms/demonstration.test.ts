import { expect } from "chai";
import { formatAmount, parseAmount } from "../../../protocol/amounts.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { adjudicate } from "../../../protocol/terms/adjudicate.ts";
import {
  demonstrationAid,
  demonstrationCare,
  demonstrationCity,
  demonstrationCounty,
  demonstrationCounty2017,
  demonstrationDay,
  demonstrationPlans,
  inventedFields,
} from "../../../protocol/terms/examples/demonstration.ts";
import { demonstrationPlan } from "../../../protocol/terms/examples/demonstration-plan.ts";
import type { DemonstrationPlan } from "../../../protocol/terms/examples/demonstration-plan.ts";
import { nanjing } from "../../../protocol/terms/examples/jiangsu-plans.ts";
import { referenceLater } from "../../../protocol/terms/examples/reference-programme.ts";
import { notStated, toTheMinuteOf } from "../../../protocol/terms/period.ts";
import { billDocument, readBill } from "../../../protocol/terms/read-bill.ts";
import { termsDigest } from "../../../protocol/terms/types.ts";
import { effectSum } from "./invented.ts";

const caseOf = ({ cases }: DemonstrationPlan, name: string) => {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`there is no case ${name}`);
  return found;
};

describe("the demonstration's plans", () => {
  for (const { terms, cases, digest } of demonstrationPlans) {
    describe(`${terms.plan}, version ${terms.version}`, () => {
      it("state every field that a running plan needs", () => {
        expect(notStated(terms)).to.deep.equal([]);
        expect(terms.incident).to.not.equal(undefined);
        expect(terms.specialDrugs).to.not.equal(undefined);
        expect(digest).to.equal(termsDigest(terms));
      });

      it("are told from real ones by their name", () => expect(terms.plan).to.match(/^demonstration-/));

      for (const { name, bill, history, payable, remaining } of cases) {
        it(`pay the case ${name} as worked out by hand`, () => {
          const adjudication = adjudicate(terms, bill, history);
          expect(formatAmount(adjudication.payable)).to.equal(formatAmount(payable));
          expect(formatAmount(adjudication.remaining)).to.equal(formatAmount(remaining));
          expect(effectSum(adjudication)).to.equal(payable);
          expect(readBill(billDocument({ bill, history }, "CNY"), "CNY")).to.deep.equal({ bill, history });
        });
      }
    });
  }

  it("have what is published of the county programme, and mark the rest", () => {
    const { terms, invented } = demonstrationCounty;
    const { cover, ages, layers } = referenceLater;
    expect(terms).to.deep.include({ cover, ages, layers, version: 2 });
    expect(invented).to.deep.equal([
      "rules[0].rateBps",
      "premiumPerHead",
      "incident",
      "filingDays",
      "benefits",
      "specialDrugs",
      "deductibles",
    ]);
    expect(demonstrationCounty2017.terms).to.deep.include({ ages: { from: 20, to: 60 }, version: 1 });
  });

  it("have what is published of a city plan, and mark its bases, its drugs' rate and the rest", () => {
    const { terms, invented } = demonstrationCity;
    expect(terms.rules.slice(0, 2)).to.deep.equal(nanjing.rules.slice(0, 2));
    expect(terms.deductibles?.[0]?.amount).to.equal(parseAmount("20000"));
    expect(terms.specialDrugs).to.equal("unlimited");
    expect(invented).to.have.members([
      "cover",
      "premiumPerHead",
      "incident",
      "filingDays",
      "ages",
      "benefits",
      "deductibles[0].per",
      "deductibles[0].sharing",
      "rules[2].rateBps",
      "rules[2].cap",
    ]);
  });

  it("have three insurers of the city plan, who share the whole, and none elsewhere", () => {
    expect(demonstrationPlans.map(({ insurers }) => insurers.length)).to.deep.equal([0, 0, 3, 0, 0, 0]);
    expect(demonstrationCity.insurers.reduce((sum, { shareBps }) => sum + shareBps, 0)).to.equal(10_000);
  });

  it("have an aid programme that is granted what remains of the city plan's claims", () => {
    expect(demonstrationAid.programmeKind).to.equal("aid");
    for (const [paid, granted] of [
      ["inside-and-outside", "after-the-city-plan"],
      ["special-drugs-capped", "capped"],
    ] as const) {
      const [item] = caseOf(demonstrationAid, granted).bill.items;
      expect(item?.cost).to.equal(caseOf(demonstrationCity, paid).remaining);
    }
  });

  it("have long-term care in cash, service and device", () => {
    const kinds = new Set(demonstrationCare.cases.map(({ bill }) => bill.benefit));
    expect([...kinds]).to.deep.equal(["cash", "service", "device"]);
    expect(demonstrationCare.terms.benefits).to.deep.equal([...kinds]);
    expect(demonstrationCare.invented).to.not.include("benefits");
  });

  it("have day policies of 30 fen to the minute, with a cover of ¥800,000, as published", () => {
    const { terms, invented } = demonstrationDay;
    expect(terms).to.deep.include({ premiumPerHead: 30n, cover: 80_000_000n });
    expect(demonstrationPlans.filter((plan) => toTheMinuteOf(plan.terms))).to.deep.equal([demonstrationDay]);
    expect(invented).to.have.members([
      "filingDays",
      "ages",
      "benefits",
      "layers",
      "specialDrugs",
      "deductibles",
      "rules",
    ]);
  });

  it("are found by the digest of their terms", () => {
    expect(inventedFields(demonstrationDay.digest)).to.equal(demonstrationDay.invented);
    expect(inventedFields(termsDigest(nanjing))).to.equal(undefined);
    expect(inventedFields(bytes32(`0x${"00".repeat(32)}`))).to.equal(undefined);
  });

  it("can not invent what is published", () => {
    const plan = (published: object, invented: object) => () =>
      demonstrationPlan({
        programmeKind: "insurance",
        plan: "demonstration-none",
        published: { layers: [], rules: [{ id: "all", scopes: ["allCost"] }], ...published },
        invented: { ...invented },
        cases: () => [],
      });
    expect(plan({ cover: "100" }, { cover: "200" })).to.throw("cover is published and can not be invented");
    expect(plan({}, { rules: [{ scopes: ["inpatient"] }] })).to.throw("rules[0].scopes[0] is published");
    expect(plan({}, { rules: [{ rateBps: 1 }] })().invented).to.deep.equal(["rules[0].rateBps"]);
  });
});
