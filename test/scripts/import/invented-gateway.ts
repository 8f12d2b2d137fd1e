/** A gateway in memory that keeps the API's promises: all or none, once for a key, and how a gift stands. */
import { addFen, zeroFen, type Fen } from "../../../protocol/amounts.ts";
import type { DonationStanding } from "../../../protocol/ports/desk.ts";
import {
  GatewayFailure,
  GiftsRefused,
  maxGiftsPerRequest,
  type Gift,
  type ImportTarget,
} from "../../../scripts/import/target.ts";

const referenceOf = ({ channel, transactionNumber }: Gift): string => `${channel} ${transactionNumber}`;

export class InventedGateway implements ImportTarget {
  readonly gifts = new Map<string, Gift>();
  readonly requests: { readonly key: string; readonly gifts: readonly Gift[] }[] = [];
  readonly keys = new Set<string>();
  readonly funds: ReadonlySet<string>;
  asked = 0;
  /** The request of this number, from 1, fails: before anything was recorded, or with its answer lost. */
  failing: { readonly request: number; readonly after: "nothing" | "recording" } | undefined;

  constructor(...funds: readonly string[]) {
    this.funds = new Set(funds);
  }

  async standing(gifts: readonly Gift[]): Promise<readonly DonationStanding[]> {
    this.#limit(gifts);
    this.asked += 1;
    const stray = gifts.findIndex(({ fund }) => !this.funds.has(fund));
    if (stray !== -1) {
      throw new GiftsRefused("refused", [{ field: `donations[${stray}].fund`, reason: "no such fund" }]);
    }
    return gifts.map((gift) => this.#standing(gift));
  }

  async record(gifts: readonly Gift[], key: string): Promise<void> {
    this.#limit(gifts);
    this.requests.push({ key, gifts });
    const failing = this.failing?.request === this.requests.length ? this.failing.after : undefined;
    if (failing === "nothing") throw new GatewayFailure("the gateway went away");
    if (!this.keys.has(key)) {
      if (gifts.some((gift) => this.#standing(gift) !== "new")) {
        throw new GatewayFailure("some are recorded already");
      }
      for (const gift of gifts) this.gifts.set(referenceOf(gift), gift);
      this.keys.add(key);
    }
    if (failing === "recording") throw new GatewayFailure("the answer was lost");
  }

  async fundTotal(code: string): Promise<Fen | undefined> {
    return this.funds.has(code) ? this.total(code) : undefined;
  }

  total(fund?: string): Fen {
    return [...this.gifts.values()]
      .filter((gift) => fund === undefined || gift.fund === fund)
      .reduce((sum, { amount }) => addFen(sum, amount), zeroFen);
  }

  #standing(gift: Gift): DonationStanding {
    const known = this.gifts.get(referenceOf(gift));
    if (known === undefined) return "new";
    const same =
      known.amount === gift.amount && known.fund === gift.fund && known.occurredAt === gift.occurredAt;
    return same ? "recorded" : "conflict";
  }

  #limit(gifts: readonly Gift[]): void {
    if (gifts.length < 1 || gifts.length > maxGiftsPerRequest) throw new RangeError("1 to 3,000 gifts");
  }
}
