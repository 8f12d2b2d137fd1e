/** Listening, and ending well: what main.ts does with an opened gateway, apart from the explorer. */
import type { FastifyInstance } from "fastify";
import { buildApp } from "./app.ts";
import type { Config } from "./config.ts";
import type { Gateway } from "./gateway.ts";
import type { App } from "./routes/endpoint.ts";

export type Logger = FastifyInstance["log"];

/** The app of an opened gateway; whoever calls adds pages and listens. */
export const appOf = (gateway: Gateway, config: Config, log: boolean): Promise<App> =>
  buildApp({
    services: {
      read: gateway.read,
      desk: gateway.desk,
      keys: gateway.keys,
      rpc: (request) => gateway.chain.request(request),
      ready: () => true,
    },
    logger: log ? loggerOf(config) : false,
    bodyLimitBytes: config.bodyLimitBytes,
    requestsPerMinute: config.requestsPerMinute,
    trustProxy: config.trustProxy,
  });

/** Structured lines without headers, bodies and query strings: those may hold keys or transaction numbers. */
export const loggerOf = (config: Config) => ({
  level: config.logLevel,
  serializers: {
    req: (request: { readonly method?: string; readonly url?: string }) => ({
      method: request.method,
      path: (request.url ?? "").split("?", 1)[0],
    }),
  },
});
