/** The laws of the design held against books that were rebuilt from events (which is law L7 itself). */
import type { UnixSeconds } from "../ledger/events.ts";
import type { LedgerState } from "../ledger/records.ts";
import type { LawCheck } from "../ports/views.ts";
import { lawOfClaims } from "./claims.ts";
import { lawOfLines } from "./lines.ts";
import { lawOfPlaces } from "./places.ts";
import { lawOfFunds, lawOfPeriods, lawOfShares } from "./totals.ts";

/** L1, L2, L3, L5 and L6 as if rolled to `time`: O(records), whatever the number of donations. */
export const checkTotals = (state: LedgerState, time: UnixSeconds): readonly LawCheck[] => [
  lawOfFunds(state),
  lawOfShares(state),
  lawOfPeriods(state, time),
  lawOfLines(state),
  lawOfClaims(state),
];

/** L1 to L6: {@link checkTotals} and, for every donation and claim, L4. */
export const checkLaws = (state: LedgerState, time: UnixSeconds): readonly LawCheck[] =>
  [...checkTotals(state, time), lawOfPlaces(state)].toSorted((one, other) => (one.law < other.law ? -1 : 1));
