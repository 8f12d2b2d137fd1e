/** The actors whose keys this gateway holds, and which of them carries out which verb. One key per actor. */
import type { ChannelRole, LedgerRole, ProgrammeRole } from "../../chain/roles.ts";

export const actors = [
  "admin",
  "recorder",
  "treasurer",
  "coordinator",
  "adjudicator",
  "payer",
  "auditor",
  "provider",
  "guardian",
] as const;
export type Actor = (typeof actors)[number];

/** Roles of the whole ledger, granted to the actor of the same name when the ledger is deployed. */
export const ledgerActors: readonly LedgerRole[] = ["recorder", "treasurer", "auditor", "guardian"];
/** Roles of one programme, granted when it is opened: filer, adjudicator and payer are three actors. */
export const programmeActors: readonly ProgrammeRole[] = ["coordinator", "adjudicator", "payer"];

/**
 * Confirms what was received on each channel that the ledger begins with. A payment provider or a bank would hold this
 * key itself and relay what it signs; while none does, the gateway's own key stands in for it, and the confirmation is
 * worth no more than the foundation's word.
 */
export const channelActor: ChannelRole = "provider";

/** Channels that every ledger begins with. `interest` is the bank's, inside donated and shown apart. */
export const channels = ["alipay", "wechat", "bank", "cash", "interest"] as const;
