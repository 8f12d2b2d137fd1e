/** Requests of an operation from its description: right ones, spoilt ones and such as are no request of it at all. */
import type { Random } from "../../model/random.ts";
import type { Operation } from "../api/description.ts";
import { parametersOf, type Field, type Parameters } from "./shape.ts";
import { oddTexts, Values, type Known } from "./values.ts";

/** As it is handed to the app: the body is bytes, so that it may be no JSON. */
export interface FuzzRequest {
  readonly operation: string;
  readonly method: Method;
  /** Asked with the operation's own method. */
  readonly isOfOperation: boolean;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"] as const;
export type Method = (typeof methods)[number];

/** Bodies that are no JSON, no object, or JSON that not every reader survives. */
const rawBodies: readonly Buffer[] = [
  ...[
    "",
    " ",
    "{",
    '{"a":1,}',
    "null",
    "[]",
    '"text"',
    "1e400",
    '{"__proto__": {"admin": true}}',
    '{"constructor": {"prototype": {"admin": true}}}',
    `{"donations": ${"[".repeat(3_000)}${"]".repeat(3_000)}}`,
    `{"terms": ${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}}`,
    '\ufeff{"claims": []}',
    "a=1&b=2",
  ].map((text) => Buffer.from(text)),
  // No UTF-8, and a text that ends in the middle of a character.
  Buffer.of(0xff, 0xfe, 0x7b),
  Buffer.concat([Buffer.from('{"q":"'), Buffer.of(0xe7, 0xa4)]),
];

const contentTypes = [
  "text/plain",
  "application/xml",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/problem+json",
  "APPLICATION/JSON",
  "nonsense",
  "",
];

/** In a path, as they travel: some are no UTF-8, some lead elsewhere. */
const rawSegments = [
  "%00",
  "%ff",
  "%zz",
  "..%2f..",
  "%F0%9F%98%80",
  "a%20b",
  ";",
  "0",
  "-1",
  "%e7%a4",
  "{code}",
];

/** Keys of the gateway that is asked. */
export interface FuzzKeys {
  readonly admin: string;
  /** Of another role than most ask for. */
  readonly relay: string;
}

export class Requests {
  readonly #random: Random;
  readonly #values: Values;
  readonly #keys: FuzzKeys;
  readonly #parameters = new Map<string, Parameters>();
  #count = 0;

  constructor(random: Random, known: Known, keys: FuzzKeys) {
    this.#random = random;
    this.#values = new Values(random, known);
    this.#keys = keys;
  }

  /** The next request of an operation. */
  of(operation: Operation): FuzzRequest {
    const parameters = this.#parametersOf(operation);
    const method = this.#random.chance(40) ? this.#random.pick(methods) : methodOf(operation);
    const content = this.#content(parameters, operation.name);
    return {
      operation: operation.name,
      method,
      isOfOperation: method === methodOf(operation),
      url: this.#url(operation.path, parameters),
      headers: { ...this.#headers(parameters), ...content.headers },
      ...(content.body === undefined ? {} : { body: content.body }),
    };
  }

  #parametersOf(operation: Operation): Parameters {
    const kept = this.#parameters.get(operation.name) ?? parametersOf(operation.description);
    this.#parameters.set(operation.name, kept);
    return kept;
  }

  #url(path: string, { path: parts, query }: Parameters): string {
    const filled = parts.reduce((url, field) => {
      const [before = ""] = path.split(`/{${field.name}}`);
      const resource = before.slice(before.lastIndexOf("/") + 1);
      return url.replace(`{${field.name}}`, () => this.#segment(field, resource));
    }, path);
    const asked = this.#query(query);
    return asked === "" ? filled : `${filled}?${asked}`;
  }

  /** Codes and ids are known by the resource before them. */
  #segment({ name, shape }: Field, resource: string): string {
    if (this.#random.chance(20)) return this.#random.pick(rawSegments);
    if (this.#random.chance(20)) return sendable(this.#random.pick(oddTexts));
    const known = ["code", "digest", "id"].includes(name) ? `/${resource}` : name;
    return sendable(String(this.#values.fitting(shape, known)));
  }

  #query(fields: readonly Field[]): string {
    const pairs = fields
      .filter(({ isRequired }) => (isRequired ? !this.#random.chance(10) : this.#random.chance(3)))
      .map(({ name, shape }) => {
        const value = this.#random.chance(6) ? this.#values.odd() : this.#values.fitting(shape, name);
        return `${name}=${sendable(typeof value === "string" ? value : JSON.stringify(value))}`;
      });
    const [first = "limit=1"] = pairs;
    if (this.#random.chance(20)) pairs.push(first);
    if (this.#random.chance(30)) pairs.push(`${sendable(this.#random.pick(oddTexts))}=1`);
    return pairs.join("&");
  }

  #headers({ header }: Parameters): Readonly<Record<string, string>> {
    const written = header.map(({ name }) => name);
    const key = written.includes("idempotency-key") ? this.#idempotencyKey() : undefined;
    return {
      ...this.#authorization(),
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...(written.includes("prefer") ? this.#prefer() : {}),
      ...(this.#random.chance(30) ? { accept: "text/html" } : {}),
      ...(this.#random.chance(30) ? { "x-forwarded-for": "198.51.100.7, nonsense" } : {}),
    };
  }

  #authorization(): Readonly<Record<string, string>> {
    switch (this.#random.between(1, 12)) {
      case 1:
        return {};
      case 2:
        return { authorization: `Bearer ${this.#keys.relay}` };
      case 3:
        return {
          authorization: this.#random.pick(["Bearer", "Bearer ", "Basic YTpi", "Bearer efk_0_0", "é"]),
        };
      default:
        return { authorization: `Bearer ${this.#keys.admin}` };
    }
  }

  /** Mostly a fresh one; otherwise none, one of before, or none that is a key. */
  #idempotencyKey(): string | undefined {
    switch (this.#random.between(1, 12)) {
      case 1:
        return undefined;
      case 2:
        return `fuzz-${this.#random.between(1, Math.max(1, this.#count))}`;
      case 3:
        return this.#random.pick(["", " ", "é", "k".repeat(129), "a b", "\t", "__proto__"]);
      default:
        return `fuzz-${(this.#count += 1)}`;
    }
  }

  #prefer(): Readonly<Record<string, string>> {
    if (!this.#random.chance(6)) return {};
    return {
      prefer: this.#random.pick(["wait=1", "wait=0", "wait=", "wait=-1", "respond-async", "wait=1.5"]),
    };
  }

  /** A body that is known to be right is known by its operation. */
  #content(
    { body }: Parameters,
    operation: string,
  ): { readonly headers: Readonly<Record<string, string>>; readonly body?: Buffer } {
    const json = { "content-type": "application/json" };
    if (this.#random.chance(15)) return { headers: json, body: this.#random.pick(rawBodies) };
    if (body === undefined) return this.#random.chance(10) ? { headers: json } : { headers: {} };
    const fitting = this.#values.fitting(body, operation);
    const value = this.#random.chance(2) ? fitting : this.#values.spoilt(fitting);
    const bytes = Buffer.from(JSON.stringify(value) ?? "");
    if (this.#random.chance(25))
      return { headers: { "content-type": this.#random.pick(contentTypes) }, body: bytes };
    if (this.#random.chance(25)) return { headers: json, body: bytes.subarray(0, bytes.length >> 1) };
    return { headers: json, body: bytes };
  }
}

const methodOf = ({ method }: Operation): Method => methods.find((known) => known === method) ?? "GET";

/** Percent-encoded; half of a character can not be, and stands for itself. */
const sendable = (text: string): string => encodeURIComponent(Buffer.from(text).toString());
