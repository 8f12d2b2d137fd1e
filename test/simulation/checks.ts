/** What must be true of a gateway at the end, whatever went before: chain, index and contract say what the model says. */
import { isDeepStrictEqual } from "node:util";
import { checkLaws } from "../../protocol/laws/laws.ts";
import { stateFromChain, verifyDonations } from "../../server/commands/rehearsal/verify.ts";
import type { Gateway } from "../../server/gateway.ts";
import { deedsOnChain } from "./facts.ts";
import { BrokenPromise } from "./model.ts";
import { verifyPayments } from "./payouts.ts";

export interface Found {
  readonly deeds: number;
  readonly donations: number;
  readonly claims: number;
}

/** Donations whose trace is asked of the contract too, by eth_call. */
const tracedByContract = 20;

/** `after`: the last block that was there before. Throws {@link BrokenPromise} and WitnessesDisagree. */
export const checkBooks = async (
  gateway: Gateway,
  expected: readonly string[],
  after: number,
): Promise<Found> => {
  const deeds = await deedsOnChain(gateway, after);
  expectSame(expected, deeds);
  const state = await stateFromChain(gateway);
  const { time } = await gateway.chain.head();
  const broken = checkLaws(state, time).filter(({ holds }) => !holds);
  if (broken.length > 0) throw new BrokenPromise("the books", `laws are broken: ${JSON.stringify(broken)}`);
  const ofIndex = (await gateway.read.laws()).filter(({ holds }) => !holds);
  if (ofIndex.length > 0) throw new BrokenPromise("the index", `laws are broken: ${JSON.stringify(ofIndex)}`);
  const { donations } = await verifyDonations(gateway, state, tracedByContract, () => {});
  const claims = await verifyPayments(gateway, state);
  return { deeds: deeds.length, donations, claims };
};

/** Throws {@link BrokenPromise} with what is missing and what is too much. */
const expectSame = (expected: readonly string[], found: readonly string[]): void => {
  const [one, other] = [expected.toSorted(), found.toSorted()];
  if (isDeepStrictEqual(one, other)) return;
  throw new BrokenPromise(
    "the chain",
    `lacks ${JSON.stringify(without(one, other))}, has ${JSON.stringify(without(other, one))} too much`,
  );
};

/** The items of `list` that `others` has fewer of. */
const without = (list: readonly string[], others: readonly string[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const item of others) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
};
