/** A node and a gateway that tell the truth about a test's books until they are told to lie: one HTTP server before them. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { encodeEvent } from "../../../chain/encode.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { readHash, readRecord } from "../../../server/chain/wire.ts";
import type { App } from "../../../server/routes/endpoint.ts";

/** Makes the answer that is given of the true one. */
export type RpcLie = (method: string, params: readonly unknown[], result: unknown) => unknown;
/** Undefined: there is no such thing. */
export type GatewayLie = (path: string, body: unknown) => unknown;

export interface Liar {
  readonly url: string;
  /** From now on the node lies so. */
  lieAsNode(lie: RpcLie): void;
  lieAsGateway(lie: GatewayLie): void;
  tellTheTruth(): void;
  close(): Promise<void>;
}

const truth: RpcLie = (_method, _params, result) => result;
const truthOfGateway: GatewayLie = (_path, body) => body;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
};

const callsIn = (body: string): readonly unknown[] => {
  const parsed: unknown = JSON.parse(body);
  return Array.isArray(parsed) ? parsed : [parsed];
};

export const startLiar = async (app: App): Promise<Liar> => {
  let asNode = truth;
  let asGateway = truthOfGateway;

  const askNode = async (body: string): Promise<string> => {
    const headers = { "content-type": "application/json" };
    const { payload } = await app.inject({ method: "POST", url: "/rpc", payload: body, headers });
    const calls = callsIn(body);
    const answers = callsIn(payload).map((answer, index) => {
      const { method, params } = readRecord(calls[index], "a call");
      const told = readRecord(answer, "an answer");
      if (!("result" in told)) return told;
      const list: readonly unknown[] = Array.isArray(params) ? params : [];
      return { ...told, result: asNode(String(method), list, told["result"]) };
    });
    return JSON.stringify(Array.isArray(JSON.parse(body)) ? answers : answers[0]);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? "/";
    response.setHeader("content-type", "application/json");
    if (path === "/rpc") {
      response.end(await askNode(await bodyOf(request)));
      return;
    }
    const told = await app.inject({ method: "GET", url: path });
    const said = asGateway(path, JSON.parse(told.payload));
    response.statusCode = said === undefined ? 404 : told.statusCode;
    response.end(JSON.stringify(said ?? {}));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  return {
    url: `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`,
    lieAsNode: (lie) => {
      asNode = lie;
    },
    lieAsGateway: (lie) => {
      asGateway = lie;
    },
    tellTheTruth: () => {
      asNode = truth;
      asGateway = truthOfGateway;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const eventOf = (log: Readonly<Record<string, unknown>>): LedgerEvent | undefined => {
  const { topics, data } = log;
  return decodeLedgerLog({
    topics: Array.isArray(topics) ? topics.map(readHash) : [],
    data: String(data),
  });
};

const changedLogs = (
  logs: readonly unknown[],
  change: (event: LedgerEvent) => LedgerEvent | readonly LedgerEvent[],
): readonly unknown[] =>
  logs.flatMap((value) => {
    const log = readRecord(value, "a log");
    const event = eventOf(log);
    const changed = event === undefined ? undefined : change(event);
    if (changed === undefined || changed === event) return [log];
    return [changed].flat().map((one) => ({ ...log, ...encodeEvent(one) }));
  });

/** Tells other logs, in lists and in receipts: each event becomes those that `change` makes of it, at its place. */
export const lieAboutEvents =
  (change: (event: LedgerEvent) => LedgerEvent | readonly LedgerEvent[]): RpcLie =>
  (method, _params, result) => {
    if (method === "eth_getLogs" && Array.isArray(result)) return changedLogs(result, change);
    if (method !== "eth_getTransactionReceipt") return result;
    const receipt = readRecord(result, "a receipt");
    const { logs } = receipt;
    return { ...receipt, logs: changedLogs(Array.isArray(logs) ? logs : [], change) };
  };

/** The same in lists of logs only. */
export const inListsOnly =
  (lie: RpcLie): RpcLie =>
  (method, params, result) =>
    method === "eth_getLogs" ? lie(method, params, result) : result;

/** Tells another thing about the events of one type; the others stay. */
export const lieAbout = <Type extends LedgerEvent["type"]>(
  type: Type,
  change: (event: Extract<LedgerEvent, { readonly type: Type }>) => LedgerEvent | readonly LedgerEvent[],
): RpcLie => {
  const isOf = (event: LedgerEvent): event is Extract<LedgerEvent, { readonly type: Type }> =>
    event.type === type;
  return lieAboutEvents((event) => (isOf(event) ? change(event) : event));
};
