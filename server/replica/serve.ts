/** What a replica answers: read-only JSON-RPC of its own chain, and where it stands. */
import rateLimit from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify from "fastify";
import type { EmbeddedChain } from "../chain/embedded.ts";
import { RpcFailure } from "../chain/rpc.ts";
import type { App } from "../routes/endpoint.ts";
import { rpc } from "../routes/node/rpc.ts";

export interface Standing {
  readonly from: string;
  /** The address that it signs with. */
  readonly replica: string;
  readonly block?: number;
  readonly hash?: string;
  /** What was found wrong last; absent while everything is as the operator says. */
  readonly found?: string;
}

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly chain: () => EmbeddedChain | undefined;
  readonly standing: () => Promise<Standing>;
}

const requestsPerMinute = 6_000;

/** Answers the address that it listens on, and how to end it. */
export const serve = async ({
  host,
  port,
  chain,
  standing,
}: ServeOptions): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const app: App = Fastify({
    bodyLimit: 262_144,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  await app.register(rateLimit, { max: requestsPerMinute, timeWindow: "1 minute" });
  app.get("/", async () => standing());
  rpc(app, {
    rpcRequestsPerMinute: requestsPerMinute,
    rpc: async (request) => {
      const own = chain();
      if (own === undefined) throw new RpcFailure(-32_000, "the replica is making its chain; ask again");
      return own.request(request);
    },
  });
  await app.listen({ host, port });
  const bound = app.addresses().find((each) => typeof each === "object")?.port ?? port;
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, close: () => app.close() };
};
