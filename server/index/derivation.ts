/**
 * From events to rows. The reducer of the protocol keeps the books and refuses what does not fit; a row is a plain
 * copy of the record that an event touched, taken when a group of blocks is complete.
 */
import type { Kysely } from "kysely";
import { leafLengthBytes } from "../../protocol/donations/leaves.ts";
import type { Bytes32, ClaimId, FundId, PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { BatchRecorded, LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";
import type { ClaimRecord, LedgerState, ProgrammeRecord } from "../../protocol/ledger/records.ts";
import { applyEvent } from "../../protocol/ledger/state.ts";
import { bytesOf } from "./columns.ts";
import { leavesNotRead } from "./load.ts";
import { PendingRows } from "./pending.ts";
import {
  allocationRow,
  approvalRow,
  batchRow,
  claimRow,
  closeRow,
  contributionRow,
  expenseRow,
  fundRow,
  ledgerRow,
  operationRow,
  payoutRow,
  periodRow,
  programmeRow,
  totalsRow,
} from "./rows.ts";
import type { OperationKind } from "./rows.ts";
import type { Schema } from "./tables.ts";

/** How much of a commitment the index sorts by: 48 bits are a whole number in every database and language. */
const prefixBytes = 6;

export const commitmentPrefix = (commitment: Bytes32): number =>
  Number.parseInt(commitment.slice(2, 2 + prefixBytes * 2), 16);

/** A record that the reducer has just written or found. */
const kept = <Record>(list: readonly Record[], id: number): Record => {
  const record = list[id - 1];
  if (record === undefined) throw new RangeError(`the books have no record ${id}`);
  return record;
};

export class Derivation {
  readonly #state: LedgerState;
  readonly #rows = new PendingRows();
  readonly #roles = new Set<Bytes32>();
  readonly #batches: BatchRecorded[] = [];

  /** `state` is the books that the derived tables hold; it belongs to this derivation from now on. */
  constructor(state: LedgerState) {
    this.#state = state;
  }

  /** Takes the next event in. Throws InconsistentEvent, after which the derivation must not be used further. */
  apply(recorded: RecordedEvent): void {
    applyEvent(this.#state, recorded);
    this.#rows.put("ledger", 1, () => ledgerRow(this.#state));
    this.#touch(recorded.event);
  }

  /** Writes what the events so far have changed. Where it throws, the derivation must not be used further. */
  async write(database: Kysely<Schema>): Promise<void> {
    await this.#writeRoles(database);
    await this.#rows.write(database);
    this.#forgetLeaves();
  }

  #touch(event: LedgerEvent): void {
    const state = this.#state;
    switch (event.type) {
      case "ActorRegistered": {
        const { actor, account } = event;
        return this.#rows.put("actors", actor, () => ({ actor, account: bytesOf(account) }));
      }
      case "RoleGranted":
      case "RoleRevoked":
        this.#roles.add(event.role);
        return;
      case "ChannelRegistered": {
        const { channel } = event;
        const position = state.channels.size;
        return this.#rows.put("channels", position, () => ({ position, channel }));
      }
      case "FundOpened":
        this.#operation(event.operation, "fund", event.fund);
        return this.#fund(event.fund);
      case "BatchRecorded":
        return this.#batch(event);
      case "ProgrammeOpened":
        this.#operation(event.operation, "programme", event.programme);
        this.#programme(event.programme);
        return;
      case "PeriodDeclared":
        return this.#period(event.programme, event.period);
      case "PeriodClosed":
        return this.#close(event.programme, event.period);
      case "PremiumAllocated":
      case "ExpenseRecorded":
        return this.#line(event);
      case "ClaimFiled":
      case "ClaimApproved":
      case "ClaimPaid":
        return this.#claim(event);
      case "Paused":
      case "Unpaused":
        return;
    }
  }

  #operation(operation: Bytes32, kind: OperationKind, record: number): void {
    this.#rows.put("operations", operation, () => operationRow(operation, kind, record));
  }

  #fund(id: FundId): void {
    const record = kept(this.#state.funds, id);
    this.#rows.put("funds", id, () => fundRow(record));
  }

  #programme(id: ProgrammeId): ProgrammeRecord {
    const record = kept(this.#state.programmes, id);
    this.#rows.put("programmes", id, () => programmeRow(record));
    this.#rows.put("totals", `${id} now`, () => totalsRow(record, "now", record.totals));
    return record;
  }

  #period(id: ProgrammeId, period: PeriodNumber): void {
    const record = kept(this.#state.programmes, id);
    this.#rows.put("periods", `${id} ${period}`, () => periodRow(record, kept(record.periods, period)));
  }

  #close(id: ProgrammeId, period: PeriodNumber): void {
    const record = this.#programme(id);
    this.#rows.put("totals", `${id} start`, () => totalsRow(record, "periodStart", record.atPeriodStart));
    this.#rows.put("closes", `${id} ${period}`, () => closeRow(record, period, kept(record.closed, period)));
  }

  #batch(event: BatchRecorded): void {
    const { batch, fund, leaves } = event;
    const record = kept(this.#state.batches, batch);
    this.#operation(event.operation, "batch", batch);
    this.#fund(fund);
    this.#rows.put("batches", batch, () => batchRow(record));
    const wire = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.byteLength);
    for (let at = 8; at < wire.length; at += leafLengthBytes) {
      const prefix = wire.readUIntBE(at, prefixBytes);
      this.#rows.put("commitments", `${prefix} ${batch}`, () => ({ prefix, batch }));
    }
    this.#batches.push(event);
  }

  #line(event: Extract<LedgerEvent, { type: "PremiumAllocated" | "ExpenseRecorded" }>): void {
    const programme = this.#programme(event.programme);
    if (event.type === "ExpenseRecorded") {
      const { expense } = event;
      this.#operation(event.operation, "expense", expense);
      this.#rows.put("expenses", expense, () => expenseRow(kept(this.#state.expenses, expense)));
      return;
    }
    const { allocation, fund } = event;
    this.#operation(event.operation, "allocation", allocation);
    this.#fund(fund);
    this.#rows.put("allocations", allocation, () => allocationRow(kept(this.#state.allocations, allocation)));
    this.#rows.put("contributions", `${event.programme} ${fund}`, () => contributionRow(programme, fund));
  }

  #claim(event: Extract<LedgerEvent, { type: "ClaimFiled" | "ClaimApproved" | "ClaimPaid" }>): void {
    this.#programme(event.programme);
    const record = this.#claimRecord(event.claim);
    if (event.type === "ClaimFiled") return this.#operation(event.operation, "claim", event.claim);
    const { approval } = record;
    if (approval !== undefined) this.#rows.put("approvals", event.claim, () => approvalRow(record, approval));
    if (event.type !== "ClaimPaid") return;
    this.#rows.put("payouts", event.payout, () => payoutRow(kept(this.#state.payouts, event.payout)));
  }

  #claimRecord(id: ClaimId): ClaimRecord {
    const record = kept(this.#state.claims, id);
    this.#rows.put("claims", id, () => claimRow(record));
    return record;
  }

  async #writeRoles(database: Kysely<Schema>): Promise<void> {
    for (const role of this.#roles) {
      const roleBytes = bytesOf(role);
      await database.deleteFrom("roles").where("role", "=", roleBytes).execute();
      for (const account of this.#state.roles.get(role) ?? []) {
        this.#rows.put("roles", `${role} ${account}`, () => ({ role: roleBytes, account: bytesOf(account) }));
      }
    }
    this.#roles.clear();
  }

  /** Recorded leaves stay in the table alone: ten million donations would not fit in memory. */
  #forgetLeaves(): void {
    for (const { batch, fund } of this.#batches) {
      const { batches } = kept(this.#state.funds, fund);
      const record = { ...kept(this.#state.batches, batch), leaves: leavesNotRead };
      this.#state.batches[batch - 1] = record;
      batches[batches.findLastIndex((own) => own.batch === batch)] = record;
    }
    this.#batches.length = 0;
  }
}
