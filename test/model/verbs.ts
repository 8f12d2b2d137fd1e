/**
 * What happens in a history, as plain values: the same list is applied to the per-fen model, to the reducer by way
 * of the model's events, and to the contract. Ids are the ones that the ledger must hand out, counted from 1.
 */
import type {
  BenefitKind,
  DayNumber,
  ExpenseKind,
  ProgrammeKind,
  Reason,
  RecordKind,
  UnixSeconds,
} from "../../protocol/ledger/events.ts";

type Hex = `0x${string}`;

export interface LeafVerb {
  readonly amount: bigint;
  readonly commitment: Hex;
}

/** A line of a roster: insured from `from` to before `to`. */
export interface RosterLine {
  readonly person: Hex;
  readonly from: UnixSeconds;
  readonly to: UnixSeconds;
}

interface MoneyVerbs {
  readonly openProgramme: {
    readonly programme: number;
    readonly kind: ProgrammeKind;
    readonly currency: string;
    readonly region: number;
  };
  /** `restrictedTo` and `fallbackTo` are 0 for a general fund. */
  readonly openFund: {
    readonly fund: number;
    readonly currency: string;
    readonly claimsShareBps: number;
    readonly restrictedTo: number;
    readonly fallbackTo: number;
  };
  readonly declarePeriod: {
    readonly programme: number;
    readonly period: number;
    readonly start: UnixSeconds;
    readonly end: UnixSeconds;
    readonly filingDeadline: UnixSeconds;
    readonly cover: bigint;
    readonly toTheMinute: boolean;
  };
  /** `leaves` ascend by commitment. */
  readonly recordBatch: {
    readonly batch: number;
    readonly fund: number;
    readonly channel: string;
    readonly day: DayNumber;
    readonly leaves: readonly LeafVerb[];
  };
  readonly allocate: { readonly fund: number; readonly programme: number; readonly amount: bigint };
  readonly expense: { readonly programme: number; readonly amount: bigint; readonly kind: ExpenseKind };
  readonly move: { readonly from: number; readonly to: number };
  readonly refund: { readonly batch: number; readonly index: number; readonly amount: bigint };
  readonly coverRefund: { readonly refund: number; readonly channel: string };
  readonly closePeriod: { readonly programme: number; readonly max: number };
}

interface ClaimVerbs {
  readonly declareInsurers: {
    readonly programme: number;
    readonly policyPeriod: number;
    readonly sharesBps: readonly number[];
  };
  readonly appendRoster: {
    readonly roster: number;
    readonly programme: number;
    readonly policyPeriod: number;
    readonly lines: readonly RosterLine[];
    readonly premiumPerHead: bigint;
    readonly denominator: number;
  };
  /** `line` is the place in the roster, from 0. */
  readonly file: {
    readonly claim: number;
    readonly roster: number;
    readonly line: number;
    readonly incidentFrom: UnixSeconds;
    readonly requested: bigint;
    readonly benefit: BenefitKind;
  };
  readonly grant: {
    readonly claim: number;
    readonly programme: number;
    readonly policyPeriod: number;
    readonly aidOf: number;
    readonly requested: bigint;
    readonly benefit: BenefitKind;
  };
  readonly withdraw: { readonly claim: number };
  readonly approve: { readonly claim: number; readonly amount: bigint; readonly remaining: bigint };
  readonly reject: { readonly claim: number; readonly reason: Reason };
  readonly hold: { readonly claim: number; readonly reason: Reason };
  /** `after` is the claim that comes before it in the queue; 0 for none. */
  readonly release: { readonly claim: number; readonly after: number };
  readonly cancel: { readonly claim: number; readonly reason: Reason };
  readonly pay: { readonly claim: number };
  readonly recover: {
    readonly payout: number;
    readonly amount: bigint;
    readonly returned: boolean;
    readonly after: number;
  };
}

interface AuditVerbs {
  readonly attest: { readonly programme: number; readonly period: number };
  readonly openFinding: { readonly programme: number; readonly period: number };
  readonly answerFinding: { readonly finding: number };
  readonly closeFinding: { readonly finding: number };
  readonly confirm: {
    readonly channel: string;
    readonly day: DayNumber;
    readonly currency: string;
    readonly count: number;
    readonly sum: bigint;
  };
  readonly correct: { readonly kind: RecordKind; readonly record: number };
  /** Of the block before. */
  readonly noteHead: { readonly by: (typeof historyActors)[number] };
}

type VerbTable = MoneyVerbs & ClaimVerbs & AuditVerbs;
export type VerbName = keyof VerbTable;
export type VerbOf<Name extends VerbName> = VerbTable[Name] & { readonly verb: Name };
type AnyOf<Name extends VerbName> = { [One in Name]: VerbOf<One> }[Name];
export type MoneyVerb = AnyOf<keyof MoneyVerbs>;
export type ClaimVerb = AnyOf<keyof ClaimVerbs>;
export type AuditVerb = AnyOf<keyof AuditVerbs>;
export type LedgerVerb = MoneyVerb | ClaimVerb | AuditVerb;
export type Verb = LedgerVerb | { readonly verb: "wait"; readonly seconds: number };

export interface History {
  /** When the first verb may happen; every verb but `wait` happens one second after the one before. */
  readonly startsAt: UnixSeconds;
  readonly verbs: readonly Verb[];
}

/** The verbs that reach the ledger, each with its block time. */
export const timedVerbs = (
  history: History,
): readonly { readonly at: UnixSeconds; readonly verb: LedgerVerb }[] => {
  let now = history.startsAt;
  return history.verbs.flatMap((verb) => {
    if (verb.verb === "wait") {
      now += verb.seconds;
      return [];
    }
    now += 1;
    return [{ at: now, verb }];
  });
};

/** The actors of a history, by id; each has the role of its name in the ledger, in every programme or channel. */
export const historyActors = [
  "recorder",
  "treasurer",
  "coordinator",
  "adjudicator",
  "payer",
  "auditor",
  "provider",
] as const;
export const historyChannels = ["alipay", "bank", "interest"] as const;
