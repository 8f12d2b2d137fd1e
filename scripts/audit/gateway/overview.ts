/** What the summary, funds and programmes must say. */
import { addFen, position, subtractFen, zeroFen, type Fen } from "../../../protocol/amounts.ts";
import { checkTotals } from "../../../protocol/laws/laws.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import { rolledTo } from "../../../protocol/ledger/periods.ts";
import type { FundRecord, LedgerState, ProgrammeRecord } from "../../../protocol/ledger/records.ts";
import { advanceOf, shortfallOf } from "../../../protocol/ledger/state.ts";
import { programmePartition } from "../../../protocol/ledger/totals.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import type { Partition } from "../../../protocol/trace/types.ts";
import type { Expected } from "./told.ts";
import { namedBy, type AuditedBooks } from "./words.ts";
import { fundCode, money, moneys, place, programmeCode } from "./wire.ts";

/** The channel that bank interest comes in by. */
const interestChannel = "interest";

const sum = (amounts: readonly Fen[]): Fen => addFen(...amounts);

/** Where all money of a fund is, by tracing its whole line. */
export const fundPartition = (state: LedgerState, { fund, donated }: FundRecord): Partition =>
  runSync(partitionOf(fund, { start: position(0n), end: donated }), booksOf(state));

export const expectedFund = (books: AuditedBooks, fund: FundRecord): Expected => {
  const { state } = books;
  const { currency } = fund;
  const refunds = state.refunds.filter((refund) => refund.fund === fund.fund);
  const owed = refunds.filter(({ covered }) => covered === undefined);
  const interest = fund.batches.filter(({ channel }) => channel === interestChannel);
  return {
    code: fundCode(fund.fund),
    ...namedBy(books, fund.document, fundCode(fund.fund)),
    currency,
    claimsShareBps: fund.claimsShareBps,
    restrictedTo: fund.restrictedTo === 0 ? undefined : programmeCode(fund.restrictedTo),
    fallbackTo: fund.fallbackTo === 0 ? undefined : programmeCode(fund.fallbackTo),
    document: fund.document,
    openedAt: place(fund.place),
    donations: fund.donations,
    batches: fund.batches.length,
    partition: moneys({ ...fundPartition(state, fund) }, currency),
    interest: money(sum(interest.map((batch) => batch.sum)), currency),
    refunded: money(sum(refunds.map(({ amount }) => amount)), currency),
    refundOwed: money(sum(owed.map(({ amount }) => amount)), currency),
  };
};

export const expectedFunds = (books: AuditedBooks): readonly Expected[] =>
  books.state.funds.map((fund) => expectedFund(books, fund));

/** Open and paid claims only: how many were decided otherwise is no public figure. */
const countsOf = ({ claims }: ProgrammeRecord) => ({
  filed: claims.filed,
  approved: claims.approved,
  onHold: claims.onHold,
  paid: claims.paid,
});

export const expectedProgramme = (books: AuditedBooks, programme: ProgrammeRecord): Expected => {
  const { state, time } = books;
  const { currency, totals } = programme;
  const rolled = rolledTo(programme, time);
  const funds = [...programme.contributions.values()].toSorted((one, other) => one.fund - other.fund);
  return {
    code: programmeCode(programme.programme),
    ...namedBy(books, programme.document, programmeCode(programme.programme)),
    kind: programme.kind,
    currency,
    region: programme.region,
    document: programme.document,
    openedAt: place(programme.place),
    partition: moneys({ ...programmePartition(totals) }, currency),
    funds: funds.map(({ fund, allocated, claimsAmount }) => ({
      fund: fundCode(fund),
      ...moneys({ allocated, claimsAmount }, currency),
      claimsShareBps: state.funds[fund - 1]?.claimsShareBps,
    })),
    ...moneys(
      {
        advance: advanceOf(programme),
        approvedUnpaid: totals.approvedUnpaid,
        filedUndecided: totals.filedUndecided,
        shortfall: shortfallOf(programme),
      },
      currency,
    ),
    claims: countsOf(programme),
    currentPeriod: rolled.currentPeriod,
    inRunOff: rolled.inRunOff,
  };
};

export const expectedProgrammes = (books: AuditedBooks): readonly Expected[] =>
  books.state.programmes.map((programme) => expectedProgramme(books, programme));

/** What is still in reserve of what the current period was opened with: the front of the line goes first. */
const carriedForward = (programme: ProgrammeRecord, time: UnixSeconds): Fen => {
  const { currentPeriod, periods } = rolledTo(programme, time);
  const current = periods.find(({ period }) => period === currentPeriod);
  if (current === undefined) return zeroFen;
  const { opening, paid, movedOut } = current.record;
  const spent = addFen(paid, movedOut);
  return opening > spent ? subtractFen(opening, spent) : zeroFen;
};

const partitionsOf = (state: LedgerState, currency: string) => {
  const parts = state.funds
    .filter((fund) => fund.currency === currency)
    .map((fund) => fundPartition(state, fund));
  const all = (name: keyof Partition): Fen => sum(parts.map((part) => part[name]));
  return moneys(
    {
      total: all("total"),
      unallocated: all("unallocated"),
      paid: all("paid"),
      inReserve: all("inReserve"),
      operatingSpent: all("operatingSpent"),
      operatingUnspent: all("operatingUnspent"),
    },
    currency,
  );
};

export const expectedSummary = (books: AuditedBooks): Expected => {
  const { state, time } = books;
  const { funds, programmes } = state;
  const currencies = new Set([...funds, ...programmes].map(({ currency }) => currency));
  const claims = programmes.map(countsOf);
  const count = (name: keyof ReturnType<typeof countsOf>): number =>
    claims.reduce((total, counts) => total + counts[name], 0);
  return {
    donations: funds.reduce((total, { donations }) => total + donations, 0),
    claims: {
      filed: count("filed"),
      approved: count("approved"),
      onHold: count("onHold"),
      paid: count("paid"),
    },
    currencies: [...currencies].toSorted().map((currency) => {
      const own = programmes.filter((programme) => programme.currency === currency);
      return {
        currency,
        partition: partitionsOf(state, currency),
        ...moneys(
          {
            carriedForward: sum(own.map((programme) => carriedForward(programme, time))),
            approvedUnpaid: sum(own.map(({ totals }) => totals.approvedUnpaid)),
            shortfall: sum(own.map(shortfallOf)),
          },
          currency,
        ),
      };
    }),
    funds: expectedFunds(books),
    programmes: expectedProgrammes(books),
  };
};

/** The laws as the gateway shows them live, all but L4, which a page could not wait for. */
export const expectedLaws = ({ state, time }: AuditedBooks): readonly Expected[] =>
  checkTotals(state, time).map(({ law, holds, checked, facts }) => ({
    law,
    holds,
    checked,
    facts: [...facts],
  }));
