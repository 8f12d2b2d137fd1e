/** What SQLite and PostgreSQL call the same thing: a schema is written once, in these words. */
export type DatabaseKind = "sqlite" | "postgresql";

export interface Words {
  /** Sorts by its bytes, not by a language. */
  readonly text: string;
  /** Whole numbers up to 2^53 − 1; a larger one is refused when it is read. */
  readonly integer: string;
  readonly bytes: string;
  /** A key that counts up in the order of insertion; what is deleted is not counted again. */
  readonly counter: string;
  /** Ends the definition of a table whose rows are numbered. */
  readonly numbered: string;
  /** Ends the definition of a table whose rows stand in the order of their key. */
  readonly keyed: string;
}

export const words: Readonly<Record<DatabaseKind, Words>> = {
  sqlite: {
    text: "TEXT",
    integer: "INTEGER",
    bytes: "BLOB",
    counter: "INTEGER PRIMARY KEY AUTOINCREMENT",
    numbered: "STRICT",
    keyed: "WITHOUT ROWID, STRICT",
  },
  postgresql: {
    text: 'TEXT COLLATE "C"',
    integer: "BIGINT",
    bytes: "BYTEA",
    counter: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    numbered: "",
    keyed: "",
  },
};
