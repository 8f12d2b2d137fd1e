/** The books as the reducer keeps them, read back from the index. */
import type { Kysely } from "kysely";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { noTotals } from "../../protocol/ledger/periods.ts";
import type { ClaimRecord, FundRecord, LedgerState, ProgrammeRecord } from "../../protocol/ledger/records.ts";
import { emptyState } from "../../protocol/ledger/state.ts";
import { addressOf, bytes32Of, placeOf } from "./columns.ts";
import {
  allocationOf,
  approvalOf,
  batchOf,
  closedPeriodOf,
  contributionOf,
  expenseOf,
  filedOf,
  fundOf,
  payoutOf,
  periodOf,
  programmeOf,
  totalsOf,
} from "./records.ts";
import type { ProgrammeFacts } from "./records.ts";
import type { Schema } from "./tables.ts";

type Database = Kysely<Schema>;

/** The columns of a batch without its leaves. */
export const batchColumns = [
  "batch",
  "fund",
  "channel",
  "day",
  "starts_at",
  "count",
  "sum",
  "root",
  "recorder",
  "operation",
  "block_number",
  "log_index",
  "block_time",
  "transaction_hash",
] as const;

/** Stands for leaves that were not read: law checks and the reducer need none of recorded batches. */
export const leavesNotRead = new Uint8Array(0);

/** A programme's figures without the lists of its records: what its page and its periods are made of. */
export type ProgrammeFigures = ProgrammeFacts &
  Pick<ProgrammeRecord, "totals" | "atPeriodStart" | "periods" | "closed" | "contributions">;

/** The programmes of one id, or all, in the order of their ids. */
export const loadProgrammes = async (
  database: Database,
  programme?: ProgrammeId,
): Promise<readonly ProgrammeFigures[]> => {
  const [from, to] = programme === undefined ? [0, 0xffff_ffff] : [programme, programme];
  const rows = await database
    .selectFrom("programmes")
    .selectAll()
    .where("programme", ">=", from)
    .where("programme", "<=", to)
    .orderBy("programme")
    .execute();
  const figures = new Map<number, ProgrammeFigures>();
  for (const row of rows) {
    const lists = { periods: [], closed: [], contributions: new Map() };
    const totals = { totals: noTotals, atPeriodStart: noTotals };
    figures.set(row.programme, { ...programmeOf(row), ...totals, ...lists });
  }
  const totals = await database
    .selectFrom("totals")
    .selectAll()
    .where("programme", ">=", from)
    .where("programme", "<=", to)
    .execute();
  for (const row of totals) {
    const record = figures.get(row.programme);
    if (record === undefined) continue;
    if (row.moment === "now") record.totals = totalsOf(row);
    else record.atPeriodStart = totalsOf(row);
  }
  const periods = await database
    .selectFrom("periods")
    .selectAll()
    .where("programme", ">=", from)
    .where("programme", "<=", to)
    .orderBy("programme")
    .orderBy("period")
    .execute();
  for (const row of periods) figures.get(row.programme)?.periods.push(periodOf(row));
  const closes = await database
    .selectFrom("closes")
    .selectAll()
    .where("programme", ">=", from)
    .where("programme", "<=", to)
    .orderBy("programme")
    .orderBy("period")
    .execute();
  for (const row of closes) figures.get(row.programme)?.closed.push(closedPeriodOf(row));
  const contributions = await database
    .selectFrom("contributions")
    .selectAll()
    .where("programme", ">=", from)
    .where("programme", "<=", to)
    .execute();
  for (const row of contributions) {
    const contribution = contributionOf(row);
    figures.get(row.programme)?.contributions.set(contribution.fund, contribution);
  }
  return [...figures.values()];
};

const loadAccess = async (database: Database, state: LedgerState): Promise<void> => {
  const ledger = await database.selectFrom("ledger").selectAll().executeTakeFirst();
  if (ledger !== undefined) {
    state.last = placeOf(ledger);
    state.paused = ledger.paused === 1;
  }
  const actors = await database.selectFrom("actors").selectAll().orderBy("actor").execute();
  state.actors.push(...actors.map(({ account }) => addressOf(account)));
  const roles = await database.selectFrom("roles").selectAll().execute();
  for (const row of roles) {
    const role = bytes32Of(row.role);
    const holders = state.roles.get(role) ?? new Set();
    state.roles.set(role, holders.add(addressOf(row.account)));
  }
  const channels = await database.selectFrom("channels").selectAll().orderBy("position").execute();
  for (const { channel } of channels) state.channels.add(channel);
  const operations = await database.selectFrom("operations").select("operation").execute();
  for (const { operation } of operations) state.operations.add(bytes32Of(operation));
};

/** A batch's leaves are read where `withLeaves` says so. */
const loadFunds = async (database: Database, state: LedgerState, withLeaves: boolean): Promise<void> => {
  const funds = await database.selectFrom("funds").selectAll().orderBy("fund").execute();
  state.funds.push(...funds.map((row): FundRecord => ({ ...fundOf(row), batches: [], allocations: [] })));
  const batches = await database.selectFrom("batches").select(batchColumns).orderBy("batch").execute();
  for (const row of batches) {
    const leaves = withLeaves ? await loadLeaves(database, row.batch) : leavesNotRead;
    const record = { ...batchOf(row), leaves };
    state.batches.push(record);
    state.funds[record.fund - 1]?.batches.push(record);
  }
};

const loadProgrammeRecords = async (database: Database, state: LedgerState): Promise<void> => {
  for (const figures of await loadProgrammes(database)) {
    const { claimsApproved: _approved, ...record } = figures;
    state.programmes.push({ ...record, allocations: [], expenses: [], payouts: [], queue: [] });
  }
  const allocations = await database.selectFrom("allocations").selectAll().orderBy("allocation").execute();
  for (const row of allocations) {
    const record = allocationOf(row);
    state.allocations.push(record);
    state.funds[record.fund - 1]?.allocations.push(record);
    state.programmes[record.programme - 1]?.allocations.push(record);
  }
  const expenses = await database.selectFrom("expenses").selectAll().orderBy("expense").execute();
  for (const row of expenses) {
    const record = expenseOf(row);
    state.expenses.push(record);
    state.programmes[record.programme - 1]?.expenses.push(record);
  }
};

const loadClaims = async (database: Database, state: LedgerState): Promise<void> => {
  const claims = await database.selectFrom("claims").selectAll().orderBy("claim").execute();
  for (const row of claims) state.claims.push({ ...filedOf(row), payouts: [] });
  const approvals = await database
    .selectFrom("approvals")
    .selectAll()
    .orderBy("programme")
    .orderBy("queue_number")
    .execute();
  for (const row of approvals) {
    const claim: ClaimRecord | undefined = state.claims[row.claim - 1];
    if (claim === undefined) continue;
    claim.approval = approvalOf(row);
    state.programmes[row.programme - 1]?.queue.push(claim.claim);
  }
  const payouts = await database.selectFrom("payouts").selectAll().orderBy("payout").execute();
  for (const row of payouts) {
    const record = payoutOf(row);
    state.payouts.push(record);
    state.claims[record.claim - 1]?.payouts.push(record);
    state.programmes[record.programme - 1]?.payouts.push(record);
  }
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
  await loadProgrammeRecords(database, state);
  await loadClaims(database, state);
  return state;
};
