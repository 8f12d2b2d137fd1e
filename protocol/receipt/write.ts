/** Receipts and proofs as text: RFC 8785 JSON, whole numbers that may pass 2^53 as decimal digits. */
import { parseMinorUnits } from "../amounts.ts";
import { encodeCode } from "../codes/code.ts";
import { donationCommitment } from "../donations/commitment.ts";
import type { Leaf } from "../donations/leaves.ts";
import { canonicalJson } from "../json.ts";
import { proofFormat, receiptFormat, receiptVersion } from "./types.ts";
import type { DonationPlace, DonationProof, Opening, Receipt } from "./types.ts";

/** The leaf that a receipt opens. Throws InvalidPayload, InvalidAmount, InvalidChannel or InvalidMoment. */
export const leafOf = ({ opening }: Pick<Receipt, "opening">): Leaf => ({
  amount: parseMinorUnits(opening.payload.amount),
  commitment: donationCommitment(opening.salt, opening.payload),
});

/** The receipt of a donation whose opening is known. */
export const receiptOf = ({ leaf: _leaf, ...place }: DonationProof, opening: Opening): Receipt => ({
  ...place,
  opening,
});

/** What of a receipt anyone may see. Throws as {@link leafOf}. */
export const proofOf = ({ opening, ...place }: Receipt): DonationProof => ({
  ...place,
  leaf: leafOf({ opening }),
});

const batchJson = ({ batch, fund, startsAt, count, sum, root }: DonationPlace["batch"]) => ({
  batch,
  count,
  fund,
  root,
  startsAt: startsAt.toString(),
  sum: sum.toString(),
});

const placeJson = ({ place, batch, index, siblings, head, notedHead }: DonationPlace) => ({
  batch: batchJson(batch),
  chain: { chainId: place.chainId, ledger: place.ledger, lens: place.lens },
  code: encodeCode({ kind: "donation", batch: batch.batch, index }),
  head: { hash: head.hash, number: head.number, time: head.time },
  index,
  ...(notedHead === undefined ? {} : { notedHead: { hash: notedHead.hash, number: notedHead.number } }),
  siblings: siblings.map(({ hash, sum }) => ({ hash, sum: sum.toString() })),
  version: receiptVersion,
});

export const receiptJson = (receipt: Receipt) => ({
  ...placeJson(receipt),
  format: receiptFormat,
  opening: {
    amount: receipt.opening.payload.amount,
    channel: receipt.opening.payload.channel,
    occurredAt: receipt.opening.payload.occurredAt,
    salt: receipt.opening.salt,
    transactionNumber: receipt.opening.payload.transactionNumber,
  },
});

export const proofJson = (proof: DonationProof) => ({
  ...placeJson(proof),
  format: proofFormat,
  leaf: { amount: proof.leaf.amount.toString(), commitment: proof.leaf.commitment },
});

/** The file that a donor keeps. At most {@link receiptLimitBytes} bytes of UTF-8. */
export const receiptText = (receipt: Receipt): string => canonicalJson(receiptJson(receipt));
export const proofText = (proof: DonationProof): string => canonicalJson(proofJson(proof));
