import { Type, type Static } from "typebox";
import { answerLimitBytes, answerTooLong, limitExceeded, RpcFailure } from "../../chain/rpc.ts";
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
 * What the calls of one request may come to in time; in bytes it is {@link answerLimitBytes}. A batch could otherwise
 * ask for the whole log fifty times over, or hold the chain for a minute. The call that passes the time is still
 * answered, the one whose answer does not fit is not, and those behind are refused without being asked.
 */
const answerLimitMs = 5_000;

type JsonRpcCall = Static<typeof Call>;

const failed = ({ id = null }: JsonRpcCall, { code, message, data }: RpcFailure): string =>
  JSON.stringify({ jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } });

const answered = ({ id = null, method }: JsonRpcCall, result: unknown): string => {
  let text: string;
  try {
    text = JSON.stringify({ jsonrpc: "2.0", id, result });
  } catch (error) {
    // Longer than any text of JavaScript may be.
    if (error instanceof RangeError) throw answerTooLong(method);
    throw error;
  }
  if (Buffer.byteLength(text) > answerLimitBytes) throw answerTooLong(method);
  return text;
};

const refused = (call: JsonRpcCall): string =>
  failed(
    call,
    new RpcFailure(
      limitExceeded,
      `the calls of this batch take more than ${answerLimitBytes} bytes or ${answerLimitMs} ms; ` +
        `ask this one again in another request, or for a smaller range`,
    ),
  );

/**
 * JSON-RPC calls are answered with status 200, failures included, as clients of the protocol expect. `nowMs` is a
 * clock that only runs forward.
 */
export const rpcBy =
  (nowMs: () => number) =>
  (app: App, services: Pick<Services, "rpc" | "rpcRequestsPerMinute">): void => {
    const answer = async (call: JsonRpcCall): Promise<string> => {
      const { method, params } = call;
      try {
        return answered(call, await services.rpc({ method, ...(params === undefined ? {} : { params }) }));
      } catch (error) {
        return failed(call, RpcFailure.from(error));
      }
    };
    app.post(
      "/rpc",
      {
        bodyLimit: 262_144,
        // Before the limit, so that a page of another origin can read that it asked too much.
        onRequest: async (_request, reply) => {
          reply.header("access-control-allow-origin", "*");
        },
        config: {
          needsChain: true,
          // Of its own, so that an audit and the pages of one address do not take from each other.
          rateLimit: { max: services.rpcRequestsPerMinute, timeWindow: "1 minute" },
        },
        schema: {
          tags: ["service"],
          summary: "Read-only JSON-RPC of the chain, for an auditor's own tools",
          body: Type.Union([Call, Type.Array(Call, { minItems: 1, maxItems: 50 })]),
          response: responses,
        },
      },
      async (request, reply) => {
        reply.type("application/json; charset=utf-8");
        const { body } = request;
        if (!Array.isArray(body)) return reply.send(await answer(body));
        const answers: string[] = [];
        const endsAtMs = nowMs() + answerLimitMs;
        let [bytes, isFull] = [0, false];
        for (const call of body) {
          const text = isFull || nowMs() >= endsAtMs ? undefined : await answer(call);
          const length = text === undefined ? 0 : Buffer.byteLength(text);
          isFull ||= bytes + length > answerLimitBytes;
          answers.push(text === undefined || isFull ? refused(call) : text);
          bytes += length;
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
