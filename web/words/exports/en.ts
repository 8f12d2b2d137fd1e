/** Words for files to download, in English. */
import type { exports as exportsInChinese } from "./zh.ts";

export const exports = {
  title: "Take it with you",
  lead: "Each file names its chain, block, row count and digest, so that it can be checked when this site is gone; times are Beijing time.",
  kinds: {
    ledger: "The whole ledger, as the chain gave it (NDJSON)",
    donations: "Every gift (CSV)",
    allocations: "Every allocation (CSV)",
    claims: "Open and paid claims (CSV)",
    payouts: "Payouts and what came back (CSV)",
    periods: "Period by period (CSV)",
    queue: "The queue (CSV)",
  },
} satisfies typeof exportsInChinese;
