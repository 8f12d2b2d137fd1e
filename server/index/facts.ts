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
