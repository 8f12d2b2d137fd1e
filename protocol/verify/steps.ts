/**
 * What a check of a donation consists of and how each part can end: closed lists, so that whoever reads a report, in
 * words or in a program, knows every thing that it can say. A failure names one lie or one fault and nothing wider.
 */

/** In the order in which they are done and told. */
export const steps = [
  /** The file reads, and is in its one form. */
  "receipt",
  /** The node answers, for this chain and this ledger. */
  "node",
  /** Every head that was seen, noted or said is still in the node's chain. */
  "history",
  /** The ledger's record of the batch is the receipt's, and its donations fit it. */
  "batch",
  /** The opening is that of the donation at this place of the batch. */
  "opening",
  /** The donation's path through the tree leads to the batch's root and sum. */
  "path",
  /** Where it stands on the fund's line, and what of it the promise gives to claims. */
  "promise",
  /** Which programmes it was allocated to, without a gap. */
  "allocations",
  /** Which claims and expenses took it, without a gap. */
  "payments",
  /** What came back or moved on. */
  "moneyBack",
  /** What of it the foundation repaid to the donor. */
  "refunds",
  /** Where every fen is now: the parts add up, and the ledger's own totals agree. */
  "remains",
  /** What the gateway says of it is what the chain says. */
  "gateway",
] as const;
export type Step = (typeof steps)[number];

/** Kinds of failure, by the step that finds them. */
export const failureKinds = {
  receipt: [
    "receiptUnreadable",
    /** Two receipts of one transaction number for two gifts. */
    "receiptNumberRepeated",
  ],
  node: ["chainOther", "ledgerMissing", "lensMissing", "lensOfOtherLedger"],
  history: [
    "receiptHeadRewritten",
    "notedHeadRewritten",
    /** The receipt names a note that is not on the chain. */
    "notedHeadMissing",
    /** A head that this device saw before is no longer in the chain. */
    "rememberedHeadRewritten",
    /** What the gateway answers is of a block that the node's chain does not have: another chain. */
    "gatewayHeadForked",
    /** What the gateway answers is older than what it said before. */
    "gatewayHeadOld",
  ],
  batch: [
    "batchMissing",
    "batchTwice",
    "batchFundDiffers",
    "batchStartDiffers",
    "batchCountDiffers",
    "batchSumDiffers",
    "batchRootDiffers",
    /** The event carries fewer or more donations than it counts. */
    "leavesMissing",
    "leavesDoubled",
    "leavesUnordered",
    "leavesSumDiffers",
    /** The ledger's storage says otherwise than its event. */
    "batchStoredDiffers",
  ],
  opening: [
    /** Its commitment is not in the batch, though the amount is that of the place. */
    "openingNotRecorded",
    "openingElsewhere",
    "openingAmountDiffers",
    "openingChannelDiffers",
  ],
  path: ["leafDiffers", "pathRefused", "pathSumDiffers", "pathRootDiffers"],
  promise: ["fundMissing", "shareDiffers", "lineTooShort"],
  allocations: ["allocationMissing", "allocationShareDiffers", "allocatedTotalDiffers"],
  payments: ["payoutMissing", "payoutsTotalDiffers", "expenseMissing", "expensesTotalDiffers"],
  moneyBack: ["recoveryOutside", "recoveredTotalDiffers", "movedTotalDiffers"],
  refunds: ["refundOutside", "refundTotalDiffers"],
  remains: ["placesDoNotAddUp"],
  gateway: [
    "gatewayUnknownGift",
    "gatewayAmountDiffers",
    "gatewayCommitmentDiffers",
    "gatewayBatchDiffers",
    "gatewayPositionDiffers",
    /** The claims share of another promise than the fund's. */
    "gatewayPromiseDiffers",
    "gatewayClaimsShareDiffers",
    "gatewayRefundHidden",
    "gatewayRefundInvented",
    "gatewayRefundDiffers",
    "gatewayAllocationDiffers",
    "gatewayPayoutDropped",
    "gatewayPayoutInvented",
    "gatewayClaimSwapped",
    "gatewayPayoutAmountDiffers",
    "gatewayRecoveryHidden",
    "gatewayRecoveryInvented",
    "gatewayMoveHidden",
    "gatewayExpenseDiffers",
    "gatewayRestDiffers",
    "gatewayTotalDiffers",
  ],
} as const satisfies Record<Step, readonly string[]>;

export type FailureKind = (typeof failureKinds)[Step][number];

/** The step that a kind of failure belongs to. */
export const stepOf = (kind: FailureKind): Step =>
  steps.find((step) => failureKinds[step].some((known) => known === kind)) ?? "receipt";

/** Why a step could not be done. None of them says that anything is wrong, and none that anything is right. */
export const reasonsUnchecked = [
  /** Nobody answers there, or not in time. */
  "unreachable",
  /** Somebody answers there, but with an error. */
  "refused",
  /** The answer cannot be read. */
  "garbled",
  /** The node has not reached the receipt's block. */
  "behind",
  /** More records than a browser should read; the auditor can. */
  "tooMany",
  /** The books moved with every question. */
  "moving",
  /** There is no opening: only the receipt has one. */
  "noOpening",
  /** No gateway was named to compare with. */
  "noGateway",
  /** An earlier step could not be done or failed, and this one stands on it. */
  "earlier",
] as const;
export type ReasonUnchecked = (typeof reasonsUnchecked)[number];

/** Figures by name, as text: a position, an amount, a hash, a code. */
export type Facts = Readonly<Record<string, string>>;

export type StepResult =
  | { readonly step: Step; readonly outcome: "passed"; readonly facts: Facts }
  | {
      readonly step: Step;
      readonly outcome: "failed";
      readonly kind: FailureKind;
      readonly facts: Facts;
    }
  | {
      readonly step: Step;
      readonly outcome: "unchecked";
      readonly reason: ReasonUnchecked;
      readonly facts: Facts;
    };

/** Failed where any step failed; otherwise passed only where nothing was left unchecked that the chain could answer. */
export type Verdict = "passed" | "failed" | "unchecked";

/**
 * The verdict of step results. A missing opening, and no gateway to compare with, leave a check whole: both are said
 * in the report, and neither is a question to the chain.
 */
export const verdictOf = (results: readonly StepResult[]): Verdict => {
  if (results.some(({ outcome }) => outcome === "failed")) return "failed";
  const open = results.some(
    (result) =>
      result.outcome === "unchecked" && result.reason !== "noOpening" && result.reason !== "noGateway",
  );
  return open ? "unchecked" : "passed";
};

/** Thrown by a step that found something wrong. */
export class Failed extends Error {
  readonly kind: FailureKind;
  readonly facts: Facts;
  constructor(kind: FailureKind, facts: Facts = {}) {
    super(`${kind} ${JSON.stringify(facts)}`);
    this.name = "Failed";
    this.kind = kind;
    this.facts = facts;
  }
}

/** Thrown by whoever could not answer. `detail` is for a reader who knows the node; it holds no answer of ours. */
export class Unanswered extends Error {
  readonly reason: ReasonUnchecked;
  readonly detail: string;
  constructor(reason: ReasonUnchecked, detail = "") {
    super(`${reason}${detail === "" ? "" : `: ${detail}`}`);
    this.name = "Unanswered";
    this.reason = reason;
    this.detail = detail;
  }
}

/** Expects what was said to be what is so. */
export const expectSame = (
  kind: FailureKind,
  chain: bigint | number | string,
  said: bigint | number | string,
  facts: Facts = {},
): void => {
  if (String(chain) !== String(said))
    throw new Failed(kind, { ...facts, chain: String(chain), said: String(said) });
};
