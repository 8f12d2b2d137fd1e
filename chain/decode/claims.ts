/** Rosters, insurers, claims, payouts and recoveries as the ledger emits them. */
import { fen, position } from "../../protocol/amounts.ts";
import {
  actorId,
  bytes32,
  claimId,
  payoutId,
  periodNumber,
  programmeId,
  recoveryId,
  rosterId,
} from "../../protocol/ids.ts";
import { benefitKinds, type LedgerEvent } from "../../protocol/ledger/events.ts";
import { codeAt, reasonAt, unpackShares } from "../coding.ts";
import type { ArgsOf } from "./log.ts";

export const rosterAppended = (args: ArgsOf<"RosterAppended">): LedgerEvent => ({
  type: "RosterAppended",
  roster: rosterId(args.roster),
  programme: programmeId(args.programme),
  policyPeriod: periodNumber(args.policyPeriod),
  root: bytes32(args.root),
  count: Number(args.count),
  premiumPerHead: fen(args.premiumPerHead),
  denominator: Number(args.denominator),
  coordinator: actorId(args.coordinator),
  operation: bytes32(args.operation),
});

export const insurersDeclared = (args: ArgsOf<"InsurersDeclared">): LedgerEvent => ({
  type: "InsurersDeclared",
  programme: programmeId(args.programme),
  policyPeriod: periodNumber(args.policyPeriod),
  sharesBps: unpackShares(args.sharesBps),
  document: bytes32(args.document),
  treasurer: actorId(args.treasurer),
});

export const claimFiled = (args: ArgsOf<"ClaimFiled">): LedgerEvent => ({
  type: "ClaimFiled",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  policyPeriod: periodNumber(args.policyPeriod),
  roster: rosterId(args.roster),
  person: bytes32(args.person),
  incidentFrom: args.incidentFrom,
  toTheMinute: args.toTheMinute,
  requested: fen(args.requested),
  benefit: codeAt(benefitKinds, args.benefit),
  evidence: bytes32(args.evidence),
  filer: actorId(args.filer),
  operation: bytes32(args.operation),
});

export const grantFiled = (args: ArgsOf<"GrantFiled">): LedgerEvent => ({
  type: "GrantFiled",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  aidOf: claimId(args.aidOf),
  policyPeriod: periodNumber(args.policyPeriod),
  requested: fen(args.requested),
  benefit: codeAt(benefitKinds, args.benefit),
  evidence: bytes32(args.evidence),
  filer: actorId(args.filer),
  operation: bytes32(args.operation),
});

export const claimWithdrawn = (args: ArgsOf<"ClaimWithdrawn">): LedgerEvent => ({
  type: "ClaimWithdrawn",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  coordinator: actorId(args.coordinator),
});

export const claimApproved = (args: ArgsOf<"ClaimApproved">): LedgerEvent => ({
  type: "ClaimApproved",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  amount: fen(args.amount),
  remaining: fen(args.remaining),
  queueNumber: args.queueNumber,
  adjudicator: actorId(args.adjudicator),
});

/** Three decisions that carry the same fields. */
export const claimReasoned = (
  type: "ClaimRejected" | "ClaimHeld" | "ClaimCancelled",
  args: ArgsOf<"ClaimRejected" | "ClaimHeld" | "ClaimCancelled">,
): LedgerEvent => ({
  type,
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  reason: reasonAt(args.reason),
  adjudicator: actorId(args.adjudicator),
});

export const claimReleased = (args: ArgsOf<"ClaimReleased">): LedgerEvent => ({
  type: "ClaimReleased",
  claim: claimId(args.claim),
  programme: programmeId(args.programme),
  adjudicator: actorId(args.adjudicator),
});

export const claimPaid = (args: ArgsOf<"ClaimPaid">): LedgerEvent => ({
  type: "ClaimPaid",
  claim: claimId(args.claim),
  payout: payoutId(args.payout),
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  reserveStart: position(args.reserveStart),
  amount: fen(args.amount),
  policyStart: position(args.policyStart),
  paymentReference: bytes32(args.paymentReference),
  payer: actorId(args.payer),
});

export const payoutRecovered = (args: ArgsOf<"PayoutRecovered">): LedgerEvent => ({
  type: "PayoutRecovered",
  recovery: recoveryId(args.recovery),
  payout: payoutId(args.payout),
  programme: programmeId(args.programme),
  claim: claimId(args.claim),
  returned: args.returned,
  period: periodNumber(args.period),
  offset: position(args.offset),
  reserveStart: position(args.reserveStart),
  amount: fen(args.amount),
  policyStart: position(args.policyStart),
  evidence: bytes32(args.evidence),
  payer: actorId(args.payer),
  operation: bytes32(args.operation),
});
