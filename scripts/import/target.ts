/** What an import needs of a gateway, so that its rules can be tested without one. */
import type { Fen } from "../../protocol/amounts.ts";
import type { DonationStanding } from "../../protocol/ports/desk.ts";

/** One gift as a row of the file tells it, in the terms of the API. */
export interface Gift {
  /** The fund's code, such as F01N. */
  readonly fund: string;
  readonly channel: string;
  /** RFC 3339 with +08:00 to the second, or YYYY-MM-DD. */
  readonly occurredAt: string;
  readonly transactionNumber: string;
  readonly amount: Fen;
  readonly currency: string;
  readonly providerIssued: boolean;
  /** Free text, for the vault only. */
  readonly remark?: string;
}

/** The API's limit on the gifts of one request. */
export const maxGiftsPerRequest = 3_000;

export interface ImportTarget {
  /** How 1 to 3,000 gifts stand to the books, in their order; nothing is written. Throws {@link GiftsRefused}. */
  standing(gifts: readonly Gift[]): Promise<readonly DonationStanding[]>;
  /**
   * Records 1 to 3,000 gifts, all or none; resolves once they are readable in the books. The same key with the same
   * gifts records nothing a second time. Throws {@link GiftsRefused} and {@link GatewayFailure}.
   */
  record(gifts: readonly Gift[], idempotencyKey: string): Promise<void>;
  /** What the ledger says was donated to a fund; undefined for a fund that it does not know. */
  fundTotal(code: string): Promise<Fen | undefined>;
}

/** The gateway is not there, does not answer as agreed, or the ledger refused; what was recorded stays recorded. */
export class GatewayFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "GatewayFailure";
  }
}

/** The gateway understood and refuses these gifts; `errors` name `donations[index].field`. */
export class GiftsRefused extends GatewayFailure {
  readonly errors: readonly { readonly field: string; readonly reason: string }[];
  constructor(message: string, errors: readonly { readonly field: string; readonly reason: string }[]) {
    super(message);
    this.name = "GiftsRefused";
    this.errors = errors;
  }
}
