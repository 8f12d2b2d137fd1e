/**
 * The demonstration as a script: every request of two policy years with its moment, the same on every machine. It is
 * pure; `load.ts` carries it out. Of its figures only those in counties.ts that say so are published, the others are
 * invented.
 */
import { fen } from "../../../protocol/amounts.ts";
import { payoutId, programmeId, type ClaimId, type FundId, type PayoutId } from "../../../protocol/ids.ts";
import { expenseKinds, type DayNumber, type UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { DonationRequest } from "../../../protocol/ports/desk.ts";
import { Claims, type PlannedClaim } from "./claims.ts";
import { aid, chicheng, counties, guyuan, kangbao, shangyi, yangyuan, yuxian } from "./counties.ts";
import { beginnings } from "./beginnings.ts";
import { exceptions } from "./exceptions.ts";
import { appealFund, generalFund, Gifts } from "./gifts.ts";
import { confirmationsOf, corrected, oversight } from "./oversight.ts";
import { Random } from "./random.ts";
import type { Act, Entry, Step } from "./steps.ts";
import { Tally } from "./tally.ts";
import {
  advanceMonth,
  appeal,
  at,
  claimsGroups,
  expenseMonths,
  expenseTime,
  rounds,
  settlementHour,
  settlements,
  undecidedFiled,
  type ClaimsGroup,
} from "./timetable.ts";

const seed = 20171201;
const fenInYuan = 100;
/** Aid gets its money once, in this round. */
const aidRound = 7;
const aidYuan = 20_000;
/** The desk's limit for claims in one request. */
const claimsInRequest = 50;
const programmes = counties.map((_, index) => index + 1);

const slicesOf = <Item>(items: readonly Item[], length: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );

/** Writes the steps in the order of time: what is paid or allocated follows from what was recorded before. */
class Writer {
  readonly steps: Step[] = [];
  readonly #tally = new Tally();
  readonly #gifts = new Gifts(new Random(seed));
  readonly #claims = new Claims(new Random(seed + 1));
  readonly #expenses = new Random(seed + 2);
  readonly #filed = new Map<number, readonly PlannedClaim[]>();
  readonly #settled = new Map<DayNumber, readonly DonationRequest[]>();
  readonly #payouts = new Map<ClaimId, PayoutId>();
  #lastPayout = 0;
  #lastExpense = 0;
  #corrected = 0;
  #now: UnixSeconds = 0;

  write(): readonly Step[] {
    const agenda = [
      ...beginnings((act) => this.#step(act)),
      ...settlements.map((day, index) => ({
        at: at(day, settlementHour),
        write: () => this.#settle(index),
      })),
      ...rounds.map(({ day, kangbaoYuan }, index) => ({
        at: at(day, 10),
        write: () => this.#allocateRound(kangbaoYuan * fenInYuan, index),
      })),
      ...claimsGroups.flatMap((group, index) => this.#group(group, index)),
      ...expenseMonths.map((month) => ({
        at: expenseTime(month),
        write: () => this.#spend(month),
      })),
      ...appeal.allocations.map((moment) => ({ at: moment, write: () => this.#allocateAppeal() })),
      ...exceptions(this.#pen(), new Random(seed + 3)),
      ...oversight(
        (act) => this.#step(act),
        () => this.#corrected,
      ),
      { at: undecidedFiled, write: () => this.#fileUndecided() },
    ];
    for (const entry of agenda.toSorted((one, other) => one.at - other.at)) {
      this.#now = entry.at;
      entry.write();
    }
    return this.steps;
  }

  #pen(): Parameters<typeof exceptions>[0] {
    return {
      tally: this.#tally,
      claims: this.#claims,
      step: (act) => this.#step(act),
      file: (planned) => this.#fileAll(planned),
      approve: (planned) => this.#approveAll(planned),
      pay: (paid) => this.#pay(paid),
      planned: (group, programme) =>
        (this.#filed.get(group) ?? []).filter((planned) => planned.programme === programme),
      payoutOf: (claim) => this.#payoutOf(claim),
      settledOn: (day) => this.#settled.get(day) ?? [],
    };
  }

  #step(act: Act): void {
    const number = String(this.steps.length + 1).padStart(4, "0");
    this.steps.push({ at: this.#now, key: `demonstration-${number}`, act });
  }

  /** Records what settles, and what the channels say of the settlement before. */
  #settle(index: number): void {
    const [before, day] = [settlements[index - 1], settlements[index]];
    const gifts = this.#gifts.settledOn(index);
    for (const { fund, amount } of gifts) this.#tally.donate(fund, Number(amount));
    this.#step({ verb: "recordDonations", gifts });
    if (day !== undefined) this.#settled.set(day, gifts);
    if (before === undefined) return;
    for (const request of confirmationsOf(before, this.#settled.get(before) ?? [])) {
      this.#step({ verb: "confirmTotal", request });
    }
  }

  #allocate(fund: FundId, programme: number, amountFen: number): void {
    if (amountFen === 0) return;
    this.#tally.allocate(fund, programme, amountFen);
    const request = { fund, programme: programmeId(programme), amount: fen(amountFen) };
    this.#step({ verb: "allocatePremium", request });
  }

  /** Kangbao's amount is given; the others share most of what is left, in whole thousands of yuan. */
  #allocateRound(kangbaoFen: number, index: number): void {
    this.#allocate(generalFund, kangbao, kangbaoFen);
    if (index === aidRound) this.#allocate(generalFund, aid, aidYuan * fenInYuan);
    const sharedFen = Math.floor((this.#tally.unallocatedFen(generalFund) * 94) / 100);
    // Guyuan starts later, and in the last two rounds Chicheng is left to its appeal.
    const left = index === 0 ? guyuan : index >= rounds.length - 2 ? chicheng : 0;
    const weights = counties.map(({ weight }, place): number => (place + 1 === left ? 0 : weight));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const unit = 1_000 * fenInYuan;
    weights.forEach((weight, place) => {
      const amountFen = Math.floor((sharedFen * weight) / whole / unit) * unit;
      this.#allocate(generalFund, place + 1, amountFen);
    });
  }

  #allocateAppeal(): void {
    const unit = 100 * fenInYuan;
    const wholeFen = Math.floor(this.#tally.unallocatedFen(appealFund) / unit) * unit;
    this.#allocate(appealFund, chicheng, wholeFen);
  }

  /** A part of what operations still has; Guyuan's first expense comes before its money. */
  #spend(month: number): void {
    const unit = 10 * fenInYuan;
    for (const programme of programmes) {
      const unspentFen = this.#tally.programme(programme).operationsFen;
      const isAdvance = programme === guyuan && month === advanceMonth;
      const share = Math.floor((unspentFen * this.#expenses.between(12, 30)) / 100 / unit) * unit;
      const amountFen = isAdvance ? 1_860 * fenInYuan : Math.max(0, share);
      const kind = isAdvance ? "fieldWork" : this.#expenses.pick(expenseKinds);
      if (amountFen === 0) continue;
      this.#tally.spend(programme, amountFen);
      const voucher = `DEMO-VOUCHER-${counties[programme - 1]?.region ?? 0}-${month}`;
      const request = { programme: programmeId(programme), kind, amount: fen(amountFen), voucher };
      this.#step({ verb: "recordExpense", request });
      this.#lastExpense += 1;
      if (programme === yuxian && month === corrected.month) this.#corrected = this.#lastExpense;
    }
  }

  #group(group: ClaimsGroup, index: number): readonly Entry[] {
    return [
      { at: group.filed, write: () => this.#file(group, index) },
      { at: group.approved, write: () => this.#approve(index) },
      { at: group.paid, write: () => this.#pay(programmes) },
    ];
  }

  #file({ filed }: ClaimsGroup, index: number): void {
    const planned = programmes.flatMap((programme) =>
      this.#claims
        .amounts(programme, index, this.#tally.programme(programme).reserveFen)
        .map((amountFen) => this.#claims.plan(programme, filed, amountFen)),
    );
    this.#filed.set(index, planned);
    this.#fileAll(planned);
  }

  #fileAll(planned: readonly PlannedClaim[]): void {
    for (const part of slicesOf(planned, claimsInRequest)) {
      this.#step({ verb: "fileClaims", claims: part.map(({ request }) => request) });
    }
  }

  #fileUndecided(): void {
    const filings: readonly (readonly [number, number])[] = [
      [yuxian, 318_500],
      [shangyi, 764_200],
      [shangyi, 152_630],
      [yangyuan, 227_900],
    ];
    this.#fileAll(
      filings.map(([programme, amountFen]) => this.#claims.plan(programme, this.#now, amountFen)),
    );
  }

  #approve(index: number): void {
    this.#approveAll(this.#filed.get(index) ?? []);
  }

  #approveAll(planned: readonly PlannedClaim[]): void {
    for (const { programme, claim, approved } of planned) {
      this.#tally.approve(programme, { claim, amountFen: Number(approved) });
    }
    for (const part of slicesOf(planned, claimsInRequest)) {
      const claims = part.map(({ claim, approved: amount, remaining }) => ({ claim, amount, remaining }));
      this.#step({ verb: "approveClaims", claims });
    }
  }

  #payoutOf(claim: ClaimId): PayoutId {
    const payout = this.#payouts.get(claim);
    if (payout === undefined) throw new RangeError(`claim ${claim} was not paid`);
    return payout;
  }

  #pay(payers: readonly number[]): void {
    const paid = payers.flatMap((programme) => this.#tally.pay(programme));
    for (const { claim } of paid) {
      this.#lastPayout += 1;
      this.#payouts.set(claim, payoutId(this.#lastPayout));
    }
    for (const part of slicesOf(paid, claimsInRequest)) {
      this.#step({
        verb: "payClaims",
        claims: part.map(({ claim }) => ({ claim, paymentNumber: paymentNumberOf(this.#payoutOf(claim)) })),
      });
    }
  }
}

/** Of the payout, not of the claim: what was returned is paid again under another number. */
const paymentNumberOf = (payout: PayoutId): string => `DEMO-PAYOUT-${String(payout).padStart(6, "0")}`;

/** All steps in the order of time; those of one moment are independent of each other but for their order. */
export const demonstrationScript = (): readonly Step[] => new Writer().write();
