/** Amounts as a reader sees them: ¥1,234.05, and USD 1,234.05 for a currency without a sign of ours. */
import { fen, formatAmount } from "../../protocol/amounts.ts";

const signs: Readonly<Record<string, string>> = { CNY: "¥" };

/** An amount of minor units, 0 or more, with its currency. */
export const money = (amountMinor: bigint, currency: string): string =>
  `${signs[currency] ?? `${currency} `}${formatAmount(fen(amountMinor))}`;

/** An amount that may be below 0, such as what one cash period brought in net. */
export const signedMoney = (amountMinor: bigint, currency: string): string =>
  amountMinor < 0n ? `−${money(-amountMinor, currency)}` : money(amountMinor, currency);

/** Whole numbers with a comma between thousands, as both languages of the explorer write them. */
export const grouped = (value: bigint | number): string => formatAmount(fen(value), 0);
