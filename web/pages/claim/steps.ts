/** What happened to a claim, oldest first, and what it waits for. */
import type { ClaimStep, ClaimView } from "../../../protocol/ports/views.ts";
import { momentText } from "../../format/moments.ts";
import { money } from "../../format/money.ts";
import type { Html } from "../../html.ts";
import { timeline, type TimelineStep } from "../../parts/timeline.ts";
import type { Visit } from "../../visit.ts";
import { reasonText } from "./sentence.ts";

const stepText = ({ step, amount, reason }: ClaimStep, claim: ClaimView, visit: Visit): Html | string => {
  const { claim: say } = visit.words;
  const shown = money(amount ?? 0n, claim.currency);
  switch (step) {
    case "filed":
      return say.requested(money(claim.requested, claim.currency));
    case "approved":
      return say.approvedAmount(shown);
    case "paid":
      return say.paidAmount(shown);
    case "recovered":
      return say.recoveredText(shown);
    case "returned":
      return say.returnedText(shown);
    case "rejected":
    case "held":
    case "cancelled":
      return say.because(reasonText(reason, visit));
    case "released":
      return say.releasedText;
    case "withdrawn":
      return say.withdrawnText;
  }
};

const nextSteps = (claim: ClaimView): readonly ("approved" | "released" | "paid")[] => {
  switch (claim.state) {
    case "filed":
      return ["approved", "paid"];
    case "approved":
      return ["paid"];
    case "onHold":
      return ["released", "paid"];
    case "paid":
    case "rejected":
    case "withdrawn":
    case "cancelled":
      return [];
  }
};

export const steps = (claim: ClaimView, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.claim;
  const nameOf = ({ step }: ClaimStep, at: number): string =>
    step === "paid" && claim.steps.slice(0, at).some((earlier) => earlier.step === "paid")
      ? say.step.paidAgain
      : say.step[step];
  const done = claim.steps.map((step, at): TimelineStep => ({
    state: "done",
    stateText: words.donation.step.done,
    name: nameOf(step, at),
    when: momentText(step.at.blockTime, language),
    text: stepText(step, claim, visit),
  }));
  const waiting = nextSteps(claim).map((step): TimelineStep => ({
    state: "waiting",
    stateText: say.waiting,
    name: step === "paid" && claim.payouts.length > 0 ? say.step.paidAgain : say.step[step],
    text: say.waitingText[step],
  }));
  return timeline([...done, ...waiting]);
};
