/** Reads published terms and refuses them with every fault named. */
import type { Fen } from "../amounts.ts";
import { benefitKinds } from "../ledger/events.ts";
import { FieldReader } from "./fields.ts";
import type { Fault, Fields } from "./fields.ts";
import { bases, incidentPrecisions, layers, scopes, sharings } from "./types.ts";
import type { Ages, Cap, Deductible, Rule, Terms } from "./types.ts";

export const mostRules = 32;
export const oldestYears = 150;
export const mostFilingDays = 3650;

export class InvalidTerms extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(
      `terms: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}; correct them and publish again:\n` +
        faults.map(({ field, reason }) => `  ${field === "" ? "document" : field}: ${reason}`).join("\n"),
    );
    this.name = "InvalidTerms";
    this.faults = faults;
  }
}

const fieldNames = [
  "kind",
  "plan",
  "version",
  "currency",
  "cover",
  "premiumPerHead",
  "incident",
  "filingDays",
  "ages",
  "benefits",
  "layers",
  "specialDrugs",
  "deductibles",
  "rules",
];

const specialDrugWords = ["unlimited", "none"] as const;

type Read<Value> = (field: string, value: unknown) => Value;

/** A field that need not be there. */
const optional = <Value>(fields: Fields, path: string, name: string, read: Read<Value>): Value | undefined =>
  fields.has(name) ? read(`${path}${name}`, fields.get(name)) : undefined;

/** A name that is not free text: of a plan, of a rule. */
export const readId = (reader: FieldReader, field: string, value: unknown): string =>
  reader.text(field, value, /^[a-z][a-zA-Z0-9-]{0,31}$/, "a letter a-z and at most 31 letters, digits or -");

const readCover = (reader: FieldReader, field: string, value: unknown): Fen | "none" => {
  if (value === "none") return value;
  const cover = reader.amount(field, value);
  // The chain writes "no limit" as 0, so a cover of 0 would turn into its opposite there.
  if (value === "0") reader.fault(field, 'is 0; write "none" where there is no limit');
  return cover;
};

const readAges = (reader: FieldReader, field: string, value: unknown): Ages | "any" => {
  if (value === "any") return value;
  const fields = reader.object(field, value, ["from", "to"]);
  const years: Read<number> = (path, age) => reader.whole(path, age, 0, oldestYears);
  const from = optional(fields, `${field}.`, "from", years);
  const to = optional(fields, `${field}.`, "to", years);
  if (from === undefined && to === undefined)
    reader.fault(field, 'needs from or to; write "any" for every age');
  if (from !== undefined && to !== undefined && from > to) reader.fault(field, `runs from ${from} to ${to}`);
  return { from, to };
};

const readSpecialDrugs = (reader: FieldReader, field: string, value: unknown): Terms["specialDrugs"] => {
  if (typeof value === "string") return reader.choice(field, value, specialDrugWords);
  return reader.whole(field, value, 1, 100_000);
};

const readCap = (reader: FieldReader, field: string, value: unknown): Cap => {
  const fields = reader.object(field, value, ["amount", "per"]);
  return {
    amount: reader.amount(`${field}.amount`, fields.get("amount")),
    per: optional(fields, `${field}.`, "per", (path, per) => reader.choice(path, per, bases)),
  };
};

const readRule = (reader: FieldReader, field: string, value: unknown): Rule => {
  const fields = reader.object(field, value, ["id", "scopes", "rateBps", "preExistingRateBps", "cap"]);
  const rate: Read<number> = (path, bps) => reader.whole(path, bps, 0, 10_000);
  const rule = {
    id: readId(reader, `${field}.id`, fields.get("id")),
    scopes: reader.choices(`${field}.scopes`, fields.get("scopes"), scopes),
    rateBps: optional(fields, `${field}.`, "rateBps", rate),
    preExistingRateBps: optional(fields, `${field}.`, "preExistingRateBps", rate),
    cap: optional(fields, `${field}.`, "cap", (path, cap) => readCap(reader, path, cap)),
  };
  if (rule.scopes.length === 0) reader.fault(`${field}.scopes`, "names no scope");
  if (rule.preExistingRateBps !== undefined && rule.rateBps === undefined) {
    reader.fault(`${field}.rateBps`, "is missing beside preExistingRateBps");
  }
  return rule;
};

const readDeductible = (reader: FieldReader, field: string, value: unknown): Deductible => {
  const fields = reader.object(field, value, ["amount", "per", "sharing", "rules"]);
  const rules = reader.list(`${field}.rules`, fields.get("rules"), mostRules, (path, id) =>
    readId(reader, path, id),
  );
  if (rules.length === 0) reader.fault(`${field}.rules`, "names no rule");
  return {
    amount: reader.amount(`${field}.amount`, fields.get("amount")),
    per: optional(fields, `${field}.`, "per", (path, per) => reader.choice(path, per, bases)),
    sharing: optional(fields, `${field}.`, "sharing", (path, sharing) =>
      reader.choice(path, sharing, sharings),
    ),
    rules,
  };
};

/** What can only be seen with all parts in view: names that must be there once, and at most once. */
const checkNames = (reader: FieldReader, terms: Terms): void => {
  const ids = new Set<string>();
  const taken = new Map<string, string>();
  terms.rules.forEach((rule, at) => {
    if (ids.has(rule.id)) reader.fault(`rules[${at}].id`, `"${rule.id}" is the id of another rule`);
    ids.add(rule.id);
    for (const scope of new Set(rule.scopes)) {
      const other = taken.get(scope);
      if (other !== undefined) reader.fault(`rules[${at}].scopes`, `${scope} stands in rule "${other}" too`);
      taken.set(scope, rule.id);
    }
  });
  if (terms.specialDrugs === "none" && taken.has("specialDrugs")) {
    reader.fault("specialDrugs", "is none, but a rule pays them");
  }
  const reduced = new Set<string>();
  (terms.deductibles ?? []).forEach((deductible, at) => {
    for (const id of deductible.rules) {
      if (!ids.has(id)) reader.fault(`deductibles[${at}].rules`, `there is no rule "${id}"`);
      if (reduced.has(id)) reader.fault(`deductibles[${at}].rules`, `rule "${id}" has a deductible already`);
      reduced.add(id);
    }
  });
};

/**
 * The terms that a published document states. Throws {@link InvalidTerms} with every fault at once; nothing is
 * mended, and unknown fields are refused, for they would be promises that nobody computes.
 */
export const readTerms = (json: unknown): Terms => {
  const reader = new FieldReader();
  const fields = reader.object("", json, fieldNames);
  const field = <Value>(name: string, read: Read<Value>): Value | undefined =>
    optional(fields, "", name, read);
  reader.choice("kind", fields.get("kind"), ["terms"]);
  const terms: Terms = {
    plan: readId(reader, "plan", fields.get("plan")),
    version: reader.whole("version", fields.get("version"), 1, 0xffff_ffff),
    currency: reader.text("currency", fields.get("currency"), /^[A-Z]{3}$/, "three letters such as CNY"),
    cover: field("cover", (path, value) => readCover(reader, path, value)),
    premiumPerHead: field("premiumPerHead", (path, value) => reader.amount(path, value)),
    incident: field("incident", (path, value) => reader.choice(path, value, incidentPrecisions)),
    filingDays: field("filingDays", (path, value) => reader.whole(path, value, 0, mostFilingDays)),
    ages: field("ages", (path, value) => readAges(reader, path, value)),
    benefits: field("benefits", (path, value) => reader.choices(path, value, benefitKinds)),
    layers: reader.choices("layers", fields.get("layers"), layers),
    specialDrugs: field("specialDrugs", (path, value) => readSpecialDrugs(reader, path, value)),
    deductibles: field("deductibles", (path, value) =>
      reader.list(path, value, mostRules, (at, item) => readDeductible(reader, at, item)),
    ),
    rules: reader.list("rules", fields.get("rules"), mostRules, (at, item) => readRule(reader, at, item)),
  };
  if (terms.benefits?.length === 0) reader.fault("benefits", "names no benefit kind");
  if (fields.has("rules") && terms.rules.length === 0) reader.fault("rules", "has no rule");
  checkNames(reader, terms);
  if (reader.faults.length > 0) throw new InvalidTerms(reader.faults);
  return terms;
};
