/** How gifts stand to the books: the checks of recording them, and nothing written. */
import type { DonationRequest, DonationStanding } from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";
import { GiftChecks, type CheckedGift } from "./gift-checks.ts";

export const standingOf = async (
  counter: Counter,
  gifts: readonly DonationRequest[],
): Promise<readonly DonationStanding[]> => {
  const checks = new GiftChecks(counter);
  const checked = await checks.check(gifts);
  checks.requirePast(checked);
  const recorded = new Set(await counter.parts.outbox.recorded(checked.map(({ payload }) => payload)));
  return Promise.all(
    checked.map(async (gift, index) => (recorded.has(index) ? standingOfRecorded(counter, gift) : "new")),
  );
};

const standingOfRecorded = async (
  { parts: { vault } }: Counter,
  gift: CheckedGift,
): Promise<DonationStanding> => {
  // Forgotten in the vault but recorded: what it was is gone, that it is there is not.
  const kept = await vault.byReference(gift.payload);
  if (kept === undefined) return "recorded";
  const same =
    kept.payload.amount === gift.payload.amount &&
    kept.payload.occurredAt === gift.payload.occurredAt &&
    kept.fund === gift.request.fund;
  return same ? "recorded" : "conflict";
};
