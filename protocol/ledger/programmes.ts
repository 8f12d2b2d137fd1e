/** Programmes, and the money that is allocated to them and spent on running them. */
import { addFen, after, fen, zeroFen } from "../amounts.ts";
import { programmeId } from "../ids.ts";
import type { ProgrammeId } from "../ids.ts";
import { claimsBetween } from "../lines/share.ts";
import { expectNewOperation } from "./access.ts";
import { noClaims } from "./claims.ts";
import type { ExpenseRecorded, PremiumAllocated, ProgrammeOpened } from "./events.ts";
import { currentPeriodOf, expectRolled, isInRunOff } from "./periods.ts";
import { emptyQueue } from "./queue.ts";
import type { FundRecord, LedgerState, ProgrammeRecord } from "./records.ts";
import {
  expectActor,
  expectAmount,
  expectCurrency,
  expectDigest,
  expectEqual,
  expectThat,
  knownFund,
  knownProgramme,
} from "./refusals.ts";
import type { Examination } from "./refusals.ts";
import { noTotals } from "./totals.ts";

export const applyProgrammeOpened = (state: LedgerState, examination: Examination<ProgrammeOpened>): void => {
  const { event, place } = examination;
  const { programme, kind, currency, region, document, operation } = event;
  expectNewOperation(state, examination, operation);
  expectEqual(examination, "programme", state.programmes.length + 1, Number(programme));
  expectCurrency(examination, currency);
  expectDigest(examination, "document", document);
  state.operations.add(operation);
  state.programmes.push({
    programme,
    kind,
    currency,
    region,
    document,
    place,
    totals: noTotals,
    atPeriodStart: noTotals,
    periods: [],
    closed: [],
    fallbackTo: programmeId(0),
    contributions: new Map(),
    allocations: [],
    expenses: [],
    payouts: [],
    recoveries: [],
    recoveriesBySource: [],
    movesIn: [],
    movesOut: [],
    queue: emptyQueue(),
    lastQueueNumber: 0,
    claims: noClaims(),
  });
};

/**
 * Restricted money goes to its programme, whose restricted funds all name one fallback; once that programme is in
 * run-off, what came too late goes to the fallback. Answers the programme's fallback from now on.
 */
const expectRestriction = (
  state: LedgerState,
  examination: Examination<PremiumAllocated>,
  { restrictedTo, fallbackTo }: FundRecord,
  programme: ProgrammeRecord,
): ProgrammeId => {
  if (restrictedTo === 0) return programme.fallbackTo;
  if (restrictedTo === programme.programme) {
    if (programme.fallbackTo !== 0) expectEqual(examination, "fallback", programme.fallbackTo, fallbackTo);
    return fallbackTo;
  }
  const ended = knownProgramme(state, examination, restrictedTo);
  expectRolled(ended, examination);
  const expected = isInRunOff(ended) ? fallbackTo : restrictedTo;
  expectEqual(examination, "programme", expected, programme.programme);
  return programme.fallbackTo;
};

export const applyPremiumAllocated = (
  state: LedgerState,
  examination: Examination<PremiumAllocated>,
): void => {
  const { event, place } = examination;
  const fund = knownFund(state, examination, event.fund);
  const programme = knownProgramme(state, examination, event.programme);
  const { totals } = programme;
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.treasurer);
  expectRolled(programme, examination);
  expectEqual(examination, "allocation", state.allocations.length + 1, Number(event.allocation));
  expectEqual(examination, "period", currentPeriodOf(programme), event.period);
  expectEqual(examination, "currency", programme.currency, fund.currency);
  const fallbackTo = expectRestriction(state, examination, fund, programme);
  expectEqual(examination, "run-off", false, isInRunOff(programme));
  expectEqual(examination, "fundStart", fund.allocated, event.fundStart);
  expectEqual(examination, "reserveStart", totals.reserveIn, event.reserveStart);
  expectEqual(examination, "operationsStart", totals.operationsIn, event.operationsStart);
  const allocated = after(fund.allocated, event.amount);
  expectAmount(examination, "amount", event.amount);
  expectThat(examination, allocated <= fund.donated, "allocated", `at most ${fund.donated}`, allocated);
  const claimsAmount = claimsBetween(fund.allocated, allocated, fund.claimsShareBps);
  expectEqual(examination, "claimsAmount", claimsAmount, event.claimsAmount);
  const { allocation, fundStart, amount, reserveStart, operationsStart, period, treasurer } = event;
  const ids = { allocation, fund: event.fund, programme: event.programme };
  const record = {
    ...ids,
    fundStart,
    amount,
    reserveStart,
    claimsAmount,
    operationsStart,
    period,
    treasurer,
    place,
  };
  state.operations.add(event.operation);
  state.allocations.push(record);
  fund.allocations.push(record);
  programme.allocations.push(record);
  programme.fallbackTo = fallbackTo;
  fund.allocated = allocated;
  fund.claimsAllocated = addFen(fund.claimsAllocated, claimsAmount);
  const before = programme.contributions.get(event.fund);
  programme.contributions.set(event.fund, {
    fund: event.fund,
    allocated: addFen(before?.allocated ?? zeroFen, amount),
    claimsAmount: addFen(before?.claimsAmount ?? zeroFen, claimsAmount),
  });
  programme.totals = {
    ...totals,
    reserveIn: after(totals.reserveIn, claimsAmount),
    operationsIn: after(totals.operationsIn, fen(amount - claimsAmount)),
  };
};

export const applyExpenseRecorded = (state: LedgerState, examination: Examination<ExpenseRecorded>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  const { totals } = programme;
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.treasurer);
  expectRolled(programme, examination);
  expectEqual(examination, "expense", state.expenses.length + 1, Number(event.expense));
  expectEqual(examination, "period", currentPeriodOf(programme), event.period);
  expectEqual(examination, "operationsStart", totals.operationsOut, event.operationsStart);
  expectAmount(examination, "amount", event.amount);
  expectDigest(examination, "evidence", event.evidence);
  const operationsOut = after(totals.operationsOut, event.amount);
  const { expense, operationsStart, amount, kind, period, evidence, treasurer } = event;
  const record = {
    expense,
    programme: event.programme,
    operationsStart,
    amount,
    kind,
    period,
    evidence,
    treasurer,
    place,
  };
  state.operations.add(event.operation);
  state.expenses.push(record);
  programme.expenses.push(record);
  programme.totals = { ...totals, operationsOut };
};
