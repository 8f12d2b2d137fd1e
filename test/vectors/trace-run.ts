/**
 * Runs the published traces: events into books, and what the books answer about every donation and payout. Nothing of Node,
 * so that a browser runs the same.
 */
import { fromHex, toHex } from "../../protocol/bytes.ts";
import { leafStarts } from "../../protocol/donations/leaves.ts";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { RecordedEvent } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { InconsistentEvent } from "../../protocol/ledger/refusals.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { position } from "../../protocol/amounts.ts";
import { donationInterval } from "../../protocol/trace/donors.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { grossSources, netSources, readAll, slicesOf } from "../model/pages.ts";

type Members = Readonly<Record<string, Json>>;

export interface TracedLedger {
  readonly name: string;
  /** What a ledger is told, in order, each a second after the one before it; for whoever replays it on a contract. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly verbs: readonly Members[];
  /** What it emits. */
  readonly events: readonly { readonly place: Members; readonly event: Members }[];
  readonly donations: readonly Members[];
  readonly payouts: readonly Members[];
}

/** Events that no ledger emits after those of a ledger above. */
export interface BrokenLedger {
  readonly name: string;
  /** The ledger's name. */
  readonly of: string;
  /** The event that is changed, left out or told again, counted from 0. */
  readonly event: number;
  readonly change: "leftOut" | "again" | Members;
  /** The event at which a reader has to stop, counted in the events as they are then; none where all can be read. */
  readonly refusedAt: number;
}

export interface TraceVectors {
  /** `Type.member` of events and `verb.member` of verbs that are amounts or positions: whole fen, in decimal digits. */
  readonly amounts: readonly string[];
  readonly ledgers: readonly TracedLedger[];
  readonly broken: readonly BrokenLedger[];
}

/** Amounts as decimal digits, bytes as hexadecimal, and nothing for what is not there. */
export const told = (value: unknown): Json => {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(told);
  if (typeof value === "object" && value !== null) {
    const present = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(present.map(([name, member]) => [name, told(member)]));
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new TypeError(`a ${typeof value} is in no vector`);
};

/** A member that is a name. */
export const nameIn = (members: Members, name: string): string => {
  const value = members[name];
  if (typeof value !== "string") throw new TypeError(`${name} is no name`);
  return value;
};

/** The way back, of an event or a verb: what is inside one is named by its type too. */
export const readTold = (value: Json, amounts: ReadonlySet<string>, kind: string, name = ""): unknown => {
  if (typeof value === "string") {
    if (amounts.has(`${kind}.${name}`)) return BigInt(value);
    return name === "leaves" ? fromHex(value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => readTold(each, amounts, kind));
  return Object.fromEntries(
    Object.entries(value).map(([inner, member]) => [inner, readTold(member, amounts, kind, inner)]),
  );
};

export const eventsOf = (
  { events }: Pick<TracedLedger, "events">,
  amounts: ReadonlySet<string>,
): readonly RecordedEvent[] =>
  events.map(
    ({ place, event }) =>
      ({ place, event: readTold(event, amounts, nameIn(event, "type")) }) as unknown as RecordedEvent,
  );

/** One item a page, so that every cursor is read too. */
const limits = [50, 1] as const;

/** Of every donation where it stands and where each fen of it is. */
export const donationsOf = (state: LedgerState, limit: number): readonly Json[] => {
  const books = booksOf(state);
  return state.batches.flatMap(({ batch, fund, startsAt, count, leaves }) => {
    const starts = leafStarts(leaves);
    return Array.from({ length: count }, (_, index) => {
      const interval = donationInterval(position(startsAt), starts, index);
      const partition = runSync(partitionOf(fund, interval), books);
      const slices = readAll(slicesOf(fund, interval, limit), books);
      return told({ batch, index, fund, ...interval, partition, slices });
    });
  });
};

/** Of every payout what it was paid from, and of the last of each claim what still stands in it. */
export const payoutsOf = (state: LedgerState, limit: number): readonly Json[] => {
  const books = booksOf(state);
  return state.payouts.map((payout) => {
    const { claim, programme, reserveStart, amount, recovered } = payout;
    const asked = { programme, reserveStart, amount, recovered };
    const isLast = state.claims[claim - 1]?.payouts.at(-1)?.payout === payout.payout;
    const gross = readAll(grossSources(asked, limit), books);
    const net = isLast ? { net: readAll(netSources(asked, limit), books) } : {};
    return told({ payout: payout.payout, claim, amount, recovered, gross, ...net });
  });
};

const isSame = (one: readonly Json[], other: readonly Json[]): boolean =>
  canonicalJson(one) === canonicalJson(other);

/** At which event a reader stops; −1 where it reads all. */
const refusedAt = (events: readonly RecordedEvent[]): number => {
  const state = emptyState();
  return events.findIndex((event) => {
    try {
      applyEvent(state, event);
      return false;
    } catch (error) {
      if (error instanceof InconsistentEvent) return true;
      throw error;
    }
  });
};

const broken = (
  { event: at, change }: BrokenLedger,
  events: readonly RecordedEvent[],
  amounts: ReadonlySet<string>,
): readonly RecordedEvent[] => {
  const told = events[at];
  if (told === undefined) throw new RangeError("no such event");
  if (change === "leftOut") return events.toSpliced(at, 1);
  if (change === "again") return events.toSpliced(at, 0, told);
  const changed = readTold(change, amounts, told.event.type);
  return events.with(at, { ...told, event: Object.assign({}, told.event, changed) });
};

/** The names of what does not come out as published, and how much was compared. */
export const runTraceVectors = ({
  amounts: named,
  ledgers,
  broken: brokenLedgers,
}: TraceVectors): { readonly ran: number; readonly differ: readonly string[] } => {
  const amounts = new Set(named);
  const differ: string[] = [];
  let ran = 0;
  for (const ledger of ledgers) {
    const state = eventsOf(ledger, amounts).reduce(applyEvent, emptyState());
    for (const limit of limits) {
      ran += 2;
      if (!isSame(donationsOf(state, limit), ledger.donations)) differ.push(`${ledger.name}, donations`);
      if (!isSame(payoutsOf(state, limit), ledger.payouts)) differ.push(`${ledger.name}, payouts`);
    }
  }
  for (const vector of brokenLedgers) {
    const ledger = ledgers.find(({ name }) => name === vector.of);
    if (ledger === undefined) throw new RangeError(`no ledger ${vector.of}`);
    ran += 1;
    const events = broken(vector, eventsOf(ledger, amounts), amounts);
    if (refusedAt(events) !== vector.refusedAt) differ.push(vector.name);
  }
  return { ran, differ };
};
