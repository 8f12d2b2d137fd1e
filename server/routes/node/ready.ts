import { Type } from "typebox";
import { ProblemError } from "../../problems.ts";
import { closed } from "../../schemas/common.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const ready: Endpoint = (app, { ready: isReady }) =>
  app.get(
    "/readyz",
    {
      schema: {
        tags: ["service"],
        summary: "Whether the books are read and writes are taken",
        response: { 200: Type.Object({ status: Type.Literal("ready") }, closed), ...problems },
      },
    },
    async () => {
      if (!isReady()) throw new ProblemError("unavailable", "not ready yet", { retryAfterSeconds: 2 });
      return { status: "ready" as const };
    },
  );
