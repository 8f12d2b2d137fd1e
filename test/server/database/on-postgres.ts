/**
 * `mocha --require` of this file puts the stores of every gateway that a suite opens into PostgreSQL, each into a
 * database of its own; the suites themselves do not know. The chain stays the embedded one: which chain a gateway is on
 * and where its stores are are two questions, and only the configuration allows no more than the sensible answers.
 */
import { startPostgres, type PostgresServer } from "./postgres.ts";
import { putServicesInto } from "./service-databases.ts";

let server: PostgresServer | undefined;

export const mochaGlobalSetup = async (): Promise<void> => {
  server = await startPostgres();
  putServicesInto(server);
};

export const mochaGlobalTeardown = async (): Promise<void> => {
  await server?.stop();
};
