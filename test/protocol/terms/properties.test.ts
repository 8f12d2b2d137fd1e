import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { adjudicate, afterwards } from "../../../protocol/terms/adjudicate.ts";
import { noHistory, owedOf } from "../../../protocol/terms/bill.ts";
import type { Bill, BillItem, History } from "../../../protocol/terms/bill.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import type { Adjudication } from "../../../protocol/terms/steps.ts";
import { layers, scopes } from "../../../protocol/terms/types.ts";
import type { Scope, Terms } from "../../../protocol/terms/types.ts";
import { Random } from "../../model/random.ts";
import { effectSum } from "./invented.ts";

const seeds = Array.from({ length: 400 }, (_, seed) => seed);
const claimsPerPerson = 6;

/** Small amounts, so that deductibles, caps and cover bind and roundings meet. */
const randomTerms = (random: Random, sharing: "shared" | "own"): Terms => {
  const per = (): string => random.pick(["claim", "period"]);
  const amount = (most: number): string => String(random.between(1, most));
  const pool: Scope[] = [...scopes];
  const rules = Array.from({ length: random.between(1, 4) }, (_, at) => ({
    id: `rule-${at}`,
    scopes: pool.splice(random.between(0, pool.length - 3), random.between(1, 2)),
    rateBps: random.pick([0, 1, 3333, 5000, 9999, 10_000]),
    ...(random.chance(2) ? { preExistingRateBps: random.between(0, 10_000) } : {}),
    ...(random.chance(2) ? { cap: { amount: amount(300), per: per() } } : {}),
  }));
  const reduced = rules.filter(() => !random.chance(4)).map(({ id }) => id);
  return readTerms({
    kind: "terms",
    plan: "random-plan",
    version: 1,
    currency: "CNY",
    cover: random.chance(5) ? "none" : amount(900),
    layers: layers.slice(0, random.between(0, 3)),
    deductibles: reduced.length === 0 ? [] : [{ amount: amount(200), per: per(), sharing, rules: reduced }],
    rules,
  });
};

const randomItem = (random: Random, terms: Terms, scope: Scope): BillItem => {
  const cost = random.between(0, 400);
  let left = cost;
  const paidFirst = terms.layers.map((layer) => {
    const amount = random.between(0, left);
    left -= amount;
    return { layer, amount: fen(random.chance(3) ? 0 : amount) };
  });
  return { scope, cost: fen(cost), paidFirst };
};

const randomBill = (random: Random, terms: Terms): Bill => {
  const used = scopes.filter(() => random.chance(2));
  const items = (used.length === 0 ? [scopes[0]] : used).map((scope) => randomItem(random, terms, scope));
  const whole: Bill = { benefit: "cash", preExisting: random.chance(3), items, paidByOthers: fen(0) };
  return random.chance(3) ? { ...whole, paidByOthers: fen(random.between(0, Number(owedOf(whole)))) } : whole;
};

interface Claim {
  readonly terms: Terms;
  readonly bill: Bill;
  readonly history: History;
  readonly adjudication: Adjudication;
  readonly random: Random;
  readonly place: string;
}

/** The claims of one period of one person after another, each under random terms. */
const eachClaim = (check: (claim: Claim) => void, sharing: readonly ("shared" | "own")[]): void => {
  for (const seed of seeds) {
    const random = new Random(seed);
    const terms = randomTerms(random, random.pick(sharing));
    let history = noHistory;
    for (let number = 1; number <= claimsPerPerson; number += 1) {
      const bill = randomBill(random, terms);
      const adjudication = adjudicate(terms, bill, history);
      check({ terms, bill, history, adjudication, random, place: `seed ${seed}, claim ${number}` });
      history = afterwards(terms, history, adjudication);
    }
  }
};

const both = ["shared", "own"] as const;

const withItem = (bill: Bill, at: number, change: (item: BillItem) => BillItem): Bill => ({
  ...bill,
  items: bill.items.map((item, index) => (index === at ? change(item) : item)),
});

describe("under random terms, over the claims of a period, adjudication", () => {
  it("pays the sum of its steps, at most what is owed and what is left of the cover", () => {
    let [bound, positive] = [0, 0];
    eachClaim(({ terms, bill, history, adjudication, place }) => {
      const { payable, remaining } = adjudication;
      expect(effectSum(adjudication), place).to.equal(payable);
      expect(payable >= 0n && payable <= owedOf(bill), place).to.equal(true);
      expect(payable + remaining, place).to.equal(owedOf(bill));
      if (typeof terms.cover === "bigint") {
        expect(history.coverUsed + payable <= terms.cover, place).to.equal(true);
        if (payable > 0n && history.coverUsed + payable === terms.cover) bound += 1;
      }
      if (payable > 0n) positive += 1;
    }, both);
    expect(bound).to.be.greaterThan(50);
    expect(positive).to.be.greaterThan(500);
  });

  it("pays at most its cap under a rule and takes at most its deductible, per claim or per period", () => {
    eachClaim(({ terms, history, adjudication, place }) => {
      const after = afterwards(terms, history, adjudication);
      const of = (from: History, rule: string, field: "paid" | "deductibleUsed"): bigint =>
        from.rules.find((entry) => entry.rule === rule)?.[field] ?? 0n;
      const used = (per: string | undefined, rule: string, field: "paid" | "deductibleUsed"): bigint =>
        of(after, rule, field) - (per === "claim" ? of(history, rule, field) : 0n);
      for (const { id, cap } of terms.rules) {
        if (cap !== undefined) expect(used(cap.per, id, "paid") <= cap.amount, place).to.equal(true);
      }
      for (const { amount, per, sharing, rules } of terms.deductibles ?? []) {
        const taken = rules.map((rule) => used(per, rule, "deductibleUsed"));
        const sums = sharing === "own" ? taken : [taken.reduce((sum, one) => sum + one, 0n)];
        for (const sum of sums) expect(sum <= amount, place).to.equal(true);
      }
    }, both);
  });

  it("never pays less for a larger bill, nor more than what was added to it", () => {
    eachClaim(({ terms, bill, history, adjudication, random, place }) => {
      const more = BigInt(random.between(1, 200));
      const larger = withItem(bill, random.between(0, bill.items.length - 1), (item) => ({
        ...item,
        cost: fen(item.cost + more),
      }));
      const risen = adjudicate(terms, larger, history).payable - adjudication.payable;
      expect(risen >= 0n && risen <= more, `${place}: ${more} more gave ${risen}`).to.equal(true);
    }, both);
  });

  it("never pays more where a layer or others paid more", () => {
    eachClaim(({ terms, bill, history, adjudication, place }) => {
      const helped = owedOf(bill) === 0n ? bill : { ...bill, paidByOthers: fen(bill.paidByOthers + 1n) };
      expect(adjudicate(terms, helped, history).payable <= adjudication.payable, place).to.equal(true);
      if (bill.paidByOthers > 0n) return;
      bill.items.forEach((_, at) => {
        const covered = withItem(bill, at, ({ scope, cost, paidFirst }) => {
          const left = paidFirst.reduce((rest, { amount }) => rest - amount, BigInt(cost));
          const [first, ...others] = paidFirst;
          return first === undefined
            ? { scope, cost, paidFirst }
            : { scope, cost, paidFirst: [{ ...first, amount: fen(first.amount + left) }, ...others] };
        });
        expect(adjudicate(terms, covered, history).payable <= adjudication.payable, place).to.equal(true);
      });
    }, both);
  });

  it("rounds at the rate alone, down, by less than a fen a rule", () => {
    let rounded = 0;
    eachClaim(({ adjudication, place }) => {
      for (const step of adjudication.steps) {
        if (step.code !== "rate") continue;
        const lost = step.of * BigInt(step.rateBps) - (step.of + step.effect) * 10_000n;
        expect(lost >= 0n && lost < 10_000n, place).to.equal(true);
        if (lost > 0n) rounded += 1;
      }
    }, both);
    expect(rounded).to.be.greaterThan(500);
  });

  it("gives the same answer twice, and whatever order the bill has", () => {
    eachClaim(({ terms, bill, history, adjudication, place }) => {
      expect(adjudicate(terms, bill, history), place).to.deep.equal(adjudication);
      const turned = { ...bill, items: bill.items.toReversed() };
      const turnedHistory = { ...history, rules: history.rules.toReversed() };
      const again = adjudicate(terms, turned, turnedHistory);
      expect(again.payable, place).to.equal(adjudication.payable);
      expect(again.steps, place).to.have.deep.members([...adjudication.steps]);
    }, both);
  });

  it("does not depend on the order of rules where they share no deductible", () => {
    eachClaim(
      ({ terms, bill, history, adjudication, place }) => {
        const turned = { ...terms, rules: terms.rules.toReversed() };
        expect(adjudicate(turned, bill, history).payable, place).to.equal(adjudication.payable);
      },
      ["own"],
    );
  });
});
