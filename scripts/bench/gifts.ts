/** Invented gifts: as bodies for the API, and as a file with the profile that reads it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const fund = "F01N";

const amountOf = (number: number): number => 1 + ((number * 7_919) % 2_000);

export interface GiftBody {
  readonly fund: string;
  readonly channel: string;
  readonly occurredAt: string;
  readonly transactionNumber: string;
  readonly amount: string;
  readonly currency: string;
  readonly providerIssued: boolean;
}

/** Gifts `from` to `from + count` of a series; a series has no number twice. */
export const giftBodies = (series: string, from: number, count: number): readonly GiftBody[] =>
  Array.from({ length: count }, (_, index) => ({
    fund,
    channel: "bank",
    occurredAt: "2026-01-01T12:00:00+08:00",
    transactionNumber: `INVENTED-${series}-${from + index}`,
    amount: String(amountOf(from + index)),
    currency: "CNY",
    providerIssued: true,
  }));

export interface GiftFile {
  readonly profile: string;
  readonly file: string;
  readonly totals: string;
}

/** As many a day as make two batches, so that requests are full. */
const giftsOfDay = 6_000;
const firstDay = Date.UTC(2020, 0, 1);

const row = (number: number): string => {
  const day = new Date(firstDay + Math.floor(number / giftsOfDay) * 86_400_000).toISOString().slice(0, 10);
  const amount = amountOf(number);
  const yuan = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
  return `INVENTED-FILE-${number},${day} 12:00:00,${yuan}\n`;
};

/** Writes a file of `rows` gifts into `folder`, its profile and its control totals. */
export const writeGiftFile = (folder: string, rows: number): GiftFile => {
  const path = (name: string): string => join(folder, name);
  const numbers = Array.from({ length: rows }, (_, index) => index);
  writeFileSync(path("gifts.csv"), `number,paid at,yuan\n${numbers.map(row).join("")}`);
  const profile = {
    name: "Invented gifts",
    file: { encoding: "utf-8", delimiter: "," },
    currency: "CNY",
    columns: {
      amount: "yuan",
      occurredAt: { column: "paid at", format: "YYYY-MM-DD HH:mm:ss" },
      transactionNumber: "number",
    },
    channel: { id: "bank" },
    funds: { column: "number", default: fund },
  };
  writeFileSync(path("profile.json"), JSON.stringify(profile));
  writeFileSync(path("totals.json"), JSON.stringify({ all: { rows } }));
  return { profile: path("profile.json"), file: path("gifts.csv"), totals: path("totals.json") };
};
