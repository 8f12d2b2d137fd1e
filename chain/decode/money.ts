/** Funds, batches, programmes, periods, allocations, expenses and moves as the ledger emits them. */
import { fen, position } from "../../protocol/amounts.ts";
import { decodeChannel } from "../../protocol/donations/channel.ts";
import {
  actorId,
  allocationId,
  batchId,
  bytes32,
  expenseId,
  fundId,
  moveId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import {
  expenseKinds,
  programmeKinds,
  type CloseRecord,
  type LedgerEvent,
} from "../../protocol/ledger/events.ts";
import { codeAt, currencyText, hexToBytes } from "../coding.ts";
import type { ArgsOf } from "./log.ts";

export const fundOpened = (args: ArgsOf<"FundOpened">): LedgerEvent => ({
  type: "FundOpened",
  fund: fundId(args.fund),
  currency: currencyText(args.currency),
  claimsShareBps: args.claimsShareBps,
  restrictedTo: programmeId(args.restrictedTo),
  fallbackTo: programmeId(args.fallbackTo),
  document: bytes32(args.document),
  operation: bytes32(args.operation),
});

export const batchRecorded = (args: ArgsOf<"BatchRecorded">): LedgerEvent => ({
  type: "BatchRecorded",
  batch: batchId(args.batch),
  fund: fundId(args.fund),
  channel: decodeChannel(bytes32(args.channel)),
  day: args.day,
  startsAt: position(args.startsAt),
  count: Number(args.count),
  sum: fen(args.sum),
  root: bytes32(args.root),
  recorder: actorId(args.recorder),
  operation: bytes32(args.operation),
  leaves: hexToBytes(args.leaves),
});

export const programmeOpened = (args: ArgsOf<"ProgrammeOpened">): LedgerEvent => ({
  type: "ProgrammeOpened",
  programme: programmeId(args.programme),
  kind: codeAt(programmeKinds, args.kind),
  currency: currencyText(args.currency),
  region: args.region,
  document: bytes32(args.document),
  operation: bytes32(args.operation),
});

export const periodDeclared = (args: ArgsOf<"PeriodDeclared">): LedgerEvent => ({
  type: "PeriodDeclared",
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  start: args.start,
  end: args.end,
  filingDeadline: args.filingDeadline,
  cover: fen(args.cover),
  toTheMinute: args.toTheMinute,
  terms: bytes32(args.terms),
});

export const periodClosed = (args: ArgsOf<"PeriodClosed">): LedgerEvent => ({
  type: "PeriodClosed",
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  record: closeRecord(args.record),
});

const closeRecord = (record: ArgsOf<"PeriodClosed">["record"]): CloseRecord => ({
  opening: fen(record.opening),
  allocated: fen(record.allocated),
  movedIn: fen(record.movedIn),
  movedOut: fen(record.movedOut),
  recovered: fen(record.recovered),
  paid: fen(record.paid),
  closing: fen(record.closing),
  approvedUnpaid: fen(record.approvedUnpaid),
  filedUndecided: fen(record.filedUndecided),
  operationsIn: fen(record.operationsIn),
  operationsMovedIn: fen(record.operationsMovedIn),
  operationsMovedOut: fen(record.operationsMovedOut),
  expenses: fen(record.expenses),
});

export const premiumAllocated = (args: ArgsOf<"PremiumAllocated">): LedgerEvent => ({
  type: "PremiumAllocated",
  allocation: allocationId(args.allocation),
  fund: fundId(args.fund),
  programme: programmeId(args.programme),
  fundStart: position(args.fundStart),
  amount: fen(args.amount),
  reserveStart: position(args.reserveStart),
  claimsAmount: fen(args.claimsAmount),
  operationsStart: position(args.operationsStart),
  period: periodNumber(args.period),
  treasurer: actorId(args.treasurer),
  operation: bytes32(args.operation),
});

export const expenseRecorded = (args: ArgsOf<"ExpenseRecorded">): LedgerEvent => ({
  type: "ExpenseRecorded",
  expense: expenseId(args.expense),
  programme: programmeId(args.programme),
  operationsStart: position(args.operationsStart),
  amount: fen(args.amount),
  kind: codeAt(expenseKinds, args.kind),
  period: periodNumber(args.period),
  evidence: bytes32(args.evidence),
  treasurer: actorId(args.treasurer),
  operation: bytes32(args.operation),
});

export const surplusMoved = (args: ArgsOf<"SurplusMoved">): LedgerEvent => ({
  type: "SurplusMoved",
  move: moveId(args.move),
  from: programmeId(args.from),
  to: programmeId(args.to),
  reserveFrom: position(args.reserveFrom),
  reserveTo: position(args.reserveTo),
  reserveAmount: fen(args.reserveAmount),
  operationsFrom: position(args.operationsFrom),
  operationsTo: position(args.operationsTo),
  operationsAmount: fen(args.operationsAmount),
  fromPeriod: periodNumber(args.fromPeriod),
  toPeriod: periodNumber(args.toPeriod),
  treasurer: actorId(args.treasurer),
  operation: bytes32(args.operation),
});
