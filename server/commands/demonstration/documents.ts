/** The published documents of the demonstration: names in both languages, terms of each policy year. */
import { fen } from "../../../protocol/amounts.ts";
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import type {
  DeclarePeriodRequest,
  OpenFundRequest,
  OpenProgrammeRequest,
} from "../../../protocol/ports/desk.ts";
import { chicheng, kangbao, type County } from "./counties.ts";
import { claimsShareBps } from "./tally.ts";
import { periods } from "./timetable.ts";

/** Cover of one person in one policy year. */
const coverFen = 10_000_000;

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

const years = ["2018", "2019"] as const;

/** Periods of one programme, in order. */
export const periodsOf = (programme: number): readonly DeclarePeriodRequest[] =>
  periods.map((period, index) => ({
    programme: programmeId(programme),
    period: periodNumber(index + 1),
    ...period,
    cover: fen(coverFen),
    terms: {
      version: `demonstration-${years[index] ?? ""}`,
      ageFrom: 18,
      ageTo: 60,
      coverFen,
      share: "part of what remains after basic medical insurance, serious-illness insurance and medical aid",
      shareChinese: "基本医疗保险、大病保险、医疗救助三重报销后个人仍需负担部分的一定比例",
    },
  }));
