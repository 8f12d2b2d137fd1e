/** Sealing gifts: a salt for each, and the commitment under it that goes on the chain. */
import { payloadCommitment } from "../../protocol/donations/commitment.ts";
import type { Fen } from "../../protocol/amounts.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import { nativeKeccak } from "../keccak.ts";
import type { KeptOpening, Opening } from "../vault/vault.ts";
import { randomSalt, type Counter } from "./counter.ts";
import type { CheckedGift } from "./gift-checks.ts";

export interface SealedGift {
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly opening: Opening;
}

/** The gifts sealed, in their order: with the salts of what an unfinished try left behind, or new ones. */
export const sealGifts = async (
  counter: Counter,
  gifts: readonly CheckedGift[],
): Promise<readonly SealedGift[]> => {
  const left = await leftBehind(counter, gifts);
  return gifts.map((gift) => seal(gift, left.get(gift)));
};

const seal = ({ request, payload }: CheckedGift, left: KeptOpening | undefined): SealedGift => {
  const salt = left?.salt ?? randomSalt();
  const commitment = payloadCommitment(salt, payload, nativeKeccak);
  const opening: Opening = {
    commitment,
    salt,
    payload,
    fund: request.fund,
    findable: request.providerIssued,
    ...(request.remark === undefined ? {} : { remark: request.remark }),
  };
  return { amount: request.amount, commitment, opening };
};

/**
 * What an unfinished try left in the vault. The references were checked as not recorded, so an opening that is here
 * belongs to nothing that will land. Of an operation that was never accepted it is taken over with its salt, so that a
 * resumed import commits to the same bytes. One with other content is dropped, and with it the rest of that dead
 * operation; so is one of an operation that was accepted and failed, whose id, made of its commitments, is used up.
 */
const leftBehind = async (
  { parts: { vault, outbox } }: Counter,
  gifts: readonly CheckedGift[],
): Promise<ReadonlyMap<CheckedGift, KeptOpening>> => {
  const left = new Map<CheckedGift, KeptOpening>();
  const dead = new Set<string>();
  const accepted = new Map<string, boolean>();
  for (const [index, kept] of await vault.byReferences(gifts.map(({ payload }) => payload))) {
    const gift = gifts[index];
    if (gift === undefined) continue;
    const { operation } = kept;
    const wasAccepted = accepted.get(operation) ?? (await outbox.operation(operation)) !== undefined;
    accepted.set(operation, wasAccepted);
    if (!wasAccepted && isOpeningOf(kept, gift)) left.set(gift, kept);
    else dead.add(operation);
  }
  for (const operation of dead) await vault.drop(operation);
  return left;
};

const isOpeningOf = (kept: KeptOpening, { request, payload }: CheckedGift): boolean =>
  payloadCommitment(kept.salt, payload, nativeKeccak) === kept.commitment &&
  kept.fund === request.fund &&
  kept.findable === request.providerIssued &&
  kept.remark === request.remark;
