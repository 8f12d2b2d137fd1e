/** A gateway's answers over HTTP, each with the block that it says it is true of. */
import { setTimeout as wait } from "node:timers/promises";
import { AnswerTooLong, boundedText } from "../../../chain/light/bounded-text.ts";
import { memberOf } from "./told.ts";

/** The gateway did not answer, or not with an answer. */
export class GatewayFailure extends Error {
  readonly path: string;
  constructor(path: string, detail: string) {
    super(`${path}: ${detail}`);
    this.name = "GatewayFailure";
    this.path = path;
  }
}

export interface ToldHead {
  readonly chainId: number;
  readonly ledger: string;
  readonly block: number;
  readonly hash: string;
  readonly time: string;
  /** Blocks that stand on it at least; 0 where blocks are never replaced. */
  readonly finalityBlocks: number;
}

export interface ToldAnswer {
  readonly head: ToldHead;
  /** Undefined where there is no such thing. */
  readonly data: unknown;
  /** Of a list that goes on. */
  readonly next: string | undefined;
}

const timeoutMs = 60_000;
/** Of one answer, which is a page at most. */
const answerLimitBytes = 32 * 1_024 * 1_024;
/** A gateway's limit of so many requests a minute passes within these. */
const retries = 8;
const defaultRetryAfterMs = 2_000;
const longestRetryAfterMs = 60_000;

const numberIn = (value: unknown, name: string, path: string): number => {
  const number = memberOf(value, name);
  if (typeof number !== "number" || !Number.isSafeInteger(number))
    throw new GatewayFailure(path, `no ${name}`);
  return number;
};
const textIn = (value: unknown, name: string, path: string): string => {
  const text = memberOf(value, name);
  if (typeof text !== "string") throw new GatewayFailure(path, `no ${name}`);
  return text;
};

const headIn = (body: unknown, path: string): ToldHead => {
  const asOf = memberOf(body, "asOf");
  const hasFinality = memberOf(asOf, "finalityBlocks") !== undefined;
  return {
    chainId: numberIn(asOf, "chainId", path),
    ledger: textIn(asOf, "ledger", path).toLowerCase(),
    block: numberIn(asOf, "block", path),
    hash: textIn(asOf, "hash", path).toLowerCase(),
    time: textIn(asOf, "time", path),
    finalityBlocks: hasFinality ? numberIn(asOf, "finalityBlocks", path) : 0,
  };
};

const retryAfterMs = (response: Response): number => {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, longestRetryAfterMs) : defaultRetryAfterMs;
};

const send = async (url: string, path: string): Promise<Response> => {
  try {
    return await fetch(`${url}${path}`, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    throw new GatewayFailure(path, "nobody answers");
  }
};

const textOf = async (response: Response, path: string): Promise<string> => {
  try {
    return await boundedText(response, answerLimitBytes);
  } catch (error) {
    if (error instanceof AnswerTooLong) throw new GatewayFailure(path, error.message);
    throw new GatewayFailure(path, `HTTP status ${response.status}, no text`);
  }
};

const jsonOf = async (response: Response, path: string): Promise<unknown> => {
  const text = await textOf(response, path);
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayFailure(path, `HTTP status ${response.status}, no JSON`);
  }
};

/** Undefined for what there is not. Rejects with {@link GatewayFailure}. */
const answered = async (url: string, path: string): Promise<Response | undefined> => {
  for (let tried = 0; ; tried += 1) {
    const response = await send(url, path);
    if ((response.status === 429 || response.status === 503) && tried < retries) {
      await wait(retryAfterMs(response));
      continue;
    }
    return response.status === 404 ? undefined : response;
  }
};

export type GatewayAsk = (path: string) => Promise<ToldAnswer | undefined>;

/** Undefined for what there is not. Rejects with {@link GatewayFailure}. */
export const gatewayAt =
  (url: string): GatewayAsk =>
  async (path) => {
    const response = await answered(url, path);
    if (response === undefined) return undefined;
    const body = await jsonOf(response, path);
    if (response.status !== 200) throw new GatewayFailure(path, `HTTP status ${response.status}`);
    const next = memberOf(body, "next");
    return {
      head: headIn(body, path),
      data: memberOf(body, "data"),
      next: typeof next === "string" ? next : undefined,
    };
  };

export type DocumentAsk = (digest: string) => Promise<string | undefined>;

/** The text of a published document as it is served, in which every byte counts; undefined where none is. */
export const documentsAt =
  (url: string): DocumentAsk =>
  async (digest) => {
    const path = `/v1/documents/${digest}`;
    const response = await answered(url, path);
    if (response === undefined) return undefined;
    if (response.status !== 200) throw new GatewayFailure(path, `HTTP status ${response.status}`);
    return textOf(response, path);
  };
