/** Where the gateways that suites open have their stores: in files, unless the run was started on a server. */
import type { Secret } from "../../../server/config.ts";
import type { PostgresServer } from "./postgres.ts";

let server: PostgresServer | undefined;

export const putServicesInto = (running: PostgresServer): void => {
  server = running;
};

/** A database for one gateway; undefined where it has files. */
export const serviceDatabase = async (): Promise<Secret | undefined> => server?.newDatabase();
