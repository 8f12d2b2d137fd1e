/**
 * What is asked twice under one idempotency key: one request of it at a time, and a mark on the answer to a repetition.
 * Whether it is a repetition, the stores know; across gateways they alone decide.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { keyOf } from "../outbox/answered-requests.ts";
import { IdempotencyConflict } from "../outbox/store.ts";
import { ProblemError } from "../problems.ts";
import type { UnderWay } from "./under-way.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Set where an endpoint that needs a key writes nothing, though it is asked by POST. */
    asksOnly?: true;
    /** Which store keeps the answers of an endpoint that writes: that of the API keys, or else the outbox. */
    answersIn?: "access";
  }
  interface FastifyRequest {
    /** Lets the same be asked again: what this request asked for is accepted, or was refused. */
    endFlight?: (() => void) | undefined;
    /** The answer is that of an earlier request. */
    isRepetition?: boolean;
  }
}

/** Where a store remembers what was asked under a key. */
export interface Memory {
  isUsed(idempotencyKey: string): Promise<boolean>;
}

export interface RepetitionParts {
  readonly underWay: UnderWay;
  /** Of the API keys. */
  readonly access: Memory;
  readonly outbox: Memory;
}

/** On the answer to a repetition. */
const repetitionHeader = "idempotency-replayed";
const retryAfterSeconds = 1;

/** The asker's key for this request, if it has one: `<API key>:<idempotency key>`. */
const keyOfWrite = ({ apiKey, headers, method, routeOptions }: FastifyRequest): string | undefined => {
  const key = headers["idempotency-key"];
  if (apiKey === undefined || typeof key !== "string") return undefined;
  return isWrite(method, routeOptions.config) ? keyOf({ asker: apiKey.id, idempotencyKey: key }) : undefined;
};

/** Of an endpoint that needs a key. */
export const isWrite = (method: string, { asksOnly }: { readonly asksOnly?: true }): boolean =>
  method !== "GET" && method !== "HEAD" && asksOnly !== true;

export const watchRepetitions = (app: FastifyInstance, parts: RepetitionParts): void => {
  app.addHook("preHandler", async (request) => {
    const key = keyOfWrite(request);
    if (key === undefined) return;
    request.endFlight = parts.underWay.begin(key);
    if (request.endFlight === undefined) {
      throw new ProblemError(
        "under-way",
        "the request before under this idempotency key is not answered yet; ask again for its answer",
        { retryAfterSeconds },
      );
    }
    // A key names one request of any kind, whichever store keeps its answer. The store of this one looks for itself.
    const other = request.routeOptions.config.answersIn === "access" ? parts.outbox : parts.access;
    if (await other.isUsed(key)) throw new IdempotencyConflict(key);
  });
  // Before the answer goes out, whatever it is, also where nobody is there any more to take it.
  app.addHook("onSend", async (request, reply) => {
    request.endFlight?.();
    if (request.isRepetition === true) reply.header(repetitionHeader, "true");
  });
};
