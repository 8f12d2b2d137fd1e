/** The smallest request that fits its description. */
import { Compile } from "typebox/schema";
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
