/** Stores for a suite that is to hold on SQLite and on PostgreSQL alike. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Secret } from "../../../server/config.ts";
import type { Place } from "../../../server/database/open.ts";
import type { DatabaseKind } from "../../../server/database/words.ts";
import { temporaryFolder } from "../gateway.ts";
import { askPostgres, startPostgres } from "./postgres.ts";
import type { PostgresServer } from "./postgres.ts";

type Row = Readonly<Record<string, unknown>>;

export interface TestStores {
  readonly kind: DatabaseKind;
  /** Where the store of a name such as `index.db` is: the same one until `clear`. */
  place(name: string): Place;
  /** Asks or changes a store past the code under test. */
  ask(name: string, statement: string): Promise<readonly Row[]>;
  /** What the stores hold is gone. */
  clear(): Promise<void>;
}

export class SqliteStores implements TestStores {
  readonly kind = "sqlite";
  /** Made when it is first asked for. */
  #folder: ReturnType<typeof temporaryFolder> | undefined;

  path(name: string): string {
    this.#folder ??= temporaryFolder();
    return join(this.#folder.path, name);
  }

  place(name: string): Place {
    return { kind: "sqlite", path: this.path(name) };
  }

  async ask(name: string, statement: string): Promise<readonly Row[]> {
    const database = new DatabaseSync(this.path(name));
    try {
      return database.prepare(statement).all();
    } finally {
      database.close();
    }
  }

  async clear(): Promise<void> {
    this.#folder?.remove();
    this.#folder = undefined;
  }
}

class PostgresStores implements TestStores {
  readonly kind = "postgresql";
  readonly #url: Secret;
  readonly #used = new Set<string>();
  #generation = 1;

  constructor(url: Secret) {
    this.#url = url;
  }

  place(name: string): Place {
    this.#used.add(this.#schema(name));
    return { kind: "postgresql", url: this.#url, schema: this.#schema(name) };
  }

  ask(name: string, statement: string): Promise<readonly Row[]> {
    return askPostgres(this.#url, statement, this.#schema(name));
  }

  async clear(): Promise<void> {
    for (const schema of this.#used)
      await askPostgres(this.#url, `DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    this.#used.clear();
    this.#generation += 1;
  }

  #schema(name: string): string {
    return `${name}_${this.#generation}`;
  }
}

/** Runs `suite` on each kind of database, with fresh stores for every test. */
export const onBothStores = (name: string, suite: (stores: () => TestStores) => void): void => {
  describe(`${name}, on SQLite`, () => {
    const stores = new SqliteStores();
    suite(() => stores);
    // After those of the suite, which close what they opened.
    afterEach(() => stores.clear());
  });
  onPostgres(name, suite);
};

/** What only several gateways have. */
export const onPostgres = (name: string, suite: (stores: () => TestStores) => void): void => {
  describe(`${name}, on PostgreSQL`, () => {
    let server: PostgresServer | undefined;
    let stores: PostgresStores | undefined;
    before(async () => {
      server = await startPostgres();
      stores = new PostgresStores(await server.newDatabase());
    });
    after(() => server?.stop());
    suite(() => {
      if (stores === undefined) throw new Error("asked for before the server was started");
      return stores;
    });
    afterEach(() => stores?.clear());
  });
};
