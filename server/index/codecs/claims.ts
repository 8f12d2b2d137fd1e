/** Claims, their approvals and their steps: each record's row, and the record of a row. */
import { actorId, claimId, periodNumber, programmeId, rosterId } from "../../../protocol/ids.ts";
import { benefitKinds, claimStates, reasons } from "../../../protocol/ledger/events.ts";
import type { Reason } from "../../../protocol/ledger/events.ts";
import type { Approval, ClaimRecord, ClaimStep } from "../../../protocol/ledger/records.ts";
import { amountText, bytes32Of, bytesOf, fenOf, placeColumns, placeOf } from "../columns.ts";
import type { RowOf } from "../tables.ts";
import { oneOf } from "./choices.ts";

const reasonIn = (text: string): { readonly reason?: Reason } =>
  text === "" ? {} : { reason: oneOf(reasons, text) };

export const claimRow = (claim: ClaimRecord): RowOf<"claims"> => ({
  claim: claim.claim,
  programme: claim.programme,
  state: claim.state,
  policy_period: claim.policyPeriod,
  roster: claim.roster,
  aid_of: claim.aidOf,
  person: bytesOf(claim.person),
  incident_from: claim.incidentFrom,
  to_the_minute: claim.toTheMinute ? 1 : 0,
  requested: amountText(claim.requested),
  benefit: claim.benefit,
  evidence: bytesOf(claim.evidence),
  filer: claim.filer,
  reason: claim.reason ?? "",
  granted: amountText(claim.granted),
  approved_at: claim.approval?.place.blockTime ?? 0,
  paid_at: claim.payouts[0]?.place.blockTime ?? 0,
  ...placeColumns(claim.filedAt),
});

/** A claim without its approval, its payouts and its steps, which have rows of their own. */
export const claimOf = (row: RowOf<"claims">): ClaimRecord => ({
  claim: claimId(row.claim),
  programme: programmeId(row.programme),
  policyPeriod: periodNumber(row.policy_period),
  roster: rosterId(row.roster),
  aidOf: claimId(row.aid_of),
  person: bytes32Of(row.person),
  incidentFrom: row.incident_from,
  toTheMinute: row.to_the_minute === 1,
  requested: fenOf(row.requested),
  benefit: oneOf(benefitKinds, row.benefit),
  evidence: bytes32Of(row.evidence),
  filer: actorId(row.filer),
  filedAt: placeOf(row),
  state: oneOf(claimStates, row.state),
  ...reasonIn(row.reason),
  granted: fenOf(row.granted),
  payouts: [],
  steps: [],
});

export const approvalRow = (claim: ClaimRecord, approval: Approval): RowOf<"approvals"> => ({
  claim: claim.claim,
  programme: claim.programme,
  queue_number: approval.queueNumber,
  waiting: claim.state === "approved" ? 1 : 0,
  amount: amountText(approval.amount),
  remaining: amountText(approval.remaining),
  adjudicator: approval.adjudicator,
  ...placeColumns(approval.place),
});

export const approvalOf = (row: RowOf<"approvals">): Approval => ({
  amount: fenOf(row.amount),
  remaining: fenOf(row.remaining),
  queueNumber: row.queue_number,
  adjudicator: actorId(row.adjudicator),
  place: placeOf(row),
});

const stepNames = [
  "filed",
  "withdrawn",
  "approved",
  "rejected",
  "held",
  "released",
  "cancelled",
  "paid",
  "recovered",
  "returned",
] as const satisfies readonly ClaimStep["step"][];

/** `number` counts the steps of the claim from 1. */
export const stepRow = (
  { claim }: Pick<ClaimRecord, "claim">,
  number: number,
  step: ClaimStep,
): RowOf<"claim_steps"> => ({
  claim,
  number,
  step: step.step,
  actor: step.actor,
  amount: step.amount === undefined ? null : amountText(step.amount),
  reason: step.reason ?? "",
  ...placeColumns(step.at),
});

export const stepOf = (row: RowOf<"claim_steps">): ClaimStep => ({
  step: oneOf(stepNames, row.step),
  at: placeOf(row),
  actor: actorId(row.actor),
  ...(row.amount === null ? {} : { amount: fenOf(row.amount) }),
  ...reasonIn(row.reason),
});
