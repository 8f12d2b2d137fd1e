/**
 * The commitment that stands for a donation on the chain: keccak(0x10 ‖ salt 32 ‖ RFC 8785 JSON of the payload).
 * Without the salt it says nothing; with salt and payload, which only vault and receipt hold, anyone can check it.
 */
import { largestAmountFen, parseMinorUnits } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import { concat, fromHex, keccakHex, utf8, type Keccak } from "../bytes.ts";
import { parseOccurredAt, type OccurredAt } from "../calendar.ts";
import type { Bytes32 } from "../ids.ts";
import { channelId } from "./channel.ts";

/** What a donation's commitment hides. All members are text, so that the JSON has one form. */
export interface DonationPayload {
  /** Minor units in decimal digits. */
  readonly amount: string;
  readonly channel: string;
  /** RFC 3339 with +08:00 to the second, or YYYY-MM-DD. */
  readonly occurredAt: string;
  /** Trimmed, NFC. */
  readonly transactionNumber: string;
}

const commitmentPrefix = Uint8Array.of(0x10);

export const maxTransactionNumberLength = 128;

export class InvalidPayload extends Error {
  readonly field: keyof DonationPayload;
  readonly reason: string;
  constructor(field: keyof DonationPayload, reason: string) {
    super(`${field}: ${reason}`);
    this.name = "InvalidPayload";
    this.field = field;
    this.reason = reason;
  }
}

/**
 * Trimmed and NFC, 1 to 128 characters, none of them a control, invisible, or half of one (a lone surrogate). Throws
 * {@link InvalidPayload}.
 */
export const transactionNumberOf = (text: string): string => {
  const number = text.normalize("NFC").trim();
  if (number === "")
    throw new InvalidPayload("transactionNumber", "is empty; give the provider's number of the payment");
  if (number.length > maxTransactionNumberLength) {
    throw new InvalidPayload("transactionNumber", `is longer than ${maxTransactionNumberLength} characters`);
  }
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(number)) {
    throw new InvalidPayload("transactionNumber", "holds a control or invisible character; remove it");
  }
  return number;
};

/**
 * The payload of a donation from what its source says. Throws {@link InvalidPayload} (amount, transaction number),
 * InvalidChannel, InvalidMoment or InvalidDay.
 */
export const donationPayload = (donation: Donation & { readonly occurredAt: string }): DonationPayload =>
  payloadAt(parseOccurredAt(donation.occurredAt), donation);

interface Donation {
  readonly amount: Fen;
  readonly channel: string;
  readonly transactionNumber: string;
}

/** The same where the time was read before. Throws {@link InvalidPayload} or InvalidChannel. */
export const payloadAt = (occurredAt: OccurredAt, donation: Donation): DonationPayload => {
  if (donation.amount < 1n || donation.amount > largestAmountFen) {
    throw new InvalidPayload("amount", "expected 1 to 2^64 − 1 minor units");
  }
  return {
    amount: donation.amount.toString(),
    channel: channelId(donation.channel),
    occurredAt: occurredAt.text,
    transactionNumber: transactionNumberOf(donation.transactionNumber),
  };
};

/** The commitment of a payload under 32 random bytes of salt. The payload is put in its normal form first. */
export const donationCommitment = (salt: Bytes32, payload: DonationPayload): Bytes32 =>
  payloadCommitment(salt, donationPayload({ ...payload, amount: parseMinorUnits(payload.amount) }));

/** The same for a payload in its normal form, as {@link donationPayload} answers it. */
export const payloadCommitment = (salt: Bytes32, payload: DonationPayload, hash?: Keccak): Bytes32 => {
  const { amount, channel, occurredAt, transactionNumber } = payload;
  // RFC 8785: members in ascending order, texts as ECMAScript writes them.
  const text = JSON.stringify({ amount, channel, occurredAt, transactionNumber });
  return keccakHex(concat(commitmentPrefix, fromHex(salt), utf8(text)), hash);
};
