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

/**
 * What the answers of one request may come to, in characters: a batch could otherwise ask for the whole log fifty
 * times over. The call that passes the limit is still answered, those behind it are refused.
 */
const answerLimitCharacters = 16 * 1024 * 1024;
const limitExceeded = -32_005;

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
  const refused = ({ id = null }: Static<typeof Call>) => ({
    jsonrpc: "2.0",
    id,
    error: {
      code: limitExceeded,
      message: "the answers before this one are long enough; ask again in another request",
    },
  });
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
      const answers: string[] = [];
      let characters = 0;
      for (const call of body) {
        const text = JSON.stringify(characters < answerLimitCharacters ? await answer(call) : refused(call));
        characters += text.length;
        answers.push(text);
      }
      return reply.type("application/json; charset=utf-8").send(`[${answers.join(",")}]`);
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
