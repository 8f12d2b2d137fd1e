/** What of the terms a policy period is declared with, and what is still missing for one. */
import { fen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import type { UnixSeconds } from "../ledger/events.ts";
import type { Terms } from "./types.ts";

const daySeconds = 24 * 3600;

/** The period's filing deadline on the chain; undefined where the terms state none. `end` is the period's end. */
export const filingDeadlineOf = (terms: Terms, end: UnixSeconds): UnixSeconds | undefined =>
  terms.filingDays === undefined ? undefined : end + terms.filingDays * daySeconds;

/** The period's cover on the chain, where 0 means no limit; undefined where the terms do not say. */
export const coverOnChain = (terms: Terms): Fen | undefined =>
  terms.cover === "none" ? zeroFen : terms.cover === undefined ? undefined : fen(terms.cover);

/** Whether the period is declared to take incidents to the minute, which the chain then demands of every claim. */
export const toTheMinuteOf = (terms: Terms): boolean => terms.incident === "minute";

/** Whether someone of so many completed years can be enrolled; undefined where the terms do not say. */
export const admitsAge = (terms: Terms, years: number): boolean | undefined => {
  if (terms.ages === undefined || terms.ages === "any") return terms.ages === "any" ? true : undefined;
  const { from = 0, to = Number.POSITIVE_INFINITY } = terms.ages;
  return years >= from && years <= to;
};

const needed = ["cover", "premiumPerHead", "filingDays", "ages", "benefits", "deductibles"] as const;

/**
 * The fields that the terms do not state and that a running plan needs, such as `cover` or `rules[0].rateBps`. A page
 * shows them as not published. Sharing and basis of a deductible or cap count only where they can make a difference.
 */
export const notStated = (terms: Terms): readonly string[] => {
  const fields: string[] = [];
  for (const name of needed) {
    if (terms[name] === undefined) fields.push(name);
  }
  (terms.deductibles ?? []).forEach(({ per, sharing, rules }, at) => {
    if (per === undefined) fields.push(`deductibles[${at}].per`);
    if (sharing === undefined && rules.length > 1) fields.push(`deductibles[${at}].sharing`);
  });
  terms.rules.forEach(({ rateBps, cap }, at) => {
    if (rateBps === undefined) fields.push(`rules[${at}].rateBps`);
    if (cap !== undefined && cap.per === undefined) fields.push(`rules[${at}].cap.per`);
  });
  return fields;
};
