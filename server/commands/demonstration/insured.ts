/**
 * Who is insured in the demonstration, as rosters: one of invented people, so that claims can prove a line of it, and
 * roots with nothing but a count for all the others.
 */
import { fen } from "../../../protocol/amounts.ts";
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { AppendRosterRequest } from "../../../protocol/ports/desk.ts";
import type { IdNumber } from "../../../protocol/rosters/id-number.ts";
import { inventedIdNumber } from "../invented-people.ts";
import { counties, kangbao, published } from "./counties.ts";
import { termsOf } from "./documents.ts";
import { apportion, Random } from "./random.ts";
import { at, periods } from "./timetable.ts";

/** People of each county and year whose lines are in the gateway's vault. */
export const namedPeople = 150;
const seed = 20171228;
/** Has no divisor in common with `namedPeople`, so whoever claims is somebody else each time. */
const stride = 37;

/** How many people each county insures, by policy year: the published counts, split where only a sum is published. */
const insuredIn = (year: number): readonly number[] => {
  const others = counties.filter((_, index) => index + 1 !== kangbao);
  const weights = others.map(({ weight }) => weight);
  // Of the five others only the second year's sum is published; the first year's is invented.
  const elsewhere = apportion(published.insuredElsewhere - (year === 1 ? 13_570 : 0), weights);
  return [year === 1 ? published.personTimes - published.insured : published.insured, ...elsewhere];
};

export interface Enrolment {
  readonly at: UnixSeconds;
  readonly rosters: readonly AppendRosterRequest[];
}

const rosterOf = (programme: number, year: number) => {
  const insured = insuredIn(year)[programme - 1] ?? 0;
  const roster = {
    programme: programmeId(programme),
    policyPeriod: periodNumber(year),
    premiumPerHead: termsOf(year).premiumPerHead ?? fen(0n),
  };
  // Invented, and for Kangbao left out: how many could have been insured is published for no county.
  return programme === kangbao ? roster : { ...roster, denominator: Math.ceil((insured * 107) / 100) };
};

const peopleOf = (programme: number, year: number): AppendRosterRequest => {
  const { start, end } = periods[year - 1] ?? periods[0];
  const people = Array.from({ length: namedPeople }, (_, person) => ({
    idNumber: idNumberOf(programme, person),
    from: start,
    to: end,
  }));
  return { ...rosterOf(programme, year), people };
};

const idNumberOf = (programme: number, person: number): IdNumber =>
  inventedIdNumber((programme - 1) * namedPeople + person);

/** A batch before each year begins and one in its spring, when the county's lists are gone through again. */
export const enrolments = (): readonly Enrolment[] => {
  const random = new Random(seed);
  const programmes = counties.map((_, index) => index + 1);
  return [1, 2].flatMap((year): readonly Enrolment[] => {
    const later = programmes.map(() => random.between(900, 2_400));
    const counted = (programme: number, count: number): AppendRosterRequest => ({
      ...rosterOf(programme, year),
      root: random.bytes32(),
      count,
    });
    const first = programmes.map((programme, index) => {
      const insured = insuredIn(year)[index] ?? 0;
      return counted(programme, insured - namedPeople - (later[index] ?? 0));
    });
    const spring = programmes.map((programme, index) => counted(programme, later[index] ?? 0));
    const people = programmes.map((programme) => peopleOf(programme, year));
    return [
      { at: at(year === 1 ? 20171227 : 20181227, 9), rosters: [...people, ...first] },
      { at: at(year === 1 ? 20180418 : 20190418, 9), rosters: spring },
    ];
  });
};

/** Hands out those who claim, each once in a policy year. */
export class Claimants {
  readonly #claimed = new Map<string, number>();

  /** Throws a RangeError once everybody whose line is known has claimed. */
  next(programme: number, year: number): IdNumber {
    const key = `${programme}/${year}`;
    const claimed = this.#claimed.get(key) ?? 0;
    if (claimed >= namedPeople) throw new RangeError(`programme ${programme}: nobody is left to claim`);
    this.#claimed.set(key, claimed + 1);
    return idNumberOf(programme, (claimed * stride) % namedPeople);
  }
}
