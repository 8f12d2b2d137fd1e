/** Laws L1 to L6 as checks of an audit. */
import { checkTotals } from "../laws/laws.ts";
import type { UnixSeconds } from "../ledger/events.ts";
import type { LedgerState } from "../ledger/records.ts";
import type { LawCheck } from "../ports/views.ts";
import type { Checks } from "./check.ts";
import type { CheckId } from "./checks.ts";

const checkOf = (law: LawCheck["law"]): CheckId => {
  switch (law) {
    case "L1":
    case "L2":
    case "L3":
    case "L4":
    case "L5":
    case "L6":
      return law;
    case "L7":
      return "replay";
    case "L8":
      return "traces.contract";
  }
};

/** Takes the verdict of a law over. Its facts name what is wrong first and add plain figures behind. */
export const tellLaw = (checks: Checks, { law, holds, checked, facts }: LawCheck): void => {
  const check = checks.of(checkOf(law));
  check.counted(checked);
  if (!holds) check.says("the books", law, facts.join("; "));
};

/** All but L4, which follows every donation and has a pass of its own. */
export const checkBooks = (checks: Checks, state: LedgerState, time: UnixSeconds): void => {
  for (const law of checkTotals(state, time)) tellLaw(checks, law);
};

/** Where the books could not be rebuilt there is nothing to hold a law against. */
export const leaveLawsOpen = (checks: Checks): void => {
  const laws: readonly CheckId[] = ["L1", "L2", "L3", "L4", "L5", "L6"];
  for (const law of laws) checks.of(law).unfinished("the books could not be rebuilt to their end");
};
