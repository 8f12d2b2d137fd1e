/**
 * What a gateway says of a donation, held against what the chain says. The first difference in the order in which a
 * page tells them is named, as exactly what it is. The auditor compares by the same rules.
 */
import type { Fen, Position } from "../amounts.ts";
import { encodeCode } from "../codes/code.ts";
import type { ClaimId } from "../ids.ts";
import type { DonationRefunded } from "../ledger/events.ts";
import { claimsBetween } from "../lines/share.ts";
import type { BatchRecord } from "../receipt/types.ts";
import { places, type Partition, type Slice } from "../trace/types.ts";
import type { Said, SaidSlice } from "./gateway-answer.ts";
import { expectSame, Failed } from "./steps.ts";

/** What the chain says of a donation. */
export interface Known {
  readonly batch: BatchRecord;
  readonly commitment: string;
  readonly amount: Fen;
  readonly start: Position;
  readonly end: Position;
  readonly claimsShareBps: number;
  readonly slices: readonly Slice[];
  readonly partition: Partition;
  readonly refunds: readonly DonationRefunded[];
}

const claimCode = (claim: ClaimId | undefined): string =>
  claim === undefined ? "–" : encodeCode({ kind: "claim", claim });

const lineStartOf = (slice: Slice): Position => {
  switch (slice.place) {
    case "unallocated":
      return slice.fundStart;
    case "paid":
    case "inReserve":
      return slice.reserveStart;
    case "operatingSpent":
    case "operatingUnspent":
      return slice.operationsStart;
  }
};

/** A chain's slice in the words of an answer. */
const told = (slice: Slice): SaidSlice => {
  const { place, amount } = slice;
  const lineStart = lineStartOf(slice);
  if (slice.place === "unallocated") return { place, amount, lineStart, hops: 0 };
  const { allocation, programme, hops, via } = slice;
  const way = { allocation: Number(allocation), programme, hops, ...(via === undefined ? {} : { via }) };
  const where = { place, amount, lineStart, ...way };
  if (slice.place === "paid") return { ...where, claim: slice.claim, payout: slice.payout };
  return slice.place === "operatingSpent" ? { ...where, expense: slice.expense } : where;
};

const hopKey = (slice: SaidSlice): string =>
  slice.via === undefined
    ? ""
    : slice.via.kind === "recovery"
      ? `recovery ${slice.via.recovery}`
      : `move ${slice.via.move}`;

const isOnReserve = ({ place }: SaidSlice): boolean => place === "paid" || place === "inReserve";

/** Fen of a programme's line, wherever they are said to be on it. */
const standsAt = (one: SaidSlice, other: SaidSlice): boolean =>
  one.programme === other.programme &&
  one.lineStart === other.lineStart &&
  isOnReserve(one) === isOnReserve(other) &&
  (one.place === "unallocated") === (other.place === "unallocated");

const factsOf = (slice: SaidSlice): Readonly<Record<string, string>> => ({
  amount: String(slice.amount),
  position: String(slice.lineStart),
  ...(slice.programme === undefined
    ? {}
    : { programme: encodeCode({ kind: "programme", programme: slice.programme }) }),
  ...(slice.claim === undefined ? {} : { claim: claimCode(slice.claim) }),
  ...(slice.via === undefined ? {} : { hop: hopKey(slice) }),
});

/** What is wrong with a slice that the gateway leaves out, given all that it says. */
const leftOut = (slice: SaidSlice, extra: readonly SaidSlice[]): Failed => {
  const facts = factsOf(slice);
  const isHidden = slice.hops > 0 && !extra.some(({ hops }) => hops >= slice.hops);
  if (isHidden && slice.via?.kind === "recovery") return new Failed("gatewayRecoveryHidden", facts);
  if (isHidden && slice.via?.kind === "move") return new Failed("gatewayMoveHidden", facts);
  if (slice.place === "paid") return new Failed("gatewayPayoutDropped", facts);
  if (slice.place === "operatingSpent") return new Failed("gatewayExpenseDiffers", facts);
  return new Failed("gatewayRestDiffers", facts);
};

/** What is wrong with a slice that only the gateway has. */
const invented = (slice: SaidSlice): Failed => {
  const facts = factsOf(slice);
  if (slice.via?.kind === "recovery") return new Failed("gatewayRecoveryInvented", facts);
  if (slice.place === "paid") return new Failed("gatewayPayoutInvented", facts);
  if (slice.place === "operatingSpent") return new Failed("gatewayExpenseDiffers", facts);
  return new Failed("gatewayRestDiffers", facts);
};

/** Two slices of the same fen. */
const compareSlice = (chain: SaidSlice, said: SaidSlice): void => {
  const facts = factsOf(chain);
  if (chain.place === "paid" && said.place === "paid") {
    expectSame("gatewayClaimSwapped", claimCode(chain.claim), claimCode(said.claim), facts);
    expectSame("gatewayPayoutAmountDiffers", chain.amount, said.amount, facts);
    expectSame("gatewayClaimSwapped", Number(chain.payout), Number(said.payout ?? 0), facts);
  }
  if (chain.place !== said.place) {
    if (chain.place === "paid") throw new Failed("gatewayPayoutDropped", facts);
    if (said.place === "paid") throw new Failed("gatewayPayoutInvented", factsOf(said));
    throw new Failed("gatewayExpenseDiffers", facts);
  }
  if (chain.place === "operatingSpent") {
    expectSame("gatewayExpenseDiffers", Number(chain.expense), Number(said.expense ?? 0), facts);
    expectSame("gatewayExpenseDiffers", chain.amount, said.amount, facts);
  }
  expectSame("gatewayRestDiffers", chain.amount, said.amount, facts);
  expectSame("gatewayAllocationDiffers", chain.allocation ?? 0, said.allocation ?? 0, facts);
  if (hopKey(chain) !== hopKey(said) || chain.hops !== said.hops) {
    const isMove = chain.via?.kind === "move" || said.via?.kind === "move";
    if (isMove) throw new Failed("gatewayMoveHidden", facts);
    throw new Failed(chain.hops > said.hops ? "gatewayRecoveryHidden" : "gatewayRecoveryInvented", facts);
  }
};

const compareSlices = (chain: readonly SaidSlice[], said: readonly SaidSlice[]): void => {
  const extra = [...said];
  const missing: SaidSlice[] = [];
  const pairs: (readonly [SaidSlice, SaidSlice])[] = [];
  for (const slice of chain) {
    const at = extra.findIndex((other) => standsAt(slice, other));
    const [found] = at < 0 ? [] : extra.splice(at, 1);
    if (found === undefined) missing.push(slice);
    else pairs.push([slice, found]);
  }
  for (const [one, other] of pairs) compareSlice(one, other);
  const [lost] = missing;
  if (lost !== undefined) throw leftOut(lost, extra);
  const [more] = extra;
  if (more !== undefined) throw invented(more);
};

const compareRefunds = (chain: readonly DonationRefunded[], said: Said["refunds"]): void => {
  for (const { refund, start, amount } of chain) {
    const found = said.find((other) => other.refund === refund);
    const facts = { refund: String(refund) };
    if (found === undefined) throw new Failed("gatewayRefundHidden", { ...facts, amount: String(amount) });
    expectSame("gatewayRefundDiffers", amount, found.amount, facts);
    expectSame("gatewayRefundDiffers", start, found.start, facts);
  }
  const more = said.find(({ refund }) => !chain.some((other) => Number(other.refund) === refund));
  if (more !== undefined) {
    throw new Failed("gatewayRefundInvented", { refund: String(more.refund), amount: String(more.amount) });
  }
};

/** Throws {@link Failed} at the first difference. */
export const compareWithGateway = (known: Known, said: Said): void => {
  expectSame("gatewayAmountDiffers", known.amount, said.amount);
  expectSame("gatewayCommitmentDiffers", known.commitment, said.commitment);
  for (const name of ["batch", "fund", "startsAt", "count", "sum", "root"] as const) {
    expectSame("gatewayBatchDiffers", known.batch[name], said.batch[name], { name });
  }
  expectSame("gatewayPositionDiffers", known.start, said.start);
  expectSame("gatewayPositionDiffers", known.end, said.end);
  expectSame("gatewayPromiseDiffers", known.claimsShareBps, said.claimsShareBps);
  const claims = claimsBetween(known.start, known.end, known.claimsShareBps);
  expectSame("gatewayClaimsShareDiffers", claims, said.claimsShare);
  compareRefunds(known.refunds, said.refunds);
  compareSlices(known.slices.map(told), said.slices);
  for (const place of ["total", ...places] as const) {
    expectSame("gatewayTotalDiffers", known.partition[place], said.totals[place], { place });
  }
};
