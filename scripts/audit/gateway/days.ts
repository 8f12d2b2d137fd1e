/** Settlement days: what each channel recorded in each currency, and what its provider says of them. */
import type { BatchRecord, ConfirmationRecord, LedgerState } from "../../../protocol/ledger/records.ts";
import { memberOf, type Expected } from "./told.ts";
import { money, place } from "./wire.ts";

interface ChannelDay {
  readonly channel: string;
  readonly day: number;
  readonly currency: string;
  count: number;
  sum: bigint;
  /** The provider's words on it, in the order in which they were said: the last one counts. */
  readonly confirmations: ConfirmationRecord[];
}

const keyOf = (channel: unknown, day: unknown, currency: unknown): string =>
  `${String(channel)} ${String(day)} ${String(currency)}`;

const currencyOf = ({ funds }: LedgerState, { fund }: BatchRecord): string => funds[fund - 1]?.currency ?? "";

const daysOf = (state: LedgerState): ReadonlyMap<string, ChannelDay> => {
  const days = new Map<string, ChannelDay>();
  const at = (channel: string, day: number, currency: string): ChannelDay => {
    const key = keyOf(channel, day, currency);
    const known = days.get(key) ?? { channel, day, currency, count: 0, sum: 0n, confirmations: [] };
    days.set(key, known);
    return known;
  };
  for (const batch of state.batches) {
    const own = at(batch.channel, batch.day, currencyOf(state, batch));
    own.count += batch.count;
    own.sum += batch.sum;
  }
  for (const confirmation of state.confirmations) {
    at(confirmation.channel, confirmation.day, confirmation.currency).confirmations.push(confirmation);
  }
  return days;
};

const known = new WeakMap<LedgerState, ReadonlyMap<string, ChannelDay>>();

/** Counted once for the books, which change no more. */
const daysIn = (state: LedgerState): ReadonlyMap<string, ChannelDay> => {
  const days = known.get(state) ?? daysOf(state);
  known.set(state, days);
  return days;
};

const verdictOf = ({ count, sum, confirmations }: ChannelDay): string => {
  const last = confirmations.at(-1);
  if (last === undefined) return "unconfirmed";
  return last.count === count && last.sum === sum ? "confirmed" : "differs";
};

/** What the provider's latest word on a batch's day comes to. */
export const confirmationOf = (state: LedgerState, batch: BatchRecord): string => {
  const day = daysIn(state).get(keyOf(batch.channel, batch.day, currencyOf(state, batch)));
  return day === undefined ? "unconfirmed" : verdictOf(day);
};

/** A settlement day has no number of its own. */
export const nameOfDay = (told: unknown): string =>
  keyOf(memberOf(told, "channel"), memberOf(told, "day"), memberOf(told, "currency"));

const expectedDay = (own: ChannelDay): Expected => {
  const { channel, day, currency, count, sum, confirmations } = own;
  const last = confirmations.at(-1);
  return {
    channel,
    day,
    currency,
    state: verdictOf(own),
    recorded: { count, sum: money(sum, currency) },
    confirmed:
      last === undefined
        ? undefined
        : {
            count: last.count,
            sum: money(last.sum, currency),
            at: place(last.place),
            provider: last.provider,
            earlier: confirmations.length - 1,
          },
  };
};

/** Of days with gifts or a provider's word. */
export const expectedDays = (state: LedgerState): readonly Expected[] =>
  [...daysIn(state).values()].map(expectedDay);
