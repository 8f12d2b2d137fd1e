/** The gateway as an import sees it, over its HTTP API. */
import { Type } from "typebox";
import { Value } from "typebox/value";
import { fen, parseMinorUnits, type Fen } from "../../protocol/amounts.ts";
import type { DonationStanding } from "../../protocol/ports/desk.ts";
import { GatewayFailure, GiftsRefused, type Gift, type ImportTarget } from "./target.ts";

const waitSeconds = 30;
const requestTimeoutMs = (waitSeconds + 30) * 1000;
/** A gateway that restarts replays its chain first; ten tries with pauses that double are about four minutes. */
const tries = 10;
const firstPauseMs = 500;
const longestPauseMs = 60_000;
/** An operation that was not recorded while the request waited is looked at again: for half an hour. */
const lookPauseMs = 1_000;
const looks = 1_800;

const Standing = Type.Object({
  standing: Type.Array(Type.Union([Type.Literal("new"), Type.Literal("recorded"), Type.Literal("conflict")])),
});
const Operation = Type.Object({
  operation: Type.String(),
  state: Type.Enum(["accepted", "recorded", "refused", "cancelled"]),
  refusal: Type.Optional(
    Type.Object({ name: Type.String(), facts: Type.Record(Type.String(), Type.String()) }),
  ),
});
type Operation = Type.Static<typeof Operation>;
const Operations = Type.Object({ operations: Type.Array(Operation) });
const Fund = Type.Object({
  data: Type.Object({ partition: Type.Object({ total: Type.Object({ amount: Type.String() }) }) }),
});
const Problem = Type.Object({
  title: Type.String(),
  detail: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), reason: Type.String() }))),
});

export interface HttpTargetOptions {
  /** Origin of the gateway, such as http://127.0.0.1:8650. */
  readonly url: string;
  readonly apiKey: string;
  /** Waits between tries; tests hand in one that does not. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

interface Ask {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const wireGift = ({ amount, ...gift }: Gift) => ({ ...gift, amount: amount.toString() });

export class HttpTarget implements ImportTarget {
  readonly #url: string;
  readonly #apiKey: string;
  readonly #pause: (milliseconds: number) => Promise<void>;

  constructor({ url, apiKey, pause }: HttpTargetOptions) {
    this.#url = url.replace(/\/+$/, "");
    this.#apiKey = apiKey;
    this.#pause = pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  }

  async standing(gifts: readonly Gift[]): Promise<readonly DonationStanding[]> {
    const body = { donations: gifts.map(wireGift) };
    const { standing } = await this.#answer(Standing, {
      method: "POST",
      path: "/v1/donations/standing",
      body,
    });
    if (standing.length !== gifts.length) {
      throw new GatewayFailure(`gateway: ${gifts.length} gifts asked about, ${standing.length} answered`);
    }
    return standing;
  }

  async record(gifts: readonly Gift[], idempotencyKey: string): Promise<void> {
    const { operations } = await this.#answer(Operations, {
      method: "POST",
      path: "/v1/donations",
      body: { donations: gifts.map(wireGift) },
      headers: { "idempotency-key": idempotencyKey, prefer: `wait=${waitSeconds}` },
    });
    for (const operation of operations) await this.#settled(operation);
  }

  async fundTotal(code: string): Promise<Fen | undefined> {
    const response = await this.#ask({ method: "GET", path: `/v1/funds/${encodeURIComponent(code)}` });
    if (response.status === 404) return undefined;
    const { data } = await this.#read(Fund, response);
    return fen(parseMinorUnits(data.partition.total.amount));
  }

  async #settled(first: Operation): Promise<void> {
    let operation = first;
    for (let count = 0; operation.state === "accepted"; count += 1) {
      if (count === looks) {
        throw new GatewayFailure(
          `operation ${operation.operation} is accepted and will be recorded, but was not within half an hour; ` +
            `look at the gateway's log and run the import again`,
        );
      }
      await this.#pause(lookPauseMs);
      const path = `/v1/operations/${operation.operation}`;
      operation = await this.#answer(Operation, { method: "GET", path });
    }
    if (operation.state === "recorded") return;
    if (operation.state === "cancelled") {
      throw new GatewayFailure(
        `an operator cancelled operation ${operation.operation}; run the import again`,
      );
    }
    const { name = "unknown", facts = {} } = operation.refusal ?? {};
    const listed = Object.entries(facts).map(([fact, value]) => `, ${fact} ${value}`);
    throw new GatewayFailure(
      `the ledger refused operation ${operation.operation}: ${name}${listed.join("")}`,
    );
  }

  async #answer<Schema extends Type.TSchema>(schema: Schema, ask: Ask): Promise<Type.Static<Schema>> {
    return this.#read(schema, await this.#ask(ask));
  }

  async #read<Schema extends Type.TSchema>(schema: Schema, response: Response): Promise<Type.Static<Schema>> {
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refusalOf(response, body);
    if (!Value.Check(schema, body)) {
      throw new GatewayFailure(`gateway: ${response.url} answered something else than its API says`);
    }
    return body;
  }

  /** Asks again while the gateway is away or busy; everything asked is safe to ask twice. */
  async #ask(ask: Ask): Promise<Response> {
    for (let count = 1; ; count += 1) {
      const answered = await this.#once(ask);
      if (answered instanceof Response && !isBusy(answered)) return answered;
      if (count === tries) {
        if (answered instanceof Response) return answered;
        throw new GatewayFailure(
          `gateway: no answer from ${this.#url} in ${tries} tries; start it, or name another with --url`,
          answered.cause,
        );
      }
      const doubled = Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs);
      await this.#pause(answered instanceof Response ? retryAfterMs(answered, doubled) : doubled);
    }
  }

  async #once({ method, path, body, headers = {} }: Ask): Promise<Response | { readonly cause: unknown }> {
    try {
      return await fetch(`${this.#url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#apiKey}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        signal: AbortSignal.timeout(requestTimeoutMs),
        redirect: "error",
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      return { cause };
    }
  }
}

/** A request of ours whose answer was lost may still be under way (409): that alone of them says when to ask again. */
const isBusy = ({ status, headers }: Response): boolean =>
  [429, 502, 503, 504].includes(status) || (status === 409 && headers.has("retry-after"));

const retryAfterMs = (response: Response, otherwise: number): number => {
  const seconds = Number(response.headers.get("retry-after") ?? "");
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds * 1000, longestPauseMs) : otherwise;
};

const refusalOf = (response: Response, body: unknown): GatewayFailure => {
  if (!Value.Check(Problem, body)) return new GatewayFailure(`gateway: HTTP ${response.status}`);
  const { title, detail = "", errors = [] } = body;
  const listed = errors.map(({ field, reason }) => `\n  ${field}: ${reason}`).join("");
  const message = `gateway: ${title} (HTTP ${response.status})${detail === "" ? "" : `: ${detail}`}${listed}`;
  return errors.length > 0 ? new GiftsRefused(message, errors) : new GatewayFailure(message);
};
