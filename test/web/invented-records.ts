/** What the invented books hold: one plain record a thing that happened, the way the ledger's events tell it. */
import type {
  ActorId,
  AllocationId,
  Bytes32,
  FundId,
  PeriodNumber,
  ProgrammeId,
} from "../../protocol/ids.ts";
import { actorId, bytes32 } from "../../protocol/ids.ts";
import type {
  BenefitKind,
  EventPlace,
  ExpenseKind,
  ProgrammeKind,
  Reason,
  RecordKind,
  UnixSeconds,
} from "../../protocol/ledger/events.ts";
import type { Statement } from "../../protocol/ports/insurance-requests.ts";
import type { Bilingual, ClaimState, ClaimStep } from "../../protocol/ports/views.ts";
import type { Terms } from "../../protocol/terms/types.ts";

export const hexOf = (seed: number): Bytes32 => bytes32(`0x${(seed + 1).toString(16).padStart(64, "0")}`);

export const actors = {
  recorder: actorId(1),
  treasurer: actorId(2),
  filer: actorId(3),
  adjudicator: actorId(4),
  payer: actorId(5),
  auditor: actorId(6),
  provider: actorId(7),
};

export interface FakeFund {
  readonly fund: FundId;
  readonly name: Bilingual;
  readonly bps: number;
  readonly currency: string;
  readonly restrictedTo?: ProgrammeId;
  readonly fallbackTo?: ProgrammeId;
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

/** What one payment took of the reserve line, and what of its front came back. */
export interface FakePayout {
  readonly payout: number;
  readonly claim: FakeClaim;
  readonly amount: bigint;
  readonly reserveStart: bigint;
  readonly policyStart: bigint;
  readonly period: PeriodNumber;
  readonly at: EventPlace;
  recovered: bigint;
}

export interface FakeRecovery {
  readonly recovery: number;
  readonly payout: FakePayout;
  readonly offset: bigint;
  readonly amount: bigint;
  readonly returned: boolean;
  readonly reserveStart: bigint;
  readonly policyStart: bigint;
  readonly period: PeriodNumber;
  readonly at: EventPlace;
}

export interface FakeMove {
  readonly move: number;
  readonly from: ProgrammeId;
  readonly to: ProgrammeId;
  readonly reserveFrom: bigint;
  readonly reserveTo: bigint;
  readonly reserveAmount: bigint;
  readonly operationsFrom: bigint;
  readonly operationsTo: bigint;
  readonly operationsAmount: bigint;
  readonly at: EventPlace;
}

export interface FakeClaim {
  readonly claim: number;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly requested: bigint;
  readonly benefit: BenefitKind;
  readonly incidentFrom?: UnixSeconds;
  readonly roster?: number;
  readonly aidOf?: FakeClaim;
  readonly filedAt: EventPlace;
  readonly steps: ClaimStep[];
  readonly payouts: FakePayout[];
  state: ClaimState;
  approved: bigint;
  remaining: bigint;
  queueNumber?: number;
  reason?: Reason;
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
  readonly kind: ProgrammeKind;
  /** Starts of the periods and the end of the last. */
  readonly bounds: readonly UnixSeconds[];
  /** 0: no limit. */
  readonly cover: bigint;
  readonly toTheMinute: boolean;
  /** Of each period, the last for all that follow. */
  readonly terms: readonly Terms[];
}

export interface FakeRoster {
  readonly roster: number;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly count: number;
  readonly premiumPerHead: bigint;
  readonly denominator?: number;
  readonly at: EventPlace;
}

export interface FakeInsurers {
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly insurers: readonly { readonly name: Bilingual; readonly shareBps: number }[];
}

export interface FakeRefund {
  readonly refund: number;
  readonly batch: FakeBatch;
  readonly index: number;
  readonly start: bigint;
  readonly amount: bigint;
  readonly at: EventPlace;
  covered?: { readonly channel: string; readonly at: EventPlace };
}

export interface FakeSubject {
  readonly programme?: ProgrammeId;
  readonly period?: PeriodNumber;
}

/** What somebody published; without a statement where this gateway does not hold the document. */
export interface FakeStatement {
  readonly document: Bytes32;
  readonly statement?: Statement;
  readonly at: EventPlace;
  readonly actor: ActorId;
}

export interface FakeFinding {
  readonly finding: number;
  readonly subject: FakeSubject;
  readonly opened: FakeStatement;
  answered?: FakeStatement;
  closed?: FakeStatement;
}

export interface FakeConfirmation {
  readonly channel: string;
  readonly day: number;
  readonly count: number;
  readonly sum: bigint;
  readonly at: EventPlace;
}

export interface FakeCorrection {
  readonly correction: number;
  readonly kind: RecordKind;
  readonly record: number;
  readonly published: FakeStatement;
}

/** What an answer about a programme at one moment is summed from. */
export interface Flows {
  readonly allocatedReserve: bigint;
  readonly allocatedOperations: bigint;
  readonly movedInReserve: bigint;
  readonly movedInOperations: bigint;
  readonly movedOutReserve: bigint;
  readonly movedOutOperations: bigint;
  readonly recovered: bigint;
  readonly paid: bigint;
  readonly expenses: bigint;
}

/** Where the reserve line ends, what of it is spent, and what is left; the same of the operations line. */
export const reserveIn = (flows: Flows): bigint =>
  flows.allocatedReserve + flows.movedInReserve + flows.recovered;
export const reserveOut = (flows: Flows): bigint => flows.paid + flows.movedOutReserve;
export const available = (flows: Flows): bigint => reserveIn(flows) - reserveOut(flows);
export const operationsIn = (flows: Flows): bigint => flows.allocatedOperations + flows.movedInOperations;
export const operationsOut = (flows: Flows): bigint => flows.expenses + flows.movedOutOperations;
