/** Writes small books by hand: a chain of events with every digest and place filled in. */
import { fen, position } from "../../protocol/amounts.ts";
import { dayStart } from "../../protocol/calendar.ts";
import { encodeLeaves } from "../../protocol/donations/leaves.ts";
import {
  actorId,
  address,
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
import type { Bytes32 } from "../../protocol/ids.ts";
import type { LedgerEvent, RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";

type EventOf<Type extends LedgerEvent["type"]> = Extract<LedgerEvent, { type: Type }>;

export const digest = (value: number): Bytes32 => bytes32(`0x${value.toString(16).padStart(64, "0")}`);

export const firstDay = dayStart(20_270_101);
export const secondYear = dayStart(20_280_101);
export const thirdYear = dayStart(20_290_101);

/** The least that an event of each verb needs said; the rest follows from the state, as in the contract. */
export class Bookkeeper {
  readonly state: LedgerState = emptyState();
  #blocks = 0;
  #digests = 1_000_000;
  now: UnixSeconds = firstDay;

  constructor() {
    for (let actor = 1; actor <= 5; actor += 1) {
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

  openProgramme(): void {
    const programme = programmeId(this.state.programmes.length + 1);
    const rest = { kind: "insurance", currency: "CNY", region: 130_723, document: this.fresh() } as const;
    this.record({ type: "ProgrammeOpened", programme, ...rest, operation: this.fresh() });
  }

  openFund(claimsShareBps = 9000): void {
    const fund = fundId(this.state.funds.length + 1);
    const none = programmeId(0);
    const restriction = {
      restrictedTo: none,
      fallbackTo: none,
      document: this.fresh(),
      operation: this.fresh(),
    };
    this.record({ type: "FundOpened", fund, currency: "CNY", claimsShareBps, ...restriction });
  }

  declareYear(programme: number, start: UnixSeconds, end: UnixSeconds, cover = 0n): void {
    const period = periodNumber((this.state.programmes[programme - 1]?.periods.length ?? 0) + 1);
    const times = { start, end, filingDeadline: end + 90 * 86_400 };
    const rest = { cover: fen(cover), terms: this.fresh() };
    this.record({ type: "PeriodDeclared", programme: programmeId(programme), period, ...times, ...rest });
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
      operationsStart: record?.totals.expenses ?? position(0n),
      amount: fen(amount),
      kind: "administration",
      period: periodNumber((record?.closed.length ?? 0) + 1),
      evidence: this.fresh(),
      treasurer: actorId(2),
      operation: this.fresh(),
    };
  }

  fileEvent(programme: number, requested: bigint, policyPeriod = 1): EventOf<"ClaimFiled"> {
    return {
      type: "ClaimFiled",
      claim: claimId(this.state.claims.length + 1),
      programme: programmeId(programme),
      policyPeriod: periodNumber(policyPeriod),
      person: digest(77),
      incidentFrom: firstDay,
      toTheMinute: false,
      requested: fen(requested),
      benefit: "cash",
      evidence: this.fresh(),
      filer: actorId(3),
      operation: this.fresh(),
    };
  }

  approveEvent(claim: number, amount: bigint): EventOf<"ClaimApproved"> {
    const programme = this.state.claims[claim - 1]?.programme ?? programmeId(1);
    const queueNumber = (this.state.programmes[programme - 1]?.queue.length ?? 0) + 1;
    const rest = { amount: fen(amount), remaining: fen(0n), queueNumber, adjudicator: actorId(4) };
    return { type: "ClaimApproved", claim: claimId(claim), programme, ...rest };
  }

  payEvent(claim: number): EventOf<"ClaimPaid"> {
    const record = this.state.claims[claim - 1];
    const programme = this.state.programmes[(record?.programme ?? 1) - 1];
    return {
      type: "ClaimPaid",
      claim: claimId(claim),
      payout: payoutId(this.state.payouts.length + 1),
      programme: record?.programme ?? programmeId(1),
      period: periodNumber((programme?.closed.length ?? 0) + 1),
      reserveStart: programme?.totals.reserveSpent ?? position(0n),
      amount: record?.approval?.amount ?? fen(0n),
      paymentReference: this.fresh(),
      payer: actorId(5),
    };
  }

  /** Files and approves a claim for its whole amount. */
  approveClaim(programme: number, amount: bigint, policyPeriod = 1): number {
    this.record(this.fileEvent(programme, amount, policyPeriod));
    const claim = this.state.claims.length;
    this.record(this.approveEvent(claim, amount));
    return claim;
  }
}

/** Fund 1 at 9000 with gifts of 1, 999 and 10,000 fen; programmes 1 and 2, two policy years each. */
export const exampleBooks = (): Bookkeeper => {
  const keeper = new Bookkeeper();
  keeper.openProgramme();
  keeper.openProgramme();
  keeper.openFund(9000);
  for (const programme of [1, 2]) {
    keeper.declareYear(programme, firstDay, secondYear);
    keeper.declareYear(programme, secondYear, thirdYear);
  }
  for (const amount of [1n, 999n, 10_000n]) keeper.record(keeper.batchEvent([amount]));
  return keeper;
};
