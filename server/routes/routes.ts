/** Every endpoint of the gateway, in the order of its documentation. */
import type { Endpoint } from "./endpoint.ts";
import { approveClaims } from "./claims/approve.ts";
import { fileClaims } from "./claims/file.ts";
import { getClaim } from "./claims/get.ts";
import { listClaims } from "./claims/list.ts";
import { payClaims } from "./claims/pay.ts";
import { claimSources } from "./claims/sources.ts";
import { findGift } from "./donations/find.ts";
import { getDonation } from "./donations/get.ts";
import { proveDonation } from "./donations/proof.ts";
import { recordDonations } from "./donations/record.ts";
import { standing } from "./donations/standing.ts";
import { traceDonation } from "./donations/trace.ts";
import { listAllocations } from "./funds/allocations.ts";
import { listBatches } from "./funds/batches.ts";
import { getFund } from "./funds/get.ts";
import { listFunds } from "./funds/list.ts";
import { openFund } from "./funds/open.ts";
import { createKey } from "./keys/create.ts";
import { revokeKey } from "./keys/revoke.ts";
import { health } from "./node/health.ts";
import { ready } from "./node/ready.ts";
import { rpc } from "./node/rpc.ts";
import { getOperation } from "./operations/get.ts";
import { getAudit } from "./overview/audit.ts";
import { getDocument } from "./overview/document.ts";
import { search } from "./overview/search.ts";
import { getSummary } from "./overview/summary.ts";
import { allocatePremium } from "./programmes/allocate.ts";
import { closePeriods } from "./programmes/close-periods.ts";
import { declarePeriod } from "./programmes/declare-period.ts";
import { recordExpense } from "./programmes/expense.ts";
import { listExpenses } from "./programmes/expenses.ts";
import { getProgramme } from "./programmes/get.ts";
import { listProgrammes } from "./programmes/list.ts";
import { openProgramme } from "./programmes/open.ts";
import { listPeriods } from "./programmes/periods.ts";
import { getQueue } from "./programmes/queue.ts";

export const endpoints: readonly Endpoint[] = [
  getSummary,
  getAudit,
  search,
  getDocument,
  listFunds,
  getFund,
  openFund,
  listBatches,
  listAllocations,
  recordDonations,
  standing,
  findGift,
  getDonation,
  traceDonation,
  proveDonation,
  listProgrammes,
  getProgramme,
  openProgramme,
  listPeriods,
  declarePeriod,
  closePeriods,
  allocatePremium,
  listExpenses,
  recordExpense,
  getQueue,
  listClaims,
  fileClaims,
  approveClaims,
  payClaims,
  getClaim,
  claimSources,
  getOperation,
  createKey,
  revokeKey,
  health,
  ready,
  rpc,
];
