import { expect } from "chai";
import { fen, position } from "../../../protocol/amounts.ts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import { rolledTo } from "../../../protocol/ledger/periods.ts";
import { advanceOf, emptyState } from "../../../protocol/ledger/state.ts";
import { closeRecordOf, noTotals, programmePartition } from "../../../protocol/ledger/totals.ts";
import { checkLaws } from "../../../protocol/laws/laws.ts";
import { Bookkeeper, afterDeadlines, day, exampleBooks, firstDay, secondYear, thirdYear } from "../books.ts";

const brokenLaws = (keeper: Bookkeeper): readonly string[] =>
  checkLaws(keeper.state, keeper.now)
    .filter((law) => !law.holds)
    .flatMap((law) => law.facts);

const prepared = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  return keeper;
};

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
    const programme = keeper.programme(1);
    expect(advanceOf(programme)).to.equal(600n);
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    expect(advanceOf(programme)).to.equal(50n);
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    expect(advanceOf(programme)).to.equal(0n);
  });

  it("answer as if already rolled, through idle periods into the run-off and back into a late period", () => {
    const keeper = prepared();
    const programme = keeper.programme(1);
    const states = (time: number): readonly string[] =>
      rolledTo(programme, time).periods.map((period) => period.state);
    expect(states(firstDay - 1)).to.deep.equal(["declared", "declared"]);
    expect(states(secondYear - 1)).to.deep.equal(["open", "declared"]);
    expect(states(secondYear)).to.deep.equal(["closed", "open"]);
    expect(states(thirdYear)).to.deep.equal(["closed", "closed", "runOff"]);
    const runOff = rolledTo(programme, thirdYear).periods[2];
    expect([runOff?.period, runOff?.start, runOff?.record.opening]).to.deep.equal([3, thirdYear, 4950n]);
    keeper.declareYear(1, thirdYear, thirdYear + day);
    expect(states(thirdYear)).to.deep.equal(["closed", "closed", "open"]);
  });

  it("have no periods for a programme that declared none, and count early money in the first", () => {
    const keeper = new Bookkeeper();
    keeper.openProgramme();
    keeper.openFund();
    keeper.record(keeper.batchEvent([100n]));
    keeper.record(keeper.allocationEvent(1, 100n, 90n));
    const programme = keeper.programme(1);
    expect(rolledTo(programme, thirdYear)).to.deep.equal({ currentPeriod: 1, inRunOff: false, periods: [] });
    keeper.declareYear(1, secondYear, thirdYear);
    expect(rolledTo(programme, firstDay).periods[0]?.record.allocated).to.equal(90n);
  });

  it("are empty before the first event", () => {
    expect(emptyState().batches).to.deep.equal([]);
    expect(emptyState().last).to.equal(undefined);
  });
});

describe("the surplus of a programme that has ended", () => {
  /** Programme 1 paid 1,000 and spent 50; 2 and 3 run on for a year. */
  const ended = (): Bookkeeper => {
    const keeper = prepared();
    keeper.openProgramme();
    keeper.declareYear(2, thirdYear, thirdYear + 365 * day);
    keeper.declareYear(3, thirdYear, thirdYear + 365 * day);
    keeper.payClaim(1, 1000n);
    keeper.record(keeper.expenseEvent(1, 50n));
    keeper.goTo(afterDeadlines);
    return keeper;
  };

  it("moves whole, reserve to reserve and operations to operations, and both sides say so", () => {
    const keeper = ended();
    keeper.record(keeper.moveEvent(1, 2));
    const [from, to] = [keeper.programme(1), keeper.programme(2)];
    expect(programmePartition(from.totals)).to.deep.equal({
      allocated: 5500n,
      movedIn: 0n,
      movedOut: 4450n,
      paid: 1000n,
      inReserve: 0n,
      operatingSpent: 50n,
      operatingUnspent: 0n,
    });
    expect(programmePartition(to.totals)).to.deep.equal({
      allocated: 0n,
      movedIn: 4450n,
      movedOut: 0n,
      paid: 0n,
      inReserve: 3950n,
      operatingSpent: 0n,
      operatingUnspent: 500n,
    });
    const runOff = rolledTo(from, keeper.now).periods[2]?.record;
    expect(runOff).to.deep.include({
      opening: 3950n,
      movedOut: 3950n,
      closing: 0n,
      operationsMovedOut: 500n,
    });
    const open = rolledTo(to, keeper.now).periods[2]?.record;
    expect(open).to.deep.include({ allocated: 0n, movedIn: 3950n, closing: 3950n, operationsMovedIn: 500n });
    expect([open?.operationsIn, runOff?.expenses]).to.deep.equal([0n, 0n]);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("leaves an advance where it is, and what is recovered later moves again", () => {
    const keeper = ended();
    keeper.record(keeper.expenseEvent(1, 700n));
    const move = keeper.moveEvent(1, 2);
    expect(move.operationsAmount).to.equal(0n);
    keeper.tell(
      () => move,
      () => keeper.recoverEvent(1, 300n),
    );
    expect(advanceOf(keeper.programme(1))).to.equal(200n);
    const later = keeper.moveEvent(1, 3);
    expect([later.reserveFrom, later.reserveAmount]).to.deep.equal([4950n, 300n]);
    keeper.record(later);
    expect(programmePartition(keeper.programme(1).totals)).to.deep.include({
      movedOut: 4250n,
      paid: 700n,
      inReserve: 0n,
      operatingSpent: 550n,
    });
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });
});

describe("the totals of a programme", () => {
  it("give the close record: moved and recovered money is no allocation, and what moved out is no payment", () => {
    const start = { ...noTotals, reserveIn: position(10n), reserveSpent: position(4n) };
    const end = {
      reserveIn: position(1010n),
      reserveSpent: position(504n),
      operationsIn: position(200n),
      operationsOut: position(90n),
      approvedUnpaid: fen(5n),
      filedUndecided: fen(6n),
      movedIn: fen(70n),
      movedOut: fen(11n),
      recovered: fen(130n),
      operationsMovedIn: fen(17n),
      operationsMovedOut: fen(19n),
      claimsPaid: 3,
    };
    expect(closeRecordOf(start, end)).to.deep.equal({
      opening: 6n,
      allocated: 800n,
      movedIn: 70n,
      movedOut: 11n,
      recovered: 130n,
      paid: 489n,
      closing: 506n,
      approvedUnpaid: 5n,
      filedUndecided: 6n,
      operationsIn: 183n,
      operationsMovedIn: 17n,
      operationsMovedOut: 19n,
      expenses: 71n,
    });
  });
});
