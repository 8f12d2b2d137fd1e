/** What a request names must be there: each question answers the thing, or refuses with the field and the reason. */
import type { Fen } from "../../protocol/amounts.ts";
import { formatInstant } from "../../protocol/calendar.ts";
import type { ClaimId, FundId, PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { ProgrammeKind, UnixSeconds } from "../../protocol/ledger/events.ts";
import { DeskRefusal } from "../../protocol/ports/desk.ts";
import type { ClaimView, FundView, PeriodView, ProgrammeView } from "../../protocol/ports/views.ts";
import type { Counter } from "./counter.ts";

export const knownFund = async (counter: Counter, fund: FundId): Promise<FundView> => {
  const view = await counter.parts.read.fund(fund);
  if (view === undefined) throw new DeskRefusal("fund", `no fund ${fund}`);
  return view;
};

export const knownProgramme = async (
  counter: Counter,
  programme: ProgrammeId,
  field = "programme",
): Promise<ProgrammeView> => {
  const view = await counter.parts.read.programme(programme);
  if (view === undefined) throw new DeskRefusal(field, `no programme ${programme}`);
  return view;
};

export const programmeOfKind = async (
  counter: Counter,
  programme: ProgrammeId,
  kind: ProgrammeKind,
  field = "programme",
): Promise<ProgrammeView> => {
  const view = await knownProgramme(counter, programme, field);
  if (view.kind !== kind)
    throw new DeskRefusal(field, `expected an ${kind} programme, it is an ${view.kind} one`);
  return view;
};

/** A policy period with its end and filing deadline; the run-off is none. */
export type DeclaredPeriod = PeriodView & { readonly end: UnixSeconds; readonly filingDeadline: UnixSeconds };

export const knownPeriod = async (
  counter: Counter,
  programme: ProgrammeId,
  period: PeriodNumber,
  field = "policyPeriod",
): Promise<DeclaredPeriod> => {
  const view = await counter.parts.read.period(programme, period);
  const { end, filingDeadline } = view ?? {};
  if (view === undefined || end === undefined || filingDeadline === undefined) {
    throw new DeskRefusal(field, `the programme has no policy period ${period}`);
  }
  return { ...view, end, filingDeadline };
};

/** Nothing can be filed for a period once its deadline has passed. */
export const requireFilable = (counter: Counter, period: DeclaredPeriod, field: string): void => {
  if (counter.parts.now() <= period.filingDeadline) return;
  throw new DeskRefusal(field, `its filing deadline was ${formatInstant(period.filingDeadline)}`);
};

export const knownClaim = async (counter: Counter, claim: ClaimId, field: string): Promise<ClaimView> => {
  const view = await counter.parts.read.claim(claim);
  if (view === undefined) throw new DeskRefusal(field, `no claim ${claim}`);
  return view;
};

/** Does not repeat the text: where columns are mixed up, it is a payment's number. */
export const unknownChannel = "is not registered";

export const requireChannel = async (counter: Counter, channel: string, field = "channel"): Promise<void> => {
  if (await counter.parts.isChannel(channel)) return;
  throw new DeskRefusal(field, unknownChannel);
};

export const requireAmount = (field: string, amount: Fen): void => {
  if (amount === 0n) throw new DeskRefusal(field, "expected at least one minor unit");
};
