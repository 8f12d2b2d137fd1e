import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { sealOf } from "../../protocol/donations/seal.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { batchOperation, batchRoot, buildTree } from "../../protocol/donations/merkle-sum.ts";
import { actorId, address } from "../../protocol/ids.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { checkLaws, checkTotals } from "../../protocol/laws/laws.ts";
import { lawOfPlaces } from "../../protocol/laws/places.ts";
import { randomHistory } from "../model/history.ts";
import { exampleBooks, secondYear } from "./books.ts";

const broken = (state: LedgerState): readonly string[] =>
  checkTotals(state, secondYear)
    .filter((check) => !check.holds)
    .map((check) => check.law);

const first = <Item>(items: readonly Item[]): Item => {
  const item = items[0];
  if (item === undefined) throw new RangeError("the books are empty");
  return item;
};

const paidBooks = (cover = 0n): LedgerState => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.record(keeper.expenseEvent(1, 600n));
  for (const claim of [1, 2]) {
    keeper.approveClaim(1, 1000n);
    keeper.record(keeper.payEvent(claim));
  }
  const period = first(first(keeper.state.programmes).periods);
  first(keeper.state.programmes).periods.splice(0, 1, { ...period, cover: fen(cover) });
  return keeper.state;
};

describe("the laws", () => {
  it("hold at the end of random histories", () => {
    for (let seed = 500; seed < 540; seed += 1) {
      const { model, endsAt } = randomHistory(seed, 120);
      const state = model.events.reduce(applyEvent, emptyState());
      for (const check of checkLaws(state, endsAt))
        expect(check, `seed ${seed}: ${check.facts.join("; ")}`).to.include({ holds: true });
    }
  });

  it("are told with what was checked, L1 to L6 in order", () => {
    const checks = checkLaws(paidBooks(), secondYear);
    expect(checks.map((check) => check.law)).to.deep.equal(["L1", "L2", "L3", "L4", "L5", "L6"]);
    for (const check of checks) {
      expect(check.holds, check.facts.join("; ")).to.equal(true);
      expect(check.checked).to.be.greaterThan(0);
      expect(check.facts).to.not.deep.equal([]);
    }
    expect(first(checks).facts).to.deep.equal(["fund 1: donated 11000 = allocated 5500 + unallocated 5500"]);
  });

  type Damage = (state: LedgerState) => void;
  const damages: readonly (readonly [name: string, law: string, damage: Damage])[] = [
    [
      "a fen donated that no batch has",
      "L1",
      (state) => void (first(state.funds).donated = position(11_001n)),
    ],
    [
      "a fen allocated that no allocation has",
      "L1",
      (state) => void (first(state.funds).allocated = position(5501n)),
    ],
    [
      "a claims share off its promise",
      "L2",
      (state) => {
        const fund = first(state.funds);
        fund.allocations.splice(0, 1, { ...first(fund.allocations), claimsAmount: fen(4948n) });
      },
    ],
    [
      "a reserve that is not what was allocated",
      "L2",
      (state) => {
        const programme = first(state.programmes);
        programme.totals = { ...programme.totals, reserveIn: position(4951n) };
      },
    ],
    [
      "a close record that does not add up",
      "L3",
      (state) => {
        const programme = first(state.programmes);
        programme.atPeriodStart = { ...programme.atPeriodStart, reserveIn: position(5n) };
      },
    ],
    [
      "operations money that no period received",
      "L3",
      (state) => {
        const programme = first(state.programmes);
        programme.atPeriodStart = { ...programme.atPeriodStart, operationsIn: position(5n) };
      },
    ],
    [
      "an expense that no period had",
      "L3",
      (state) => {
        const programme = first(state.programmes);
        programme.atPeriodStart = { ...programme.atPeriodStart, expenses: position(5n) };
      },
    ],
    [
      "a payout that overlaps another",
      "L5",
      (state) => {
        const programme = first(state.programmes);
        programme.payouts.splice(0, 1, { ...first(programme.payouts), amount: fen(1001n) });
      },
    ],
    ["a batch that is gone", "L5", (state) => void first(state.funds).batches.splice(0, 1)],
    [
      "a payer who also filed",
      "L6",
      (state) => {
        const claim = first(state.claims);
        claim.payouts.splice(0, 1, { ...first(claim.payouts), payer: actorId(3) });
      },
    ],
    ["a claim paid that was never approved", "L6", (state) => void delete first(state.claims).approval],
    ["a claim passed over", "L6", (state) => void (first(state.programmes).queuePaid = 1)],
  ];
  for (const [name, law, damage] of damages) {
    it(`${law} finds ${name}`, () => {
      const state = paidBooks();
      expect(broken(state)).to.deep.equal([]);
      damage(state);
      expect(broken(state)).to.include(law);
    });
  }

  it("L4 finds a donation whose places do not add up, and a claim paid from elsewhere", () => {
    const state = paidBooks();
    const claim = first(state.claims);
    claim.payouts.splice(0, 1, { ...first(claim.payouts), amount: fen(999n) });
    const check = lawOfPlaces(state);
    expect(check.holds).to.equal(false);
    expect(check.facts[0]).to.contain("claim 1");
  });

  it("L6 keeps what is approved for one person within the cover of the policy period", () => {
    expect(broken(paidBooks(2000n))).to.deep.equal([]);
    expect(broken(paidBooks(1999n))).to.deep.equal(["L6"]);
  });
});

describe("the seal of a batch", () => {
  it("is recomputed from the leaves that the event carries", () => {
    const batch = first(exampleBooks().state.batches);
    const ledger = { chainId: 31_337, contract: address(`0x${"ab".repeat(20)}`) };
    const { root: treeRoot, sum, count } = buildTree(decodeLeaves(batch.leaves));
    const { fund, batch: id, startsAt, channel, day, leaves } = batch;
    expect(sealOf(batch, ledger)).to.deep.equal({
      root: batchRoot({ version: 1, ...ledger, fund, batch: id, startsAt, count, sum, treeRoot }),
      operation: batchOperation(fund, channel, day, leaves),
    });
  });
});
