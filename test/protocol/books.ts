/** Writes small books by hand: rosters, claims and what becomes of their money, and the example of the design. */
import { fen, position } from "../../protocol/amounts.ts";
import {
  actorId,
  batchId,
  claimId,
  moveId,
  payoutId,
  periodNumber,
  programmeId,
  recoveryId,
  refundId,
  rosterId,
} from "../../protocol/ids.ts";
import type { ActorId, ClaimId, PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { LedgerEvent, Reason, UnixSeconds } from "../../protocol/ledger/events.ts";
import { leafStarts } from "../../protocol/donations/leaves.ts";
import { MoneyKeeper, digest, firstDay, secondYear, thirdYear } from "./money-keeper.ts";
import type { EventOf } from "./money-keeper.ts";

export { afterDeadlines, day, digest, firstDay, secondYear, thirdYear } from "./money-keeper.ts";
export type { EventOf } from "./money-keeper.ts";

/** Actors of the books: 1 records, 2 is the treasurer, 3 files, 4 decides, 5 pays, 6 audits, 7 is a provider. */
export const roles = {
  recorder: actorId(1),
  treasurer: actorId(2),
  coordinator: actorId(3),
  adjudicator: actorId(4),
  payer: actorId(5),
  auditor: actorId(6),
  provider: actorId(7),
} as const satisfies Record<string, ActorId>;

/** The least that an event of each verb needs said; the rest follows from the state, as in the contract. */
export class Bookkeeper extends MoneyKeeper {
  /** Declares the next period; an insurance programme's with a roster. */
  declareYear(programme: number, start: UnixSeconds, end: UnixSeconds, cover = 0n): void {
    const event = this.periodEvent(programme, start, end);
    this.record({ ...event, cover: fen(cover) });
    if (this.programme(programme).kind === "insurance")
      this.record(this.rosterEvent(programme, event.period));
  }

  rosterEvent(programme: number, policyPeriod: number): EventOf<"RosterAppended"> {
    return {
      type: "RosterAppended",
      roster: rosterId(this.state.rosters.length + 1),
      programme: programmeId(programme),
      policyPeriod: periodNumber(policyPeriod),
      root: this.fresh(),
      count: 100,
      premiumPerHead: fen(30n),
      denominator: 250,
      coordinator: roles.coordinator,
      operation: this.fresh(),
    };
  }

  insurersEvent(
    programme: number,
    policyPeriod: number,
    sharesBps: readonly number[],
  ): EventOf<"InsurersDeclared"> {
    const subject = { programme: programmeId(programme), policyPeriod: periodNumber(policyPeriod) };
    const rest = { sharesBps, document: this.fresh(), treasurer: roles.treasurer };
    return { type: "InsurersDeclared", ...subject, ...rest };
  }

  /** By the period's first roster. */
  fileEvent(programme: number, requested: bigint, policyPeriod = 1, person = 77): EventOf<"ClaimFiled"> {
    const roster = this.state.rosters.find(
      (own) => own.programme === programme && own.policyPeriod === policyPeriod,
    );
    return {
      type: "ClaimFiled",
      claim: claimId(this.state.claims.length + 1),
      programme: programmeId(programme),
      policyPeriod: periodNumber(policyPeriod),
      roster: roster?.roster ?? rosterId(0),
      person: digest(person),
      incidentFrom: firstDay,
      toTheMinute: false,
      requested: fen(requested),
      benefit: "cash",
      evidence: this.fresh(),
      filer: roles.coordinator,
      operation: this.fresh(),
    };
  }

  grantEvent(programme: number, aidOf: number, requested: bigint, policyPeriod = 1): EventOf<"GrantFiled"> {
    return {
      type: "GrantFiled",
      claim: claimId(this.state.claims.length + 1),
      programme: programmeId(programme),
      aidOf: claimId(aidOf),
      policyPeriod: periodNumber(policyPeriod),
      requested: fen(requested),
      benefit: "cash",
      evidence: this.fresh(),
      filer: roles.coordinator,
      operation: this.fresh(),
    };
  }

  withdrawEvent(claim: number): EventOf<"ClaimWithdrawn"> {
    return { type: "ClaimWithdrawn", ...this.#named(claim), coordinator: roles.coordinator };
  }

  approveEvent(claim: number, amount: bigint, remaining = 0n): EventOf<"ClaimApproved"> {
    const named = this.#named(claim);
    const queueNumber = (this.state.programmes[named.programme - 1]?.lastQueueNumber ?? 0) + 1;
    const amounts = { amount: fen(amount), remaining: fen(remaining) };
    return { type: "ClaimApproved", ...named, ...amounts, queueNumber, adjudicator: roles.adjudicator };
  }

  rejectEvent(claim: number, reason: Reason = "terms"): EventOf<"ClaimRejected"> {
    return { type: "ClaimRejected", ...this.#named(claim), reason, adjudicator: roles.adjudicator };
  }

  holdEvent(claim: number, reason: Reason = "other"): EventOf<"ClaimHeld"> {
    return { type: "ClaimHeld", ...this.#named(claim), reason, adjudicator: roles.adjudicator };
  }

  releaseEvent(claim: number): EventOf<"ClaimReleased"> {
    return { type: "ClaimReleased", ...this.#named(claim), adjudicator: roles.adjudicator };
  }

  cancelEvent(claim: number, reason: Reason = "duplicate"): EventOf<"ClaimCancelled"> {
    return { type: "ClaimCancelled", ...this.#named(claim), reason, adjudicator: roles.adjudicator };
  }

  payEvent(claim: number): EventOf<"ClaimPaid"> {
    const named = this.#named(claim);
    const record = this.state.claims[claim - 1];
    const totals = this.state.programmes[named.programme - 1]?.totals;
    return {
      type: "ClaimPaid",
      ...named,
      payout: payoutId(this.state.payouts.length + 1),
      period: this.#periodOf(named.programme),
      reserveStart: totals?.reserveSpent ?? position(0n),
      amount: record?.approval?.amount ?? fen(0n),
      policyStart: this.#policy(claim)?.paid ?? position(0n),
      paymentReference: this.fresh(),
      payer: roles.payer,
    };
  }

  recoverEvent(payout: number, amount: bigint, returned = false): EventOf<"PayoutRecovered"> {
    const record = this.payout(payout);
    return {
      type: "PayoutRecovered",
      recovery: recoveryId(this.state.recoveries.length + 1),
      payout: payoutId(payout),
      programme: record.programme,
      claim: record.claim,
      returned,
      period: this.#periodOf(record.programme),
      offset: position(record.recovered),
      reserveStart: this.programme(record.programme).totals.reserveIn,
      amount: fen(amount),
      policyStart: this.#policy(record.claim)?.recovered ?? position(0n),
      evidence: this.fresh(),
      payer: roles.payer,
      operation: this.fresh(),
    };
  }

  moveEvent(from: number, to: number): EventOf<"SurplusMoved"> {
    const [source, target] = [this.programme(from).totals, this.programme(to).totals];
    const operations = source.operationsIn - source.operationsOut;
    return {
      type: "SurplusMoved",
      move: moveId(this.state.moves.length + 1),
      from: programmeId(from),
      to: programmeId(to),
      reserveFrom: source.reserveSpent,
      reserveTo: target.reserveIn,
      reserveAmount: fen(source.reserveIn - source.reserveSpent),
      operationsFrom: source.operationsOut,
      operationsTo: target.operationsIn,
      operationsAmount: fen(operations > 0n ? operations : 0n),
      fromPeriod: this.#periodOf(from),
      toPeriod: this.#periodOf(to),
      treasurer: roles.treasurer,
      operation: this.fresh(),
    };
  }

  /** Repays the back of what is still the donor's. */
  refundEvent(batch: number, index: number, amount: bigint): EventOf<"DonationRefunded"> {
    const record = this.state.batches[batch - 1];
    if (record === undefined) throw new RangeError(`no batch ${batch}`);
    const leafEnd = record.startsAt + (leafStarts(record.leaves)[index + 1] ?? 0n);
    const last = this.state.refunds.findLast((own) => own.batch === batch && own.index === index);
    return {
      type: "DonationRefunded",
      refund: refundId(this.state.refunds.length + 1),
      batch: batchId(batch),
      index,
      fund: record.fund,
      start: position((last?.start ?? leafEnd) - amount),
      amount: fen(amount),
      paymentReference: this.fresh(),
      treasurer: roles.treasurer,
      operation: this.fresh(),
    };
  }

  coverEvent(refund: number): EventOf<"RefundCovered"> {
    const rest = { channel: "alipay", paymentReference: this.fresh(), provider: roles.provider };
    return { type: "RefundCovered", refund: refundId(refund), ...rest };
  }

  /** Files and approves a claim for its whole amount. */
  approveClaim(programme: number, amount: bigint, policyPeriod = 1, person = 77): number {
    this.record(this.fileEvent(programme, amount, policyPeriod, person));
    const claim = this.state.claims.length;
    this.record(this.approveEvent(claim, amount));
    return claim;
  }

  /** Files, approves and pays a claim, and answers the payout. */
  payClaim(programme: number, amount: bigint, policyPeriod = 1, person = 77): number {
    this.record(this.payEvent(this.approveClaim(programme, amount, policyPeriod, person)));
    return this.state.payouts.length;
  }

  /** Records what each maker makes of the state that the one before it left. */
  tell(...makers: readonly (() => LedgerEvent)[]): void {
    for (const make of makers) this.record(make());
  }

  #named(claim: number): { readonly claim: ClaimId; readonly programme: ProgrammeId } {
    const programme = this.state.claims[claim - 1]?.programme ?? programmeId(1);
    return { claim: claimId(claim), programme };
  }

  #periodOf(programme: number): PeriodNumber {
    return periodNumber((this.state.programmes[programme - 1]?.closed.length ?? 0) + 1);
  }

  #policy(claim: number) {
    const record = this.state.claims[claim - 1];
    if (record === undefined) return undefined;
    return this.programme(record.programme).periods[record.policyPeriod - 1];
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
