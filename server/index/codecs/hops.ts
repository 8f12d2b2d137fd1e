/** Recoveries and moves as a trace follows them: each a step from one place of a line to another. */
import type { Position } from "../../../protocol/amounts.ts";
import type { Fen } from "../../../protocol/amounts.ts";
import { moveId, programmeId, recoveryId } from "../../../protocol/ids.ts";
import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { MoveRecord, RecoveryRecord } from "../../../protocol/ledger/records.ts";
import type { TracedHop } from "../../../protocol/trace/requests.ts";
import { amountText, fenOf, positionOf } from "../columns.ts";
import type { RowOf } from "../tables.ts";
import { oneOf } from "./choices.ts";

/** The two lines of a programme. */
export const lines = ["reserve", "operations"] as const;
export type LineName = (typeof lines)[number];

export const hopKinds = ["recovery", "move"] as const;

interface Step {
  readonly amount: Fen;
  readonly from: ProgrammeId;
  readonly fromStart: Position;
  readonly to: ProgrammeId;
  readonly toStart: Position;
}

const hopRow = (
  line: LineName,
  via: (typeof hopKinds)[number],
  record: number,
  step: Step,
): RowOf<"hops"> => ({
  line,
  via,
  record,
  amount: amountText(step.amount),
  from_programme: step.from,
  from_start: amountText(step.fromStart),
  from_end: amountText(step.fromStart + step.amount),
  to_programme: step.to,
  to_start: amountText(step.toStart),
  to_end: amountText(step.toStart + step.amount),
});

export const recoveryHop = (recovery: RecoveryRecord): RowOf<"hops"> =>
  hopRow("reserve", "recovery", recovery.recovery, {
    amount: recovery.amount,
    from: recovery.programme,
    fromStart: recovery.sourceStart,
    to: recovery.programme,
    toStart: recovery.reserveStart,
  });

/** One for each line on which anything was left to move. */
export const moveHops = (move: MoveRecord): readonly RowOf<"hops">[] => {
  const { from, to, reserveAmount, operationsAmount } = move;
  const reserve = { amount: reserveAmount, from, fromStart: move.reserveFrom, to, toStart: move.reserveTo };
  const operations = {
    amount: operationsAmount,
    from,
    fromStart: move.operationsFrom,
    to,
    toStart: move.operationsTo,
  };
  return [
    ...(reserveAmount === 0n ? [] : [hopRow("reserve", "move", move.move, reserve)]),
    ...(operationsAmount === 0n ? [] : [hopRow("operations", "move", move.move, operations)]),
  ];
};

export const hopOf = (row: RowOf<"hops">): TracedHop => ({
  via:
    oneOf(hopKinds, row.via) === "recovery"
      ? { kind: "recovery", recovery: recoveryId(row.record) }
      : { kind: "move", move: moveId(row.record) },
  amount: fenOf(row.amount),
  from: programmeId(row.from_programme),
  fromStart: positionOf(row.from_start),
  to: programmeId(row.to_programme),
  toStart: positionOf(row.to_start),
});
