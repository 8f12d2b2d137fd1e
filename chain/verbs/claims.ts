/** Rosters and insurers; claims and grants from filing to payment; recoveries. */
import { encodeFunctionData, type Hex } from "viem";
import { fen, type Fen } from "../../protocol/amounts.ts";
import {
  bytes32,
  claimId,
  payoutId,
  periodNumber,
  programmeId,
  rosterId,
  type Bytes32,
  type ClaimId,
  type PayoutId,
  type PeriodNumber,
  type ProgrammeId,
  type RosterId,
} from "../../protocol/ids.ts";
import {
  benefitKinds,
  type BenefitKind,
  type Reason,
  type UnixSeconds,
} from "../../protocol/ledger/events.ts";
import { ledgerAbi } from "../abi/ledger.ts";
import { codeAt, packShares, reasonAt, reasonValue, unpackShares } from "../coding.ts";
import type { CallOf } from "./call.ts";

export type ClaimVerb =
  | {
      readonly verb: "appendRoster";
      readonly operation: Bytes32;
      readonly programme: ProgrammeId;
      readonly policyPeriod: PeriodNumber;
      readonly root: Bytes32;
      readonly count: number;
      readonly premiumPerHead: Fen;
      /** How many people could have been enrolled; 0 where no such figure is published. */
      readonly denominator: number;
    }
  | {
      readonly verb: "declareInsurers";
      readonly programme: ProgrammeId;
      readonly policyPeriod: PeriodNumber;
      readonly sharesBps: readonly number[];
      readonly document: Bytes32;
    }
  | {
      readonly verb: "fileClaim";
      readonly operation: Bytes32;
      readonly roster: RosterId;
      readonly person: Bytes32;
      /** Validity of the roster's line: [from, to). */
      readonly from: UnixSeconds;
      readonly to: UnixSeconds;
      readonly proof: readonly Bytes32[];
      readonly incidentFrom: UnixSeconds;
      readonly requested: Fen;
      readonly benefit: BenefitKind;
      readonly evidence: Bytes32;
    }
  | {
      readonly verb: "fileGrant";
      readonly operation: Bytes32;
      readonly programme: ProgrammeId;
      readonly policyPeriod: PeriodNumber;
      readonly aidOf: ClaimId;
      readonly requested: Fen;
      readonly benefit: BenefitKind;
      readonly evidence: Bytes32;
    }
  | { readonly verb: "withdrawClaim"; readonly claim: ClaimId }
  | { readonly verb: "approveClaim"; readonly claim: ClaimId; readonly amount: Fen; readonly remaining: Fen }
  | {
      readonly verb: "rejectClaim" | "holdClaim" | "cancelClaim";
      readonly claim: ClaimId;
      readonly reason: Reason;
    }
  /** `after`: the claim in the queue that comes before it by queue number; 0 for the head. */
  | { readonly verb: "releaseClaim"; readonly claim: ClaimId; readonly after: ClaimId }
  | { readonly verb: "payClaim"; readonly claim: ClaimId; readonly paymentReference: Bytes32 }
  | {
      readonly verb: "recoverPayout";
      readonly operation: Bytes32;
      readonly payout: PayoutId;
      readonly amount: Fen;
      /** A bank return of all that is left; the claim goes back into the queue, behind `after`. */
      readonly returned: boolean;
      readonly after: ClaimId;
      readonly evidence: Bytes32;
    };

export const encodeClaimVerb = (verb: ClaimVerb): Hex => {
  const abi = ledgerAbi;
  switch (verb.verb) {
    case "appendRoster":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          verb.programme,
          verb.policyPeriod,
          verb.root,
          BigInt(verb.count),
          verb.premiumPerHead,
          BigInt(verb.denominator),
        ],
      });
    case "declareInsurers":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.programme, verb.policyPeriod, packShares(verb.sharesBps), verb.document],
      });
    case "fileClaim":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          verb.roster,
          verb.person,
          verb.from,
          verb.to,
          verb.proof,
          verb.incidentFrom,
          verb.requested,
          benefitKinds.indexOf(verb.benefit),
          verb.evidence,
        ],
      });
    case "fileGrant":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [
          verb.operation,
          verb.programme,
          verb.policyPeriod,
          verb.aidOf,
          verb.requested,
          benefitKinds.indexOf(verb.benefit),
          verb.evidence,
        ],
      });
    case "withdrawClaim":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.claim] });
    case "approveClaim":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.claim, verb.amount, verb.remaining],
      });
    case "rejectClaim":
    case "holdClaim":
    case "cancelClaim":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.claim, reasonValue(verb.reason)],
      });
    case "releaseClaim":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.claim, verb.after] });
    case "payClaim":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.claim, verb.paymentReference] });
    case "recoverPayout":
      return encodeFunctionData({
        abi,
        functionName: verb.verb,
        args: [verb.operation, verb.payout, verb.amount, verb.returned, verb.after, verb.evidence],
      });
  }
};

export const claimVerbOf = (call: CallOf<ClaimVerb["verb"]>): ClaimVerb => {
  switch (call.functionName) {
    case "appendRoster": {
      const [operation, programme, policyPeriod, root, count, premiumPerHead, denominator] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        programme: programmeId(programme),
        policyPeriod: periodNumber(policyPeriod),
        root: bytes32(root),
        count: Number(count),
        premiumPerHead: fen(premiumPerHead),
        denominator: Number(denominator),
      };
    }
    case "declareInsurers": {
      const [programme, policyPeriod, sharesBps, document] = call.args;
      return {
        verb: call.functionName,
        programme: programmeId(programme),
        policyPeriod: periodNumber(policyPeriod),
        sharesBps: unpackShares(sharesBps),
        document: bytes32(document),
      };
    }
    case "fileClaim": {
      const [operation, roster, person, from, to, proof, incidentFrom, requested, benefit, evidence] =
        call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        roster: rosterId(roster),
        person: bytes32(person),
        from,
        to,
        proof: proof.map(bytes32),
        incidentFrom,
        requested: fen(requested),
        benefit: codeAt(benefitKinds, benefit),
        evidence: bytes32(evidence),
      };
    }
    case "fileGrant": {
      const [operation, programme, policyPeriod, aidOf, requested, benefit, evidence] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        programme: programmeId(programme),
        policyPeriod: periodNumber(policyPeriod),
        aidOf: claimId(aidOf),
        requested: fen(requested),
        benefit: codeAt(benefitKinds, benefit),
        evidence: bytes32(evidence),
      };
    }
    case "withdrawClaim":
      return { verb: call.functionName, claim: claimId(call.args[0]) };
    case "approveClaim": {
      const [claim, amount, remaining] = call.args;
      return {
        verb: call.functionName,
        claim: claimId(claim),
        amount: fen(amount),
        remaining: fen(remaining),
      };
    }
    case "rejectClaim":
    case "holdClaim":
    case "cancelClaim":
      return { verb: call.functionName, claim: claimId(call.args[0]), reason: reasonAt(call.args[1]) };
    case "releaseClaim":
      return { verb: call.functionName, claim: claimId(call.args[0]), after: claimId(call.args[1]) };
    case "payClaim":
      return {
        verb: call.functionName,
        claim: claimId(call.args[0]),
        paymentReference: bytes32(call.args[1]),
      };
    case "recoverPayout": {
      const [operation, payout, amount, returned, after, evidence] = call.args;
      return {
        verb: call.functionName,
        operation: bytes32(operation),
        payout: payoutId(payout),
        amount: fen(amount),
        returned,
        after: claimId(after),
        evidence: bytes32(evidence),
      };
    }
  }
};
