/** Many rows in few statements. */
import type { Session, Value } from "./database.ts";
import { blob } from "./rows.ts";
import type { Row } from "./rows.ts";

/** Rows of one statement, in falling powers of two, so that a table needs few different statements. */
const chunkSizes = [64, 16, 4, 1] as const;

export interface Insertion {
  readonly table: string;
  readonly columns: readonly string[];
  /** What follows ON CONFLICT; absent, a conflict is an error. */
  readonly onConflict?: string;
}

const statements = new Map<string, string>();

const quoted = (name: string): string => `"${name}"`;

const statementOf = ({ table, columns, onConflict }: Insertion, count: number): string => {
  const key = `${table} ${count} ${onConflict ?? ""}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const row = `(${columns.map(() => "?").join()})`;
  const statement =
    `INSERT INTO ${quoted(table)} (${columns.map(quoted).join()}) VALUES ${Array.from({ length: count }, () => row).join()}` +
    (onConflict === undefined ? "" : ` ON CONFLICT ${onConflict}`);
  statements.set(key, statement);
  return statement;
};

/** Inserts rows in their order, each with a value for every column; answers how many were inserted or changed. */
export const insertRows = async <Schema>(
  session: Session<Schema>,
  insertion: Insertion,
  rows: readonly (readonly Value[])[],
): Promise<number> => {
  let [at, changed] = [0, 0];
  for (const size of chunkSizes) {
    for (; rows.length - at >= size; at += size) {
      changed += await session.run(statementOf(insertion, size), rows.slice(at, at + size).flat());
    }
  }
  return changed;
};

/** Marks asked about in one statement: many are asked about together, and mostly none is there. */
const marksAtOnce = 100;
const markPlaces = Array.from({ length: marksAtOnce }, () => "?").join();

/**
 * The rows whose column `mark` holds one of `marks`, by the index of that mark, or by each of them where it stands
 * there twice. `select` is the statement up to its WHERE, with that column in it.
 */
export const rowsOfMarks = async <Schema>(
  session: Session<Schema>,
  select: string,
  marks: readonly Buffer[],
): Promise<ReadonlyMap<number, Row>> => {
  const found = new Map<number, Row>();
  for (let from = 0; from < marks.length; from += marksAtOnce) {
    const asked = marks.slice(from, from + marksAtOnce);
    const last = asked.at(-1) ?? Buffer.alloc(0);
    // A statement has one number of values: the last mark fills the rest.
    const filled = [...asked, ...Array.from({ length: marksAtOnce - asked.length }, () => last)];
    const rows = await session.all(`${select} WHERE mark IN (${markPlaces})`, filled);
    if (rows.length === 0) continue;
    const byMark = new Map(rows.map((row) => [blob(row, "mark").toString("hex"), row]));
    for (const [index, mark] of asked.entries()) {
      const row = byMark.get(mark.toString("hex"));
      if (row !== undefined) found.set(from + index, row);
    }
  }
  return found;
};
