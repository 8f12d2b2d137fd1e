/** What auditors, providers and corrections say. */
import { place } from "./kinds.ts";
import type { Table } from "./kinds.ts";

export const auditTables = {
  attestations: {
    columns: {
      attestation: "integer",
      programme: "integer",
      period: "integer",
      document: "bytes",
      actor: "integer",
      ...place,
    },
    key: ["attestation"],
    indexes: [["programme", "attestation"]],
  },
  findings: {
    columns: { finding: "integer", programme: "integer", period: "integer", state: "text" },
    key: ["finding"],
    indexes: [
      ["programme", "finding"],
      ["state", "finding"],
    ],
  },
  /** `step` is the state that the statement brought the finding into. */
  finding_statements: {
    columns: { finding: "integer", step: "text", document: "bytes", actor: "integer", ...place },
    key: ["finding", "step"],
    indexes: [],
  },
  confirmations: {
    columns: {
      confirmation: "integer",
      channel: "text",
      day: "integer",
      currency: "text",
      count: "integer",
      sum: "amount",
      provider: "integer",
      ...place,
    },
    key: ["confirmation"],
    indexes: [],
  },
  /** What the ledger recorded of a settlement day, and the provider's latest word on it. */
  channel_days: {
    columns: {
      channel: "text",
      day: "integer",
      currency: "text",
      state: "text",
      recorded_count: "integer",
      recorded_sum: "amount",
      /** How many confirmations there are, and the id of the last; 0 where there is none. */
      confirmations: "integer",
      confirmation: "integer",
    },
    key: ["channel", "day", "currency"],
    indexes: [
      ["day", "channel", "currency"],
      ["state", "day", "channel", "currency"],
    ],
  },
  corrections: {
    columns: {
      correction: "integer",
      kind: "text",
      record: "integer",
      document: "bytes",
      actor: "integer",
      ...place,
    },
    key: ["correction"],
    indexes: [["kind", "record", "correction"]],
  },
  /** Counted from 1. */
  head_notes: {
    columns: {
      note: "integer",
      noted_block: "integer",
      noted_hash: "bytes",
      actor: "integer",
      ...place,
    },
    key: ["note"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;
