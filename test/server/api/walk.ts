/** Every address that the API's description offers to readers, filled in from the books. */
import { at } from "../service.ts";
import type { Books } from "./books.ts";
import { donationCode } from "./books.ts";
import type { Description } from "./description.ts";
import type { Insured } from "./insured.ts";

/** What can stand in a path, by the name that the path has for it or, for codes, by the resource before it. */
const fillings = (books: Books, insured: Insured): Readonly<Record<string, readonly string[]>> => ({
  funds: [books.fund, books.restricted],
  donations: books.batches.flatMap((batch) => [0, 1, 2, 3].map((index) => donationCode(batch, index))),
  programmes: [books.insurance, books.aid, insured.city, insured.ended],
  claims: [books.paid, books.filed, insured.grant, ...books.approved, ...Object.values(insured.claims)],
  operations: [books.operation],
  documents: [books.document],
  payout: ["1", "2", "3", "4"],
  period: ["1", "2"],
  ordinal: ["1", "2"],
});

/** Filters of lists, and other answers of the same address. */
const queries = (books: Books, insured: Insured): readonly string[] => [
  "/v1/search?q=INVENTED-1",
  `/v1/search?q=${books.donations[3]}`,
  "/v1/search?q=%20",
  `/v1/allocations?fund=${books.fund}&programme=${books.insurance}`,
  ...["filed", "approved", "onHold", "paid", "rejected", "withdrawn", "cancelled"].map(
    (state) => `/v1/claims?programme=${insured.city}&state=${state}`,
  ),
  `/v1/recoveries?programme=${insured.city}`,
  `/v1/recoveries?claim=${insured.claims.recovered}`,
  `/v1/moves?programme=${insured.ended}`,
  `/v1/refunds?fund=${books.fund}&owed=true`,
  "/v1/refunds?owed=false",
  `/v1/attestations?programme=${insured.city}`,
  `/v1/findings?programme=${insured.city}&state=answered`,
  "/v1/channel-days?channel=alipay",
  "/v1/channel-days?state=differs",
  "/v1/corrections?kind=claim",
  "/v1/corrections?kind=expense&record=1",
];

/** What a code in a path is of: /v1/funds/{code}, /v1/exports/funds/{code}/donations. */
export const resourceOf = (path: string): string => {
  const [, , first = "", second = ""] = path.split("/");
  return first === "exports" ? second : first;
};

const filled = (path: string, values: Readonly<Record<string, readonly string[]>>): readonly string[] => {
  const resource = resourceOf(path);
  const name = /\{([a-z]+)\}/.exec(path)?.[1];
  if (name === undefined) return [path];
  // A list that is asked for has no text: /v1/search says what a text names.
  const own = values[["code", "digest", "id"].includes(name) ? resource : name] ?? [];
  return own.flatMap((value) => filled(path.replace(`{${name}}`, value), values));
};

/** Those that only a key opens. */
export const guardedGets = (
  { operations }: Description,
  books: Books,
  insured: Insured,
): readonly string[] => {
  const guarded = operations.filter(
    ({ method, description }) => method === "GET" && at(description, "x-role") !== undefined,
  );
  return guarded.flatMap(({ path }) => filled(path, fillings(books, insured)));
};

/** Each as many times as the books have something to fill it in with. */
export const everyGet = (description: Description, books: Books, insured: Insured): readonly string[] => {
  const paths = description.operations.filter(({ method }) => method === "GET").map(({ path }) => path);
  const values = fillings(books, insured);
  const asked = paths.filter((path) => path !== "/v1/search").flatMap((path) => filled(path, values));
  return [...asked, ...queries(books, insured)];
};

/** The same statements as files. */
export const everyStatement = (insured: Insured): readonly string[] =>
  [1, 2].map(
    (ordinal) => `/v1/programmes/${insured.city}/periods/1/insurers/${ordinal}/statement?format=csv`,
  );
