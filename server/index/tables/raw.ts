/** Blocks and logs as the chain gave them. */
import type { Table } from "./kinds.ts";

export const rawTables = {
  blocks: {
    columns: { number: "integer", hash: "bytes", parent_hash: "bytes", time: "integer" },
    key: ["number"],
    indexes: [],
  },
  logs: {
    columns: {
      block_number: "integer",
      log_index: "integer",
      transaction_hash: "bytes",
      topics: "bytes",
      data: "bytes",
    },
    key: ["block_number", "log_index"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;
