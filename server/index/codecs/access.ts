/** Rows of the whole ledger: its last event, and what each operation id became. */
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { bytesOf, placeColumns } from "../columns.ts";
import type { RowOf } from "../tables.ts";

export const ledgerRow = ({ paused, last }: LedgerState): RowOf<"ledger"> => {
  if (last === undefined) throw new RangeError("the books have no event yet");
  return { id: 1, paused: paused ? 1 : 0, ...placeColumns(last) };
};

/** What an operation id of the ledger can have become. */
export const operationKinds = [
  "fund",
  "batch",
  "programme",
  "allocation",
  "expense",
  "roster",
  "claim",
  "recovery",
  "move",
  "refund",
  "attestation",
  "finding",
  "confirmation",
  "correction",
] as const;
export type OperationKind = (typeof operationKinds)[number];

export const operationRow = (
  operation: Bytes32,
  kind: OperationKind,
  record: number,
): RowOf<"operations"> => ({ operation: bytesOf(operation), kind, record });
