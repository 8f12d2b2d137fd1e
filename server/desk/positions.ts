/**
 * Where the next record of a line will start, counting what is on its way. A verb names the position it expects;
 * pipelining several of them means knowing the end that those before will leave.
 */
import type { Position } from "../../protocol/amounts.ts";

interface Line {
  end: Position;
  underWay: number;
}

export class Positions {
  readonly #lines = new Map<string, Line>();

  /** The end of `line`: the projected one while records are on their way, else what `recorded` reads. */
  async end(line: string, recorded: () => Promise<Position>): Promise<Position> {
    return this.#lines.get(line)?.end ?? (await recorded());
  }

  /**
   * Notes that a record on its way will leave `line` at `end`. Once all that are under way have settled, the books
   * decide again; so a refused record leaves no wrong projection behind. `settled` must not resolve before the
   * books that `recorded` reads show the record.
   */
  advance(line: string, end: Position, settled: Promise<unknown>): void {
    const entry = this.#lines.get(line) ?? { end, underWay: 0 };
    entry.end = end;
    entry.underWay += 1;
    this.#lines.set(line, entry);
    const done = (): void => {
      entry.underWay -= 1;
      if (entry.underWay === 0) this.#lines.delete(line);
    };
    settled.then(done, done);
  }
}
