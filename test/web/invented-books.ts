/**
 * Small invented books that answer the port `Read`, computed the slow and obvious way: every list is walked from its
 * start. The pages are tested against these figures, never against the gateway's own.
 */
import { fen, position, type Fen } from "../../protocol/amounts.ts";
import {
  actorId,
  allocationId,
  batchId,
  bytes32,
  claimId,
  expenseId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import type { AllocationId, Bytes32, FundId, PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { EventPlace, ExpenseKind, UnixSeconds } from "../../protocol/ledger/events.ts";
import { claimsBetween, claimsShare, operationsBetween } from "../../protocol/lines/share.ts";
import type { Bilingual, Head } from "../../protocol/ports/views.ts";

export const hexOf = (seed: number): Bytes32 => bytes32(`0x${(seed + 1).toString(16).padStart(64, "0")}`);

export interface FakeFund {
  readonly fund: FundId;
  readonly name: Bilingual;
  readonly bps: number;
  readonly currency: string;
}

export interface FakeBatch {
  readonly batch: number;
  readonly fund: FundId;
  readonly channel: string;
  readonly day: number;
  readonly startsAt: bigint;
  readonly gifts: readonly bigint[];
  readonly at: EventPlace;
}

export interface FakeAllocation {
  readonly allocation: AllocationId;
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly fundStart: bigint;
  readonly amount: bigint;
  readonly reserveStart: bigint;
  readonly claimsAmount: bigint;
  readonly operationsStart: bigint;
  readonly period: PeriodNumber;
  readonly at: EventPlace;
}

export interface FakeClaim {
  readonly claim: number;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly requested: bigint;
  readonly filedAt: EventPlace;
  approved?: { readonly amount: bigint; readonly at: EventPlace; readonly queueNumber: number };
  paid?: {
    readonly payout: number;
    readonly reserveStart: bigint;
    readonly at: EventPlace;
    readonly period: PeriodNumber;
  };
}

export interface FakeExpense {
  readonly expense: number;
  readonly programme: ProgrammeId;
  readonly kind: ExpenseKind;
  readonly amount: bigint;
  readonly start: bigint;
  readonly period: PeriodNumber;
  readonly at: EventPlace;
}

export interface FakeProgramme {
  readonly programme: ProgrammeId;
  readonly name: Bilingual;
  readonly region: number;
  /** Starts of the periods and the end of the last. */
  readonly bounds: readonly UnixSeconds[];
}

/** What an answer about a programme at one moment is summed from. */
export interface Flows {
  readonly reserveIn: bigint;
  readonly paid: bigint;
  readonly operationsIn: bigint;
  readonly expenses: bigint;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** The invented ledger: verbs that record, in the order they are called, at the clock's time. */
export class InventedBooks {
  readonly funds: FakeFund[] = [];
  readonly programmes: FakeProgramme[] = [];
  readonly batches: FakeBatch[] = [];
  readonly allocations: FakeAllocation[] = [];
  readonly claims: FakeClaim[] = [];
  readonly expenses: FakeExpense[] = [];
  readonly demonstration: boolean;
  clock: UnixSeconds;
  #block = 0;

  constructor(clock: UnixSeconds, demonstration: boolean) {
    this.clock = clock;
    this.demonstration = demonstration;
  }

  head(): Head {
    return {
      chainId: 31337,
      ledger: "0x00000000000000000000000000000000000e4e4e",
      blockNumber: this.#block,
      blockHash: hexOf(this.#block),
      blockTime: this.clock,
      finality: "final",
      demonstration: this.demonstration,
    };
  }

  #place(): EventPlace {
    this.#block += 1;
    return {
      blockNumber: this.#block,
      blockTime: this.clock,
      transactionHash: hexOf(7000 + this.#block),
      logIndex: 0,
    };
  }

  periodAt(programme: ProgrammeId, time: UnixSeconds): PeriodNumber {
    const { bounds } = this.#programme(programme);
    const begun = bounds.filter((start) => start <= time).length;
    return periodNumber(Math.max(1, begun));
  }

  #programme(id: ProgrammeId): FakeProgramme {
    const found = this.programmes.find((programme) => programme.programme === id);
    if (found === undefined) throw new Error(`invented books: no programme ${id}`);
    return found;
  }

  openFund(name: Bilingual, bps: number, currency = "CNY"): FundId {
    const fund = fundId(this.funds.length + 1);
    this.funds.push({ fund, name, bps, currency });
    this.#place();
    return fund;
  }

  openProgramme(name: Bilingual, region: number, bounds: readonly UnixSeconds[]): ProgrammeId {
    const programme = programmeId(this.programmes.length + 1);
    this.programmes.push({ programme, name, region, bounds });
    this.#place();
    return programme;
  }

  donated(fund: FundId): bigint {
    return sum(this.batches.filter((batch) => batch.fund === fund).flatMap((batch) => batch.gifts));
  }

  allocated(fund: FundId): bigint {
    return sum(this.allocations.filter((one) => one.fund === fund).map((one) => one.amount));
  }

  recordDonations(fund: FundId, channel: string, day: number, gifts: readonly bigint[]): number {
    const batch = batchId(this.batches.length + 1);
    this.batches.push({ batch, fund, channel, day, startsAt: this.donated(fund), gifts, at: this.#place() });
    return batch;
  }

  allocate(fund: FundId, programme: ProgrammeId, amount: bigint): void {
    const { bps } = this.funds.find((one) => one.fund === fund) ?? { bps: 0 };
    const fundStart = this.allocated(fund);
    if (fundStart + amount > this.donated(fund)) throw new Error("invented books: more than was donated");
    const before = this.flows(programme, Number.MAX_SAFE_INTEGER);
    this.allocations.push({
      allocation: allocationId(this.allocations.length + 1),
      fund,
      programme,
      fundStart,
      amount,
      reserveStart: before.reserveIn,
      claimsAmount: claimsBetween(position(fundStart), position(fundStart + amount), bps),
      operationsStart: before.operationsIn,
      period: this.periodAt(programme, this.clock),
      at: this.#place(),
    });
  }

  file(programme: ProgrammeId, requested: bigint): FakeClaim {
    const claim: FakeClaim = {
      claim: claimId(this.claims.length + 1),
      programme,
      policyPeriod: this.periodAt(programme, this.clock),
      requested,
      filedAt: this.#place(),
    };
    this.claims.push(claim);
    return claim;
  }

  approve(claim: FakeClaim, amount: bigint): void {
    const queueNumber =
      this.claims.filter((one) => one.programme === claim.programme && one.approved !== undefined).length + 1;
    claim.approved = { amount, at: this.#place(), queueNumber };
  }

  pay(claim: FakeClaim): void {
    const { reserveIn, paid } = this.flows(claim.programme, Number.MAX_SAFE_INTEGER);
    if (claim.approved === undefined || paid + claim.approved.amount > reserveIn) {
      throw new Error("invented books: the reserve does not hold this claim");
    }
    claim.paid = {
      payout: payoutId(this.claims.filter((one) => one.paid !== undefined).length + 1),
      reserveStart: paid,
      at: this.#place(),
      period: this.periodAt(claim.programme, this.clock),
    };
  }

  spend(programme: ProgrammeId, kind: ExpenseKind, amount: bigint): void {
    this.expenses.push({
      expense: expenseId(this.expenses.length + 1),
      programme,
      kind,
      amount,
      start: this.flows(programme, Number.MAX_SAFE_INTEGER).expenses,
      period: this.periodAt(programme, this.clock),
      at: this.#place(),
    });
  }

  /** The programme's totals of everything recorded before `end`. */
  flows(programme: ProgrammeId, end: UnixSeconds): Flows {
    const inTime = (record: { readonly programme: ProgrammeId; readonly at: EventPlace }): boolean =>
      record.programme === programme && record.at.blockTime < end;
    const allocations = this.allocations.filter(inTime);
    const paid = this.claims.filter(
      (claim) => claim.programme === programme && claim.paid !== undefined && claim.paid.at.blockTime < end,
    );
    const reserveIn = sum(allocations.map((one) => one.claimsAmount));
    return {
      reserveIn,
      paid: sum(paid.map((claim) => claim.approved?.amount ?? 0n)),
      operationsIn: sum(allocations.map((one) => one.amount)) - reserveIn,
      expenses: sum(this.expenses.filter(inTime).map((one) => one.amount)),
    };
  }

  /** Which reserve positions of an allocation the fund positions [start, end) fill. */
  reservePart(allocation: FakeAllocation, start: bigint, end: bigint): { start: bigint; end: bigint } {
    const bps = this.#bps(allocation.fund);
    const offset = allocation.reserveStart - claimsShare(position(allocation.fundStart), bps);
    return {
      start: claimsShare(position(start), bps) + offset,
      end: claimsShare(position(end), bps) + offset,
    };
  }

  /** Which operations positions of an allocation the fund positions [start, end) fill. */
  operationsPart(allocation: FakeAllocation, start: bigint, end: bigint): { start: bigint; end: bigint } {
    const bps = this.#bps(allocation.fund);
    const before = operationsBetween(position(allocation.fundStart), position(start), bps);
    const own = operationsBetween(position(start), position(end), bps);
    const first = allocation.operationsStart + before;
    return { start: first, end: first + own };
  }

  #bps(fund: FundId): number {
    return this.funds.find((one) => one.fund === fund)?.bps ?? 0;
  }
}

export const actors = { filer: actorId(3), adjudicator: actorId(4), payer: actorId(5), recorder: actorId(1) };

export const asFen = (amount: bigint): Fen => fen(amount);
