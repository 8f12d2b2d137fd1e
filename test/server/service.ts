/** A whole gateway in a temporary folder, asked through its API as a client would, without a socket. */
import { ScriptedClock } from "../../server/chain/clock.ts";
import { readConfig, type Secret } from "../../server/config.ts";
import { openGateway, type Gateway } from "../../server/gateway.ts";
import type { App } from "../../server/routes/endpoint.ts";
import { appOf, deskOf, loggerOf } from "../../server/serve.ts";
import { explorer } from "../../web/plugin.ts";
import { serviceDatabase } from "./database/service-databases.ts";
import { temporaryFolder } from "./gateway.ts";

/** 2019-01-01 00:00 in Shanghai. */
export const newYear2019 = 1_546_272_000;
/** 2021-01-01 00:00 in Shanghai. */
export const newYear2021 = 1_609_430_400;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Looks into an answer as a client in another language would: `at(body, "data", 0, "code")`. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null
        ? Object.getOwnPropertyDescriptor(inner, name)?.value
        : undefined,
    value,
  );

/** The list at a path; empty where there is none. */
export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const list = at(value, ...path);
  return Array.isArray(list) ? list : [];
};

/** The code of the record that an event of a write made, such as the fund of FundOpened. */
export const codeOf = (answer: Answer, event: string): string => {
  const records = listAt(answer.body, "operations").flatMap((operation) => listAt(operation, "records"));
  const record = records.find((each) => at(each, "event") === event);
  const code = at(record, "code");
  if (answer.status !== 201 || typeof code !== "string") {
    throw new Error(`no ${event} in ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return code;
};

export interface Service {
  readonly app: App;
  readonly gateway: Gateway;
  readonly clock: ScriptedClock;
  readonly folder: string;
  /** Where the stores are; absent where they are files of the folder. */
  readonly database: Secret | undefined;
  readonly key: string;
  /** Advances the clock of the gateway's machine. */
  wait(milliseconds: number): void;
  get(path: string): Promise<Answer>;
  /** Writes with the admin key, a fresh idempotency key and `Prefer: wait=30`, unless told otherwise. */
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Ends and opens the same folder again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const fail = (error: unknown): never => {
  throw error;
};

/**
 * `onLine` is given every line of the log; with it the explorer's pages are there too, as in the real process. On a chain
 * outside the gateway's clock is the machine's, unless it is told when it `startsAt`.
 */
export const openService = async (
  startsAt?: number,
  environment: Readonly<Record<string, string>> = {},
  onLine?: (line: string) => void,
): Promise<Service> => {
  const folder = temporaryFolder();
  const clock = new ScriptedClock(startsAt ?? newYear2019);
  const databaseUrl = await serviceDatabase();
  const read = readConfig({
    DATA_DIR: folder.path,
    KEYSTORE_PASSWORD: "invented password",
    REQUESTS_PER_MINUTE: "1000000",
    RPC_REQUESTS_PER_MINUTE: "1000000",
    // What a busy machine holds up is no fault of the gateway's.
    LAG_LIMIT_MS: "60000",
    ...environment,
  });
  const config = databaseUrl === undefined ? read : { ...read, databaseUrl };
  const logger = onLine === undefined ? undefined : loggerOf(config, { write: onLine });
  const log = logger ?? { info: () => {}, error: () => {} };
  const openApp = async (): Promise<App> => {
    const opened = await appOf(gateway, config, logger);
    if (logger !== undefined) {
      await opened.register(explorer, { read: gateway.read, desk: deskOf(gateway, config, opened) });
    }
    return opened;
  };
  // A chain outside has its own clock, and takes no demonstration's.
  const outside =
    startsAt === undefined ? {} : { clock: { kind: "system", now: () => clock.now() } as const };
  const clocked = config.rpcUrl === undefined ? { clock } : outside;
  let waitedMs = 0;
  const options = { config, log, ...clocked, nowMs: () => Date.now() + waitedMs, onFailure: fail };
  let gateway = await openGateway(options);
  let app = await openApp();
  const key = gateway.firstKey ?? "";
  let count = 0;

  const answerOf = (response: Awaited<ReturnType<App["inject"]>>): Answer => ({
    status: response.statusCode,
    headers: response.headers,
    body: response.payload === "" ? undefined : JSON.parse(response.payload),
  });

  return {
    get app() {
      return app;
    },
    get gateway() {
      return gateway;
    },
    clock,
    folder: folder.path,
    database: config.databaseUrl,
    key,
    wait: (milliseconds) => {
      waitedMs += milliseconds;
    },
    get: async (path) => answerOf(await app.inject({ method: "GET", url: path })),
    post: async (path, body, headers = {}) =>
      answerOf(
        await app.inject({
          method: "POST",
          url: path,
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
          headers: {
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            authorization: `Bearer ${key}`,
            "idempotency-key": `test-${(count += 1)}`,
            prefer: "wait=30",
            ...headers,
          },
        }),
      ),
    restart: async () => {
      await app.close();
      await gateway.close();
      gateway = await openGateway(options);
      app = await openApp();
    },
    close: async () => {
      await app.close();
      await gateway.close();
      folder.remove();
    },
  };
};
