/** Claims and grants that are filed, and claims that are taken back. */
import { addFen, subtractFen, zeroFen } from "../amounts.ts";
import { claimId, rosterId } from "../ids.ts";
import { expectNewOperation } from "./access.ts";
import { claimIn, takeStep } from "./claims.ts";
import type { ClaimFiled, ClaimWithdrawn, GrantFiled } from "./events.ts";
import { expectRolled } from "./periods.ts";
import type { FiledPart, LedgerState, ProgrammeRecord } from "./records.ts";
import {
  expectActor,
  expectAmount,
  expectDigest,
  expectEqual,
  expectThat,
  known,
  knownClaim,
  knownPeriod,
  knownProgramme,
} from "./refusals.ts";
import type { Examination } from "./refusals.ts";

const daySeconds = 86_400;
const minuteSeconds = 60;
/** Asia/Shanghai is UTC+8 all year round. */
const shanghaiSeconds = 8 * 3600;

/** What claims and grants have in common. */
const expectFiling = (
  state: LedgerState,
  examination: Examination<ClaimFiled | GrantFiled>,
  programme: ProgrammeRecord,
): void => {
  const { event, place } = examination;
  const { filingDeadline } = knownPeriod(programme, examination, event.policyPeriod);
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.filer);
  expectRolled(programme, examination);
  expectEqual(examination, "claim", state.claims.length + 1, Number(event.claim));
  const inTime = place.blockTime <= filingDeadline;
  expectThat(examination, inTime, "block time", `at most ${filingDeadline}`, place.blockTime);
  expectDigest(examination, "evidence", event.evidence);
  expectAmount(examination, "requested", event.requested);
};

const file = (state: LedgerState, programme: ProgrammeRecord, filed: FiledPart): void => {
  const { requested, filer, filedAt } = filed;
  const filedUndecided = addFen(programme.totals.filedUndecided, requested);
  const steps = [{ step: "filed", at: filedAt, actor: filer, amount: requested } as const];
  state.claims.push({ ...filed, state: "filed", granted: zeroFen, payouts: [], steps });
  programme.claims.filed += 1;
  programme.totals = { ...programme.totals, filedUndecided };
};

export const applyClaimFiled = (state: LedgerState, examination: Examination<ClaimFiled>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  expectFiling(state, examination, programme);
  const roster = known(state.rosters, examination, "roster", event.roster);
  expectEqual(examination, "programme", roster.programme, event.programme);
  expectEqual(examination, "policy period", roster.policyPeriod, event.policyPeriod);
  const { incidentFrom } = event;
  const { toTheMinute } = knownPeriod(programme, examination, event.policyPeriod);
  expectEqual(examination, "to the minute", toTheMinute, event.toTheMinute);
  const lengthSeconds = toTheMinute ? minuteSeconds : daySeconds;
  const begins = (incidentFrom + shanghaiSeconds) % lengthSeconds === 0;
  expectThat(examination, begins, "incident", `a multiple of ${lengthSeconds} seconds`, incidentFrom);
  const isPast = incidentFrom <= place.blockTime;
  expectThat(examination, isPast, "incident", `at most ${place.blockTime}`, incidentFrom);
  const { type: _type, operation, ...filed } = event;
  state.operations.add(operation);
  file(state, programme, { ...filed, aidOf: claimId(0), filedAt: place });
};

export const applyGrantFiled = (state: LedgerState, examination: Examination<GrantFiled>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  expectFiling(state, examination, programme);
  expectEqual(examination, "kind of the programme", "aid", programme.kind);
  const aided = knownClaim(state, examination, event.aidOf);
  expectEqual(examination, "state of the aided claim", "paid", aided.state);
  // A grant cannot follow a grant: what the first attested as remaining would be granted again beside it.
  const { kind, currency } = knownProgramme(state, examination, aided.programme);
  expectEqual(examination, "kind of the aided programme", "insurance", kind);
  expectEqual(examination, "currency", programme.currency, currency);
  const { start } = knownPeriod(programme, examination, event.policyPeriod);
  expectThat(examination, place.blockTime >= start, "block time", `${start} or later`, place.blockTime);
  const { type: _type, operation, ...filed } = event;
  const noIncident = { incidentFrom: 0, toTheMinute: false, roster: rosterId(0) };
  state.operations.add(operation);
  file(state, programme, { ...filed, ...noIncident, person: aided.person, filedAt: place });
};

export const applyClaimWithdrawn = (state: LedgerState, examination: Examination<ClaimWithdrawn>): void => {
  const { event, place } = examination;
  const { claim, programme } = claimIn(state, examination, event, "filed");
  const { totals } = programme;
  expectActor(state, examination, event.coordinator);
  const filedUndecided = subtractFen(totals.filedUndecided, claim.requested);
  programme.totals = { ...totals, filedUndecided };
  takeStep(programme, claim, "withdrawn", { step: "withdrawn", at: place, actor: event.coordinator });
};
