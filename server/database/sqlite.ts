/** A store in a file of the data folder. */
import { CompiledQuery, Kysely } from "kysely";
import { Session, UnknownSchema } from "./database.ts";
import type { Database, Definition } from "./database.ts";
import { nodeSqliteDialect } from "./sqlite-dialect.ts";
import type { StorePromise } from "./sqlite-dialect.ts";
import { words } from "./words.ts";

export interface SqliteStore {
  readonly path: string;
  readonly promise: StorePromise;
  /** Reads that go on at once; more wait for each other. */
  readonly readers: number;
}

/** Opens the file, creating it by `definition` on the first start. Throws {@link UnknownSchema}. */
export const openSqlite = async <Schema>(
  { path, promise, readers }: SqliteStore,
  definition?: Definition,
): Promise<Database<Schema>> => {
  const writer = new Kysely<Schema>({
    dialect: nodeSqliteDialect({ path, promise, readOnly: false, connections: 1 }),
  });
  const reader = new Kysely<Schema>({
    dialect: nodeSqliteDialect({ path, promise, readOnly: true, connections: readers }),
  });
  const close = async (): Promise<void> => {
    await reader.destroy();
    await writer.destroy();
  };
  try {
    // The first statement opens the file, which readers cannot create.
    await writer.executeQuery(CompiledQuery.raw("SELECT 1"));
    if (definition !== undefined) await prepare(writer, path, definition);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kind: "sqlite",
    place: path,
    session: new Session(reader, "sqlite"),
    read: (work) => reader.transaction().execute((database) => work(new Session(database, "sqlite"))),
    write: (work) => writer.transaction().execute((database) => work(new Session(database, "sqlite"))),
    // The data folder admits one gateway.
    exclusively: (_name, work) => work(async () => {}),
    // The pages of the file are overwritten by secure_delete; the log still holds the rows until it is written back.
    scrub: async () => void (await writer.executeQuery(CompiledQuery.raw("PRAGMA wal_checkpoint(TRUNCATE)"))),
    close,
  };
};

const prepare = <Schema>(writer: Kysely<Schema>, path: string, { version, statements }: Definition) =>
  writer.transaction().execute(async (database) => {
    const session = new Session(database, "sqlite");
    const found = Number((await session.first("PRAGMA user_version"))?.["user_version"]);
    if (found === version) return;
    if (found !== 0) throw new UnknownSchema(path, found, version);
    for (const statement of statements(words.sqlite)) await session.run(statement);
    await session.run(`PRAGMA user_version = ${version}`);
  });
