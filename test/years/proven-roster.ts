/** A roster made outside the gateway: pseudonyms with salts of its own, a tree, and proofs as a claim brings them. */
import { bytes32, type Bytes32 } from "../../protocol/ids.ts";
import { concat, fromHex } from "../../protocol/bytes.ts";
import { idNumber } from "../../protocol/rosters/id-number.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { personPseudonym, type RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { RosterTree } from "../../protocol/rosters/tree.ts";
import type { Person } from "./office.ts";

export interface ProvenRoster {
  readonly root: Bytes32;
  /** The membership of the person at `index`, for the roster of that number. */
  membership(roster: number, index: number): object;
}

export const provenRoster = (period: RosterPeriod, people: readonly Person[]): ProvenRoster => {
  const lines = people.map((person, index) => {
    const salt = bytes32(`0x${(index + 1).toString(16).padStart(64, "0")}`);
    const pseudonym = personPseudonym(salt, period, idNumber(person.idNumber));
    return { ...person, pseudonym, leaf: rosterLeaf(pseudonym, person) };
  });
  const tree = new RosterTree(concat(...lines.map(({ leaf }) => fromHex(leaf))));
  return {
    root: tree.root,
    membership: (roster, index) => {
      const line = lines[index];
      if (line === undefined) throw new RangeError(`the roster has no line ${index}`);
      const { pseudonym: person, from, to, leaf } = line;
      return { roster, person, from, to, proof: tree.proof(leaf) };
    },
  };
};
