/** Opens a store where the configuration puts it. */
import type { Secret } from "../config.ts";
import type { Database, Definition } from "./database.ts";
import { openPostgres } from "./postgres.ts";
import type { StorePromise } from "./sqlite-dialect.ts";
import { openSqlite } from "./sqlite.ts";

/** A file of the data folder, or a schema of the database that `url` names. */
export type Place =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgresql"; readonly url: Secret; readonly schema: string };

export interface OpenOptions {
  /** PostgreSQL keeps the stronger one always. */
  readonly promise: StorePromise;
  /** Reads that go on at once. */
  readonly readers: number;
  /** Absent, the tables are the caller's to make. */
  readonly definition?: Definition;
}

/** Throws UnknownSchema for a store of another version, and what the database throws. */
export const openDatabase = <Schema = unknown>(
  place: Place,
  { promise, readers, definition }: OpenOptions,
): Promise<Database<Schema>> => {
  switch (place.kind) {
    case "sqlite":
      return openSqlite<Schema>({ path: place.path, promise, readers }, definition);
    case "postgresql":
      // One more than the readers, for the writer.
      return openPostgres<Schema>(
        { url: place.url, schema: place.schema, connections: readers + 1 },
        definition,
      );
  }
};
