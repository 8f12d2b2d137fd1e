/**
 * Settlement days: what the ledger recorded of each channel, day and currency, and what the provider last said it
 * received. Kept up to date batch by batch.
 */
import { fen, zeroFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import type { DayNumber } from "../../protocol/ledger/events.ts";
import type { BatchRecord, ConfirmationRecord, LedgerState } from "../../protocol/ledger/records.ts";
import type { ConfirmationState } from "../../protocol/ports/views.ts";
import { amountText } from "./columns.ts";
import type { RowOf } from "./tables.ts";

interface ChannelDay {
  readonly channel: string;
  readonly day: DayNumber;
  readonly currency: string;
  count: number;
  sum: Fen;
  confirmations: number;
  latest?: ConfirmationRecord;
}

const stateOf = ({ count, sum, latest }: ChannelDay): ConfirmationState => {
  if (latest === undefined) return "unconfirmed";
  return latest.count === count && latest.sum === sum ? "confirmed" : "differs";
};

const rowOf = (day: ChannelDay): RowOf<"channel_days"> => ({
  channel: day.channel,
  day: day.day,
  currency: day.currency,
  state: stateOf(day),
  recorded_count: day.count,
  recorded_sum: amountText(day.sum),
  confirmations: day.confirmations,
  confirmation: day.latest?.confirmation ?? 0,
});

export class ChannelDays {
  readonly #days = new Map<string, ChannelDay>();
  #changed = new Set<ChannelDay>();

  /** Of books as they stand. */
  static of(state: LedgerState): ChannelDays {
    const days = new ChannelDays();
    for (const batch of state.batches) {
      const fund = state.funds[batch.fund - 1];
      if (fund !== undefined) days.recorded(batch, fund.currency);
    }
    for (const confirmation of state.confirmations) days.confirmed(confirmation);
    days.#changed = new Set();
    return days;
  }

  /** `currency` is that of the batch's fund. */
  recorded({ channel, day, count, sum }: BatchRecord, currency: string): void {
    const own = this.#of(channel, day, currency);
    own.count += count;
    own.sum = fen(own.sum + sum);
  }

  confirmed(confirmation: ConfirmationRecord): void {
    const { channel, day, currency } = confirmation;
    const own = this.#of(channel, day, currency);
    own.confirmations += 1;
    own.latest = confirmation;
  }

  /** The rows that changed since the last call. */
  takeChanged(): readonly RowOf<"channel_days">[] {
    const rows = [...this.#changed].map(rowOf);
    this.#changed = new Set();
    return rows;
  }

  #of(channel: string, day: DayNumber, currency: string): ChannelDay {
    const key = `${channel} ${day} ${currency}`;
    const known = this.#days.get(key) ?? { channel, day, currency, count: 0, sum: zeroFen, confirmations: 0 };
    this.#days.set(key, known);
    this.#changed.add(known);
    return known;
  }
}
