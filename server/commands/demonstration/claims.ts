/** Invented claims: how many in which group, how large, when the incident was, what was asked for and granted. */
import { fen, subtractFen, zeroFen, type Fen } from "../../../protocol/amounts.ts";
import { dayOf, dayStart } from "../../../protocol/calendar.ts";
import { claimId, periodNumber, programmeId, type ClaimId } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { FileClaimRequest, FileGrantRequest } from "../../../protocol/ports/desk.ts";
import { adjudicate } from "../../../protocol/terms/adjudicate.ts";
import type { Bill } from "../../../protocol/terms/bill.ts";
import { demonstrationAid } from "../../../protocol/terms/examples/demonstration.ts";
import type { Terms } from "../../../protocol/terms/types.ts";
import { aid, chicheng, kangbao, published, yangyuan } from "./counties.ts";
import { termsOf } from "./documents.ts";
import { Claimants } from "./insured.ts";
import { apportion, type Random } from "./random.ts";
import { chichengRises, chichengShort, claimsGroups, periods, yangyuanRises } from "./timetable.ts";

export interface PlannedClaim {
  readonly claim: ClaimId;
  readonly programme: number;
  readonly request: FileClaimRequest;
  /** What the terms of the claim's year pay of what is requested, and what then remains. */
  readonly approved: Fen;
  readonly remaining: Fen;
}

/** The least that a person owed if the terms pay `payableFen` of it. */
const owedFor = (terms: Terms, payableFen: number): number =>
  Math.ceil((payableFen * 10_000) / (terms.rules[0]?.rateBps ?? 10_000));

/** The group of November 2018 holds the one claim of Kangbao whose amount is published. */
const groupOfKnownClaim = 9;
const meanFen = 450_000;
const daySeconds = 86_400;

/** Many smaller claims and few larger ones that add up to `totalFen`. */
const amountsOf = (random: Random, totalFen: number, count: number): readonly number[] =>
  apportion(
    totalFen,
    Array.from({ length: count }, () => {
      const size = random.between(0, 100);
      return 8 + Math.floor((size * size * size) / 10_000);
    }),
  );

export interface PlannedGrant {
  readonly claim: ClaimId;
  readonly request: FileGrantRequest;
  readonly approved: Fen;
  readonly remaining: Fen;
}

export class Claims {
  readonly #random: Random;
  readonly #kangbao: readonly (readonly number[])[];
  readonly #claimants = new Claimants();
  #last = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#kangbao = kangbaoAmounts(random);
  }

  /** What is filed in group `index` by a county whose reserve holds `reserveFen`; amounts that will be approved. */
  amounts(programme: number, index: number, reserveFen: number): readonly number[] {
    if (programme === kangbao) return this.#kangbao[index] ?? [];
    const filed = claimsGroups[index]?.filed ?? 0;
    if (programme === chicheng && filed >= chichengRises) return this.#chicheng(filed, reserveFen);
    const isLast = index === claimsGroups.length - 1;
    if (programme === yangyuan && isLast) return this.#beyondReserve(reserveFen);
    // Yangyuan claims more from its second spring on, until what comes in is used up.
    const percent = programme === yangyuan && filed >= yangyuanRises ? [24, 32] : [8, 15];
    return this.#some(reserveFen, this.#random.between(percent[0] ?? 0, percent[1] ?? 0));
  }

  plan(programme: number, filed: UnixSeconds, amountFen: number): PlannedClaim {
    this.#last += 1;
    const incidentFrom = this.#incident(filed);
    const year = incidentFrom < periods[1].start ? 1 : 2;
    const owedFen = owedFor(termsOf(year), amountFen);
    return {
      claim: claimId(this.#last),
      programme,
      request: {
        programme: programmeId(programme),
        policyPeriod: periodNumber(year),
        member: { idNumber: this.#claimants.next(programme, year) },
        incidentFrom,
        requested: fen(owedFen),
        benefit: "cash",
        slip: `DEMO-SLIP-${String(this.#last).padStart(6, "0")}`,
      },
      approved: fen(amountFen),
      remaining: fen(owedFen - amountFen),
    };
  }

  /** What an aid programme grants of what remained of a paid claim. */
  planGrant({ claim, remaining }: PlannedClaim): PlannedGrant {
    this.#last += 1;
    const bill: Bill = {
      benefit: "cash",
      preExisting: false,
      items: [{ scope: "allCost", cost: remaining, paidFirst: [] }],
      paidByOthers: zeroFen,
    };
    const { payable } = adjudicate(demonstrationAid.terms, bill);
    return {
      claim: claimId(this.#last),
      request: {
        programme: programmeId(aid),
        policyPeriod: periodNumber(1),
        aidOf: claim,
        requested: remaining,
        benefit: "cash",
        slip: `DEMO-SLIP-${String(this.#last).padStart(6, "0")}`,
      },
      approved: payable,
      remaining: subtractFen(remaining, payable),
    };
  }

  /** `percent` of the reserve, in claims of ordinary size. */
  #some(reserveFen: number, percent: number): readonly number[] {
    const totalFen = Math.floor((reserveFen * percent) / 100);
    const count = Math.round(totalFen / meanFen);
    return count === 0 ? [] : amountsOf(this.#random, totalFen, count);
  }

  /** A bad summer: claims take most of the reserve, then more than it holds. */
  #chicheng(filed: UnixSeconds, reserveFen: number): readonly number[] {
    if (filed === chichengRises) return this.#some(reserveFen, 70);
    if (filed === chichengShort) return this.#some(reserveFen, 260);
    return amountsOf(this.#random, 960_000, 3);
  }

  /** Nearly all of the reserve, and three claims more: the first of them does not fit, so all three wait. */
  #beyondReserve(reserveFen: number): readonly number[] {
    const fitting = this.#some(reserveFen, 90);
    const leftFen = reserveFen - fitting.reduce((sum, amount) => sum + amount, 0);
    return [...fitting, leftFen + 412_300, 268_000, 190_450];
  }

  /** A day in the six weeks before filing, not before there was a policy. */
  #incident(filed: UnixSeconds): UnixSeconds {
    const days = this.#random.between(5, 40);
    return Math.max(periods[0].start, dayStart(dayOf(filed - days * daySeconds)));
  }
}

const kangbaoAmounts = (random: Random): readonly (readonly number[])[] => {
  const counts = apportion(
    published.claims,
    claimsGroups.map(() => random.between(6, 14)),
  );
  const others = amountsOf(random, published.paidFen - published.oneClaimFen, published.claims - 1);
  let next = 0;
  return counts.map((count, index) => {
    const known = index === groupOfKnownClaim ? [published.oneClaimFen] : [];
    const rest = others.slice(next, next + count - known.length);
    next += rest.length;
    return [...known, ...rest];
  });
};
