/** The smallest request that fits its description. */
import { Compile } from "typebox/schema";
import type { Operation } from "../api/description.ts";
import { at, listAt } from "../service.ts";

/** Texts of the API, each of which fits some field; the first that fits is taken. */
const texts = [
  "a",
  "1",
  "CNY",
  "P000-0000",
  "2019-01-01T00:00:00+08:00",
  "000000000000",
  `0x${"11".repeat(20)}`,
  `0x${"22".repeat(32)}`,
];

const objectSchema = (schema: unknown): object => {
  if (typeof schema === "object" && schema !== null) return schema;
  throw new Error(`no schema: ${JSON.stringify(schema)}`);
};

/** What is required and nothing else. Throws where no text of ours fits: add one that does. */
export const minimal = (schema: unknown): unknown => {
  const [first] = listAt(schema, "anyOf");
  if (first !== undefined) return minimal(first);
  const [allowed] = listAt(schema, "enum");
  if (allowed !== undefined) return allowed;
  switch (at(schema, "type")) {
    case "object": {
      const required = listAt(schema, "required").map(String);
      return Object.fromEntries(required.map((name) => [name, minimal(at(schema, "properties", name))]));
    }
    case "array":
      return Array.from({ length: Number(at(schema, "minItems") ?? 0) }, () => minimal(at(schema, "items")));
    case "integer":
      return Number(at(schema, "minimum") ?? 0);
    case "boolean":
      return false;
    default: {
      const compiled = Compile(objectSchema(schema));
      const text = texts.find((each) => compiled.Check(each));
      if (text === undefined) throw new Error(`no text fits ${JSON.stringify(schema)}`);
      return text;
    }
  }
};

/** What a request can name of a programme. */
export type Named = Readonly<Record<string, string>>;

interface Place {
  readonly in: string;
  readonly field: string;
  readonly names: string;
}

export const placesOf = ({ description }: Operation): readonly Place[] =>
  listAt(description, "x-concerns").map((place) => ({
    in: String(at(place, "in")),
    field: String(at(place, "field")),
    names: String(at(place, "names")),
  }));

/** The body with `value` at every place that a field such as `claims[].claim` stands for. */
const withField = (body: unknown, [step = "", ...steps]: readonly string[], value: string): unknown => {
  const name = step.replace("[]", "");
  const inner = at(body, name);
  const put = (each: unknown): unknown => (steps.length === 0 ? value : withField(each, steps, value));
  return { ...Object(body), [name]: Array.isArray(inner) ? inner.map(put) : put(inner) };
};

export interface SmallestRequest {
  readonly url: string;
  readonly body?: unknown;
}

/** The smallest request of an operation, which names what `named` has where there is a place for it. */
export const smallestRequestOf = (operation: Operation, named: Named = {}): SmallestRequest => {
  const places = placesOf(operation).filter(({ names }) => named[names] !== undefined);
  const valueOf = ({ names }: Place): string => named[names] ?? "";
  const parameters = listAt(operation.description, "parameters").filter((each) => at(each, "in") === "path");
  const url = parameters.reduce<string>((path, parameter) => {
    const name = String(at(parameter, "name"));
    const place = places.find((each) => each.in === "path" && each.field === name);
    const value = place === undefined ? String(minimal(at(parameter, "schema"))) : valueOf(place);
    return path.replace(`{${name}}`, value);
  }, operation.path);
  const schema = at(operation.description, "requestBody", "content", "application/json", "schema");
  if (schema === undefined) return { url };
  const body = places
    .filter((place) => place.in === "body")
    .reduce((made, place) => withField(made, place.field.split("."), valueOf(place)), minimal(schema));
  return { url, body };
};

/** Whether it writes, and so needs an idempotency key. */
export const takesKey = ({ description }: Operation): boolean =>
  listAt(description, "parameters").some((each) => at(each, "name") === "idempotency-key");
