/**
 * Law L4 asked of three witnesses: the protocol over the chain's events, the index through the port `Read`, and the
 * contract by eth_call. Every donation and claim by the first two, all claims and a sample of donations by the third.
 */
import { isDeepStrictEqual } from "node:util";
import { createPublicClient } from "viem";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import * as lens from "../../../chain/lens.ts";
import { fen, type Fen, type Position } from "../../../protocol/amounts.ts";
import { buildTree } from "../../../protocol/donations/merkle-sum.ts";
import { decodeLeaves, leafStarts, type Leaf } from "../../../protocol/donations/leaves.ts";
import { claimId, type ClaimId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import type { BatchRecord, LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import { donationInterval } from "../../../protocol/trace/donors.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import { traceInterval } from "../../../protocol/trace/slices.ts";
import { claimSources } from "../../../protocol/trace/sources.ts";
import type { Interval, Slice, Source } from "../../../protocol/trace/types.ts";
import { contractOf, type Gateway } from "../../gateway.ts";
import { blocksBetween } from "../../index/chain-reader.ts";
import { rpcChainReader } from "../../index/rpc-chain-reader.ts";

const page = 50;
/** Blocks whose logs are read at once. */
const blocksAtOnce = 200;

export class WitnessesDisagree extends Error {
  readonly subject: string;
  readonly witness: string;
  constructor(subject: string, witness: string) {
    super(`${subject}: ${witness} says something else than the protocol`);
    this.name = "WitnessesDisagree";
    this.subject = subject;
    this.witness = witness;
  }
}

export interface Verified {
  readonly donations: number;
  readonly donatedFen: Fen;
  readonly claims: number;
  readonly paidFen: Fen;
  readonly slices: number;
  readonly sources: number;
  readonly donationsByCall: number;
  readonly claimsByCall: number;
}

/** The state of the books from the chain's events alone (law L7). */
export const stateFromChain = async (gateway: Gateway): Promise<LedgerState> => {
  const reader = rpcChainReader(gateway.chain, contractOf(gateway.deployment, "ledger").address);
  const head = await reader.head();
  const state = emptyState();
  for (let from = 0; from <= head.number; from += blocksAtOnce) {
    const to = Math.min(head.number, from + blocksAtOnce - 1);
    const blocks = await blocksBetween(reader, from, to);
    for (const log of await reader.logs(blocks)) {
      const event = decodeLedgerLog(log);
      if (event === undefined) continue;
      const block = blocks[log.blockNumber - from];
      const { blockNumber, transactionHash, logIndex } = log;
      applyEvent(state, {
        event,
        place: { blockNumber, blockTime: block?.time ?? 0, transactionHash, logIndex },
      });
    }
  }
  return state;
};

/** Throws {@link WitnessesDisagree} at the first difference. `sample` donations are asked of the contract. */
export const verifyTraces = async (
  gateway: Gateway,
  state: LedgerState,
  sample: number,
  onProgress: (line: string) => void,
): Promise<Verified> => {
  const donations = await verifyDonations(gateway, state, sample, onProgress);
  const claims = await verifyClaims(gateway, state);
  return { ...donations, ...claims };
};

/** The contract that traces by eth_call. */
export const lensAt = (gateway: Gateway): lens.LensAt => ({
  client: createPublicClient({ transport: gateway.chain.transport() }),
  lens: contractOf(gateway.deployment, "lens").address,
});

/** Every donation by protocol and index, `sample` of them by the contract. Throws {@link WitnessesDisagree}. */
export const verifyDonations = async (
  gateway: Gateway,
  state: LedgerState,
  sample: number,
  onProgress: (line: string) => void,
) => {
  const total = state.batches.reduce((sum, { count }) => sum + count, 0);
  const every = Math.max(1, Math.floor(total / sample));
  const counts = { donations: 0, donatedFen: 0n, slices: 0, donationsByCall: 0 };
  for (const batch of state.batches) {
    const leaves = decodeLeaves(batch.leaves);
    const tree = buildTree(leaves);
    const starts = leafStarts(batch.leaves);
    for (const [index, leaf] of leaves.entries()) {
      const interval = donationInterval(batch.startsAt, starts, index);
      const slices = slicesByProtocol(state, batch, interval);
      await compareWithIndex(gateway.read, batch, index, leaf, slices);
      if (counts.donations % every === 0 && counts.donationsByCall < sample) {
        await compareWithContract(
          gateway,
          batch,
          { ...leaf, index, siblings: tree.proof(index) },
          interval.start,
          slices,
        );
        counts.donationsByCall += 1;
      }
      counts.donations += 1;
      counts.donatedFen += leaf.amount;
      counts.slices += slices.length;
    }
    onProgress(`donations ${counts.donations} of ${total}`);
  }
  return { ...counts, donatedFen: fen(counts.donatedFen) };
};

const slicesByProtocol = (state: LedgerState, batch: BatchRecord, interval: Interval): readonly Slice[] => {
  const slices: Slice[] = [];
  let cursor: string | undefined;
  do {
    const result = runSync(traceInterval(batch.fund, interval, cursor, page), booksOf(state));
    slices.push(...result.slices);
    cursor = result.next;
  } while (cursor !== undefined);
  const sum = slices.reduce((total, { amount }) => total + amount, 0n);
  const subject = `donation at ${interval.start}`;
  if (sum !== interval.end - interval.start) throw new WitnessesDisagree(subject, "law L4 by the protocol");
  return slices;
};

const compareWithIndex = async (
  read: Read,
  batch: BatchRecord,
  index: number,
  leaf: Leaf,
  expected: readonly Slice[],
): Promise<void> => {
  const subject = `donation ${index} of batch ${batch.batch}`;
  const slices: Slice[] = [];
  let cursor: string | undefined;
  do {
    const request = cursor === undefined ? { limit: page } : { limit: page, cursor };
    const trace = await read.donationTrace(batch.batch, index, request);
    if (trace === undefined || trace.partition.total !== leaf.amount) {
      throw new WitnessesDisagree(subject, "the index");
    }
    slices.push(...trace.slices.map(({ slice }) => slice));
    cursor = trace.next;
  } while (cursor !== undefined);
  if (!isDeepStrictEqual(slices, expected)) throw new WitnessesDisagree(subject, "the index");
};

const compareWithContract = async (
  gateway: Gateway,
  { batch }: BatchRecord,
  leaf: Omit<lens.ProvenLeaf, "batch">,
  start: Position,
  expected: readonly Slice[],
): Promise<void> => {
  const answer = await lens.traceDonation(lensAt(gateway), { batch, ...leaf });
  if (answer.start !== start || !isDeepStrictEqual(answer.slices, expected)) {
    throw new WitnessesDisagree(`donation ${leaf.index} of batch ${batch}`, "the contract");
  }
};

const verifyClaims = async (gateway: Gateway, state: LedgerState) => {
  const counts = { claims: 0, paidFen: 0n, sources: 0, claimsByCall: 0 };
  for (const payout of state.payouts) {
    const expected = sourcesByProtocol(state, payout);
    const subject = `claim ${payout.claim}`;
    if (expected.reduce((sum, { amount }) => sum + amount, 0n) !== payout.amount) {
      throw new WitnessesDisagree(subject, "law L4 by the protocol");
    }
    if (!isDeepStrictEqual(await sourcesByIndex(gateway.read, payout.claim), expected)) {
      throw new WitnessesDisagree(subject, "the index");
    }
    if (!isDeepStrictEqual(await lens.claimSources(lensAt(gateway), claimId(payout.claim)), expected)) {
      throw new WitnessesDisagree(subject, "the contract");
    }
    counts.claims += 1;
    counts.claimsByCall += 1;
    counts.paidFen += payout.amount;
    counts.sources += expected.length;
  }
  return { ...counts, paidFen: fen(counts.paidFen) };
};

const sourcesByProtocol = (state: LedgerState, payout: LedgerState["payouts"][number]): readonly Source[] => {
  const sources: Source[] = [];
  let cursor: string | undefined;
  do {
    const result = runSync(claimSources(payout, cursor, page), booksOf(state));
    sources.push(...result.sources);
    cursor = result.next;
  } while (cursor !== undefined);
  return sources;
};

const sourcesByIndex = async (read: Read, claim: ClaimId): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  let cursor: string | undefined;
  do {
    const request = cursor === undefined ? { limit: page } : { limit: page, cursor };
    const answer = await read.claimSources(claim, request);
    if (answer === undefined) throw new WitnessesDisagree(`claim ${claim}`, "the index");
    sources.push(...answer.sources.map(({ source }) => source));
    cursor = answer.next;
  } while (cursor !== undefined);
  return sources;
};
