/** What became of an accepted write: its events, read from the receipt, or the ledger's refusal in words. */
import { decodeLedgerLog, type RawLog } from "../../chain/decode.ts";
import { decodeRefusal } from "../../chain/errors.ts";
import type { Address } from "../../protocol/ids.ts";
import type { EventPlace, LedgerEvent } from "../../protocol/ledger/events.ts";
import type { OperationView } from "../../protocol/ports/desk.ts";
import type { CallRange } from "../outbox/attempts.ts";
import type { Mined, OperationRecord } from "../outbox/store.ts";

export interface ReceiptLog extends RawLog {
  readonly address: Address;
  readonly logIndex: number;
}

export interface Receipt {
  readonly blockNumber: number;
  readonly blockTime: number;
  readonly logs: readonly ReceiptLog[];
}

/** Reads a mined transaction's logs; undefined while the books do not show its block. */
export type Receipts = (mined: Pick<Mined, "transaction" | "blockNumber">) => Promise<Receipt | undefined>;

export const viewOperation = async (
  record: OperationRecord,
  ledger: Address,
  receipts: Receipts,
): Promise<OperationView> => {
  const common = { operation: record.id, kind: record.kind };
  if (record.failure !== undefined) {
    const refusal = decodeRefusal(record.failure.revertData);
    return { ...common, state: "refused", events: [], refusal };
  }
  if (record.state === "cancelled") return { ...common, state: "cancelled", events: [] };
  if (record.mined === undefined) return { ...common, state: "accepted", events: [] };
  const receipt = await receipts(record.mined);
  if (receipt === undefined) return { ...common, state: "accepted", events: [] };
  const logs = receipt.logs.filter((log) => log.address === ledger);
  const placed = logs.flatMap((log): Placed[] => {
    const event = decodeLedgerLog(log);
    return event === undefined ? [] : [{ event, logIndex: log.logIndex }];
  });
  const own = record.mined.shared === undefined ? placed : ownPart(placed, record.mined.shared);
  const place: EventPlace = {
    blockNumber: receipt.blockNumber,
    blockTime: receipt.blockTime,
    transactionHash: record.mined.transaction,
    logIndex: own[0]?.logIndex ?? 0,
  };
  return { ...common, state: "recorded", place, events: own.map(({ event }) => event) };
};

interface Placed {
  readonly event: LedgerEvent;
  readonly logIndex: number;
}

/**
 * The events of one operation in a transaction that it shared. Every verb about claims emits one event of its own,
 * before it the closings of periods that it was the first to see over.
 */
const ownPart = (events: readonly Placed[], { firstPart, parts }: CallRange): readonly Placed[] => {
  let part = 0;
  return events.filter(({ event }) => {
    const isOwn = part >= firstPart && part < firstPart + parts;
    if (event.type !== "PeriodClosed") part += 1;
    return isOwn;
  });
};
