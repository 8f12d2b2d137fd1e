/**
 * Five programmes that a demonstration can run, one of each kind that the field has: a county programme, a city plan of
 * three insurers, the aid programme that follows it, long-term care, and day policies. Every field that a running plan
 * needs is stated. Whatever is published nowhere is invented for the demonstration and listed in `invented`.
 */
import type { Bytes32 } from "../../ids.ts";
import { termsDocument } from "../types.ts";
import type { Terms } from "../types.ts";
import { demonstrationPlan, usedBefore, workedCase } from "./demonstration-plan.ts";
import type { DemonstrationPlan } from "./demonstration-plan.ts";
import { nanjing } from "./jiangsu-plans.ts";
import { reference2017, referenceLater } from "./reference-programme.ts";

/** Published: ages, cover, the three layers, and that a share of the rest is paid. Invented: the share and the rest. */
const county = (published: Terms): DemonstrationPlan =>
  demonstrationPlan({
    programmeKind: "insurance",
    plan: "demonstration-county",
    version: published.version,
    published: termsDocument(published),
    invented: {
      premiumPerHead: "3333",
      incident: "day",
      filingDays: 180,
      benefits: ["cash"],
      specialDrugs: "none",
      deductibles: [],
      rules: [{ rateBps: 7777 }],
    },
    cases: (terms) => [
      // 80,000 − 40,000 − 15,000 − 5,000 = 20,000; × 0.7777 = 15,554
      workedCase(terms, "after-three-layers", {
        items: [["allCost", "80000", ["40000", "15000", "5000"]]],
        payable: "15554",
        remaining: "4446",
      }),
      // 1,000.01 − 700 = 300.01; × 0.7777 = 233.317777, rounded down
      workedCase(terms, "rounded-down", {
        items: [["allCost", "1000.01", ["700"]]],
        payable: "233.31",
        remaining: "66.70",
      }),
      // 260,000 − 120,000 = 140,000; × 0.7777 = 108,878, above the cover of 100,000
      workedCase(terms, "cover-binds", {
        items: [["allCost", "260000", ["60000", "40000", "20000"]]],
        payable: "100000",
        remaining: "40000",
      }),
      // 20,000 × 0.7777 = 15,554; 95,000 of the cover are used, 5,000 are left
      workedCase(terms, "second-claim", {
        items: [["allCost", "20000"]],
        history: usedBefore("95000", ["remaining-cost", "0", "95000"]),
        payable: "5000",
        remaining: "15000",
      }),
    ],
  });

/** Ages 20 to 60, as in 2017. */
export const demonstrationCounty2017 = county(reference2017);
/** Ages 18 to 60, as after 2017. */
export const demonstrationCounty = county(referenceLater);

/** Published, of Nanjing: rates, the deductible, special drugs without a list limit. Invented: the rest. */
export const demonstrationCity = demonstrationPlan({
  programmeKind: "insurance",
  plan: "demonstration-city",
  published: termsDocument(nanjing),
  invented: {
    cover: "111111100",
    premiumPerHead: "11100",
    incident: "day",
    filingDays: 90,
    ages: "any",
    benefits: ["cash"],
    deductibles: [{ per: "period", sharing: "shared" }],
    rules: [{}, {}, { rateBps: 6666, cap: { amount: "22222200", per: "period" } }],
  },
  insurers: [
    { name: { zh: "虚构保险公司甲（演示）", en: "Invented Insurer A (demonstration)" }, shareBps: 5_000 },
    { name: { zh: "虚构保险公司乙（演示）", en: "Invented Insurer B (demonstration)" }, shareBps: 3_333 },
    { name: { zh: "虚构保险公司丙（演示）", en: "Invented Insurer C (demonstration)" }, shareBps: 1_667 },
  ],
  cases: (terms) => [
    // inside: 120,000 − 60,000 − 20,000 = 40,000 × 0.9 = 36,000; outside, deductible used up: 10,000 × 0.4 = 4,000
    workedCase(terms, "inside-and-outside", {
      items: [
        ["insideList", "120000", ["60000"]],
        ["outsideList", "10000"],
      ],
      payable: "40000",
      remaining: "30000",
    }),
    // the same person later: 20,000 of the deductible are used: 8,000.07 × 0.9 = 7,200.063
    workedCase(terms, "second-claim", {
      items: [["insideList", "8000.07"]],
      history: usedBefore("40000", ["inside-list", "20000", "36000"], ["outside-list", "0", "4000"]),
      payable: "7200.06",
      remaining: "800.01",
    }),
    // 400,000 × 0.6666 = 266,640, above the cap of 222,222
    workedCase(terms, "special-drugs-capped", {
      items: [["specialDrugs", "400000"]],
      payable: "222222",
      remaining: "177778",
    }),
    // no service is paid
    workedCase(terms, "service-not-paid", {
      benefit: "service",
      items: [["insideList", "50000"]],
      payable: "0",
      remaining: "50000",
    }),
  ],
});

/** Published: that a grant follows a paid insurance claim and helps with what remains. Invented: every figure. */
export const demonstrationAid = demonstrationPlan({
  programmeKind: "aid",
  plan: "demonstration-aid",
  published: { rules: [{ id: "remaining-cost", scopes: ["allCost"] }] },
  invented: {
    cover: "3333300",
    premiumPerHead: "0",
    incident: "day",
    filingDays: 180,
    ages: "any",
    benefits: ["cash"],
    layers: [],
    specialDrugs: "none",
    deductibles: [{ amount: "500000", per: "claim", sharing: "own", rules: ["remaining-cost"] }],
    rules: [{ rateBps: 5555, cap: { amount: "2222200", per: "claim" } }],
  },
  cases: (terms) => [
    // what remains of the city's first case: 30,000 − 5,000 = 25,000; × 0.5555 = 13,887.50
    workedCase(terms, "after-the-city-plan", {
      items: [["allCost", "30000"]],
      payable: "13887.50",
      remaining: "16112.50",
    }),
    // what remains of its third: 177,778 − 5,000 = 172,778 × 0.5555 = 95,978.179, above the cap of 22,222
    workedCase(terms, "capped", { items: [["allCost", "177778"]], payable: "22222", remaining: "155556" }),
    // 4,999.99 do not pass the deductible
    workedCase(terms, "below-the-deductible", {
      items: [["allCost", "4999.99"]],
      payable: "0",
      remaining: "4999.99",
    }),
    // 22,222 were granted before, 11,111 of the cover of 33,333 are left
    workedCase(terms, "second-grant", {
      items: [["allCost", "100000"]],
      history: usedBefore("22222", ["remaining-cost", "5000", "22222"]),
      payable: "11111",
      remaining: "88889",
    }),
  ],
});

/** Published, of Nantong: benefits in cash (¥200 and more a month), home visits, rented devices. Invented: every figure. */
export const demonstrationCare = demonstrationPlan({
  programmeKind: "insurance",
  plan: "demonstration-care",
  published: {
    benefits: ["cash", "service", "device"],
    rules: [
      { id: "allowance", scopes: ["careAllowance"] },
      { id: "home-visits", scopes: ["careVisits"] },
      { id: "devices", scopes: ["careDevices"] },
    ],
  },
  invented: {
    cover: "1111100",
    premiumPerHead: "9900",
    incident: "day",
    filingDays: 60,
    ages: "any",
    layers: [],
    specialDrugs: "none",
    deductibles: [],
    rules: [
      { rateBps: 10_000, cap: { amount: "22200", per: "claim" } },
      { rateBps: 7777 },
      { rateBps: 8888, cap: { amount: "333300", per: "period" } },
    ],
  },
  cases: (terms) => [
    // a month's allowance, paid whole up to 222
    workedCase(terms, "a-month-in-cash", {
      items: [["careAllowance", "200"]],
      payable: "200",
      remaining: "0",
    }),
    workedCase(terms, "allowance-capped", {
      items: [["careAllowance", "300"]],
      payable: "222",
      remaining: "78",
    }),
    // 6 visits of 88.88 = 533.28; × 0.7777 = 414.731856
    workedCase(terms, "home-visits", {
      benefit: "service",
      items: [["careVisits", "533.28"]],
      payable: "414.73",
      remaining: "118.55",
    }),
    // 4,000 × 0.8888 = 3,555.20; the cap of 3,333 has 1,000 left
    workedCase(terms, "device-capped", {
      benefit: "device",
      items: [["careDevices", "4000"]],
      history: usedBefore("2333", ["devices", "0", "2333"]),
      payable: "1000",
      remaining: "3000",
    }),
  ],
});

/** Published: a premium of ¥0.30, cover of ¥800,000, valid for 24 hours from the check-in. Invented: the rest. */
export const demonstrationDay = demonstrationPlan({
  programmeKind: "insurance",
  plan: "demonstration-day",
  published: { cover: "80000000", premiumPerHead: "30", incident: "minute" },
  invented: {
    filingDays: 30,
    ages: { from: 16, to: 66 },
    benefits: ["cash"],
    layers: ["basicMedicalInsurance"],
    specialDrugs: "none",
    deductibles: [{ amount: "11100", per: "claim", sharing: "own", rules: ["accident"] }],
    rules: [{ id: "accident", scopes: ["allCost"], rateBps: 9999 }],
  },
  cases: (terms) => [
    // 5,000 − 2,000 − 111 = 2,889; × 0.9999 = 2,888.7111
    workedCase(terms, "an-accident-at-work", {
      items: [["allCost", "5000", ["2000"]]],
      payable: "2888.71",
      remaining: "111.29",
    }),
    // an employer paid 2,950 of the 3,000 that are left: 50 are owed
    workedCase(terms, "paid-by-others", {
      items: [["allCost", "5000", ["2000"]]],
      paidByOthers: "2950",
      payable: "50",
      remaining: "0",
    }),
    // 900,000 − 111 = 899,889 × 0.9999 = 899,799.0111, above the cover of 800,000
    workedCase(terms, "cover-binds", {
      items: [["allCost", "900000"]],
      payable: "800000",
      remaining: "100000",
    }),
  ],
});

export const demonstrationPlans: readonly DemonstrationPlan[] = [
  demonstrationCounty2017,
  demonstrationCounty,
  demonstrationCity,
  demonstrationAid,
  demonstrationCare,
  demonstrationDay,
];

/** The invented fields of the terms of this digest; undefined where they are no demonstration's. */
export const inventedFields = (digest: Bytes32): readonly string[] | undefined =>
  demonstrationPlans.find((plan) => plan.digest === digest)?.invented;
