/** Every endpoint of the gateway, in the order of its documentation. */
import type { Endpoint } from "./endpoint.ts";
import { checkAccessLog } from "./access-log/check.ts";
import { listAccessLog } from "./access-log/list.ts";
import { registerActor } from "./actors/register.ts";
import { answerFinding } from "./audit/answer-finding.ts";
import { attest } from "./audit/attest.ts";
import { listAttestations } from "./audit/attestations.ts";
import { listChannelDays } from "./audit/channel-days.ts";
import { closeFinding } from "./audit/close-finding.ts";
import { confirmTotal } from "./audit/confirm-total.ts";
import { noteCorrection } from "./audit/correct.ts";
import { listCorrections } from "./audit/corrections.ts";
import { listFindings } from "./audit/findings.ts";
import { listHeads } from "./audit/heads.ts";
import { noteHead } from "./audit/note-head.ts";
import { openFinding } from "./audit/open-finding.ts";
import { approveClaims } from "./claims/approve.ts";
import { cancelClaims } from "./claims/cancel.ts";
import { fileClaims } from "./claims/file.ts";
import { getClaim } from "./claims/get.ts";
import { holdClaims } from "./claims/hold.ts";
import { listClaims } from "./claims/list.ts";
import { payClaims } from "./claims/pay.ts";
import { rejectClaims } from "./claims/reject.ts";
import { releaseClaims } from "./claims/release.ts";
import { claimSources } from "./claims/sources.ts";
import { withdrawClaims } from "./claims/withdraw.ts";
import { findGift } from "./donations/find.ts";
import { forgetGift } from "./donations/forget.ts";
import { getDonation } from "./donations/get.ts";
import { proveDonation } from "./donations/proof.ts";
import { recordDonations } from "./donations/record.ts";
import { refundDonation } from "./donations/refund.ts";
import { standing } from "./donations/standing.ts";
import { traceDonation } from "./donations/trace.ts";
import { exportAllocations } from "./exports/allocations.ts";
import { exportClaims } from "./exports/claims.ts";
import { exportDonations } from "./exports/donations.ts";
import { exportLedger } from "./exports/ledger.ts";
import { exportPayouts } from "./exports/payouts.ts";
import { exportPeriods } from "./exports/periods.ts";
import { exportQueue } from "./exports/queue.ts";
import { listAllocations } from "./funds/allocations.ts";
import { listBatches } from "./funds/batches.ts";
import { getFund } from "./funds/get.ts";
import { listFunds } from "./funds/list.ts";
import { openFund } from "./funds/open.ts";
import { fileGrants } from "./grants/file.ts";
import { createKey } from "./keys/create.ts";
import { listKeys } from "./keys/list.ts";
import { revokeKey } from "./keys/revoke.ts";
import { rotateKey } from "./keys/rotate.ts";
import { listMoves } from "./moves/list.ts";
import { moveSurplus } from "./moves/move.ts";
import { getChain } from "./node/chain.ts";
import { health } from "./node/health.ts";
import { ready } from "./node/ready.ts";
import { rpc } from "./node/rpc.ts";
import { cancelOperation } from "./operations/cancel.ts";
import { getOperation } from "./operations/get.ts";
import { operationHistory } from "./operations/history.ts";
import { resumeOperation } from "./operations/resume.ts";
import { getSender } from "./operations/sender.ts";
import { suspendOperation } from "./operations/suspend.ts";
import { getAudit } from "./overview/audit.ts";
import { getDocument } from "./overview/document.ts";
import { search } from "./overview/search.ts";
import { getSettlement } from "./overview/settlement.ts";
import { getSummary } from "./overview/summary.ts";
import { recoverPayout } from "./payouts/recover.ts";
import { returnPayout } from "./payouts/return.ts";
import { payoutSources } from "./payouts/sources.ts";
import { allocatePremium } from "./programmes/allocate.ts";
import { appendRoster } from "./programmes/append-roster.ts";
import { closePeriods } from "./programmes/close-periods.ts";
import { declareInsurers } from "./programmes/declare-insurers.ts";
import { declarePeriod } from "./programmes/declare-period.ts";
import { recordExpense } from "./programmes/expense.ts";
import { listExpenses } from "./programmes/expenses.ts";
import { getProgramme } from "./programmes/get.ts";
import { getInsurers } from "./programmes/insurers.ts";
import { listProgrammes } from "./programmes/list.ts";
import { openProgramme } from "./programmes/open.ts";
import { listPeriods } from "./programmes/periods.ts";
import { getQueue } from "./programmes/queue.ts";
import { listRosters } from "./programmes/rosters.ts";
import { getProgrammeSettlement } from "./programmes/settlement.ts";
import { getStatement } from "./programmes/statement.ts";
import { listRecoveries } from "./recoveries/list.ts";
import { coverRefund } from "./refunds/cover.ts";
import { listRefunds } from "./refunds/list.ts";
import { admitReplica } from "./replicas/admit.ts";
import { endReplica } from "./replicas/end.ts";
import { listReplicas } from "./replicas/list.ts";
import { stateAgreement } from "./replicas/state.ts";
import { relayTransaction } from "./transactions/relay.ts";

export const endpoints: readonly Endpoint[] = [
  getSummary,
  getAudit,
  getSettlement,
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
  forgetGift,
  getDonation,
  traceDonation,
  proveDonation,
  listRefunds,
  refundDonation,
  coverRefund,
  listProgrammes,
  getProgramme,
  openProgramme,
  listPeriods,
  declarePeriod,
  listRosters,
  getInsurers,
  getStatement,
  declareInsurers,
  appendRoster,
  closePeriods,
  allocatePremium,
  listExpenses,
  recordExpense,
  moveSurplus,
  getQueue,
  getProgrammeSettlement,
  listMoves,
  listClaims,
  fileClaims,
  fileGrants,
  withdrawClaims,
  approveClaims,
  rejectClaims,
  holdClaims,
  releaseClaims,
  cancelClaims,
  payClaims,
  recoverPayout,
  returnPayout,
  getClaim,
  claimSources,
  payoutSources,
  listRecoveries,
  listAttestations,
  attest,
  listFindings,
  openFinding,
  answerFinding,
  closeFinding,
  listChannelDays,
  confirmTotal,
  listCorrections,
  noteCorrection,
  listHeads,
  noteHead,
  listReplicas,
  admitReplica,
  endReplica,
  stateAgreement,
  exportLedger,
  exportDonations,
  exportAllocations,
  exportClaims,
  exportPayouts,
  exportPeriods,
  exportQueue,
  registerActor,
  relayTransaction,
  getOperation,
  operationHistory,
  suspendOperation,
  resumeOperation,
  cancelOperation,
  getSender,
  listKeys,
  listAccessLog,
  checkAccessLog,
  createKey,
  rotateKey,
  revokeKey,
  getChain,
  health,
  ready,
  rpc,
];
