/** The coarse codes that records carry, and the plain units of time. The ledger carries no free text. */

/** On chain the index in this list is the value: 0 = insurance, 1 = aid. */
export const programmeKinds = ["insurance", "aid"] as const;
export type ProgrammeKind = (typeof programmeKinds)[number];

/** On chain the index in this list is the value. */
export const benefitKinds = ["cash", "service", "device"] as const;
export type BenefitKind = (typeof benefitKinds)[number];

/** On chain the index in this list is the value. A coarse code: the ledger carries no free text. */
export const expenseKinds = [
  "administration",
  "channelFee",
  "fieldWork",
  "fundRaising",
  "audit",
  "other",
] as const;
export type ExpenseKind = (typeof expenseKinds)[number];

/**
 * Why a claim is rejected, held or cancelled: four coarse codes, none of them medical. On chain the value is the
 * index in this list plus 1.
 */
export const reasons = ["evidence", "terms", "duplicate", "other"] as const;
export type Reason = (typeof reasons)[number];

/** Where a claim stands. On chain the value is the index in this list plus 1. */
export const claimStates = [
  "filed",
  "approved",
  "paid",
  "rejected",
  "withdrawn",
  "cancelled",
  "onHold",
] as const;
export type ClaimState = (typeof claimStates)[number];

/** Where an auditor's finding stands. On chain the value is the index in this list plus 1. */
export const findingStates = ["open", "answered", "closed"] as const;
export type FindingState = (typeof findingStates)[number];

/** What a correction note may name. On chain the index in this list is the value. */
export const recordKinds = [
  "actor",
  "fund",
  "programme",
  "batch",
  "allocation",
  "expense",
  "claim",
  "payout",
  "roster",
  "recovery",
  "move",
  "refund",
  "attestation",
  "finding",
  "confirmation",
  "correction",
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Seconds since 1970-01-01T00:00Z, as block times and period limits are stored. */
export type UnixSeconds = number;
/** A day in Asia/Shanghai as the decimal number YYYYMMDD. */
export type DayNumber = number;
