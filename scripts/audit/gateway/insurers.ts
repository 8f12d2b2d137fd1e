/** What the insurers of a policy period, and the settlement statement of each, must say. */
import type { Movement } from "../../../protocol/insurers/movements.ts";
import { readShares } from "../../../protocol/insurers/split.ts";
import {
  insurerTotals,
  statementOf,
  type Flows,
  type StatementLine,
} from "../../../protocol/insurers/statement.ts";
import type { LedgerState, PolicyPeriod, ProgrammeRecord } from "../../../protocol/ledger/records.ts";
import type { Expected } from "./told.ts";
import { claimCode, money, moneys, place, programmeCode } from "./wire.ts";
import { insurerNamedBy, programmeNamedBy, type AuditedBooks } from "./words.ts";

const flowsOf = ({ paid, recovered, net }: Flows, currency: string): Expected =>
  moneys({ paid, recovered, net }, currency);

export const expectedInsurers = (books: AuditedBooks, period: PolicyPeriod, currency: string): Expected => {
  const { insurers } = period;
  if (insurers === undefined) return undefined;
  const totals = insurerTotals(readShares(insurers.sharesBps), period);
  return {
    document: insurers.document,
    insurers: insurers.sharesBps.map((shareBps, at) => {
      const part = totals[at];
      return {
        ordinal: at + 1,
        ...insurerNamedBy(books, insurers.document, at),
        shareBps,
        ...(part === undefined ? {} : { part: flowsOf(part, currency) }),
      };
    }),
  };
};

/** What was paid and came back of the claims of a policy period, in recording order. */
const movementsOf = (
  { claims }: LedgerState,
  { payouts, recoveries }: ProgrammeRecord,
  period: number,
): readonly Movement[] => {
  const isOf = ({ claim }: { readonly claim: number }): boolean => claims[claim - 1]?.policyPeriod === period;
  const moved = (record: (typeof payouts)[number] | (typeof recoveries)[number]) => ({
    payout: record.payout,
    claim: record.claim,
    cashPeriod: record.period,
    amount: record.amount,
    before: record.policyStart,
    at: record.place,
  });
  const all: Movement[] = [
    ...payouts.filter(isOf).map((payout) => ({ kind: "payout", ...moved(payout) }) as const),
    ...recoveries
      .filter(isOf)
      .map((recovery) => ({ kind: "recovery", recovery: recovery.recovery, ...moved(recovery) }) as const),
  ];
  return all.toSorted(
    ({ at: one }, { at: other }) => one.blockNumber - other.blockNumber || one.logIndex - other.logIndex,
  );
};

const lineOf = ({ movement, part, opening, closing }: StatementLine, currency: string): Expected => ({
  kind: movement.kind,
  payout: movement.payout,
  recovery: movement.kind === "recovery" ? movement.recovery : undefined,
  claim: claimCode(movement.claim),
  cashPeriod: movement.cashPeriod,
  at: place(movement.at),
  gross: money(movement.amount, currency),
  ...moneys({ part, opening, closing }, currency),
});

export interface ExpectedStatement {
  /** All but the lines, which come in pages. */
  readonly totals: Expected;
  readonly lines: readonly Expected[];
}

/** Of the insurer `ordinal`, counted from 1; the period has insurers. */
export const expectedStatement = (
  books: AuditedBooks,
  programme: ProgrammeRecord,
  period: PolicyPeriod,
  ordinal: number,
): ExpectedStatement => {
  const { currency } = programme;
  const code = programmeCode(programme.programme);
  const { sharesBps = [], document } = period.insurers ?? {};
  const insurer = { shares: readShares(sharesBps), ordinal };
  const movements = movementsOf(books.state, programme, period.period);
  const { lines, cashPeriods, part, check } = statementOf(insurer, movements, period);
  return {
    totals: {
      programme: code,
      ...programmeNamedBy(books, programme.programme, "programmeName"),
      policyPeriod: period.period,
      ordinal,
      ...(document === undefined ? {} : insurerNamedBy(books, document, ordinal - 1)),
      shareBps: sharesBps[ordinal - 1],
      part: flowsOf(part, currency),
      sum: flowsOf(check.sum, currency),
      ledger: flowsOf(check.ledger, currency),
      reconciles: true,
      cashPeriods: cashPeriods.map((cash) => ({
        cashPeriod: cash.cashPeriod,
        gross: flowsOf(cash.gross, currency),
        part: flowsOf(cash.part, currency),
      })),
    },
    lines: lines.map((line) => lineOf(line, currency)),
  };
};
