/**
 * JSON-RPC for a browser: one function, no client. Calls of the same turn travel as one batch, so that a check of
 * forty questions is a few requests. Whatever goes wrong becomes an Unanswered that says how.
 */
import { Unanswered } from "../../protocol/verify/steps.ts";
import { AnswerTooLong, boundedText } from "./bounded-text.ts";

export type Request = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** As the platform's own; tests give theirs. Throws {@link Unanswered}. */
export type Post = (url: string, body: string) => Promise<{ readonly status: number; readonly text: string }>;

const timeoutMs = 30_000;
/** As many records as a browser should read, and more. */
const answerLimitBytes = 32 * 1024 * 1024;
/** The most calls of one batch that every node takes. */
const batchCalls = 20;
const detailCharacters = 200;

/** Status and text, within limits of time and length. Throws {@link Unanswered}. */
export const askOverHttp = async (url: string, asked: RequestInit): ReturnType<Post> => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error(`${timeoutMs / 1_000} s`)), timeoutMs);
  try {
    const answer = await fetch(url, {
      ...asked,
      signal: abort.signal,
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    return { status: answer.status, text: await boundedText(answer, answerLimitBytes) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : "";
    throw new Unanswered(error instanceof AnswerTooLong ? "tooMany" : "unreachable", detail);
  } finally {
    clearTimeout(timer);
  }
};

export const postByFetch: Post = (url, body) =>
  askOverHttp(url, { method: "POST", headers: { "content-type": "application/json" }, body });

interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Unanswered) => void;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

const errorOf = (answer: unknown): Unanswered => {
  const error = member(answer, "error");
  if (error === undefined) return new Unanswered("garbled", "no result");
  const message = member(error, "message");
  return new Unanswered("refused", typeof message === "string" ? message.slice(0, detailCharacters) : "");
};

/** The answer to call `id`, wherever it stands in the list. */
const settle = ({ resolve, reject }: Call, id: number, answers: readonly unknown[]): void => {
  const answer = answers.find((each) => member(each, "id") === id);
  const hasResult = typeof answer === "object" && answer !== null && Object.hasOwn(answer, "result");
  if (hasResult) resolve(member(answer, "result"));
  else reject(errorOf(answer ?? answers[0]));
};

/** Throws {@link Unanswered} for what is no JSON. */
export const jsonIn = ({ status, text }: Awaited<ReturnType<Post>>): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unanswered(status >= 400 ? "refused" : "garbled", `HTTP ${status}`);
  }
};

const send = async (url: string, calls: readonly Call[], post: Post): Promise<void> => {
  try {
    const body = calls.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params }));
    const parsed = jsonIn(await post(url, JSON.stringify(body)));
    const answers: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    calls.forEach((call, id) => settle(call, id, answers));
  } catch (error) {
    const reason = error instanceof Unanswered ? error : new Unanswered("garbled");
    for (const { reject } of calls) reject(reason);
  }
};

/** A node's JSON-RPC. Every call rejects with Unanswered where there is no result. */
export const jsonRpc = (url: string, post: Post = postByFetch): Request => {
  let waiting: Call[] = [];
  const flush = (): void => {
    const calls = waiting;
    waiting = [];
    for (let at = 0; at < calls.length; at += batchCalls) {
      void send(url, calls.slice(at, at + batchCalls), post);
    }
  };
  return (method, params) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(flush);
      waiting.push({ method, params, resolve, reject });
    });
};
