/** Invented people of the scripted years, insured for a whole period unless said otherwise. */
import { inventedIdNumber } from "../../server/commands/invented-people.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Person } from "./office.ts";

export const people = (count: number, from: UnixSeconds, to: UnixSeconds, first = 0): readonly Person[] =>
  Array.from({ length: count }, (_, index) => ({ idNumber: inventedIdNumber(first + index), from, to }));

/** As a claim names one of them. */
export const member = (list: readonly Person[], index: number): { readonly idNumber: string } => {
  const person = list[index];
  if (person === undefined) throw new RangeError(`nobody has the number ${index}`);
  return { idNumber: person.idNumber };
};
