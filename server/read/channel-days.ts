/** Settlement days of a channel: what the ledger recorded, and what the provider says it received. */
import type { PageRequest } from "../../protocol/ports/read.ts";
import { InvalidCursor } from "../../protocol/ports/read.ts";
import type { ChannelDayView, ConfirmationState, Page } from "../../protocol/ports/views.ts";
import { confirmationOf } from "../index/codecs/audit.ts";
import { oneOf } from "../index/codecs/choices.ts";
import { fenOf } from "../index/columns.ts";
import type { RowOf } from "../index/tables.ts";
import { decodeCursor, encodeCursor } from "./cursors.ts";
import { checkPageLimit } from "./pages.ts";
import type { Reading } from "./reading.ts";

const list = "channelDays";

export const confirmationStates = [
  "unconfirmed",
  "confirmed",
  "differs",
] as const satisfies readonly ConfirmationState[];

/** Newest first; within a day by channel and currency. */
interface DayKey {
  readonly day: number;
  readonly channel: string;
  readonly currency: string;
}

const keyIn = (cursor: string): DayKey => {
  const { at, inner } = decodeCursor(list, cursor);
  const [channel, currency, ...others] = inner?.split(" ") ?? [];
  if (channel === undefined || currency === undefined || others.length > 0) throw new InvalidCursor(cursor);
  return { day: at, channel, currency };
};

const channelDayViews = async (
  { database }: Reading,
  rows: readonly RowOf<"channel_days">[],
): Promise<readonly ChannelDayView[]> => {
  const ids = rows.map(({ confirmation }) => confirmation).filter((id) => id > 0);
  const found =
    ids.length === 0
      ? []
      : await database.selectFrom("confirmations").selectAll().where("confirmation", "in", ids).execute();
  const latest = new Map(found.map((row) => [row.confirmation, confirmationOf(row)]));
  return rows.map((row) => {
    const confirmed = latest.get(row.confirmation);
    const earlier = row.confirmations - 1;
    return {
      channel: row.channel,
      day: row.day,
      currency: row.currency,
      state: oneOf(confirmationStates, row.state),
      recordedCount: row.recorded_count,
      recordedSum: fenOf(row.recorded_sum),
      ...(confirmed === undefined
        ? {}
        : {
            confirmed: {
              count: confirmed.count,
              sum: confirmed.sum,
              at: confirmed.place,
              provider: confirmed.provider,
              earlier,
            },
          }),
    };
  });
};

/** Days with recorded donations or a confirmation, newest first. */
export const readChannelDays = async (
  reading: Reading,
  filter: { readonly channel?: string; readonly state?: ConfirmationState },
  page: PageRequest,
): Promise<Page<ChannelDayView>> => {
  checkPageLimit(page.limit);
  let query = reading.database.selectFrom("channel_days").selectAll();
  if (filter.channel !== undefined) query = query.where("channel", "=", filter.channel);
  if (filter.state !== undefined) query = query.where("state", "=", filter.state);
  if (page.cursor !== undefined) {
    const { day, channel, currency } = keyIn(page.cursor);
    query = query.where((where) =>
      where.or([
        where("day", "<", day),
        where.and([
          where("day", "=", day),
          where(where.refTuple("channel", "currency"), ">", where.tuple(channel, currency)),
        ]),
      ]),
    );
  }
  const ordered = query.orderBy("day", "desc").orderBy("channel").orderBy("currency");
  const rows = await ordered.limit(page.limit + 1).execute();
  const items = await channelDayViews(reading, rows.slice(0, page.limit));
  const last = items.at(-1);
  if (rows.length <= page.limit || last === undefined) return { items };
  const inner = `${last.channel} ${last.currency}`;
  return { items, next: encodeCursor(list, { at: last.day, inner }) };
};
