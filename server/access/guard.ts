/** Lets a request through to an endpoint that writes only with an API key of the endpoint's role. */
import type { FastifyInstance } from "fastify";
import { ProblemError } from "../problems.ts";
import type { ApiKeys } from "./api-keys.ts";

export const guard = (app: FastifyInstance, keys: ApiKeys): void => {
  app.addHook("onRequest", async (request) => {
    const { role } = request.routeOptions.config;
    if (role === undefined) return;
    const token = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? "")?.[1];
    const key = token === undefined ? undefined : await keys.find(token);
    if (key === undefined) {
      throw new ProblemError("unauthorized", "send Authorization: Bearer <API key> with a key in force");
    }
    if (!key.roles.includes(role) && !key.roles.includes("admin")) {
      throw new ProblemError("forbidden", `this needs a key with the role ${role}`);
    }
    request.asker = key.id;
  });
};
