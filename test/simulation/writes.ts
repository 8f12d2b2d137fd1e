/** Random writes: most of them possible as the books stand, some not, and some of gifts that were written before. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { reasons } from "../../protocol/ledger/events.ts";
import type { ClaimView } from "../../protocol/ports/views.ts";
import type { Random } from "../model/random.ts";
import type { Beginning } from "./template.ts";
import { claimOf, enrolledPeople, giftOf, nameOf } from "../server/api/books.ts";

/** One request, and what it does where it is recorded: its deeds, in the words of facts.ts. */
export interface Write {
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
  readonly deeds: readonly string[];
  /** Transaction numbers of its gifts. */
  readonly numbers: readonly string[];
}

type Content = Omit<Write, "key">;

const incidents = ["2019-01-03", "2019-01-15", "2019-01-29"];

export class Writes {
  readonly #random: Random;
  readonly #books: Beginning["books"];
  readonly #numbers: string[] = [];
  #count = 0;

  constructor(random: Random, books: Beginning["books"]) {
    this.#random = random;
    this.#books = books;
  }

  /** A new write over the claims as a gateway shows them. */
  async next(claims: () => Promise<readonly ClaimView[]>): Promise<Write> {
    this.#count += 1;
    const key = `simulated-${this.#count}`;
    const dice = this.#random.between(1, 100);
    if (dice <= 35) return { key, ...this.#gifts() };
    if (dice <= 50) return { key, ...this.#allocation() };
    if (dice <= 57) return { key, ...this.#expense() };
    if (dice <= 60) return { key, ...this.#fund() };
    if (dice <= 75) return { key, ...this.#filing() };
    return { key, ...this.#decision(await claims()) };
  }

  #gifts(): Content {
    const fund = this.#random.pick(this.#books.funds);
    const gifts = Array.from({ length: this.#random.between(1, 5) }, () => {
      const known = this.#numbers.length > 0 && this.#random.chance(12);
      const number = known ? this.#random.pick(this.#numbers) : `INVENTED-SIMULATED-${this.#numbers.length}`;
      if (!known) this.#numbers.push(number);
      return { number, amount: String(this.#random.between(1, 1_000_000)) };
    });
    return {
      path: "/v1/donations",
      body: { donations: gifts.map(({ number, amount }) => giftOf(fund, number, { amount })) },
      deeds: gifts.map(({ amount }) => `gift of ${amount} to ${fund}`),
      numbers: gifts.map(({ number }) => number),
    };
  }

  #allocation(): Content {
    const fund = this.#random.pick(this.#books.funds);
    const programme = this.#random.pick(this.#books.programmes);
    const amount = String(this.#random.between(1, 1_500_000));
    return {
      path: `/v1/programmes/${programme}/allocations`,
      body: { fund, amount, currency: "CNY" },
      deeds: [`allocated ${amount} of ${fund} to ${programme}`],
      numbers: [],
    };
  }

  #expense(): Content {
    const programme = this.#random.pick(this.#books.programmes);
    const amount = String(this.#random.between(1, 10_000));
    return {
      path: `/v1/programmes/${programme}/expenses`,
      body: { kind: "fieldWork", amount, currency: "CNY", voucher: this.#paper() },
      deeds: [`spent ${amount} of ${programme}`],
      numbers: [],
    };
  }

  #fund(): Content {
    const claimsShareBps = this.#random.between(1, 9_999);
    return {
      path: "/v1/funds",
      body: { name: nameOf(`fund ${this.#count}`), currency: "CNY", claimsShareBps },
      deeds: [`fund of ${claimsShareBps}`],
      numbers: [],
    };
  }

  #filing(): Content {
    const { insurance } = this.#books;
    const claims = Array.from({ length: this.#random.between(1, 3) }, () => ({
      ...claimOf(
        insurance,
        String(this.#random.between(100, 100_000)),
        this.#paper(),
        this.#random.between(0, enrolledPeople - 1),
      ),
      incident: this.#random.pick(incidents),
    }));
    return {
      path: "/v1/claims",
      body: { claims },
      deeds: claims.map(({ requested }) => `filed ${requested} at ${insurance}`),
      numbers: [],
    };
  }

  #decision(items: readonly ClaimView[]): Content {
    if (items.length === 0) return this.#filing();
    const head = items.find(({ state, claimsAhead }) => state === "approved" && claimsAhead === 0);
    const claim = head !== undefined && this.#random.chance(2) ? head : this.#random.pick(items);
    const code = encodeCode({ kind: "claim", claim: claim.claim });
    const verb = this.#random.chance(8) ? this.#random.pick(verbs) : this.#fitting(claim);
    const reason = this.#random.pick(reasons);
    const amount = String(this.#random.between(1, Number(claim.requested)));
    const named = (path: string, word: string, more: object = {}): Content => ({
      path: `/v1/claims/${path}`,
      body: { claims: [{ claim: code, ...more }] },
      deeds: [`${word} ${code}`],
      numbers: [],
    });
    switch (verb) {
      case "approve": {
        const approving = named("approve", "approved", { amount, currency: "CNY" });
        return { ...approving, deeds: [`approved ${code} for ${amount}`] };
      }
      case "reject":
        return named("reject", "rejected", { reason });
      case "withdraw":
        return named("withdraw", "withdrew");
      case "hold":
        return named("hold", "held", { reason });
      case "release":
        return named("release", "released");
      case "cancel":
        return named("cancel", "cancelled", { reason });
      case "pay":
        return named("pay", "paid", { paymentNumber: this.#paper() });
      case "recover":
        return this.#recovery(claim);
    }
  }

  /** Money comes back from the claim's last payout; a claim that was never paid is paid instead. */
  #recovery({ claim, payouts }: ClaimView): Content {
    const payout = payouts.at(-1);
    if (payout === undefined) {
      const code = encodeCode({ kind: "claim", claim });
      const body = { claims: [{ claim: code, paymentNumber: this.#paper() }] };
      return { path: "/v1/claims/pay", body, deeds: [`paid ${code}`], numbers: [] };
    }
    if (this.#random.chance(3)) {
      return {
        path: `/v1/payouts/${payout.payout}/return`,
        body: { voucher: this.#paper() },
        deeds: [`returned payout ${payout.payout}`],
        numbers: [],
      };
    }
    const amount = String(this.#random.between(1, Number(payout.amount)));
    return {
      path: `/v1/payouts/${payout.payout}/recoveries`,
      body: { amount, voucher: this.#paper() },
      deeds: [`recovered ${amount} of payout ${payout.payout}`],
      numbers: [],
    };
  }

  #fitting({ state }: ClaimView): Verb {
    switch (state) {
      case "filed":
        return this.#random.pick(["approve", "approve", "approve", "reject", "withdraw"]);
      case "approved":
        return this.#random.pick(["pay", "pay", "pay", "pay", "hold", "cancel"]);
      case "onHold":
        return this.#random.pick(["release", "release", "cancel"]);
      case "paid":
        return "recover";
      case "rejected":
      case "withdrawn":
      case "cancelled":
        return this.#random.pick(verbs);
    }
  }

  #paper(): string {
    return `INVENTED-PAPER-${this.#random.hex32().slice(2, 18)}`;
  }
}

const verbs = ["approve", "reject", "withdraw", "hold", "release", "cancel", "pay", "recover"] as const;
type Verb = (typeof verbs)[number];
