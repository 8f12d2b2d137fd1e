/**
 * Where the next record of a line will start, counting what is on its way. A verb names the position it expects;
 * pipelining several of them means knowing the end that those before will leave.
 */
import { position, type Position } from "../../protocol/amounts.ts";

interface Line {
  end: Position;
  underWay: number;
}

/** What a record on its way will take of a line. */
export interface Taken {
  readonly start: Position;
  readonly end: Position;
}

export class Positions {
  readonly #lines = new Map<string, Line>();

  /**
   * The end of `line`: the projected one while records are on their way, else what `recorded` reads. It must read
   * when it is called: what was read before may have been moved by a record that has settled since.
   */
  async end(line: string, recorded: () => Promise<Position>): Promise<Position> {
    return this.#lines.get(line)?.end ?? (await recorded());
  }

  /**
   * Notes that a record on its way will take [start, end) of `line`. `landed` answers false where it was refused:
   * those behind it then move forward by what it does not take. Once all that are under way have settled, the books
   * decide again; so `landed` must not resolve before the books that `recorded` reads show the record.
   */
  advance(line: string, { start, end }: Taken, landed: Promise<boolean>): void {
    const entry = this.#lines.get(line) ?? { end, underWay: 0 };
    entry.end = end;
    entry.underWay += 1;
    this.#lines.set(line, entry);
    const settle = (hasLanded: boolean): void => {
      if (!hasLanded) entry.end = position(entry.end - (end - start));
      entry.underWay -= 1;
      if (entry.underWay === 0) this.#lines.delete(line);
    };
    landed.then(settle, () => settle(false));
  }
}
