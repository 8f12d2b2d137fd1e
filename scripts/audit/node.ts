/** A node as the audit asks it, by JSON-RPC over HTTP. Nothing of an answer is believed before it was looked at. */
import {
  createPublicClient,
  http,
  HttpRequestError,
  ResponseBodyTooLargeError,
  RpcRequestError,
  type PublicClient,
} from "viem";
import { bytes32, type Bytes32 } from "../../protocol/ids.ts";

/** How a node failed to answer. */
export type NodeReason =
  /** It does not want to: too long a range, an unknown method, a limit. */
  | "refused"
  | "unreachable"
  /** What it said is no answer. */
  | "garbled";

export class NodeFailure extends Error {
  readonly reason: NodeReason;
  readonly method: string;
  constructor(reason: NodeReason, method: string, detail: string) {
    super(`${method}: ${reason}: ${detail}`);
    this.name = "NodeFailure";
    this.reason = reason;
    this.method = method;
  }
}

export type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>;

export interface Node {
  readonly ask: Ask;
  /** For calls of the lens. */
  readonly client: PublicClient;
}

const timeoutMs = 120_000;
/** What every node takes in one batch. */
const callsInBatch = 20;
/** Once after each second or what the node asks for: a limit of so many requests a minute passes within that time. */
const retries = 8;
const retryDelayMs = 500;
const answerLimitBytes = 256 * 1024 * 1024;
const detailCharacters = 200;

const ofStatus = (status: number, method: string): NodeFailure =>
  new NodeFailure(
    status === 413 || status === 400 ? "refused" : "unreachable",
    method,
    `HTTP status ${status}`,
  );

/** What went wrong, without the URL: it may hold a credential. */
export const failureOf = (error: unknown, method: string): NodeFailure => {
  if (error instanceof NodeFailure) return error;
  if (error instanceof RpcRequestError)
    return new NodeFailure("refused", method, error.details.slice(0, detailCharacters));
  if (error instanceof ResponseBodyTooLargeError)
    return new NodeFailure("refused", method, "the answer is too long");
  if (error instanceof HttpRequestError && error.status !== undefined) return ofStatus(error.status, method);
  if (error instanceof SyntaxError) return new NodeFailure("garbled", method, "no JSON");
  if (error instanceof Error && error.cause !== undefined) return failureOf(error.cause, method);
  return new NodeFailure("unreachable", method, "nobody answers");
};

const transportTo = (url: string, retryCount: number) =>
  http(url, {
    batch: { batchSize: callsInBatch, wait: 0 },
    timeout: timeoutMs,
    maxResponseBodySize: answerLimitBytes,
    retryCount,
    retryDelay: retryDelayMs,
    fetchOptions: { redirect: "error" },
  });

/** A node that finds a range too long says so at once, however often it is asked. */
const askedOnce: ReadonlySet<string> = new Set(["eth_getLogs"]);

/** Every call rejects with {@link NodeFailure}; calls of the client with what viem throws. */
export const nodeAt = (url: string): Node => {
  const transport = transportTo(url, retries);
  const [patient, once] = [transport({}), transportTo(url, 0)({})];
  return {
    client: createPublicClient({ transport }),
    ask: async (method, params) => {
      const { request } = askedOnce.has(method) ? once : patient;
      try {
        return await request({ method, params });
      } catch (error) {
        throw failureOf(error, method);
      }
    },
  };
};

export type Members = Readonly<Record<string, unknown>>;

export const membersOf = (value: unknown, method: string): Members => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NodeFailure("garbled", method, "no object");
  }
  return { ...value };
};

export const listOf = (value: unknown, method: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new NodeFailure("garbled", method, "no list");
  return value;
};

export const hexOf = (value: unknown, method: string): `0x${string}` => {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]*$/.test(value)) {
    throw new NodeFailure("garbled", method, "no hexadecimal");
  }
  return `0x${value.slice(2).toLowerCase()}`;
};

export const numberOf = (value: unknown, method: string): number => {
  const number = Number(hexOf(value, method));
  if (!Number.isSafeInteger(number)) throw new NodeFailure("garbled", method, "no small number");
  return number;
};

export const hashOf = (value: unknown, method: string): Bytes32 => {
  const hex = hexOf(value, method);
  if (hex.length !== 66) throw new NodeFailure("garbled", method, "no hash");
  return bytes32(hex);
};
