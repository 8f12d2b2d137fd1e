/** The books as the reducer keeps them, read back from the index. */
import type { Kysely } from "kysely";
import { insertBySource } from "../../protocol/ledger/payments.ts";
import { commitmentsOf } from "../../protocol/ledger/promises.ts";
import { emptyQueue } from "../../protocol/ledger/queue.ts";
import type {
  ClaimRecord,
  FundRecord,
  LedgerState,
  PolicyPeriod,
  RefundRecord,
} from "../../protocol/ledger/records.ts";
import { emptyState } from "../../protocol/ledger/state.ts";
import { attestationOf, confirmationOf, correctionOf, findingOf, headNoteOf } from "./codecs/audit.ts";
import { approvalOf, claimOf, stepOf } from "./codecs/claims.ts";
import { batchColumns, batchOf, coverOf, fundOf, refundOf } from "./codecs/funds.ts";
import { allocationOf, expenseOf, moveOf, payoutOf, recoveryOf } from "./codecs/lines.ts";
import { rosterOf } from "./codecs/periods.ts";
import { addressOf, bytes32Of, placeOf } from "./columns.ts";
import { loadProgrammes } from "./load-programmes.ts";
import { readRows } from "./read-rows.ts";
import type { Schema } from "./tables.ts";

type Database = Kysely<Schema>;

/** Stands for leaves that were not read: law checks and the reducer need none of recorded batches. */
export const leavesNotRead = new Uint8Array(0);

const loadAccess = async (database: Database, state: LedgerState): Promise<void> => {
  for (const row of await readRows(database, "ledger", ["id"])) {
    state.last = placeOf(row);
    state.paused = row.paused === 1;
  }
  for (const { account } of await readRows(database, "actors", ["actor"])) {
    state.actors.push(addressOf(account));
  }
  for (const row of await readRows(database, "roles", ["role", "account"])) {
    const role = bytes32Of(row.role);
    const holders = state.roles.get(role) ?? new Set();
    state.roles.set(role, holders.add(addressOf(row.account)));
  }
  for (const { channel } of await readRows(database, "channels", ["position"])) state.channels.add(channel);
  for (const { operation } of await readRows(database, "operations", ["operation"])) {
    state.operations.add(bytes32Of(operation));
  }
};

/** A batch's leaves are read where `withLeaves` says so. */
const loadFunds = async (database: Database, state: LedgerState, withLeaves: boolean): Promise<void> => {
  for (const row of await readRows(database, "funds", ["fund"])) {
    state.funds.push({ ...fundOf(row), batches: [], allocations: [] } satisfies FundRecord);
  }
  const batches = await database.selectFrom("batches").select(batchColumns).orderBy("batch").execute();
  for (const row of batches) {
    const leaves = withLeaves ? await loadLeaves(database, row.batch) : leavesNotRead;
    const record = { ...batchOf(row), leaves };
    state.batches.push(record);
    state.funds[record.fund - 1]?.batches.push(record);
  }
};

const loadRefunds = async (database: Database, state: LedgerState): Promise<void> => {
  for (const row of await readRows(database, "refunds", ["refund"])) {
    const record: RefundRecord = refundOf(row);
    state.refunds.push(record);
    const ofBatch = state.refundsOfBatch.get(record.batch) ?? [];
    state.refundsOfBatch.set(record.batch, [...ofBatch, record]);
  }
  for (const row of await readRows(database, "refund_covers", ["refund"])) {
    const refund = state.refunds[row.refund - 1];
    if (refund !== undefined) refund.covered = coverOf(row);
  }
};

const loadProgrammeRecords = async (database: Database, state: LedgerState): Promise<void> => {
  for (const figures of await loadProgrammes(database)) {
    state.programmes.push({
      ...figures,
      allocations: [],
      expenses: [],
      payouts: [],
      recoveries: [],
      recoveriesBySource: [],
      movesIn: [],
      movesOut: [],
      queue: emptyQueue(),
    });
  }
  for (const row of await readRows(database, "allocations", ["allocation"])) {
    const record = allocationOf(row);
    state.allocations.push(record);
    state.funds[record.fund - 1]?.allocations.push(record);
    state.programmes[record.programme - 1]?.allocations.push(record);
  }
  for (const row of await readRows(database, "expenses", ["expense"])) {
    const record = expenseOf(row);
    state.expenses.push(record);
    state.programmes[record.programme - 1]?.expenses.push(record);
  }
  for (const row of await readRows(database, "moves", ["move"])) {
    const record = moveOf(row);
    state.moves.push(record);
    state.programmes[record.from - 1]?.movesOut.push(record);
    state.programmes[record.to - 1]?.movesIn.push(record);
  }
  for (const row of await readRows(database, "rosters", ["roster"])) state.rosters.push(rosterOf(row));
};

const loadClaims = async (database: Database, state: LedgerState): Promise<void> => {
  for (const row of await readRows(database, "claims", ["claim"])) state.claims.push(claimOf(row));
  for (const row of await readRows(database, "claim_steps", ["claim", "number"])) {
    state.claims[row.claim - 1]?.steps.push(stepOf(row));
  }
  for (const row of await readRows(database, "approvals", ["programme", "queue_number"])) {
    const claim = state.claims[row.claim - 1];
    if (claim === undefined) continue;
    claim.approval = approvalOf(row);
    if (row.waiting === 0) continue;
    const place = { queueNumber: row.queue_number, claim: claim.claim };
    state.programmes[row.programme - 1]?.queue.places.push(place);
  }
};

const loadPayouts = async (database: Database, state: LedgerState): Promise<void> => {
  for (const row of await readRows(database, "payouts", ["payout"])) {
    const record = payoutOf(row);
    state.payouts.push(record);
    state.claims[record.claim - 1]?.payouts.push(record);
    state.programmes[record.programme - 1]?.payouts.push(record);
  }
  for (const row of await readRows(database, "recoveries", ["recovery"])) {
    const record = recoveryOf(row);
    const programme = state.programmes[record.programme - 1];
    state.recoveries.push(record);
    state.payouts[record.payout - 1]?.recoveries.push(record);
    programme?.recoveries.push(record);
    if (programme !== undefined) insertBySource(programme.recoveriesBySource, record);
  }
};

/** What each person holds of a period's cover is counted anew: the index has no table of people. */
const countCommitments = (state: LedgerState): void => {
  const claims = new Map<PolicyPeriod, ClaimRecord[]>();
  for (const claim of state.claims) {
    const period = state.programmes[claim.programme - 1]?.periods[claim.policyPeriod - 1];
    if (period === undefined || period.cover === 0n) continue;
    const own = claims.get(period) ?? [];
    own.push(claim);
    claims.set(period, own);
  }
  for (const [period, own] of claims) {
    for (const [person, amount] of commitmentsOf(own)) period.committed.set(person, amount);
  }
};

const loadAudit = async (database: Database, state: LedgerState): Promise<void> => {
  for (const row of await readRows(database, "attestations", ["attestation"])) {
    state.attestations.push(attestationOf(row));
  }
  const statements = await readRows(database, "finding_statements", ["finding"]);
  for (const row of await readRows(database, "findings", ["finding"])) {
    const own = statements.filter(({ finding }) => finding === row.finding);
    const finding = findingOf(row, own);
    if (finding !== undefined) state.findings.push(finding);
  }
  for (const row of await readRows(database, "confirmations", ["confirmation"])) {
    state.confirmations.push(confirmationOf(row));
  }
  for (const row of await readRows(database, "corrections", ["correction"])) {
    state.corrections.push(correctionOf(row));
  }
  for (const row of await readRows(database, "head_notes", ["note"])) state.headNotes.push(headNoteOf(row));
};

/** The wire leaves of a batch; empty where the index has no such batch. */
export const loadLeaves = async (database: Database, batch: number): Promise<Uint8Array> => {
  const row = await database
    .selectFrom("batches")
    .select("leaves")
    .where("batch", "=", batch)
    .executeTakeFirst();
  return row?.leaves ?? leavesNotRead;
};

/** The whole state of the books. Without leaves it grows with the records, not with the donations. */
export const loadState = async (
  database: Database,
  { withLeaves }: { readonly withLeaves: boolean },
): Promise<LedgerState> => {
  const state = emptyState();
  await loadAccess(database, state);
  await loadFunds(database, state, withLeaves);
  await loadRefunds(database, state);
  await loadProgrammeRecords(database, state);
  await loadClaims(database, state);
  await loadPayouts(database, state);
  countCommitments(state);
  await loadAudit(database, state);
  return state;
};
