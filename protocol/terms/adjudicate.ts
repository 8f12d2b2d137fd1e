/**
 * What terms pay for a bill, to the fen, with every step shown. Deterministic and integers only.
 *
 * Order: the rules in the order of the terms, each of them cost → paid first → deductible → rate → cap → still owed →
 * cover. The order of rules matters only where they share a deductible: an earlier rule uses it up first.
 *
 * Rounding: `roundDownOncePerRule`, at the rate and nowhere else. All costs of a rule are added before its rate is
 * taken, so a rule loses less than one fen however many items a bill has. Down, because the money is held for all
 * the insured: no claim takes a fen that the terms do not promise, and no share can exceed the amount it is taken of.
 */
import { addFen, fen, subtractFen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import { checkBill, noHistory, owedOf } from "./bill.ts";
import type { Bill, History, RuleHistory } from "./bill.ts";
import type { Adjudication, Step } from "./steps.ts";
import type { Rule, Terms } from "./types.ts";

/** The terms do not state what this bill turns on; it can not be decided from what is published. */
export class TermsSilent extends Error {
  /** Such as `rules[0].rateBps`. */
  readonly field: string;
  constructor(terms: Terms, field: string) {
    super(`version ${terms.version} of ${terms.plan} does not state ${field}, and this bill turns on it`);
    this.name = "TermsSilent";
    this.field = field;
  }
}

/** floor(amount × bps / 10000). */
export const roundDownOncePerRule = (amount: Fen, bps: number): Fen => fen((amount * BigInt(bps)) / 10_000n);

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const above = (amount: Fen, limit: bigint): bigint => (amount > limit ? amount - limit : 0n);

const historyOf = (history: History, rule: string): RuleHistory =>
  history.rules.find((entry) => entry.rule === rule) ?? { rule, deductibleUsed: zeroFen, paid: zeroFen };

/** One claim on its way through the rules. */
interface Case {
  readonly terms: Terms;
  readonly bill: Bill;
  readonly history: History;
  /** Of all rules so far. */
  readonly steps: readonly Step[];
  readonly payable: Fen;
}

const costSteps = ({ bill }: Case, rule: Rule): readonly Step[] =>
  bill.items
    .filter(({ scope }) => rule.scopes.includes(scope))
    .flatMap(({ scope, cost, paidFirst }): readonly Step[] => [
      { code: "cost", rule: rule.id, scope, effect: cost },
      ...paidFirst.map(
        ({ layer, amount }) =>
          ({ code: "paidFirst", rule: rule.id, scope, layer, effect: 0n - amount }) as const,
      ),
    ]);

const sum = (steps: readonly Step[]): Fen => fen(steps.reduce((total, { effect }) => total + effect, 0n));

const deductibleStep = (claim: Case, rule: Rule, left: Fen): Step | undefined => {
  const { terms, history, steps } = claim;
  if (terms.deductibles === undefined) throw new TermsSilent(terms, "deductibles");
  const at = terms.deductibles.findIndex(({ rules }) => rules.includes(rule.id));
  const deductible = terms.deductibles[at];
  if (deductible === undefined) return undefined;
  const { amount, per, sharing } = deductible;
  const usedBy = (id: string): bigint => (per === "claim" ? 0n : historyOf(history, id).deductibleUsed);
  const others = terms.rules.filter(({ id }) => id !== rule.id && deductible.rules.includes(id));
  const touched = ({ id }: Rule): boolean => usedBy(id) > 0n;
  const inBill = (other: Rule): boolean => sum(costSteps(claim, other)) > 0n;
  if (per === undefined && [rule, ...others].some(touched)) {
    throw new TermsSilent(terms, `deductibles[${at}].per`);
  }
  if (sharing === undefined && others.some((other) => touched(other) || inBill(other))) {
    throw new TermsSilent(terms, `deductibles[${at}].sharing`);
  }
  let usedBefore = usedBy(rule.id);
  if (sharing === "shared") {
    for (const other of others) usedBefore += usedBy(other.id) + takenBy(steps, other.id);
  }
  return {
    code: "deductible",
    rule: rule.id,
    amount,
    usedBefore: fen(usedBefore),
    effect: -smaller(left, above(amount, usedBefore)),
  };
};

const takenBy = (steps: readonly Step[], rule: string): bigint =>
  steps.reduce(
    (taken, step) => (step.code === "deductible" && step.rule === rule ? taken - step.effect : taken),
    0n,
  );

const rateStep = ({ terms, bill }: Case, rule: Rule, left: Fen): Step => {
  if (rule.rateBps === undefined) throw new TermsSilent(terms, `rules[${terms.rules.indexOf(rule)}].rateBps`);
  const separate = bill.preExisting && rule.preExistingRateBps !== undefined;
  const rateBps = separate ? rule.preExistingRateBps : rule.rateBps;
  const paid = roundDownOncePerRule(left, rateBps);
  return { code: "rate", rule: rule.id, rateBps, preExisting: separate, of: left, effect: paid - left };
};

const capStep = ({ terms, history }: Case, rule: Rule, left: Fen): Step | undefined => {
  if (rule.cap === undefined) return undefined;
  const { amount, per } = rule.cap;
  const usedBefore = per === "claim" ? zeroFen : historyOf(history, rule.id).paid;
  if (per === undefined && usedBefore > 0n) {
    throw new TermsSilent(terms, `rules[${terms.rules.indexOf(rule)}].cap.per`);
  }
  const effect = -above(left, above(amount, usedBefore));
  return { code: "cap", rule: rule.id, amount, usedBefore, effect };
};

const owedStep = ({ bill, payable }: Case, rule: Rule, left: Fen): Step | undefined => {
  // Without other payers it can not bind: a rate is at most the whole, and no cost stands under two rules.
  if (bill.paidByOthers === 0n) return undefined;
  const owed = fen(owedOf(bill) - payable);
  return { code: "owed", rule: rule.id, owed, effect: -above(left, owed) };
};

const coverStep = ({ terms, history, payable }: Case, rule: Rule, left: Fen): Step | undefined => {
  if (terms.cover === undefined || terms.cover === "none") return undefined;
  const usedBefore = addFen(history.coverUsed, payable);
  const effect = -above(left, above(terms.cover, usedBefore));
  return { code: "cover", rule: rule.id, amount: terms.cover, usedBefore, effect };
};

/** After the costs, as long as anything is left: what a step would take of nothing is not shown. */
const reductions = [deductibleStep, rateStep, capStep, owedStep, coverStep];

const stepsOfRule = (claim: Case, rule: Rule): readonly Step[] => {
  const taken = [...costSteps(claim, rule)];
  for (const reduction of reductions) {
    const left = sum(taken);
    if (left === 0n) break;
    const step = reduction(claim, rule, left);
    if (step !== undefined) taken.push(step);
  }
  return taken;
};

/** What is said beside the rules; no effect on the amount. */
const remarks = ({ terms, bill, payable }: Case): readonly Step[] => {
  const covered = new Set(terms.rules.flatMap((rule) => rule.scopes));
  const steps: Step[] = bill.items
    .filter(({ scope }) => !covered.has(scope))
    .map(({ scope, cost }) => ({ code: "notCovered", scope, cost, effect: 0n }));
  if (terms.cover === undefined && payable > 0n) steps.push({ code: "coverNotStated", effect: 0n });
  return steps;
};

/**
 * What `terms` pay for `bill` after the person's earlier claims of the period. Never more than the person still owes,
 * never more than is left of the cover; a larger bill never pays less. Ages, filing deadline and enrolment are not
 * looked at: the roster and the chain hold them. Throws `InvalidBill` where bill or history do not fit the terms and
 * {@link TermsSilent} where the bill turns on something that the terms do not state.
 */
export const adjudicate = (terms: Terms, bill: Bill, history: History = noHistory): Adjudication => {
  checkBill(terms, bill, history);
  const owed = owedOf(bill);
  if (terms.benefits !== undefined && !terms.benefits.includes(bill.benefit)) {
    const refused: Step = { code: "benefitNotPaid", benefit: bill.benefit, effect: 0n };
    return { payable: zeroFen, remaining: owed, steps: [refused] };
  }
  let claim: Case = { terms, bill, history, steps: [], payable: zeroFen };
  for (const rule of terms.rules) {
    const steps = [...claim.steps, ...stepsOfRule(claim, rule)];
    claim = { ...claim, steps, payable: sum(steps) };
  }
  const steps = [...claim.steps, ...remarks(claim)];
  return { payable: claim.payable, remaining: subtractFen(owed, claim.payable), steps };
};

/** The person's history after a claim was approved as adjudicated. */
export const afterwards = (terms: Terms, history: History, { payable, steps }: Adjudication): History => ({
  coverUsed: addFen(history.coverUsed, payable),
  rules: terms.rules.map(({ id }) => {
    const before = historyOf(history, id);
    const own = steps.filter((step) => "rule" in step && step.rule === id);
    return {
      rule: id,
      deductibleUsed: fen(before.deductibleUsed + takenBy(own, id)),
      paid: addFen(before.paid, sum(own)),
    };
  }),
});
