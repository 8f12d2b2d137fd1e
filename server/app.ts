/**
 * The gateway as a Fastify plugin tree: limits, access, the API and its documentation. It listens to nothing; main.ts
 * does, and adds the explorer.
 */
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from "fastify";
import { watchAccess } from "./access-log/watch.ts";
import { guard, ruleOf } from "./access/guard.ts";
import { holdUntilReady } from "./access/hold.ts";
import { isWrite, watchRepetitions } from "./access/repetitions.ts";
import { connectionLimits, connectionOptions, type ConnectionLimits } from "./connections.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { measureProcess } from "./pressure/measuring.ts";
import { Pressure, type Measured, type PressureLimits } from "./pressure/pressure.ts";
import { shedLoad } from "./pressure/shed.ts";
import { ProblemError, problemOf } from "./problems.ts";
import { allowedMethods, type OfferedRoute } from "./routes/allowed-methods.ts";
import type { App, Services } from "./routes/endpoint.ts";
import { endpoints } from "./routes/routes.ts";
import { OperationHeaders, WriteHeaders } from "./schemas/operations.ts";
import { barestHeaders, documentationPolicy, helmetOptions } from "./security-headers.ts";

export interface AppOptions {
  readonly services: Services;
  readonly metrics: Metrics;
  /** Absent in tests. */
  readonly log?: FastifyBaseLogger;
  readonly bodyLimitBytes: number;
  readonly requestsPerMinute: number;
  /** One proxy stands in front: the asker is who the proxy names last, not what the asker wrote before it. */
  readonly trustProxy: boolean;
  readonly pressureLimits: PressureLimits;
  /** What of this process is held against them; measured unless given. */
  readonly measured?: () => Measured;
  readonly connections?: ConnectionLimits;
}

const sendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { body, retryAfterSeconds } = problemOf(error);
  // The message of a fault of ours goes to the log, and only there.
  if (body.status >= 500) request.log.error({ err: error }, "request failed");
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(retryAfterSeconds));
  // What fails before a route is found has met no hook yet.
  if (!reply.hasHeader("content-security-policy")) reply.headers(barestHeaders);
  return reply.code(body.status).type("application/problem+json").send(JSON.stringify(body));
};

const pathOf = (request: FastifyRequest): string => request.url.split("?", 1)[0] ?? "/";

export const buildApp = async (options: AppOptions): Promise<App> => {
  const { connections = connectionLimits } = options;
  const app: App = Fastify({
    ...(options.log === undefined ? {} : { loggerInstance: options.log }),
    bodyLimit: options.bodyLimitBytes,
    // Not `true`: that would believe the whole of X-Forwarded-For, and so whatever address an asker invents. Not 1:
    // Fastify trusts nobody by a bare number.
    trustProxy: options.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    ...connectionOptions(connections),
    // Money is refused, never mended: nothing is coerced, removed or filled in.
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true },
    },
    // What fails before a route is found, such as a path that is not UTF-8.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.server.maxConnections = connections.connections;

  // Only JSON is read; the explorer adds its own form.
  app.removeContentTypeParser("text/plain");
  options.metrics.watchRequests(app);
  app.setErrorHandler(sendProblem);

  await app.register(helmet, helmetOptions);
  shedding(app, options);
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: "1 minute",
    errorResponseBuilder: (_request, context) =>
      new ProblemError("too-many-requests", "slow down and try again in a minute", {
        retryAfterSeconds: Math.ceil(context.ttl / 1_000),
      }),
  });
  const offered: OfferedRoute[] = [];
  // The pages of the explorer too, which come later.
  app.addHook("onRoute", ({ url, method }) => void offered.push({ url, methods: [method].flat() }));
  // The limit watches routes by itself; what is no route has to ask for it.
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const path = pathOf(request);
    const methods = allowedMethods(offered, path);
    if (methods.length === 0)
      throw new ProblemError("not-found", "nothing is offered at this path; /openapi.json lists what is");
    reply.header("allow", methods.join(", "));
    throw new ProblemError("method-not-allowed", `offered at this path: ${methods.join(", ")}`);
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
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: documentationPolicy,
    uiConfig: { layout: "BaseLayout" },
  });
  await app.register(api, { services: options.services, metrics: options.metrics });
  return app;
};

const shedding = (app: App, { pressureLimits, measured, metrics }: AppOptions): void => {
  const measuring = measured === undefined ? measureProcess() : { measured, stop: () => {} };
  shedLoad(app, new Pressure(pressureLimits, measuring.measured), (cause) => metrics.shed(cause));
  app.addHook("onClose", async () => measuring.stop());
};

interface ApiOptions {
  readonly services: Services;
  readonly metrics: Metrics;
}

const api = async (app: App, { services, metrics }: ApiOptions): Promise<void> => {
  const access = watchAccess(app, services.accessLog);
  guard(app, services);
  watchRepetitions(app, {
    underWay: services.underWay,
    access: services.keys,
    outbox: services.sender,
  });
  access.noteAsked();
  holdUntilReady(app, services.starting);
  app.addHook("onRoute", (route) => {
    const rule = ruleOf(`${[route.method].flat().join()} ${route.url}`, route.config ?? {});
    if (rule === undefined) return;
    const isOperation = Object.hasOwn(Object(route.schema?.response), "202");
    const writes = isWrite([route.method].flat().join(), route.config ?? {});
    route.schema = {
      ...route.schema,
      ...(writes ? { headers: isOperation ? OperationHeaders : WriteHeaders } : {}),
      security: [{ apiKey: [] }],
      "x-role": rule.role,
      "x-concerns": rule.concerns,
    };
  });
  for (const endpoint of endpoints) endpoint(app, services);
  app.get("/metrics", { config: { alwaysAnswered: true }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.exposition()),
  );
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
};
