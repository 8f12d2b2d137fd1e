/**
 * The gateway as a Fastify plugin tree: limits, access, the API and its documentation. It listens to nothing; main.ts
 * does, and adds the explorer.
 */
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyBaseLogger } from "fastify";
import { guard } from "./access/guard.ts";
import { ProblemError, problemOf } from "./problems.ts";
import type { App, Services } from "./routes/endpoint.ts";
import { endpoints } from "./routes/routes.ts";

export interface AppOptions {
  readonly services: Services;
  /** Absent in tests. */
  readonly log?: FastifyBaseLogger;
  readonly bodyLimitBytes: number;
  readonly requestsPerMinute: number;
  readonly trustProxy: boolean;
}

const requestTimeoutMs = 90_000;
const connectionTimeoutMs = 120_000;

export const buildApp = async (options: AppOptions): Promise<App> => {
  const app: App = Fastify({
    ...(options.log === undefined ? {} : { loggerInstance: options.log }),
    bodyLimit: options.bodyLimitBytes,
    trustProxy: options.trustProxy,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: connectionTimeoutMs,
    // Money is refused, never mended: nothing is coerced, removed or filled in.
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true },
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setErrorHandler((error, request, reply) => {
    const { body, retryAfterSeconds } = problemOf(error);
    // The message of a fault of ours goes to the log, and only there.
    if (body.status >= 500) request.log.error({ err: error }, "request failed");
    if (retryAfterSeconds !== undefined) reply.header("retry-after", String(retryAfterSeconds));
    return reply.code(body.status).type("application/problem+json").send(JSON.stringify(body));
  });

  app.setNotFoundHandler((request) => {
    throw new ProblemError("not-found", `nothing is offered at ${request.url.split("?", 1)[0] ?? "/"}`);
  });

  await app.register(helmet, {
    // Pages and the documentation set their own policy; JSON is never a document.
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: "1 minute",
    errorResponseBuilder: (_request, context) =>
      new ProblemError("too-many-requests", "slow down and try again in a minute", {
        retryAfterSeconds: Math.ceil(context.ttl / 1_000),
      }),
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Everyfen",
        version: "0.1.0",
        description:
          "The books of public-welfare health insurance: follow a donation, to the fen, to the claims it paid. " +
          "Amounts are strings of minor units; every answer names the block it is true of.",
      },
      components: { securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
    },
  });
  await app.register(swaggerUi, { routePrefix: "/docs", staticCSP: true });
  await app.register(api, options);
  return app;
};

const api = async (app: App, { services }: AppOptions): Promise<void> => {
  guard(app, services.keys);
  app.addHook("onRoute", (route) => {
    if (route.config?.role !== undefined) {
      route.schema = { ...route.schema, security: [{ apiKey: [] }] };
    }
  });
  for (const endpoint of endpoints) endpoint(app, services);
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
};
