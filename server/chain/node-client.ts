/** JSON-RPC over HTTP to the node of RPC_URL. Nothing of an answer is believed before it was looked at. */
import { HttpRequestError, ResponseBodyTooLargeError, RpcRequestError, TimeoutError } from "viem";
import { getHttpRpcClient } from "viem/utils";
import { NodeUnreachable } from "./node-failures.ts";
import { RpcFailure } from "./rpc.ts";
import { isHex, isRecord } from "./wire.ts";

export type Send = (method: string, params?: readonly unknown[]) => Promise<unknown>;

/** A batch of 3,000 donations is 240 kB as a log; a hundred of them fit. */
const answerLimitBytes = 32 * 1024 * 1024;

/**
 * Asks the node, once for each call: what is to be asked again is for the caller to know. Throws {@link RpcFailure} for
 * the node's own refusal and {@link NodeUnreachable} for everything else, neither with the URL in it.
 */
export const nodeClient = (url: string, timeoutMs: number): Send => {
  const client = getHttpRpcClient(url, {
    timeout: timeoutMs,
    maxResponseBodySize: answerLimitBytes,
    // A node's answer is never anywhere else; a redirect could take a key along.
    fetchOptions: { redirect: "error" },
  });
  return async (method, params = []) => {
    let answer: unknown;
    try {
      answer = await client.request({ body: { method, params: [...params] } });
    } catch (error) {
      throw unreachable(error, method);
    }
    return resultOf(answer, method);
  };
};

const resultOf = (answer: unknown, method: string): unknown => {
  if (!isRecord(answer)) throw new NodeUnreachable("garbage", method, "the answer is no JSON-RPC");
  const { error } = answer;
  if (error !== undefined && error !== null) {
    if (!isRecord(error) || typeof error["message"] !== "string") {
      throw new NodeUnreachable("garbage", method, "the answer has an error that is none");
    }
    const code = typeof error["code"] === "number" ? error["code"] : -32603;
    throw isHex(error["data"])
      ? new RpcFailure(code, error["message"], error["data"])
      : new RpcFailure(code, error["message"]);
  }
  if (!Object.hasOwn(answer, "result")) {
    throw new NodeUnreachable("garbage", method, "the answer has neither result nor error");
  }
  return answer["result"];
};

const unreachable = (error: unknown, method: string): NodeUnreachable | RpcFailure => {
  if (error instanceof RpcRequestError) {
    // An error of JSON-RPC under a status of HTTP that is none of success.
    return error.status === 429
      ? new NodeUnreachable("rateLimit", method, "HTTP status 429")
      : new RpcFailure(error.code, error.details);
  }
  if (error instanceof TimeoutError) return new NodeUnreachable("timeout", method, "no answer in time");
  if (error instanceof ResponseBodyTooLargeError) {
    return new NodeUnreachable("garbage", method, `the answer has more than ${answerLimitBytes} bytes`);
  }
  if (error instanceof HttpRequestError && error.status !== undefined) {
    const facts = `HTTP status ${error.status}`;
    return error.status === 429
      ? new NodeUnreachable("rateLimit", method, facts, retryAfterOf(error))
      : new NodeUnreachable("unavailable", method, facts);
  }
  // Text that does not parse reaches us as a SyntaxError of JSON.
  const isGarbage = error instanceof SyntaxError || causeOf(error) instanceof SyntaxError;
  return isGarbage
    ? new NodeUnreachable("garbage", method, "the answer is no JSON")
    : new NodeUnreachable("unavailable", method, "nobody answers");
};

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);

const retryAfterOf = ({ headers }: HttpRequestError): number | undefined => {
  const seconds = Number(headers?.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
};
