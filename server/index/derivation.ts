/**
 * From events to rows. The reducer of the protocol keeps the books and refuses what does not fit; a row is a plain
 * copy of the record that an event touched, taken when a group of blocks is complete.
 */
import type { Kysely } from "kysely";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { BatchRecorded, LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { applyEvent } from "../../protocol/ledger/state.ts";
import type { Session } from "../database/database.ts";
import { ChannelDays } from "./channel-days.ts";
import { ledgerRow } from "./codecs/access.ts";
import { amountText, bytesOf } from "./columns.ts";
import { Holdings } from "./holdings.ts";
import { leavesNotRead } from "./load.ts";
import { PendingRows } from "./pending.ts";
import type { Schema } from "./tables.ts";
import { touchAudit } from "./touched/audit.ts";
import { touchClaim } from "./touched/claims.ts";
import { touchAllocation, touchBatch, touchExpense, touchMove, touchRefund } from "./touched/money.ts";
import { touchClosedPeriod, touchDeclaredPeriod, touchInsurers, touchRoster } from "./touched/periods.ts";
import { kept, touchFund, touchOperation, touchProgramme } from "./touched/records.ts";
import type { Touched } from "./touched/records.ts";

export class Derivation {
  /** The books as of the last event; whoever reads them changes nothing. */
  readonly state: LedgerState;
  readonly #rows = new PendingRows();
  readonly #touched: Touched;
  readonly #holdings: Holdings;
  readonly #channelDays: ChannelDays;
  readonly #roles = new Set<Bytes32>();
  readonly #batches: BatchRecorded[] = [];

  /** `state` is the books that the derived tables hold; it belongs to this derivation from now on. */
  constructor(state: LedgerState) {
    this.state = state;
    this.#touched = { state, rows: this.#rows };
    this.#holdings = Holdings.of(state);
    this.#channelDays = ChannelDays.of(state);
  }

  /** Takes the next event in. Throws InconsistentEvent, after which the derivation must not be used further. */
  apply(recorded: RecordedEvent): void {
    applyEvent(this.state, recorded);
    this.#rows.put("ledger", 1, () => ledgerRow(this.state));
    this.#touch(recorded.event);
    this.#count(recorded.event);
  }

  /** Writes what the events so far have changed. Where it throws, the derivation must not be used further. */
  async write(session: Session<Schema>): Promise<void> {
    await this.#writeRoles(session.kysely);
    this.#putFigures();
    await this.#rows.write(session);
    this.#forgetLeaves();
  }

  #touch(event: LedgerEvent): void {
    const touched = this.#touched;
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
        const position = this.state.channels.size;
        return this.#rows.put("channels", position, () => ({ position, channel }));
      }
      case "FundOpened":
        touchOperation(touched, event.operation, "fund", event.fund);
        return touchFund(touched, event.fund);
      case "BatchRecorded":
        this.#batches.push(event);
        return touchBatch(touched, event);
      case "ProgrammeOpened":
        touchOperation(touched, event.operation, "programme", event.programme);
        touchProgramme(touched, event.programme);
        return;
      case "PeriodDeclared":
        return touchDeclaredPeriod(touched, event);
      case "PeriodClosed":
        return touchClosedPeriod(touched, event);
      case "InsurersDeclared":
        return touchInsurers(touched, event);
      case "RosterAppended":
        return touchRoster(touched, event);
      case "PremiumAllocated":
        return touchAllocation(touched, event);
      case "ExpenseRecorded":
        return touchExpense(touched, event);
      case "SurplusMoved":
        return touchMove(touched, event);
      case "DonationRefunded":
      case "RefundCovered":
        return touchRefund(touched, event);
      case "Attested":
      case "FindingOpened":
      case "FindingAnswered":
      case "FindingClosed":
      case "ChannelTotalConfirmed":
      case "CorrectionNoted":
      case "HeadNoted":
        return touchAudit(touched, event);
      case "Paused":
      case "Unpaused":
        return;
      default:
        return touchClaim(touched, event);
    }
  }

  /** The figures that no record of the books holds. */
  #count(event: LedgerEvent): void {
    const state = this.state;
    switch (event.type) {
      case "BatchRecorded":
        return this.#channelDays.recorded(
          kept(state.batches, event.batch),
          kept(state.funds, event.fund).currency,
        );
      case "ChannelTotalConfirmed":
        return this.#channelDays.confirmed(kept(state.confirmations, event.confirmation));
      case "PremiumAllocated":
        return this.#holdings.allocated(kept(state.allocations, event.allocation));
      case "ExpenseRecorded":
        return this.#taken(event.programme);
      case "ClaimPaid":
        return this.#taken(event.programme);
      case "PayoutRecovered":
        return this.#holdings.recovered(kept(state.recoveries, event.recovery));
      case "SurplusMoved":
        return this.#holdings.moved(kept(state.moves, event.move));
      default:
        return;
    }
  }

  #taken(programme: Parameters<Holdings["taken"]>[0]): void {
    const { totals } = kept(this.state.programmes, programme);
    this.#holdings.taken(programme, "reserve", totals.reserveSpent);
    this.#holdings.taken(programme, "operations", totals.operationsOut);
  }

  #putFigures(): void {
    for (const { fund, programme, inReserve, operatingUnspent } of this.#holdings.takeChanged()) {
      this.#rows.put("holdings", `${fund} ${programme}`, () => ({
        fund,
        programme,
        in_reserve: amountText(inReserve),
        operating_unspent: amountText(operatingUnspent),
      }));
    }
    for (const row of this.#channelDays.takeChanged()) {
      this.#rows.put("channel_days", `${row.channel} ${row.day} ${row.currency}`, () => row);
    }
  }

  async #writeRoles(database: Kysely<Schema>): Promise<void> {
    for (const role of this.#roles) {
      const roleBytes = bytesOf(role);
      await database.deleteFrom("roles").where("role", "=", roleBytes).execute();
      for (const account of this.state.roles.get(role) ?? []) {
        this.#rows.put("roles", `${role} ${account}`, () => ({ role: roleBytes, account: bytesOf(account) }));
      }
    }
    this.#roles.clear();
  }

  /** Recorded leaves stay in the table alone: ten million donations would not fit in memory. */
  #forgetLeaves(): void {
    for (const { batch, fund } of this.#batches) {
      const { batches } = kept(this.state.funds, fund);
      const record = { ...kept(this.state.batches, batch), leaves: leavesNotRead };
      this.state.batches[batch - 1] = record;
      batches[batches.findLastIndex((own) => own.batch === batch)] = record;
    }
    this.#batches.length = 0;
  }
}
