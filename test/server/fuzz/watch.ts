/** What every answer has to be, whatever was asked: the promises that a request made of noise is held against. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { Answered, Description } from "../api/description.ts";
import { at, listAt } from "../service.ts";
import type { FuzzRequest } from "./requests.ts";

const Problem = Type.Object({
  type: Type.String({ pattern: "^urn:everyfen:problem:[a-z-]+$" }),
  title: Type.String({ minLength: 5 }),
  status: Type.Integer(),
  detail: Type.String({ minLength: 5 }),
});
const FieldFault = Type.Object({
  field: Type.String({ minLength: 1 }),
  reason: Type.String({ minLength: 2 }),
});

/** Said of a field or not at all: these name what is wrong in `errors`, but for a body that can not be read. */
const ofFields = ["invalid-request", "unprocessable"].map((code) => `urn:everyfen:problem:${code}`);
const unreadable = /not valid JSON|path is not valid|half of a character/;

/** What is wrong with a refusal; undefined where it is one as the catalogue promises. */
export const faultOfRefusal = ({ status, headers, body }: Answered): string | undefined => {
  if (status >= 500 && status !== 503) return `a fault of ours: ${status}`;
  if (status === 503 && headers["retry-after"] === undefined) return "503 without Retry-After";
  if (!String(headers["content-type"]).startsWith("application/problem+json")) {
    return `${status} is told as ${String(headers["content-type"])}`;
  }
  if (!Value.Check(Problem, body) || body.status !== status) return `${status} is no problem of RFC 9457`;
  const errors = listAt(body, "errors");
  if (!errors.every((error) => Value.Check(FieldFault, error)))
    return `${status}: an error without field or reason`;
  const names = errors.length > 0 || unreadable.test(body.detail) || !ofFields.includes(body.type);
  return names ? undefined : `${status} names no field: ${body.detail}`;
};

/** What is wrong with the answer to a request. */
export const faultOf = (
  description: Description,
  request: Pick<FuzzRequest, "method" | "url">,
  answered: Answered,
): string | undefined => {
  if (request.method === "HEAD" || request.method === "OPTIONS") {
    return answered.status < 500 ? undefined : `a fault of ours: ${answered.status}`;
  }
  return answered.status >= 400 ? faultOfRefusal(answered) : description.fault(request, answered);
};

/** A refusal of what was already taken: the operation stays, with the ledger's or the operator's no. */
export const wasAccepted = ({ body }: Answered): boolean =>
  at(body, "type") === "urn:everyfen:problem:refused-by-ledger" ||
  String(at(body, "detail")).startsWith("an operator cancelled");

const counted = {
  "outbox.db": ["operation", "document"],
  "vault.db": ["opening", "payload", "roster", "roster_line"],
  "access.db": ["api_key"],
} as const;

/** How many rows the stores of a data folder have, seen past the gateway. */
export class Rows {
  readonly #counts: readonly { readonly table: string; readonly count: () => number }[];
  readonly close: () => void;

  constructor(folder: string) {
    const databases: DatabaseSync[] = [];
    this.#counts = Object.entries(counted).flatMap(([file, tables]) => {
      const database = new DatabaseSync(join(folder, file), { readOnly: true });
      databases.push(database);
      return tables.map((table) => {
        const query = database.prepare(`SELECT count(*) AS count FROM ${table}`);
        return { table, count: () => Number(query.get()?.["count"]) };
      });
    });
    this.close = () => databases.forEach((database) => database.close());
  }

  counts(): ReadonlyMap<string, number> {
    return new Map(this.#counts.map(({ table, count }) => [table, count()]));
  }

  /** The tables that have more rows than they had. */
  grown(before: ReadonlyMap<string, number>): readonly string[] {
    return [...this.counts()].flatMap(([table, count]) => (count > (before.get(table) ?? 0) ? [table] : []));
  }
}
