/** Reading and tracing by eth_call: what any auditor can ask of any node, without this gateway. */
import { bytesToHex, type PublicClient } from "viem";
import { fen, position, type Fen, type Position } from "../protocol/amounts.ts";
import { encodeProof, type TreeNode } from "../protocol/donations/merkle-sum.ts";
import {
  allocationId,
  batchId,
  claimId,
  expenseId,
  fundId,
  payoutId,
  programmeId,
  type Address,
  type BatchId,
  type Bytes32,
  type ClaimId,
  type FundId,
  type ProgrammeId,
} from "../protocol/ids.ts";
import { places, type Interval, type Slice, type Source } from "../protocol/trace/types.ts";
import { lensAbi } from "./abi/lens.ts";
import { codeAt } from "./coding.ts";

export type LensClient = Pick<PublicClient, "readContract">;

export interface LensAt {
  readonly client: LensClient;
  readonly lens: Address;
}

export interface ProvenLeaf {
  readonly batch: BatchId;
  readonly index: number;
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly siblings: readonly TreeNode[];
}

interface RawSlice {
  readonly place: number;
  readonly allocation: number;
  readonly programme: number;
  readonly lineStart: bigint;
  readonly amount: bigint;
  readonly record: number;
  readonly claim: number;
}

/** All slices of a fund interval, page after page. */
export const traceInterval = async (
  { client, lens }: LensAt,
  fund: FundId,
  interval: Interval,
): Promise<readonly Slice[]> => {
  const slices: Slice[] = [];
  let cursor = 0n;
  do {
    const [page, next] = await client.readContract({
      address: lens,
      abi: lensAbi,
      functionName: "traceInterval",
      args: [fund, interval.start, interval.end, cursor],
    });
    slices.push(...page.map(sliceOf));
    cursor = next;
  } while (cursor !== 0n);
  return slices;
};

/** All slices of a donation whose place the lens derives from the proof; rejects when the proof is refused. */
export const traceDonation = async (
  { client, lens }: LensAt,
  leaf: ProvenLeaf,
): Promise<{ readonly start: Position; readonly slices: readonly Slice[] }> => {
  const slices: Slice[] = [];
  const proof = bytesToHex(encodeProof(leaf.siblings));
  let start = position(0n);
  let cursor = 0n;
  do {
    const [from, page, next] = await client.readContract({
      address: lens,
      abi: lensAbi,
      functionName: "traceDonation",
      args: [leaf.batch, leaf.index, leaf.amount, leaf.commitment, proof, cursor],
    });
    start = position(from);
    slices.push(...page.map(sliceOf));
    cursor = next;
  } while (cursor !== 0n);
  return { start, slices };
};

/** All sources of a paid claim; none for a claim that is not paid. */
export const claimSources = async ({ client, lens }: LensAt, claim: ClaimId): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  let cursor = 0n;
  do {
    const [page, next] = await client.readContract({
      address: lens,
      abi: lensAbi,
      functionName: "claimSources",
      args: [claim, cursor],
    });
    sources.push(
      ...page.map((source) => ({
        fund: fundId(source.fund),
        batch: batchId(source.batch),
        allocation: allocationId(source.allocation),
        fundStart: position(source.fundStart),
        fundEnd: position(source.fundEnd),
        amount: fen(source.amount),
      })),
    );
    cursor = next;
  } while (cursor !== 0n);
  return sources;
};

/** What a programme's reserve holds, what is promised out of it, and what is missing. */
export const reserveOf = async (
  { client, lens }: LensAt,
  programme: ProgrammeId,
): Promise<{ readonly available: Fen; readonly approvedUnpaid: Fen; readonly shortfall: Fen }> => {
  const [available, approvedUnpaid, shortfall] = await client.readContract({
    address: lens,
    abi: lensAbi,
    functionName: "reserveOf",
    args: [programme],
  });
  return { available: fen(available), approvedUnpaid: fen(approvedUnpaid), shortfall: fen(shortfall) };
};

const sliceOf = (raw: RawSlice): Slice => {
  const place = codeAt(places, raw.place);
  const amount = fen(raw.amount);
  const lineStart = position(raw.lineStart);
  if (place === "unallocated") return { place, amount, fundStart: lineStart };
  const taken = { amount, allocation: allocationId(raw.allocation), programme: programmeId(raw.programme) };
  switch (place) {
    case "paid":
      return {
        place,
        ...taken,
        reserveStart: lineStart,
        claim: claimId(raw.claim),
        payout: payoutId(raw.record),
      };
    case "inReserve":
      return { place, ...taken, reserveStart: lineStart };
    case "operatingSpent":
      return { place, ...taken, operationsStart: lineStart, expense: expenseId(raw.record) };
    case "operatingUnspent":
      return { place, ...taken, operationsStart: lineStart };
  }
};
