/**
 * The terms of a plan as data. A policy period has exactly one version of them; they are published as canonical JSON
 * and their digest stands on the chain, so that a new version never changes a claim of an old period.
 *
 * What a plan does not publish is absent here (`undefined`), never a guess and never a zero; that a plan says it has
 * none of something is written out (`"none"`, `"any"`, an empty list).
 */
import type { Fen } from "../amounts.ts";
import type { Bytes32 } from "../ids.ts";
import { documentDigest } from "../json.ts";
import type { Json } from "../json.ts";
import type { BenefitKind } from "../ledger/events.ts";

/** What of a bill a rule speaks of. The items of one bill are disjoint: each fen of cost has one scope. */
export const scopes = [
  "allCost",
  "insideList",
  "outsideList",
  "specialDrugs",
  "ownPaidInpatient",
  "ownPaidCancer",
  "ownPaid",
  "outpatient",
  "inpatient",
  "eligible",
  "careAllowance",
  "careVisits",
  "careDevices",
] as const;
export type Scope = (typeof scopes)[number];

/** Who settles before the plan does, in this order. */
export const layers = ["basicMedicalInsurance", "seriousIllnessInsurance", "medicalAid"] as const;
export type Layer = (typeof layers)[number];

/** Whether an amount counts anew for each claim or once for all claims of the policy period. */
export const bases = ["claim", "period"] as const;
export type Basis = (typeof bases)[number];

/** Whether the rules of a deductible use it up together, in the order of the rules, or each has its own. */
export const sharings = ["shared", "own"] as const;
export type Sharing = (typeof sharings)[number];

/**
 * How exactly the ledger records when it happened. To the minute only for day policies, whose enrolment is valid for
 * 24 hours from a check-in and may cross midnight: a day would not tell whether the person was insured.
 */
export const incidentPrecisions = ["day", "minute"] as const;
export type IncidentPrecision = (typeof incidentPrecisions)[number];

export interface Ages {
  /** In completed years, included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface Deductible {
  readonly amount: Fen;
  readonly per: Basis | undefined;
  readonly sharing: Sharing | undefined;
  /** Ids of the rules that it is taken from. */
  readonly rules: readonly string[];
}

export interface Cap {
  readonly amount: Fen;
  readonly per: Basis | undefined;
}

export interface Rule {
  readonly id: string;
  /** No scope stands in two rules. */
  readonly scopes: readonly Scope[];
  /** The share paid of what is left after the deductible, in basis points. */
  readonly rateBps: number | undefined;
  /** The share where the condition existed before; where there is none, `rateBps` holds for both. */
  readonly preExistingRateBps: number | undefined;
  readonly cap: Cap | undefined;
}

export interface Terms {
  readonly plan: string;
  readonly version: number;
  readonly currency: string;
  /** The most that a person is paid in a policy period. */
  readonly cover: Fen | "none" | undefined;
  /** What the enrolment of one person costs in a policy period; 0 where the plan takes no premium. */
  readonly premiumPerHead: Fen | undefined;
  /** Not stated means by the day. */
  readonly incident: IncidentPrecision | undefined;
  /** Claims may be filed until so many days after the period's end. */
  readonly filingDays: number | undefined;
  /** Who can be enrolled. Enrolment checks it; a claim proves its enrolment. */
  readonly ages: Ages | "any" | undefined;
  readonly benefits: readonly BenefitKind[] | undefined;
  /** Settlements that come first; a bill states what each of them paid. */
  readonly layers: readonly Layer[];
  /** How many drugs the plan's own list names, or that it has no limit, or that none is paid. */
  readonly specialDrugs: number | "unlimited" | "none" | undefined;
  readonly deductibles: readonly Deductible[] | undefined;
  readonly rules: readonly Rule[];
}

type JsonObject = { readonly [key: string]: Json };

/** Without the fields that are not stated: JSON has no `undefined`. */
const stated = (fields: { readonly [key: string]: Json | undefined }): JsonObject => {
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept;
};

const capDocument = (cap: Cap): Json => stated({ amount: cap.amount.toString(), per: cap.per });

const ruleDocument = (rule: Rule): Json =>
  stated({ ...rule, cap: rule.cap === undefined ? undefined : capDocument(rule.cap) });

const deductibleDocument = (deductible: Deductible): Json =>
  stated({ ...deductible, amount: deductible.amount.toString() });

/** The published form: amounts are strings of minor units. `readTerms` reads it back. */
export const termsDocument = (terms: Terms): JsonObject =>
  stated({
    ...terms,
    kind: "terms",
    cover: terms.cover?.toString(),
    premiumPerHead: terms.premiumPerHead?.toString(),
    ages: typeof terms.ages === "object" ? stated({ ...terms.ages }) : terms.ages,
    deductibles: terms.deductibles?.map(deductibleDocument),
    rules: terms.rules.map(ruleDocument),
  });

/** What the chain names these terms by: sha256 of their canonical JSON. */
export const termsDigest = (terms: Terms): Bytes32 => documentDigest(termsDocument(terms));
