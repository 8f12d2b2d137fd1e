/**
 * Small invented books that answer the port `Read`, computed the slow and obvious way: every list is walked from its
 * start. The pages are tested against these figures, never against the gateway's own.
 */
import { fen, position } from "../../protocol/amounts.ts";
import {
  allocationId,
  batchId,
  claimId,
  expenseId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import type { ActorId, Bytes32, FundId, PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import { canonicalJson, documentDigest } from "../../protocol/json.ts";
import type { EventPlace, ExpenseKind, Reason, UnixSeconds } from "../../protocol/ledger/events.ts";
import { claimsBetween, claimsShare, operationsBetween } from "../../protocol/lines/share.ts";
import type { Statement } from "../../protocol/ports/insurance-requests.ts";
import type { Bilingual, ClaimStep, Head } from "../../protocol/ports/views.ts";
import { termsDocument } from "../../protocol/terms/types.ts";
import {
  actors,
  available,
  hexOf,
  operationsIn,
  operationsOut,
  reserveIn,
  reserveOut,
  type FakeAllocation,
  type FakeBatch,
  type FakeClaim,
  type FakeExpense,
  type FakeFund,
  type FakeMove,
  type FakePayout,
  type FakeProgramme,
  type FakeRecovery,
  type FakeStatement,
  type Flows,
} from "./invented-records.ts";

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const forever = Number.MAX_SAFE_INTEGER;

type Restriction = Pick<FakeFund, "restrictedTo" | "fallbackTo">;
type Shape = Partial<Pick<FakeProgramme, "kind" | "cover" | "toTheMinute" | "terms">>;
export type Filing = Partial<Pick<FakeClaim, "benefit" | "incidentFrom" | "policyPeriod" | "roster">>;

/** The money verbs of the invented ledger; each records at the clock's time. */
export class InventedBooks {
  readonly funds: FakeFund[] = [];
  readonly programmes: FakeProgramme[] = [];
  readonly batches: FakeBatch[] = [];
  readonly allocations: FakeAllocation[] = [];
  readonly claims: FakeClaim[] = [];
  readonly payouts: FakePayout[] = [];
  readonly recoveries: FakeRecovery[] = [];
  readonly moves: FakeMove[] = [];
  readonly expenses: FakeExpense[] = [];
  /** Published documents, by digest. */
  readonly documents = new Map<Bytes32, string>();
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

  place(): EventPlace {
    this.#block += 1;
    return {
      blockNumber: this.#block,
      blockTime: this.clock,
      transactionHash: hexOf(7000 + this.#block),
      logIndex: 0,
    };
  }

  /** A statement that this gateway holds, unless it is told to know the digest only. */
  publish(statement: Statement, actor: ActorId, isHeld = true): FakeStatement {
    const { title, text } = statement;
    const document = documentDigest({ title: { ...title }, text: { ...text } });
    return { document, ...(isHeld ? { statement } : {}), at: this.place(), actor };
  }

  /** One past the last declared period once all are over: the run-off. */
  periodAt(programme: ProgrammeId, time: UnixSeconds): PeriodNumber {
    const { bounds } = this.programmeOf(programme);
    const begun = bounds.filter((start) => start <= time).length;
    return periodNumber(Math.max(1, begun));
  }

  programmeOf(id: ProgrammeId): FakeProgramme {
    const found = this.programmes.find((programme) => programme.programme === id);
    if (found === undefined) throw new Error(`invented books: no programme ${id}`);
    return found;
  }

  openFund(name: Bilingual, bps: number, restriction: Restriction = {}, currency = "CNY"): FundId {
    const fund = fundId(this.funds.length + 1);
    this.funds.push({ fund, name, bps, currency, ...restriction });
    this.place();
    return fund;
  }

  openProgramme(
    name: Bilingual,
    region: number,
    bounds: readonly UnixSeconds[],
    { kind = "insurance", cover = 10_000_000n, toTheMinute = false, terms = [] }: Shape = {},
  ): ProgrammeId {
    const programme = programmeId(this.programmes.length + 1);
    this.programmes.push({ programme, name, region, bounds, kind, cover, toTheMinute, terms });
    for (const one of terms) {
      const document = termsDocument(one);
      this.documents.set(documentDigest(document), canonicalJson(document));
    }
    this.place();
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
    this.batches.push({ batch, fund, channel, day, startsAt: this.donated(fund), gifts, at: this.place() });
    return batch;
  }

  allocate(fund: FundId, programme: ProgrammeId, amount: bigint): void {
    const { bps } = this.funds.find((one) => one.fund === fund) ?? { bps: 0 };
    const fundStart = this.allocated(fund);
    if (fundStart + amount > this.donated(fund)) throw new Error("invented books: more than was donated");
    const before = this.flows(programme, forever);
    this.allocations.push({
      allocation: allocationId(this.allocations.length + 1),
      fund,
      programme,
      fundStart,
      amount,
      reserveStart: reserveIn(before),
      claimsAmount: claimsBetween(position(fundStart), position(fundStart + amount), bps),
      operationsStart: operationsIn(before),
      period: this.periodAt(programme, this.clock),
      at: this.place(),
    });
  }

  file(programme: ProgrammeId, requested: bigint, filing: Filing = {}): FakeClaim {
    return this.#filed({
      programme,
      requested,
      benefit: filing.benefit ?? "cash",
      policyPeriod: filing.policyPeriod ?? this.periodAt(programme, this.clock),
      incidentFrom: filing.incidentFrom ?? this.clock - 10 * 86_400,
      ...(filing.roster === undefined ? {} : { roster: filing.roster }),
    });
  }

  /** A grant of an aid programme, which follows a paid claim. */
  fileGrant(programme: ProgrammeId, aidOf: FakeClaim, requested: bigint): FakeClaim {
    const granted = sum(this.grantsOf(aidOf).map((grant) => grant.approved));
    if (aidOf.payouts.length === 0 || granted + requested > aidOf.remaining) {
      throw new Error("invented books: a grant follows a paid claim and stays within what remains of it");
    }
    const policyPeriod = this.periodAt(programme, this.clock);
    return this.#filed({ programme, requested, benefit: "cash", policyPeriod, aidOf });
  }

  grantsOf(claim: FakeClaim): readonly FakeClaim[] {
    return this.claims.filter((one) => one.aidOf === claim);
  }

  #filed(
    filing: Pick<
      FakeClaim,
      "programme" | "requested" | "benefit" | "policyPeriod" | "incidentFrom" | "roster" | "aidOf"
    >,
  ): FakeClaim {
    const at = this.place();
    const claim: FakeClaim = {
      ...filing,
      claim: claimId(this.claims.length + 1),
      filedAt: at,
      steps: [{ step: "filed", at, actor: actors.filer, amount: fen(filing.requested) }],
      payouts: [],
      state: "filed",
      approved: 0n,
      remaining: 0n,
    };
    this.claims.push(claim);
    return claim;
  }

  #step(
    claim: FakeClaim,
    step: ClaimStep["step"],
    actor: ActorId,
    more: Partial<ClaimStep> = {},
  ): EventPlace {
    const at = this.place();
    claim.steps.push({ step, at, actor, ...more });
    return at;
  }

  approve(claim: FakeClaim, amount: bigint, remaining = 0n): void {
    const numbered = this.claims.filter(
      (one) => one.programme === claim.programme && one.queueNumber !== undefined,
    );
    claim.queueNumber = numbered.length + 1;
    [claim.state, claim.approved, claim.remaining] = ["approved", amount, remaining];
    this.#step(claim, "approved", actors.adjudicator, { amount: fen(amount) });
  }

  #closeOff(claim: FakeClaim, state: "rejected" | "cancelled", reason: Reason): void {
    [claim.state, claim.reason, claim.approved] = [state, reason, 0n];
    this.#step(claim, state, actors.adjudicator, { reason });
  }

  reject(claim: FakeClaim, reason: Reason): void {
    this.#closeOff(claim, "rejected", reason);
  }

  cancel(claim: FakeClaim, reason: Reason): void {
    this.#closeOff(claim, "cancelled", reason);
  }

  withdraw(claim: FakeClaim): void {
    claim.state = "withdrawn";
    this.#step(claim, "withdrawn", actors.filer);
  }

  hold(claim: FakeClaim, reason: Reason): void {
    [claim.state, claim.reason] = ["onHold", reason];
    this.#step(claim, "held", actors.adjudicator, { reason });
  }

  release(claim: FakeClaim): void {
    claim.state = "approved";
    delete claim.reason;
    this.#step(claim, "released", actors.adjudicator);
  }

  pay(claim: FakeClaim): FakePayout {
    const flows = this.flows(claim.programme, forever);
    if (claim.state !== "approved" || claim.approved > available(flows)) {
      throw new Error("invented books: the reserve does not hold this claim");
    }
    const payout: FakePayout = {
      payout: payoutId(this.payouts.length + 1),
      claim,
      amount: claim.approved,
      reserveStart: reserveOut(flows),
      policyStart: sum(this.#policyPayouts(claim).map((one) => one.amount)),
      period: this.periodAt(claim.programme, this.clock),
      at: this.#step(claim, "paid", actors.payer, { amount: fen(claim.approved) }),
      recovered: 0n,
    };
    this.payouts.push(payout);
    claim.payouts.push(payout);
    claim.state = "paid";
    return payout;
  }

  #policyPayouts(claim: FakeClaim): readonly FakePayout[] {
    return this.payouts.filter(
      ({ claim: one }) => one.programme === claim.programme && one.policyPeriod === claim.policyPeriod,
    );
  }

  /** Money of the claim's last payment that came back. */
  recover(claim: FakeClaim, amount: bigint): void {
    this.#recover(claim, amount, false);
  }

  /** A bank return: all that is left, and the claim waits again. */
  returnPayout(claim: FakeClaim): void {
    const payout = claim.payouts.at(-1);
    const left = (payout?.amount ?? 0n) - (payout?.recovered ?? 0n);
    this.#recover(claim, left, true);
    [claim.state, claim.approved] = ["approved", left];
  }

  #recover(claim: FakeClaim, amount: bigint, returned: boolean): void {
    const payout = claim.payouts.at(-1);
    if (payout === undefined || payout.recovered + amount > payout.amount) {
      throw new Error("invented books: more than was paid");
    }
    const ofPolicy = this.#policyPayouts(claim);
    this.recoveries.push({
      recovery: this.recoveries.length + 1,
      payout,
      offset: payout.recovered,
      amount,
      returned,
      reserveStart: reserveIn(this.flows(claim.programme, forever)),
      policyStart: sum(
        this.recoveries.filter((one) => ofPolicy.includes(one.payout)).map((one) => one.amount),
      ),
      period: this.periodAt(claim.programme, this.clock),
      at: this.#step(claim, returned ? "returned" : "recovered", actors.payer, { amount: fen(amount) }),
    });
    payout.recovered += amount;
  }

  /** All that an ended programme has left goes to another. */
  moveSurplus(from: ProgrammeId, to: ProgrammeId): void {
    const [source, target] = [this.flows(from, forever), this.flows(to, forever)];
    const unspent = operationsIn(source) - operationsOut(source);
    this.moves.push({
      move: this.moves.length + 1,
      from,
      to,
      reserveFrom: reserveOut(source),
      reserveTo: reserveIn(target),
      reserveAmount: available(source),
      operationsFrom: operationsOut(source),
      operationsTo: operationsIn(target),
      operationsAmount: unspent > 0n ? unspent : 0n,
      at: this.place(),
    });
  }

  spend(programme: ProgrammeId, kind: ExpenseKind, amount: bigint): void {
    this.expenses.push({
      expense: expenseId(this.expenses.length + 1),
      programme,
      kind,
      amount,
      start: operationsOut(this.flows(programme, forever)),
      period: this.periodAt(programme, this.clock),
      at: this.place(),
    });
  }

  /** The programme's totals of everything recorded before `end`. */
  flows(programme: ProgrammeId, end: UnixSeconds): Flows {
    const inTime = ({ at }: { readonly at: EventPlace }): boolean => at.blockTime < end;
    const own = (record: { readonly programme: ProgrammeId }): boolean => record.programme === programme;
    const allocations = this.allocations.filter(own).filter(inTime);
    const [movedIn, movedOut] = [
      this.moves.filter(({ to }) => to === programme).filter(inTime),
      this.moves.filter(({ from }) => from === programme).filter(inTime),
    ];
    const allocatedReserve = sum(allocations.map((one) => one.claimsAmount));
    return {
      allocatedReserve,
      allocatedOperations: sum(allocations.map((one) => one.amount)) - allocatedReserve,
      movedInReserve: sum(movedIn.map((one) => one.reserveAmount)),
      movedInOperations: sum(movedIn.map((one) => one.operationsAmount)),
      movedOutReserve: sum(movedOut.map((one) => one.reserveAmount)),
      movedOutOperations: sum(movedOut.map((one) => one.operationsAmount)),
      recovered: sum(
        this.recoveries
          .filter(({ payout }) => own(payout.claim))
          .filter(inTime)
          .map((one) => one.amount),
      ),
      paid: sum(
        this.payouts
          .filter(({ claim }) => own(claim))
          .filter(inTime)
          .map((one) => one.amount),
      ),
      expenses: sum(
        this.expenses
          .filter(own)
          .filter(inTime)
          .map((one) => one.amount),
      ),
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
