import { expect } from "chai";
import { fen, position } from "../../../protocol/amounts.ts";
import { periodNumber } from "../../../protocol/ids.ts";
import {
  InconsistentMovement,
  cashPeriodSpans,
  countersAfter,
  noCounters,
} from "../../../protocol/insurers/movements.ts";
import type { Counters, Movement } from "../../../protocol/insurers/movements.ts";
import { readShares } from "../../../protocol/insurers/split.ts";
import {
  UnknownInsurer,
  cashPeriodTotals,
  statementOf,
  statementPage,
} from "../../../protocol/insurers/statement.ts";
import type { Statement } from "../../../protocol/insurers/statement.ts";
import { Random } from "../../model/random.ts";
import { MovementBook, randomBook, randomShares, sum } from "./invented.ts";

const seeds = Array.from({ length: 150 }, (_, seed) => seed);

const shares = readShares([5000, 3000, 2000]);

/** Three payouts, one of them in the run-off; the first comes back in part, in a later cash period. */
const example = (): MovementBook => {
  const book = new MovementBook();
  book.pay(1);
  book.pay(1004);
  book.recover(3, 2);
  book.pay(6, 3);
  return book;
};

const statements = (): readonly Statement[] => {
  const { movements, counters } = example();
  return shares.map((_, at) => statementOf({ shares, ordinal: at + 1 }, movements, counters));
};

describe("the settlement statement of an insurer", () => {
  it("shows its part of each payout and recovery, with a balance that runs on", () => {
    // a(1) = 0, 0, 1 · a(1005) = 502, 301, 202 · a(1011) = 505, 303, 203 · recovered: a(3) = 1, 1, 1
    const rows = statements().map(({ lines }) =>
      lines.map(({ part, opening, closing }) => [part, opening, closing]),
    );
    expect(rows).to.deep.equal([
      [
        [0n, 0n, 0n],
        [502n, 0n, 502n],
        [1n, 502n, 501n],
        [3n, 501n, 504n],
      ],
      [
        [0n, 0n, 0n],
        [301n, 0n, 301n],
        [1n, 301n, 300n],
        [2n, 300n, 302n],
      ],
      [
        [1n, 0n, 1n],
        [201n, 1n, 202n],
        [1n, 202n, 201n],
        [1n, 201n, 202n],
      ],
    ]);
  });

  it("carries with each line the movement it is of: gross amount, cash period, place in the chain", () => {
    const [first] = statements();
    expect(first?.lines.map(({ movement }) => movement)).to.deep.equal(example().movements);
  });

  it("sums by cash period, where more may come back than is paid, and in total", () => {
    const [first] = statements();
    expect(first?.cashPeriods).to.deep.equal([
      {
        cashPeriod: 1,
        gross: { paid: 1005n, recovered: 0n, net: 1005n },
        part: { paid: 502n, recovered: 0n, net: 502n },
      },
      {
        cashPeriod: 2,
        gross: { paid: 0n, recovered: 3n, net: -3n },
        part: { paid: 0n, recovered: 1n, net: -1n },
      },
      {
        cashPeriod: 3,
        gross: { paid: 6n, recovered: 0n, net: 6n },
        part: { paid: 3n, recovered: 0n, net: 3n },
      },
    ]);
    expect(first?.part).to.deep.equal({ paid: 505n, recovered: 1n, net: 504n });
    expect(first?.gross).to.deep.equal({ paid: 1011n, recovered: 3n, net: 1008n });
  });

  it("shows the parts of all insurers beside the ledger's counters, and that they are equal", () => {
    for (const { check } of statements()) {
      expect(check).to.deep.equal({
        insurers: [
          { paid: 505n, recovered: 1n, net: 504n },
          { paid: 303n, recovered: 1n, net: 302n },
          { paid: 203n, recovered: 1n, net: 202n },
        ],
        sum: { paid: 1011n, recovered: 3n, net: 1008n },
        ledger: { paid: 1011n, recovered: 3n, net: 1008n },
        holds: true,
      });
    }
  });

  it("does not hold where the ledger has counted more than the lines show", () => {
    const { movements, counters } = example();
    const holdsWith = (ledger: Counters): boolean =>
      statementOf({ shares, ordinal: 1 }, movements, ledger).check.holds;
    expect(holdsWith({ ...counters, paid: position(1012n) })).to.equal(false);
    // The fen number 1,011 is borne by insurer 3: insurer 1's own part would not show that the ledger lacks it.
    expect(holdsWith({ ...counters, paid: position(1010n) })).to.equal(false);
    expect(holdsWith({ ...counters, recovered: position(4n) })).to.equal(false);
  });

  it("of a period without movements is empty, adds up to 0 and holds", () => {
    const statement = statementOf({ shares, ordinal: 2 }, [], noCounters);
    expect([statement.lines, statement.cashPeriods]).to.deep.equal([[], []]);
    expect(statement.part).to.deep.equal({ paid: 0n, recovered: 0n, net: 0n });
    expect(statement.check.holds).to.equal(true);
  });

  it("holds in every random period: lines, balances, cash periods and insurers add up to the gross amounts", () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const drawn = randomShares(random);
      const { movements, counters } = randomBook(random);
      const all = drawn.map((_, at) => statementOf({ shares: drawn, ordinal: at + 1 }, movements, counters));
      movements.forEach(({ amount }, line) => {
        const parts = all.map(({ lines }) => lines[line]?.part ?? 0n);
        expect(sum(parts), `seed ${seed}, line ${line}`).to.equal(amount);
      });
      for (const { lines, part, cashPeriods, check } of all) {
        expect(check.holds, `seed ${seed}`).to.equal(true);
        expect(lines.at(-1)?.closing ?? 0n, `seed ${seed}`).to.equal(part.net);
        expect(sum(cashPeriods.map((total) => total.part.net)), `seed ${seed}`).to.equal(part.net);
        expect(sum(cashPeriods.map((total) => total.gross.net)), `seed ${seed}`).to.equal(check.ledger.net);
      }
    }
  });
});

describe("a page of a settlement statement", () => {
  it("needs only the counters before it: pages of any size show the lines of the whole", () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const drawn = randomShares(random);
      const { movements, counters } = randomBook(random);
      const insurer = { shares: drawn, ordinal: random.between(1, drawn.length) };
      const whole = statementOf(insurer, movements, counters);
      for (const size of [1, 2, 7]) {
        let before = noCounters;
        for (let from = 0; from < movements.length; from += size) {
          const page = statementPage(insurer, before, movements.slice(from, from + size));
          expect(page.lines, `seed ${seed}, line ${from}`).to.deep.equal(
            whole.lines.slice(from, from + size),
          );
          before = page.after;
        }
        expect(before, `seed ${seed}`).to.deep.equal(counters);
      }
    }
  });

  it("finds the totals of its cash periods from their spans, without any line", () => {
    const { movements } = example();
    const first = cashPeriodSpans(movements.slice(0, 2));
    const rest = cashPeriodSpans(movements.slice(2), first.at(-1)?.after);
    const insurer = { shares, ordinal: 3 };
    expect(cashPeriodTotals(insurer, [...first, ...rest])).to.deep.equal(statements()[2]?.cashPeriods);
  });
});

describe("a settlement statement is refused", () => {
  const changed = (at: number, change: Partial<Pick<Movement, "amount" | "cashPeriod" | "at">>): Movement[] =>
    example().movements.map((movement, number) => (number === at ? { ...movement, ...change } : movement));
  const refusal = (movements: readonly Movement[], before = noCounters): string => {
    try {
      statementPage({ shares, ordinal: 1 }, before, movements);
    } catch (error) {
      if (error instanceof InconsistentMovement) return error.message;
      throw error;
    }
    return "accepted";
  };

  it("where a movement is missing, or was counted with another amount", () => {
    const { movements } = example();
    expect(refusal(movements)).to.equal("accepted");
    expect(refusal(movements.slice(1))).to.equal("movement 0: payout before: expected 0, got 1");
    expect(refusal(changed(1, { amount: fen(1003n) }))).to.equal(
      "movement 3: payout before: expected 1004, got 1005",
    );
    expect(refusal(movements.slice(2, 3), { paid: position(9n), recovered: position(1n) })).to.equal(
      "movement 0: recovery before: expected 1, got 0",
    );
  });

  it("where more comes back than was paid", () => {
    const movements = changed(2, { amount: fen(1006n) });
    expect(refusal(movements.slice(0, 3))).to.equal(
      "movement 2: recovered: expected at most 1005 paid, got 1006",
    );
  });

  it("where movements do not stand in the order they were recorded in", () => {
    const [first] = example().movements;
    const message = refusal(changed(1, first === undefined ? {} : { at: first.at }));
    expect(message).to.equal("movement 1: place: expected after block 100, log 0, got block 100, log 0");
    expect(refusal(changed(3, { cashPeriod: periodNumber(1) }))).to.equal(
      "movement 3: cash period: expected 2 or later, got 1",
    );
  });

  it("for an insurer that the policy period does not have", () => {
    for (const ordinal of [0, 4, 1.5]) {
      expect(() => statementPage({ shares, ordinal }, noCounters, [])).to.throw(UnknownInsurer);
    }
  });

  it("counts from where it stands: the same movement cannot be taken twice", () => {
    const [first] = example().movements;
    if (first === undefined) throw new RangeError("the example has movements");
    const once = countersAfter(noCounters, first, 0);
    expect(() => countersAfter(once, first, 1)).to.throw(InconsistentMovement);
  });
});
