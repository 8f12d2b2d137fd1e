/** What the statistics of settlement must say, and what they must withhold: figures of groups of at least 11 claims alone. */
import type { PeriodNumber, ProgrammeId } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { ClaimRecord, LedgerState, ProgrammeRecord } from "../../../protocol/ledger/records.ts";
import { mergeCells, type Cell, type Statistic } from "../../../protocol/statistics/cells.ts";
import { mergeLedger } from "../../../protocol/statistics/ledger.ts";
import { settlementTimes, type SettledClaim } from "../../../protocol/statistics/percentiles.ts";
import type { Expected } from "./told.ts";
import { programmeCode } from "./wire.ts";

/** The claims of a policy period that are counted; those withdrawn, or cancelled before they were paid, are not. */
interface Decided {
  readonly paid: SettledClaim[];
  rejected: number;
  /** Can be paid or rejected still. */
  open: number;
}

const nothing = (): Decided => ({ paid: [], rejected: 0, open: 0 });

const count = (decided: Decided, { state, filedAt, approval, payouts }: ClaimRecord): void => {
  const [first] = payouts;
  if (first !== undefined) {
    const approvedAt = approval?.place.blockTime ?? 0;
    decided.paid.push({ filedAt: filedAt.blockTime, approvedAt, paidAt: first.place.blockTime });
  } else if (state === "rejected") decided.rejected += 1;
  else if (state !== "withdrawn" && state !== "cancelled") decided.open += 1;
};

const keyOf = (programme: number, period: number): string => `${programme} ${period}`;

const decidedIn = ({ claims }: LedgerState): ReadonlyMap<string, Decided> => {
  const decided = new Map<string, Decided>();
  for (const claim of claims) {
    const key = keyOf(claim.programme, claim.policyPeriod);
    const own = decided.get(key) ?? nothing();
    decided.set(key, own);
    count(own, claim);
  }
  return decided;
};

const figureOf = (payloads: readonly Decided[]) => {
  const paid = payloads.flatMap((payload) => payload.paid);
  const rejected = payloads.reduce((sum, payload) => sum + payload.rejected, 0);
  return { ...settlementTimes(paid), paid: paid.length, rejected };
};

type Figure = ReturnType<typeof figureOf>;
type ProgrammeCell = Cell<PeriodNumber, Decided>;

/** A policy period changes no more when nothing can be filed for it and nothing waits for a decision or a payment. */
const cellsOf = (
  { programme, periods }: ProgrammeRecord,
  decided: ReadonlyMap<string, Decided>,
  time: UnixSeconds,
): readonly ProgrammeCell[] =>
  periods.map(({ period, filingDeadline }) => {
    const payload = decided.get(keyOf(programme, period)) ?? nothing();
    const counts = [payload.paid.length, payload.rejected];
    return { key: period, counts, closed: time > filingDeadline && payload.open === 0, payload };
  });

type Cells = { readonly periods: readonly number[] } | { readonly programmes: readonly string[] };

/** `cells` in the words of the answer: periods of a programme, or programmes. */
const statisticOf = (statistic: Statistic<unknown, Figure>, cells: Cells): Expected => {
  const { state } = statistic;
  if (state === "withheld")
    return { state, ...cells, minimumClaims: statistic.minimumClaims, claims: undefined, paid: undefined };
  const { claims, figure } = statistic;
  const { paid, rejected } = figure;
  const times = {
    filedToApproved: { ...figure.filedToApproved },
    approvedToPaid: { ...figure.approvedToPaid },
    filedToPaid: { ...figure.filedToPaid },
  };
  return { state, ...cells, claims, paid, rejected, ...times };
};

/** Of the whole ledger, by programmes. No programme counts as ended: a period can be declared after its last. */
const ofLedger = (
  programmes: readonly { readonly programme: ProgrammeId; readonly periods: readonly ProgrammeCell[] }[],
): Expected => {
  const merged = mergeLedger(
    programmes.map((own) => ({ ...own, ended: false })),
    figureOf,
  );
  const named = (ids: readonly ProgrammeId[]): Cells => ({ programmes: ids.map(programmeCode) });
  const published = merged.programmes.filter((own) => own.merged.total.state === "published");
  const behind = published.length === 0 ? merged.programmes : published;
  return {
    programme: undefined,
    groups: merged.programmes.map((own) => statisticOf(own.merged.total, named([own.programme]))),
    total: statisticOf(merged.total, named(behind.map((own) => own.programme))),
  };
};

const ofProgramme = (programme: ProgrammeId, cells: readonly ProgrammeCell[]): Expected => {
  const { groups, rest, total } = mergeCells(cells, figureOf);
  const named = (statistic: Statistic<PeriodNumber, Figure>): Expected =>
    statisticOf(statistic, { periods: statistic.cells });
  return {
    programme: programmeCode(programme),
    groups: [...groups, ...(rest.cells.length === 0 ? [] : [rest])].map(named),
    total: named(total),
  };
};

/** Each answer by its path. */
export const expectedSettlements = (
  state: LedgerState,
  time: UnixSeconds,
): readonly { readonly subject: string; readonly path: string; readonly expected: Expected }[] => {
  const decided = decidedIn(state);
  const programmes = state.programmes.map((record) => ({
    programme: record.programme,
    periods: cellsOf(record, decided, time),
  }));
  return [
    { subject: "settlement", path: "/v1/settlement", expected: ofLedger(programmes) },
    ...programmes.map(({ programme, periods }) => {
      const code = programmeCode(programme);
      return {
        subject: `programme ${code}, settlement`,
        path: `/v1/programmes/${code}/settlement`,
        expected: ofProgramme(programme, periods),
      };
    }),
  ];
};
