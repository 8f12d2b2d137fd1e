/** What a gift must be before anything of it is kept: the rules that each gift is held to, by itself or beside others. */
import { dayOf, formatDay, parseOccurredAt } from "../../protocol/calendar.ts";
import { payloadAt, type DonationPayload } from "../../protocol/donations/commitment.ts";
import { maxLeaves } from "../../protocol/donations/leaves.ts";
import type { FundId } from "../../protocol/ids.ts";
import type { DayNumber, UnixSeconds } from "../../protocol/ledger/events.ts";
import { DeskRefusal, type DonationRequest } from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";
import { unknownChannel } from "./known.ts";

export const maxGiftsPerRequest = maxLeaves;

/** A gift whose fields have been checked, with its place among those asked for. */
export interface CheckedGift {
  readonly index: number;
  readonly request: DonationRequest;
  readonly payload: DonationPayload;
  readonly givenOn: DayNumber;
  readonly day: DayNumber;
}

/** What the books know, looked up once for however many gifts. */
export class GiftChecks {
  readonly #counter: Counter;
  readonly #channels = new Map<string, boolean>();
  #funds: ReadonlySet<FundId> | undefined;

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /** The gifts of one request. Throws {@link DeskRefusal} naming `donations[i].field`. */
  async check(gifts: readonly DonationRequest[]): Promise<readonly CheckedGift[]> {
    if (gifts.length === 0) throw new DeskRefusal("donations", "expected at least one");
    if (gifts.length > maxGiftsPerRequest) {
      throw new DeskRefusal("donations", `expected at most ${maxGiftsPerRequest}, got ${gifts.length}`);
    }
    const funds = await this.#knownFunds();
    const seen = new Map<string, number>();
    const checked: CheckedGift[] = [];
    for (const [index, request] of gifts.entries()) {
      const at = `donations[${index}]`;
      if (!funds.has(request.fund)) throw new DeskRefusal(`${at}.fund`, `no fund ${request.fund}`);
      if (!(await this.#isChannel(request.channel))) {
        throw new DeskRefusal(`${at}.channel`, unknownChannel);
      }
      const gift = checkGift(index, request);
      const payment = paymentOf(gift);
      const before = seen.get(payment);
      if (before !== undefined) {
        throw new DeskRefusal(`${at}.transactionNumber`, `repeats that of donations[${before}]`);
      }
      seen.set(payment, index);
      checked.push(gift);
    }
    return checked;
  }

  /** Throws {@link DeskRefusal} for a gift of a day that has not come. */
  requirePast(gifts: readonly CheckedGift[]): void {
    const latest = latestDay(this.#counter.parts.now());
    for (const { index, givenOn, day } of gifts) {
      const at = `donations[${index}]`;
      if (givenOn > latest) throw new DeskRefusal(`${at}.occurredAt`, futureReason(givenOn, latest));
      if (day > latest) throw new DeskRefusal(`${at}.day`, futureReason(day, latest));
    }
  }

  async #knownFunds(): Promise<ReadonlySet<FundId>> {
    this.#funds ??= new Set((await this.#counter.parts.read.funds()).map(({ fund }) => fund));
    return this.#funds;
  }

  async #isChannel(channel: string): Promise<boolean> {
    const known = this.#channels.get(channel);
    if (known !== undefined) return known;
    const isChannel = await this.#counter.parts.isChannel(channel);
    this.#channels.set(channel, isChannel);
    return isChannel;
  }
}

/** What tells one payment from another. */
export const paymentOf = ({ payload }: CheckedGift): string =>
  `${payload.channel}\0${payload.transactionNumber}`;

const checkGift = (index: number, request: DonationRequest): CheckedGift => {
  const at = `donations[${index}]`;
  if (request.amount === 0n) throw new DeskRefusal(`${at}.amount`, "expected at least one minor unit");
  const field = <Result>(name: string, read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      throw new DeskRefusal(`${at}.${name}`, error instanceof Error ? error.message : String(error));
    }
  };
  const occurredAt = field("occurredAt", () => parseOccurredAt(request.occurredAt));
  const payload = field("transactionNumber", () =>
    payloadAt(occurredAt, {
      amount: request.amount,
      channel: request.channel,
      transactionNumber: request.transactionNumber,
    }),
  );
  const givenOn = occurredAt.day;
  const day = request.day ?? givenOn;
  return { index, request, payload, givenOn, day };
};

/** A record cannot be corrected, so a mistyped year is refused; a day is left for clocks that differ. */
const latestDay = (now: UnixSeconds): DayNumber => dayOf(now + 86_400);

const futureReason = (day: DayNumber, latest: DayNumber): string =>
  `${formatDay(day)} lies in the future; expected ${formatDay(latest)} or before`;
