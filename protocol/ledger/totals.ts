/** A programme's running totals, and what follows from them alone. */
import { addFen, fen, position, zeroFen } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import { smaller } from "../lines/interval.ts";
import type { ProgrammePartition } from "../ports/views.ts";
import type { CloseRecord } from "./events.ts";
import type { Totals } from "./records.ts";

export const noTotals: Totals = {
  reserveIn: position(0n),
  reserveSpent: position(0n),
  operationsIn: position(0n),
  operationsOut: position(0n),
  approvedUnpaid: zeroFen,
  filedUndecided: zeroFen,
  movedIn: zeroFen,
  movedOut: zeroFen,
  recovered: zeroFen,
  operationsMovedIn: zeroFen,
  operationsMovedOut: zeroFen,
  claimsPaid: 0,
};

/** The close record of a period that began with one set of totals and ended with another. */
export const closeRecordOf = (start: Totals, end: Totals): CloseRecord => {
  const movedIn = fen(end.movedIn - start.movedIn);
  const movedOut = fen(end.movedOut - start.movedOut);
  const recovered = fen(end.recovered - start.recovered);
  const operationsMovedIn = fen(end.operationsMovedIn - start.operationsMovedIn);
  const operationsMovedOut = fen(end.operationsMovedOut - start.operationsMovedOut);
  return {
    opening: fen(start.reserveIn - start.reserveSpent),
    allocated: fen(end.reserveIn - start.reserveIn - movedIn - recovered),
    movedIn,
    movedOut,
    recovered,
    paid: fen(end.reserveSpent - start.reserveSpent - movedOut),
    closing: fen(end.reserveIn - end.reserveSpent),
    approvedUnpaid: end.approvedUnpaid,
    filedUndecided: end.filedUndecided,
    operationsIn: fen(end.operationsIn - start.operationsIn - operationsMovedIn),
    operationsMovedIn,
    operationsMovedOut,
    expenses: fen(end.operationsOut - start.operationsOut - operationsMovedOut),
  };
};

export const closeRecordFields = [
  "opening",
  "allocated",
  "movedIn",
  "movedOut",
  "recovered",
  "paid",
  "closing",
  "approvedUnpaid",
  "filedUndecided",
  "operationsIn",
  "operationsMovedIn",
  "operationsMovedOut",
  "expenses",
] as const satisfies readonly (keyof CloseRecord)[];

/** Operations money is taken as far as both it and what was taken reach; what lies beyond is an advance. */
export const operationsTaken = ({
  operationsIn,
  operationsOut,
}: Pick<Totals, "operationsIn" | "operationsOut">): Position => smaller(operationsOut, operationsIn);

/** Where a programme's money is; allocated + movedIn − movedOut is the sum of the other four. */
export const programmePartition = (totals: Totals): ProgrammePartition => {
  const { movedIn, movedOut, recovered, operationsMovedIn, operationsMovedOut } = totals;
  const taken = operationsTaken(totals);
  return {
    allocated: fen(totals.reserveIn - movedIn - recovered + totals.operationsIn - operationsMovedIn),
    movedIn: addFen(movedIn, operationsMovedIn),
    movedOut: addFen(movedOut, operationsMovedOut),
    paid: fen(totals.reserveSpent - movedOut - recovered),
    inReserve: fen(totals.reserveIn - totals.reserveSpent),
    operatingSpent: fen(taken - operationsMovedOut),
    operatingUnspent: fen(totals.operationsIn - taken),
  };
};
