/** Rows as a database gave them, read with a check: whatever wrote them, a wrong value is named and not used. */

/** A row did not hold what its schema says. */
export class DamagedRow extends Error {
  readonly column: string;
  constructor(column: string, expected: string) {
    super(`column ${column}: expected ${expected}; restore the store from its backup`);
    this.name = "DamagedRow";
    this.column = column;
  }
}

export type Row = Readonly<Record<string, unknown>>;

export const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== "string") throw new DamagedRow(column, "text");
  return value;
};

export const integer = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new DamagedRow(column, "an integer");
  return value;
};

export const blob = (row: Row, column: string): Buffer => {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new DamagedRow(column, "bytes");
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
};

export const optional = <Value>(
  row: Row,
  column: string,
  read: (row: Row, column: string) => Value,
): Value | undefined => (row[column] === null ? undefined : read(row, column));
