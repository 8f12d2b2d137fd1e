/**
 * The gateway's process: `npm start` with an empty ledger and its first keys, `npm run demo` (--demo) with the
 * demonstration. The only file that listens, and the only one that knows both gateway and explorer.
 */
import { resolve } from "node:path";
import type { Logger } from "pino";
import { explorer } from "../web/plugin.ts";
import type { Example } from "./commands/demonstration/mark.ts";
import { readConfig, InvalidConfig, type Config } from "./config.ts";
import { openGateway, type Gateway } from "./gateway.ts";
import { appOf, loggerOf } from "./serve.ts";

/** sysexits: the configuration is at fault, or a restart may help. */
const exitConfig = 78;
const exitRetry = 75;

const isDemonstration = process.argv.includes("--demo");

const configure = (): Config => {
  const environment = isDemonstration
    ? {
        ...process.env,
        DATA_DIR: process.env["DATA_DIR"] ?? "./data-demo",
        LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
      }
    : process.env;
  const config = readConfig(environment);
  if (config.rpcUrl !== undefined) {
    throw new InvalidConfig([
      { variable: "RPC_URL", expected: "to be unset: this version writes to its embedded chain only" },
    ]);
  }
  return config;
};

const listen = async (gateway: Gateway, config: Config, log: Logger): Promise<void> => {
  const app = await appOf(gateway, config, log);
  await app.register(explorer, {
    read: gateway.read,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  });
  const stop = async (): Promise<void> => {
    await app.close();
    await gateway.close();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error, exitRetry),
      );
    });
  }
  await app.listen({ host: config.host, port: config.port });
  const port = app.addresses().find((bound) => typeof bound === "object")?.port ?? config.port;
  const shown = config.host === "127.0.0.1" || config.host === "::1" ? "localhost" : config.host;
  process.stdout.write(`http://${shown}:${port}\n`);
};

const fail = (error: unknown, code: number): never => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return process.exit(code);
};

const start = async (): Promise<void> => {
  const config = configure();
  const log = loggerOf(config);
  log.info({ config: config.describe() }, "starting");
  const examples = isDemonstration ? await demonstrate(config, log) : [];
  const gateway = await openGateway({ config, log, onFailure: (error) => fail(error, exitRetry) });
  if (gateway.firstKey !== undefined) {
    process.stdout.write(
      `Admin API key, shown this once: ${gateway.firstKey}\nData folder: ${resolve(config.dataDir)}\n`,
    );
  }
  await listen(gateway, config, log);
  for (const { what, where } of examples) process.stdout.write(`  ${what}: ${where}\n`);
};

/** Loads the demonstration where that was not done before; answers what to look at in it. */
const demonstrate = async (config: Config, log: Logger): Promise<readonly Example[]> => {
  // Only a demonstration loads the code that invents rows.
  const { loadDemonstration } = await import("./commands/demonstration/load.ts");
  return loadDemonstration({ config, log, progress: (line) => process.stderr.write(`${line}\n`) });
};

start().catch((error: unknown) => fail(error, error instanceof InvalidConfig ? exitConfig : exitRetry));
