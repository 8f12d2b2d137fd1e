/** What an adjudicator decides about a claim: approved into the queue, rejected, held, released, cancelled. */
import { addFen, subtractFen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import { claimIn, takeStep } from "./claims.ts";
import type { KnownClaim } from "./claims.ts";
import type {
  ClaimApproved,
  ClaimCancelled,
  ClaimHeld,
  ClaimRejected,
  ClaimReleased,
  ClaimState,
} from "./events.ts";
import { changePromise, expectPromise } from "./promises.ts";
import { joinQueue, leaveQueue } from "./queue.ts";
import type { ClaimRecord, LedgerState, ProgrammeRecord } from "./records.ts";
import { expectActor, expectAmount, expectBounded, expectEqual, expectThat } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

type Decision = ClaimApproved | ClaimRejected | ClaimHeld | ClaimReleased | ClaimCancelled;

/** A claim in a state that the decision starts from, and an adjudicator who did not file it. */
const expectDecision = (
  state: LedgerState,
  examination: Examination<Decision>,
  ...states: readonly ClaimState[]
): KnownClaim => {
  const { event } = examination;
  const known = claimIn(state, examination, event, ...states);
  expectActor(state, examination, event.adjudicator);
  const distinct = event.adjudicator !== known.claim.filer;
  expectThat(examination, distinct, "adjudicator", "not the filer", event.adjudicator);
  return known;
};

/** What is owed to an approved claim. */
export const owedTo = ({ approval }: ClaimRecord): Fen => approval?.amount ?? zeroFen;

/** Puts an approved claim at its place in the queue: from now on it waits for the reserve. */
export const makePayable = (programme: ProgrammeRecord, claim: ClaimRecord): void => {
  const { totals } = programme;
  joinQueue(programme.queue, { queueNumber: claim.approval?.queueNumber ?? 0, claim: claim.claim });
  programme.totals = { ...totals, approvedUnpaid: addFen(totals.approvedUnpaid, owedTo(claim)) };
};

const makeUnpayable = (programme: ProgrammeRecord, claim: ClaimRecord): void => {
  const { totals } = programme;
  leaveQueue(programme.queue, claim.approval?.queueNumber ?? 0);
  programme.totals = { ...totals, approvedUnpaid: subtractFen(totals.approvedUnpaid, owedTo(claim)) };
};

const decided = (programme: ProgrammeRecord, claim: ClaimRecord): void => {
  const { totals } = programme;
  const filedUndecided = subtractFen(totals.filedUndecided, claim.requested);
  programme.totals = { ...totals, filedUndecided };
};

export const applyClaimApproved = (state: LedgerState, examination: Examination<ClaimApproved>): void => {
  const { event, place } = examination;
  const { claim, programme, period } = expectDecision(state, examination, "filed");
  const { amount, remaining, queueNumber, adjudicator } = event;
  expectEqual(examination, "queue number", programme.lastQueueNumber + 1, queueNumber);
  expectAmount(examination, "amount", amount);
  expectThat(examination, amount <= claim.requested, "amount", `at most ${claim.requested}`, amount);
  expectBounded(examination, "remaining", remaining);
  expectPromise(state, examination, claim, period, amount);
  programme.lastQueueNumber = queueNumber;
  claim.approval = { amount, remaining, queueNumber, adjudicator, place };
  changePromise(state, claim, period, amount);
  decided(programme, claim);
  makePayable(programme, claim);
  takeStep(programme, claim, "approved", { step: "approved", at: place, actor: adjudicator, amount });
};

export const applyClaimRejected = (state: LedgerState, examination: Examination<ClaimRejected>): void => {
  const { claim, programme } = expectDecision(state, examination, "filed");
  const { reason, adjudicator } = examination.event;
  const step = { step: "rejected", at: examination.place, actor: adjudicator, reason } as const;
  decided(programme, claim);
  takeStep(programme, claim, "rejected", step);
};

export const applyClaimHeld = (state: LedgerState, examination: Examination<ClaimHeld>): void => {
  const { claim, programme } = expectDecision(state, examination, "approved");
  const { reason, adjudicator } = examination.event;
  makeUnpayable(programme, claim);
  takeStep(programme, claim, "onHold", { step: "held", at: examination.place, actor: adjudicator, reason });
};

export const applyClaimReleased = (state: LedgerState, examination: Examination<ClaimReleased>): void => {
  const { claim, programme } = expectDecision(state, examination, "onHold");
  const { adjudicator } = examination.event;
  makePayable(programme, claim);
  takeStep(programme, claim, "approved", { step: "released", at: examination.place, actor: adjudicator });
};

export const applyClaimCancelled = (state: LedgerState, examination: Examination<ClaimCancelled>): void => {
  const { claim, programme, period } = expectDecision(state, examination, "approved", "onHold");
  const { reason, adjudicator } = examination.event;
  const step = { step: "cancelled", at: examination.place, actor: adjudicator, reason } as const;
  if (claim.state === "approved") makeUnpayable(programme, claim);
  changePromise(state, claim, period, 0n - owedTo(claim));
  takeStep(programme, claim, "cancelled", step);
};
