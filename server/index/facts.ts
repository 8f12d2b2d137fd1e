/** Small facts that the write side asks of the books before it accepts something. */
import { position, type Position } from "../../protocol/amounts.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { positionOf } from "./columns.ts";
import type { Index } from "./open.ts";

export const channelIsRegistered = (index: Index, channel: string): Promise<boolean> =>
  index.read(async ({ database }) => {
    const row = await database
      .selectFrom("channels")
      .select("position")
      .where("channel", "=", channel)
      .executeTakeFirst();
    return row !== undefined;
  });

/** Where the next expense of a programme starts, advances included; 0 for a programme without any. */
export const expensesEnd = (index: Index, programme: ProgrammeId): Promise<Position> =>
  index.read(async ({ database }) => {
    const row = await database
      .selectFrom("totals")
      .select("operations_out")
      .where("programme", "=", programme)
      .where("moment", "=", "now")
      .executeTakeFirst();
    return row === undefined ? position(0n) : positionOf(row.operations_out);
  });

/** Whether the ledger recorded something after the newest head that was noted on it. */
export const isUnnoted = (index: Index): Promise<boolean> =>
  index.read(async ({ database }) => {
    const newest = await database
      .selectFrom("logs")
      .select(["block_number", "log_index"])
      .orderBy("block_number", "desc")
      .orderBy("log_index", "desc")
      .limit(1)
      .executeTakeFirst();
    const note = await database
      .selectFrom("head_notes")
      .select(["block_number", "log_index"])
      .orderBy("note", "desc")
      .limit(1)
      .executeTakeFirst();
    if (newest === undefined) return false;
    return newest.block_number !== note?.block_number || newest.log_index !== note.log_index;
  });
