/**
 * Appending rosters. Of people that are named here the gateway makes the pseudonyms: the vault keeps salts and leaves
 * first, then the outbox the operation; id numbers go no further than a keyed mark in the vault.
 */
import { formatInstant } from "../../protocol/calendar.ts";
import { fromHex } from "../../protocol/bytes.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import {
  DeskRefusal,
  type AppendRosterRequest,
  type Asking,
  type InsuredPerson,
} from "../../protocol/ports/desk.ts";
import { idNumber, InvalidIdNumber, type IdNumber } from "../../protocol/rosters/id-number.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { personPseudonym, type RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { RosterTree } from "../../protocol/rosters/tree.ts";
import { InvalidValidity, overlaps, validity, type Validity } from "../../protocol/rosters/validity.ts";
import type { RosterLine } from "../vault/roster-vault.ts";
import { randomSalt, type Counter } from "./counter.ts";
import { livingLines } from "./roster-lines.ts";
import { knownPeriod, programmeOfKind, type DeclaredPeriod } from "./known.ts";

export const maxPeoplePerRequest = 10_000;

interface Enrolled {
  readonly idNumber: IdNumber;
  readonly validity: Validity;
}

/** Appends a roster. Throws {@link DeskRefusal} naming `people[i].field`; no refusal repeats an id number. */
export const appendRoster = (
  counter: Counter,
  request: AppendRosterRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { programme, policyPeriod, premiumPerHead, denominator } = request;
    await programmeOfKind(counter, programme, "insurance");
    const period = await knownPeriod(counter, programme, policyPeriod);
    const people = "people" in request ? checkPeople(request.people, period) : undefined;
    const count = "people" in request ? countOf(people ?? []) : request.count;
    checkCount(count, denominator);
    const content = {
      programme,
      policyPeriod,
      premiumPerHead: premiumPerHead.toString(),
      denominator: denominator ?? 0,
      enrolled: people?.map((person) => ({ ...person, validity: { ...person.validity } })) ?? {
        count,
        root: "root" in request ? request.root : "",
      },
    };
    return counter.take("appendRoster", content, asking, async (operation) => {
      requireEnrollable(counter, period);
      const of = { programme, period: policyPeriod };
      const root = "root" in request ? request.root : await keepPeople(counter, operation, of, people ?? []);
      const common = { verb: "appendRoster", operation, programme, policyPeriod, root, count } as const;
      const verb = { ...common, premiumPerHead, denominator: denominator ?? 0 };
      return { actor: "coordinator", verb };
    });
  });

const requireEnrollable = (counter: Counter, { end }: DeclaredPeriod): void => {
  if (counter.parts.now() < end) return;
  throw new DeskRefusal(
    "policyPeriod",
    `it was over at ${formatInstant(end)}; nobody can be enrolled in it any more`,
  );
};

/** People, not lines: somebody who is insured twice is one person. */
const countOf = (people: readonly Enrolled[]): number => new Set(people.map((each) => each.idNumber)).size;

const checkCount = (count: number, denominator: number | undefined): void => {
  if (count < 1) throw new DeskRefusal("count", "expected at least 1");
  if (denominator !== undefined && denominator < count) {
    throw new DeskRefusal(
      "denominator",
      `expected at least the ${count} people enrolled, got ${denominator}`,
    );
  }
};

const checkPeople = (people: readonly InsuredPerson[], period: DeclaredPeriod): readonly Enrolled[] => {
  if (people.length === 0 || people.length > maxPeoplePerRequest) {
    throw new DeskRefusal("people", `expected 1 to ${maxPeoplePerRequest}, got ${people.length}`);
  }
  return people.map((person, index) => checkPerson(person, `people[${index}]`, period));
};

const checkPerson = (
  { idNumber: number, from, to }: InsuredPerson,
  at: string,
  period: DeclaredPeriod,
): Enrolled => {
  try {
    const enrolled = { idNumber: idNumber(number), validity: validity(from, to) };
    if (from >= period.start && from < period.end) return enrolled;
  } catch (error) {
    if (error instanceof InvalidIdNumber) throw new DeskRefusal(`${at}.idNumber`, error.reason);
    if (error instanceof InvalidValidity) throw new DeskRefusal(`${at}.from`, error.reason);
    throw error;
  }
  const { start, end } = period;
  const between = `from ${formatInstant(start)} and before ${formatInstant(end)}`;
  throw new DeskRefusal(`${at}.from`, `expected a time within the policy period, ${between}`);
};

/**
 * Gives every person the pseudonym that they have, or a new one, and keeps the lines in the vault; answers the root.
 * What an earlier try of the operation left there, which was never accepted, is used again where it is the same.
 */
const keepPeople = async (
  counter: Counter,
  operation: string,
  of: RosterPeriod,
  people: readonly Enrolled[],
): Promise<Bytes32> => {
  const { rosters } = counter.parts.vault;
  const left = await leftBehind(counter, operation, of, people);
  if (left !== undefined) return new RosterTree(left).root;
  await rosters.drop(operation);
  const lines = await saltedLines(counter, of, people);
  const leaves = new Uint8Array(lines.length * 32);
  lines.forEach(({ salt, ...line }, index) => {
    leaves.set(fromHex(rosterLeaf(personPseudonym(salt, of, line.idNumber), line.validity)), index * 32);
  });
  const { root } = new RosterTree(leaves);
  await rosters.keep(operation, of, lines, leaves);
  return root;
};

/** The leaves that an unfinished try kept for these very people. */
const leftBehind = async (
  counter: Counter,
  operation: string,
  of: RosterPeriod,
  people: readonly Enrolled[],
): Promise<Uint8Array | undefined> => {
  const { rosters } = counter.parts.vault;
  const leaves = await rosters.leavesOf(operation);
  if (leaves?.length !== people.length * 32) return undefined;
  for (const [index, { idNumber: number, validity: own }] of people.entries()) {
    const lines = await rosters.linesOf(of, number);
    const isKept = lines.some(
      (kept) =>
        kept.operation === operation &&
        kept.line === index &&
        kept.validity.from === own.from &&
        kept.validity.to === own.to,
    );
    if (!isKept) return undefined;
  }
  return leaves;
};

/** Of the same person; `index` is its place in the request, absent for one of an earlier roster. */
interface EarlierLine {
  readonly validity: Validity;
  readonly salt: Bytes32;
  readonly index?: number;
}

/** Throws {@link DeskRefusal} for a validity that has a minute in common with another one of the same person. */
const saltedLines = async (
  counter: Counter,
  of: RosterPeriod,
  people: readonly Enrolled[],
): Promise<readonly RosterLine[]> => {
  const before = new Map<IdNumber, readonly EarlierLine[]>();
  const lines: RosterLine[] = [];
  for (const [index, person] of people.entries()) {
    const own: readonly EarlierLine[] =
      before.get(person.idNumber) ?? (await livingLines(counter, of, person.idNumber));
    const meets = own.find((line) => overlaps(line.validity, person.validity));
    if (meets !== undefined) {
      const with_ =
        meets.index === undefined ? "an earlier roster's of the same person" : `people[${meets.index}]'s`;
      throw new DeskRefusal(`people[${index}].from`, `the validity has a minute in common with ${with_}`);
    }
    const salt = own[0]?.salt ?? randomSalt();
    before.set(person.idNumber, [...own, { validity: person.validity, salt, index }]);
    lines.push({ ...person, salt });
  }
  return lines;
};
