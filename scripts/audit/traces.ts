/** Law L8 asked of the contract: a drawn part of the donations and claims, and the largest. */
import * as lens from "../../chain/lens.ts";
import type { Checks } from "../../protocol/audit/check.ts";
import {
  chosenClaims,
  chosenGifts,
  claimName,
  compareLists,
  giftName,
  sliceFacts,
  slicesOfGift,
  sourceFacts,
  sourcesOfClaim,
  type Choice,
  type Gift,
} from "../../protocol/audit/traces.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { buildTree, type Tree } from "../../protocol/donations/merkle-sum.ts";
import type { BatchId } from "../../protocol/ids.ts";
import type { BatchRecord, ClaimRecord, LedgerState } from "../../protocol/ledger/records.ts";
import { chunksOf } from "./chunks.ts";
import type { Step } from "./progress.ts";

const atOnce = 20;

/** The tree of the batch asked for last: donations come batch by batch. */
class LastTree {
  #batch: BatchId | undefined;
  #tree: Tree | undefined;

  of({ batch, leaves }: BatchRecord): Tree {
    if (this.#tree === undefined || this.#batch !== batch) this.#tree = buildTree(decodeLeaves(leaves));
    this.#batch = batch;
    return this.#tree;
  }
}

const askGift = async (
  checks: Checks,
  at: lens.LensAt,
  state: LedgerState,
  gift: Gift,
  tree: Tree,
): Promise<void> => {
  const { batch, index, leaf, interval } = gift;
  const check = checks.of("traces.contract");
  const siblings = tree.proof(index);
  const told = await lens.traceDonation(at, { batch: batch.batch, index, ...leaf, siblings });
  check.equal(giftName(gift), "start", interval.start, told.start);
  compareLists(
    check,
    giftName(gift),
    "slice",
    slicesOfGift(state, gift).map(sliceFacts),
    told.slices.map(sliceFacts),
  );
};

const askClaim = async (
  checks: Checks,
  at: lens.LensAt,
  state: LedgerState,
  claim: ClaimRecord,
): Promise<void> => {
  const told = await lens.claimSources(at, claim.claim);
  const expected = sourcesOfClaim(state, claim).map(sourceFacts);
  compareLists(checks.of("traces.contract"), claimName(claim), "source", expected, told.map(sourceFacts));
};

/** Rejects with what the node answers where it does not trace. */
export const auditTraces = async (
  checks: Checks,
  at: lens.LensAt,
  state: LedgerState,
  choice: Choice,
  onProgress: Step,
): Promise<void> => {
  const trees = new LastTree();
  let done = 0;
  for (const gifts of chunksOf(chosenGifts(state, choice), atOnce)) {
    await Promise.all(gifts.map((gift) => askGift(checks, at, state, gift, trees.of(gift.batch))));
    done += gifts.length;
    onProgress(done);
  }
  for (const claims of chunksOf(chosenClaims(state, choice), atOnce)) {
    await Promise.all(claims.map((claim) => askClaim(checks, at, state, claim)));
    done += claims.length;
    onProgress(done);
  }
};
