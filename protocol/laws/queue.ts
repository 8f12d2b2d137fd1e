/** Queue order, as a part of law L6: whoever is paid stood first among those who could be paid at that moment. */
import { emptyQueue, headOf, joinQueue, leaveQueue, waitingIn } from "../ledger/queue.ts";
import type { ClaimRecord, ClaimStep, ProgrammeRecord, Queue } from "../ledger/records.ts";
import type { Examination } from "./check.ts";

interface QueueStep {
  readonly claim: ClaimRecord;
  readonly step: ClaimStep;
}

const isEarlier = ({ step: { at: one } }: QueueStep, { step: { at: other } }: QueueStep): boolean =>
  one.blockNumber === other.blockNumber ? one.logIndex < other.logIndex : one.blockNumber < other.blockNumber;

/** Plays one step on the queue. */
const play = (law: Examination, queue: Queue, { claim: { claim, approval }, step }: QueueStep): void => {
  const queueNumber = approval?.queueNumber ?? 0;
  switch (step.step) {
    case "approved":
    case "released":
    case "returned":
      return joinQueue(queue, { queueNumber, claim });
    case "held":
      return leaveQueue(queue, queueNumber);
    case "paid": {
      const head = headOf(queue)?.claim ?? 0;
      law.equal(() => `claim ${claim} was paid out of order, before`, head, Number(claim));
      return leaveQueue(queue, queueNumber);
    }
    case "filed":
    case "withdrawn":
    case "rejected":
    case "recovered":
    case "cancelled":
      return;
  }
};

/** Whether a claim was in the queue when it was cancelled: it was not on hold. */
const wasWaiting = ({ steps }: ClaimRecord): boolean => steps.at(-2)?.step !== "held";

/** Queue numbers count up, every payment took the head, and who waits now is who was approved and neither paid nor held. */
export const checkQueue = (
  law: Examination,
  programme: ProgrammeRecord,
  own: readonly ClaimRecord[],
): void => {
  const numbers = own.flatMap(({ approval }) => (approval === undefined ? [] : [approval.queueNumber]));
  const name = `programme ${programme.programme}`;
  for (const [index, number] of numbers.toSorted((one, other) => one - other).entries())
    law.equal(() => `${name}, queue number`, index + 1, number);
  law.equal(() => `${name}, last queue number`, numbers.length, programme.lastQueueNumber);
  const queue = emptyQueue();
  const steps = own.flatMap((claim) => claim.steps.map((step) => ({ claim, step })));
  for (const played of steps.toSorted((one, other) => (isEarlier(one, other) ? -1 : 1))) {
    const { claim, step } = played;
    if (step.step === "cancelled" && wasWaiting(claim)) leaveQueue(queue, claim.approval?.queueNumber ?? 0);
    else play(law, queue, played);
  }
  checkPromised(law, programme, own, queue);
};

/** The totals of what is promised and what is asked are those of the claims. */
const checkPromised = (
  law: Examination,
  programme: ProgrammeRecord,
  claims: readonly ClaimRecord[],
  queue: Queue,
): void => {
  const name = `programme ${programme.programme}`;
  const [waiting, kept] = [waitingIn(queue).join(" "), waitingIn(programme.queue).join(" ")];
  law.holds(() => `${name}: claims ${waiting} wait, the queue holds ${kept}`, waiting === kept);
  let [approved, filed] = [0n, 0n];
  for (const { state, approval, requested } of claims) {
    if (state === "approved") approved += approval?.amount ?? 0n;
    if (state === "filed") filed += requested;
  }
  law.equal(() => `${name}, approved and unpaid`, programme.totals.approvedUnpaid, approved);
  law.equal(() => `${name}, filed and undecided`, programme.totals.filedUndecided, filed);
};
