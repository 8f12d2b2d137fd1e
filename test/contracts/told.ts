/** The events of a transaction, as the protocol reads them. */
import { decodeLedgerLog } from "../../chain/decode.ts";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import type { Receipt } from "./chain.ts";

export const eventsOf = ({ logs }: Receipt): readonly LedgerEvent[] =>
  logs.flatMap((log) => decodeLedgerLog(log) ?? []);
