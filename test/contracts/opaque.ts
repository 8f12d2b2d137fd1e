/** Events of a ledger without what depends on who deployed it and when: the figures that any two ledgers share. */
import type { LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";

const setUp: readonly LedgerEvent["type"][] = ["ActorRegistered", "ChannelRegistered", "RoleGranted"];
/** Digests, salted commitments and operation ids, and the head that a note is about. */
const opaque: readonly string[] = [
  "operation",
  "document",
  "terms",
  "evidence",
  "paymentReference",
  "root",
  "blockHash",
  "blockNumber",
];

export const figuresOf = (events: readonly RecordedEvent[]): readonly object[] =>
  events
    .filter(({ event }) => !setUp.includes(event.type))
    .map(({ event, place }) => ({
      at: place.blockTime,
      ...Object.fromEntries(Object.entries(event).filter(([name]) => !opaque.includes(name))),
    }));
