/**
 * The six counties of the demonstration. Published are, of Kangbao, how many people and person-times were insured,
 * what was allocated, how many claims were paid and what they came to, and the amount of one of them; of the five
 * others, how many people were insured in all of them together. Everything else here is invented.
 */
import type { Bilingual } from "../../../protocol/ports/views.ts";

export interface County {
  /** GB/T 2260. */
  readonly region: number;
  readonly name: Bilingual;
  /** Its part of what an allocation round gives to counties other than Kangbao. */
  readonly weight: number;
}

/** Programme n is that of the n-th county. */
export const counties = [
  { region: 130723, name: { zh: "康保县", en: "Kangbao County" }, weight: 0 },
  { region: 130726, name: { zh: "蔚县", en: "Yuxian County" }, weight: 30 },
  { region: 130732, name: { zh: "赤城县", en: "Chicheng County" }, weight: 20 },
  { region: 130724, name: { zh: "沽源县", en: "Guyuan County" }, weight: 20 },
  { region: 130725, name: { zh: "尚义县", en: "Shangyi County" }, weight: 16 },
  { region: 130727, name: { zh: "阳原县", en: "Yangyuan County" }, weight: 14 },
] as const satisfies readonly County[];

/** Programme ids by county, in the order above. */
export const kangbao = 1;
export const yuxian = 2;
export const chicheng = 3;
export const guyuan = 4;
export const shangyi = 5;
export const yangyuan = 6;
/** The aid programme that follows the claims of all six. */
export const aid = 7;

/** Published for Kangbao as of November 2019, amounts in fen; and the people insured in the five other counties. */
export const published = {
  insured: 29_421,
  personTimes: 56_909,
  insuredElsewhere: 171_405,
  allocatedFen: 268_560_000,
  claims: 210,
  paidFen: 167_700_000,
  oneClaimFen: 3_307_500,
} as const;
