/** The actors whose keys this gateway holds, and which of them carries out which verb. One key per actor. */
import type { LedgerRole, ProgrammeRole } from "../../chain/roles.ts";

export const actors = [
  "admin",
  "recorder",
  "treasurer",
  "coordinator",
  "adjudicator",
  "payer",
  "auditor",
  "guardian",
] as const;
export type Actor = (typeof actors)[number];

/** Roles of the whole ledger, granted to the actor of the same name when the ledger is deployed. */
export const ledgerActors: readonly LedgerRole[] = ["recorder", "treasurer", "auditor", "guardian"];
/** Roles of one programme, granted when it is opened: filer, adjudicator and payer are three actors. */
export const programmeActors: readonly ProgrammeRole[] = ["coordinator", "adjudicator", "payer"];

/** Channels that every ledger begins with. `interest` is the bank's, inside donated and shown apart. */
export const channels = ["alipay", "wechat", "bank", "cash", "interest"] as const;
