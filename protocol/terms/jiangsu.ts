/**
 * Published results of the six city plans. Only raw figures are written down; every derived figure is computed from
 * them, and where a mean was printed too it stands beside the computed one. Where nothing is published, the state is
 * "no data": it is shown as that and never as 0.
 */
import { fen, parseAmount } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import { changzhou, nanjing, suzhou, wuxi, xuzhou, yancheng } from "./examples/jiangsu-plans.ts";
import type { Terms } from "./types.ts";

const noData = { state: "noData" } as const;

/** Ids of the insurers that the table names; a page puts them in words. */
export const jiangsuInsurers = [
  "chinaLife",
  "picc",
  "lianLife",
  "pingAnAnnuity",
  "cpic",
  "soochowLife",
] as const;
export type JiangsuInsurer = (typeof jiangsuInsurers)[number];

export interface Results {
  readonly state: "data";
  /** People, not person-times. */
  readonly insured: number;
  readonly claims: number;
  readonly paid: Fen;
  /** Paid a claim, to the nearest yuan: computed from `paid` and `claims`. */
  readonly meanYuan: bigint;
  /** The mean as its source printed it. */
  readonly printedMeanYuan: bigint;
  /** Computed less printed; not 0 where the two differ, which a page marks. */
  readonly differenceYuan: bigint;
  /** Paid a claim, cut off after the fen: what the mean is rounded from. */
  readonly meanFen: Fen;
  /** Paid an insured person, to the nearest fen. */
  readonly paidPerInsured: Fen;
  /** Claims of 10,000 insured people, in tenths of a claim, to the nearest. A person can have several. */
  readonly claimsPerTenThousandTenths: bigint;
}

export interface CityRow {
  readonly city: "nanjing" | "wuxi" | "xuzhou" | "changzhou" | "suzhou" | "yancheng";
  readonly terms: Terms;
  readonly insurers: readonly JiangsuInsurer[];
  /** The source names some insurers and says that there are others. */
  readonly otherInsurers: boolean;
  readonly results: Results | typeof noData;
}

const fenPerYuan = 100n;

/** dividend ÷ divisor to the nearest whole number, halves up. `divisor` is above 0. */
const nearest = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

/** The mean in whole yuan, halves up, as such tables print it. `claims` is above 0. */
export const meanYuanOf = (paid: Fen, claims: number): bigint => nearest(paid, BigInt(claims) * fenPerYuan);

/** `paid` as printed, in units of ¥10,000, which is 10^6 fen. */
const results = (insured: number, claims: number, paidTenThousands: string, printed: bigint): Results => {
  const paid = parseAmount(paidTenThousands, 6);
  const meanYuan = meanYuanOf(paid, claims);
  return {
    state: "data",
    insured,
    claims,
    paid,
    meanYuan,
    printedMeanYuan: printed,
    differenceYuan: meanYuan - printed,
    meanFen: fen(paid / BigInt(claims)),
    paidPerInsured: fen(nearest(paid, BigInt(insured))),
    claimsPerTenThousandTenths: nearest(BigInt(claims) * 100_000n, BigInt(insured)),
  };
};

export const jiangsuTable: readonly CityRow[] = [
  {
    city: "nanjing",
    terms: nanjing,
    insurers: ["chinaLife", "picc", "lianLife"],
    otherInsurers: false,
    results: results(800_000, 3_298, "2526.8", 7_662n),
  },
  {
    city: "wuxi",
    terms: wuxi,
    insurers: ["picc"],
    otherInsurers: false,
    results: results(650_000, 2_796, "2969.0", 10_618n),
  },
  {
    city: "xuzhou",
    terms: xuzhou,
    insurers: ["picc", "chinaLife", "pingAnAnnuity"],
    otherInsurers: true,
    results: results(1_100_000, 20_369, "3338.1", 1_639n),
  },
  {
    city: "changzhou",
    terms: changzhou,
    insurers: ["pingAnAnnuity", "cpic", "chinaLife"],
    otherInsurers: true,
    results: results(443_000, 1_262, "884.0", 7_005n),
  },
  { city: "suzhou", terms: suzhou, insurers: ["soochowLife"], otherInsurers: false, results: noData },
  { city: "yancheng", terms: yancheng, insurers: ["pingAnAnnuity"], otherInsurers: false, results: noData },
];
