/**
 * The gateway's process: `npm start` with an empty ledger and its first keys, `npm run demo` (--demo) with the
 * demonstration. The only file that listens, and the only one that knows both gateway and explorer.
 */
import { resolve } from "node:path";
import type { Logger } from "pino";
import { explorer } from "../web/plugin.ts";
import type { Example } from "./commands/demonstration/mark.ts";
import { readConfig, InvalidConfig, type Config } from "./config.ts";
import { exitCodeOf, exitCodes, lastWordsOf } from "./exit-codes.ts";
import { beginGateway, type Gateway } from "./gateway.ts";
import { appOf, deskOf, loggerOf, metricsOf } from "./serve.ts";

/** What is under way when the process is asked to end has so long. A write waits at most 60 s for its block. */
const stopLimitMs = 70_000;

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
  if (isDemonstration && config.rpcUrl !== undefined) {
    throw new InvalidConfig([
      {
        variable: "RPC_URL",
        expected: "to be unset: a demonstration runs on the embedded chain, with its own clock",
      },
    ]);
  }
  return config;
};

const listen = async (gateway: Gateway, config: Config, log: Logger): Promise<void> => {
  const metrics = metricsOf(gateway, config, log);
  metrics.watchProcess();
  const app = await appOf(gateway, config, log, metrics);
  await app.register(explorer, {
    read: gateway.read,
    desk: deskOf(gateway, config, app),
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  });
  onStop(log, async () => {
    // Takes no new connection, ends what is under way, then closes the stores.
    await app.close();
    await gateway.close();
  });
  await app.listen({ host: config.host, port: config.port });
  const port = app.addresses().find((bound) => typeof bound === "object")?.port ?? config.port;
  const shown = config.host === "127.0.0.1" || config.host === "::1" ? "localhost" : config.host;
  process.stdout.write(`http://${shown}:${port}\n`);
};

let isStopping = false;

const onStop = (log: Logger, stop: () => Promise<void>): void => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      isStopping = true;
      log.info({ signal }, "stopping");
      setTimeout(() => fail(new Error("stopping: what was under way took too long")), stopLimitMs).unref();
      stop().then(() => process.exit(exitCodes.stopped), fail);
    });
  }
};

const fail = (error: unknown): never => {
  process.stderr.write(`${lastWordsOf(error)}\n`);
  return process.exit(exitCodeOf(error));
};

const start = async (): Promise<void> => {
  const config = configure();
  const log = loggerOf(config);
  log.info({ config: config.describe() }, "starting");
  const examples = isDemonstration ? await demonstrate(config, log) : [];
  const gateway = await beginGateway({ config, log, onFailure: fail });
  gateway.ready.then(
    () => {
      if (!isStopping) gateway.notes.start();
    },
    (error: unknown) => {
      // A start that is given up because the process was asked to end is no failure.
      if (!isStopping) fail(error);
    },
  );
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

start().catch(fail);
