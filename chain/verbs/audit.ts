/** Attestations, findings, confirmed totals, correction notes and head notes. */
import { encodeFunctionData, type Hex } from "viem";
import { fen, type Fen } from "../../protocol/amounts.ts";
import { decodeChannel, encodeChannel } from "../../protocol/donations/channel.ts";
import {
  bytes32,
  findingId,
  periodNumber,
  programmeId,
  type Bytes32,
  type FindingId,
  type PeriodNumber,
  type ProgrammeId,
} from "../../protocol/ids.ts";
import { recordKinds, type DayNumber, type RecordKind } from "../../protocol/ledger/events.ts";
import { ledgerAbi } from "../abi/ledger.ts";
import { codeAt, currencyBytes, currencyText } from "../coding.ts";
import type { CallOf } from "./call.ts";

export type AuditVerb =
  | {
      readonly verb: "attest" | "openFinding";
      readonly operation: Bytes32;
      /** Programme 0 and period 0: the whole ledger. Period 0: the whole programme. */
      readonly programme: ProgrammeId;
      readonly period: PeriodNumber;
      readonly document: Bytes32;
    }
  | {
      readonly verb: "answerFinding" | "closeFinding";
      readonly finding: FindingId;
      readonly document: Bytes32;
    }
  | {
      readonly verb: "confirmChannelTotal";
      readonly operation: Bytes32;
      readonly channel: string;
      readonly day: DayNumber;
      readonly currency: string;
      readonly count: number;
      readonly sum: Fen;
    }
  | {
      readonly verb: "noteCorrection";
      readonly operation: Bytes32;
      readonly kind: RecordKind;
      readonly record: number;
      readonly document: Bytes32;
    }
  | { readonly verb: "noteHead"; readonly blockNumber: number; readonly blockHash: Bytes32 };

export const encodeAuditVerb = (verb: AuditVerb): Hex => {
  const abi = ledgerAbi;
  switch (verb.verb) {
    case "attest":
    case "openFinding":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.operation, verb.programme, verb.period, verb.document],
      });
    case "answerFinding":
    case "closeFinding":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.finding, verb.document] });
    case "confirmChannelTotal":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          encodeChannel(verb.channel),
          verb.day,
          currencyBytes(verb.currency),
          verb.count,
          verb.sum,
        ],
      });
    case "noteCorrection":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.operation, recordKinds.indexOf(verb.kind), verb.record, verb.document],
      });
    case "noteHead":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [BigInt(verb.blockNumber), verb.blockHash],
      });
  }
};

export const auditVerbOf = (call: CallOf<AuditVerb["verb"]>): AuditVerb => {
  switch (call.functionName) {
    case "attest":
    case "openFinding": {
      const [operation, programme, period, document] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        programme: programmeId(programme),
        period: periodNumber(period),
        document: bytes32(document),
      };
    }
    case "answerFinding":
    case "closeFinding":
      return {
        verb: call.functionName,
        finding: findingId(call.args[0]),
        document: bytes32(call.args[1]),
      };
    case "confirmChannelTotal": {
      const [operation, channel, day, currency, count, sum] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        channel: decodeChannel(bytes32(channel)),
        day,
        currency: currencyText(currency),
        count,
        sum: fen(sum),
      };
    }
    case "noteCorrection": {
      const [operation, kind, record, document] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        kind: codeAt(recordKinds, kind),
        record,
        document: bytes32(document),
      };
    }
    case "noteHead":
      return {
        verb: call.functionName,
        blockNumber: Number(call.args[0]),
        blockHash: bytes32(call.args[1]),
      };
  }
};
