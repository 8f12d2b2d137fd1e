/**
 * Refuses requests at once while there is too much of them, so that those that were taken are answered. Whether the
 * process is well is answered all the same: whoever watches it has to see that it is not.
 */
import { finished } from "node:stream";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "../problems.ts";
import type { Pressure, PressureCause } from "./pressure.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Set where an answer is due however much is under way. */
    alwaysAnswered?: true;
  }
}

const retryAfterSeconds = 5;

const reasons: Readonly<Record<PressureCause, string>> = {
  lag: "answers come late at present",
  heap: "memory is short at present",
  requests: "as many requests as may be are under way",
};

/** `shed` is told of every refusal. */
export const shedLoad = (
  app: FastifyInstance,
  pressure: Pressure,
  shed: (cause: PressureCause) => void,
): void => {
  app.addHook("onRequest", async (request, reply) => {
    if (request.routeOptions.config.alwaysAnswered === true) return;
    const cause = pressure.cause();
    if (cause !== undefined) {
      shed(cause);
      throw new ProblemError("overloaded", `${reasons[cause]}; nothing was done, try again in a while`, {
        retryAfterSeconds,
      });
    }
    // Also where whoever asked has gone.
    finished(reply.raw, pressure.begin());
  });
};
