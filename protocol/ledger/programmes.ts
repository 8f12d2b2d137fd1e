/** Programmes, and the money that is allocated to them and spent on running them. */
import { addFen, after, fen, zeroFen } from "../amounts.ts";
import { claimsBetween } from "../lines/share.ts";
import { expectNewOperation } from "./access.ts";
import type { ExpenseRecorded, PremiumAllocated, ProgrammeOpened } from "./events.ts";
import { currentPeriodOf, expectRolled, noTotals } from "./periods.ts";
import type { LedgerState } from "./records.ts";
import { expectActor, expectEqual, expectThat, knownFund, knownProgramme } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

export const applyProgrammeOpened = (state: LedgerState, examination: Examination<ProgrammeOpened>): void => {
  const { event, place } = examination;
  const { programme, kind, currency, region, document, operation } = event;
  expectNewOperation(state, examination, operation);
  expectEqual(examination, "programme", state.programmes.length + 1, Number(programme));
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
    contributions: new Map(),
    allocations: [],
    expenses: [],
    payouts: [],
    queue: [],
    queuePaid: 0,
    claimsFiled: 0,
  });
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
  if (fund.restrictedTo !== 0) expectEqual(examination, "programme", fund.restrictedTo, event.programme);
  expectEqual(examination, "fundStart", fund.allocated, event.fundStart);
  expectEqual(examination, "reserveStart", totals.reserveIn, event.reserveStart);
  expectEqual(examination, "operationsStart", totals.operationsIn, event.operationsStart);
  const allocated = after(fund.allocated, event.amount);
  expectThat(examination, event.amount >= 1n, "amount", "at least 1", event.amount);
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
  expectEqual(examination, "operationsStart", totals.expenses, event.operationsStart);
  expectThat(examination, event.amount >= 1n, "amount", "at least 1", event.amount);
  const expenses = after(totals.expenses, event.amount);
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
  programme.totals = { ...totals, expenses };
};
