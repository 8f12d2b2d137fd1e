/** What the ledger emits about rosters, insurers, claims and their money. */
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
import type { BenefitKind, Reason, UnixSeconds } from "./codes.ts";

export interface ClaimFiled {
  readonly type: "ClaimFiled";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  /** The period whose cover, terms and deadline bind the claim. */
  readonly policyPeriod: PeriodNumber;
  /** The roster that proved membership. */
  readonly roster: RosterId;
  /** Salted pseudonym, new for every programme and period. */
  readonly person: Bytes32;
  /** First second of the incident's day (Asia/Shanghai), or of its minute when `toTheMinute`. */
  readonly incidentFrom: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  /** Salted commitment to the settlement slip. */
  readonly evidence: Bytes32;
  readonly filer: ActorId;
  readonly operation: Bytes32;
}

/** A claim of an aid programme. Its person is that of the paid claim that it follows; it has no incident of its own. */
export interface GrantFiled {
  readonly type: "GrantFiled";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly aidOf: ClaimId;
  readonly policyPeriod: PeriodNumber;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  /** Salted commitment to the evidence. */
  readonly evidence: Bytes32;
  readonly filer: ActorId;
  readonly operation: Bytes32;
}

export interface ClaimWithdrawn {
  readonly type: "ClaimWithdrawn";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly coordinator: ActorId;
}

export interface ClaimRejected {
  readonly type: "ClaimRejected";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly reason: Reason;
  readonly adjudicator: ActorId;
}

export interface ClaimHeld {
  readonly type: "ClaimHeld";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly reason: Reason;
  readonly adjudicator: ActorId;
}

export interface ClaimReleased {
  readonly type: "ClaimReleased";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly adjudicator: ActorId;
}

export interface ClaimCancelled {
  readonly type: "ClaimCancelled";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly reason: Reason;
  readonly adjudicator: ActorId;
}

export interface ClaimApproved {
  readonly type: "ClaimApproved";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly amount: Fen;
  /** What the person still owes after all payers, attested as an upper bound; an aid grant reads it. */
  readonly remaining: Fen;
  readonly queueNumber: number;
  readonly adjudicator: ActorId;
}

export interface ClaimPaid {
  readonly type: "ClaimPaid";
  readonly claim: ClaimId;
  readonly payout: PayoutId;
  readonly programme: ProgrammeId;
  /** The cash period, by block time; the policy period is the claim's. */
  readonly period: PeriodNumber;
  readonly reserveStart: Position;
  readonly amount: Fen;
  /** Paid for the policy period's claims before; its insurers share [policyStart, policyStart + amount). */
  readonly policyStart: Position;
  /** Salted commitment to the bank's or platform's payment number. */
  readonly paymentReference: Bytes32;
  readonly payer: ActorId;
}

/**
 * Money of a payout that came back: [offset, offset + amount) of the payout is now [reserveStart, …) of the same
 * reserve line. `returned`: a bank return of all that was left; the claim is approved again for that amount.
 */
export interface PayoutRecovered {
  readonly type: "PayoutRecovered";
  readonly recovery: RecoveryId;
  readonly payout: PayoutId;
  readonly programme: ProgrammeId;
  readonly claim: ClaimId;
  readonly returned: boolean;
  /** The cash period, by block time. */
  readonly period: PeriodNumber;
  /** First fen of the payout that came back: what was recovered of it before. */
  readonly offset: Position;
  readonly reserveStart: Position;
  readonly amount: Fen;
  /** Recovered of the policy period's claims before; its insurers share [policyStart, policyStart + amount). */
  readonly policyStart: Position;
  /** Salted commitment to the voucher. */
  readonly evidence: Bytes32;
  readonly payer: ActorId;
  readonly operation: Bytes32;
}

export interface RosterAppended {
  readonly type: "RosterAppended";
  readonly roster: RosterId;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly root: Bytes32;
  /** Insured people in this batch. */
  readonly count: number;
  readonly premiumPerHead: Fen;
  /** How many people could have been enrolled; 0 where no such figure is published. */
  readonly denominator: number;
  readonly coordinator: ActorId;
  readonly operation: Bytes32;
}

export interface InsurersDeclared {
  readonly type: "InsurersDeclared";
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  /** In the order of the published document, which names the insurers; they sum to 10,000. */
  readonly sharesBps: readonly number[];
  readonly document: Bytes32;
  readonly treasurer: ActorId;
}
