/** The words of one language as they reach the script: JSON, with facts in braces. */
import type {
  FailureKind,
  ReasonUnchecked,
  Step,
  StepResult,
  Verdict,
} from "../../../protocol/verify/steps.ts";

export interface VerifierWords {
  readonly working: string;
  readonly again: string;
  readonly broken: string;
  readonly against: string;
  readonly newest: string;
  readonly gift: string;
  readonly places: string;
  readonly compared: string;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly verdictText: Readonly<Record<Verdict, string>>;
  readonly outcome: Readonly<Record<StepResult["outcome"], string>>;
  readonly steps: Readonly<Record<Step, string>>;
  readonly passed: Readonly<Record<Step, string>>;
  readonly failed: Readonly<Record<FailureKind, string>>;
  readonly unchecked: Readonly<Record<ReasonUnchecked, string>>;
}

/** A sentence with its facts filled in; a fact that is not known leaves a dash. */
export const filled = (sentence: string, facts: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => facts[name] ?? "–");
