/** What the insurers of a policy period share, as a part of law L3: every payment and recovery, to the fen. */
import type { Fen, Position } from "../amounts.ts";
import type { ClaimId } from "../ids.ts";
import { cumulativeParts, partsOf, readShares } from "../insurers/split.ts";
import type { Shares } from "../insurers/split.ts";
import type { LedgerState, PolicyPeriod, ProgrammeRecord } from "../ledger/records.ts";
import { intervalOf } from "../lines/interval.ts";
import { grouped } from "./check.ts";
import type { Examination } from "./check.ts";

interface Movement {
  readonly policyStart: Position;
  readonly amount: Fen;
}

/** Movements follow each other up to the period's counter, and the parts of each are the whole of it. */
const checkMovements = (
  law: Examination,
  name: string,
  counter: Position,
  movements: readonly Movement[],
  shares: Shares | undefined,
): void => {
  let at = 0n;
  for (const { policyStart, amount } of movements) {
    const expected = at;
    law.equal(() => `${name}, shared from`, expected, policyStart);
    at += amount;
    if (shares === undefined) continue;
    const parts = partsOf(intervalOf(policyStart, amount), shares);
    const sum = parts.reduce<bigint>((total, part) => total + part, 0n);
    law.equal(() => `${name}, parts of the insurers from ${policyStart} on`, amount, sum);
  }
  law.equal(() => `${name}, in all`, counter, at);
  if (shares === undefined) return;
  const whole = cumulativeParts(counter, shares).reduce<bigint>((total, part) => total + part, 0n);
  law.equal(() => `${name}, parts of the insurers in all`, counter, whole);
};

const checkPeriod = (
  law: Examination,
  name: string,
  { paid, recovered, insurers }: PolicyPeriod,
  payouts: readonly Movement[],
  recoveries: readonly Movement[],
): void => {
  const shares = insurers === undefined ? undefined : readShares(insurers.sharesBps);
  checkMovements(law, `${name}, paid`, paid, payouts, shares);
  checkMovements(law, `${name}, recovered`, recovered, recoveries, shares);
  law.holds(() => `${name}: ${recovered} came back of ${paid} paid`, recovered <= paid);
};

/** What was paid and recovered for each policy period, whenever that was, and how its insurers share it. */
export const checkPolicyPeriods = (
  law: Examination,
  state: LedgerState,
  programme: ProgrammeRecord,
): void => {
  const periodOf = ({ claim }: { readonly claim: ClaimId }): number =>
    state.claims[claim - 1]?.policyPeriod ?? 0;
  const payouts = grouped(programme.payouts, periodOf);
  const recoveries = grouped(programme.recoveries, periodOf);
  for (const period of programme.periods) {
    const name = `programme ${programme.programme}, policy period ${period.period}`;
    const [paid, back] = [payouts.get(period.period) ?? [], recoveries.get(period.period) ?? []];
    checkPeriod(law, name, period, paid, back);
  }
};
