/** Everything that books say, figure by figure, in one shape for every witness. Amounts are small enough for numbers. */
import type {
  BenefitKind,
  ClaimState,
  CloseRecord,
  FindingState,
  Reason,
} from "../../protocol/ledger/events.ts";

export interface FundFacts {
  readonly fund: number;
  readonly donated: number;
  readonly allocated: number;
  readonly claimsAllocated: number;
  readonly donations: number;
}

export interface PeriodFacts {
  readonly period: number;
  readonly closed: boolean;
  readonly record: Readonly<Record<keyof CloseRecord, number>>;
  /** Of the claims whose policy period it is; absent for the run-off. */
  readonly policy?: {
    readonly cover: number;
    readonly toTheMinute: boolean;
    readonly paid: number;
    readonly recovered: number;
    readonly shares: readonly number[];
    /** What of each person's cover is taken, where there is a cover. */
    readonly committed: Readonly<Record<string, number>>;
  };
}

export interface ProgrammeFacts {
  readonly programme: number;
  readonly currentPeriod: number;
  readonly inRunOff: boolean;
  readonly fallbackTo: number;
  readonly available: number;
  readonly approvedUnpaid: number;
  readonly shortfall: number;
  readonly advance: number;
  readonly operationsIn: number;
  readonly operationsOut: number;
  readonly openClaims: number;
  readonly queue: readonly number[];
  readonly periods: readonly PeriodFacts[];
}

export interface ClaimFacts {
  readonly claim: number;
  readonly programme: number;
  readonly policyPeriod: number;
  readonly roster: number;
  readonly aidOf: number;
  readonly person: string;
  readonly incidentFrom: number;
  readonly toTheMinute: boolean;
  readonly requested: number;
  readonly benefit: BenefitKind;
  readonly state: ClaimState;
  readonly reason: Reason | "none";
  readonly approved: number;
  readonly remaining: number;
  readonly granted: number;
  readonly queueNumber: number;
  readonly payouts: readonly number[];
  readonly steps: readonly string[];
}

export interface PayoutFacts {
  readonly payout: number;
  readonly claim: number;
  readonly reserveStart: number;
  readonly amount: number;
  readonly recovered: number;
  readonly recoveries: readonly number[];
  readonly policyStart: number;
  /** What each insurer bears; none where none is declared. */
  readonly parts: readonly number[];
}

export interface RecoveryFacts {
  readonly recovery: number;
  readonly payout: number;
  readonly claim: number;
  readonly returned: boolean;
  readonly offset: number;
  readonly reserveStart: number;
  readonly amount: number;
  readonly policyStart: number;
  readonly parts: readonly number[];
}

export interface RefundFacts {
  readonly refund: number;
  readonly batch: number;
  readonly index: number;
  readonly start: number;
  readonly amount: number;
  readonly covered: string;
}

export interface BooksFacts {
  readonly funds: readonly FundFacts[];
  readonly programmes: readonly ProgrammeFacts[];
  readonly claims: readonly ClaimFacts[];
  readonly payouts: readonly PayoutFacts[];
  readonly recoveries: readonly RecoveryFacts[];
  readonly refunds: readonly RefundFacts[];
  readonly findings: readonly FindingState[];
  readonly counts: Readonly<
    Record<
      "allocations" | "expenses" | "moves" | "rosters" | "attestations" | "confirmations" | "corrections",
      number
    >
  >;
}
