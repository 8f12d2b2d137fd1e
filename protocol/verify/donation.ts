/** Of a receipt or proof, the steps that ask where the donation stands: batch, opening, path, promise. */
import type { Fen, Position } from "../amounts.ts";
import { after, position } from "../amounts.ts";
import { InvalidLeaves, inspectLeaves, leafAt } from "../donations/leaves.ts";
import type { Leaf } from "../donations/leaves.ts";
import { batchRoot, verify } from "../donations/merkle-sum.ts";
import type { BatchRecorded } from "../ledger/events.ts";
import { claimsBetween } from "../lines/share.ts";
import type { DonationPlace, Opening } from "../receipt/types.ts";
import type { FundLine } from "../trace/requests.ts";
import type { Interval } from "../trace/types.ts";
import type { LedgerReader } from "./ports.ts";
import { expectSame, Failed } from "./steps.ts";

export interface RecordedBatch {
  readonly event: BatchRecorded;
  readonly blockNumber: number;
}

const hasDoubled = (leaves: Uint8Array, count: number): boolean => {
  const seen = new Set(Array.from({ length: count }, (_, index) => leafAt(leaves, index).commitment));
  return seen.size < count;
};

/** The leaves that the event carries are as many, as ordered and as much as it says. */
const checkLeaves = ({ leaves, count, sum }: BatchRecorded): void => {
  try {
    const found = inspectLeaves(leaves);
    expectSame("leavesMissing", found.count, count);
    expectSame("leavesSumDiffers", found.sum, sum);
  } catch (error) {
    if (!(error instanceof InvalidLeaves)) throw error;
    switch (error.defect) {
      case "EmptyBatch":
      case "TruncatedLeaves":
      case "TooManyLeaves":
        throw new Failed("leavesMissing", { chain: String(leaves.length / 40), said: String(count) });
      case "UnsortedCommitment":
        throw new Failed(hasDoubled(leaves, leaves.length / 40) ? "leavesDoubled" : "leavesUnordered", {
          index: String(error.index),
        });
      case "ZeroAmount":
      case "SumOverflow":
        throw new Failed("leavesSumDiffers", { said: String(sum) });
    }
  }
};

/** The one record of the batch on the chain, which is the receipt's and what the ledger stored. */
export const checkBatch = async (given: DonationPlace, ledger: LedgerReader): Promise<RecordedBatch> => {
  const { batch } = given;
  const recorded = await ledger.batchRecorded(batch.batch);
  const [first, second] = recorded;
  if (first === undefined) throw new Failed("batchMissing", { batch: String(batch.batch) });
  if (second !== undefined) throw new Failed("batchTwice", { batch: String(batch.batch) });
  const { event, blockNumber } = first;
  expectSame("batchFundDiffers", event.fund, batch.fund);
  expectSame("batchStartDiffers", event.startsAt, batch.startsAt);
  expectSame("batchCountDiffers", event.count, batch.count);
  expectSame("batchSumDiffers", event.sum, batch.sum);
  expectSame("batchRootDiffers", event.root, batch.root);
  checkLeaves(event);
  const stored = await ledger.stored.batch(batch.batch);
  for (const name of ["fund", "startsAt", "count", "sum", "root"] as const) {
    expectSame("batchStoredDiffers", stored[name], event[name], { name });
  }
  return { event, blockNumber };
};

const placeOf = ({ leaves, count }: BatchRecorded, commitment: string): number | undefined => {
  for (let index = 0; index < count; index += 1) {
    if (leafAt(leaves, index).commitment === commitment) return index;
  }
  return undefined;
};

/** The opened leaf stands at the receipt's place of the batch, and the money came by the opened channel. */
export const checkOpening = (index: number, leaf: Leaf, opening: Opening, event: BatchRecorded): void => {
  const standing = leafAt(event.leaves, index);
  if (standing.commitment !== leaf.commitment) {
    const elsewhere = placeOf(event, leaf.commitment);
    if (elsewhere !== undefined) {
      throw new Failed("openingElsewhere", { chain: String(elsewhere), said: String(index) });
    }
    expectSame("openingAmountDiffers", standing.amount, leaf.amount);
    throw new Failed("openingNotRecorded", { index: String(index) });
  }
  expectSame("openingAmountDiffers", standing.amount, leaf.amount);
  expectSame("openingChannelDiffers", event.channel, opening.payload.channel);
};

/** The donation that a proof names is the one that stands at its place. */
export const checkLeaf = (index: number, leaf: Leaf, event: BatchRecorded): void => {
  const standing = leafAt(event.leaves, index);
  expectSame("leafDiffers", standing.commitment, leaf.commitment);
  expectSame("leafDiffers", standing.amount, leaf.amount);
};

/** Folds the path to the batch's own root and sum. Answers where the donation stands on the fund's line. */
export const checkPath = ({ place, batch, index, siblings }: DonationPlace, leaf: Leaf): Interval => {
  const folded = verify(leaf, index, batch.count, siblings);
  if (!folded.ok) throw new Failed("pathRefused", { refusal: folded.refusal });
  expectSame("pathSumDiffers", batch.sum, folded.sum);
  const { chainId, ledger: contract } = place;
  const root = batchRoot({ version: 1, chainId, contract, ...batch, treeRoot: folded.root });
  expectSame("pathRootDiffers", batch.root, root);
  const start = position(batch.startsAt + folded.leftSum);
  return { start, end: after(start, leaf.amount) };
};

export interface Promised {
  readonly line: FundLine;
  readonly currency: string;
  readonly claims: Fen;
}

/** The fund's promise is what it was opened with, and its line reaches past the donation. */
export const checkPromise = async (
  { batch }: DonationPlace,
  { start, end }: { readonly start: Position; readonly end: Position },
  ledger: LedgerReader,
): Promise<Promised> => {
  const [opened] = await ledger.fundOpened(batch.fund);
  if (opened === undefined) throw new Failed("fundMissing", { fund: String(batch.fund) });
  const line = await ledger.stored.fund(batch.fund);
  const { claimsShareBps, currency } = opened.event;
  expectSame("shareDiffers", claimsShareBps, line.claimsShareBps);
  if (line.donated < end)
    throw new Failed("lineTooShort", { chain: String(line.donated), said: String(end) });
  return { line, currency, claims: claimsBetween(start, end, claimsShareBps) };
};
