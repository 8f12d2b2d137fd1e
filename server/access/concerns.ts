/** What a request is about, as its endpoint states it, and whether that is of the programmes that a key is bound to. */
import { encodeCode, parseCode } from "../../protocol/codes/code.ts";
import { findingId, payoutId, type ProgrammeId } from "../../protocol/ids.ts";
import { DeskRefusal } from "../../protocol/ports/desk.ts";
import { codeIn, codeOf, numberIn } from "../codes.ts";
import type { Lookups } from "../index/lookups.ts";
import { ProblemError } from "../problems.ts";
import type { ApiKey } from "./key-rows.ts";

/** Where a request names something of a programme. */
export interface Place {
  readonly in: "path" | "body";
  /** A parameter of the path, or a field of the body: `claims[].claim` is that of each of them. */
  readonly field: string;
  readonly names: "programme" | "claim" | "payout" | "finding";
}

/** `everything` is more than the programmes that a key can be bound to. */
export type Concerns = "everything" | readonly Place[];

declare module "fastify" {
  interface FastifySchema {
    /** The same places, as the API's description names them. */
    "x-concerns"?: Concerns;
  }
  interface FastifyContextConfig {
    /** Every endpoint that has a role says what its requests are about. */
    concerns?: Concerns;
  }
}

export const programmeInPath: Concerns = [{ in: "path", field: "code", names: "programme" }];
export const claimsInBody: Concerns = [{ in: "body", field: "claims[].claim", names: "claim" }];
export const payoutInPath: Concerns = [{ in: "path", field: "payout", names: "payout" }];
export const findingInPath: Concerns = [{ in: "path", field: "finding", names: "finding" }];
/** Of the whole ledger where the request names no programme. */
export const subjectInBody: Concerns = [{ in: "body", field: "programme", names: "programme" }];

/** What of a request the places are looked up in. */
export interface Asked {
  readonly params: unknown;
  readonly body: unknown;
}

export const forbidEverything = (key: ApiKey): void => {
  if (key.programmes === undefined) return;
  throw new ProblemError("forbidden", "this key is bound to programmes, and this concerns more than those");
};

/**
 * Lets pass what concerns the key's programmes and nothing else. What is named and does not exist is refused here, in
 * the words of the endpoint: it could have come to be before the endpoint looks.
 */
export const requireOwn = async (
  key: ApiKey,
  concerns: Concerns,
  asked: Asked,
  lookups: Lookups,
): Promise<void> => {
  if (key.programmes === undefined) return;
  if (concerns === "everything") return forbidEverything(key);
  for (const place of concerns) {
    for (const { field, value } of valuesAt(place, asked)) {
      const programme = await programmeNamed(place, field, value, lookups);
      if (programme === undefined) forbidEverything(key);
      else if (!key.programmes.includes(programme)) {
        throw new ProblemError("forbidden", `${field}: this key is bound to other programmes`, {
          errors: [{ field, reason: "is of a programme that this key is not bound to" }],
        });
      }
    }
  }
};

/** Codes and records that a request names at its places, once each: no text that somebody made up. */
export const namedIn = (concerns: Concerns, asked: Asked): readonly string[] => {
  if (concerns === "everything") return [];
  const names = concerns.flatMap((place) =>
    valuesAt(place, asked).flatMap(({ value }) => (typeof value === "string" ? nameOf(place, value) : [])),
  );
  return [...new Set(names)];
};

const nameOf = ({ names }: Place, value: string): readonly string[] => {
  if (names === "payout" || names === "finding") {
    return /^[1-9][0-9]{0,9}$/.test(value) ? [`${names} ${value}`] : [];
  }
  const parsed = parseCode(value);
  return parsed.ok ? [encodeCode(parsed.code)] : [];
};

interface Named {
  readonly field: string;
  readonly value: unknown;
}

/** One for each item of a list; one without a value where the field is absent. */
const valuesAt = (place: Place, { params, body }: Asked): readonly Named[] => {
  const steps = place.field.split(".");
  const whole: Named = { field: "", value: place.in === "path" ? params : body };
  return steps.reduce<readonly Named[]>(
    (found, step) => found.flatMap((each) => inside(each, step)),
    [whole],
  );
};

const inside = ({ field, value }: Named, step: string): readonly Named[] => {
  const name = step.replace("[]", "");
  const path = field === "" ? name : `${field}.${name}`;
  const inner: unknown =
    typeof value === "object" && value !== null
      ? Object.getOwnPropertyDescriptor(value, name)?.value
      : undefined;
  if (!step.endsWith("[]") || !Array.isArray(inner)) return [{ field: path, value: inner }];
  return inner.map((item: unknown, index) => ({ field: `${path}[${index}]`, value: item }));
};

/** Undefined for what is of no programme. */
const programmeNamed = async (
  place: Place,
  field: string,
  value: unknown,
  lookups: Lookups,
): Promise<ProgrammeId | undefined> => {
  if (typeof value !== "string") return undefined;
  switch (place.names) {
    case "programme":
      return (place.in === "path" ? codeOf("programme", value) : codeIn("programme", field, value)).programme;
    case "claim": {
      const { claim } = place.in === "path" ? codeOf("claim", value) : codeIn("claim", field, value);
      return known("claim", field, claim, await lookups.programmeOfClaim(claim));
    }
    case "payout": {
      const payout = numberIn("payout", value, payoutId);
      return known("payout", field, payout, await lookups.programmeOfPayout(payout));
    }
    case "finding": {
      const finding = numberIn("finding", value, findingId);
      const subject = await lookups.subjectOfFinding(finding);
      return known("finding", field, finding, subject).programme;
    }
  }
};

const known = <Found>(what: string, field: string, id: number, found: Found | undefined): Found => {
  if (found === undefined) throw new DeskRefusal(field, `no ${what} ${id}`);
  return found;
};
