/** Holds answers against the API's own description: status, content type and schema. */
import { Compile } from "typebox/schema";
import { at, listAt, type Service } from "../service.ts";

/** An operation as the description lists it, such as `GET /v1/funds/{code}`. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Of the paths that it is asked at. */
  readonly pattern: RegExp;
  readonly description: unknown;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Asked {
  readonly method: Method;
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

const patternOf = (template: string): RegExp => new RegExp(`^${template.replace(/\{[a-z]+\}/g, "[^/]+")}$`);

export class Description {
  readonly document: unknown;
  readonly operations: readonly Operation[];
  /** Which statuses of which operations were seen to fit. */
  readonly seen = new Set<string>();
  readonly #compiled = new WeakMap<object, ReturnType<typeof Compile>>();

  constructor(document: unknown) {
    this.document = document;
    this.operations = Object.entries(Object(at(document, "paths"))).flatMap(([path, methods]) =>
      Object.entries(Object(methods)).map(([method, description]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        pattern: patternOf(path),
        description,
      })),
    );
  }

  static async of(service: Service): Promise<Description> {
    return new Description((await service.get("/openapi.json")).body);
  }

  /** The most literal path wins: /v1/donations/find is no /v1/donations/{code}. */
  operationOf(method: string, url: string): Operation | undefined {
    const path = url.split("?", 1)[0] ?? "";
    const fitting = this.operations.filter((each) => each.method === method && each.pattern.test(path));
    return fitting.find((each) => each.path === path) ?? fitting[0];
  }

  /** What is wrong with an answer by the description; undefined where it is as described. */
  fault(
    { method, url }: { readonly method: string; readonly url: string },
    { status, headers, body }: Answered,
  ): string | undefined {
    const operation = this.operationOf(method, url);
    if (operation === undefined) return `${method} ${url}: not described`;
    const responses = at(operation.description, "responses");
    const described = at(responses, String(status)) ?? at(responses, `${String(status)[0]}XX`);
    if (described === undefined) return `${operation.name}: ${status} is not described`;
    this.seen.add(`${operation.name} ${status}`);
    const content = at(described, "content");
    if (content === undefined) return body === undefined ? undefined : `${operation.name}: has a body`;
    const type = String(headers["content-type"]).split(";", 1)[0] ?? "";
    const schema = at(content, type, "schema");
    if (typeof schema !== "object" || schema === null) {
      return `${operation.name} ${status}: ${type} is not described`;
    }
    const compiled = this.#compiled.get(schema) ?? Compile(schema);
    this.#compiled.set(schema, compiled);
    if (compiled.Check(body)) return undefined;
    const [, errors] = compiled.Errors(body);
    return `${operation.name} ${status}: ${JSON.stringify(errors.slice(0, 3))}`;
  }
}

/** Asks and fails where the answer is not as described. */
export const asker =
  (service: Service, description: Description) =>
  async (asked: Asked): Promise<Answered> => {
    const response = await service.app.inject({
      method: asked.method,
      url: asked.url,
      ...(asked.body === undefined ? {} : { payload: JSON.stringify(asked.body) }),
      headers: {
        ...(asked.body === undefined ? {} : { "content-type": "application/json" }),
        ...asked.headers,
      },
    });
    const answer = {
      status: response.statusCode,
      headers: response.headers,
      body: bodyOf(response.payload, String(response.headers["content-type"])),
    };
    const fault = description.fault(asked, answer);
    if (fault !== undefined) throw new Error(`${asked.url}: ${fault} in ${response.payload.slice(0, 1_000)}`);
    return answer;
  };

/** A file is a text, whatever stands in it. */
const bodyOf = (payload: string, type: string): unknown => {
  if (payload === "") return undefined;
  const parsed: unknown = /^text\/csv|ndjson/.test(type) ? payload : JSON.parse(payload);
  return parsed;
};

/** Every item of a list, page after page of `limit`. */
export const everyPage = async (
  ask: (asked: Asked) => Promise<Answered>,
  url: string,
  limit: number,
  listOf: (body: unknown) => { readonly items: readonly unknown[]; readonly next: unknown } = (body) => ({
    items: listAt(body, "data"),
    next: at(body, "next"),
  }),
): Promise<{ readonly items: readonly unknown[]; readonly pages: number }> => {
  const items: unknown[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
    const { body } = await ask({ method: "GET", url: `${url}${url.includes("?") ? "&" : "?"}${query}` });
    const page = listOf(body);
    items.push(...page.items);
    cursor = typeof page.next === "string" ? page.next : undefined;
    pages += 1;
  } while (cursor !== undefined && pages < 1_000);
  return { items, pages };
};
