/** A node and a gateway that tell the truth about a test's books until they are told to lie: one HTTP server before them. */
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { encodeEvent } from "../../../chain/encode.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { readHash, readRecord } from "../../../server/chain/wire.ts";
import type { App } from "../../../server/routes/endpoint.ts";
import { startProxy, type ApiLie, type Lies, type RpcLie } from "../../lying/proxy.ts";

export type { RpcLie } from "../../lying/proxy.ts";
export type GatewayLie = ApiLie;

export interface Liar {
  readonly url: string;
  /** From now on the node lies so. */
  lieAsNode(lie: RpcLie): void;
  lieAsGateway(lie: GatewayLie): void;
  tellTheTruth(): void;
  close(): Promise<void>;
}

export const startLiar = async (app: App): Promise<Liar> => {
  const proxy = await startProxy(await app.listen({ host: "127.0.0.1", port: 0 }));
  let lies: Lies = {};
  const tell = (told: Lies): void => {
    lies = told;
    proxy.lie(told);
  };
  return {
    url: proxy.url,
    lieAsNode: (rpc) => tell({ ...lies, rpc }),
    lieAsGateway: (api) => tell({ ...lies, api }),
    tellTheTruth: () => tell({}),
    close: () => proxy.close(),
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
const lieAboutEvents =
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
