/** Where to look first in the loaded demonstration: codes to search for, a payment to find. */
import { formatAmount, fen, type Fen } from "../../../protocol/amounts.ts";
import { encodeCode } from "../../../protocol/codes/code.ts";
import type { DonationRequest } from "../../../protocol/ports/desk.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import { programmeId, type BatchId, type ClaimId } from "../../../protocol/ids.ts";
import { aid, kangbao, published } from "./counties.ts";
import { generalFund } from "./gifts.ts";
import type { Example } from "./mark.ts";
import type { Step } from "./steps.ts";

const candidates = 8;
const slicesShown = 50;

interface TracedGift {
  readonly gift: DonationRequest;
  readonly code: string;
  readonly claims: number;
}

/** The largest early gifts: they reach over several claims, and long ago. */
const largestGifts = (steps: readonly Step[]): readonly DonationRequest[] =>
  steps
    .slice(0, Math.ceil(steps.length / 2))
    .flatMap(({ act }) => (act.verb === "recordDonations" ? act.gifts : []))
    .filter(({ fund, providerIssued }) => fund === generalFund && providerIssued)
    .toSorted((one, other) => Number(other.amount - one.amount))
    .slice(0, candidates);

const traced = async (read: Read, gift: DonationRequest): Promise<TracedGift | undefined> => {
  const { transactionNumber, amount, channel } = gift;
  // Each asks once and for itself, so the limit on guesses stays out of the way.
  const answer = await read.findGift({ transactionNumber, amount, channel, askedFrom: transactionNumber });
  if (answer.outcome !== "found") return undefined;
  const { batch, index } = answer.receipt;
  const code = encodeCode({ kind: "donation", batch: batch.batch, index });
  const claims = await claimsPaidBy(read, batch.batch, index);
  return { gift, code, claims };
};

const claimsPaidBy = async (read: Read, batch: BatchId, index: number): Promise<number> => {
  const trace = await read.donationTrace(batch, index, { limit: slicesShown });
  const codes = trace?.slices.flatMap(({ claimCode, settledAt }) =>
    claimCode !== undefined && settledAt !== undefined ? [claimCode] : [],
  );
  return new Set(codes).size;
};

/** Claims that did not go the ordinary way, and a gift that was repaid. */
const exceptional = async (read: Read): Promise<readonly Example[]> => {
  const [held, granted, recoveries, owed] = await Promise.all([
    read.claims({ state: "onHold" }, { limit: 1 }),
    read.claims({ programme: programmeId(aid) }, { limit: 1 }),
    read.recoveries({}, { limit: 10 }),
    read.refunds({ owed: true }, { limit: 1 }),
  ]);
  return [
    ...held.items.map(({ code }) => ({ what: "a claim on hold, overtaken by others", where: code })),
    ...granted.items.map(({ code }) => ({ what: "the grant of aid that follows a paid claim", where: code })),
    ...recoveries.items.map(({ claimCode, amount, returned }) => ({
      what: returned
        ? "a claim paid again, for the bank had returned it"
        : `a claim of which ¥${formatAmount(amount)} came back`,
      where: claimCode,
    })),
    ...owed.items.map(({ donationCode, amount }) => ({
      what: `a gift of which ¥${formatAmount(amount)} were repaid`,
      where: donationCode,
    })),
  ];
};

/** The claim of Kangbao that was approved for exactly `amount`. */
const claimOf = (steps: readonly Step[], amount: Fen): ClaimId | undefined =>
  steps
    .flatMap(({ act }) => (act.verb === "approveClaims" ? act.claims : []))
    .find((approval) => approval.amount === amount)?.claim;

export const findExamples = async (read: Read, steps: readonly Step[]): Promise<readonly Example[]> => {
  const examples: Example[] = [];
  const gifts = await Promise.all(largestGifts(steps).map((gift) => traced(read, gift)));
  const [best] = gifts
    .filter((gift) => gift !== undefined)
    .toSorted((one, other) => other.claims - one.claims);
  if (best !== undefined) {
    const { gift, code, claims } = best;
    examples.push({ what: `a gift that paid ${claims} claims`, where: code });
    const amount = formatAmount(gift.amount).replaceAll(",", "");
    examples.push({ what: "find my gift", where: `${gift.transactionNumber}, ${amount}` });
  }
  const known = claimOf(steps, fen(published.oneClaimFen));
  if (known !== undefined) {
    examples.push({
      what: `the claim of ¥${formatAmount(fen(published.oneClaimFen))} in Kangbao`,
      where: encodeCode({ kind: "claim", claim: known }),
    });
  }
  examples.push(...(await exceptional(read)));
  for (const { programme, name, code, shortfall } of await read.programmes()) {
    if (programme !== kangbao && shortfall === 0n) continue;
    const short = shortfall === 0n ? "" : `, short of ¥${formatAmount(shortfall)}`;
    examples.push({ what: `${name.en}${short}`, where: code });
  }
  return examples;
};
