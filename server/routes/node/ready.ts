import { Type } from "typebox";
import { closed } from "../../schemas/common.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const ready: Endpoint = (app, { starting }) =>
  app.get(
    "/readyz",
    {
      config: { alwaysAnswered: true },
      schema: {
        tags: ["service"],
        summary: "Whether writes are taken; until then 503, with how far the start has come",
        response: { 200: Type.Object({ status: Type.Literal("ready") }, closed), ...problems },
      },
    },
    async () => {
      const problem = starting();
      if (problem !== undefined) throw problem;
      return { status: "ready" as const };
    },
  );
