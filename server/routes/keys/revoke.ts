import { Type } from "typebox";
import { KeyParams } from "../../schemas/keys.ts";
import { askingOf, problems, type Endpoint } from "../endpoint.ts";

export const revokeKey: Endpoint = (app, { keys }) =>
  app.delete(
    "/v1/keys/:id",
    {
      config: { role: "admin", concerns: "everything", answersIn: "access" },
      schema: {
        tags: ["keys"],
        summary: "Revoke an API key at once",
        params: KeyParams,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await keys.revoke(request.params.id, askingOf(request));
      return reply.code(204).send(null);
    },
  );
