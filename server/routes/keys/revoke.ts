import { Type } from "typebox";
import { ProblemError } from "../../problems.ts";
import { KeyParams } from "../../schemas/keys.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const revokeKey: Endpoint = (app, { keys }) =>
  app.delete(
    "/v1/keys/:id",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["keys"],
        summary: "Revoke an API key at once",
        params: KeyParams,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      if (!(await keys.revoke(request.params.id)))
        throw new ProblemError("not-found", "no key in force has this id");
      return reply.code(204).send(null);
    },
  );
