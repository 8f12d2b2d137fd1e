/** Who may act, where money comes in, and which operations landed. */
import { place } from "./kinds.ts";
import type { Table } from "./kinds.ts";

export const accessTables = {
  /** One row: whether the ledger is paused, and its last event. */
  ledger: { columns: { id: "integer", paused: "integer", ...place }, key: ["id"], indexes: [] },
  actors: { columns: { actor: "integer", account: "bytes" }, key: ["actor"], indexes: [] },
  roles: { columns: { role: "bytes", account: "bytes" }, key: ["role", "account"], indexes: [] },
  channels: { columns: { position: "integer", channel: "text" }, key: ["position"], indexes: [] },
  /** Which record an operation id of the ledger became. */
  operations: {
    columns: { operation: "bytes", kind: "text", record: "integer" },
    key: ["operation"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;
