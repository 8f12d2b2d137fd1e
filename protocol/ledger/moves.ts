/** What an ended programme leaves goes, whole, to one other programme. */
import { addFen, after, fen } from "../amounts.ts";
import { expectNewOperation } from "./access.ts";
import { openClaimsOf } from "./claims.ts";
import type { SurplusMoved } from "./events.ts";
import { currentPeriodOf, expectRolled, isInRunOff } from "./periods.ts";
import type { LedgerState, ProgrammeRecord } from "./records.ts";
import { expectActor, expectEqual, expectThat, knownProgramme } from "./refusals.ts";
import type { Examination } from "./refusals.ts";
import { operationsTaken } from "./totals.ts";

/** Its last period is over, that period's filing deadline has passed, and no claim is open. */
const expectEnded = (programme: ProgrammeRecord, examination: Examination): void => {
  const { blockTime } = examination.place;
  expectEqual(examination, "run-off", true, isInRunOff(programme));
  const deadline = programme.periods.at(-1)?.filingDeadline ?? Number.POSITIVE_INFINITY;
  expectThat(examination, blockTime > deadline, "block time", `after ${deadline}`, blockTime);
  expectEqual(examination, "open claims", 0, openClaimsOf(programme));
};

/** Reserve to reserve, operations to operations, each from its first free position to the other's end. */
const expectWhole = (
  examination: Examination<SurplusMoved>,
  from: ProgrammeRecord,
  to: ProgrammeRecord,
): void => {
  const { event } = examination;
  const reserve = from.totals.reserveIn - from.totals.reserveSpent;
  const operations = from.totals.operationsIn - operationsTaken(from.totals);
  expectEqual(examination, "reserveFrom", from.totals.reserveSpent, event.reserveFrom);
  expectEqual(examination, "reserveTo", to.totals.reserveIn, event.reserveTo);
  expectEqual(examination, "reserveAmount", reserve, BigInt(event.reserveAmount));
  expectEqual(examination, "operationsFrom", from.totals.operationsOut, event.operationsFrom);
  expectEqual(examination, "operationsTo", to.totals.operationsIn, event.operationsTo);
  expectEqual(examination, "operationsAmount", operations, BigInt(event.operationsAmount));
  expectThat(examination, reserve + operations >= 1n, "moved", "at least 1", reserve + operations);
};

export const applySurplusMoved = (state: LedgerState, examination: Examination<SurplusMoved>): void => {
  const { event, place } = examination;
  const from = knownProgramme(state, examination, event.from);
  const to = knownProgramme(state, examination, event.to);
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.treasurer);
  expectEqual(examination, "move", state.moves.length + 1, Number(event.move));
  expectThat(examination, from !== to, "destination", "another programme", event.to);
  expectEqual(examination, "currency", from.currency, to.currency);
  if (from.fallbackTo !== 0) expectEqual(examination, "destination", from.fallbackTo, event.to);
  expectRolled(from, examination);
  expectRolled(to, examination);
  expectEqual(examination, "fromPeriod", currentPeriodOf(from), event.fromPeriod);
  expectEqual(examination, "toPeriod", currentPeriodOf(to), event.toPeriod);
  expectEnded(from, examination);
  expectWhole(examination, from, to);
  const { type: _type, operation, ...moved } = event;
  const record = { ...moved, place };
  state.operations.add(operation);
  state.moves.push(record);
  from.movesOut.push(record);
  to.movesIn.push(record);
  const { reserveAmount, operationsAmount } = event;
  from.totals = {
    ...from.totals,
    reserveSpent: after(from.totals.reserveSpent, reserveAmount),
    movedOut: addFen(from.totals.movedOut, reserveAmount),
    operationsOut: after(from.totals.operationsOut, operationsAmount),
    operationsMovedOut: addFen(from.totals.operationsMovedOut, operationsAmount),
  };
  to.totals = {
    ...to.totals,
    reserveIn: after(to.totals.reserveIn, reserveAmount),
    movedIn: addFen(to.totals.movedIn, reserveAmount),
    operationsIn: after(to.totals.operationsIn, operationsAmount),
    operationsMovedIn: fen(to.totals.operationsMovedIn + operationsAmount),
  };
};
