/**
 * What a year's books must say, reckoned from the story alone with plain sums: nothing of the ledger's own code is used
 * here, so that the two can disagree.
 */

/** One fund: the position at which the next allocation begins, and its promise in tenths. */
export class FundLine {
  readonly #tenths: bigint;
  #taken = 0n;

  constructor(tenths = 9n) {
    this.#tenths = tenths;
  }

  /** How the next `amount` fen of the line are split: of the first x fen floor(x × tenths / 10) are for claims. */
  take(amount: bigint): { readonly claims: bigint; readonly operations: bigint } {
    const claimsUpTo = (position: bigint): bigint => (position * this.#tenths) / 10n;
    const claims = claimsUpTo(this.#taken + amount) - claimsUpTo(this.#taken);
    this.#taken += amount;
    return { claims, operations: amount - claims };
  }
}

export interface Figures {
  allocated: bigint;
  movedIn: bigint;
  movedOut: bigint;
  recovered: bigint;
  paid: bigint;
  operationsIn: bigint;
  expenses: bigint;
}

export interface Waterfall extends Readonly<Figures> {
  readonly opening: bigint;
  readonly closing: bigint;
}

/** The reserve of one programme, period by period. */
export class Reckoning {
  readonly #line: FundLine;
  readonly #periods: Figures[] = [];

  constructor(line: FundLine) {
    this.#line = line;
  }

  /** The figures of a period, 1 for the first; what the story does is added to them. */
  in(period: number): Figures {
    while (this.#periods.length < period) {
      this.#periods.push({
        allocated: 0n,
        movedIn: 0n,
        movedOut: 0n,
        recovered: 0n,
        paid: 0n,
        operationsIn: 0n,
        expenses: 0n,
      });
    }
    const figures = this.#periods[period - 1];
    if (figures === undefined) throw new RangeError(`no period ${period}`);
    return figures;
  }

  allocate(period: number, amount: bigint): void {
    const { claims, operations } = this.#line.take(amount);
    this.in(period).allocated += claims;
    this.in(period).operationsIn += operations;
  }

  /** Opening, what came and went, closing. */
  waterfall(period: number): Waterfall {
    const opening = this.#periods.slice(0, period - 1).reduce((sum, figures) => sum + changeOf(figures), 0n);
    const figures = this.in(period);
    return { opening, ...figures, closing: opening + changeOf(figures) };
  }
}

const changeOf = ({ allocated, movedIn, movedOut, recovered, paid }: Figures): bigint =>
  allocated + movedIn - movedOut + recovered - paid;
