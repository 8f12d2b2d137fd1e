/** The gateway's API as the bench uses it. */
import { Type } from "typebox";
import { Value } from "typebox/value";
import { fund, type GiftBody } from "./gifts.ts";

export class BenchFailed extends Error {
  constructor(step: string, reason: string) {
    super(`${step}: ${reason}`);
    this.name = "BenchFailed";
  }
}

const Fund = Type.Object({ data: Type.Object({ donations: Type.Integer() }) });

export class Client {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async openFund(): Promise<void> {
    const body = { name: { zh: "测速基金", en: "Bench fund" }, currency: "CNY", claimsShareBps: 9_000 };
    await this.#post("/v1/funds", body, "bench-fund", { prefer: "wait=30" });
  }

  /** Resolves once the gifts are accepted; they are recorded later. */
  async accept(key: string, donations: readonly GiftBody[]): Promise<void> {
    await this.#post("/v1/donations", { donations }, key);
  }

  /** How many donations of the fund can be traced. */
  async traceable(): Promise<number> {
    const response = await fetch(`${this.#url}/v1/funds/${fund}`);
    return Value.Parse(Fund, await response.json()).data.donations;
  }

  /** Resolves once `donations` of the fund can be traced. */
  async untilTraceable(donations: number): Promise<void> {
    while ((await this.traceable()) < donations) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async #post(
    path: string,
    body: unknown,
    key: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const response = await fetch(`${this.#url}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${this.#key}`,
        "content-type": "application/json",
        "idempotency-key": key,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new BenchFailed(path, `${response.status} ${text.slice(0, 500)}`);
  }
}
