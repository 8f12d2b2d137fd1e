/** A raw log read with the ledger's ABI: named and typed, not yet an event of the protocol. */
import { decodeEventLog, toEventSelector, type Hex } from "viem";
import { ledgerAbi } from "../abi/ledger.ts";

export interface RawLog {
  readonly topics: readonly string[];
  readonly data: string;
}

export class UnreadableLog extends Error {
  readonly topic: string;
  constructor(topic: string, cause: unknown) {
    super(`log with first topic ${topic}: not an event of this ledger's ABI`, { cause });
    this.name = "UnreadableLog";
    this.topic = topic;
  }
}

type LedgerEntry = (typeof ledgerAbi)[number];

/** Each event by its first topic: looking for it among all of them would hash every signature for every log. */
const entryOf: ReadonlyMap<string, readonly LedgerEntry[]> = new Map(
  ledgerAbi.flatMap((entry) => (entry.type === "event" ? [[toEventSelector(entry), [entry]]] : [])),
);

/** Throws {@link UnreadableLog} for a log that the ledger's ABI does not know. */
export const decodeWithAbi = (log: RawLog) => {
  const [signature, ...indexed] = log.topics;
  if (signature === undefined) throw new UnreadableLog("none", undefined);
  try {
    return decodeEventLog({
      abi: entryOf.get(signature) ?? [],
      data: log.data as Hex,
      topics: [signature as Hex, ...(indexed as Hex[])],
    });
  } catch (error) {
    throw new UnreadableLog(signature, error);
  }
};

type Decoded = ReturnType<typeof decodeWithAbi>;
/** The arguments of the event `Name`, by name. */
export type ArgsOf<Name extends Decoded["eventName"]> = Extract<Decoded, { eventName: Name }>["args"];
