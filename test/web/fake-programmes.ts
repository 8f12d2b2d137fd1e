/** Programmes of invented books as views: money, periods, enrolment and the insurers' statements. */
import { fen, position } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { claimId, payoutId, periodNumber, recoveryId, rosterId } from "../../protocol/ids.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { Movement } from "../../protocol/insurers/movements.ts";
import { readShares } from "../../protocol/insurers/split.ts";
import { statementOf, type Statement } from "../../protocol/insurers/statement.ts";
import type { CloseRecord } from "../../protocol/ledger/events.ts";
import type {
  EnrolmentView,
  InsurersView,
  InsurerStatementView,
  PeriodView,
  ProgrammeView,
  RosterView,
} from "../../protocol/ports/views.ts";
import { termsDigest } from "../../protocol/terms/types.ts";
import type { AuditedBooks } from "./audited-books.ts";
import { fakeClaims } from "./fake-claims.ts";
import { least, most, sum } from "./fake-trace.ts";
import {
  available,
  hexOf,
  operationsIn,
  operationsOut,
  type FakePayout,
  type FakeProgramme,
  type FakeRecovery,
  type FakeRoster,
} from "./invented-records.ts";

const forever = Number.MAX_SAFE_INTEGER;

export const rosterView = (roster: FakeRoster): RosterView => ({
  roster: rosterId(roster.roster),
  programme: roster.programme,
  policyPeriod: roster.policyPeriod,
  root: hexOf(600 + roster.roster),
  count: roster.count,
  premiumPerHead: fen(roster.premiumPerHead),
  ...(roster.denominator === undefined ? {} : { denominator: roster.denominator }),
  appendedAt: roster.at,
});

export const fakeProgrammes = (books: AuditedBooks) => {
  const { promised } = fakeClaims(books);

  const closeRecord = (programme: ProgrammeId, start: number, end: number): CloseRecord => {
    const [before, after] = [books.flows(programme, start), books.flows(programme, end)];
    const { approvedUnpaid, filedUndecided } = promised(programme, end);
    return {
      opening: fen(available(before)),
      allocated: fen(after.allocatedReserve - before.allocatedReserve),
      movedIn: fen(after.movedInReserve - before.movedInReserve),
      movedOut: fen(after.movedOutReserve - before.movedOutReserve),
      recovered: fen(after.recovered - before.recovered),
      paid: fen(after.paid - before.paid),
      closing: fen(available(after)),
      approvedUnpaid: fen(approvedUnpaid),
      filedUndecided: fen(filedUndecided),
      operationsIn: fen(after.allocatedOperations - before.allocatedOperations),
      operationsMovedIn: fen(after.movedInOperations - before.movedInOperations),
      operationsMovedOut: fen(after.movedOutOperations - before.movedOutOperations),
      expenses: fen(after.expenses - before.expenses),
    };
  };

  const ofPolicy = (programme: ProgrammeId, period: PeriodNumber) => {
    const isOf = ({ claim }: FakePayout): boolean =>
      claim.programme === programme && claim.policyPeriod === period;
    return {
      payouts: books.payouts.filter(isOf),
      recoveries: books.recoveries.filter(({ payout }) => isOf(payout)),
    };
  };

  const rostersOf = (programme: ProgrammeId, period: PeriodNumber): readonly FakeRoster[] =>
    books.rosters.filter((one) => one.programme === programme && one.policyPeriod === period);

  const enrolmentOf = (programme: ProgrammeId, period: PeriodNumber): EnrolmentView => {
    const rosters = rostersOf(programme, period);
    const denominator = rosters.findLast((one) => one.denominator !== undefined)?.denominator;
    return {
      people: rosters.reduce((people, one) => people + one.count, 0),
      premiums: fen(sum(rosters.map((one) => one.premiumPerHead * BigInt(one.count)))),
      ...(denominator === undefined ? {} : { denominator }),
      rosters: rosters.length,
    };
  };

  const movementOf = (one: FakePayout | FakeRecovery): Movement => {
    const payout = "recovery" in one ? one.payout : one;
    const common = {
      payout: payoutId(payout.payout),
      claim: claimId(payout.claim.claim),
      cashPeriod: one.period,
      amount: fen(one.amount),
      before: position(one.policyStart),
      at: one.at,
    };
    return "recovery" in one
      ? { kind: "recovery", recovery: recoveryId(one.recovery), ...common }
      : { kind: "payout", ...common };
  };

  const statement = (
    programme: ProgrammeId,
    period: PeriodNumber,
    ordinal: number,
  ): Statement | undefined => {
    const declared = books.insurers.find((one) => one.programme === programme && one.policyPeriod === period);
    if (declared?.insurers[ordinal - 1] === undefined) return undefined;
    const { payouts, recoveries } = ofPolicy(programme, period);
    const movements = [...payouts, ...recoveries]
      .sort((a, b) => a.at.blockNumber - b.at.blockNumber)
      .map(movementOf);
    const shares = readShares(declared.insurers.map(({ shareBps }) => shareBps));
    return statementOf({ shares, ordinal }, movements, {
      paid: position(sum(payouts.map((one) => one.amount))),
      recovered: position(sum(recoveries.map((one) => one.amount))),
    });
  };

  const insurersOf = (programme: ProgrammeId, period: PeriodNumber): InsurersView | undefined => {
    const declared = books.insurers.find((one) => one.programme === programme && one.policyPeriod === period);
    if (declared === undefined) return undefined;
    return {
      document: hexOf(500 + programme),
      insurers: declared.insurers.flatMap(({ name, shareBps }, at) => {
        const part = statement(programme, period, at + 1)?.part;
        return part === undefined ? [] : [{ ordinal: at + 1, name, shareBps, part }];
      }),
    };
  };

  const periodView = (
    programme: FakeProgramme,
    number: PeriodNumber,
    start: number,
    end: number | undefined,
  ): PeriodView => {
    const { programme: id, cover, toTheMinute, terms } = programme;
    const { payouts, recoveries } = ofPolicy(id, number);
    const insurers = insurersOf(id, number);
    const own = terms[number - 1] ?? terms.at(-1);
    const running = start <= books.clock ? "open" : "declared";
    const state = end === undefined ? "runOff" : end <= books.clock ? "closed" : running;
    return {
      programme: id,
      period: number,
      state,
      start,
      ...(end === undefined ? {} : { end, filingDeadline: end + 90 * 86_400 }),
      cover: fen(end === undefined ? 0n : cover),
      toTheMinute,
      ...(end === undefined ? {} : { terms: own === undefined ? hexOf(59 + number) : termsDigest(own) }),
      // Money allocated before the first period counts in the first.
      record: closeRecord(id, number === 1 ? 0 : start, end ?? forever),
      claimsPaid: books.payouts.filter(({ claim, period }) => claim.programme === id && period === number)
        .length,
      policyPaid: fen(sum(payouts.map((one) => one.amount))),
      policyRecovered: fen(sum(recoveries.map((one) => one.amount))),
      enrolment: enrolmentOf(id, number),
      ...(insurers === undefined ? {} : { insurers }),
    };
  };

  const periodsOf = (id: ProgrammeId): readonly PeriodView[] => {
    const programme = books.programmes.find((one) => one.programme === id);
    if (programme === undefined) return [];
    const { bounds } = programme;
    const last = bounds.at(-1) ?? 0;
    const declared = bounds
      .slice(0, -1)
      .map((start, at) => periodView(programme, periodNumber(at + 1), start, bounds[at + 1]));
    if (last > books.clock) return declared;
    return [...declared, periodView(programme, periodNumber(bounds.length), last, undefined)];
  };

  const fundsOf = (id: ProgrammeId): ProgrammeView["funds"] =>
    books.funds.flatMap((fund) => {
      const own = books.allocations.filter((one) => one.fund === fund.fund && one.programme === id);
      if (own.length === 0) return [];
      return [
        {
          fund: fund.fund,
          allocated: fen(sum(own.map((one) => one.amount))),
          claimsAmount: fen(sum(own.map((one) => one.claimsAmount))),
          claimsShareBps: fund.bps,
        },
      ];
    });

  const programmeView = (id: ProgrammeId): ProgrammeView | undefined => {
    const programme = books.programmes.find((one) => one.programme === id);
    if (programme === undefined) return undefined;
    const flows = books.flows(id, forever);
    const { approvedUnpaid, filedUndecided } = promised(id, forever);
    // What was moved out of an ended programme was never spent on running it.
    const operations = operationsIn(flows) - flows.movedOutOperations;
    const operatingSpent = least(flows.expenses, operations);
    const count = (state: string): number =>
      books.claims.filter((claim) => claim.programme === id && claim.state === state).length;
    return {
      programme: id,
      code: encodeCode({ kind: "programme", programme: id }),
      name: programme.name,
      kind: programme.kind,
      currency: "CNY",
      region: programme.region,
      document: hexOf(900 + id),
      openedAt: {
        blockNumber: id,
        blockTime: programme.bounds[0] ?? 0,
        transactionHash: hexOf(id),
        logIndex: 0,
      },
      partition: {
        allocated: fen(flows.allocatedReserve + flows.allocatedOperations),
        movedIn: fen(flows.movedInReserve + flows.movedInOperations),
        movedOut: fen(flows.movedOutReserve + flows.movedOutOperations),
        paid: fen(flows.paid - flows.recovered),
        inReserve: fen(available(flows)),
        operatingSpent: fen(operatingSpent),
        operatingUnspent: fen(operations - operatingSpent),
      },
      funds: fundsOf(id),
      advance: fen(most(0n, operationsOut(flows) - operationsIn(flows))),
      approvedUnpaid: fen(approvedUnpaid),
      filedUndecided: fen(filedUndecided),
      shortfall: fen(most(0n, approvedUnpaid - available(flows))),
      claims: {
        filed: count("filed"),
        approved: count("approved"),
        onHold: count("onHold"),
        paid: count("paid"),
      },
      currentPeriod: books.periodAt(id, books.clock),
      inRunOff: (programme.bounds.at(-1) ?? 0) <= books.clock,
    };
  };

  const insurerStatement = (
    id: ProgrammeId,
    period: PeriodNumber,
    ordinal: number,
  ): Omit<InsurerStatementView, "next"> | undefined => {
    const found = statement(id, period, ordinal);
    const insurer = insurersOf(id, period)?.insurers[ordinal - 1];
    if (found === undefined || insurer === undefined) return undefined;
    return {
      programme: id,
      programmeName: books.programmeOf(id).name,
      currency: "CNY",
      policyPeriod: period,
      ordinal,
      name: insurer.name,
      shareBps: insurer.shareBps,
      lines: found.lines,
      cashPeriods: found.cashPeriods,
      part: found.part,
      sum: found.check.sum,
      ledger: found.check.ledger,
      reconciles: found.check.holds,
    };
  };

  return { periodsOf, programmeView, rostersOf, insurerStatement };
};
