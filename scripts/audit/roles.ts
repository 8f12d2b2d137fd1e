/**
 * Whoever did something held the right to it when it was done. The log names an actor beside nearly every record; which
 * account an actor is, and which roles an account was given or had taken back, are events themselves.
 */
import {
  channelRole,
  ledgerRole,
  programmeRole,
  type LedgerRole,
  type ProgrammeRole,
} from "../../chain/roles.ts";
import type { Check } from "../../protocol/audit/check.ts";
import { subjectOf } from "../../protocol/audit/replay.ts";
import type { ActorId, Address, Bytes32, ProgrammeId } from "../../protocol/ids.ts";
import type { LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";

interface Right {
  /** Undefined where every actor may. */
  readonly role: Bytes32 | undefined;
  readonly name: string;
}

interface Deed {
  readonly actor: ActorId;
  readonly right: Right;
}

const rights = new Map<string, Right>();

/** Hashed once for each role: a long history names few. */
const right = (name: string, role: () => Bytes32): Right => {
  const known = rights.get(name) ?? { role: role(), name };
  rights.set(name, known);
  return known;
};

const ofLedger = (name: LedgerRole, actor: ActorId): Deed => ({
  actor,
  right: right(name, () => ledgerRole(name)),
});
const ofProgramme = (name: ProgrammeRole, programme: ProgrammeId, actor: ActorId): Deed => ({
  actor,
  right: right(`${name} of programme ${programme}`, () => programmeRole(name, programme)),
});
const ofChannel = (channel: string, actor: ActorId): Deed => ({
  actor,
  right: right(`provider of channel ${channel}`, () => channelRole("provider", channel)),
});

/** Who is named in an event, and what the contract lets nobody else do; undefined where the event names nobody. */
const deedIn = (event: LedgerEvent): Deed | undefined => {
  switch (event.type) {
    case "BatchRecorded":
      return ofLedger("recorder", event.recorder);
    case "PremiumAllocated":
    case "ExpenseRecorded":
    case "SurplusMoved":
    case "InsurersDeclared":
    case "DonationRefunded":
    case "FindingAnswered":
    case "CorrectionNoted":
      return ofLedger("treasurer", event.treasurer);
    case "Attested":
    case "FindingOpened":
    case "FindingClosed":
      return ofLedger("auditor", event.auditor);
    case "ClaimFiled":
    case "GrantFiled":
      return ofProgramme("coordinator", event.programme, event.filer);
    case "RosterAppended":
    case "ClaimWithdrawn":
      return ofProgramme("coordinator", event.programme, event.coordinator);
    case "ClaimApproved":
    case "ClaimRejected":
    case "ClaimHeld":
    case "ClaimReleased":
    case "ClaimCancelled":
      return ofProgramme("adjudicator", event.programme, event.adjudicator);
    case "ClaimPaid":
    case "PayoutRecovered":
      return ofProgramme("payer", event.programme, event.payer);
    case "RefundCovered":
    case "ChannelTotalConfirmed":
      return ofChannel(event.channel, event.provider);
    case "HeadNoted":
      return { actor: event.actor, right: { role: undefined, name: "actor" } };
    case "ActorRegistered":
    case "RoleGranted":
    case "RoleRevoked":
    case "ChannelRegistered":
    case "FundOpened":
    case "ProgrammeOpened":
    case "PeriodDeclared":
    case "PeriodClosed":
    case "Paused":
    case "Unpaused":
      return undefined;
  }
};

/** What one account may do, and since which block no longer. */
type Held = Map<Bytes32, { readonly revokedIn: number | undefined }>;

class Rights {
  readonly #accounts = new Map<ActorId, Address>();
  readonly #held = new Map<Address, Held>();

  take({ event, place }: RecordedEvent): void {
    if (event.type === "ActorRegistered") this.#accounts.set(event.actor, event.account);
    if (event.type !== "RoleGranted" && event.type !== "RoleRevoked") return;
    const held: Held = this.#held.get(event.account) ?? new Map();
    held.set(event.role, { revokedIn: event.type === "RoleRevoked" ? place.blockNumber : undefined });
    this.#held.set(event.account, held);
  }

  /** Why the deed was nobody's to do who is named; undefined where it was. */
  objection({ actor, right: { role, name } }: Deed): string | undefined {
    const account = this.#accounts.get(actor);
    if (account === undefined) return `actor ${actor} acted, whom nobody had registered`;
    if (role === undefined) return undefined;
    const held = this.#held.get(account)?.get(role);
    const acted = `actor ${actor} acted as ${name}, a role that`;
    if (held === undefined) return `${acted} it had never been given`;
    return held.revokedIn === undefined ? undefined : `${acted} was taken from it in block ${held.revokedIn}`;
  }
}

/** Needs no books: it goes on where the replay ends. */
export const checkRoles = (check: Check, events: readonly RecordedEvent[]): void => {
  const rightsThen = new Rights();
  for (const recorded of events) {
    rightsThen.take(recorded);
    const deed = deedIn(recorded.event);
    if (deed === undefined) continue;
    check.counted();
    const objection = rightsThen.objection(deed);
    if (objection === undefined) continue;
    const subject = subjectOf(recorded.event);
    check.says(subject, deed.right.name, `${subject}: ${objection}`, recorded.place);
  }
};
