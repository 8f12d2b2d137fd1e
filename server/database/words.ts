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
  /** Has the database refuse to change or delete a row of the table. */
  readonly neverChanged: (table: string) => readonly string[];
}

export const words: Readonly<Record<DatabaseKind, Words>> = {
  sqlite: {
    text: "TEXT",
    integer: "INTEGER",
    bytes: "BLOB",
    counter: "INTEGER PRIMARY KEY AUTOINCREMENT",
    numbered: "STRICT",
    keyed: "WITHOUT ROWID, STRICT",
    neverChanged: (table) =>
      ["UPDATE", "DELETE"].map(
        (verb) =>
          `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
           BEGIN SELECT RAISE(ABORT, '${table}: rows are never changed'); END`,
      ),
  },
  postgresql: {
    text: 'TEXT COLLATE "C"',
    integer: "BIGINT",
    bytes: "BYTEA",
    counter: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    numbered: "",
    keyed: "",
    neverChanged: (table) => [
      `CREATE FUNCTION ${table}_unchanged() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '${table}: rows are never changed'; END $$`,
      `CREATE TRIGGER ${table}_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION ${table}_unchanged()`,
    ],
  },
};
