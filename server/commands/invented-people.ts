/** Id numbers of nobody, for demonstrations and rehearsals. They look invented: no region has the code 000000. */
import { idNumber, idNumberCheckCharacter, type IdNumber } from "../../protocol/rosters/id-number.ts";

/** On one birthday, with an order of three digits from 001. */
const peopleADay = 999;
const birthYears = 31;

export const mostInventedPeople = birthYears * peopleADay;

/** The n-th invented person, counted from 0, born from 1960 to 1990. Throws a RangeError from 30,969 on. */
export const inventedIdNumber = (person: number): IdNumber => {
  if (!Number.isInteger(person) || person < 0 || person >= mostInventedPeople) {
    throw new RangeError(`invented person ${person}: expected a whole number below ${mostInventedPeople}`);
  }
  const year = 1960 + Math.floor(person / peopleADay);
  const order = String((person % peopleADay) + 1).padStart(3, "0");
  const digits = `000000${year}0101${order}`;
  return idNumber(digits + idNumberCheckCharacter(digits));
};
