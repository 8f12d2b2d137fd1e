/** Claims, what was decided about them, and everything that happened to them. */
import { place } from "./kinds.ts";
import type { Table } from "./kinds.ts";

export const claimTables = {
  claims: {
    columns: {
      claim: "integer",
      programme: "integer",
      state: "text",
      policy_period: "integer",
      roster: "integer",
      aid_of: "integer",
      person: "bytes",
      incident_from: "integer",
      to_the_minute: "integer",
      requested: "amount",
      benefit: "text",
      evidence: "bytes",
      filer: "integer",
      /** Empty where there is none. */
      reason: "text",
      granted: "amount",
      /** Block times of the first approval and the first payment; 0 until then. */
      approved_at: "integer",
      paid_at: "integer",
      ...place,
    },
    key: ["claim"],
    indexes: [
      ["programme", "state", "claim"],
      ["programme", "claim"],
      ["state", "claim"],
      ["programme", "policy_period"],
      ["aid_of", "claim"],
    ],
  },
  approvals: {
    columns: {
      claim: "integer",
      programme: "integer",
      queue_number: "integer",
      /** 1 while the claim is payable: approved, unpaid and not on hold. */
      waiting: "integer",
      amount: "amount",
      remaining: "amount",
      adjudicator: "integer",
      ...place,
    },
    key: ["claim"],
    indexes: [["programme", "waiting", "queue_number"]],
  },
  /** Oldest first, counted from 1 for each claim. */
  claim_steps: {
    columns: {
      claim: "integer",
      number: "integer",
      step: "text",
      actor: "integer",
      amount: "amount?",
      reason: "text",
      ...place,
    },
    key: ["claim", "number"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;
