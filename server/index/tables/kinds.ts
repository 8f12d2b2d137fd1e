/** What the tables of the index are declared in. */

/**
 * `amount` is an amount or a position: 29 decimal digits, so that text sorts as the number does in every database.
 * `bytes` is a hash or other bytes. A `?` allows null.
 */
export type ColumnKind = "integer" | "text" | "amount" | "bytes" | "amount?";

export interface Table {
  readonly columns: Readonly<Record<string, ColumnKind>>;
  readonly key: readonly string[];
  readonly indexes: readonly (readonly string[])[];
}

/** Where in the chain the record's event stands. */
export const place = {
  block_number: "integer",
  log_index: "integer",
  block_time: "integer",
  transaction_hash: "bytes",
} as const;
