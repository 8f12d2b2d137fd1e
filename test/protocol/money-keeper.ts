/** Writes the money of small books by hand: a chain of events with every digest and place filled in. */
import { fen, position } from "../../protocol/amounts.ts";
import { dayStart } from "../../protocol/calendar.ts";
import { encodeLeaves } from "../../protocol/donations/leaves.ts";
import {
  actorId,
  address,
  allocationId,
  batchId,
  bytes32,
  expenseId,
  fundId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { LedgerEvent, ProgrammeKind, RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import type {
  ClaimRecord,
  LedgerState,
  PayoutRecord,
  ProgrammeRecord,
} from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { closeRecordOf } from "../../protocol/ledger/totals.ts";

export type EventOf<Type extends LedgerEvent["type"]> = Extract<LedgerEvent, { type: Type }>;

export const digest = (value: number): Bytes32 => bytes32(`0x${value.toString(16).padStart(64, "0")}`);

export const firstDay = dayStart(20_270_101);
export const secondYear = dayStart(20_280_101);
export const thirdYear = dayStart(20_290_101);
export const day = 86_400;
/** One past the filing deadline of a year that ends at the start of the third. */
export const afterDeadlines = thirdYear + 91 * day;

/** The least that an event of each verb needs said; the rest follows from the state, as in the contract. */
export class MoneyKeeper {
  readonly state: LedgerState = emptyState();
  #blocks = 0;
  #digests = 1_000_000;
  now: UnixSeconds = firstDay;

  constructor() {
    for (let actor = 1; actor <= 7; actor += 1) {
      const account = address(`0x${actor.toString(16).padStart(40, "0")}`);
      this.record({ type: "ActorRegistered", actor: actorId(actor), account });
    }
    this.record({ type: "ChannelRegistered", channel: "alipay" });
  }

  fresh(): Bytes32 {
    this.#digests += 1;
    return digest(this.#digests);
  }

  /** The event in a block of its own, a second after the last. */
  placed(event: LedgerEvent): RecordedEvent {
    this.#blocks += 1;
    this.now += 1;
    const place = {
      blockNumber: this.#blocks,
      blockTime: this.now,
      transactionHash: digest(this.#blocks),
      logIndex: 0,
    };
    return { place, event };
  }

  record(event: LedgerEvent): void {
    applyEvent(this.state, this.placed(event));
  }

  /** Goes to a time, and closes the periods of all programmes that have ended by then. */
  goTo(time: UnixSeconds): void {
    this.now = time;
    for (const { programme, periods, closed } of this.state.programmes) {
      while ((periods[closed.length]?.end ?? Number.POSITIVE_INFINITY) <= time)
        this.record(this.closeEvent(programme));
    }
  }

  closeEvent(programme: number): EventOf<"PeriodClosed"> {
    const { atPeriodStart, totals, closed } = this.programme(programme);
    const period = periodNumber(closed.length + 1);
    const record = closeRecordOf(atPeriodStart, totals);
    return { type: "PeriodClosed", programme: programmeId(programme), period, record };
  }

  programme(id: number): ProgrammeRecord {
    const record = this.state.programmes[id - 1];
    if (record === undefined) throw new RangeError(`no programme ${id}`);
    return record;
  }

  claim(id: number): ClaimRecord {
    const record = this.state.claims[id - 1];
    if (record === undefined) throw new RangeError(`no claim ${id}`);
    return record;
  }

  payout(id: number): PayoutRecord {
    const record = this.state.payouts[id - 1];
    if (record === undefined) throw new RangeError(`no payout ${id}`);
    return record;
  }

  openProgramme(kind: ProgrammeKind = "insurance", currency = "CNY"): void {
    const programme = programmeId(this.state.programmes.length + 1);
    const rest = { kind, currency, region: 130_723, document: this.fresh() } as const;
    this.record({ type: "ProgrammeOpened", programme, ...rest, operation: this.fresh() });
  }

  /** General, unless it is restricted to a programme with another as its fallback. */
  openFund(claimsShareBps = 9000, restrictedTo = 0, fallbackTo = 0): void {
    const restriction = { restrictedTo: programmeId(restrictedTo), fallbackTo: programmeId(fallbackTo) };
    const digests = { document: this.fresh(), operation: this.fresh() };
    const fund = fundId(this.state.funds.length + 1);
    this.record({ type: "FundOpened", fund, currency: "CNY", claimsShareBps, ...restriction, ...digests });
  }

  periodEvent(programme: number, start: UnixSeconds, end: UnixSeconds): EventOf<"PeriodDeclared"> {
    const period = periodNumber(this.programme(programme).periods.length + 1);
    return {
      type: "PeriodDeclared",
      programme: programmeId(programme),
      period,
      start,
      end,
      filingDeadline: end + 90 * 86_400,
      cover: fen(0n),
      toTheMinute: false,
      terms: this.fresh(),
    };
  }

  batchEvent(amounts: readonly bigint[], fund = 1): EventOf<"BatchRecorded"> {
    const id = this.state.batches.length + 1;
    const leaves = amounts.map((amount, index) => ({
      amount: fen(amount),
      commitment: digest(id * 10_000 + index),
    }));
    return {
      type: "BatchRecorded",
      batch: batchId(id),
      fund: fundId(fund),
      channel: "alipay",
      day: 20_270_101,
      startsAt: this.state.funds[fund - 1]?.donated ?? position(0n),
      count: amounts.length,
      sum: fen(amounts.reduce((sum, amount) => sum + amount, 0n)),
      root: this.fresh(),
      recorder: actorId(1),
      operation: this.fresh(),
      leaves: encodeLeaves(leaves),
    };
  }

  allocationEvent(
    programme: number,
    amount: bigint,
    claimsAmount: bigint,
    fund = 1,
  ): EventOf<"PremiumAllocated"> {
    const record = this.state.programmes[programme - 1];
    return {
      type: "PremiumAllocated",
      allocation: allocationId(this.state.allocations.length + 1),
      fund: fundId(fund),
      programme: programmeId(programme),
      fundStart: this.state.funds[fund - 1]?.allocated ?? position(0n),
      amount: fen(amount),
      reserveStart: record?.totals.reserveIn ?? position(0n),
      claimsAmount: fen(claimsAmount),
      operationsStart: record?.totals.operationsIn ?? position(0n),
      period: periodNumber((record?.closed.length ?? 0) + 1),
      treasurer: actorId(2),
      operation: this.fresh(),
    };
  }

  expenseEvent(programme: number, amount: bigint): EventOf<"ExpenseRecorded"> {
    const record = this.state.programmes[programme - 1];
    return {
      type: "ExpenseRecorded",
      expense: expenseId(this.state.expenses.length + 1),
      programme: programmeId(programme),
      operationsStart: record?.totals.operationsOut ?? position(0n),
      amount: fen(amount),
      kind: "administration",
      period: periodNumber((record?.closed.length ?? 0) + 1),
      evidence: this.fresh(),
      treasurer: actorId(2),
      operation: this.fresh(),
    };
  }
}
