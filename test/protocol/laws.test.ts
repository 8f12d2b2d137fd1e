import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { sealOf } from "../../protocol/donations/seal.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { batchOperation, batchRoot, buildTree } from "../../protocol/donations/merkle-sum.ts";
import { actorId, address } from "../../protocol/ids.ts";
import type { ClaimRecord, LedgerState, ProgrammeRecord, Totals } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { checkLaws, checkTotals } from "../../protocol/laws/laws.ts";
import { lawOfLines } from "../../protocol/laws/lines.ts";
import { lawOfPlaces } from "../../protocol/laws/places.ts";
import { randomHistory } from "../model/history.ts";
import { Bookkeeper, day, digest, exampleBooks, firstDay, secondYear, thirdYear } from "./books.ts";

const first = <Item>(items: readonly Item[]): Item => {
  const item = items[0];
  if (item === undefined) throw new RangeError("the books are empty");
  return item;
};

/**
 * Programme 1 insures for two years with a cover of 2,000 and two insurers, and took over what programme 2 left. Its
 * claims: 1 paid and recovered in part, 2 paid, 3 waits, 4 is on hold, 5 is filed, 6 was returned and waits. Programme 3
 * gives aid: 7 is granted for claim 1.
 */
const richBooks = (): Bookkeeper => {
  const keeper = new Bookkeeper();
  keeper.openProgramme();
  keeper.openProgramme();
  keeper.openProgramme("aid");
  keeper.openFund(9000);
  keeper.declareYear(1, firstDay, secondYear, 2000n);
  keeper.declareYear(1, secondYear, thirdYear, 2000n);
  keeper.declareYear(2, firstDay, firstDay + day);
  keeper.declareYear(3, firstDay, secondYear);
  keeper.record(keeper.insurersEvent(1, 1, [6500, 3500]));
  keeper.record(keeper.batchEvent([1n, 999n, 19_000n]));
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.record(keeper.allocationEvent(2, 1000n, 900n));
  keeper.record(keeper.allocationEvent(3, 1000n, 900n));
  keeper.tell(
    () => keeper.expenseEvent(1, 600n),
    () => keeper.expenseEvent(2, 30n),
  );
  keeper.goTo(firstDay + 92 * day);
  keeper.record(keeper.moveEvent(2, 1));
  keeper.record(keeper.fileEvent(1, 1000n));
  keeper.tell(
    () => keeper.approveEvent(1, 1000n, 300n),
    () => keeper.payEvent(1),
    () => keeper.recoverEvent(1, 100n),
  );
  keeper.payClaim(1, 501n, 1, 78);
  keeper.approveClaim(1, 200n, 1, 79);
  keeper.approveClaim(1, 150n, 1, 80);
  keeper.tell(
    () => keeper.holdEvent(4),
    () => keeper.fileEvent(1, 70n),
  );
  keeper.record(keeper.holdEvent(3));
  keeper.payClaim(1, 40n, 1, 81);
  keeper.tell(
    () => keeper.releaseEvent(3),
    () => keeper.recoverEvent(3, 40n, true),
  );
  keeper.record(keeper.grantEvent(3, 1, 250n));
  keeper.record(keeper.approveEvent(7, 250n));
  return keeper;
};

const broken = ({ state, now }: Bookkeeper): readonly string[] =>
  checkTotals(state, now)
    .filter((check) => !check.holds)
    .map((check) => check.law);

/** The laws that find a damage which no event can do. */
interface Damage {
  readonly state: LedgerState;
  readonly programme: ProgrammeRecord;
  readonly claim: (id: number) => ClaimRecord;
  readonly totals: (change: Partial<Totals>) => void;
}

const damageOf = (keeper: Bookkeeper): Damage => ({
  state: keeper.state,
  programme: keeper.programme(1),
  claim: (id) => keeper.claim(id),
  totals: (change) => {
    const programme = keeper.programme(1);
    programme.totals = { ...programme.totals, ...change };
  },
});

/** Puts another record in the place of the first of a list. */
const replaceFirst = <Item extends object>(items: Item[], change: Partial<Item>): void =>
  void items.splice(0, 1, { ...first(items), ...change });

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
    const { state, now } = richBooks();
    const checks = checkLaws(state, now);
    expect(checks.map((check) => check.law)).to.deep.equal(["L1", "L2", "L3", "L4", "L5", "L6"]);
    for (const check of checks) {
      expect(check.holds, check.facts.join("; ")).to.equal(true);
      expect(check.checked).to.be.greaterThan(0);
      expect(check.facts).to.not.deep.equal([]);
    }
    expect(first(checks).facts).to.deep.equal(["fund 1: donated 20000 = allocated 7500 + unallocated 12500"]);
  });

  const damages: readonly (readonly [name: string, law: string, damage: (books: Damage) => void])[] = [
    [
      "a fen donated that no batch has",
      "L1",
      ({ state }) => void (first(state.funds).donated = position(20_001n)),
    ],
    [
      "a fen allocated that no allocation has",
      "L1",
      ({ state }) => void (first(state.funds).allocated = position(7501n)),
    ],
    [
      "a claims share off its promise",
      "L2",
      ({ state }) => replaceFirst(first(state.funds).allocations, { claimsAmount: fen(4948n) }),
    ],
    ["a reserve that is not what came in", "L2", ({ totals }) => totals({ reserveIn: position(5951n) })],
    ["operations money that nobody gave", "L2", ({ totals }) => totals({ operationsIn: position(900n) })],
    [
      "a close record that does not add up",
      "L3",
      ({ programme }) => {
        programme.atPeriodStart = { ...programme.atPeriodStart, reserveIn: position(5n) };
      },
    ],
    ...(["operationsIn", "operationsOut"] as const).map(
      (field) =>
        [
          `${field} that no period had`,
          "L3",
          ({ programme }: Damage): void => {
            programme.atPeriodStart = { ...programme.atPeriodStart, [field]: position(5n) };
          },
        ] as const,
    ),
    ...(["movedIn", "movedOut", "recovered", "operationsMovedIn", "operationsMovedOut"] as const).map(
      (field) =>
        [
          `${field} in the totals that no record has`,
          "L3",
          ({ programme, totals }: Damage): void => totals({ [field]: fen(programme.totals[field] + 1n) }),
        ] as const,
    ),
    ["a payment that no total counts", "L3", ({ programme }) => void programme.payouts.splice(0, 1)],
    ["an expense that no total counts", "L3", ({ programme }) => void programme.expenses.splice(0, 1)],
    ["a move that only one side has", "L3", ({ state }) => void state.programmes[1]?.movesOut.splice(0, 1)],
    [
      "insurers who share elsewhere than where the payments before ended",
      "L3",
      ({ programme }) => replaceFirst(programme.payouts, { policyStart: position(1n) }),
    ],
    [
      "a policy period that was paid more than its claims",
      "L3",
      ({ programme }) => void (first(programme.periods).paid = position(1542n)),
    ],
    [
      "a policy period that recovered less than came back",
      "L3",
      ({ programme }) => void (first(programme.periods).recovered = position(139n)),
    ],
    [
      "a payout that overlaps another",
      "L5",
      ({ programme }) => replaceFirst(programme.payouts, { amount: fen(1001n) }),
    ],
    ["a batch that is gone", "L5", ({ state }) => void first(state.funds).batches.splice(0, 1)],
    ["a recovery that is gone", "L5", ({ programme }) => void programme.recoveries.splice(0, 1)],
    ["a move that is gone", "L5", ({ programme }) => void programme.movesIn.splice(0, 1)],
    [
      "a recovery of another part of its payment",
      "L5",
      ({ claim }) => replaceFirst(first(claim(1).payouts).recoveries, { offset: position(1n) }),
    ],
    [
      "a recovery from another place of the line",
      "L5",
      ({ claim }) => replaceFirst(first(claim(1).payouts).recoveries, { sourceStart: position(1n) }),
    ],
    ["a payer who also filed", "L6", ({ claim }) => replaceFirst(claim(1).payouts, { payer: actorId(3) })],
    ["a payer who also decided", "L6", ({ claim }) => replaceFirst(claim(1).payouts, { payer: actorId(4) })],
    [
      "an adjudicator who also filed",
      "L6",
      ({ claim }) => {
        const { approval } = claim(3);
        if (approval !== undefined) claim(3).approval = { ...approval, adjudicator: actorId(3) };
      },
    ],
    ["a claim paid that was never approved", "L6", ({ claim }) => void delete claim(1).approval],
    ["a claim that is paid without a payment", "L6", ({ claim }) => void (claim(5).state = "paid")],
    ["a claim paid in part", "L6", ({ claim }) => replaceFirst(claim(2).payouts, { amount: fen(500n) })],
    [
      "a claim owed again of which something did not come back",
      "L6",
      ({ claim }) => void (first(claim(6).payouts).recovered = fen(39n)),
    ],
    [
      "a claim passed over",
      "L6",
      ({ claim }) => {
        const { steps } = claim(1);
        const paid = steps.findIndex(({ step }) => step === "paid");
        const [step] = steps.splice(paid, 1);
        if (step !== undefined) claim(2).steps.splice(1, 0, step);
      },
    ],
    ["a claim that waits and is not in the queue", "L6", ({ programme }) => void (programme.queue.head += 1)],
    ["a queue number twice", "L6", ({ programme }) => void (programme.lastQueueNumber += 1)],
    ["a promise that no claim has", "L6", ({ totals }) => totals({ approvedUnpaid: fen(241n) })],
    ["an undecided claim that is not filed", "L6", ({ totals }) => totals({ filedUndecided: fen(71n) })],
    [
      "more promised to one person than the cover",
      "L6",
      ({ programme }) => replaceFirst(programme.periods, { cover: fen(899n) }),
    ],
    [
      "cover held that no claim holds",
      "L6",
      ({ programme }) => void first(programme.periods).committed.set(digest(5), fen(1n)),
    ],
    [
      "cover that is not held as the claims say",
      "L6",
      ({ programme }) => void first(programme.periods).committed.set(digest(77), fen(899n)),
    ],
    ["a grant that its claim does not know", "L6", ({ claim }) => void (claim(1).granted = fen(249n))],
    [
      "more granted than remained",
      "L6",
      ({ claim }) => {
        const { approval } = claim(1);
        if (approval !== undefined) claim(1).approval = { ...approval, remaining: fen(249n) };
      },
    ],
  ];
  for (const [name, law, damage] of damages) {
    it(`${law} finds ${name}`, () => {
      const keeper = richBooks();
      expect(broken(keeper)).to.deep.equal([]);
      damage(damageOf(keeper));
      expect(broken(keeper)).to.include(law);
    });
  }

  /** Damage that breaks several clauses of a law, and the words of the one that would be missed. */
  const clauses: readonly (readonly [fact: string, damage: (books: Damage) => void])[] = [
    [
      "fund 1: 1 allocated that was never donated",
      ({ state }) => void (first(state.funds).allocated = position(20_001n)),
    ],
    ...[
      "fund 1 after allocation 1: claims 4948 of 5500 is not the promise",
      "fund 1, claims share: expected 6750, found 6748",
    ].map(
      (fact) =>
        [
          fact,
          ({ state }: Damage) => replaceFirst(first(state.funds).allocations, { claimsAmount: fen(4948n) }),
        ] as const,
    ),
    [
      "fund 1 after allocation 1: an operating share of -1",
      ({ state }) => replaceFirst(first(state.funds).allocations, { claimsAmount: fen(5501n) }),
    ],
    [
      "programme 2, period 1, closing: expected 900, found 901",
      ({ state }) => {
        const closed = state.programmes[1]?.closed ?? [];
        replaceFirst(closed, { record: { ...first(closed).record, closing: fen(901n) } });
      },
    ],
    [
      "reserve money moved in beyond what was moved out: expected 0, found 1",
      ({ totals }) => totals({ movedIn: fen(901n) }),
    ],
    [
      "operations money moved in beyond what was moved out: expected 0, found 1",
      ({ totals }) => totals({ operationsMovedIn: fen(71n) }),
    ],
    [
      "programme 1, policy period 1: 2000 came back of 1541 paid",
      ({ programme }) => void (first(programme.periods).recovered = position(2000n)),
    ],
    ["claim 1 is paid and was never approved", ({ claim }) => void delete claim(1).approval],
    ["claim 5 is paid without a payment", ({ claim }) => void (claim(5).state = "paid")],
    [
      "claim 2, paid whole: expected 501, found 500",
      ({ claim }) => replaceFirst(claim(2).payouts, { amount: fen(500n) }),
    ],
    ...[
      "payout 3, its recoveries: expected 39, found 40",
      "payout 3, come back before it was paid again: expected 40, found 39",
    ].map(
      (fact) =>
        [fact, ({ claim }: Damage): void => void (first(claim(6).payouts).recovered = fen(39n))] as const,
    ),
    [
      "claim 2 was paid out of order, before: expected 1, found 2",
      ({ claim }) => {
        const { steps } = claim(1);
        const [step] = steps.splice(
          steps.findIndex((each) => each.step === "paid"),
          1,
        );
        if (step !== undefined) claim(2).steps.splice(1, 0, step);
      },
    ],
    [
      "programme 1, queue number: expected 2, found 1",
      ({ claim }) => {
        const { approval } = claim(2);
        if (approval !== undefined) claim(2).approval = { ...approval, queueNumber: 1 };
      },
    ],
  ];
  for (const [fact, damage] of clauses) {
    it(`say: ${fact}`, () => {
      const keeper = richBooks();
      damage(damageOf(keeper));
      const facts = checkTotals(keeper.state, keeper.now).flatMap((check) => check.facts);
      expect(facts).to.include(fact);
    });
  }

  it("L5 finds more come back than was paid, and more spent than came in", () => {
    const facts = (damage: (books: Damage) => void): string => {
      const keeper = richBooks();
      damage(damageOf(keeper));
      return lawOfLines(keeper.state).facts.join("; ");
    };
    const back = facts(({ claim }) => void (first(claim(1).payouts).recovered = fen(1001n)));
    expect(back).to.contain("payout 1: 1001 came back of 1000");
    const spent = facts(({ programme, totals }) =>
      totals({ reserveSpent: position(programme.totals.reserveIn + 1n) }),
    );
    expect(spent).to.contain("programme 1, reserve: more spent than came in");
  });

  it("L4 finds a payment from elsewhere, a claim that holds less than it should, and a gift without a place", () => {
    const facts = (damage: (books: Damage) => void): string => {
      const keeper = richBooks();
      damage(damageOf(keeper));
      const check = lawOfPlaces(keeper.state);
      expect(check.holds).to.equal(false);
      return check.facts.join("; ");
    };
    expect(facts(({ claim }) => replaceFirst(claim(2).payouts, { amount: fen(500n) }))).to.contain("claim 2");
    const unrecovered = ({ claim }: Damage): void => void (first(claim(1).payouts).recovered = fen(99n));
    expect(facts(unrecovered)).to.contain("claim 1, what donations gave it: expected 901, found 900");
    const twice = ({ claim }: Damage): void => void claim(2).payouts.unshift(first(claim(1).payouts));
    expect(facts(twice)).to.contain("claim 2, its sources: expected 1401, found 501");
    const forgotten = ({ totals }: Damage): void => totals({ recovered: fen(0n), movedOut: fen(0n) });
    expect(facts(forgotten)).to.contain("claim 1, what donations gave it: expected 900, found 1000");
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
