/** An adjudication laid out for a reader: each step in its order, with what it leaves, as a page or the API prints it. */
import { fen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import type { Json } from "../json.ts";
import type { Adjudication, Step } from "./steps.ts";

export interface ExplainedStep {
  /** Counted from 1. */
  readonly number: number;
  readonly step: Step;
  /** What is left under the step's rule after it; after the rule's last step, what the rule pays. */
  readonly left: Fen | undefined;
  /** What is payable under all rules so far; after the last step, what is payable. */
  readonly payable: Fen;
}

/**
 * Every step in the order in which it was taken. `left` is undefined for what is said beside the rules (a cost that no
 * rule pays, a benefit that is not paid, a cover that is not stated), which changes no amount.
 */
export const stepsInOrder = ({ steps }: Adjudication): readonly ExplainedStep[] => {
  let [rule, left, payable]: [string | undefined, bigint, bigint] = [undefined, 0n, 0n];
  return steps.map((step, at) => {
    const own = "rule" in step ? step.rule : undefined;
    left = own === rule ? left + step.effect : step.effect;
    payable += step.effect;
    rule = own;
    return {
      number: at + 1,
      step,
      left: own === undefined ? undefined : fen(left),
      payable: fen(payable),
    };
  });
};

const written = (value: string | number | boolean | bigint): Json =>
  typeof value === "bigint" ? value.toString() : value;

/**
 * The JSON form: `payable`, `remaining`, and the steps with their figures, `left` and `payableSoFar`; amounts are
 * strings of minor units, `effect` with its sign.
 */
export const adjudicationDocument = (adjudication: Adjudication): { readonly [key: string]: Json } => ({
  payable: adjudication.payable.toString(),
  remaining: adjudication.remaining.toString(),
  steps: stepsInOrder(adjudication).map(({ number, step, left, payable }) => ({
    number,
    ...Object.fromEntries(
      Object.entries(step).map(([name, value]: [string, string | number | boolean | bigint]) => [
        name,
        written(value),
      ]),
    ),
    ...(left === undefined ? {} : { left: left.toString() }),
    payableSoFar: payable.toString(),
  })),
});
