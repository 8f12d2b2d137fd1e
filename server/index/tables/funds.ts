/** Funds, the batches on their lines, and what was repaid of them. */
import { place } from "./kinds.ts";
import type { Table } from "./kinds.ts";

export const fundTables = {
  funds: {
    columns: {
      fund: "integer",
      currency: "text",
      claims_share_bps: "integer",
      restricted_to: "integer",
      fallback_to: "integer",
      document: "bytes",
      donated: "amount",
      allocated: "amount",
      claims_allocated: "amount",
      donations: "integer",
      batches: "integer",
      ...place,
    },
    key: ["fund"],
    indexes: [],
  },
  batches: {
    columns: {
      batch: "integer",
      fund: "integer",
      channel: "text",
      day: "integer",
      starts_at: "amount",
      ends_at: "amount",
      count: "integer",
      sum: "amount",
      root: "bytes",
      recorder: "integer",
      operation: "bytes",
      ...place,
      window_starts: "bytes",
      // Last, so that reading the others does not touch its pages.
      leaves: "bytes",
    },
    key: ["batch"],
    indexes: [
      ["fund", "ends_at"],
      ["fund", "batch"],
      ["fund", "channel"],
    ],
  },
  refunds: {
    columns: {
      refund: "integer",
      batch: "integer",
      leaf: "integer",
      fund: "integer",
      start: "amount",
      amount: "amount",
      payment_reference: "bytes",
      treasurer: "integer",
      /** 1 until the foundation's own payment is confirmed. */
      owed: "integer",
      ...place,
    },
    key: ["refund"],
    indexes: [
      ["batch", "leaf"],
      ["fund", "owed", "refund"],
      ["owed", "refund"],
    ],
  },
  refund_covers: {
    columns: {
      refund: "integer",
      channel: "text",
      payment_reference: "bytes",
      provider: "integer",
      ...place,
    },
    key: ["refund"],
    indexes: [],
  },
  /** What of a fund's money a programme has not spent. What a fund allocated and no programme holds, is spent. */
  holdings: {
    columns: { fund: "integer", programme: "integer", in_reserve: "amount", operating_unspent: "amount" },
    key: ["fund", "programme"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;
