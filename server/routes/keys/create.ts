import { Type } from "typebox";
import { keyRoles } from "../../access/api-keys.ts";
import { closed } from "../../schemas/common.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const createKey: Endpoint = (app, { keys }) =>
  app.post(
    "/v1/keys",
    {
      config: { role: "admin" },
      schema: {
        tags: ["keys"],
        summary: "Make an API key with the given roles; its text is shown this once",
        body: Type.Object(
          { roles: Type.Array(Type.Enum([...keyRoles]), { minItems: 1, maxItems: keyRoles.length }) },
          closed,
        ),
        response: { 201: Type.Object({ id: Type.String(), key: Type.String() }, closed), ...problems },
      },
    },
    async (request, reply) => {
      const { id, token } = await keys.create(request.body.roles);
      return reply.code(201).header("cache-control", "no-store").send({ id, key: token });
    },
  );
