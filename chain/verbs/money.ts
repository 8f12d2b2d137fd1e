/** Funds and donations, programmes and their periods, allocations, expenses, moves and refunds. */
import { bytesToHex, encodeFunctionData, type Hex } from "viem";
import { fen, position, type Fen, type Position } from "../../protocol/amounts.ts";
import { decodeChannel, encodeChannel } from "../../protocol/donations/channel.ts";
import {
  batchId,
  bytes32,
  fundId,
  periodNumber,
  programmeId,
  refundId,
  type BatchId,
  type Bytes32,
  type FundId,
  type PeriodNumber,
  type ProgrammeId,
  type RefundId,
} from "../../protocol/ids.ts";
import {
  expenseKinds,
  programmeKinds,
  type DayNumber,
  type ExpenseKind,
  type ProgrammeKind,
  type UnixSeconds,
} from "../../protocol/ledger/events.ts";
import { ledgerAbi } from "../abi/ledger.ts";
import { codeAt, currencyBytes, currencyText, hexToBytes } from "../coding.ts";
import type { CallOf } from "./call.ts";

export type MoneyVerb =
  | {
      readonly verb: "openFund";
      readonly operation: Bytes32;
      readonly currency: string;
      readonly claimsShareBps: number;
      readonly restrictedTo: ProgrammeId;
      readonly fallbackTo: ProgrammeId;
      readonly document: Bytes32;
    }
  | {
      readonly verb: "recordDonations";
      readonly operation: Bytes32;
      readonly fund: FundId;
      readonly channel: string;
      readonly day: DayNumber;
      readonly startsAt: Position;
      readonly leaves: Uint8Array;
    }
  | {
      readonly verb: "openProgramme";
      readonly operation: Bytes32;
      readonly kind: ProgrammeKind;
      readonly currency: string;
      readonly region: number;
      readonly document: Bytes32;
    }
  | {
      readonly verb: "declarePeriod";
      readonly programme: ProgrammeId;
      readonly period: PeriodNumber;
      readonly start: UnixSeconds;
      readonly end: UnixSeconds;
      readonly filingDeadline: UnixSeconds;
      readonly cover: Fen;
      readonly toTheMinute: boolean;
      readonly terms: Bytes32;
    }
  | { readonly verb: "closePeriod"; readonly programme: ProgrammeId; readonly max: number }
  | {
      readonly verb: "allocatePremium";
      readonly operation: Bytes32;
      readonly fund: FundId;
      readonly programme: ProgrammeId;
      readonly startsAt: Position;
      readonly amount: Fen;
    }
  | {
      readonly verb: "recordExpense";
      readonly operation: Bytes32;
      readonly programme: ProgrammeId;
      readonly kind: ExpenseKind;
      readonly startsAt: Position;
      readonly amount: Fen;
      readonly evidence: Bytes32;
    }
  | {
      readonly verb: "moveSurplus";
      readonly operation: Bytes32;
      readonly from: ProgrammeId;
      readonly to: ProgrammeId;
    }
  | {
      readonly verb: "refundDonation";
      readonly operation: Bytes32;
      readonly batch: BatchId;
      readonly index: number;
      /** The whole donation; `amount` is what of it was repaid. */
      readonly leafAmount: Fen;
      readonly commitment: Bytes32;
      /** 40 bytes a sibling, lowest first, as encodeProof of protocol/donations/merkle-sum.ts writes it. */
      readonly proof: Uint8Array;
      readonly amount: Fen;
      readonly paymentReference: Bytes32;
    }
  | {
      readonly verb: "coverRefund";
      readonly refund: RefundId;
      readonly channel: string;
      readonly paymentReference: Bytes32;
    };

export const encodeMoneyVerb = (verb: MoneyVerb): Hex => {
  const abi = ledgerAbi;
  switch (verb.verb) {
    case "openFund":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          currencyBytes(verb.currency),
          verb.claimsShareBps,
          verb.restrictedTo,
          verb.fallbackTo,
          verb.document,
        ],
      });
    case "recordDonations":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          verb.fund,
          encodeChannel(verb.channel),
          verb.day,
          verb.startsAt,
          bytesToHex(verb.leaves),
        ],
      });
    case "openProgramme":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          programmeKinds.indexOf(verb.kind),
          currencyBytes(verb.currency),
          verb.region,
          verb.document,
        ],
      });
    case "declarePeriod":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.programme,
          verb.period,
          verb.start,
          verb.end,
          verb.filingDeadline,
          verb.cover,
          verb.toTheMinute,
          verb.terms,
        ],
      });
    case "closePeriod":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.programme, verb.max] });
    case "allocatePremium":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.operation, verb.fund, verb.programme, verb.startsAt, verb.amount],
      });
    case "recordExpense":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          verb.programme,
          expenseKinds.indexOf(verb.kind),
          verb.startsAt,
          verb.amount,
          verb.evidence,
        ],
      });
    case "moveSurplus":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.operation, verb.from, verb.to] });
    case "refundDonation":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          verb.batch,
          verb.index,
          verb.leafAmount,
          verb.commitment,
          bytesToHex(verb.proof),
          verb.amount,
          verb.paymentReference,
        ],
      });
    case "coverRefund":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.refund, encodeChannel(verb.channel), verb.paymentReference],
      });
  }
};

export const moneyVerbOf = (call: CallOf<MoneyVerb["verb"]>): MoneyVerb => {
  switch (call.functionName) {
    case "openFund": {
      const [operation, currency, claimsShareBps, restrictedTo, fallbackTo, document] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        currency: currencyText(currency),
        claimsShareBps,
        restrictedTo: programmeId(restrictedTo),
        fallbackTo: programmeId(fallbackTo),
        document: bytes32(document),
      };
    }
    case "recordDonations": {
      const [operation, fund, channel, day, startsAt, leaves] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        fund: fundId(fund),
        channel: decodeChannel(bytes32(channel)),
        day,
        startsAt: position(startsAt),
        leaves: hexToBytes(leaves),
      };
    }
    case "openProgramme": {
      const [operation, kind, currency, region, document] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        kind: codeAt(programmeKinds, kind),
        currency: currencyText(currency),
        region,
        document: bytes32(document),
      };
    }
    case "declarePeriod": {
      const [programme, period, start, end, filingDeadline, cover, toTheMinute, terms] = call.args;
      return {
        verb: call.functionName,
        programme: programmeId(programme),
        period: periodNumber(period),
        start,
        end,
        filingDeadline,
        cover: fen(cover),
        toTheMinute,
        terms: bytes32(terms),
      };
    }
    case "closePeriod":
      return { verb: call.functionName, programme: programmeId(call.args[0]), max: call.args[1] };
    case "allocatePremium": {
      const [operation, fund, programme, startsAt, amount] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        fund: fundId(fund),
        programme: programmeId(programme),
        startsAt: position(startsAt),
        amount: fen(amount),
      };
    }
    case "recordExpense": {
      const [operation, programme, kind, startsAt, amount, evidence] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        programme: programmeId(programme),
        kind: codeAt(expenseKinds, kind),
        startsAt: position(startsAt),
        amount: fen(amount),
        evidence: bytes32(evidence),
      };
    }
    case "moveSurplus": {
      const [operation, from, to] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        from: programmeId(from),
        to: programmeId(to),
      };
    }
    case "refundDonation": {
      const [operation, batch, index, leafAmount, commitment, proof, amount, paymentReference] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        batch: batchId(batch),
        index,
        leafAmount: fen(leafAmount),
        commitment: bytes32(commitment),
        proof: hexToBytes(proof),
        amount: fen(amount),
        paymentReference: bytes32(paymentReference),
      };
    }
    case "coverRefund": {
      const [refund, channel, paymentReference] = call.args;
      return {
        verb: call.functionName,
        refund: refundId(refund),
        channel: decodeChannel(bytes32(channel)),
        paymentReference: bytes32(paymentReference),
      };
    }
  }
};
