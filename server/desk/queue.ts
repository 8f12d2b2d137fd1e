/**
 * The place of a claim that comes back into the queue: behind the payable claim with the next lower queue number. A verb
 * names that claim; the ledger refuses a wrong one, and the verb is then signed anew (rebuild.ts).
 */
import { claimId, type ClaimId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Lookups, PayableClaim } from "../index/lookups.ts";

/** The head of the queue has no claim before it. */
export const noClaim = claimId(0);

/** The books that queue places are read from. */
export interface QueueBooks {
  readonly read: Pick<Read, "claim">;
  readonly lookups: Pick<Lookups, "payableBefore">;
}

/**
 * For each of the claims, which come back in this order, the claim that is then before it in its programme's queue. A
 * claim that the books do not show as approved yet is named the head: where that is wrong, the ledger says so.
 */
export const placesOf = async (
  { read, lookups }: QueueBooks,
  claims: readonly ClaimId[],
): Promise<readonly ClaimId[]> => {
  const back = new Map<number, PayableClaim[]>();
  const places: ClaimId[] = [];
  for (const claim of claims) {
    const { programme, queueNumber } = (await read.claim(claim)) ?? {};
    if (programme === undefined || queueNumber === undefined) {
      places.push(noClaim);
      continue;
    }
    const returned = back.get(programme) ?? [];
    const inQueue = await lookups.payableBefore(programme, queueNumber);
    const lower = [...(inQueue === undefined ? [] : [inQueue]), ...returned].filter(
      (place) => place.queueNumber < queueNumber,
    );
    places.push(lower.toSorted((one, other) => other.queueNumber - one.queueNumber)[0]?.claim ?? noClaim);
    back.set(programme, [...returned, { claim, queueNumber }]);
  }
  return places;
};
