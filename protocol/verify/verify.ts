/**
 * Checks a donation against a chain: from the opening of its commitment to where each fen is now, and then what a
 * gateway says of it. Pure: node and gateway are ports. Nothing that a step cannot answer counts as right.
 */
import { encodeCode } from "../codes/code.ts";
import type { Leaf } from "../donations/leaves.ts";
import type { DonationRefunded } from "../ledger/events.ts";
import { readReceipt } from "../receipt/read.ts";
import type {
  DonationPlace,
  LedgerPlace,
  NotedHead,
  Opening,
  Receipt,
  ReceiptHead,
} from "../receipt/types.ts";
import { leafOf } from "../receipt/write.ts";
import type { Interval, Partition, Slice } from "../trace/types.ts";
import { askedAhead } from "./ahead.ts";
import { compareWithGateway } from "./compare.ts";
import { checkBatch, checkLeaf, checkOpening, checkPath, checkPromise } from "./donation.ts";
import type { Promised, RecordedBatch } from "./donation.ts";
import { readGateway, type Said } from "./gateway-answer.ts";
import { checkGatewayHead, checkHistory } from "./heads.ts";
import { checkAllocations, checkMoneyBack, checkPayments, lineBooks } from "./lines.ts";
import type { GatewayReader, LedgerReader, Node } from "./ports.ts";
import { expectSame, Failed, stepOf, steps, Unanswered, verdictOf } from "./steps.ts";
import type { Facts, FailureKind, ReasonUnchecked, Step, StepResult, Verdict } from "./steps.ts";
import { partitionOfSlices, traceOf } from "./trace.ts";

export interface Question {
  /** The text of a receipt or of a public proof. */
  readonly file: string;
  readonly node: Node;
  /** Absent where there is none to compare with. */
  readonly gateway?: GatewayReader;
  /** The newest head of a ledger that this device saw. */
  readonly remembered?: (place: LedgerPlace) => NotedHead | undefined;
  /** Receipts that this device checked before: two gifts cannot have one transaction number. */
  readonly earlier?: readonly Receipt[];
  /** Told as each step ends, for a page that shows progress. */
  readonly onStep?: (result: StepResult) => void;
}

/** What was found of the donation itself. */
export interface Checked {
  readonly code: string;
  readonly interval: Interval;
  readonly currency: string;
  readonly claimsShare: bigint;
  readonly slices: readonly Slice[];
  readonly partition: Partition;
  readonly refunded: bigint;
}

export interface Report {
  readonly verdict: Verdict;
  readonly results: readonly StepResult[];
  /** Absent where the file cannot be read. */
  readonly place?: LedgerPlace;
  /** Where the file is a receipt. */
  readonly receipt?: Receipt;
  /** The block that everything was read at, and the node's newest. */
  readonly at?: ReceiptHead;
  readonly newest?: ReceiptHead;
  /**
   * The head to remember, which no honest chain replaces: the block that the gateway speaks of, or the node's final one.
   * Absent where that is no newer than what is remembered, the history does not hold, or the node names none.
   */
  readonly seen?: ReceiptHead;
  readonly checked?: Checked;
}

/** Collects what each step answers. A step that has thrown has no value; those that need it are left unchecked. */
class Steps {
  readonly ended = new Map<Step, StepResult>();
  readonly onStep: Question["onStep"];
  constructor(onStep: Question["onStep"]) {
    this.onStep = onStep;
  }

  end(result: StepResult): void {
    // What failed once stays failed, and what got no answer stays open, whatever a later part of the same step finds.
    const before = this.ended.get(result.step);
    const isOpen = before?.outcome === "unchecked" && before.reason !== "earlier";
    if (before?.outcome === "failed" || (isOpen && result.outcome === "passed")) return;
    this.ended.set(result.step, result);
    this.onStep?.(result);
  }

  pass(step: Step, facts: Facts = {}): void {
    this.end({ step, outcome: "passed", facts });
  }

  fail(step: Step, kind: FailureKind, facts: Facts): void {
    this.end({ step, outcome: "failed", kind, facts });
  }

  /** What is found on the way to something else is told where it belongs. */
  failAt(step: Step, { kind, facts }: Failed): void {
    const owner = stepOf(kind);
    this.fail(owner, kind, facts);
    if (owner !== step) this.leave(step, "earlier");
  }

  leave(step: Step, reason: ReasonUnchecked, detail = ""): void {
    this.end({ step, outcome: "unchecked", reason, facts: detail === "" ? {} : { detail } });
  }

  /** What the work answers, the step passed; undefined, and the step ended, where it throws. */
  async run<Value>(
    step: Step,
    work: () => Promise<Value> | Value,
    factsOf: (value: Value) => Facts = () => ({}),
  ): Promise<{ readonly value: Value } | undefined> {
    try {
      const value = await work();
      this.pass(step, factsOf(value));
      return { value };
    } catch (error) {
      if (error instanceof Failed) this.failAt(step, error);
      else if (error instanceof Unanswered) this.leave(step, error.reason, error.detail);
      else throw error;
      return undefined;
    }
  }

  results(): readonly StepResult[] {
    return steps.map(
      (step) =>
        this.ended.get(step) ?? {
          step,
          outcome: "unchecked" as const,
          reason: "earlier" as const,
          facts: {},
        },
    );
  }
}

interface Given {
  readonly place: DonationPlace;
  readonly leaf: Leaf;
  readonly opening: Opening | undefined;
  readonly receipt?: Receipt;
}

const codeOf = ({ batch, index }: DonationPlace): string =>
  encodeCode({ kind: "donation", batch: batch.batch, index });

/** One payment is one gift. */
const checkNumber = (receipt: Receipt, earlier: readonly Receipt[]): void => {
  const { channel, transactionNumber } = receipt.opening.payload;
  const other = earlier.find(
    ({ opening: { payload } }) =>
      payload.channel === channel && payload.transactionNumber === transactionNumber,
  );
  if (other !== undefined && codeOf(other) !== codeOf(receipt)) {
    throw new Failed("receiptNumberRepeated", { other: codeOf(other) });
  }
};

const given = ({ file, earlier = [] }: Question): Given => {
  const read = readReceipt(file);
  switch (read.kind) {
    case "faulty": {
      const faults = read.faults.map(({ fault, at }) => (at === "" ? fault : `${at}: ${fault}`));
      throw new Failed("receiptUnreadable", { faults: faults.slice(0, 5).join(", ") });
    }
    case "receipt": {
      const { receipt } = read;
      checkNumber(receipt, earlier);
      return { place: receipt, leaf: leafOf(receipt), opening: receipt.opening, receipt };
    }
    case "proof":
      return { place: read.proof, leaf: read.proof.leaf, opening: undefined };
  }
};

const checkNode = async ({ place }: DonationPlace, node: Node): Promise<ReceiptHead> => {
  const [chainId, hasLedger, hasLens, newest] = await Promise.all([
    node.chainId(),
    node.hasCode(place.ledger),
    node.hasCode(place.lens),
    node.newest(),
  ]);
  expectSame("chainOther", place.chainId, chainId);
  if (!hasLedger) throw new Failed("ledgerMissing", { ledger: place.ledger });
  if (!hasLens) throw new Failed("lensMissing", { lens: place.lens });
  const of = await node.ledgerAt(place, newest.number).stored.ledger();
  expectSame("lensOfOtherLedger", place.ledger, of);
  return newest;
};

interface Heard {
  readonly said: Said;
  /** The block that it is true of. */
  readonly at: ReceiptHead;
}

/** What the gateway says, and its block, where that is of this chain. */
const listen = async (
  answer: Promise<Said> | undefined,
  { place }: Given,
  remembered: NotedHead | undefined,
  node: Node,
  ended: Steps,
): Promise<Heard | undefined> => {
  if (answer === undefined) {
    ended.leave("gateway", "noGateway");
    return undefined;
  }
  const heard = await ended.run("gateway", () => answer);
  if (heard === undefined) return undefined;
  // It has answered; whether it is right is only known at the end.
  ended.leave("gateway", "earlier");
  const said = heard.value;
  const known = [place.head, remembered];
  const at = await ended.run("history", () => checkGatewayHead(said.head, known, node));
  return at === undefined ? undefined : { said, at: at.value };
};

const checkRefunds = async (
  { batch, index }: DonationPlace,
  { start, end }: Interval,
  ledger: LedgerReader,
): Promise<readonly DonationRefunded[]> => {
  const refunds = (await ledger.refundsOf(batch.batch, index)).map(({ event }) => event);
  for (const { refund, start: from, amount } of refunds) {
    if (from < start || from + amount > end) throw new Failed("refundOutside", { refund: String(refund) });
  }
  const sum = refunds.reduce<bigint>((total, { amount }) => total + amount, 0n);
  expectSame("refundTotalDiffers", await ledger.stored.refunded(batch.batch, index), sum);
  return refunds;
};

interface Traced {
  readonly slices: readonly Slice[];
  readonly partition: Partition;
}

/** Allocations, payments, money back and what remains: the trace and the lines it ran over. */
const checkTrace = async (
  place: DonationPlace,
  interval: Interval,
  { line }: Promised,
  recorded: RecordedBatch,
  ledger: LedgerReader,
  ended: Steps,
): Promise<Traced | undefined> => {
  const { fund } = place.batch;
  const allocated = await ended.run(
    "allocations",
    async () => {
      const list = (await ledger.allocationsOf(fund)).map(({ event }) => event);
      checkAllocations(list, line);
      return list;
    },
    (list) => ({ records: String(list.length) }),
  );
  if (allocated === undefined) return undefined;
  const read = lineBooks(line, interval, allocated.value, recorded.blockNumber, ledger);
  const traced = await ended.run(
    "payments",
    async () => {
      const slices = await traceOf(fund, interval, read.books);
      for (const records of await read.programmes()) checkPayments(records);
      return slices;
    },
    (slices) => paymentFacts(slices),
  );
  const back = await ended.run("moneyBack", async () => {
    for (const records of await read.programmes()) checkMoneyBack(records);
  });
  if (traced === undefined || back === undefined) return undefined;
  const slices = traced.value;
  const partition = partitionOfSlices(slices);
  const remains = await ended.run("remains", () =>
    expectSame("placesDoNotAddUp", interval.end - interval.start, partition.total),
  );
  return remains === undefined ? undefined : { slices, partition };
};

const paymentFacts = (slices: readonly Slice[]): Facts => {
  const claims = new Set(slices.flatMap((slice) => (slice.place === "paid" ? [slice.claim] : [])));
  return { claims: String(claims.size) };
};

/** The steps that need no node: does the path lead to the root that the file itself names? */
const checkAlone = async ({ place, leaf, opening }: Given, ended: Steps): Promise<void> => {
  if (opening === undefined) ended.leave("opening", "noOpening");
  const path = await ended.run("path", () => checkPath(place, leaf));
  if (path !== undefined) ended.leave("path", "earlier");
};

const checkPlace = async (
  { place, leaf, opening }: Given,
  ledger: LedgerReader,
  ended: Steps,
): Promise<{ readonly interval: Interval; readonly recorded: RecordedBatch } | undefined> => {
  const recorded = await ended.run(
    "batch",
    () => checkBatch(place, ledger),
    ({ blockNumber }) => ({ block: String(blockNumber) }),
  );
  if (recorded === undefined) {
    await checkAlone({ place, leaf, opening }, ended);
    return undefined;
  }
  const { event } = recorded.value;
  if (opening === undefined) ended.leave("opening", "noOpening");
  else await ended.run("opening", () => checkOpening(place.index, leaf, opening, event));
  const path = await ended.run("path", () => {
    if (opening === undefined) checkLeaf(place.index, leaf, event);
    return checkPath(place, leaf);
  });
  return path === undefined ? undefined : { interval: path.value, recorded: recorded.value };
};

/** Checks a receipt, or a public proof, and says how each step ended. Rejects only for faults of its own. */
export const verifyDonation = async (question: Question): Promise<Report> => {
  const { node, onStep } = question;
  const ended = new Steps(onStep);
  const report = (rest: Omit<Report, "verdict" | "results"> = {}): Report => {
    const results = ended.results();
    return { verdict: verdictOf(results), results, ...rest };
  };
  const read = await ended.run("receipt", () => given(question));
  if (read === undefined) return report();
  const { place, receipt } = read.value;
  const remembered = question.remembered?.(place.place);
  const of = { place: place.place, ...(receipt === undefined ? {} : { receipt }) };
  const answer = question.gateway === undefined ? undefined : readGateway(codeOf(place), question.gateway);
  // Whoever waits for it meets the failure; nobody does where the node does not answer.
  answer?.catch(() => undefined);
  const reached = await ended.run("node", () => checkNode(place, node));
  if (reached === undefined) {
    await checkAlone(read.value, ended);
    return report(of);
  }
  const newest = reached.value;
  const heard = await listen(answer, read.value, remembered, node, ended);
  const at = heard?.at ?? newest;
  const ledger = askedAhead(place, node.ledgerAt(place.place, at.number));
  await ended.run("history", () => checkHistory(place, remembered, node, ledger));
  const holds = ended.ended.get("history")?.outcome === "passed";
  const seen = holds ? (heard?.at ?? (await node.final().catch(() => undefined))) : undefined;
  const isNewer = seen !== undefined && seen.number > (remembered?.number ?? -1);
  const heads = { ...of, at, newest, ...(isNewer ? { seen } : {}) };

  const standing = await checkPlace(read.value, ledger, ended);
  if (standing === undefined) return report(heads);
  const { interval, recorded } = standing;
  const promised = await ended.run("promise", () => checkPromise(place, interval, ledger));
  if (promised === undefined) return report(heads);
  const refunds = await ended.run("refunds", () => checkRefunds(place, interval, ledger));
  const traced = await checkTrace(place, interval, promised.value, recorded, ledger, ended);
  if (traced === undefined || refunds === undefined) return report(heads);

  const { line, currency, claims: claimsShare } = promised.value;
  const { leaf } = read.value;
  if (heard !== undefined) {
    const { claimsShareBps } = line;
    const known = { ...place, ...leaf, ...interval, claimsShareBps, ...traced, refunds: refunds.value };
    await ended.run("gateway", () => compareWithGateway(known, heard.said));
  }
  const code = codeOf(place);
  const refunded = refunds.value.reduce<bigint>((total, { amount }) => total + amount, 0n);
  return report({ ...heads, checked: { code, interval, currency, claimsShare, ...traced, refunded } });
};
