/**
 * Lets a request through to an endpoint that writes only with an API key of the endpoint's role, and a key that is bound
 * to programmes only where the request concerns nothing else. A session of the foundation's desk stands for its key.
 * Both stand in a header that no page of another site can send.
 */
import type { FastifyInstance } from "fastify";
import type { Lookups } from "../index/lookups.ts";
import { ProblemError } from "../problems.ts";
import type { ApiKeys } from "./api-keys.ts";
import { forbidEverything, requireOwn, type Concerns } from "./concerns.ts";
import type { ApiKey } from "./key-rows.ts";
import type { KeyRole } from "./roles.ts";
import type { Sessions } from "./sessions.ts";

/** What an endpoint that needs a key asks of it. */
export interface Rule {
  readonly role: KeyRole;
  readonly concerns: Concerns;
}

/** An endpoint has a role and does not say what its requests are about, or the other way round. */
export class HalfARule extends Error {
  readonly endpoint: string;
  constructor(endpoint: string) {
    super(
      `${endpoint}: config has role or concerns without the other; an endpoint that needs a key has both`,
    );
    this.name = "HalfARule";
    this.endpoint = endpoint;
  }
}

/** Undefined for an endpoint that anybody may use. Throws {@link HalfARule}. */
export const ruleOf = (
  endpoint: string,
  { role, concerns }: { readonly role?: KeyRole; readonly concerns?: Concerns },
): Rule | undefined => {
  if (role === undefined && concerns === undefined) return undefined;
  if (role === undefined || concerns === undefined) throw new HalfARule(endpoint);
  return { role, concerns };
};

export interface GuardParts {
  readonly keys: Pick<ApiKeys, "find">;
  readonly sessions: Pick<Sessions, "find">;
  readonly lookups: Lookups;
}

/** The key of an Authorization header. Throws a problem where it is none in force. */
const keyOf = async (parts: GuardParts, authorization = ""): Promise<ApiKey> => {
  const [, scheme, text = ""] = /^(Bearer|Session) ([\x21-\x7e]{1,200})$/.exec(authorization) ?? [];
  const key = scheme === "Session" ? (await parts.sessions.find(text))?.key : await parts.keys.find(text);
  if (key !== undefined) return key;
  throw new ProblemError("unauthorized", "send Authorization: Bearer <API key> with a key in force");
};

const requireRole = (key: ApiKey, role: KeyRole): void => {
  if (key.roles.includes(role) || key.roles.includes("admin")) return;
  throw new ProblemError("forbidden", `this needs a key with the role ${role}`);
};

export const guard = (app: FastifyInstance, parts: GuardParts): void => {
  app.addHook("onRequest", async (request, reply) => {
    const { role, concerns } = request.routeOptions.config;
    if (role === undefined) return;
    // What a key was needed for is kept by no cache on the way.
    reply.header("cache-control", "no-store");
    const key = await keyOf(parts, request.headers.authorization);
    requireRole(key, role);
    if (concerns === "everything") forbidEverything(key);
    request.apiKey = key;
  });
  // Once the body is read and fits its schema.
  app.addHook("preHandler", async ({ apiKey, params, body, routeOptions: { config } }) => {
    if (apiKey === undefined || config.concerns === undefined) return;
    await requireOwn(apiKey, config.concerns, { params, body }, parts.lookups);
  });
};
