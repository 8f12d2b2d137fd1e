/**
 * Supplementary plans of six cities, as far as they are published: a city's deductible, what is paid, how many special
 * drugs. Cover, ages, filing deadline, the basis of the deductible and the rate for special drugs are published for
 * none of them, so they are absent, and a bill that turns on one of them is refused instead of guessed.
 */
import type { Json } from "../../json.ts";
import { readTerms } from "../read.ts";
import type { Terms } from "../types.ts";

interface Published {
  readonly rules: readonly { readonly [key: string]: Json }[];
  /** Ids of the rules that the deductible of ¥20,000 is taken from. */
  readonly reduced: readonly string[];
  readonly specialDrugs: number | "unlimited" | "none";
}

/** A supplement to basic medical insurance, which settles first. */
const cityPlan = (city: string, { rules, reduced, specialDrugs }: Published): Terms =>
  readTerms({
    kind: "terms",
    plan: `${city}-supplementary`,
    version: 1,
    currency: "CNY",
    layers: ["basicMedicalInsurance"],
    specialDrugs,
    deductibles: [{ amount: "2000000", rules: reduced }],
    rules,
  });

/** The plan has a list of special drugs; at what rate it pays them is not published. */
const specialDrugs = { id: "special-drugs", scopes: ["specialDrugs"] };

/** 90 % inside the medical-insurance list, 40 % outside; special drugs without a list limit. */
export const nanjing = cityPlan("nanjing", {
  rules: [
    { id: "inside-list", scopes: ["insideList"], rateBps: 9000 },
    { id: "outside-list", scopes: ["outsideList"], rateBps: 4000 },
    specialDrugs,
  ],
  reduced: ["inside-list", "outside-list"],
  specialDrugs: "unlimited",
});

/** Own-paid inpatient cost 60 %, with a pre-existing condition 20 %; own-paid cancer cost 70 % and 10 %. */
export const wuxi = cityPlan("wuxi", {
  rules: [
    { id: "inpatient", scopes: ["ownPaidInpatient"], rateBps: 6000, preExistingRateBps: 2000 },
    { id: "cancer", scopes: ["ownPaidCancer"], rateBps: 7000, preExistingRateBps: 1000 },
    specialDrugs,
  ],
  reduced: ["inpatient", "cancer"],
  specialDrugs: 35,
});

/** 60 % inside the list; no special drugs. */
export const xuzhou = cityPlan("xuzhou", {
  rules: [{ id: "inside-list", scopes: ["insideList"], rateBps: 6000 }],
  reduced: ["inside-list"],
  specialDrugs: "none",
});

/** 70 % inside the list. */
export const changzhou = cityPlan("changzhou", {
  rules: [{ id: "inside-list", scopes: ["insideList"], rateBps: 7000 }, specialDrugs],
  reduced: ["inside-list"],
  specialDrugs: 15,
});

/** Up to ¥1 M of own-paid, outpatient, inpatient and eligible cost; at what rate and per what is not published. */
export const suzhou = cityPlan("suzhou", {
  rules: [
    {
      id: "cost",
      scopes: ["ownPaid", "outpatient", "inpatient", "eligible"],
      cap: { amount: "100000000" },
    },
    specialDrugs,
  ],
  reduced: ["cost"],
  specialDrugs: 18,
});

/** 80 % inside the list. */
export const yancheng = cityPlan("yancheng", {
  rules: [{ id: "inside-list", scopes: ["insideList"], rateBps: 8000 }, specialDrugs],
  reduced: ["inside-list"],
  specialDrugs: 20,
});

export const jiangsuPlans: readonly Terms[] = [nanjing, wuxi, xuzhou, changzhou, suzhou, yancheng];
