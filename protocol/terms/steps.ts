/**
 * The steps of an adjudication, in the order in which they are taken. Each carries a code that a page puts in words,
 * the figures it was made from, and its effect in fen: what it adds to or takes from the amount. The effects of all
 * steps add up to what is payable.
 */
import type { Fen } from "../amounts.ts";
import type { BenefitKind } from "../ledger/events.ts";
import type { Layer, Scope } from "./types.ts";

export type Step =
  /** A cost of the bill enters under its rule. */
  | { readonly code: "cost"; readonly rule: string; readonly scope: Scope; readonly effect: bigint }
  /** What a settlement that comes first has paid of it. */
  | {
      readonly code: "paidFirst";
      readonly rule: string;
      readonly scope: Scope;
      readonly layer: Layer;
      readonly effect: bigint;
    }
  /** The deductible, as far as earlier claims and earlier rules have not used it up. */
  | {
      readonly code: "deductible";
      readonly rule: string;
      readonly amount: Fen;
      readonly usedBefore: Fen;
      readonly effect: bigint;
    }
  /** The part that the rate does not pay. The only step that rounds: the person gets the rate's share rounded down. */
  | {
      readonly code: "rate";
      readonly rule: string;
      readonly rateBps: number;
      readonly preExisting: boolean;
      readonly of: Fen;
      readonly effect: bigint;
    }
  /** What lies above the cap of the rule. */
  | {
      readonly code: "cap";
      readonly rule: string;
      readonly amount: Fen;
      readonly usedBefore: Fen;
      readonly effect: bigint;
    }
  /** What lies above what the person still owes, others and earlier rules taken off. */
  | { readonly code: "owed"; readonly rule: string; readonly owed: Fen; readonly effect: bigint }
  /** What lies above the cover; `usedBefore` counts earlier claims and earlier rules. */
  | {
      readonly code: "cover";
      readonly rule: string;
      readonly amount: Fen;
      readonly usedBefore: Fen;
      readonly effect: bigint;
    }
  /** A cost that no rule pays. */
  | { readonly code: "notCovered"; readonly scope: Scope; readonly cost: Fen; readonly effect: bigint }
  /** The plan pays no benefit of this kind. */
  | { readonly code: "benefitNotPaid"; readonly benefit: BenefitKind; readonly effect: bigint }
  /** The terms publish no cover; none was applied. */
  | { readonly code: "coverNotStated"; readonly effect: bigint };

export type StepCode = Step["code"];

export interface Adjudication {
  readonly payable: Fen;
  /** What the person owes after this payment too: the most that an aid grant may cover. */
  readonly remaining: Fen;
  readonly steps: readonly Step[];
}
