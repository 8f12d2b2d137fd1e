/** A node that misbehaves as it is told: an HTTP server in front of a real one. */
import { Agent, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { bodyOf, postJson } from "./post-json.ts";

/**
 * - `dead`: the connection is cut · `error`: HTTP 500 · `busy`: HTTP 429 · `garbage`: text that is no JSON · `nonsense`:
 *   JSON that is no answer · `silent`: no answer at all · `lost`: the request is carried out, its answer is cut · `stalled`: the
 *   same, but cut only after a while
 */
export type Fault = "dead" | "error" | "busy" | "garbage" | "nonsense" | "silent" | "lost" | "stalled";

const stalledMs = 200;

export interface FaultyNode {
  readonly url: string;
  /** From now on every request fails so; undefined for none. */
  fail(fault: Fault | undefined): void;
  /** So many requests are well, the next one fails so, or the next `times` (0: none does), and then all is well. */
  failAfter(requests: number, fault: Fault, times?: number): void;
  /** Answers as if the newest block were so many blocks older. */
  lag(blocks: number): void;
  /** Does not know the receipts of the next so many transactions that are asked for. */
  hideReceipts(requests: number): void;
  /** Requests wait, neither answered nor carried out, until {@link FaultyNode.thaw}. */
  freeze(): void;
  thaw(): void;
  /** Where requests go. */
  target(url: string): void;
  close(): Promise<void>;
}

export const startFaultyNode = async (targetUrl: string): Promise<FaultyNode> => {
  let target = targetUrl;
  let always: Fault | undefined;
  let planned: { wellLeft: number; failuresLeft: number; readonly fault: Fault } | undefined;
  let lagBlocks = 0;
  let hiddenReceipts = 0;
  let frozen: (() => void)[] | undefined;
  const held = new Set<ServerResponse>();

  const agent = new Agent({ keepAlive: true });
  const ask = (body: string): Promise<string> => postJson(target, body, agent);
  const lagging = async (body: string): Promise<string> => {
    if (lagBlocks === 0 || !body.includes('"latest"')) return body;
    const answer = await ask('{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}');
    const head = Number(/"result":"(0x[0-9a-f]+)"/.exec(answer)?.[1] ?? 0);
    return body.replaceAll('"latest"', `"0x${Math.max(0, head - lagBlocks).toString(16)}"`);
  };
  const due = (): Fault | undefined => {
    if (planned === undefined || planned.wellLeft-- > 0) return undefined;
    const { fault } = planned;
    planned.failuresLeft -= 1;
    if (planned.failuresLeft <= 0) planned = undefined;
    return fault;
  };
  const isHidden = (body: string): boolean => {
    if (hiddenReceipts === 0 || !body.includes('"eth_getTransactionReceipt"')) return false;
    hiddenReceipts -= 1;
    return true;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await lagging(await bodyOf(request));
    if (frozen !== undefined) await new Promise<void>((resolve) => frozen?.push(resolve));
    // From here to the request that goes on nothing is awaited: what is told to fail now does not get through.
    const fault = always ?? due();
    switch (fault) {
      case undefined:
        response.setHeader("content-type", "application/json");
        response.end(isHidden(body) ? '{"jsonrpc":"2.0","id":1,"result":null}' : await ask(body));
        return;
      case "stalled":
        await ask(body);
        setTimeout(() => request.socket.destroy(), stalledMs);
        return;
      case "lost":
        await ask(body);
        request.socket.destroy();
        return;
      case "dead":
        request.socket.destroy();
        return;
      case "silent":
        held.add(response);
        return;
      case "error":
        response.statusCode = 500;
        response.end("internal error");
        return;
      case "busy":
        response.statusCode = 429;
        response.end("too many requests");
        return;
      case "garbage":
        response.end("<html>a page that nobody asked for</html>");
        return;
      case "nonsense":
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: { number: "many" } }));
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    fail: (fault) => {
      always = fault;
    },
    failAfter: (requests, fault, times = 1) => {
      planned = times === 0 ? undefined : { wellLeft: requests, failuresLeft: times, fault };
    },
    lag: (blocks) => {
      lagBlocks = blocks;
    },
    hideReceipts: (requests) => {
      hiddenReceipts = requests;
    },
    freeze: () => {
      frozen ??= [];
    },
    thaw: () => {
      const waiting = frozen ?? [];
      frozen = undefined;
      for (const resolve of waiting) resolve();
    },
    target: (url) => {
      target = url;
    },
    close: async () => {
      for (const response of held) response.destroy();
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
