/**
 * A few running totals of the books, kept while the script is written: what a fund still has, what a reserve holds
 * and who waits for it. The ledger decides all of this again; the tests compare.
 */
import { position } from "../../../protocol/amounts.ts";
import type { ClaimId } from "../../../protocol/ids.ts";
import { claimsBetween } from "../../../protocol/lines/share.ts";

/** All funds of the demonstration keep the same promise: 90 % for claims. */
export const claimsShareBps = 9_000;

interface Fund {
  donatedFen: number;
  allocatedFen: number;
}

export interface Waiting {
  readonly claim: ClaimId;
  readonly amountFen: number;
}

interface Programme {
  allocatedFen: number;
  reserveFen: number;
  /** Negative where more was spent than came in: an advance. */
  operationsFen: number;
  queue: Waiting[];
}

const record = <Value>(map: Map<number, Value>, id: number, empty: () => Value): Value => {
  const known = map.get(id);
  if (known !== undefined) return known;
  const made = empty();
  map.set(id, made);
  return made;
};

export class Tally {
  readonly #funds = new Map<number, Fund>();
  readonly #programmes = new Map<number, Programme>();

  #fund(fund: number): Fund {
    return record(this.#funds, fund, () => ({ donatedFen: 0, allocatedFen: 0 }));
  }

  programme(programme: number): Programme {
    return record(this.#programmes, programme, () => ({
      allocatedFen: 0,
      reserveFen: 0,
      operationsFen: 0,
      queue: [],
    }));
  }

  unallocatedFen(fund: number): number {
    const { donatedFen, allocatedFen } = this.#fund(fund);
    return donatedFen - allocatedFen;
  }

  donate(fund: number, amountFen: number): void {
    this.#fund(fund).donatedFen += amountFen;
  }

  allocate(fund: number, programme: number, amountFen: number): void {
    const from = this.#fund(fund);
    const to = this.programme(programme);
    const [start, end] = [position(from.allocatedFen), position(from.allocatedFen + amountFen)];
    const claimsFen = Number(claimsBetween(start, end, claimsShareBps));
    from.allocatedFen += amountFen;
    to.allocatedFen += amountFen;
    to.reserveFen += claimsFen;
    to.operationsFen += amountFen - claimsFen;
  }

  spend(programme: number, amountFen: number): void {
    this.programme(programme).operationsFen -= amountFen;
  }

  approve(programme: number, waiting: Waiting): void {
    this.programme(programme).queue.push(waiting);
  }

  /** Out of the queue, where others overtake it. */
  hold(programme: number, claim: ClaimId): void {
    const books = this.programme(programme);
    books.queue = books.queue.filter((waiting) => waiting.claim !== claim);
  }

  /** Money of a payout that came back. */
  recover(programme: number, amountFen: number): void {
    this.programme(programme).reserveFen += amountFen;
  }

  /** A payment that the bank returned: its claim stands before all that wait. */
  returnPayment(programme: number, returned: Waiting): void {
    this.recover(programme, returned.amountFen);
    this.programme(programme).queue.unshift(returned);
  }

  /** Takes from the front of the queue what the reserve can pay, whole claims only. */
  pay(programme: number): readonly Waiting[] {
    const books = this.programme(programme);
    const paid: Waiting[] = [];
    for (let head = books.queue[0]; head !== undefined && head.amountFen <= books.reserveFen;) {
      books.reserveFen -= head.amountFen;
      books.queue.shift();
      paid.push(head);
      head = books.queue[0];
    }
    return paid;
  }
}
