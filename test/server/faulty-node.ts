/** A node that misbehaves as it is told: an HTTP server in front of a real one. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/**
 * - `dead`: the connection is cut · `error`: HTTP 500 · `busy`: HTTP 429 · `garbage`: text that is no JSON · `nonsense`:
 *   JSON that is no answer · `silent`: no answer at all · `lost`: the request is carried out, its answer is cut
 */
export type Fault = "dead" | "error" | "busy" | "garbage" | "nonsense" | "silent" | "lost";

export interface FaultyNode {
  readonly url: string;
  /** From now on every request fails so; undefined for none. */
  fail(fault: Fault | undefined): void;
  /** So many requests are well, the next one fails so, and then all is well. */
  failAfter(requests: number, fault: Fault): void;
  /** Answers as if the newest block were so many blocks older. */
  lag(blocks: number): void;
  /** Where requests go. */
  target(url: string): void;
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
};

export const startFaultyNode = async (targetUrl: string): Promise<FaultyNode> => {
  let target = targetUrl;
  let always: Fault | undefined;
  let once: { left: number; readonly fault: Fault } | undefined;
  let lagBlocks = 0;
  const held = new Set<ServerResponse>();

  const ask = async (body: string): Promise<string> => {
    const response = await fetch(target, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return response.text();
  };
  const lagging = async (body: string): Promise<string> => {
    if (lagBlocks === 0 || !body.includes('"latest"')) return body;
    const answer = await ask('{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}');
    const head = Number(/"result":"(0x[0-9a-f]+)"/.exec(answer)?.[1] ?? 0);
    return body.replaceAll('"latest"', `"0x${Math.max(0, head - lagBlocks).toString(16)}"`);
  };
  const due = (): Fault | undefined => {
    if (once === undefined || once.left-- > 0) return undefined;
    const { fault } = once;
    once = undefined;
    return fault;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const fault = due() ?? always;
    switch (fault) {
      case undefined:
        response.setHeader("content-type", "application/json");
        response.end(await ask(await lagging(body)));
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
    failAfter: (requests, fault) => {
      once = { left: requests, fault };
    },
    lag: (blocks) => {
      lagBlocks = blocks;
    },
    target: (url) => {
      target = url;
    },
    close: async () => {
      for (const response of held) response.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
