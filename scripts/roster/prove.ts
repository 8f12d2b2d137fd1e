/** Proves that a person stands in a roster: what a claim shows to the chain, without salt and id number. */
import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { formatInstant } from "../../protocol/calendar.ts";
import type { OccurredAt } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { leafOfRecord, openingLengthBytes, readOpening } from "../../protocol/rosters/opening.ts";
import type { RosterOpening } from "../../protocol/rosters/opening.ts";
import { personPseudonym } from "../../protocol/rosters/pseudonym.ts";
import type { RosterTree } from "../../protocol/rosters/tree.ts";
import { coversDay, coversInstant } from "../../protocol/rosters/validity.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";
import type { ProgressStream } from "../import/progress.ts";
import { framesOf, readRosterRecord } from "./folder.ts";
import { UnreadableOpenings } from "./openings.ts";
import { openingsFile } from "./record.ts";
import type { ReadRecord } from "./record.ts";
import { treeOf } from "./tree.ts";

/** Says nothing about whom: the number was asked for and is not repeated. */
export class NotInsured extends Error {
  constructor(incident: boolean) {
    super(
      incident
        ? "this roster has no validity of the person that covers the incident; try the period's other rosters"
        : "the person is not in this roster; try the period's other rosters",
    );
    this.name = "NotInsured";
  }
}

export interface Membership {
  readonly person: Bytes32;
  readonly from: number;
  readonly to: number;
  /** The same two moments for people. */
  readonly validity: { readonly from: string; readonly to: string };
  readonly leaf: Bytes32;
  readonly proof: readonly Bytes32[];
}

export interface RosterProof {
  readonly programme: string;
  readonly period: number;
  readonly root: Bytes32;
  readonly memberships: readonly Membership[];
}

const covers = (validity: Validity, incident: OccurredAt): boolean =>
  incident.precision === "day"
    ? coversDay(validity, incident.day)
    : coversInstant(validity, incident.instant);

const read = async (folder: string, record: ReadRecord, key: KeyObject, idNumber: IdNumber) => {
  const leaves = new Uint8Array(record.count * 32);
  const openings: RosterOpening[] = [];
  const wanted = Buffer.from(idNumber, "ascii");
  let at = 0;
  for await (const frame of framesOf(folder, record, key)) {
    for (let index = 0; index < frame.length / openingLengthBytes; index += 1) {
      leaves.set(leafOfRecord(frame, index), at);
      at += 32;
      const start = index * openingLengthBytes;
      if (wanted.equals(frame.subarray(start, start + wanted.length)))
        openings.push(readOpening(frame, index));
    }
  }
  return { leaves, openings };
};

const membershipOf = (record: ReadRecord, tree: RosterTree, opening: RosterOpening): Membership => {
  const person = personPseudonym(opening.salt, record.of, opening.idNumber);
  const { from, to } = opening.validity;
  const leaf = rosterLeaf(person, opening.validity);
  return {
    person,
    from,
    to,
    validity: { from: formatInstant(from), to: formatInstant(to) },
    leaf,
    proof: tree.proof(leaf),
  };
};

/**
 * All memberships of a person in a roster, or those whose validity covers the incident, by their beginning. Throws
 * {@link NotInsured}, and {@link UnreadableOpenings} where the folder's files do not belong together.
 */
export const proveMember = async (
  call: { readonly roster: string; readonly incident?: OccurredAt },
  key: KeyObject,
  idNumber: IdNumber,
  progress: ProgressStream,
): Promise<RosterProof> => {
  const record = readRosterRecord(call.roster);
  const { leaves, openings } = await read(call.roster, record, key, idNumber);
  const { incident } = call;
  const found = openings
    .filter(({ validity }) => incident === undefined || covers(validity, incident))
    .sort((one, other) => one.validity.from - other.validity.from);
  if (found.length === 0) throw new NotInsured(incident !== undefined && openings.length > 0);
  const tree = treeOf(leaves, progress);
  if (tree.root !== record.root) {
    throw new UnreadableOpenings(join(call.roster, openingsFile), "does not lead to the root of roster.json");
  }
  return {
    programme: encodeCode({ kind: "programme", programme: record.of.programme }),
    period: record.of.period,
    root: record.root,
    memberships: found.map((opening) => membershipOf(record, tree, opening)),
  };
};
