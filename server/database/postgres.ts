/** A store in a schema of a PostgreSQL database that several gateways share. */
import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { Pool, TypeOverrides, type ClientBase } from "pg";
import { withoutCredentials, type Secret } from "../config.ts";
import { postgresPlace, Session, UnknownSchema } from "./database.ts";
import type { Database, Definition } from "./database.ts";
import { DamagedRow } from "./rows.ts";
import { words } from "./words.ts";

export interface PostgresStore {
  readonly url: Secret;
  /** Each store has its own, so that each can be backed up, granted and dropped by itself. */
  readonly schema: string;
  /** Connections that work at once; more statements wait for each other. */
  readonly connections: number;
  /** Called where the server ends a connection that nobody is using; the next statement opens another. */
  readonly onLostConnection?: (error: Error) => void;
}

const connectTimeoutMs = 10_000;
/** A gateway that hangs inside a transaction does not keep the others from writing for longer. */
const idleInTransactionMs = 15_000;
/** Nor one that hangs in a turn of its own; what it does in it may take longer than a transaction. */
const idleInTurnMs = 60_000;
const int8 = 20;

/** PostgreSQL's 64-bit integers as numbers. Throws DamagedRow for one that a number does not hold. */
const readInt8 = (digits: string): number => {
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) throw new DamagedRow("of 64 bits", "an integer below 2^53");
  return value;
};

const connect = <Schema>({ url, schema, connections, onLostConnection }: PostgresStore): Kysely<Schema> => {
  const types = new TypeOverrides();
  types.setTypeParser(int8, readInt8);
  // Set by statement: a URL's own options cannot undo it, and a pooler that forgets start options does not either.
  const settings = [
    `search_path = "${schema}"`,
    "synchronous_commit = on",
    `idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
    "client_min_messages = warning",
  ];
  // The pool waits for it, and gives up a connection that breaks meanwhile. Kysely's own hook keeps its place for ever.
  const setUp = (client: ClientBase): unknown =>
    client.query(settings.map((setting) => `SET ${setting}`).join("; "));
  const pool = new Pool({
    connectionString: url.reveal(),
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: "everyfen",
    types,
    onConnect: setUp,
  });
  pool.on("error", (error) => onLostConnection?.(error));
  // A connection that ends while it is used fails the statement under way, which is where that is dealt with.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
};

/** No connection to the server, or none that it lets in. */
export class DatabaseUnreachable extends Error {
  readonly server: string;
  constructor(url: Secret, cause: unknown) {
    const server = withoutCredentials(url.reveal());
    const code =
      typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "no code";
    super(
      `DATABASE_URL: ${server} does not let this gateway in (${code}); ` +
        `check that it runs, the user, the password and the name of the database`,
      { cause },
    );
    this.name = "DatabaseUnreachable";
    this.server = server;
  }
}

/**
 * Opens the schema, creating it and its tables on the first start. Throws {@link DatabaseUnreachable},
 * {@link UnknownSchema}, and what the server refuses.
 */
export const openPostgres = async <Schema>(
  store: PostgresStore,
  definition?: Definition,
): Promise<Database<Schema>> => {
  const { schema } = store;
  const kysely = connect<Schema>(store);
  const write = <Result>(work: (session: Session<Schema>) => Promise<Result>) =>
    kysely.transaction().execute(async (database) => {
      const session = new Session(database, "postgresql");
      // Released by the database at commit, roll-back or the end of the connection.
      await session.all("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [schema]);
      return work(session);
    });
  try {
    await kysely.executeQuery(CompiledQuery.raw("SELECT 1")).catch((error: unknown) => {
      throw new DatabaseUnreachable(store.url, error);
    });
    await write(async (session) => {
      const present = await session.first("SELECT 1 FROM pg_namespace WHERE nspname = ?", [schema]);
      if (present === undefined) await session.run(`CREATE SCHEMA "${schema}"`);
      if (definition !== undefined) await prepare(session, schema, definition);
    });
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return {
    kind: "postgresql",
    place: `${postgresPlace}${schema}`,
    session: new Session(kysely, "postgresql"),
    read: (work) =>
      kysely
        .transaction()
        .setIsolationLevel("repeatable read")
        .setAccessMode("read only")
        .execute((database) => work(new Session(database, "postgresql"))),
    write,
    exclusively: (name, work) =>
      kysely.transaction().execute(async (database) => {
        const session = new Session(database, "postgresql");
        await session.run(`SET LOCAL idle_in_transaction_session_timeout = ${idleInTurnMs}`);
        await session.all("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [`${schema} ${name}`]);
        return work(async () => void (await session.all("SELECT 1 AS held")));
      }),
    // What the write-ahead log and backups still hold is for the operator to let expire.
    scrub: async (tables) => {
      for (const table of tables) await kysely.executeQuery(CompiledQuery.raw(`VACUUM "${table}"`));
    },
    close: () => kysely.destroy(),
  };
};

const prepare = async <Schema>(
  session: Session<Schema>,
  schema: string,
  { version, statements }: Definition,
): Promise<void> => {
  const table = await session.first("SELECT to_regclass('schema_version') AS present");
  if (table?.["present"] === null) {
    await session.run("CREATE TABLE schema_version (version BIGINT NOT NULL)");
    await session.run("INSERT INTO schema_version (version) VALUES (?)", [version]);
    for (const statement of statements(words.postgresql)) await session.run(statement);
    return;
  }
  const found = Number((await session.first("SELECT version FROM schema_version"))?.["version"]);
  if (found !== version) throw new UnknownSchema(`${postgresPlace}${schema}`, found, version);
};
