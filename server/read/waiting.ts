/** Approved claims that wait to be paid: who is ahead of whom, and what the reserve lacks. */
import { fen, zeroFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { fenOf, positionOf } from "../index/columns.ts";
import type { Reading } from "./reading.ts";

export interface WaitingClaim {
  readonly claimsAhead: number;
  /** What the reserve lacks to pay it and all that stand before it. */
  readonly missing: Fen;
}

/** By claim id. */
export type WaitingClaims = ReadonlyMap<number, WaitingClaim>;

const readWaiting = async ({ database }: Reading, programme: ProgrammeId): Promise<WaitingClaims> => {
  const totals = await database
    .selectFrom("totals")
    .select(["reserve_in", "reserve_spent"])
    .where("programme", "=", programme)
    .where("moment", "=", "now")
    .executeTakeFirst();
  if (totals === undefined) return new Map();
  const available = positionOf(totals.reserve_in) - positionOf(totals.reserve_spent);
  const rows = await database
    .selectFrom("approvals")
    .select(["claim", "amount"])
    .where("programme", "=", programme)
    .where("waiting", "=", 1)
    .orderBy("queue_number")
    .execute();
  let needed = 0n;
  return new Map(
    rows.map(({ claim, amount }, claimsAhead) => {
      needed += fenOf(amount);
      return [claim, { claimsAhead, missing: needed > available ? fen(needed - available) : zeroFen }];
    }),
  );
};

/** The queue of a programme at the reading's block; read once a block. */
export const waitingOf = (reading: Reading, programme: ProgrammeId): Promise<WaitingClaims> =>
  reading.shared.waiting.of(reading.head, programme, () => readWaiting(reading, programme));
