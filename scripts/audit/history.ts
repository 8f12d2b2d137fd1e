/** What an audit is of: a ledger's whole history up to one block, wherever it was read. */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";

export interface AuditedBlock {
  readonly number: number;
  readonly hash: Bytes32;
  readonly time: UnixSeconds;
}

export interface History {
  readonly chainId: number;
  readonly ledger: Address;
  /** Everything is true of this block. */
  readonly block: AuditedBlock;
  readonly logs: number;
  readonly events: readonly RecordedEvent[];
}
