import { expect } from "chai";
import { fen, largestAmountFen, position } from "../../../protocol/amounts.ts";
import { InvalidLeaves } from "../../../protocol/donations/leaves.ts";
import {
  actorId,
  address,
  batchId,
  expenseId,
  fundId,
  periodNumber,
  programmeId,
} from "../../../protocol/ids.ts";
import { InconsistentEvent } from "../../../protocol/ledger/refusals.ts";
import { applyEvent } from "../../../protocol/ledger/state.ts";
import { Bookkeeper, digest, exampleBooks, secondYear, thirdYear } from "../books.ts";
import type { EventOf } from "../books.ts";
import { refusedFor, refuses, snapshot } from "./refused.ts";

const zero = digest(0);
const tooLarge = fen(largestAmountFen + 1n);

const prepared = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  return keeper;
};

const fundEvent = (keeper: Bookkeeper, restrictedTo: number, fallbackTo: number): EventOf<"FundOpened"> => ({
  type: "FundOpened",
  fund: fundId(keeper.state.funds.length + 1),
  currency: "CNY",
  claimsShareBps: 9000,
  restrictedTo: programmeId(restrictedTo),
  fallbackTo: programmeId(fallbackTo),
  document: keeper.fresh(),
  operation: keeper.fresh(),
});

const programmeEvent = (keeper: Bookkeeper): EventOf<"ProgrammeOpened"> => ({
  type: "ProgrammeOpened",
  programme: programmeId(keeper.state.programmes.length + 1),
  kind: "aid",
  currency: "CNY",
  region: 0,
  document: keeper.fresh(),
  operation: keeper.fresh(),
});

const landed = (keeper: Bookkeeper) => keeper.state.batches[0]?.operation ?? zero;

describe("the books refuse actors, channels, funds and donations that cannot follow", () => {
  refuses(prepared, [
    [
      "an actor out of turn",
      "actor",
      () => ({ type: "ActorRegistered", actor: actorId(9), account: address(`0x${"9".repeat(40)}`) }),
    ],
    [
      "an account twice",
      "account",
      () => ({ type: "ActorRegistered", actor: actorId(8), account: address(`0x${"1".padStart(40, "0")}`) }),
    ],
    [
      "an actor without an account",
      "account",
      () => ({ type: "ActorRegistered", actor: actorId(8), account: address(`0x${"0".repeat(40)}`) }),
    ],
    ["a channel twice", "channel", () => ({ type: "ChannelRegistered", channel: "alipay" })],
    ["a batch out of turn", "batch", (keeper) => ({ ...keeper.batchEvent([1n]), batch: batchId(9) })],
    [
      "a batch at a stale position",
      "startsAt",
      (keeper) => ({ ...keeper.batchEvent([1n]), startsAt: position(5n) }),
    ],
    ["a batch of an unknown fund", "fund", (keeper) => ({ ...keeper.batchEvent([1n]), fund: fundId(7) })],
    [
      "a batch of an unknown channel",
      "channel",
      (keeper) => ({ ...keeper.batchEvent([1n]), channel: "bank" }),
    ],
    ["a batch of no day", "day", (keeper) => ({ ...keeper.batchEvent([1n]), day: 20_271_301 })],
    [
      "a batch of an unknown actor",
      "actor",
      (keeper) => ({ ...keeper.batchEvent([1n]), recorder: actorId(8) }),
    ],
    ["a batch with a wrong sum", "sum", (keeper) => ({ ...keeper.batchEvent([1n]), sum: fen(2n) })],
    ["a batch with a wrong count", "count", (keeper) => ({ ...keeper.batchEvent([1n]), count: 2 })],
    [
      "an operation twice",
      "operation",
      (keeper) => ({ ...keeper.batchEvent([1n]), operation: landed(keeper) }),
    ],
    ["no operation", "operation", (keeper) => ({ ...keeper.batchEvent([1n]), operation: zero })],
    [
      "a fund of 10,001 basis points",
      "claims share",
      (keeper) => ({ ...fundEvent(keeper, 0, 0), claimsShareBps: 10_001 }),
    ],
    ["a restricted fund without a fallback", "having a fallback", (keeper) => fundEvent(keeper, 1, 0)],
    ["a general fund with a fallback", "having a fallback", (keeper) => fundEvent(keeper, 0, 1)],
    ["a fund that falls back to itself", "fallback", (keeper) => fundEvent(keeper, 1, 1)],
    ["a fund for an unknown programme", "programme", (keeper) => fundEvent(keeper, 1, 9)],
    [
      "a fund in another currency than its programme",
      "currency",
      (keeper) => ({ ...fundEvent(keeper, 1, 2), currency: "EUR" }),
    ],
    ["a fund in no currency", "currency", (keeper) => ({ ...fundEvent(keeper, 0, 0), currency: "cny" })],
    ["a fund without a document", "document", (keeper) => ({ ...fundEvent(keeper, 0, 0), document: zero })],
    [
      "a programme out of turn",
      "programme",
      (keeper) => ({ ...programmeEvent(keeper), programme: programmeId(9) }),
    ],
    [
      "a programme without a document",
      "document",
      (keeper) => ({ ...programmeEvent(keeper), document: zero }),
    ],
    ["a programme in no currency", "currency", (keeper) => ({ ...programmeEvent(keeper), currency: "RMB1" })],
  ]);

  it("leaves that are not what they should be", () => {
    const keeper = prepared();
    const before = snapshot(keeper.state);
    const event = keeper.batchEvent([1n, 2n]);
    expect(() => keeper.record({ ...event, leaves: event.leaves.subarray(1) })).to.throw(InvalidLeaves);
    expect(snapshot(keeper.state)).to.equal(before);
  });

  it("an event that is not later than the last", () => {
    const keeper = new Bookkeeper();
    const event = keeper.placed({ type: "ChannelRegistered", channel: "bank" });
    applyEvent(keeper.state, event);
    const again = { place: event.place, event: { type: "ChannelRegistered", channel: "post" } } as const;
    expect(() => applyEvent(keeper.state, again)).to.throw(InconsistentEvent, "place");
    const { blockNumber } = event.place;
    const earlier = { ...again, place: { ...event.place, blockNumber: blockNumber - 1, logIndex: 9 } };
    expect(() => applyEvent(keeper.state, earlier)).to.throw(InconsistentEvent, "place");
    const sameBlock = { ...again, place: { ...event.place, logIndex: 1 } };
    expect(applyEvent(keeper.state, sameBlock).last).to.deep.equal(sameBlock.place);
  });

  it("what a pause stops, and nothing else", () => {
    const keeper = prepared();
    keeper.record({ type: "Paused" });
    expect(refusedFor(keeper, keeper.batchEvent([1n]))).to.equal("paused");
    expect(refusedFor(keeper, keeper.fileEvent(1, 1n))).to.equal("paused");
    expect(refusedFor(keeper, { type: "Paused" })).to.equal("paused");
    const [role, account] = [digest(9), address(`0x${"9".repeat(40)}`)];
    keeper.record({ type: "ActorRegistered", actor: actorId(8), account });
    keeper.record({ type: "RoleGranted", role, account });
    keeper.record({ type: "RoleRevoked", role, account });
    keeper.now = secondYear;
    keeper.record(keeper.closeEvent(1));
    keeper.record({ type: "Unpaused" });
    expect(refusedFor(keeper, { type: "Unpaused" })).to.equal("paused");
    keeper.record(keeper.batchEvent([1n]));
  });
});

describe("the books refuse allocations and expenses that cannot follow", () => {
  refuses(prepared, [
    [
      "an allocation of more than was given",
      "allocated",
      (keeper) => keeper.allocationEvent(1, 5501n, 4951n),
    ],
    ["an allocation of nothing", "amount", (keeper) => keeper.allocationEvent(1, 0n, 0n)],
    [
      "a claims share that breaks the promise",
      "claimsAmount",
      (keeper) => keeper.allocationEvent(1, 100n, 91n),
    ],
    [
      "an allocation that skips a fen",
      "fundStart",
      (keeper) => ({ ...keeper.allocationEvent(1, 10n, 9n), fundStart: position(5501n) }),
    ],
    [
      "an allocation over another's reserve",
      "reserveStart",
      (keeper) => ({ ...keeper.allocationEvent(1, 10n, 9n), reserveStart: position(0n) }),
    ],
    [
      "an allocation over another's operations",
      "operationsStart",
      (keeper) => ({ ...keeper.allocationEvent(1, 10n, 9n), operationsStart: position(0n) }),
    ],
    [
      "an allocation in another period",
      "period",
      (keeper) => ({ ...keeper.allocationEvent(1, 10n, 9n), period: periodNumber(2) }),
    ],
    ["an allocation to an unknown programme", "programme", (keeper) => keeper.allocationEvent(3, 10n, 9n)],
    [
      "an expense over another's positions",
      "operationsStart",
      (keeper) => ({ ...keeper.expenseEvent(1, 5n), operationsStart: position(1n) }),
    ],
    [
      "an expense out of turn",
      "expense",
      (keeper) => ({ ...keeper.expenseEvent(1, 5n), expense: expenseId(2) }),
    ],
    [
      "an expense without evidence",
      "evidence",
      (keeper) => ({ ...keeper.expenseEvent(1, 5n), evidence: zero }),
    ],
    ["an expense beyond 64 bits", "amount", (keeper) => keeper.expenseEvent(1, tooLarge)],
  ]);

  it("an allocation to a programme in run-off, and one in another currency", () => {
    const keeper = prepared();
    keeper.openProgramme("insurance", "EUR");
    expect(refusedFor(keeper, keeper.allocationEvent(3, 10n, 9n))).to.equal("currency");
    keeper.goTo(thirdYear);
    expect(refusedFor(keeper, keeper.allocationEvent(1, 10n, 9n))).to.equal("run-off");
  });

  it("restricted money for another programme, until its own is in run-off and for its fallback only", () => {
    const keeper = prepared();
    keeper.openProgramme();
    keeper.declareYear(3, secondYear, thirdYear + 365 * 86_400);
    keeper.openFund(9000, 1, 3);
    keeper.openFund(9000, 1, 2);
    keeper.record(keeper.batchEvent([100n], 2));
    keeper.record(keeper.batchEvent([100n], 3));
    expect(refusedFor(keeper, keeper.allocationEvent(2, 10n, 9n, 2))).to.equal("programme");
    expect(refusedFor(keeper, keeper.allocationEvent(3, 10n, 9n, 2))).to.equal("programme");
    keeper.record(keeper.allocationEvent(1, 10n, 9n, 2));
    expect(keeper.programme(1).fallbackTo).to.equal(3);
    // Another fund with another fallback cannot join.
    expect(refusedFor(keeper, keeper.allocationEvent(1, 10n, 9n, 3))).to.equal("fallback");
    keeper.now = thirdYear;
    // The restricted programme itself must be rolled before it can be known that it is in run-off.
    expect(refusedFor(keeper, keeper.allocationEvent(3, 10n, 9n, 2))).to.equal(
      "block time in the open period",
    );
    keeper.goTo(thirdYear);
    expect(refusedFor(keeper, keeper.allocationEvent(2, 10n, 9n, 2))).to.equal("programme");
    expect(refusedFor(keeper, keeper.allocationEvent(1, 10n, 9n, 2))).to.equal("run-off");
    keeper.record(keeper.allocationEvent(3, 10n, 9n, 2));
    expect(keeper.programme(3).fallbackTo).to.equal(0);
  });
});

describe("the books refuse periods that cannot follow", () => {
  const third = (keeper: Bookkeeper): EventOf<"PeriodDeclared"> =>
    keeper.periodEvent(1, thirdYear, thirdYear + 86_400);

  refuses(prepared, [
    ["a period out of turn", "period", (keeper) => ({ ...third(keeper), period: periodNumber(4) })],
    ["a period that leaves a gap", "start", (keeper) => ({ ...third(keeper), start: thirdYear + 1 })],
    ["a period that ends before it starts", "end", (keeper) => ({ ...third(keeper), end: thirdYear })],
    [
      "a deadline before the end",
      "filing deadline",
      (keeper) => ({ ...third(keeper), filingDeadline: thirdYear + 5 }),
    ],
    [
      "a deadline before that of the period before",
      "filing deadline",
      (keeper) => ({ ...third(keeper), filingDeadline: thirdYear + 90 * 86_400 - 1 }),
    ],
    ["a cover beyond 64 bits", "cover", (keeper) => ({ ...third(keeper), cover: tooLarge })],
    ["a period without terms", "terms", (keeper) => ({ ...third(keeper), terms: zero })],
    ["a close before the end", "block time", (keeper) => keeper.closeEvent(1)],
    [
      "a close of a later period",
      "period",
      (keeper) => ({ ...keeper.closeEvent(1), period: periodNumber(2) }),
    ],
  ]);

  it("a period that is over when it is declared", () => {
    const keeper = prepared();
    keeper.goTo(thirdYear + 86_400);
    expect(refusedFor(keeper, third(keeper))).to.equal("end");
    keeper.record(keeper.periodEvent(1, thirdYear, thirdYear + 86_400 + 60));
  });

  it("a close record whose figures are not the books' own", () => {
    const keeper = prepared();
    keeper.now = secondYear;
    const event = keeper.closeEvent(1);
    const fields = Object.keys(event.record).toSorted();
    expect(fields).to.have.lengthOf(13);
    for (const [field, amount] of Object.entries(event.record)) {
      const record = { ...event.record, [field]: fen(BigInt(amount) + 1n) };
      expect(refusedFor(keeper, { ...event, record }), field).to.equal(field);
    }
    keeper.record(event);
    expect(keeper.programme(1).closed).to.have.lengthOf(1);
  });
});
