/** Who is insured in a policy period, and who bears its claims. */
import { expectNewOperation } from "./access.ts";
import type { InsurersDeclared, RosterAppended } from "./events.ts";
import type { LedgerState } from "./records.ts";
import {
  expectActor,
  expectAmount,
  expectBounded,
  expectDigest,
  expectEqual,
  expectThat,
  knownPeriod,
  knownProgramme,
} from "./refusals.ts";
import type { Examination } from "./refusals.ts";

const wholeBps = 10_000;
const mostInsurers = 16;

export const applyRosterAppended = (state: LedgerState, examination: Examination<RosterAppended>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  const { end } = knownPeriod(programme, examination, event.policyPeriod);
  const { type: _type, operation, ...roster } = event;
  expectNewOperation(state, examination, operation);
  expectActor(state, examination, event.coordinator);
  expectEqual(examination, "roster", state.rosters.length + 1, Number(event.roster));
  expectEqual(examination, "kind of the programme", "insurance", programme.kind);
  expectThat(examination, place.blockTime < end, "block time", `before ${end}`, place.blockTime);
  expectDigest(examination, "root", event.root);
  expectAmount(examination, "count", BigInt(event.count));
  expectBounded(examination, "premium", event.premiumPerHead);
  expectBounded(examination, "denominator", BigInt(event.denominator));
  state.operations.add(operation);
  state.rosters.push({ ...roster, place });
};

export const applyInsurersDeclared = (
  state: LedgerState,
  examination: Examination<InsurersDeclared>,
): void => {
  const { event, place } = examination;
  const { sharesBps, document, treasurer } = event;
  const programme = knownProgramme(state, examination, event.programme);
  const period = knownPeriod(programme, examination, event.policyPeriod);
  expectActor(state, examination, treasurer);
  expectEqual(examination, "having insurers", false, period.insurers !== undefined);
  expectEqual(examination, "paid for the policy period", 0n, BigInt(period.paid));
  const counted = sharesBps.length >= 1 && sharesBps.length <= mostInsurers;
  expectThat(examination, counted, "insurers", `1 to ${mostInsurers}`, sharesBps.length);
  const whole = sharesBps.every((bps) => Number.isInteger(bps) && bps >= 1);
  expectThat(examination, whole, "share", "at least 1 basis point", sharesBps.join(", "));
  const sum = sharesBps.reduce((total, bps) => total + bps, 0);
  expectEqual(examination, "sum of the shares", wholeBps, sum);
  expectDigest(examination, "document", document);
  period.insurers = { sharesBps, document, treasurer, place };
};
