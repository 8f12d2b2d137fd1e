/**
 * Finds a gift by what its giver has: the payment's number and the amount. It alone opens a commitment, so it is the
 * one answer that could be guessed at: an unknown number and a wrong amount are answered alike, after the same look-ups
 * and the same time, and only so many questions are answered.
 */
import { InvalidPayload, transactionNumberOf } from "../../protocol/donations/commitment.ts";
import type { GiftAnswer, GiftQuery } from "../../protocol/ports/read.ts";
import type { Receipt } from "../../protocol/receipt/types.ts";
import { receiptOf } from "../../protocol/receipt/write.ts";
import { systemTimer, type Timer } from "../timer.ts";
import type { KeptOpening } from "../vault/vault.ts";
import { findOpening, readDonationProof } from "./donations.ts";
import { Guesses } from "./guesses.ts";
import type { FindGiftLimits, ReadOptions } from "./options.ts";
import type { Reading } from "./reading.ts";

/** Donors behind one carrier's address are many; one payment is asked about by one donor. */
const findGiftLimits: FindGiftLimits = {
  perAddress: 20,
  perNumber: 10,
  windowMs: 60_000,
  remembered: 50_000,
  answerMs: 400,
};

type RunRead = <Result>(work: (reading: Reading) => Promise<Result>) => Promise<Result>;

export class GiftFinder {
  readonly #vault: ReadOptions["vault"];
  readonly #run: RunRead;
  readonly #limits: FindGiftLimits;
  readonly #timer: Timer;
  readonly #guesses: Guesses;

  constructor(options: ReadOptions, run: RunRead) {
    this.#vault = options.vault;
    this.#run = run;
    this.#limits = { ...findGiftLimits, ...options.findGift };
    this.#timer = options.timer ?? systemTimer;
    this.#guesses = new Guesses(this.#limits, this.#timer);
  }

  async find(query: GiftQuery): Promise<GiftAnswer> {
    const startedMs = this.#timer.nowMs();
    const number = normalized(query.transactionNumber);
    const retryAfterSeconds = this.#guesses.count(query.askedFrom, number ?? query.transactionNumber);
    if (retryAfterSeconds !== undefined) return { outcome: "tooMany", retryAfterSeconds };
    const receipt = await this.#run((reading) => this.#receipt(reading, query, number));
    const restMs = startedMs + this.#limits.answerMs - this.#timer.nowMs();
    if (restMs > 0) await this.#timer.sleep(restMs);
    return receipt === undefined ? { outcome: "notFound" } : { outcome: "found", receipt };
  }

  async #receipt(
    reading: Reading,
    query: GiftQuery,
    number: string | undefined,
  ): Promise<Receipt | undefined> {
    if (number === undefined) return undefined;
    const openings = await this.#openings(reading, query, number);
    const amount = query.amount.toString();
    const opening = openings.find(({ findable, payload }) => findable && payload.amount === amount);
    if (opening === undefined) return undefined;
    const place = await findOpening(reading, opening);
    if (place === undefined) return undefined;
    const proof = await readDonationProof(reading, place.batch, place.index);
    if (proof === undefined) return undefined;
    const { salt, payload } = opening;
    return receiptOf(proof, { salt, payload });
  }

  /** One look-up in every channel that is asked for, whichever of them know the number. */
  async #openings(reading: Reading, query: GiftQuery, number: string): Promise<readonly KeptOpening[]> {
    const channels =
      query.channel === undefined
        ? (await reading.database.selectFrom("channels").select("channel").execute()).map(
            (row) => row.channel,
          )
        : [query.channel];
    const openings = await Promise.all(
      channels.map((channel) => this.#vault.byReference({ channel, transactionNumber: number })),
    );
    return openings.filter((opening) => opening !== undefined);
  }
}

/** The form in which the vault knows a number; undefined for a text that can be none. */
const normalized = (text: string): string | undefined => {
  try {
    return transactionNumberOf(text);
  } catch (error) {
    if (error instanceof InvalidPayload) return undefined;
    throw error;
  }
};
