/** Claims to rehearse with: amounts and days of a public insurer's reimbursements, read from a file given by path. */
import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { parseAmount, type Fen } from "../../../protocol/amounts.ts";
import { dayStart, parseDay } from "../../../protocol/calendar.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";

export interface RehearsedClaim {
  /** The row's number in the file, 1 for the first after the header. */
  readonly row: number;
  readonly amount: Fen;
  readonly incidentFrom: UnixSeconds;
}

/** The claims with a positive amount among the first `rows` rows; amounts are read as yuan. */
export const readClaims = async (path: string, rows: number): Promise<readonly RehearsedClaim[]> => {
  const claims: RehearsedClaim[] = [];
  const records = createReadStream(path).pipe(parse({ columns: true, to: rows }));
  let row = 0;
  for await (const record of records) {
    row += 1;
    const cell = (name: string): string => String(Object.getOwnPropertyDescriptor(record, name)?.value);
    const amount = parseAmount(cell("total_paid_brl"));
    if (amount > 0n) {
      claims.push({ row, amount, incidentFrom: dayStart(parseDay(cell("admitted"))) });
    }
  }
  return claims;
};
