/** The published documents of the demonstration: names in both languages, terms of each policy year, insurers. */
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import type {
  DeclareInsurersRequest,
  DeclarePeriodRequest,
  OpenFundRequest,
  OpenProgrammeRequest,
} from "../../../protocol/ports/desk.ts";
import {
  demonstrationAid,
  demonstrationCounty,
  demonstrationCounty2017,
} from "../../../protocol/terms/examples/demonstration.ts";
import type { Terms } from "../../../protocol/terms/types.ts";
import { aid, chicheng, guyuan, kangbao, type County } from "./counties.ts";
import { claimsShareBps } from "./tally.ts";
import { periods } from "./timetable.ts";

export const programmeOf = ({ name, region }: County): OpenProgrammeRequest => ({
  name: {
    zh: `${name.zh}健康公益保险（演示）`,
    en: `${name.en} public-welfare health insurance (demonstration)`,
  },
  kind: "insurance",
  currency: "CNY",
  region,
});

export const generalFundRequest: OpenFundRequest = {
  name: {
    zh: "健康公益保险基金（演示）",
    en: "Public-welfare health insurance fund (demonstration)",
  },
  currency: "CNY",
  claimsShareBps,
};

export const appealFundRequest: OpenFundRequest = {
  name: {
    zh: "赤城县理赔缺口追加筹款（演示）",
    en: "Appeal for the shortfall in Chicheng County (demonstration)",
  },
  currency: "CNY",
  claimsShareBps,
  restrictedTo: programmeId(chicheng),
  fallbackTo: programmeId(kangbao),
};

/** Of the n-th policy year: ages changed after the first, so each has its own version. */
export const termsOf = (year: number): Terms =>
  (year === 1 ? demonstrationCounty2017 : demonstrationCounty).terms;

/** Periods of one programme, in order. The last follows the demonstration, so that its clock runs on into it. */
export const periodsOf = (programme: number): readonly DeclarePeriodRequest[] =>
  periods.map((period, index) => ({
    programme: programmeId(programme),
    period: periodNumber(index + 1),
    ...period,
    terms: termsOf(index + 1),
  }));

/** Two insurers bear the second year of Guyuan together. */
export const insurersRequest: DeclareInsurersRequest = {
  programme: programmeId(guyuan),
  policyPeriod: periodNumber(2),
  insurers: [
    { name: { zh: "虚构保险公司甲（演示）", en: "Invented Insurer A (demonstration)" }, shareBps: 6_667 },
    { name: { zh: "虚构保险公司乙（演示）", en: "Invented Insurer B (demonstration)" }, shareBps: 3_333 },
  ],
};

export const aidProgrammeRequest: OpenProgrammeRequest = {
  name: { zh: "张家口大病救助（演示）", en: "Zhangjiakou serious-illness aid (demonstration)" },
  kind: "aid",
  currency: "CNY",
  // Zhangjiakou, the city that the six counties belong to.
  region: 130_700,
};

/** Aid begins with the second year of the counties, and goes on into the year after. */
export const aidPeriods: readonly DeclarePeriodRequest[] = periods.slice(1).map((period, index) => ({
  programme: programmeId(aid),
  period: periodNumber(index + 1),
  ...period,
  terms: demonstrationAid.terms,
}));
