/** A schema of the API's description, as far as its schemas go, read once. */
import { Type } from "typebox";
import { Value } from "typebox/value";
import { at } from "../service.ts";

export type Shape =
  | { readonly kind: "text"; readonly pattern?: string; readonly least: number; readonly most: number }
  | { readonly kind: "whole"; readonly least: number; readonly most: number }
  | { readonly kind: "choice"; readonly of: readonly unknown[] }
  | { readonly kind: "either"; readonly of: readonly Shape[] }
  | { readonly kind: "list"; readonly of: Shape; readonly least: number; readonly most: number }
  | { readonly kind: "fields"; readonly fields: readonly Field[] }
  | { readonly kind: "anything" };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

const Count = Type.Optional(Type.Integer());
const Schema = Type.Object({
  type: Type.Optional(Type.String()),
  enum: Type.Optional(Type.Array(Type.Unknown())),
  anyOf: Type.Optional(Type.Array(Type.Unknown())),
  pattern: Type.Optional(Type.String()),
  minLength: Count,
  maxLength: Count,
  minimum: Count,
  maximum: Count,
  minItems: Count,
  maxItems: Count,
  items: Type.Optional(Type.Unknown()),
  properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  required: Type.Optional(Type.Array(Type.String())),
});

/** Throws TypeError for a schema that holds what this file does not know. */
export const shapeOf = (schema: unknown): Shape => {
  if (!Value.Check(Schema, schema)) throw new TypeError(`no shape for ${JSON.stringify(schema)}`);
  if (schema.enum !== undefined) return { kind: "choice", of: schema.enum };
  if (schema.anyOf !== undefined) return { kind: "either", of: schema.anyOf.map(shapeOf) };
  switch (schema.type) {
    case "string":
      return {
        kind: "text",
        ...(schema.pattern === undefined ? {} : { pattern: schema.pattern }),
        least: schema.minLength ?? 0,
        most: schema.maxLength ?? 200,
      };
    case "integer":
      return {
        kind: "whole",
        least: schema.minimum ?? -1_000,
        most: schema.maximum ?? Number.MAX_SAFE_INTEGER,
      };
    case "boolean":
      return { kind: "choice", of: [true, false] };
    case "null":
      return { kind: "choice", of: [null] };
    case "array":
      return {
        kind: "list",
        of: shapeOf(schema.items ?? {}),
        least: schema.minItems ?? 0,
        most: schema.maxItems ?? 100,
      };
    case "object":
      return {
        kind: "fields",
        fields: Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
          name,
          shape: shapeOf(inner),
          isRequired: schema.required?.includes(name) === true,
        })),
      };
    case undefined:
      return { kind: "anything" };
    default:
      throw new TypeError(`no shape for the type ${schema.type}`);
  }
};

/** What an operation is asked with, by its place. */
export interface Parameters {
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  readonly header: readonly Field[];
  /** Absent where it takes no body. */
  readonly body?: Shape;
}

const Parameter = Type.Object({
  in: Type.String(),
  name: Type.String(),
  required: Type.Optional(Type.Boolean()),
  schema: Type.Unknown(),
});

/** Of an operation as the description has it. */
export const parametersOf = (operation: unknown): Parameters => {
  const listed: unknown = at(operation, "parameters") ?? [];
  if (!Value.Check(Type.Array(Parameter), listed)) throw new TypeError("parameters are not as expected");
  const inside = (where: string): readonly Field[] =>
    listed
      .filter((parameter) => parameter.in === where)
      .map(({ name, required, schema }) => ({ name, shape: shapeOf(schema), isRequired: required === true }));
  const body = at(operation, "requestBody", "content", "application/json", "schema");
  return {
    path: inside("path"),
    query: inside("query"),
    header: inside("header"),
    ...(body === undefined ? {} : { body: shapeOf(body) }),
  };
};
