/** The port `Read` over invented books. Cursors are offsets, so that every page of every list can be walked. */
import { addFen, fen, position } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { proofLength } from "../../protocol/donations/merkle-sum.ts";
import { address, expenseId } from "../../protocol/ids.ts";
import type { BatchId, FundId } from "../../protocol/ids.ts";
import { claimsBetween } from "../../protocol/lines/share.ts";
import { InvalidCursor, type GiftQuery, type PageRequest, type Read } from "../../protocol/ports/read.ts";
import type { ClaimCounts, DonationView, FundView, Page, Summary } from "../../protocol/ports/views.ts";
import type { DonationProof, Receipt } from "../../protocol/receipt/types.ts";
import { receiptOf } from "../../protocol/receipt/write.ts";
import type { AuditedBooks } from "./audited-books.ts";
import { fakeAudit } from "./fake-audit.ts";
import { fakeClaims, recoveryView } from "./fake-claims.ts";
import { fakeProgrammes, rosterView } from "./fake-programmes.ts";
import { fakeSources, fakeTrace, least, sum } from "./fake-trace.ts";
import { hexOf } from "./invented-records.ts";

/** The one gift that find-my-gift knows in a fake. */
export interface FindableGift {
  readonly transactionNumber: string;
  readonly batch: BatchId;
  readonly index: number;
}

const paged = <Item>(items: readonly Item[], page: PageRequest): Page<Item> => {
  if (page.cursor !== undefined && !/^o\d{1,6}$/.test(page.cursor)) throw new InvalidCursor(page.cursor);
  const start = Number(page.cursor?.slice(1) ?? 0);
  const end = start + page.limit;
  return { items: items.slice(start, end), ...(end < items.length ? { next: `o${end}` } : {}) };
};

const fits = <Value>(wanted: Value | undefined, value: Value | undefined): boolean =>
  wanted === undefined || wanted === value;

const countStates = ["filed", "approved", "onHold", "paid"] as const satisfies readonly (keyof ClaimCounts)[];

export const fakeRead = (books: AuditedBooks, findable: readonly FindableGift[] = []): Read => {
  const trace = fakeTrace(books);
  const { batchView, fundOf, traceInterval, partitionOf } = trace;
  const sourcesOf = fakeSources(books, trace);
  const { claimView, queueOf, moveView } = fakeClaims(books);
  const { periodsOf, programmeView, rostersOf, insurerStatement } = fakeProgrammes(books);
  const audit = fakeAudit(books);

  const fundView = (id: FundId): FundView | undefined => {
    const fund = fundOf(id);
    if (fund === undefined) return undefined;
    const batches = books.batches.filter((batch) => batch.fund === id);
    const refunds = books.refunds.filter((one) => one.batch.fund === id);
    const { name, currency, bps, restrictedTo, fallbackTo } = fund;
    return {
      fund: id,
      code: encodeCode({ kind: "fund", fund: id }),
      name,
      currency,
      claimsShareBps: bps,
      ...(restrictedTo === undefined ? {} : { restrictedTo }),
      ...(fallbackTo === undefined ? {} : { fallbackTo }),
      document: hexOf(800 + id),
      openedAt: {
        blockNumber: id,
        blockTime: books.programmes[0]?.bounds[0] ?? 0,
        transactionHash: hexOf(id),
        logIndex: 0,
      },
      donations: batches.reduce((count, batch) => count + batch.gifts.length, 0),
      batches: batches.length,
      partition: partitionOf(traceInterval(id, 0n, books.donated(id))),
      interest: fen(
        sum(batches.filter((batch) => batch.channel === "interest").flatMap((batch) => batch.gifts)),
      ),
      refunded: fen(sum(refunds.map((one) => one.amount))),
      refundOwed: fen(sum(refunds.filter((one) => one.covered === undefined).map((one) => one.amount))),
    };
  };

  const donationView = (id: BatchId, index: number): DonationView | undefined => {
    const batch = books.batches.find((one) => one.batch === id);
    const amount = batch?.gifts[index];
    const fund = batch === undefined ? undefined : fundOf(batch.fund);
    if (batch === undefined || amount === undefined || fund === undefined) return undefined;
    const start = batch.startsAt + sum(batch.gifts.slice(0, index));
    const [from, to] = [position(start), position(start + amount)];
    return {
      batch: batchView(batch),
      index,
      code: encodeCode({ kind: "donation", batch: id, index }),
      fundName: fund.name,
      currency: fund.currency,
      claimsShareBps: fund.bps,
      amount: fen(amount),
      commitment: hexOf(100_000 * id + index),
      start: from,
      end: to,
      claimsShare: claimsBetween(from, to, fund.bps),
      refunds: books.refundsOf(batch, index).map(audit.refundView),
    };
  };

  const proofOf = (id: BatchId, index: number): DonationProof | undefined => {
    const donation = donationView(id, index);
    if (donation === undefined) return undefined;
    const { amount, commitment } = donation;
    const { batch, fund, startsAt, count, sum: total, root } = donation.batch;
    const { chainId, ledger, blockNumber, blockHash, blockTime } = books.head();
    const sibling = { hash: hexOf(77), sum: fen(total - amount) };
    return {
      place: { chainId, ledger: address(ledger), lens: address(`0x${"1f".repeat(20)}`) },
      batch: { batch, fund, startsAt, count, sum: total, root },
      index,
      siblings: Array.from({ length: proofLength(index, count) }, () => sibling),
      head: { number: blockNumber, hash: blockHash, time: blockTime },
      leaf: { amount, commitment },
    };
  };

  const receiptFor = (gift: FindableGift): Receipt | undefined => {
    const proof = proofOf(gift.batch, gift.index);
    if (proof === undefined) return undefined;
    return receiptOf(proof, {
      salt: hexOf(123_456),
      payload: {
        amount: proof.leaf.amount.toString(),
        channel: "alipay",
        occurredAt: "2019-03-04T09:30:00+08:00",
        transactionNumber: gift.transactionNumber,
      },
    });
  };

  const allFunds = (): readonly FundView[] => books.funds.flatMap(({ fund }) => fundView(fund) ?? []);
  const allProgrammes = () => books.programmes.flatMap(({ programme }) => programmeView(programme) ?? []);

  const summary = (): Summary => {
    const [funds, programmes] = [allFunds(), allProgrammes()];
    const count = (state: keyof ClaimCounts): number =>
      programmes.reduce((total, { claims }) => total + claims[state], 0);
    const [filed = 0, approved = 0, onHold = 0, paid = 0] = countStates.map(count);
    const carried = programmes.flatMap(({ programme, partition }) =>
      periodsOf(programme)
        .filter(({ state }) => state === "open" || state === "runOff")
        .map(({ record }) => fen(least(record.opening, partition.inReserve))),
    );
    const slices = books.funds.flatMap(({ fund }) => traceInterval(fund, 0n, books.donated(fund)));
    const currency = {
      currency: "CNY",
      partition: partitionOf(slices),
      carriedForward: addFen(...carried),
      approvedUnpaid: addFen(...programmes.map((one) => one.approvedUnpaid)),
      shortfall: addFen(...programmes.map((one) => one.shortfall)),
    };
    return {
      currencies: funds.length === 0 ? [] : [currency],
      donations: funds.reduce((total, fund) => total + fund.donations, 0),
      claims: { filed, approved, onHold, paid },
      funds,
      programmes,
    };
  };

  const pagedSources = (
    wanted: { readonly claim: number } | { readonly payout: number },
    page: PageRequest,
  ) => {
    const { total, sources } = sourcesOf(wanted);
    const { items, next } = paged(sources, page);
    return { total, sources: items, ...(next === undefined ? {} : { next }) };
  };

  return {
    head: async () => books.head(),
    summary: async () => summary(),
    funds: async () => allFunds(),
    fund: async (fund) => fundView(fund),
    allocations: async (filter, page) =>
      paged(
        books.allocations
          .filter((one) => fits(filter.fund, one.fund) && fits(filter.programme, one.programme))
          .map((one) => ({
            ...one,
            amount: fen(one.amount),
            claimsAmount: fen(one.claimsAmount),
            fundStart: position(one.fundStart),
            reserveStart: position(one.reserveStart),
            operationsStart: position(one.operationsStart),
            allocatedAt: one.at,
          })),
        page,
      ),
    batches: async (fund, page) =>
      paged(books.batches.filter((batch) => batch.fund === fund).map(batchView), page),
    programmes: async () => allProgrammes(),
    programme: async (programme) => programmeView(programme),
    periods: async (programme) => periodsOf(programme),
    period: async (programme, period) => periodsOf(programme).find((one) => one.period === period),
    expenses: async (programme, page) =>
      paged(
        books.expenses
          .filter((expense) => expense.programme === programme)
          .map((expense) => ({
            expense: expenseId(expense.expense),
            programme,
            kind: expense.kind,
            amount: fen(expense.amount),
            operationsStart: position(expense.start),
            period: expense.period,
            recordedAt: expense.at,
          })),
        page,
      ),
    claims: async (filter, page) =>
      paged(
        books.claims
          .filter((one) => fits(filter.programme, one.programme) && fits(filter.state, one.state))
          .map(claimView),
        page,
      ),
    queue: async (programme, page) => paged(queueOf(programme).map(claimView), page),
    claim: async (id) => books.claims.filter((one) => one.claim === id).map(claimView)[0],
    claimSources: async (id, page) =>
      books.claims.some((one) => one.claim === id) ? pagedSources({ claim: id }, page) : undefined,
    payoutSources: async (id, page) =>
      books.payouts.some((one) => one.payout === id) ? pagedSources({ payout: id }, page) : undefined,
    rosters: async (programme, period, page) => paged(rostersOf(programme, period).map(rosterView), page),
    insurerStatement: async (programme, period, ordinal, page) => {
      const found = insurerStatement(programme, period, ordinal);
      if (found === undefined) return undefined;
      const { items, next } = paged(found.lines, page);
      return { ...found, lines: items, ...(next === undefined ? {} : { next }) };
    },
    recoveries: async (filter, page) =>
      paged(
        books.recoveries
          .map(recoveryView)
          .filter((one) => fits(filter.programme, one.programme) && fits(filter.claim, one.claim)),
        page,
      ),
    moves: async ({ programme }, page) =>
      paged(
        books.moves.filter((one) => fits(programme, one.from) || fits(programme, one.to)).map(moveView),
        page,
      ),
    refunds: async ({ fund, owed }, page) =>
      paged(
        books.refunds
          .map(audit.refundView)
          .filter((one) => fits(fund, one.fund) && fits(owed, one.covered === undefined)),
        page,
      ),
    settlement: async (programme) =>
      programme !== undefined && programmeView(programme) === undefined
        ? undefined
        : audit.settlement(programme),
    attestations: async ({ programme }, page) =>
      paged(
        audit.attestations().filter(({ subject }) => fits(programme, subject.programme)),
        page,
      ),
    findings: async ({ programme, state }, page) =>
      paged(
        audit.findings().filter((one) => fits(programme, one.subject.programme) && fits(state, one.state)),
        page,
      ),
    channelDays: async ({ channel, state }, page) =>
      paged(
        audit.channelDays().filter((one) => fits(channel, one.channel) && fits(state, one.state)),
        page,
      ),
    corrections: async ({ kind, record }, page) =>
      paged(
        audit.corrections().filter((one) => fits(kind, one.kind) && fits(record, one.record)),
        page,
      ),
    replicas: async () => books.replicas,
    headNotes: async (page) => paged(books.headNotes, page),
    donation: async (batch, index) => donationView(batch, index),
    donationTrace: async (batch, index, page) => {
      const donation = donationView(batch, index);
      if (donation === undefined) return undefined;
      const slices = traceInterval(donation.batch.fund, donation.start, donation.end);
      const { items, next } = paged(slices, page);
      return { partition: partitionOf(slices), slices: items, ...(next === undefined ? {} : { next }) };
    },
    donationProof: async (batch, index) => proofOf(batch, index),
    findGift: async (query: GiftQuery) => {
      if (query.transactionNumber === "20190000000000000429")
        return { outcome: "tooMany", retryAfterSeconds: 90 };
      const gift = findable.find((one) => one.transactionNumber === query.transactionNumber);
      const receipt = gift === undefined ? undefined : receiptFor(gift);
      return receipt === undefined || receipt.opening.payload.amount !== query.amount.toString()
        ? { outcome: "notFound" }
        : { outcome: "found", receipt };
    },
    document: async (digest) => books.documents.get(digest),
    laws: async () => audit.lawChecks(),
  };
};
