/** Settlement times, findings and confirmed totals of invented books as views. */
import { fen, position } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { attestationId, batchId, bytes32, correctionId, findingId, refundId } from "../../protocol/ids.ts";
import { periodNumber } from "../../protocol/ids.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type {
  AttestationView,
  ChannelDayView,
  CorrectionView,
  FindingView,
  LawCheck,
  RefundView,
  SettlementFigure,
  SettlementView,
  SubjectView,
} from "../../protocol/ports/views.ts";
import type { Cell } from "../../protocol/statistics/cells.ts";
import { mergeCells } from "../../protocol/statistics/cells.ts";
import { mergeLedger } from "../../protocol/statistics/ledger.ts";
import { settlementTimes, type SettledClaim } from "../../protocol/statistics/percentiles.ts";
import type { AuditedBooks } from "./audited-books.ts";
import { sum } from "./fake-trace.ts";
import { actors, type FakeClaim, type FakeRefund, type FakeSubject } from "./invented-records.ts";

interface Settled {
  readonly settled: readonly SettledClaim[];
  readonly rejected: number;
}

const figureOf = (payloads: readonly Settled[]): SettlementFigure => {
  const settled = payloads.flatMap((one) => one.settled);
  return {
    ...settlementTimes(settled),
    paid: settled.length,
    rejected: payloads.reduce((count, one) => count + one.rejected, 0),
  };
};

/** By first payment or rejection, in the period in which it happened. */
const cellsOf = (books: AuditedBooks, programme: ProgrammeId): readonly Cell<PeriodNumber, Settled>[] => {
  const { bounds } = books.programmeOf(programme);
  const momentOf = (claim: FakeClaim, wanted: string): number | undefined =>
    claim.steps.find(({ step }) => step === wanted)?.at.blockTime;
  return bounds.slice(0, -1).map((start, at) => {
    const end = bounds[at + 1] ?? start;
    const isIn = (moment: number | undefined): boolean =>
      moment !== undefined && moment >= start && moment < end;
    const own = books.claims.filter((claim) => claim.programme === programme);
    const settled = own
      .filter((claim) => isIn(momentOf(claim, "paid")))
      .map((claim) => ({
        filedAt: claim.filedAt.blockTime,
        approvedAt: momentOf(claim, "approved") ?? 0,
        paidAt: momentOf(claim, "paid") ?? 0,
      }));
    const rejected = own.filter((claim) => isIn(momentOf(claim, "rejected"))).length;
    return {
      key: periodNumber(at + 1),
      counts: [settled.length, rejected],
      closed: end <= books.clock,
      payload: { settled, rejected },
    };
  });
};

const laws = ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"] as const;

const notedThen = { number: 11, hash: bytes32(`0x${"be".repeat(32)}`) };

export const fakeAudit = (books: AuditedBooks) => {
  const subjectView = ({ programme, period }: FakeSubject): SubjectView => ({
    ...(programme === undefined ? {} : { programme, programmeName: books.programmeOf(programme).name }),
    ...(period === undefined ? {} : { period }),
  });

  const settlement = (programme: ProgrammeId | undefined): SettlementView => {
    if (programme !== undefined) {
      const { groups, rest, total } = mergeCells(cellsOf(books, programme), figureOf);
      return { programme, groups: [...groups, ...(rest.cells.length > 0 ? [rest] : [])], total };
    }
    const { programmes, total } = mergeLedger(
      books.programmes.map(({ programme: id }) => ({
        programme: id,
        periods: cellsOf(books, id),
        ended: false,
      })),
      figureOf,
    );
    const named = (cells: readonly { readonly programme: ProgrammeId }[]): readonly number[] => [
      ...new Set(cells.map((cell) => cell.programme)),
    ];
    return {
      groups: programmes.map(({ programme: id, merged }) => ({ ...merged.total, cells: [id] })),
      total: { ...total, cells: named(total.cells) },
    };
  };

  const attestations = (): readonly AttestationView[] =>
    books.attestations.map(({ subject, published }, at) => ({
      attestation: attestationId(at + 1),
      subject: subjectView(subject),
      published,
      // The first was attested behind a note, the second before there was any.
      ...(at === 0 ? { notedHead: notedThen } : {}),
    }));

  const findings = (): readonly FindingView[] =>
    books.findings.map(({ finding, subject, opened, answered, closed }) => ({
      finding: findingId(finding),
      subject: subjectView(subject),
      state: closed !== undefined ? "closed" : answered !== undefined ? "answered" : "open",
      opened,
      ...(answered === undefined ? {} : { answered }),
      ...(closed === undefined ? {} : { closed }),
    }));

  const channelDay = (channel: string, day: number): ChannelDayView => {
    const gifts = books.batches
      .filter((one) => one.channel === channel && one.day === day)
      .flatMap((one) => one.gifts);
    const said = books.confirmations.filter((one) => one.channel === channel && one.day === day);
    const latest = said.at(-1);
    return {
      channel,
      day,
      currency: "CNY",
      state: books.confirmationOf(channel, day),
      recordedCount: gifts.length,
      recordedSum: fen(sum(gifts)),
      ...(latest === undefined
        ? {}
        : {
            confirmed: {
              count: latest.count,
              sum: fen(latest.sum),
              at: latest.at,
              provider: actors.provider,
              earlier: said.length - 1,
            },
          }),
    };
  };

  /** Newest day first. */
  const channelDays = (): readonly ChannelDayView[] => {
    const keys = new Map(
      [...books.batches, ...books.confirmations].map(({ channel, day }) => [
        `${day} ${channel}`,
        { channel, day },
      ]),
    );
    return [...keys.values()]
      .sort((a, b) => b.day - a.day || (a.channel < b.channel ? -1 : 1))
      .map(({ channel, day }) => channelDay(channel, day));
  };

  const corrections = (): readonly CorrectionView[] =>
    books.corrections.map((one) => ({ ...one, correction: correctionId(one.correction) }));

  const refundView = (refund: FakeRefund): RefundView => ({
    refund: refundId(refund.refund),
    batch: batchId(refund.batch.batch),
    index: refund.index,
    donationCode: encodeCode({
      kind: "donation",
      batch: batchId(refund.batch.batch),
      index: refund.index,
    }),
    fund: refund.batch.fund,
    currency: "CNY",
    start: position(refund.start),
    amount: fen(refund.amount),
    refundedAt: refund.at,
    ...(refund.covered === undefined ? {} : { covered: refund.covered }),
  });

  const lawChecks = (): readonly LawCheck[] =>
    laws.map((law, at) => ({ law, holds: true, checked: 10 * (at + 1), facts: [] }));

  return { settlement, attestations, findings, channelDays, corrections, refundView, lawChecks };
};
