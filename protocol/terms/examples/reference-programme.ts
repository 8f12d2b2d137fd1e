/**
 * The reference programme, as far as it is published: ages, cover, and that it pays a share of what the person still
 * owes after three government layers. The share itself, a deductible and the filing deadline are not published.
 */
import { readTerms } from "../read.ts";
import type { Terms } from "../types.ts";

const version = (number: number, ageFrom: number): Terms =>
  readTerms({
    kind: "terms",
    plan: "reference-programme",
    version: number,
    currency: "CNY",
    cover: "10000000",
    ages: { from: ageFrom, to: 60 },
    layers: ["basicMedicalInsurance", "seriousIllnessInsurance", "medicalAid"],
    rules: [{ id: "remaining-cost", scopes: ["allCost"] }],
  });

/** 2017: ages 20 to 60. */
export const reference2017 = version(1, 20);

/** After 2017: ages 18 to 60. */
export const referenceLater = version(2, 18);

export const referenceProgramme: readonly Terms[] = [reference2017, referenceLater];
