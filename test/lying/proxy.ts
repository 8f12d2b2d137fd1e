/**
 * An HTTP proxy on the loopback interface between whoever asks and a real gateway or node. It passes everything on as it is, pages
 * included, but for what it is told to lie about: results of JSON-RPC, and JSON answers of the API.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readRecord } from "../../server/chain/wire.ts";

/** Makes the result that is given of the true one. */
export type RpcLie = (method: string, params: readonly unknown[], result: unknown) => unknown;
/** Makes the answer that is given of the true one; undefined: there is no such thing. */
export type ApiLie = (path: string, body: unknown) => unknown;

export interface Lies {
  readonly rpc?: RpcLie;
  readonly api?: ApiLie;
}

export interface LyingProxy {
  /** Of the same form as the gateway's own. */
  readonly url: string;
  /** From now on it lies so, and about nothing else. */
  lie(lies: Lies): void;
  close(): Promise<void>;
}

/** What the proxy's own connection decides. */
const ownHeaders: ReadonlySet<string> = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

const listOf = (parsed: unknown): readonly unknown[] => (Array.isArray(parsed) ? parsed : [parsed]);

/** The answers of a batch in the order of its calls, each with its result as it is told. */
const rpcAnswer = (lie: RpcLie, asked: string, answered: string): string => {
  const calls = listOf(JSON.parse(asked));
  const parsed: unknown = JSON.parse(answered);
  const answers = listOf(parsed).map((answer, index) => {
    const { method, params } = readRecord(calls[index], "a call");
    const told = readRecord(answer, "an answer");
    if (!("result" in told)) return told;
    return { ...told, result: lie(String(method), Array.isArray(params) ? params : [], told["result"]) };
  });
  return JSON.stringify(Array.isArray(parsed) ? answers : answers[0]);
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

const passedOn = async (origin: string, request: IncomingMessage, body: Buffer): Promise<Response> => {
  const headers = new Headers();
  for (const name of ["accept", "accept-language", "authorization", "content-type", "idempotency-key"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const { method = "GET" } = request;
  const hasBody = method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
  return fetch(`${origin}${request.url ?? "/"}`, {
    method,
    headers,
    redirect: "manual",
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
  });
};

/** Starts a proxy before the gateway at `origin`. */
export const startProxy = async (origin: string): Promise<LyingProxy> => {
  let lies: Lies = {};

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await bodyOf(request);
    const told = await passedOn(origin, request, asked);
    for (const [name, value] of told.headers) {
      if (!ownHeaders.has(name)) response.setHeader(name, value);
    }
    const path = request.url ?? "/";
    const bytes = Buffer.from(await told.arrayBuffer());
    response.statusCode = told.status;
    // A node is asked at its root, a gateway at /rpc.
    if (lies.rpc !== undefined && ["/", "/rpc"].includes(path) && request.method === "POST") {
      response.end(rpcAnswer(lies.rpc, asked.toString("utf8"), bytes.toString("utf8")));
      return;
    }
    if (lies.api === undefined || !path.startsWith("/v1/") || told.status !== 200) {
      response.end(bytes);
      return;
    }
    const said = await lies.api(path, JSON.parse(bytes.toString("utf8")));
    if (said === undefined) response.statusCode = 404;
    response.end(JSON.stringify(said ?? {}));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  return {
    url: `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`,
    lie: (told) => {
      lies = told;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
