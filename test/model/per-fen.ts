/**
 * The oracle: the ledger played with one object per fen. It is slow and simple on purpose, and shares no rule with
 * protocol/lines or protocol/trace. It emits the events that the contract would emit, with every figure counted.
 */
import { fen, position } from "../../protocol/amounts.ts";
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
import type { CloseRecord, LedgerEvent, RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import { historyActors, historyChannels } from "./verbs.ts";
import type { LedgerVerb } from "./verbs.ts";

type VerbOf<Name extends LedgerVerb["verb"]> = Extract<LedgerVerb, { verb: Name }>;

/** One fen, from the gift to wherever it is. */
export interface FenCell {
  readonly fund: number;
  readonly fundPosition: number;
  readonly batch: number;
  readonly leaf: number;
  allocation: number;
  programme: number;
  lane: "claims" | "operations" | undefined;
  /** Where on the programme's reserve or operations line. */
  linePosition: number;
  claim: number;
  payout: number;
}

type Flow = "allocated" | "paid" | "operationsIn" | "expenses";

export interface ModelFund {
  readonly verb: VerbOf<"openFund">;
  readonly cells: FenCell[];
  allocated: number;
  /** Counts up by the share with every allocated fen; a fen that makes it overflow is a claims fen. */
  share: number;
}

export interface ModelProgramme {
  readonly verb: VerbOf<"openProgramme">;
  readonly periods: VerbOf<"declarePeriod">[];
  readonly reserve: FenCell[];
  reserveSpent: number;
  readonly operations: FenCell[];
  /** One entry per fen of expenses: which expense took it. */
  readonly expenses: number[];
  readonly flows: { readonly at: UnixSeconds; readonly flow: Flow; readonly amount: number }[];
  readonly queue: number[];
  approved: number;
  closed: number;
}

export interface ModelClaim {
  readonly verb: VerbOf<"file">;
  readonly filedAt: UnixSeconds;
  approval?: { readonly at: UnixSeconds; readonly amount: bigint };
  payment?: { readonly at: UnixSeconds; readonly payout: number; readonly reserveStart: number };
}

const recorder = actorId(1);
const treasurer = actorId(2);
const coordinator = actorId(3);
const adjudicator = actorId(4);
const payer = actorId(5);

export class PerFenModel {
  readonly funds: ModelFund[] = [];
  readonly programmes: ModelProgramme[] = [];
  readonly claims: ModelClaim[] = [];
  readonly batches: VerbOf<"recordBatch">[] = [];
  #allocations = 0;
  #expenses = 0;
  #payouts = 0;
  #digests = 0;
  #blocks = 0;
  readonly events: RecordedEvent[] = [];

  constructor(startsAt: UnixSeconds) {
    this.#emit(startsAt, [
      ...historyActors.map((_, index): LedgerEvent => {
        const account = address(`0x${(index + 1).toString(16).padStart(40, "0")}`);
        return { type: "ActorRegistered", actor: actorId(index + 1), account };
      }),
      ...historyChannels.map((channel): LedgerEvent => ({ type: "ChannelRegistered", channel })),
    ]);
  }

  /** Applies a verb that the rules allow, in a block of its own. */
  apply(at: UnixSeconds, verb: LedgerVerb): void {
    this.#emit(at, this.#eventsOf(at, verb));
  }

  fund(id: number): ModelFund {
    const fund = this.funds[id - 1];
    if (fund === undefined) throw new RangeError(`no fund ${id}`);
    return fund;
  }

  programme(id: number): ModelProgramme {
    const programme = this.programmes[id - 1];
    if (programme === undefined) throw new RangeError(`no programme ${id}`);
    return programme;
  }

  claim(id: number): ModelClaim {
    const claim = this.claims[id - 1];
    if (claim === undefined) throw new RangeError(`no claim ${id}`);
    return claim;
  }

  /** The cash period at a time: one past the periods that have ended. */
  periodAt(programme: ModelProgramme, at: UnixSeconds): number {
    return 1 + programme.periods.filter((period) => period.end <= at).length;
  }

  inRunOff(programme: ModelProgramme, at: UnixSeconds): boolean {
    return programme.periods.length > 0 && this.periodAt(programme, at) > programme.periods.length;
  }

  /** The figures of a period, from the flows whose time lies in it, cut at its end or at `until`. */
  recordOf(programme: ModelProgramme, period: number, until: UnixSeconds): CloseRecord {
    const from = programme.periods[period - 2]?.end ?? Number.NEGATIVE_INFINITY;
    const to = programme.periods[period - 1]?.end ?? until;
    const sum = (flow: Flow, start: number): number =>
      programme.flows
        .filter((entry) => entry.flow === flow && entry.at >= start && entry.at < to)
        .reduce((total, entry) => total + entry.amount, 0);
    const own = this.claims.filter((claim) => this.programme(claim.verb.programme) === programme);
    const beforeEnd = (at: UnixSeconds | undefined): boolean => at !== undefined && at < to;
    const undecided = own.filter((claim) => claim.filedAt < to && !beforeEnd(claim.approval?.at));
    const unpaid = own.filter((claim) => beforeEnd(claim.approval?.at) && !beforeEnd(claim.payment?.at));
    const [allocated, paid] = [sum("allocated", from), sum("paid", from)];
    const everything = Number.NEGATIVE_INFINITY;
    const closing = sum("allocated", everything) - sum("paid", everything);
    const total = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);
    return {
      opening: fen(closing - allocated + paid),
      allocated: fen(allocated),
      movedIn: fen(0n),
      movedOut: fen(0n),
      recovered: fen(0n),
      paid: fen(paid),
      closing: fen(closing),
      approvedUnpaid: fen(total(unpaid.map((claim) => claim.approval?.amount ?? 0n))),
      filedUndecided: fen(total(undecided.map((claim) => claim.verb.requested))),
      operationsIn: fen(sum("operationsIn", from)),
      expenses: fen(sum("expenses", from)),
    };
  }

  #emit(at: UnixSeconds, events: readonly LedgerEvent[]): void {
    this.#blocks += 1;
    const blockNumber = this.#blocks;
    const transactionHash = this.#digest();
    for (const [logIndex, event] of events.entries()) {
      this.events.push({ place: { blockNumber, blockTime: at, transactionHash, logIndex }, event });
    }
  }

  #digest(): Bytes32 {
    this.#digests += 1;
    return bytes32(`0x${this.#digests.toString(16).padStart(64, "0")}`);
  }

  #roll(id: number, at: UnixSeconds, max = Number.POSITIVE_INFINITY): readonly LedgerEvent[] {
    const programme = this.programme(id);
    const events: LedgerEvent[] = [];
    while (programme.closed + 1 < this.periodAt(programme, at) && events.length < max) {
      programme.closed += 1;
      const record = this.recordOf(programme, programme.closed, at);
      const period = periodNumber(programme.closed);
      events.push({ type: "PeriodClosed", programme: programmeId(id), period, record });
    }
    return events;
  }

  #eventsOf(at: UnixSeconds, verb: LedgerVerb): readonly LedgerEvent[] {
    switch (verb.verb) {
      case "openProgramme":
        return [this.#openProgramme(verb)];
      case "openFund":
        return [this.#openFund(verb)];
      case "declarePeriod":
        return [...this.#roll(verb.programme, at), this.#declarePeriod(verb)];
      case "recordBatch":
        return [this.#recordBatch(verb)];
      case "allocate":
        return [...this.#roll(verb.programme, at), this.#allocate(at, verb)];
      case "expense":
        return [...this.#roll(verb.programme, at), this.#expense(at, verb)];
      case "file":
        return [...this.#roll(verb.programme, at), this.#file(at, verb)];
      case "approve":
        return [...this.#roll(this.claim(verb.claim).verb.programme, at), this.#approve(at, verb)];
      case "pay":
        return [...this.#roll(this.claim(verb.claim).verb.programme, at), this.#pay(at, verb)];
      case "closePeriod":
        return this.#roll(verb.programme, at, verb.max);
    }
  }

  #openProgramme(verb: VerbOf<"openProgramme">): LedgerEvent {
    this.programmes.push({
      verb,
      periods: [],
      reserve: [],
      reserveSpent: 0,
      operations: [],
      expenses: [],
      flows: [],
      queue: [],
      approved: 0,
      closed: 0,
    });
    const { kind, currency, region } = verb;
    const programme = programmeId(verb.programme);
    const [document, operation] = [this.#digest(), this.#digest()];
    return { type: "ProgrammeOpened", programme, kind, currency, region, document, operation };
  }

  #openFund(verb: VerbOf<"openFund">): LedgerEvent {
    this.funds.push({ verb, cells: [], allocated: 0, share: 0 });
    return {
      type: "FundOpened",
      fund: fundId(verb.fund),
      currency: verb.currency,
      claimsShareBps: verb.claimsShareBps,
      restrictedTo: programmeId(verb.restrictedTo),
      fallbackTo: programmeId(verb.fallbackTo),
      document: this.#digest(),
      operation: this.#digest(),
    };
  }

  #declarePeriod(verb: VerbOf<"declarePeriod">): LedgerEvent {
    this.programme(verb.programme).periods.push(verb);
    const { start, end, filingDeadline } = verb;
    const programme = programmeId(verb.programme);
    const period = periodNumber(verb.period);
    const terms = this.#digest();
    return {
      type: "PeriodDeclared",
      programme,
      period,
      start,
      end,
      filingDeadline,
      cover: fen(verb.cover),
      terms,
    };
  }

  #recordBatch(verb: VerbOf<"recordBatch">): LedgerEvent {
    this.batches.push(verb);
    const { cells } = this.fund(verb.fund);
    const startsAt = cells.length;
    for (const [leaf, { amount }] of verb.leaves.entries()) {
      for (let count = 0n; count < amount; count += 1n) {
        cells.push({
          fund: verb.fund,
          fundPosition: cells.length,
          batch: verb.batch,
          leaf,
          allocation: 0,
          programme: 0,
          lane: undefined,
          linePosition: 0,
          claim: 0,
          payout: 0,
        });
      }
    }
    return {
      type: "BatchRecorded",
      batch: batchId(verb.batch),
      fund: fundId(verb.fund),
      channel: verb.channel,
      day: verb.day,
      startsAt: position(startsAt),
      count: verb.leaves.length,
      sum: fen(cells.length - startsAt),
      root: this.#digest(),
      recorder,
      operation: this.#digest(),
      leaves: encodeLeaves(
        verb.leaves.map(({ amount, commitment }) => ({
          amount: fen(amount),
          commitment: bytes32(commitment),
        })),
      ),
    };
  }

  #allocate(at: UnixSeconds, verb: VerbOf<"allocate">): LedgerEvent {
    const [fund, programme] = [this.fund(verb.fund), this.programme(verb.programme)];
    const [fundStart, reserveStart] = [fund.allocated, programme.reserve.length];
    const operationsStart = programme.operations.length;
    this.#allocations += 1;
    for (const cell of fund.cells.slice(fundStart, fundStart + Number(verb.amount))) {
      fund.share += fund.verb.claimsShareBps;
      const isClaims = fund.share >= 10_000;
      if (isClaims) fund.share -= 10_000;
      const line = isClaims ? programme.reserve : programme.operations;
      cell.allocation = this.#allocations;
      cell.programme = verb.programme;
      cell.lane = isClaims ? "claims" : "operations";
      cell.linePosition = line.length;
      line.push(cell);
    }
    fund.allocated += Number(verb.amount);
    const claimsAmount = programme.reserve.length - reserveStart;
    const operationsAmount = programme.operations.length - operationsStart;
    programme.flows.push({ at, flow: "allocated", amount: claimsAmount });
    programme.flows.push({ at, flow: "operationsIn", amount: operationsAmount });
    return {
      type: "PremiumAllocated",
      allocation: allocationId(this.#allocations),
      fund: fundId(verb.fund),
      programme: programmeId(verb.programme),
      fundStart: position(fundStart),
      amount: fen(verb.amount),
      reserveStart: position(reserveStart),
      claimsAmount: fen(claimsAmount),
      operationsStart: position(operationsStart),
      period: periodNumber(this.periodAt(programme, at)),
      treasurer,
      operation: this.#digest(),
    };
  }

  #expense(at: UnixSeconds, verb: VerbOf<"expense">): LedgerEvent {
    const programme = this.programme(verb.programme);
    const operationsStart = programme.expenses.length;
    this.#expenses += 1;
    for (let count = 0n; count < verb.amount; count += 1n) programme.expenses.push(this.#expenses);
    programme.flows.push({ at, flow: "expenses", amount: Number(verb.amount) });
    return {
      type: "ExpenseRecorded",
      expense: expenseId(this.#expenses),
      programme: programmeId(verb.programme),
      operationsStart: position(operationsStart),
      amount: fen(verb.amount),
      kind: verb.kind,
      period: periodNumber(this.periodAt(programme, at)),
      evidence: this.#digest(),
      treasurer,
      operation: this.#digest(),
    };
  }

  #file(at: UnixSeconds, verb: VerbOf<"file">): LedgerEvent {
    this.claims.push({ verb, filedAt: at });
    return {
      type: "ClaimFiled",
      claim: claimId(verb.claim),
      programme: programmeId(verb.programme),
      policyPeriod: periodNumber(verb.policyPeriod),
      person: bytes32(verb.person),
      incidentFrom: verb.incidentFrom,
      toTheMinute: verb.toTheMinute,
      requested: fen(verb.requested),
      benefit: verb.benefit,
      evidence: this.#digest(),
      filer: coordinator,
      operation: this.#digest(),
    };
  }

  #approve(at: UnixSeconds, verb: VerbOf<"approve">): LedgerEvent {
    const claim = this.claim(verb.claim);
    const programme = this.programme(claim.verb.programme);
    claim.approval = { at, amount: verb.amount };
    programme.queue.push(verb.claim);
    programme.approved += 1;
    return {
      type: "ClaimApproved",
      claim: claimId(verb.claim),
      programme: programmeId(claim.verb.programme),
      amount: fen(verb.amount),
      remaining: fen(verb.remaining),
      queueNumber: programme.approved,
      adjudicator,
    };
  }

  #pay(at: UnixSeconds, verb: VerbOf<"pay">): LedgerEvent {
    const claim = this.claim(verb.claim);
    const programme = this.programme(claim.verb.programme);
    const amount = claim.approval?.amount ?? 0n;
    const reserveStart = programme.reserveSpent;
    this.#payouts += 1;
    for (const cell of programme.reserve.slice(reserveStart, reserveStart + Number(amount))) {
      cell.claim = verb.claim;
      cell.payout = this.#payouts;
      programme.reserveSpent += 1;
    }
    claim.payment = { at, payout: this.#payouts, reserveStart };
    programme.queue.shift();
    programme.flows.push({ at, flow: "paid", amount: Number(amount) });
    return {
      type: "ClaimPaid",
      claim: claimId(verb.claim),
      payout: payoutId(this.#payouts),
      programme: programmeId(claim.verb.programme),
      period: periodNumber(this.periodAt(programme, at)),
      reserveStart: position(reserveStart),
      amount: fen(amount),
      paymentReference: this.#digest(),
      payer,
    };
  }
}
