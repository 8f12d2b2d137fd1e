/** Reading and tracing by eth_call: what any auditor can ask of any node, without this gateway. */
import { bytesToHex, type Hex, type PublicClient } from "viem";
import { fen, position, type Fen, type Position } from "../protocol/amounts.ts";
import { encodeProof, type TreeNode } from "../protocol/donations/merkle-sum.ts";
import {
  allocationId,
  batchId,
  claimId,
  expenseId,
  fundId,
  moveId,
  payoutId,
  programmeId,
  recoveryId,
  type Address,
  type BatchId,
  type Bytes32,
  type ClaimId,
  type FundId,
  type PayoutId,
  type PeriodNumber,
  type ProgrammeId,
} from "../protocol/ids.ts";
import {
  places,
  type Hop,
  type Interval,
  type Path,
  type Slice,
  type Source,
} from "../protocol/trace/types.ts";
import { lensAbi } from "./abi/lens.ts";
import { codeAt, UnknownCode } from "./coding.ts";

export type LensClient = Pick<PublicClient, "readContract">;

export interface LensAt {
  readonly client: LensClient;
  readonly lens: Address;
  /** The block that every answer is of; the latest of each moment where absent. Pages must be of one block. */
  readonly blockNumber?: bigint;
}

export interface ProvenLeaf {
  readonly batch: BatchId;
  readonly index: number;
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly siblings: readonly TreeNode[];
}

interface RawPath {
  readonly allocation: number;
  readonly hops: number;
  readonly via: bigint;
}

interface RawSlice extends RawPath {
  readonly place: number;
  readonly programme: number;
  readonly lineStart: bigint;
  readonly amount: bigint;
  readonly record: number;
  readonly claim: number;
}

interface RawSource extends RawPath {
  readonly fund: number;
  readonly batch: number;
  readonly fundStart: bigint;
  readonly fundEnd: bigint;
  readonly amount: bigint;
}

const noCursor = "0x";

/** All entries of a paged answer: each page is asked for with the cursor of the one before. */
const allPages = async <Entry>(
  page: (cursor: Hex) => Promise<readonly [readonly Entry[], Hex]>,
): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let cursor: Hex = noCursor;
  do {
    const [more, next] = await page(cursor);
    entries.push(...more);
    cursor = next;
  } while (cursor !== noCursor);
  return entries;
};

const callOf = ({ lens, blockNumber }: LensAt) => ({
  address: lens,
  abi: lensAbi,
  ...(blockNumber === undefined ? {} : { blockNumber }),
});

/** All slices of a fund interval, page after page. */
export const traceInterval = async (
  at: LensAt,
  fund: FundId,
  interval: Interval,
): Promise<readonly Slice[]> => {
  const slices = await allPages((cursor) =>
    at.client.readContract({
      ...callOf(at),
      functionName: "traceInterval",
      args: [fund, interval.start, interval.end, cursor],
    }),
  );
  return slices.map(sliceOf);
};

/** All slices of a donation whose place the lens derives from the proof; rejects when the proof is refused. */
export const traceDonation = async (
  at: LensAt,
  leaf: ProvenLeaf,
): Promise<{ readonly start: Position; readonly slices: readonly Slice[] }> => {
  const proof = bytesToHex(encodeProof(leaf.siblings));
  let start = position(0n);
  const slices = await allPages(async (cursor) => {
    const [from, page, next] = await at.client.readContract({
      ...callOf(at),
      functionName: "traceDonation",
      args: [leaf.batch, leaf.index, leaf.amount, leaf.commitment, proof, cursor],
    });
    start = position(from);
    return [page, next];
  });
  return { start, slices: slices.map(sliceOf) };
};

/** What pays a claim now, net of what was recovered; none for a claim that is not paid. */
export const claimSources = async (at: LensAt, claim: ClaimId): Promise<readonly Source[]> => {
  const sources = await allPages((cursor) =>
    at.client.readContract({ ...callOf(at), functionName: "claimSources", args: [claim, cursor] }),
  );
  return sources.map(sourceOf);
};

/** What paid a payout, whatever came back later. */
export const payoutSources = async (at: LensAt, payout: PayoutId): Promise<readonly Source[]> => {
  const sources = await allPages((cursor) =>
    at.client.readContract({ ...callOf(at), functionName: "payoutSources", args: [payout, cursor] }),
  );
  return sources.map(sourceOf);
};

/** What a programme's reserve holds, what is promised out of it, and what is missing. */
export const reserveOf = async (
  at: LensAt,
  programme: ProgrammeId,
): Promise<{ readonly available: Fen; readonly approvedUnpaid: Fen; readonly shortfall: Fen }> => {
  const [available, approvedUnpaid, shortfall] = await at.client.readContract({
    ...callOf(at),
    functionName: "reserveOf",
    args: [programme],
  });
  return { available: fen(available), approvedUnpaid: fen(approvedUnpaid), shortfall: fen(shortfall) };
};

/** What each insurer of a policy period bears so far, in the order of the published document. */
export interface InsurerParts {
  /** Empty where the period has no insurers. */
  readonly sharesBps: readonly number[];
  readonly paid: readonly Fen[];
  readonly recovered: readonly Fen[];
}

/** Rejects for a period that is not declared. */
export const insurerParts = async (
  at: LensAt,
  programme: ProgrammeId,
  policyPeriod: PeriodNumber,
): Promise<InsurerParts> => {
  const [sharesBps, paid, recovered] = await at.client.readContract({
    ...callOf(at),
    functionName: "insurerParts",
    args: [programme, policyPeriod],
  });
  return { sharesBps: sharesBps.map(Number), paid: paid.map(fen), recovered: recovered.map(fen) };
};

/** Approved and unpaid + paid − recovered of an insured person in a policy period; 0 where it has no cover. */
export const committedOf = async (
  at: LensAt,
  programme: ProgrammeId,
  policyPeriod: PeriodNumber,
  person: Bytes32,
): Promise<Fen> =>
  fen(
    await at.client.readContract({
      ...callOf(at),
      functionName: "committedOf",
      args: [programme, policyPeriod, person],
    }),
  );

/** What of a donation was repaid: its last positions, whose owner is the foundation. */
export const refundedOf = async (at: LensAt, batch: BatchId, index: number): Promise<Fen> =>
  fen(await at.client.readContract({ ...callOf(at), functionName: "refundedOf", args: [batch, index] }));

/** The tag above a record's 32 bits, as contracts/books/Flow.sol sets it. */
const hopKinds: ReadonlyMap<bigint, Hop["kind"]> = new Map([
  [1n, "recovery"],
  [2n, "move"],
]);

const hopOf = (via: bigint): Hop | undefined => {
  const [kind, id] = [hopKinds.get(via >> 32n), via & 0xffff_ffffn];
  switch (kind) {
    case "recovery":
      return { kind, recovery: recoveryId(id) };
    case "move":
      return { kind, move: moveId(id) };
    case undefined:
      if (via === 0n) return undefined;
      throw new UnknownCode(Number(via >> 32n), [...hopKinds.values()]);
  }
};

const pathOf = (raw: RawPath): Path => {
  const via = hopOf(raw.via);
  const path = { allocation: allocationId(raw.allocation), hops: raw.hops };
  return via === undefined ? path : { ...path, via };
};

const sourceOf = (raw: RawSource): Source => ({
  ...pathOf(raw),
  fund: fundId(raw.fund),
  batch: batchId(raw.batch),
  fundStart: position(raw.fundStart),
  fundEnd: position(raw.fundEnd),
  amount: fen(raw.amount),
});

const sliceOf = (raw: RawSlice): Slice => {
  const place = codeAt(places, raw.place);
  const amount = fen(raw.amount);
  const lineStart = position(raw.lineStart);
  if (place === "unallocated") return { place, amount, fundStart: lineStart };
  const taken = { amount, programme: programmeId(raw.programme), ...pathOf(raw) };
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
