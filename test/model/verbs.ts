/**
 * What happens in a history, as plain values: the same list is applied to the per-fen model, to the reducer by way
 * of the model's events, and to the contract. Ids are the ones that the ledger must hand out, counted from 1.
 */
import type {
  BenefitKind,
  DayNumber,
  ExpenseKind,
  ProgrammeKind,
  UnixSeconds,
} from "../../protocol/ledger/events.ts";

export interface LeafVerb {
  readonly amount: bigint;
  readonly commitment: `0x${string}`;
}

export type Verb =
  | {
      readonly verb: "openProgramme";
      readonly programme: number;
      readonly kind: ProgrammeKind;
      readonly currency: string;
      readonly region: number;
    }
  | {
      readonly verb: "openFund";
      readonly fund: number;
      readonly currency: string;
      readonly claimsShareBps: number;
      /** 0 for a general fund. */
      readonly restrictedTo: number;
      readonly fallbackTo: number;
    }
  | {
      readonly verb: "declarePeriod";
      readonly programme: number;
      readonly period: number;
      readonly start: UnixSeconds;
      readonly end: UnixSeconds;
      readonly filingDeadline: UnixSeconds;
      readonly cover: bigint;
    }
  | {
      readonly verb: "recordBatch";
      readonly batch: number;
      readonly fund: number;
      readonly channel: string;
      readonly day: DayNumber;
      /** Ascending by commitment. */
      readonly leaves: readonly LeafVerb[];
    }
  | { readonly verb: "allocate"; readonly fund: number; readonly programme: number; readonly amount: bigint }
  | {
      readonly verb: "expense";
      readonly programme: number;
      readonly amount: bigint;
      readonly kind: ExpenseKind;
    }
  | {
      readonly verb: "file";
      readonly claim: number;
      readonly programme: number;
      readonly policyPeriod: number;
      readonly person: `0x${string}`;
      readonly incidentFrom: UnixSeconds;
      readonly toTheMinute: boolean;
      readonly requested: bigint;
      readonly benefit: BenefitKind;
    }
  | { readonly verb: "approve"; readonly claim: number; readonly amount: bigint; readonly remaining: bigint }
  | { readonly verb: "pay"; readonly claim: number }
  | { readonly verb: "closePeriod"; readonly programme: number; readonly max: number }
  | { readonly verb: "wait"; readonly seconds: number };

export type LedgerVerb = Exclude<Verb, { verb: "wait" }>;

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

/** The actors of a history, by id; each has the role of its name in the ledger and in every programme. */
export const historyActors = ["recorder", "treasurer", "coordinator", "adjudicator", "payer"] as const;
export const historyChannels = ["alipay", "bank", "interest"] as const;
