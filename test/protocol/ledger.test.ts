import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { InvalidLeaves } from "../../protocol/donations/leaves.ts";
import {
  actorId,
  address,
  batchId,
  bytes32,
  claimId,
  fundId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import { closeRecordOf, noTotals, rolledTo } from "../../protocol/ledger/periods.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { InconsistentEvent } from "../../protocol/ledger/refusals.ts";
import { advanceOf, applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { Bookkeeper, digest, exampleBooks, firstDay, secondYear, thirdYear } from "./books.ts";

/** Everything but the packed leaves, so that two states can be compared. */
const snapshot = (state: LedgerState): string =>
  JSON.stringify(state, (_, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    if (value instanceof Map || value instanceof Set) return [...value.entries()];
    return value;
  });

const prepared = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.record(keeper.fileEvent(1, 100n));
  keeper.approveClaim(1, 200n);
  keeper.approveClaim(1, 300n);
  return keeper;
};

describe("the books refuse an event that cannot follow, and stay as they were", () => {
  type Change = (keeper: Bookkeeper) => LedgerEvent;
  const refusals: readonly (readonly [name: string, fact: string, change: Change])[] = [
    [
      "an actor out of turn",
      "actor",
      () => ({ type: "ActorRegistered", actor: actorId(9), account: address(`0x${"9".repeat(40)}`) }),
    ],
    [
      "an account twice",
      "account",
      () => ({ type: "ActorRegistered", actor: actorId(6), account: address(`0x${"1".padStart(40, "0")}`) }),
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
    [
      "a batch of an unknown actor",
      "actor",
      (keeper) => ({ ...keeper.batchEvent([1n]), recorder: actorId(6) }),
    ],
    ["a batch with a wrong sum", "sum", (keeper) => ({ ...keeper.batchEvent([1n]), sum: fen(2n) })],
    ["a batch with a wrong count", "count", (keeper) => ({ ...keeper.batchEvent([1n]), count: 2 })],
    [
      "an operation twice",
      "operation",
      (keeper) => ({
        ...keeper.batchEvent([1n]),
        operation: keeper.state.batches[0]?.operation ?? digest(0),
      }),
    ],
    [
      "a fund of 10,001 basis points",
      "claims share",
      (keeper) => ({
        type: "FundOpened",
        fund: fundId(2),
        currency: "CNY",
        claimsShareBps: 10_001,
        restrictedTo: programmeId(0),
        fallbackTo: programmeId(0),
        document: digest(1),
        operation: keeper.fresh(),
      }),
    ],
    [
      "a restricted fund without a fallback",
      "having a fallback",
      (keeper) => ({
        type: "FundOpened",
        fund: fundId(2),
        currency: "CNY",
        claimsShareBps: 9000,
        restrictedTo: programmeId(1),
        fallbackTo: programmeId(0),
        document: digest(1),
        operation: keeper.fresh(),
      }),
    ],
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
    ["a claim of an undeclared period", "policy period", (keeper) => keeper.fileEvent(1, 5n, 3)],
    ["a claim for nothing", "requested", (keeper) => keeper.fileEvent(1, 0n)],
    ["an approval of more than was asked", "amount", (keeper) => keeper.approveEvent(1, 101n)],
    [
      "an approval by the filer",
      "adjudicator",
      (keeper) => ({ ...keeper.approveEvent(1, 100n), adjudicator: actorId(3) }),
    ],
    [
      "an approval out of turn",
      "queue number",
      (keeper) => ({ ...keeper.approveEvent(1, 100n), queueNumber: 7 }),
    ],
    ["a second approval", "state of the claim", (keeper) => keeper.approveEvent(2, 100n)],
    [
      "an approval of an unknown claim",
      "claim",
      (keeper) => ({ ...keeper.approveEvent(1, 1n), claim: claimId(9) }),
    ],
    ["a payment of an unapproved claim", "state of the claim", (keeper) => keeper.payEvent(1)],
    ["a payment past the head of the queue", "head of the queue", (keeper) => keeper.payEvent(3)],
    ["a payment in part", "amount", (keeper) => ({ ...keeper.payEvent(2), amount: fen(199n) })],
    [
      "a payment that skips a fen",
      "reserveStart",
      (keeper) => ({ ...keeper.payEvent(2), reserveStart: position(1n) }),
    ],
    ["a payment by the filer", "payer", (keeper) => ({ ...keeper.payEvent(2), payer: actorId(3) })],
    ["a payment by the adjudicator", "payer", (keeper) => ({ ...keeper.payEvent(2), payer: actorId(4) })],
    ["a period out of turn", "period", (keeper) => ({ ...declared(keeper), period: periodNumber(4) })],
    ["a period that leaves a gap", "start", (keeper) => ({ ...declared(keeper), start: thirdYear + 1 })],
    ["a period that ends before it starts", "end", (keeper) => ({ ...declared(keeper), end: thirdYear })],
    [
      "a deadline before the end",
      "filing deadline",
      (keeper) => ({ ...declared(keeper), filingDeadline: thirdYear + 5 }),
    ],
    ["a close before the end", "block time", (keeper) => closed(keeper)],
  ];
  const declared = (keeper: Bookkeeper): Extract<LedgerEvent, { type: "PeriodDeclared" }> => ({
    type: "PeriodDeclared",
    programme: programmeId(1),
    period: periodNumber(3),
    start: thirdYear,
    end: thirdYear + 86_400,
    filingDeadline: thirdYear + 86_400,
    cover: fen(0n),
    terms: keeper.fresh(),
  });
  const closed = (keeper: Bookkeeper): Extract<LedgerEvent, { type: "PeriodClosed" }> => {
    const totals = keeper.state.programmes[0]?.totals ?? noTotals;
    const record = closeRecordOf(noTotals, totals);
    return { type: "PeriodClosed", programme: programmeId(1), period: periodNumber(1), record };
  };

  for (const [name, fact, change] of refusals) {
    it(name, () => {
      const keeper = prepared();
      const before = snapshot(keeper.state);
      try {
        keeper.record(change(keeper));
        expect.fail("the event was accepted");
      } catch (error) {
        if (!(error instanceof InconsistentEvent)) throw error;
        expect(error.fact).to.equal(fact);
      }
      expect(snapshot(keeper.state)).to.equal(before);
    });
  }

  it("a close record whose figures are not the books' own", () => {
    const keeper = prepared();
    keeper.now = secondYear;
    const event = closed(keeper);
    for (const field of [
      "opening",
      "allocated",
      "paid",
      "closing",
      "approvedUnpaid",
      "filedUndecided",
      "expenses",
    ] as const) {
      const record = { ...event.record, [field]: fen(event.record[field] + 1n) };
      expect(() => keeper.record({ ...event, record }), field).to.throw(InconsistentEvent, field);
    }
    keeper.record(event);
    expect(keeper.state.programmes[0]?.closed).to.have.lengthOf(1);
  });

  it("money after a period's end that was not closed first", () => {
    const keeper = prepared();
    keeper.now = secondYear;
    for (const event of [
      keeper.allocationEvent(1, 10n, 9n),
      keeper.expenseEvent(1, 1n),
      keeper.fileEvent(1, 1n),
      keeper.approveEvent(1, 1n),
      keeper.payEvent(2),
    ]) {
      expect(() => keeper.record(event), event.type).to.throw(InconsistentEvent, "open period");
    }
  });

  it("a claim after its filing deadline", () => {
    const keeper = prepared();
    for (const period of [1, 2]) {
      keeper.now = period === 1 ? secondYear : thirdYear;
      const programme = keeper.state.programmes[0];
      if (programme === undefined) throw new RangeError("no programme");
      const record = closeRecordOf(programme.atPeriodStart, programme.totals);
      keeper.record({
        type: "PeriodClosed",
        programme: programmeId(1),
        period: periodNumber(period),
        record,
      });
    }
    expect(() => keeper.record(keeper.fileEvent(1, 1n, 1))).to.throw(InconsistentEvent, "block time");
    keeper.record(keeper.fileEvent(1, 1n, 2));
  });

  it("leaves that are not what they should be", () => {
    const keeper = prepared();
    const before = snapshot(keeper.state);
    const event = keeper.batchEvent([1n, 2n]);
    expect(() => keeper.record({ ...event, leaves: event.leaves.subarray(1) })).to.throw(InvalidLeaves);
    expect(snapshot(keeper.state)).to.equal(before);
  });

  it("an event that is not later than the last", () => {
    const keeper = new Bookkeeper();
    const event = keeper.placed({ type: "Paused" });
    applyEvent(keeper.state, event);
    expect(() => applyEvent(keeper.state, event)).to.throw(InconsistentEvent, "place");
    const { blockNumber } = event.place;
    const earlier = { ...event, place: { ...event.place, blockNumber: blockNumber - 1, logIndex: 9 } };
    expect(() => applyEvent(keeper.state, earlier)).to.throw(InconsistentEvent, "place");
    const sameBlock = { ...event, place: { ...event.place, logIndex: 1 } };
    expect(applyEvent(keeper.state, sameBlock).last).to.deep.equal(sameBlock.place);
  });
});

describe("the books", () => {
  it("keep who holds which role, and whether the ledger is paused", () => {
    const keeper = new Bookkeeper();
    const [role, account] = [bytes32(`0x${"ab".repeat(32)}`), address(`0x${"1".repeat(40)}`)];
    keeper.record({ type: "RoleGranted", role, account });
    keeper.record({ type: "Paused" });
    expect([...(keeper.state.roles.get(role) ?? [])]).to.deep.equal([account]);
    expect(keeper.state.paused).to.equal(true);
    keeper.record({ type: "RoleRevoked", role, account });
    keeper.record({ type: "Unpaused" });
    expect(keeper.state.roles.size).to.equal(0);
    expect(keeper.state.paused).to.equal(false);
  });

  it("show an expense beyond the operations money as an advance, which the next money covers", () => {
    const keeper = exampleBooks();
    keeper.record(keeper.expenseEvent(1, 600n));
    const programme = keeper.state.programmes[0];
    if (programme === undefined) throw new RangeError("no programme");
    expect(advanceOf(programme)).to.equal(600n);
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    expect(advanceOf(programme)).to.equal(50n);
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    expect(advanceOf(programme)).to.equal(0n);
  });

  it("answer as if already rolled, through idle periods into the run-off and back into a late period", () => {
    const keeper = prepared();
    const programme = keeper.state.programmes[0];
    if (programme === undefined) throw new RangeError("no programme");
    const states = (time: number): readonly string[] =>
      rolledTo(programme, time).periods.map((period) => period.state);
    expect(states(firstDay - 1)).to.deep.equal(["declared", "declared"]);
    expect(states(secondYear - 1)).to.deep.equal(["open", "declared"]);
    expect(states(secondYear)).to.deep.equal(["closed", "open"]);
    expect(states(thirdYear)).to.deep.equal(["closed", "closed", "runOff"]);
    const runOff = rolledTo(programme, thirdYear).periods[2];
    expect([runOff?.period, runOff?.start, runOff?.record.opening]).to.deep.equal([3, thirdYear, 4950n]);
    keeper.declareYear(1, thirdYear, thirdYear + 86_400);
    expect(states(thirdYear)).to.deep.equal(["closed", "closed", "open"]);
  });

  it("have no periods for a programme that declared none, and count early money in the first", () => {
    const keeper = new Bookkeeper();
    keeper.openProgramme();
    keeper.openFund();
    keeper.record(keeper.batchEvent([100n]));
    keeper.record(keeper.allocationEvent(1, 100n, 90n));
    const programme = keeper.state.programmes[0];
    if (programme === undefined) throw new RangeError("no programme");
    expect(rolledTo(programme, thirdYear)).to.deep.equal({ currentPeriod: 1, inRunOff: false, periods: [] });
    keeper.declareYear(1, secondYear, thirdYear);
    expect(rolledTo(programme, firstDay).periods[0]?.record.allocated).to.equal(90n);
  });

  it("are empty before the first event", () => {
    expect(emptyState().batches).to.deep.equal([]);
    expect(emptyState().last).to.equal(undefined);
  });
});
