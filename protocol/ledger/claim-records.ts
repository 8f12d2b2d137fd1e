/** Claims, what was paid for them and what came back, rosters and insurers, as plain records. */
import type { Fen, Position } from "../amounts.ts";
import type {
  ActorId,
  Bytes32,
  ClaimId,
  PayoutId,
  PeriodNumber,
  ProgrammeId,
  RecoveryId,
  RosterId,
} from "../ids.ts";
import type { BenefitKind, ClaimState, EventPlace, Reason, UnixSeconds } from "./events.ts";

export interface RosterRecord {
  readonly roster: RosterId;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly root: Bytes32;
  readonly count: number;
  readonly premiumPerHead: Fen;
  /** 0 where no such figure is published. */
  readonly denominator: number;
  readonly coordinator: ActorId;
  readonly place: EventPlace;
}

/** Who insures a policy period: in the order of the document, of together 10,000 basis points. */
export interface InsurersRecord {
  readonly sharesBps: readonly number[];
  readonly document: Bytes32;
  readonly treasurer: ActorId;
  readonly place: EventPlace;
}

/** Money of a payout that came back and stands on the same reserve line again. */
export interface RecoveryRecord {
  readonly recovery: RecoveryId;
  readonly payout: PayoutId;
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  /** A bank return: the claim was approved again for the amount. */
  readonly returned: boolean;
  /** The cash period. */
  readonly period: PeriodNumber;
  /** First fen of the payout that came back, counted from 0. */
  readonly offset: Position;
  /** Where that fen stood on the reserve line when it was paid: the payout's start and the offset. */
  readonly sourceStart: Position;
  /** Where it stands on the reserve line since it came back. */
  readonly reserveStart: Position;
  readonly amount: Fen;
  /** What had been recovered for the policy period before. */
  readonly policyStart: Position;
  readonly evidence: Bytes32;
  readonly payer: ActorId;
  readonly place: EventPlace;
}

export interface PayoutRecord {
  readonly payout: PayoutId;
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  /** The cash period. */
  readonly period: PeriodNumber;
  readonly reserveStart: Position;
  readonly amount: Fen;
  /** What had been paid for the policy period before. */
  readonly policyStart: Position;
  readonly paymentReference: Bytes32;
  readonly payer: ActorId;
  readonly place: EventPlace;
  /** What of `amount` came back: its front. */
  recovered: Fen;
  /** In recording order, which is the order of their offsets; they add up to `recovered`. */
  readonly recoveries: RecoveryRecord[];
}

export interface FiledPart {
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  /** The roster that proved membership; 0 for a grant. */
  readonly roster: RosterId;
  /** For a grant the paid claim that it follows; otherwise 0. */
  readonly aidOf: ClaimId;
  /** A grant's person is that of the claim it follows. */
  readonly person: Bytes32;
  /** 0 for a grant, which has no incident of its own. */
  readonly incidentFrom: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  readonly evidence: Bytes32;
  readonly filer: ActorId;
  readonly filedAt: EventPlace;
}

export interface Approval {
  /** What is owed while the claim is unpaid: after a bank return what came back, which can be less than at first. */
  readonly amount: Fen;
  /** What the person still owes after all payers: an upper bound of all grants that follow the claim. */
  readonly remaining: Fen;
  readonly queueNumber: number;
  readonly adjudicator: ActorId;
  readonly place: EventPlace;
}

/** One thing that happened to a claim. */
export interface ClaimStep {
  readonly step:
    | "filed"
    | "withdrawn"
    | "approved"
    | "rejected"
    | "held"
    | "released"
    | "cancelled"
    | "paid"
    | "recovered"
    | "returned";
  readonly at: EventPlace;
  readonly actor: ActorId;
  /** Requested, approved, paid or come back. */
  readonly amount?: Fen;
  readonly reason?: Reason;
}

export interface ClaimRecord extends FiledPart {
  state: ClaimState;
  /** Why it is rejected, on hold or cancelled; absent otherwise. */
  reason?: Reason;
  approval?: Approval;
  /** What the grants that follow the claim hold of `approval.remaining`. */
  granted: Fen;
  /** In order: only the last can have money that did not come back. */
  readonly payouts: PayoutRecord[];
  /** Everything that happened to it, oldest first. */
  readonly steps: ClaimStep[];
}

/** An approved claim that waits in the queue of its programme. */
export interface QueuePlace {
  readonly queueNumber: number;
  readonly claim: ClaimId;
}

/** The payable claims of a programme, ascending by queue number from `head` on; the places before it are spent. */
export interface Queue {
  readonly places: QueuePlace[];
  head: number;
}
