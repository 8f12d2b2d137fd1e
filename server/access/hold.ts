/** Holds back what needs the chain until the start is over. Reads from the index pass. */
import type { FastifyInstance } from "fastify";
import type { ProblemError } from "../problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Set where an endpoint without a role asks the chain itself. Every endpoint with a role does. */
    needsChain?: true;
  }
}

/** `starting` answers the problem to answer with, undefined once the start is over. */
export const holdUntilReady = (app: FastifyInstance, starting: () => ProblemError | undefined): void => {
  app.addHook("onRequest", async (request) => {
    const { role, needsChain } = request.routeOptions.config;
    if (role === undefined && needsChain !== true) return;
    const problem = starting();
    if (problem !== undefined) throw problem;
  });
};
