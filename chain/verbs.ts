/** The ledger's verbs as typed values, and their calldata. Field names are those of the contract's interfaces. */
import { bytesToHex, encodeFunctionData, type Hex } from "viem";
import type { Fen, Position } from "../protocol/amounts.ts";
import { encodeChannel } from "../protocol/donations/channel.ts";
import type { Address, Bytes32, ClaimId, FundId, PeriodNumber, ProgrammeId } from "../protocol/ids.ts";
import {
  benefitKinds,
  expenseKinds,
  programmeKinds,
  type BenefitKind,
  type DayNumber,
  type ExpenseKind,
  type ProgrammeKind,
  type UnixSeconds,
} from "../protocol/ledger/events.ts";
import { ledgerAbi } from "./abi/ledger.ts";
import { currencyBytes } from "./coding.ts";

export type Verb =
  | { readonly verb: "registerActor"; readonly account: Address }
  | { readonly verb: "grantRole"; readonly role: Bytes32; readonly account: Address }
  | { readonly verb: "registerChannel"; readonly channel: string }
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
      readonly verb: "fileClaim";
      readonly operation: Bytes32;
      readonly programme: ProgrammeId;
      readonly policyPeriod: PeriodNumber;
      readonly person: Bytes32;
      readonly incidentFrom: UnixSeconds;
      readonly toTheMinute: boolean;
      readonly requested: Fen;
      readonly benefit: BenefitKind;
      readonly evidence: Bytes32;
    }
  | { readonly verb: "approveClaim"; readonly claim: ClaimId; readonly amount: Fen; readonly remaining: Fen }
  | { readonly verb: "payClaim"; readonly claim: ClaimId; readonly paymentReference: Bytes32 }
  | { readonly verb: "multicall"; readonly calls: readonly Verb[] };

/** The calldata that carries out `verb` on the ledger. */
export const encodeVerb = (verb: Verb): Hex => {
  switch (verb.verb) {
    case "registerActor":
      return encodeFunctionData({ abi: ledgerAbi, functionName: "registerActor", args: [verb.account] });
    case "grantRole":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "grantRole",
        args: [verb.role, verb.account],
      });
    case "registerChannel":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "registerChannel",
        args: [encodeChannel(verb.channel)],
      });
    case "openFund":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "openFund",
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
        abi: ledgerAbi,
        functionName: "recordDonations",
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
        abi: ledgerAbi,
        functionName: "openProgramme",
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
        abi: ledgerAbi,
        functionName: "declarePeriod",
        args: [
          verb.programme,
          verb.period,
          verb.start,
          verb.end,
          verb.filingDeadline,
          verb.cover,
          verb.terms,
        ],
      });
    case "closePeriod":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "closePeriod",
        args: [verb.programme, verb.max],
      });
    case "allocatePremium":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "allocatePremium",
        args: [verb.operation, verb.fund, verb.programme, verb.startsAt, verb.amount],
      });
    case "recordExpense":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "recordExpense",
        args: [
          verb.operation,
          verb.programme,
          expenseKinds.indexOf(verb.kind),
          verb.startsAt,
          verb.amount,
          verb.evidence,
        ],
      });
    case "fileClaim":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "fileClaim",
        args: [
          verb.operation,
          verb.programme,
          verb.policyPeriod,
          verb.person,
          verb.incidentFrom,
          verb.toTheMinute,
          verb.requested,
          benefitKinds.indexOf(verb.benefit),
          verb.evidence,
        ],
      });
    case "approveClaim":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "approveClaim",
        args: [verb.claim, verb.amount, verb.remaining],
      });
    case "payClaim":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "payClaim",
        args: [verb.claim, verb.paymentReference],
      });
    case "multicall":
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "multicall",
        args: [verb.calls.map(encodeVerb)],
      });
  }
};
