/** The donation's trace, worked out anew from the ledger's events by the rules that everyone publishes. */
import { addFen, type Fen } from "../amounts.ts";
import type { FundId } from "../ids.ts";
import { GapInBooks, maxSlices } from "../trace/limits.ts";
import type { AsyncBooks } from "../trace/requests.ts";
import { runAsync } from "../trace/run.ts";
import { traceInterval } from "../trace/slices.ts";
import { type Interval, type Partition, type Place, type Slice } from "../trace/types.ts";
import { Failed, Unanswered } from "./steps.ts";

/** A gift of millions of yuan pays thousands of claims; what is more than this is the auditor's. */
const mostSlices = 2_000;

/** Which record a gap in a line lacks. */
const missingOf = ({ line, expected }: GapInBooks): Failed => {
  const facts = { line, position: String(expected) };
  if (line.startsWith("fund")) return new Failed("allocationMissing", facts);
  return new Failed(line.startsWith("reserve") ? "payoutMissing" : "expenseMissing", facts);
};

/** Where each fen of the interval is. Throws {@link Failed} where the events have a gap in it. */
export const traceOf = async (
  fund: FundId,
  interval: Interval,
  books: AsyncBooks,
): Promise<readonly Slice[]> => {
  const slices: Slice[] = [];
  let cursor: string | undefined;
  try {
    do {
      const page = await runAsync(traceInterval(fund, interval, cursor, maxSlices), books);
      slices.push(...page.slices);
      if (slices.length > mostSlices) throw new Unanswered("tooMany", String(slices.length));
      cursor = page.next;
    } while (cursor !== undefined);
  } catch (error) {
    throw error instanceof GapInBooks ? missingOf(error) : error;
  }
  return slices;
};

/** The places of slices added up. */
export const partitionOfSlices = (slices: readonly Slice[]): Partition => {
  const at = (place: Place): Fen =>
    addFen(...slices.filter((slice) => slice.place === place).map(({ amount }) => amount));
  return {
    total: addFen(...slices.map(({ amount }) => amount)),
    unallocated: at("unallocated"),
    paid: at("paid"),
    inReserve: at("inReserve"),
    operatingSpent: at("operatingSpent"),
    operatingUnspent: at("operatingUnspent"),
  };
};
