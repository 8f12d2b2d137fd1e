import { Type } from "typebox";
import { closed } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";

export const health: Endpoint = (app) =>
  app.get(
    "/healthz",
    {
      config: { alwaysAnswered: true },
      schema: {
        tags: ["service"],
        summary: "Whether the process answers",
        response: { 200: Type.Object({ status: Type.Literal("ok") }, closed) },
      },
    },
    async () => ({ status: "ok" as const }),
  );
