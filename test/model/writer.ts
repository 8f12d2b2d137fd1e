/** Writes a history verb by verb, playing each on the per-fen model at once. */
import { dayStart } from "../../protocol/calendar.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { ModelProgramme } from "./books.ts";
import { PerFenModel } from "./per-fen.ts";
import { duePeriods } from "./periods.ts";
import { Random } from "./random.ts";
import type { LedgerVerb, Verb } from "./verbs.ts";

export const hour = 3600;
export const day = 24 * hour;
/** A verb writes at most this many close records by the way. */
const mostRolls = 8;
const largestUsualAmount = 60;

/** In the future of every chain that a history is applied to. */
export const historyStart: UnixSeconds = dayStart(20_400_101);

/** How a programme's policy periods are cut. */
export type PeriodStyle = "short" | "long" | "daily" | "flurry";

/** Runs between two verbs, when the model stands still. */
export type Pause = (model: PerFenModel, now: UnixSeconds) => void;

export class Writer {
  readonly verbs: Verb[] = [];
  readonly random: Random;
  readonly model = new PerFenModel(historyStart);
  readonly styles: PeriodStyle[] = [];
  #now = historyStart;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  get now(): UnixSeconds {
    return this.#now;
  }

  /** The block time of the next verb. */
  get next(): UnixSeconds {
    return this.#now + 1;
  }

  write(verb: LedgerVerb): void {
    this.#now += 1;
    this.model.apply(this.#now, verb);
    this.verbs.push(verb);
  }

  wait(seconds: number): void {
    this.#now += seconds;
    this.verbs.push({ verb: "wait", seconds });
  }

  /** Closes periods by themselves where too many are due for a verb that touches these programmes. */
  ready(...programmes: readonly ModelProgramme[]): void {
    for (;;) {
      const late = programmes.find((programme) => duePeriods(programme, this.next) > mostRolls);
      if (late === undefined) return;
      const { programme } = late.verb;
      this.write({ verb: "closePeriod", programme, max: this.random.between(1, 12) });
    }
  }

  amount(most = largestUsualAmount): bigint {
    return BigInt(this.random.chance(4) ? 1 : this.random.between(1, Math.max(1, most)));
  }

  /** One of those that there are. */
  some<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : this.random.pick(items);
  }

  programme(): ModelProgramme {
    return this.random.pick(this.model.programmes);
  }
}

/** Something that may happen next. Answers whether it could. */
export type Happening = (writer: Writer) => boolean;
