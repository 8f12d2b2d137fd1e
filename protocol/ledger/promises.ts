/** What an approval promises: cover of the insured person (law L6) and, for a grant, of what its claim has left. */
import { addFen, fen, subtractFen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import type { ClaimRecord, LedgerState, PolicyPeriod } from "./records.ts";
import { expectEqual, expectThat, knownClaim } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

/** What a claim holds of its person's cover: approved and unpaid + paid − recovered. */
export const committedOf = ({ state, approval, payouts }: ClaimRecord): Fen => {
  const last = payouts.at(-1);
  const net = last === undefined ? zeroFen : subtractFen(last.amount, last.recovered);
  switch (state) {
    case "approved":
    case "onHold":
      return approval?.amount ?? zeroFen;
    case "paid":
      return net;
    case "filed":
    case "rejected":
    case "withdrawn":
    case "cancelled":
      return zeroFen;
  }
};

/** The approval of `amount` fits the person's cover, and for a grant what is left of the claim that it follows. */
export const expectPromise = (
  state: LedgerState,
  examination: Examination,
  claim: ClaimRecord,
  period: PolicyPeriod,
  amount: Fen,
): void => {
  if (period.cover !== 0n) {
    const left = period.cover - (period.committed.get(claim.person) ?? 0n);
    expectThat(examination, amount <= left, "cover", `at most ${left} left`, amount);
  }
  if (claim.aidOf === 0) return;
  const aided = knownClaim(state, examination, claim.aidOf);
  expectEqual(examination, "state of the aided claim", "paid", aided.state);
  const left = (aided.approval?.remaining ?? 0n) - aided.granted;
  expectThat(examination, amount <= left, "grant", `at most ${left} left`, amount);
};

/** Holds `amount` more, or gives it back where it is negative. It was checked that this fits. */
export const changePromise = (
  state: LedgerState,
  claim: ClaimRecord,
  period: PolicyPeriod,
  amount: bigint,
): void => {
  if (period.cover !== 0n) {
    const committed = fen((period.committed.get(claim.person) ?? 0n) + amount);
    if (committed === 0n) period.committed.delete(claim.person);
    else period.committed.set(claim.person, committed);
  }
  const aided = state.claims[claim.aidOf - 1];
  if (aided !== undefined) aided.granted = fen(aided.granted + amount);
};

/** What is left for grants that follow a claim. */
export const aidLeftOf = ({ approval, granted }: ClaimRecord): Fen =>
  subtractFen(approval?.remaining ?? zeroFen, granted);

/** Cover of a policy period that each person holds, counted anew from its claims. */
export const commitmentsOf = (claims: readonly ClaimRecord[]): Map<ClaimRecord["person"], Fen> => {
  const committed = new Map<ClaimRecord["person"], Fen>();
  for (const claim of claims) {
    const amount = committedOf(claim);
    if (amount > 0n) committed.set(claim.person, addFen(committed.get(claim.person) ?? zeroFen, amount));
  }
  return committed;
};
