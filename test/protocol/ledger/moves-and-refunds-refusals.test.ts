import { expect } from "chai";
import { fen, position } from "../../../protocol/amounts.ts";
import { actorId, batchId, fundId, moveId, periodNumber, refundId } from "../../../protocol/ids.ts";
import { Bookkeeper, digest, afterDeadlines, exampleBooks, secondYear, thirdYear } from "../books.ts";

import { refusedFor, refuses } from "./refused.ts";

const zero = digest(0);

const prepared = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  return keeper;
};

describe("the books refuse moves and refunds that cannot follow", () => {
  /** Programmes 1 and 2 have ended, 1 with a fallback; 3 still runs, 4 is in another currency. */
  const ended = (): Bookkeeper => {
    const keeper = prepared();
    keeper.openProgramme();
    keeper.openProgramme("insurance", "EUR");
    keeper.declareYear(3, secondYear, thirdYear + 365 * 86_400);
    keeper.openFund(9000, 1, 3);
    keeper.record(keeper.batchEvent([100n], 2));
    keeper.record(keeper.allocationEvent(1, 10n, 9n, 2));
    keeper.goTo(afterDeadlines);
    return keeper;
  };

  refuses(ended, [
    ["a move out of turn", "move", (keeper) => ({ ...keeper.moveEvent(1, 3), move: moveId(2) })],
    ["a move to itself", "destination", (keeper) => keeper.moveEvent(1, 1)],
    ["a move past the fallback", "destination", (keeper) => keeper.moveEvent(1, 2)],
    ["a move to another currency", "currency", (keeper) => keeper.moveEvent(2, 4)],
    ["a move of nothing", "moved", (keeper) => keeper.moveEvent(2, 3)],
    ["a move from a programme that runs", "run-off", (keeper) => keeper.moveEvent(3, 1)],
    [
      "a move from a programme that never began",
      "run-off",
      (keeper) => {
        keeper.openProgramme();
        return keeper.moveEvent(5, 1);
      },
    ],
    [
      "a move of a part of the reserve",
      "reserveAmount",
      (keeper) => ({ ...keeper.moveEvent(1, 3), reserveAmount: fen(4958n) }),
    ],
    [
      "a move of a part of the operations money",
      "operationsAmount",
      (keeper) => ({ ...keeper.moveEvent(1, 3), operationsAmount: fen(1n) }),
    ],
    [
      "a move from other positions",
      "reserveFrom",
      (keeper) => ({ ...keeper.moveEvent(1, 3), reserveFrom: position(1n) }),
    ],
    [
      "a move to other positions",
      "reserveTo",
      (keeper) => ({ ...keeper.moveEvent(1, 3), reserveTo: position(1n) }),
    ],
    [
      "a move from other operations positions",
      "operationsFrom",
      (keeper) => ({ ...keeper.moveEvent(1, 3), operationsFrom: position(1n) }),
    ],
    [
      "a move to other operations positions",
      "operationsTo",
      (keeper) => ({ ...keeper.moveEvent(1, 3), operationsTo: position(1n) }),
    ],
    [
      "a move in another period",
      "fromPeriod",
      (keeper) => ({ ...keeper.moveEvent(1, 3), fromPeriod: periodNumber(1) }),
    ],
    [
      "a move into another period",
      "toPeriod",
      (keeper) => ({ ...keeper.moveEvent(1, 3), toPeriod: periodNumber(2) }),
    ],
    [
      "a move by an unknown actor",
      "actor",
      (keeper) => ({ ...keeper.moveEvent(1, 3), treasurer: actorId(9) }),
    ],
    [
      "a refund out of turn",
      "refund",
      (keeper) => ({ ...keeper.refundEvent(3, 0, 5n), refund: refundId(2) }),
    ],
    [
      "a refund of an unknown donation",
      "donation",
      (keeper) => ({ ...keeper.refundEvent(3, 0, 5n), index: 1 }),
    ],
    [
      "a refund of an unknown batch",
      "batch",
      (keeper) => ({ ...keeper.refundEvent(3, 0, 5n), batch: batchId(9) }),
    ],
    ["a refund of another fund", "fund", (keeper) => ({ ...keeper.refundEvent(3, 0, 5n), fund: fundId(2) })],
    ["a refund of nothing", "amount", (keeper) => keeper.refundEvent(3, 0, 0n)],
    ["a refund of more than was given", "refund", (keeper) => keeper.refundEvent(2, 0, 1000n)],
    [
      "a refund of the front of a gift",
      "end of the refund",
      (keeper) => ({ ...keeper.refundEvent(3, 0, 5n), start: position(1000n) }),
    ],
    [
      "a refund without a payment",
      "payment reference",
      (keeper) => ({ ...keeper.refundEvent(3, 0, 5n), paymentReference: zero }),
    ],
    ["a cover of an unknown refund", "refund", (keeper) => keeper.coverEvent(1)],
  ]);

  it("a move before the deadline of filing, and while a claim is open", () => {
    const keeper = prepared();
    keeper.goTo(thirdYear);
    expect(refusedFor(keeper, keeper.moveEvent(1, 2))).to.equal("block time");
    keeper.record(keeper.fileEvent(1, 5n, 2));
    keeper.goTo(afterDeadlines);
    expect(refusedFor(keeper, keeper.moveEvent(1, 2))).to.equal("open claims");
    keeper.record(keeper.rejectEvent(1));
    keeper.record(keeper.moveEvent(1, 2));
  });

  it("a move to a programme whose period ended and was not closed first", () => {
    const keeper = ended();
    keeper.now = thirdYear + 365 * 86_400;
    expect(refusedFor(keeper, keeper.moveEvent(1, 3))).to.equal("block time in the open period");
    keeper.goTo(keeper.now);
    keeper.record(keeper.moveEvent(1, 3));
  });

  it("a second refund of what was repaid, and a refund covered twice", () => {
    const keeper = prepared();
    keeper.record(keeper.refundEvent(2, 0, 600n));
    expect(refusedFor(keeper, keeper.refundEvent(2, 0, 400n))).to.equal("refund");
    const again = { ...keeper.refundEvent(2, 0, 100n), start: position(900n) };
    expect(refusedFor(keeper, again)).to.equal("end of the refund");
    keeper.record(keeper.refundEvent(2, 0, 399n));
    expect(refusedFor(keeper, { ...keeper.coverEvent(2), paymentReference: zero })).to.equal(
      "payment reference",
    );
    keeper.record(keeper.coverEvent(2));
    expect(refusedFor(keeper, keeper.coverEvent(2))).to.equal("covered");
    expect(keeper.state.refunds.map(({ covered }) => covered?.channel)).to.deep.equal([undefined, "alipay"]);
  });

  it("a refund outside its batch, where the leaves were not read", () => {
    const keeper = prepared();
    const batch = keeper.state.batches[1];
    if (batch === undefined) throw new RangeError("no batch");
    const event = keeper.refundEvent(2, 0, 5n);
    keeper.state.batches[1] = { ...batch, leaves: new Uint8Array(0) };
    expect(refusedFor(keeper, { ...event, start: position(996n) })).to.equal("refund");
    expect(refusedFor(keeper, { ...event, start: position(0n) })).to.equal("refund");
    keeper.record({ ...event, start: position(500n) });
    const second = { ...event, refund: refundId(2), operation: keeper.fresh() };
    expect(refusedFor(keeper, { ...second, start: position(500n) })).to.equal("end of the refund");
  });
});
