/** Rows as a database gave them, read with a check: whatever wrote them, a wrong value is named and not used. */

import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";

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

/** As a column of bytes keeps them. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.slice(2), "hex");
export const hexOf = (bytes: Buffer): `0x${string}` => `0x${bytes.toString("hex")}`;

export const hex = (row: Row, column: string): `0x${string}` => hexOf(blob(row, column));
export const hash = (row: Row, column: string): Bytes32 => bytes32(hex(row, column));
export const account = (row: Row, column: string): Address => address(hex(row, column));

export const optional = <Value>(
  row: Row,
  column: string,
  read: (row: Row, column: string) => Value,
): Value | undefined => (row[column] === null ? undefined : read(row, column));
