/** Which numbers of records the logs hold: a record that was left out, told twice or out of turn shows here. */
import type { EventPlace, LedgerEvent, RecordedEvent, RecordKind } from "../ledger/events.ts";
import { recordKinds } from "../ledger/codes.ts";
import type { Check } from "./check.ts";

/** The record that an event makes, with the number that the ledger gave it. */
export const madeBy = (
  event: LedgerEvent,
): { readonly kind: RecordKind; readonly id: number } | undefined => {
  switch (event.type) {
    case "ActorRegistered":
      return { kind: "actor", id: event.actor };
    case "FundOpened":
      return { kind: "fund", id: event.fund };
    case "ProgrammeOpened":
      return { kind: "programme", id: event.programme };
    case "BatchRecorded":
      return { kind: "batch", id: event.batch };
    case "PremiumAllocated":
      return { kind: "allocation", id: event.allocation };
    case "ExpenseRecorded":
      return { kind: "expense", id: event.expense };
    case "ClaimFiled":
    case "GrantFiled":
      return { kind: "claim", id: event.claim };
    case "ClaimPaid":
      return { kind: "payout", id: event.payout };
    case "RosterAppended":
      return { kind: "roster", id: event.roster };
    case "PayoutRecovered":
      return { kind: "recovery", id: event.recovery };
    case "SurplusMoved":
      return { kind: "move", id: event.move };
    case "DonationRefunded":
      return { kind: "refund", id: event.refund };
    case "Attested":
      return { kind: "attestation", id: event.attestation };
    case "FindingOpened":
      return { kind: "finding", id: event.finding };
    case "ChannelTotalConfirmed":
      return { kind: "confirmation", id: event.confirmation };
    case "CorrectionNoted":
      return { kind: "correction", id: event.correction };
    default:
      return undefined;
  }
};

export type Counts = Readonly<Record<RecordKind, number>>;

const sayMissing = (check: Check, kind: RecordKind, from: number, to: number, place: EventPlace): void => {
  const subject = from === to ? `${kind} ${from}` : `${kind} ${from} to ${to}`;
  check.says(subject, "missing", `${subject}: missing, the logs go on with ${kind} ${to + 1}`, place);
};

/** Counts the records of each kind and names every number that is missing or comes again. */
export const checkNumbers = (check: Check, events: readonly RecordedEvent[]): Counts => {
  const seen = new Map<RecordKind, Set<number>>(recordKinds.map((kind) => [kind, new Set<number>()]));
  const last = new Map<RecordKind, number>();
  for (const { event, place } of events) {
    const made = madeBy(event);
    if (made === undefined) continue;
    const { kind, id } = made;
    const ids = seen.get(kind) ?? new Set();
    const previous = last.get(kind) ?? 0;
    check.counted();
    if (ids.has(id)) check.says(`${kind} ${id}`, "repeated", `${kind} ${id}: told twice`, place);
    else if (id > previous + 1) sayMissing(check, kind, previous + 1, id - 1, place);
    else if (id <= previous)
      check.says(`${kind} ${id}`, "order", `${kind} ${id}: told after ${kind} ${previous}`, place);
    ids.add(id);
    last.set(kind, Math.max(previous, id));
  }
  const count = (kind: RecordKind): number => seen.get(kind)?.size ?? 0;
  return {
    actor: count("actor"),
    fund: count("fund"),
    programme: count("programme"),
    batch: count("batch"),
    allocation: count("allocation"),
    expense: count("expense"),
    claim: count("claim"),
    payout: count("payout"),
    roster: count("roster"),
    recovery: count("recovery"),
    move: count("move"),
    refund: count("refund"),
    attestation: count("attestation"),
    finding: count("finding"),
    confirmation: count("confirmation"),
    correction: count("correction"),
  };
};
