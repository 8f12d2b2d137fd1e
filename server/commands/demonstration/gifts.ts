/** Invented gifts: how many on which settlement day, how large, by which channel, at what time. */
import { fen } from "../../../protocol/amounts.ts";
import { formatDay, formatInstant } from "../../../protocol/calendar.ts";
import { fundId, type FundId } from "../../../protocol/ids.ts";
import type { DayNumber, UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { DonationRequest } from "../../../protocol/ports/desk.ts";
import { apportion, type Random } from "./random.ts";
import { appeal, at, opening, settlementHour, settlements } from "./timetable.ts";

export const generalFund = fundId(1);
export const appealFund = fundId(2);

export const generalGifts = 22_400;
export const appealGifts = 1_600;

const yuan = 100;

/** Amounts in bands: `of` 1,000 gifts, from `low` to `high` fen in whole steps. */
interface Band {
  readonly of: number;
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

const generalBands: readonly Band[] = [
  { of: 140, low: 1, high: 1, step: 1 },
  { of: 110, low: 2, high: 99, step: 1 },
  { of: 300, low: yuan, high: 10 * yuan, step: yuan },
  { of: 240, low: 10 * yuan, high: 100 * yuan, step: yuan / 2 },
  { of: 150, low: 100 * yuan, high: 1_000 * yuan, step: 10 * yuan },
  { of: 50, low: 1_000 * yuan, high: 4_900 * yuan, step: 50 * yuan },
  { of: 10, low: 5_000 * yuan, high: 5_000 * yuan, step: yuan },
];

const appealBands: readonly Band[] = [
  { of: 80, low: 1, high: 1, step: 1 },
  { of: 60, low: 2, high: 99, step: 1 },
  { of: 360, low: yuan, high: 20 * yuan, step: yuan },
  { of: 340, low: 20 * yuan, high: 200 * yuan, step: 5 * yuan },
  { of: 150, low: 200 * yuan, high: 900 * yuan, step: 10 * yuan },
  { of: 10, low: 1_000 * yuan, high: 2_000 * yuan, step: 100 * yuan },
];

const amountOf = (random: Random, bands: readonly Band[]): number => {
  let ticket = random.between(1, 1_000);
  for (const { of, low, high, step } of bands) {
    if (ticket <= of) return low + step * random.between(0, Math.floor((high - low) / step));
    ticket -= of;
  }
  return yuan;
};

/** Of a settlement day: more in the first weeks, before the Spring Festival and around the giving day of September. */
const weightOf = (day: DayNumber, random: Random): number => {
  const month = Math.floor(day / 100) % 100;
  const season = day < 20180101 ? 260 : month === 9 ? 190 : month === 1 || month === 2 ? 125 : 100;
  return season * random.between(80, 120);
};

/** Numbers of payments that look like what they are: invented. One row of numbers for each channel. */
export class Gifts {
  readonly #random: Random;
  readonly #serials = new Map<string, number>();
  readonly #general: readonly number[];
  readonly #appeal: readonly number[];

  constructor(random: Random) {
    this.#random = random;
    this.#general = apportion(
      generalGifts,
      settlements.map((day) => weightOf(day, random)),
    );
    this.#appeal = apportion(
      appealGifts,
      appeal.settlements.map((_, index) => 10 - index),
    );
  }

  /** All gifts that settle on the day `settlements[index]`, of both funds. */
  settledOn(index: number): readonly DonationRequest[] {
    const day = settlements[index] ?? opening;
    const before = settlements[index - 1];
    const from = before === undefined ? at(opening, 12) : at(before, settlementHour);
    const gifts = this.#several(generalFund, generalBands, this.#general[index] ?? 0, from, day);
    const appealed = appeal.settlements.findIndex((settled) => settled === day);
    const start = Math.max(from, appeal.opened);
    return [
      ...gifts,
      ...this.#interest(day),
      ...this.#several(appealFund, appealBands, this.#appeal[appealed] ?? 0, start, day),
    ];
  }

  #several(
    fund: FundId,
    bands: readonly Band[],
    count: number,
    from: UnixSeconds,
    day: DayNumber,
  ): readonly DonationRequest[] {
    const until = at(day, settlementHour) - 3_600;
    const times = Array.from({ length: count }, () => this.#random.between(from, until));
    return times.sort((one, other) => one - other).map((time) => this.#gift(fund, bands, time, day));
  }

  #gift(fund: FundId, bands: readonly Band[], time: UnixSeconds, day: DayNumber): DonationRequest {
    const amount = amountOf(this.#random, bands);
    const channel = this.#channel(amount, day);
    const occurredAt = formatInstant(time);
    return {
      fund,
      channel,
      occurredAt,
      transactionNumber: this.#number(channel, occurredAt),
      amount: fen(amount),
      providerIssued: true,
      day,
    };
  }

  /** Larger gifts come by bank transfer too; the bank is settled with once a month. */
  #channel(amount: number, day: DayNumber): string {
    if (day % 100 === 28 && amount >= 500 * yuan && this.#random.oneOf(1, 5)) return "bank";
    return this.#random.oneOf(62, 100) ? "alipay" : "wechat";
  }

  /** The bank pays interest on the 21st of each quarter's last month. */
  #interest(day: DayNumber): readonly DonationRequest[] {
    const month = Math.floor(day / 100) % 100;
    if (day % 100 !== 21 || month % 3 !== 0) return [];
    const occurredAt = formatDay(day);
    const transactionNumber = this.#number("interest", occurredAt);
    const amount = fen(this.#random.between(48_000, 165_000));
    return [
      {
        fund: generalFund,
        channel: "interest",
        occurredAt,
        transactionNumber,
        amount,
        providerIssued: false,
        day,
      },
    ];
  }

  #number(channel: string, occurredAt: string): string {
    const serial = (this.#serials.get(channel) ?? 0) + 1;
    this.#serials.set(channel, serial);
    const day = occurredAt.slice(0, 10).replaceAll("-", "");
    return `DEMO-${channel.toUpperCase()}-${day}-${String(serial).padStart(6, "0")}`;
  }
}
