/** The rest of the invented ledger: rosters, insurers, refunds, and what auditors and payment providers say. */
import type { ReplicasView } from "../../protocol/ports/replica-views.ts";
import type { ActorId, PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { RecordKind } from "../../protocol/ledger/events.ts";
import type { Statement } from "../../protocol/ports/insurance-requests.ts";
import type { ConfirmationState, HeadNoteView } from "../../protocol/ports/views.ts";
import { InventedBooks, type Filing } from "./invented-books.ts";
import {
  actors,
  type FakeBatch,
  type FakeClaim,
  type FakeConfirmation,
  type FakeCorrection,
  type FakeFinding,
  type FakeInsurers,
  type FakeRefund,
  type FakeRoster,
  type FakeStatement,
  type FakeSubject,
} from "./invented-records.ts";

type Roster = Pick<FakeRoster, "programme" | "policyPeriod" | "count" | "premiumPerHead" | "denominator">;

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

export class AuditedBooks extends InventedBooks {
  readonly rosters: FakeRoster[] = [];
  readonly insurers: FakeInsurers[] = [];
  readonly refunds: FakeRefund[] = [];
  readonly attestations: { readonly subject: FakeSubject; readonly published: FakeStatement }[] = [];
  readonly findings: FakeFinding[] = [];
  readonly confirmations: FakeConfirmation[] = [];
  readonly corrections: FakeCorrection[] = [];
  readonly headNotes: HeadNoteView[] = [];
  /** Undefined as on a chain that others make. */
  replicas: ReplicasView | undefined = { agreeing: 0, replicas: [] };

  appendRoster(roster: Roster): number {
    const number = this.rosters.length + 1;
    this.rosters.push({ ...roster, roster: number, at: this.place() });
    return number;
  }

  /** With a proof from the period's first roster, where it has one. */
  override file(programme: ProgrammeId, requested: bigint, filing: Filing = {}): FakeClaim {
    const period = filing.policyPeriod ?? this.periodAt(programme, this.clock);
    const roster = this.rosters.find((one) => one.programme === programme && one.policyPeriod === period);
    return super.file(programme, requested, {
      ...(roster === undefined ? {} : { roster: roster.roster }),
      ...filing,
    });
  }

  declareInsurers(
    programme: ProgrammeId,
    policyPeriod: PeriodNumber,
    insurers: FakeInsurers["insurers"],
  ): void {
    this.insurers.push({ programme, policyPeriod, insurers });
    this.place();
  }

  /** Repays the back of what is still the donor's. */
  refund(batchNumber: number, index: number, amount: bigint): FakeRefund {
    const batch = this.batches.find((one) => one.batch === batchNumber);
    const gift = batch?.gifts[index];
    if (batch === undefined || gift === undefined) throw new Error("invented books: no such gift");
    const left = gift - sum(this.refundsOf(batch, index).map((one) => one.amount));
    if (amount > left) throw new Error("invented books: less than that is still the donor's");
    const refund: FakeRefund = {
      refund: this.refunds.length + 1,
      batch,
      index,
      start: batch.startsAt + sum(batch.gifts.slice(0, index)) + left - amount,
      amount,
      at: this.place(),
    };
    this.refunds.push(refund);
    return refund;
  }

  refundsOf(batch: FakeBatch, index: number): readonly FakeRefund[] {
    return this.refunds.filter((one) => one.batch === batch && one.index === index);
  }

  cover(refund: FakeRefund, channel: string): void {
    refund.covered = { channel, at: this.place() };
  }

  attest(subject: FakeSubject, statement: Statement, isHeld = true): void {
    this.attestations.push({ subject, published: this.publish(statement, actors.auditor, isHeld) });
  }

  openFinding(subject: FakeSubject, statement: Statement): FakeFinding {
    const finding: FakeFinding = {
      finding: this.findings.length + 1,
      subject,
      opened: this.publish(statement, actors.auditor),
    };
    this.findings.push(finding);
    return finding;
  }

  answer(finding: FakeFinding, statement: Statement): void {
    finding.answered = this.publish(statement, actors.treasurer);
  }

  closeFinding(finding: FakeFinding, statement: Statement): void {
    finding.closed = this.publish(statement, actors.auditor);
  }

  confirm(channel: string, day: number, count: number, total: bigint): void {
    this.confirmations.push({ channel, day, count, sum: total, at: this.place() });
  }

  /** What the provider last said of a day, against what is recorded. */
  confirmationOf(channel: string, day: number): ConfirmationState {
    const latest = this.confirmations.findLast((one) => one.channel === channel && one.day === day);
    if (latest === undefined) return "unconfirmed";
    const gifts = this.batches
      .filter((one) => one.channel === channel && one.day === day)
      .flatMap((one) => one.gifts);
    return latest.count === gifts.length && latest.sum === sum(gifts) ? "confirmed" : "differs";
  }

  correct(kind: RecordKind, record: number, statement: Statement, actor: ActorId = actors.treasurer): void {
    this.corrections.push({
      correction: this.corrections.length + 1,
      kind,
      record,
      published: this.publish(statement, actor),
    });
  }

  noteHead(): void {
    const { blockNumber, blockHash } = this.head();
    this.headNotes.push({ blockNumber, blockHash, actor: actors.auditor, at: this.place() });
  }
}
