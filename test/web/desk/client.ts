/** A browser's part without a browser: it keeps one cookie, and sends forms as they stand on a page. */
import type { Service } from "../../server/service.ts";
import { visibleText, type Answer } from "../site.ts";

export const fromHere = { "sec-fetch-site": "same-origin", origin: "http://localhost:80" };

/** The hidden fields of the form on `body` that posts to `action`. */
export const hiddenFields = (body: string, action: string): Readonly<Record<string, string>> => {
  const form = body.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
  const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)" \/>/g)];
  return Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
};

/** What somebody types to record one gift of 12.50. */
export const giftEntries = (fund: string, transactionNumber: string) => ({
  fund,
  amount: "12.50",
  channel: "alipay",
  transactionNumber,
  providerIssued: "yes",
  occurredAt: "2019-01-05",
  time: "",
  remark: "",
});

export class DeskClient {
  readonly #service: Service;
  readonly #headers: Readonly<Record<string, string>>;
  /** As a browser sends it; undefined where it holds none. */
  cookie: string | undefined;

  /** `headers` go with every request. */
  constructor(service: Service, headers: Readonly<Record<string, string>> = {}) {
    this.#service = service;
    this.#headers = headers;
  }

  get(url: string): Promise<Answer> {
    return this.#ask({ method: "GET", url });
  }

  /** Posts as a form of this site does, unless told where from. */
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = fromHere,
  ): Promise<Answer> {
    return this.#ask({
      method: "POST",
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  }

  /** Fills in the form of `page` that posts to `action`, and sends it. */
  async send(page: string, action: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { body } = await this.get(page);
    return this.post(action, { ...hiddenFields(body, action), ...fields });
  }

  signIn(key: string): Promise<Answer> {
    return this.post("/en/desk/sign-in", { key });
  }

  async #ask(request: {
    readonly method: "GET" | "POST";
    readonly url: string;
    readonly payload?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }): Promise<Answer> {
    const cookie = this.cookie === undefined ? {} : { cookie: this.cookie };
    const response = await this.#service.app.inject({
      ...request,
      headers: { ...this.#headers, ...request.headers, ...cookie },
    });
    const [set] = [response.headers["set-cookie"] ?? []].flat();
    if (set !== undefined) {
      const [pair = ""] = set.split(";", 1);
      this.cookie = pair.endsWith("=") ? undefined : pair;
    }
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body,
      text: visibleText(response.body),
    };
  }
}
