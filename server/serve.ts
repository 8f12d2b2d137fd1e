/** The app of an opened gateway, its log, and what its pages ask: what main.ts and the tests share. */
import { statfs } from "node:fs/promises";
import { pino, type DestinationStream, type Logger } from "pino";
import type { DeskAccess } from "../protocol/ports/desk-access.ts";
import { deskAccess } from "./access/desk-access.ts";
import { buildApp, type AppOptions } from "./app.ts";
import type { Config } from "./config.ts";
import type { Gateway } from "./gateway.ts";
import { Metrics } from "./metrics/metrics.ts";
import type { App } from "./routes/endpoint.ts";

/** Whoever calls adds pages and listens. */
export const appOf = (
  gateway: Gateway,
  config: Config,
  log?: Logger,
  metrics: Metrics = metricsOf(gateway, config, log),
  inTests: Pick<AppOptions, "measured" | "connections"> = {},
): Promise<App> =>
  buildApp({
    metrics,
    services: {
      read: gateway.read,
      exports: gateway.exports,
      desk: gateway.desk,
      keys: gateway.keys,
      lookups: gateway.lookups,
      sessions: gateway.sessions,
      underWay: gateway.underWay,
      accessLog: gateway.accessLog,
      erasure: gateway.erasure,
      sender: gateway.sender,
      stream: gateway.stream,
      replicas: gateway.replicas,
      rpc: (request) => gateway.chain.request(request),
      rpcRequestsPerMinute: config.rpcRequestsPerMinute,
      starting: () => gateway.start.problem(),
    },
    ...(log === undefined ? {} : { log }),
    bodyLimitBytes: config.bodyLimitBytes,
    requestsPerMinute: config.requestsPerMinute,
    trustProxy: config.trustProxy,
    pressureLimits: {
      lagMs: config.lagLimitMs,
      heapPercent: config.heapLimitPercent,
      requestsUnderWay: config.requestsUnderWay,
    },
    ...inTests,
  });

/** The gateway as the pages of the foundation's desk ask it, through the routes of `app`. */
export const deskOf = (gateway: Gateway, config: Config, app: App): DeskAccess =>
  deskAccess({
    app,
    keys: gateway.keys,
    sessions: gateway.sessions,
    desk: gateway.desk,
    outbox: gateway.outbox,
    starting: () => gateway.start.problem(),
    signInsPerMinute: config.signInsPerMinute,
  });

/** What is measured of a gateway. */
export const metricsOf = (
  { start, chain, sender, read, outbox }: Gateway,
  config: Config,
  log?: Logger,
): Metrics =>
  new Metrics({
    probes: {
      start: () => start.state,
      chainBlock: async () => (await chain.head()).number,
      indexBlock: async () => (await read.head()).blockNumber,
      unsettled: () => outbox.unsettled(),
      oldestUnsettledMs: () => outbox.oldestUnsettledMs(),
      ...(config.rpcUrl === undefined ? { load: () => chain.load } : {}),
      line: () => sender.status(),
      laws: () => read.laws(),
      freeBytes: async () => {
        const { bavail, bsize } = await statfs(config.dataDir);
        return bavail * bsize;
      },
    },
    loadLimit: config.embeddedChainLimit,
    log: log ?? { error: () => {} },
  });

interface Logged {
  readonly method?: string;
  readonly routeOptions?: { readonly url?: string | undefined };
}

/** What an error is and where it happened, and nothing else that it carries: PostgreSQL adds the values of the row in question. */
const toldOf = (error: unknown): object => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message, stack, ...("code" in error ? { code: error.code } : {}) };
};

/**
 * Structured lines, to standard output unless told otherwise, without headers, bodies and query strings: those may
 * hold keys or transaction numbers. Of a path there is only the endpoint's pattern: somebody who types an id number
 * where a code belongs leaves it here no more than anywhere.
 */
export const loggerOf = (config: Config, lines?: DestinationStream): Logger =>
  pino(
    {
      level: config.logLevel,
      serializers: {
        err: toldOf,
        req: ({ method, routeOptions }: Logged) => ({ method, path: routeOptions?.url ?? "/*" }),
      },
    },
    lines,
  );
