/** A programme's line as runs of positions that came from one fund each, and what lies behind its spent front. */
import { fen, zeroFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import type { FundId } from "../../protocol/ids.ts";

export interface Run {
  readonly fund: FundId;
  readonly amount: bigint;
}

interface KeptRun {
  readonly fund: FundId;
  end: bigint;
}

export class OriginLine {
  /** Ascending and without a gap: each begins where the one before it ends. */
  readonly #runs: KeptRun[] = [];
  readonly #left = new Map<FundId, Fen>();
  /** What is taken, past the end of the line too, and how much of that the line had. */
  #taken = 0n;
  #front = 0n;
  /** The place in the list of the run that holds the front. */
  #frontRun = 0;

  get #end(): bigint {
    return this.#runs.at(-1)?.end ?? 0n;
  }

  /** What of a fund's money is not taken. */
  left(fund: FundId): Fen {
    return this.#left.get(fund) ?? zeroFen;
  }

  /** Lengthens the line. What was taken past its end before is taken from this now. */
  append({ fund, amount }: Run): void {
    if (amount === 0n) return;
    const last = this.#runs.at(-1);
    if (last?.fund === fund) last.end += amount;
    else this.#runs.push({ fund, end: this.#end + amount });
    this.#left.set(fund, fen(this.left(fund) + amount));
    this.takeUpTo(this.#taken);
  }

  /** Takes all up to `front`; answers what that took of which fund. */
  takeUpTo(front: bigint): readonly Run[] {
    if (front > this.#taken) this.#taken = front;
    const target = this.#taken < this.#end ? this.#taken : this.#end;
    const taken = this.between(this.#front, target, this.#frontRun);
    for (const { fund, amount } of taken) this.#left.set(fund, fen(this.left(fund) - amount));
    this.#front = target;
    // Never past the last run: more of its fund's money makes it longer.
    while (this.#frontRun < this.#runs.length - 1 && this.#endOf(this.#frontRun) <= target) {
      this.#frontRun += 1;
    }
    return taken;
  }

  /** The runs of the positions [start, end), cut to them. `from`: no run before that one meets them. */
  between(start: bigint, end: bigint, from = this.#runAt(start)): readonly Run[] {
    const found: Run[] = [];
    let at = start;
    for (let index = from; at < end; index += 1) {
      const run = this.#runs[index];
      if (run === undefined) throw new RangeError(`positions ${at} to ${end} are past the line's end`);
      if (run.end <= at) continue;
      const cut = run.end < end ? run.end : end;
      found.push({ fund: run.fund, amount: cut - at });
      at = cut;
    }
    return found;
  }

  #endOf(run: number): bigint {
    return this.#runs[run]?.end ?? 0n;
  }

  /** The place in the list of the run that holds a position. */
  #runAt(position: bigint): number {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#endOf(middle) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
