/**
 * Plans for demonstrations: what is published, completed with what had to be invented so that a plan can run. The two
 * are written down apart, and what is invented can never take the place of what is published, so a page can mark it.
 */
import { parseAmount } from "../../amounts.ts";
import type { Fen } from "../../amounts.ts";
import type { Bytes32 } from "../../ids.ts";
import type { Json } from "../../json.ts";
import type { BenefitKind, ProgrammeKind } from "../../ledger/events.ts";
import { noHistory } from "../bill.ts";
import type { History } from "../bill.ts";
import type { BilledClaim } from "../read-bill.ts";
import { readTerms } from "../read.ts";
import { termsDigest } from "../types.ts";
import type { Scope, Terms } from "../types.ts";

/** A bill, worked out by hand. */
export interface WorkedCase extends BilledClaim {
  readonly name: string;
  readonly payable: Fen;
  readonly remaining: Fen;
}

export interface DemonstrationInsurer {
  readonly name: { readonly zh: string; readonly en: string };
  readonly shareBps: number;
}

export interface DemonstrationPlan {
  readonly programmeKind: ProgrammeKind;
  readonly terms: Terms;
  readonly digest: Bytes32;
  /** Fields of the terms that are published nowhere, such as `cover` or `rules[0].rateBps`. */
  readonly invented: readonly string[];
  readonly cases: readonly WorkedCase[];
  /** Of together 10,000 basis points; empty where the foundation bears the claims alone. */
  readonly insurers: readonly DemonstrationInsurer[];
}

type JsonObject = { readonly [key: string]: Json };

export interface PlanParts {
  readonly programmeKind: ProgrammeKind;
  /** Begins with `demonstration-`, so that the document itself tells. */
  readonly plan: `demonstration-${string}`;
  readonly version?: number;
  readonly published: JsonObject;
  readonly invented: JsonObject;
  readonly insurers?: readonly DemonstrationInsurer[];
  readonly cases: (terms: Terms) => readonly WorkedCase[];
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);
const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

/** Notes the path of every invented leaf in `paths`. Lists are completed entry by entry. */
const completed = (
  published: Json | undefined,
  invented: Json | undefined,
  path: string,
  paths: string[],
): Json => {
  if (invented === undefined) return published ?? null;
  if (isObject(published) && isObject(invented)) {
    const names = new Set([...Object.keys(published), ...Object.keys(invented)]);
    const of = (name: string): string => (path === "" ? name : `${path}.${name}`);
    return Object.fromEntries(
      [...names].map((name) => [name, completed(published[name], invented[name], of(name), paths)]),
    );
  }
  if (isList(published) && isList(invented)) {
    const length = Math.max(published.length, invented.length);
    return Array.from({ length }, (_, at) => completed(published[at], invented[at], `${path}[${at}]`, paths));
  }
  if (published !== undefined) throw new RangeError(`${path} is published and can not be invented`);
  paths.push(path);
  return invented;
};

/** Throws a RangeError where something published would be invented anew. */
export const demonstrationPlan = (parts: PlanParts): DemonstrationPlan => {
  const invented: string[] = [];
  const document = completed(parts.published, parts.invented, "", invented);
  const named = isObject(document) ? document : {};
  const head = { kind: "terms", plan: parts.plan, version: parts.version ?? 1, currency: "CNY" };
  const terms = readTerms({ ...named, ...head });
  return {
    programmeKind: parts.programmeKind,
    terms,
    digest: termsDigest(terms),
    invented,
    cases: parts.cases(terms),
    insurers: parts.insurers ?? [],
  };
};

/** In yuan, as bills write it. */
export interface CaseParts {
  readonly benefit?: BenefitKind;
  readonly preExisting?: boolean;
  /** Scope, cost, and what each layer of the terms paid, in their order; 0 where none is given. */
  readonly items: readonly (readonly [scope: Scope, cost: string, paidFirst?: readonly string[]])[];
  readonly paidByOthers?: string;
  readonly history?: History;
  readonly payable: string;
  readonly remaining: string;
}

export const workedCase = (terms: Terms, name: string, parts: CaseParts): WorkedCase => ({
  name,
  bill: {
    benefit: parts.benefit ?? "cash",
    preExisting: parts.preExisting ?? false,
    items: parts.items.map(([scope, cost, paidFirst = []]) => ({
      scope,
      cost: parseAmount(cost),
      paidFirst: terms.layers.map((layer, at) => ({ layer, amount: parseAmount(paidFirst[at] ?? "0") })),
    })),
    paidByOthers: parseAmount(parts.paidByOthers ?? "0"),
  },
  history: parts.history ?? noHistory,
  payable: parseAmount(parts.payable),
  remaining: parseAmount(parts.remaining),
});

/** What earlier claims of the period used up, in yuan: of the cover, and under each rule. */
export const usedBefore = (
  coverUsed: string,
  ...rules: readonly (readonly [rule: string, deductibleUsed: string, paid: string])[]
): History => ({
  coverUsed: parseAmount(coverUsed),
  rules: rules.map(([rule, deductibleUsed, paid]) => ({
    rule,
    deductibleUsed: parseAmount(deductibleUsed),
    paid: parseAmount(paid),
  })),
});
