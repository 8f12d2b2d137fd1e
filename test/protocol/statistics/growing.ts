/** A ledger whose claims come in one by one, for asking at each moment what is published of it. */
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import type { ProgrammeCells } from "../../../protocol/statistics/ledger.ts";
import type { Random } from "../../model/random.ts";

/** One claim, told from all others by its number; its kind is the place of its count. */
export interface CountedClaim {
  readonly number: number;
  readonly kind: number;
}

interface GrowingPeriod {
  readonly claims: CountedClaim[];
  closed: boolean;
}

interface GrowingProgramme {
  readonly id: number;
  readonly periods: GrowingPeriod[];
  /** Programmes that have ended count up from 1 in the order of their ends. */
  endedAs: number | undefined;
}

export class GrowingLedger {
  readonly #random: Random;
  readonly #kinds: number;
  readonly #programmes: GrowingProgramme[] = [];
  #claims = 0;
  #ended = 0;

  constructor(random: Random, kinds: number) {
    this.#random = random;
    this.#kinds = kinds;
    this.#addProgramme();
  }

  #addProgramme(): void {
    this.#programmes.push({ id: this.#programmes.length + 1, periods: [], endedAs: undefined });
  }

  #addClaims(period: GrowingPeriod): void {
    for (let more = this.#random.between(0, 9); more > 0; more -= 1) {
      this.#claims += 1;
      const kind = this.#random.chance(3) ? this.#random.between(0, this.#kinds - 1) : 0;
      period.claims.push({ number: this.#claims, kind });
    }
  }

  #change(programme: GrowingProgramme): void {
    const open = programme.periods.filter(({ closed }) => !closed);
    if (open.length === 0 && this.#random.chance(3)) {
      this.#ended += 1;
      programme.endedAs = this.#ended;
    } else if (open.length === 0 || this.#random.chance(6)) {
      programme.periods.push({ claims: [], closed: false });
    } else {
      const period = this.#random.pick(open);
      this.#addClaims(period);
      period.closed = this.#random.chance(2);
    }
  }

  /** One thing happens: a programme or a period is added, claims come in, a period closes, a programme ends. */
  step(): void {
    const running = this.#programmes.filter(({ endedAs }) => endedAs === undefined);
    if (running.length === 0 || this.#random.chance(8)) this.#addProgramme();
    else this.#change(this.#random.pick(running));
  }

  #cellsOf({ id, periods, endedAs }: GrowingProgramme): ProgrammeCells<readonly CountedClaim[]> {
    const cells = periods.map(({ claims, closed }, at) => ({
      key: periodNumber(at + 1),
      counts: Array.from(
        { length: this.#kinds },
        (_, kind) => claims.filter((claim) => claim.kind === kind).length,
      ),
      closed,
      payload: [...claims],
    }));
    return { programme: programmeId(id), periods: cells, ended: endedAs !== undefined };
  }

  inIdOrder(): readonly ProgrammeCells<readonly CountedClaim[]>[] {
    return this.#programmes.map((programme) => this.#cellsOf(programme));
  }

  /** Those that ended, in the order of their ends, before those that run. */
  inOrderOfEnding(): readonly ProgrammeCells<readonly CountedClaim[]>[] {
    const rank = ({ id, endedAs }: GrowingProgramme): number => endedAs ?? 1000 + id;
    return [...this.#programmes]
      .sort((one, other) => rank(one) - rank(other))
      .map((programme) => this.#cellsOf(programme));
  }
}
