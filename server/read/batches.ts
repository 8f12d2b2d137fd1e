/** Batches, each with what the provider of its channel said of its day. */
import type { FundId } from "../../protocol/ids.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { BatchView, ConfirmationState, Page } from "../../protocol/ports/views.ts";
import { oneOf } from "../index/codecs/choices.ts";
import { batchColumns, batchOf } from "../index/codecs/funds.ts";
import type { BatchFigures } from "../index/codecs/funds.ts";
import { confirmationStates } from "./channel-days.ts";
import { mapPage, pageOf } from "./pages.ts";
import type { Reading } from "./reading.ts";

export const loadBatch = async ({ database }: Reading, batch: number): Promise<BatchFigures | undefined> => {
  const row = await database
    .selectFrom("batches")
    .select(batchColumns)
    .where("batch", "=", batch)
    .executeTakeFirst();
  return row === undefined ? undefined : batchOf(row);
};

const confirmationOf = async (
  { database }: Reading,
  { fund, channel, day }: BatchFigures,
): Promise<ConfirmationState> => {
  const row = await database
    .selectFrom("funds")
    .innerJoin("channel_days", "channel_days.currency", "funds.currency")
    .select("channel_days.state")
    .where("funds.fund", "=", fund)
    .where("channel_days.channel", "=", channel)
    .where("channel_days.day", "=", day)
    .executeTakeFirst();
  return row === undefined ? "unconfirmed" : oneOf(confirmationStates, row.state);
};

export const batchView = async (reading: Reading, batch: BatchFigures): Promise<BatchView> => ({
  batch: batch.batch,
  fund: batch.fund,
  channel: batch.channel,
  day: batch.day,
  startsAt: batch.startsAt,
  count: batch.count,
  sum: batch.sum,
  root: batch.root,
  recordedAt: batch.place,
  confirmation: await confirmationOf(reading, batch),
});

/** In the order of the fund's line. */
export const readBatches = async (
  reading: Reading,
  fund: FundId,
  page: PageRequest,
): Promise<Page<BatchView>> => {
  const rows = await pageOf(
    "batches",
    page,
    (after, count) =>
      reading.database
        .selectFrom("batches")
        .select(batchColumns)
        .where("fund", "=", fund)
        .where("batch", ">", after)
        .orderBy("batch")
        .limit(count)
        .execute(),
    ({ batch }) => batch,
  );
  return mapPage(rows, (found) => Promise.all(found.map((row) => batchView(reading, batchOf(row)))));
};
