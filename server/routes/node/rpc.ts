import { Type, type Static } from "typebox";
import { RpcFailure } from "../../chain/rpc.ts";
import { closed } from "../../schemas/common.ts";
import { problems, type App, type Services } from "../endpoint.ts";

const Call = Type.Object(
  {
    jsonrpc: Type.Literal("2.0"),
    id: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Integer(), Type.Null()])),
    method: Type.String({ maxLength: 60 }),
    params: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 10 })),
  },
  closed,
);

const Answer = Type.Object(
  {
    jsonrpc: Type.Literal("2.0"),
    id: Type.Union([Type.String(), Type.Integer(), Type.Null()]),
    result: Type.Optional(Type.Unknown()),
    error: Type.Optional(
      Type.Object(
        { code: Type.Integer(), message: Type.String(), data: Type.Optional(Type.String()) },
        closed,
      ),
    ),
  },
  closed,
);

/** For the description only: what is sent is text already, which no serializer looks at. Unknown, so that it may be. */
const responses: unknown = { 200: Type.Union([Answer, Type.Array(Answer)]), ...problems };

/**
 * What the calls of one request may come to, in characters of their answers and in time: a batch could otherwise ask
 * for the whole log fifty times over, or hold the chain for a minute. The call that passes a limit is still answered,
 * those behind it are refused.
 */
const answerLimitCharacters = 16 * 1024 * 1024;
const answerLimitMs = 5_000;
const limitExceeded = -32_005;

/**
 * JSON-RPC calls are answered with status 200, failures included, as clients of the protocol expect. `nowMs` is a
 * clock that only runs forward.
 */
export const rpcBy =
  (nowMs: () => number) =>
  (app: App, services: Pick<Services, "rpc">): void => {
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
        message: "the calls before this one took all that a request may; ask again in another",
      },
    });
    app.post(
      "/rpc",
      {
        bodyLimit: 262_144,
        config: { needsChain: true },
        schema: {
          tags: ["service"],
          summary: "Read-only JSON-RPC of the chain, for an auditor's own tools",
          body: Type.Union([Call, Type.Array(Call, { minItems: 1, maxItems: 50 })]),
          response: responses,
        },
      },
      async (request, reply) => {
        reply.header("access-control-allow-origin", "*");
        reply.type("application/json; charset=utf-8");
        const { body } = request;
        if (!Array.isArray(body)) return reply.send(JSON.stringify(await answer(body)));
        const answers: string[] = [];
        const endsAtMs = nowMs() + answerLimitMs;
        let characters = 0;
        for (const call of body) {
          const isWithin = characters < answerLimitCharacters && nowMs() < endsAtMs;
          const text = JSON.stringify(isWithin ? await answer(call) : refused(call));
          characters += text.length;
          answers.push(text);
        }
        return reply.send(`[${answers.join(",")}]`);
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

export const rpc = rpcBy(() => performance.now());
