/** From a log of the ledger to an event of the protocol: the only place that knows how events are laid out. */
import { decodeEventLog, type Hex } from "viem";
import { fen, position } from "../protocol/amounts.ts";
import { decodeChannel } from "../protocol/donations/channel.ts";
import {
  actorId,
  address,
  allocationId,
  batchId,
  bytes32,
  claimId,
  expenseId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
} from "../protocol/ids.ts";
import {
  benefitKinds,
  expenseKinds,
  programmeKinds,
  type CloseRecord,
  type LedgerEvent,
} from "../protocol/ledger/events.ts";
import { ledgerAbi } from "./abi/ledger.ts";
import { codeAt, currencyText, hexToBytes } from "./coding.ts";

export interface RawLog {
  readonly topics: readonly string[];
  readonly data: string;
}

export class UnreadableLog extends Error {
  readonly topic: string;
  constructor(topic: string, cause: unknown) {
    super(`log with first topic ${topic}: not an event of this ledger's ABI`, { cause });
    this.name = "UnreadableLog";
    this.topic = topic;
  }
}

const decodeWithAbi = (log: RawLog) => {
  const [signature, ...indexed] = log.topics;
  if (signature === undefined) throw new UnreadableLog("none", undefined);
  try {
    return decodeEventLog({
      abi: ledgerAbi,
      data: log.data as Hex,
      topics: [signature as Hex, ...(indexed as Hex[])],
    });
  } catch (error) {
    throw new UnreadableLog(signature, error);
  }
};

type Decoded = ReturnType<typeof decodeWithAbi>;
type ArgsOf<Name extends Decoded["eventName"]> = Extract<Decoded, { eventName: Name }>["args"];

/**
 * The event in `log`, or undefined for events of access control that the books do not depend on (transfers of
 * the default admin, role admins).
 * @throws {UnreadableLog} for a log that the ledger's ABI does not know.
 */
export const decodeLedgerLog = (log: RawLog): LedgerEvent | undefined => {
  const decoded = decodeWithAbi(log);
  switch (decoded.eventName) {
    case "ActorRegistered":
      return {
        type: "ActorRegistered",
        actor: actorId(decoded.args.actor),
        account: address(decoded.args.account),
      };
    case "RoleGranted":
    case "RoleRevoked":
      return {
        type: decoded.eventName,
        role: bytes32(decoded.args.role),
        account: address(decoded.args.account),
      };
    case "ChannelRegistered":
      return { type: "ChannelRegistered", channel: decodeChannel(bytes32(decoded.args.channel)) };
    case "FundOpened":
      return fundOpened(decoded.args);
    case "BatchRecorded":
      return batchRecorded(decoded.args);
    case "ProgrammeOpened":
      return programmeOpened(decoded.args);
    case "PeriodDeclared":
      return periodDeclared(decoded.args);
    case "PeriodClosed":
      return {
        type: "PeriodClosed",
        programme: programmeId(decoded.args.programme),
        period: periodNumber(decoded.args.period),
        record: closeRecord(decoded.args.record),
      };
    case "PremiumAllocated":
      return premiumAllocated(decoded.args);
    case "ExpenseRecorded":
      return expenseRecorded(decoded.args);
    case "ClaimFiled":
      return claimFiled(decoded.args);
    case "ClaimApproved":
      return claimApproved(decoded.args);
    case "ClaimPaid":
      return claimPaid(decoded.args);
    case "Paused":
    case "Unpaused":
      return { type: decoded.eventName };
    case "RoleAdminChanged":
    case "DefaultAdminTransferScheduled":
    case "DefaultAdminTransferCanceled":
    case "DefaultAdminDelayChangeScheduled":
    case "DefaultAdminDelayChangeCanceled":
      return undefined;
  }
};

const fundOpened = (args: ArgsOf<"FundOpened">): LedgerEvent => ({
  type: "FundOpened",
  fund: fundId(args.fund),
  currency: currencyText(args.currency),
  claimsShareBps: args.claimsShareBps,
  restrictedTo: programmeId(args.restrictedTo),
  fallbackTo: programmeId(args.fallbackTo),
  document: bytes32(args.document),
  operation: bytes32(args.operation),
});

const batchRecorded = (args: ArgsOf<"BatchRecorded">): LedgerEvent => ({
  type: "BatchRecorded",
  batch: batchId(args.batch),
  fund: fundId(args.fund),
  channel: decodeChannel(bytes32(args.channel)),
  day: args.day,
  startsAt: position(args.startsAt),
  count: args.count,
  sum: fen(args.sum),
  root: bytes32(args.root),
  recorder: actorId(args.recorder),
  operation: bytes32(args.operation),
  leaves: hexToBytes(args.leaves),
});

const programmeOpened = (args: ArgsOf<"ProgrammeOpened">): LedgerEvent => ({
  type: "ProgrammeOpened",
  programme: programmeId(args.programme),
  kind: codeAt(programmeKinds, args.kind),
  currency: currencyText(args.currency),
  region: args.region,
  document: bytes32(args.document),
  operation: bytes32(args.operation),
});

const periodDeclared = (args: ArgsOf<"PeriodDeclared">): LedgerEvent => ({
  type: "PeriodDeclared",
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  start: args.start,
  end: args.end,
  filingDeadline: args.filingDeadline,
  cover: fen(args.cover),
  terms: bytes32(args.terms),
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
  expenses: fen(record.expenses),
});

const premiumAllocated = (args: ArgsOf<"PremiumAllocated">): LedgerEvent => ({
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

const expenseRecorded = (args: ArgsOf<"ExpenseRecorded">): LedgerEvent => ({
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

const claimFiled = (args: ArgsOf<"ClaimFiled">): LedgerEvent => ({
  type: "ClaimFiled",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  policyPeriod: periodNumber(args.policyPeriod),
  person: bytes32(args.person),
  incidentFrom: args.incidentFrom,
  toTheMinute: args.toTheMinute,
  requested: fen(args.requested),
  benefit: codeAt(benefitKinds, args.benefit),
  evidence: bytes32(args.evidence),
  filer: actorId(args.filer),
  operation: bytes32(args.operation),
});

const claimApproved = (args: ArgsOf<"ClaimApproved">): LedgerEvent => ({
  type: "ClaimApproved",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  amount: fen(args.amount),
  remaining: fen(args.remaining),
  queueNumber: args.queueNumber,
  adjudicator: actorId(args.adjudicator),
});

const claimPaid = (args: ArgsOf<"ClaimPaid">): LedgerEvent => ({
  type: "ClaimPaid",
  claim: claimId(args.claim),
  payout: payoutId(args.payout),
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  reserveStart: position(args.reserveStart),
  amount: fen(args.amount),
  paymentReference: bytes32(args.paymentReference),
  payer: actorId(args.payer),
});
