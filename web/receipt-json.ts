/** A receipt as a file that the donor keeps: whole numbers of minor units are written as decimal strings. */
import type { Receipt } from "../protocol/ports/views.ts";

export const receiptJson = (receipt: Receipt): string =>
  JSON.stringify(
    receipt,
    (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
    2,
  );
