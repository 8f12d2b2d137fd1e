/**
 * What the per-fen model is made of: one object per fen, with the list of the places where it has stood. Slow and
 * simple on purpose: nothing here is an interval, and nothing is computed that could be counted.
 */

/** How a fen came to a place by itself: as part of money that came back, or that moved on to another programme. */
export type Step = { readonly kind: "recovery" | "move"; readonly id: number };

export interface Place {
  readonly fen: Fen;
  readonly line: Line;
  /** On that line, from 0. */
  readonly position: number;
  /** How many recoveries and moves brought the fen here; 0 where it was allocated. */
  readonly hops: number;
  /** The last of them. */
  readonly via: Step | undefined;
}

/** One fen, from the gift to wherever it is. */
export interface Fen {
  readonly fund: number;
  /** On the fund's line, from 0. */
  readonly position: number;
  readonly batch: number;
  /** The place of the donation in its batch, from 0. */
  readonly leaf: number;
  /** The refund that made the foundation its owner; 0 while it is the donor's. */
  refund: number;
  /** 0 until it is allocated. */
  allocation: number;
  /** Where it has stood on the lines of programmes; the last place is where it is. */
  readonly places: Place[];
}

/** What took the fen at one position of a line. */
export type Taker = { readonly kind: "payout" | "expense" | "move"; readonly id: number };

/** A programme's reserve or operations line. Expenses may take positions to which no fen has come yet: an advance. */
export class Line {
  readonly programme: number;
  readonly lane: "claims" | "operations";
  readonly places: Place[] = [];
  readonly takers: Taker[] = [];

  constructor(programme: number, lane: "claims" | "operations") {
    this.programme = programme;
    this.lane = lane;
  }

  /** How many fen stand on it that nothing has taken. */
  get left(): number {
    return Math.max(0, this.places.length - this.takers.length);
  }

  put(fen: Fen, via?: Step): void {
    const hops = via === undefined ? 0 : 1 + (fen.places.at(-1)?.hops ?? 0);
    const place = { fen, line: this, position: this.places.length, hops, via };
    this.places.push(place);
    fen.places.push(place);
  }

  /** Takes the next positions for `taker`. Answers the fen that stand there already. */
  take(count: number, taker: Taker): readonly Place[] {
    const taken: Place[] = [];
    for (let number = 0; number < count; number += 1) {
      const place = this.places[this.takers.length];
      if (place !== undefined) taken.push(place);
      this.takers.push(taker);
    }
    return taken;
  }
}

/**
 * Insurers who stand in a row, each with a counter. A fen comes to the first: its counter goes up by its share, and
 * when it is full, of the shares from here on, the insurer bears the fen; otherwise the fen goes on to the next.
 */
export class InsurersInARow {
  readonly #shares: readonly number[];
  readonly #counters: number[];

  constructor(shares: readonly number[]) {
    this.#shares = shares;
    this.#counters = shares.map(() => 0);
  }

  /** What each bears of the next `count` fen. */
  bear(count: number): readonly number[] {
    const parts = this.#shares.map(() => 0);
    for (let number = 0; number < count; number += 1) {
      const bearer = this.#next();
      parts[bearer] = (parts[bearer] ?? 0) + 1;
    }
    return parts;
  }

  #next(): number {
    let full = 10_000;
    for (const [at, share] of this.#shares.entries()) {
      const counter = (this.#counters[at] ?? 0) + share;
      this.#counters[at] = counter >= full ? counter - full : counter;
      if (counter >= full) return at;
      full -= share;
    }
    throw new RangeError("the shares of the insurers are not a whole");
  }
}
