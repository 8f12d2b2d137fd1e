import { Type, type Static } from "typebox";
import { RpcFailure } from "../../chain/rpc.ts";
import { closed } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";

const Call = Type.Object(
  {
    jsonrpc: Type.Literal("2.0"),
    id: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Integer(), Type.Null()])),
    method: Type.String({ maxLength: 60 }),
    params: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 10 })),
  },
  closed,
);

/** JSON-RPC calls are answered with status 200, failures included, as clients of the protocol expect. */
export const rpc: Endpoint = (app, services) => {
  const answer = async ({ id = null, method, params }: Static<typeof Call>) => {
    try {
      const result = await services.rpc({ method, ...(params === undefined ? {} : { params }) });
      return { jsonrpc: "2.0", id, result };
    } catch (error) {
      const { code, message, data } = RpcFailure.from(error);
      return { jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } };
    }
  };
  app.post(
    "/rpc",
    {
      bodyLimit: 262_144,
      schema: {
        tags: ["service"],
        summary: "Read-only JSON-RPC of the chain, for an auditor's own tools",
        body: Type.Union([Call, Type.Array(Call, { minItems: 1, maxItems: 50 })]),
      },
    },
    async (request, reply) => {
      reply.header("access-control-allow-origin", "*");
      const { body } = request;
      if (!Array.isArray(body)) return answer(body);
      const answers = [];
      for (const call of body) answers.push(await answer(call));
      return answers;
    },
  );
  app.options("/rpc", { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header("access-control-allow-origin", "*")
      .header("access-control-allow-methods", "POST")
      .header("access-control-allow-headers", "content-type")
      .code(204)
      .send(),
  );
};
