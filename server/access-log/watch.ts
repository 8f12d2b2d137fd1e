/**
 * Notes every request to an endpoint that needs a key and writes. The order is: the entry that somebody
 * asked, synced to disk; then what was asked for; then the answer; then the entry that says what it was. So nothing is
 * done that left no trace, whenever the process ends, and where the log cannot be written nothing is done. The second
 * entry keeps nobody waiting: where it fails, what was done is done, and is acknowledged.
 */
import { finished } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { namedIn } from "../access/concerns.ts";
import { isWrite } from "../access/repetitions.ts";
import type { AccessLog } from "./access-log.ts";
import { Refusals } from "./refusals.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Operations that the request became. */
    wrote?: readonly string[];
  }
}

export interface Watch {
  /** Adds the hook that notes who asks: behind those that find whether it may be done. */
  readonly noteAsked: () => void;
}

/** Of a request's operations and of what it names. */
const mostNamed = 50;

const isWatched = ({ method, routeOptions: { config } }: FastifyRequest): boolean =>
  config.role !== undefined && isWrite(method, config);

/** To be called before the hooks that refuse, whose refusals would not be seen otherwise. */
export const watchAccess = (app: FastifyInstance, log: AccessLog): Watch => {
  const failed = (error: unknown): void => app.log.error({ err: error }, "access log not written");
  const refusals = new Refusals(log, failed);
  const asked = new WeakMap<FastifyRequest, number>();

  const ended = (request: FastifyRequest, { statusCode: status }: FastifyReply, hasGone: boolean): void => {
    const of = asked.get(request);
    const { method, apiKey, routeOptions, wrote = [] } = request;
    const atMs = Date.now();
    if (of !== undefined) {
      const operations = wrote.slice(0, mostNamed);
      const answered = hasGone ? {} : { status };
      log.append({ what: "answered", atMs, of, ...answered, operations }).catch(failed);
      return;
    }
    if (hasGone) return;
    const key = apiKey === undefined ? {} : { key: apiKey.id };
    const refused = { what: "refused", atMs, method, route: routeOptions.url ?? "", status, ...key } as const;
    refusals.count(refused, log.markOf("address", request.ip));
  };

  app.addHook("onRequest", async (request, reply) => {
    // Also where whoever asked has gone.
    if (isWatched(request)) finished(reply.raw, (error) => ended(request, reply, error != null));
  });
  // A log that cannot be written keeps nobody from closing the stores.
  app.addHook("onClose", () => refusals.end().catch(failed));

  const note = async (request: FastifyRequest): Promise<void> => {
    const { apiKey, method, routeOptions, params, body, headers, ip } = request;
    if (!isWatched(request) || apiKey === undefined) return;
    const idempotencyKey = headers["idempotency-key"];
    const number = await log.append({
      what: "asked",
      atMs: Date.now(),
      method,
      route: routeOptions.url ?? "",
      key: apiKey.id,
      roles: [...apiKey.roles],
      ...(apiKey.programmes === undefined ? {} : { boundTo: [...apiKey.programmes] }),
      concerns: namedIn(routeOptions.config.concerns ?? [], { params, body }).slice(0, mostNamed),
      ...(typeof idempotencyKey === "string"
        ? { idempotencyMark: log.markOf("idempotency-key", idempotencyKey) }
        : {}),
      addressMark: log.markOf("address", ip),
    });
    asked.set(request, number);
  };
  return { noteAsked: () => void app.addHook("preHandler", note) };
};
