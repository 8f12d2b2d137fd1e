/** What the verbs of a claim share: its state, the counts of its programme, and what happened to it. */
import type { ClaimState } from "./events.ts";
import type { ClaimRecord, ClaimStep, LedgerState, PolicyPeriod, ProgrammeRecord } from "./records.ts";
import { expectRolled } from "./periods.ts";
import { expectEqual, expectThat, knownClaim, knownPeriod, knownProgramme } from "./refusals.ts";
import type { Examination } from "./refusals.ts";
import type { ClaimId, ProgrammeId } from "../ids.ts";

export const noClaims = (): Record<ClaimState, number> => ({
  filed: 0,
  approved: 0,
  paid: 0,
  rejected: 0,
  withdrawn: 0,
  cancelled: 0,
  onHold: 0,
});

/** Claims that are not decided, or approved and not paid: a programme with any has not ended. */
export const openClaimsOf = ({ claims }: Pick<ProgrammeRecord, "claims">): number =>
  claims.filed + claims.approved + claims.onHold;

export interface KnownClaim {
  readonly claim: ClaimRecord;
  readonly programme: ProgrammeRecord;
  readonly period: PolicyPeriod;
}

/** The claim that an event names in one of the states that its verb starts from, and its rolled programme. */
export const claimIn = (
  state: LedgerState,
  examination: Examination,
  named: { readonly claim: ClaimId; readonly programme: ProgrammeId },
  ...states: readonly ClaimState[]
): KnownClaim => {
  const claim = knownClaim(state, examination, named.claim);
  const programme = knownProgramme(state, examination, named.programme);
  expectEqual(examination, "programme", claim.programme, named.programme);
  const period = knownPeriod(programme, examination, claim.policyPeriod);
  const isIn = states.includes(claim.state);
  expectThat(examination, isIn, "state of the claim", states.join(" or "), claim.state);
  expectRolled(programme, examination);
  return { claim, programme, period };
};

/** Takes a claim to another state. */
export const enterState = ({ claims }: ProgrammeRecord, claim: ClaimRecord, state: ClaimState): void => {
  claims[claim.state] -= 1;
  claims[state] += 1;
  claim.state = state;
};

/** Takes a claim to another state, and remembers the step. Its reason stays only while it is not payable. */
export const takeStep = (
  programme: ProgrammeRecord,
  claim: ClaimRecord,
  state: ClaimState,
  step: ClaimStep,
): void => {
  enterState(programme, claim, state);
  if (step.reason === undefined) delete claim.reason;
  else claim.reason = step.reason;
  claim.steps.push(step);
};
