/** That somebody was insured when it happened: found in the vault by id number, or proven by whoever asks. */
import { dayOf, formatDay, formatInstant } from "../../protocol/calendar.ts";
import { rosterId, type Bytes32, type RosterId } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { DeskRefusal, type FileClaimRequest } from "../../protocol/ports/desk.ts";
import { idNumber, InvalidIdNumber, type IdNumber } from "../../protocol/rosters/id-number.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { personPseudonym } from "../../protocol/rosters/pseudonym.ts";
import { RosterTree, verifyRosterProof } from "../../protocol/rosters/tree.ts";
import { InvalidValidity, validity, type Validity } from "../../protocol/rosters/validity.ts";
import { Recent } from "../read/recent.ts";
import type { KeptLine } from "../vault/roster-vault.ts";
import type { Counter } from "./counter.ts";
import { viewOperation } from "./operations.ts";
import { livingLines } from "./roster-lines.ts";

/** The line of a roster that a claim is filed on. */
export interface ProvenLine extends Validity {
  readonly roster: RosterId;
  readonly person: Bytes32;
  readonly proof: readonly Bytes32[];
}

/** When it happened: a whole day or a whole minute, as the policy period says. */
export interface Incident {
  readonly from: UnixSeconds;
  readonly toTheMinute: boolean;
}

const daySeconds = 86_400;
const shanghaiSeconds = 8 * 3_600;

export const lengthOf = ({ toTheMinute }: Incident): number => (toTheMinute ? 60 : daySeconds);

export const isWhole = (incident: Incident): boolean =>
  (incident.from + shanghaiSeconds) % lengthOf(incident) === 0;

/** Whether any part of the day, or the minute, is insured. */
const touches = ({ from, to }: Validity, incident: Incident): boolean =>
  incident.from < to && incident.from + lengthOf(incident) > from;

const inWords = ({ from, toTheMinute }: Incident): string =>
  toTheMinute ? formatInstant(from) : formatDay(dayOf(from));

/** Trees of rosters that were proven from: hashes only, some 640 kB for 10,000 lines. */
const rememberedTrees = 16;

/** Finds and checks lines. `field` is the claim's place in the request, such as `claims[0]`. */
export class Memberships {
  readonly #counter: Counter;
  readonly #trees = new Recent<RosterTree>(rememberedTrees);

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  async prove(request: FileClaimRequest, incident: Incident, field: string): Promise<ProvenLine> {
    const { member } = request;
    if ("idNumber" in member) return this.#find(request, member.idNumber, incident, field);
    const { roster, person, proof, from, to } = member;
    const known = await this.#counter.parts.lookups.roster(roster);
    if (known?.programme !== request.programme || known.policyPeriod !== request.policyPeriod) {
      throw new DeskRefusal(`${field}.member.roster`, "is no roster of this programme and policy period");
    }
    const line = { roster, person, proof, ...checkedValidity(from, to, field) };
    if (!touches(line, incident)) {
      const valid = `${formatInstant(from)} to ${formatInstant(to)}`;
      throw new DeskRefusal(`${field}.incident`, `${inWords(incident)} lies outside the validity ${valid}`);
    }
    if (verifyRosterProof(known.root, rosterLeaf(person, line), proof)) return line;
    throw new DeskRefusal(`${field}.member.proof`, "does not lead from this line to the root of the roster");
  }

  async #find(
    request: FileClaimRequest,
    text: string,
    incident: Incident,
    field: string,
  ): Promise<ProvenLine> {
    const number = readNumber(text, `${field}.member.idNumber`);
    const of = { programme: request.programme, period: request.policyPeriod };
    const lines = await livingLines(this.#counter, of, number);
    if (lines.length === 0) {
      throw new DeskRefusal(
        `${field}.member.idNumber`,
        "stands on no roster of this programme and policy period that is kept here",
      );
    }
    const covering = lines.filter((line) => touches(line.validity, incident));
    if (covering.length === 0) {
      throw new DeskRefusal(
        `${field}.incident`,
        `${inWords(incident)} lies outside every validity of the person in this policy period`,
      );
    }
    for (const line of covering) {
      const roster = await this.#rosterOf(line.operation);
      if (roster === undefined) continue;
      const person = personPseudonym(line.salt, of, number);
      return { roster, person, ...line.validity, proof: await this.#proof(line, person) };
    }
    throw new DeskRefusal(`${field}.member.idNumber`, "its roster is not recorded yet; ask again when it is");
  }

  /** The number that the ledger gave the roster; undefined where it is not recorded, or was refused. */
  async #rosterOf(operation: string): Promise<RosterId | undefined> {
    const { outbox, ledger, receipts } = this.#counter.parts;
    const record = await outbox.operation(operation);
    if (record === undefined) return undefined;
    const { events } = await viewOperation(record, ledger, receipts);
    const appended = events.find((event) => event.type === "RosterAppended");
    return appended === undefined ? undefined : rosterId(appended.roster);
  }

  async #proof({ operation, validity: valid }: KeptLine, person: Bytes32): Promise<readonly Bytes32[]> {
    let tree = this.#trees.get(operation);
    if (tree === undefined) {
      tree = new RosterTree(
        (await this.#counter.parts.vault.rosters.leavesOf(operation)) ?? new Uint8Array(),
      );
      this.#trees.set(operation, tree);
    }
    return tree.proof(rosterLeaf(person, valid));
  }
}

const readNumber = (text: string, field: string): IdNumber => {
  try {
    return idNumber(text);
  } catch (error) {
    if (error instanceof InvalidIdNumber) throw new DeskRefusal(field, error.reason);
    throw error;
  }
};

const checkedValidity = (from: UnixSeconds, to: UnixSeconds, field: string): Validity => {
  try {
    return validity(from, to);
  } catch (error) {
    if (error instanceof InvalidValidity) throw new DeskRefusal(`${field}.member.from`, error.reason);
    throw error;
  }
};
