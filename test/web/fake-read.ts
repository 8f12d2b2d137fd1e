/** The port `Read` over invented books. Cursors are offsets, so that every page of every list can be walked. */
import { addFen, fen, position, zeroFen } from "../../protocol/amounts.ts";
import { claimId, expenseId, payoutId, periodNumber } from "../../protocol/ids.ts";
import type { BatchId, FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { CloseRecord } from "../../protocol/ledger/events.ts";
import { claimsBetween } from "../../protocol/lines/share.ts";
import { InvalidCursor, type GiftQuery, type PageRequest, type Read } from "../../protocol/ports/read.ts";
import type {
  ClaimView,
  DonationProof,
  DonationView,
  FundView,
  Page,
  PeriodView,
  ProgrammeView,
  Receipt,
} from "../../protocol/ports/views.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { fakeTrace, least, most, sum } from "./fake-trace.ts";
import { actors, hexOf, type FakeClaim, type InventedBooks } from "./invented-books.ts";

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

const forever = Number.MAX_SAFE_INTEGER;

export const fakeRead = (books: InventedBooks, findable: readonly FindableGift[] = []): Read => {
  const { batchView, programmeName, fundOf, traceInterval, partitionOf, sourcesOf } = fakeTrace(books);

  const fundView = (id: FundId): FundView | undefined => {
    const fund = fundOf(id);
    if (fund === undefined) return undefined;
    const batches = books.batches.filter((batch) => batch.fund === id);
    return {
      fund: id,
      code: encodeCode({ kind: "fund", fund: id }),
      name: fund.name,
      currency: fund.currency,
      claimsShareBps: fund.bps,
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
    };
  };

  const claimView = (claim: FakeClaim): ClaimView => {
    const waiting = books.claims.filter(
      (one) => one.programme === claim.programme && one.approved !== undefined && one.paid === undefined,
    );
    const ahead = waiting.indexOf(claim);
    const { reserveIn, paid } = books.flows(claim.programme, forever);
    const needed = sum(waiting.slice(0, ahead + 1).map((one) => one.approved?.amount ?? 0n));
    const id = claimId(claim.claim);
    return {
      claim: id,
      code: encodeCode({ kind: "claim", claim: id }),
      programme: claim.programme,
      programmeName: programmeName(claim.programme),
      currency: "CNY",
      policyPeriod: claim.policyPeriod,
      state: claim.paid !== undefined ? "paid" : claim.approved !== undefined ? "approved" : "filed",
      benefit: "cash",
      incidentFrom: claim.filedAt.blockTime - 10 * 86_400,
      toTheMinute: false,
      requested: fen(claim.requested),
      approved: fen(claim.approved?.amount ?? 0n),
      ...(claim.approved === undefined
        ? {}
        : {
            queueNumber: claim.approved.queueNumber,
            adjudicator: actors.adjudicator,
            approvedAt: claim.approved.at,
          }),
      ...(ahead >= 0 ? { claimsAhead: ahead, missing: fen(most(0n, needed - (reserveIn - paid))) } : {}),
      filer: actors.filer,
      ...(claim.paid === undefined ? {} : { payer: actors.payer }),
      filedAt: claim.filedAt,
      payouts:
        claim.paid === undefined
          ? []
          : [
              {
                payout: payoutId(claim.paid.payout),
                amount: fen(claim.approved?.amount ?? 0n),
                reserveStart: position(claim.paid.reserveStart),
                period: claim.paid.period,
                paidAt: claim.paid.at,
                paymentReference: hexOf(4000 + claim.claim),
              },
            ],
    };
  };

  const promised = (
    programme: ProgrammeId,
    end: number,
  ): { approvedUnpaid: bigint; filedUndecided: bigint } => {
    const claims = books.claims.filter(
      (claim) => claim.programme === programme && claim.filedAt.blockTime < end,
    );
    const isApproved = (claim: FakeClaim): boolean =>
      claim.approved !== undefined && claim.approved.at.blockTime < end;
    const isPaid = (claim: FakeClaim): boolean => claim.paid !== undefined && claim.paid.at.blockTime < end;
    return {
      approvedUnpaid: sum(
        claims
          .filter((claim) => isApproved(claim) && !isPaid(claim))
          .map((claim) => claim.approved?.amount ?? 0n),
      ),
      filedUndecided: sum(claims.filter((claim) => !isApproved(claim)).map((claim) => claim.requested)),
    };
  };

  const closeRecord = (programme: ProgrammeId, start: number, end: number): CloseRecord => {
    const before = books.flows(programme, start);
    const after = books.flows(programme, end);
    const { approvedUnpaid, filedUndecided } = promised(programme, end);
    return {
      opening: fen(before.reserveIn - before.paid),
      allocated: fen(after.reserveIn - before.reserveIn),
      movedIn: zeroFen,
      movedOut: zeroFen,
      recovered: zeroFen,
      paid: fen(after.paid - before.paid),
      closing: fen(after.reserveIn - after.paid),
      approvedUnpaid: fen(approvedUnpaid),
      filedUndecided: fen(filedUndecided),
      operationsIn: fen(after.operationsIn - before.operationsIn),
      expenses: fen(after.expenses - before.expenses),
    };
  };

  const periodsOf = (id: ProgrammeId): readonly PeriodView[] => {
    const bounds = books.programmes.find((one) => one.programme === id)?.bounds ?? [];
    return bounds.slice(0, -1).map((start, at): PeriodView => {
      const end = bounds[at + 1] ?? start;
      const state = end <= books.clock ? "closed" : start <= books.clock ? "open" : "declared";
      return {
        programme: id,
        period: periodNumber(at + 1),
        state,
        start,
        end,
        filingDeadline: end + 90 * 86_400,
        cover: fen(10_000_000n),
        terms: hexOf(60 + at),
        // Money allocated before the first period counts in the first.
        record: closeRecord(id, at === 0 ? 0 : start, end),
        claimsPaid: books.claims.filter((claim) => claim.programme === id && claim.paid?.period === at + 1)
          .length,
      };
    });
  };

  const programmeView = (id: ProgrammeId): ProgrammeView | undefined => {
    const programme = books.programmes.find((one) => one.programme === id);
    if (programme === undefined) return undefined;
    const flows = books.flows(id, forever);
    const operatingSpent = least(flows.expenses, flows.operationsIn);
    const { approvedUnpaid, filedUndecided } = promised(id, forever);
    const inReserve = flows.reserveIn - flows.paid;
    const allocations = books.allocations.filter((one) => one.programme === id);
    const claims = books.claims.filter((claim) => claim.programme === id);
    return {
      programme: id,
      code: encodeCode({ kind: "programme", programme: id }),
      name: programme.name,
      kind: "insurance",
      currency: "CNY",
      region: programme.region,
      document: hexOf(900 + id),
      openedAt: {
        blockNumber: id,
        blockTime: programme.bounds[0] ?? 0,
        transactionHash: hexOf(id),
        logIndex: 0,
      },
      partition: {
        allocated: fen(sum(allocations.map((one) => one.amount))),
        movedIn: zeroFen,
        movedOut: zeroFen,
        paid: fen(flows.paid),
        inReserve: fen(inReserve),
        operatingSpent: fen(operatingSpent),
        operatingUnspent: fen(flows.operationsIn - operatingSpent),
      },
      funds: books.funds
        .filter((fund) => allocations.some((one) => one.fund === fund.fund))
        .map((fund) => {
          const own = allocations.filter((one) => one.fund === fund.fund);
          return {
            fund: fund.fund,
            allocated: fen(sum(own.map((one) => one.amount))),
            claimsAmount: fen(sum(own.map((one) => one.claimsAmount))),
            claimsShareBps: fund.bps,
          };
        }),
      advance: fen(flows.expenses - operatingSpent),
      approvedUnpaid: fen(approvedUnpaid),
      filedUndecided: fen(filedUndecided),
      shortfall: fen(most(0n, approvedUnpaid - inReserve)),
      claims: {
        filed: claims.length,
        approved: claims.filter((claim) => claim.approved !== undefined).length,
        paid: claims.filter((claim) => claim.paid !== undefined).length,
      },
      currentPeriod: books.periodAt(id, books.clock),
      inRunOff: false,
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
    };
  };

  const proofOf = (id: BatchId, index: number): DonationProof | undefined => {
    const donation = donationView(id, index);
    if (donation === undefined) return undefined;
    const { batch, amount, commitment } = donation;
    return {
      batch,
      index,
      amount,
      commitment,
      siblings: [{ hash: hexOf(77), sum: fen(batch.sum - amount) }],
    };
  };

  const receiptOf = (gift: FindableGift): Receipt | undefined => {
    const proof = proofOf(gift.batch, gift.index);
    return proof === undefined
      ? undefined
      : {
          version: 1,
          code: encodeCode({ kind: "donation", batch: gift.batch, index: gift.index }),
          salt: hexOf(123_456),
          payload: {
            amount: proof.amount.toString(),
            channel: proof.batch.channel,
            occurredAt: "2019-03-04T09:30:00+08:00",
            transactionNumber: gift.transactionNumber,
          },
          proof,
        };
  };

  return {
    head: async () => books.head(),
    summary: async () => {
      const funds = books.funds.map((fund) => fundView(fund.fund)).filter((fund) => fund !== undefined);
      const programmes = books.programmes
        .map((programme) => programmeView(programme.programme))
        .filter((programme) => programme !== undefined);
      const partition = partitionOf(
        books.funds.flatMap((fund) => traceInterval(fund.fund, 0n, books.donated(fund.fund))),
      );
      return {
        currencies:
          funds.length === 0
            ? []
            : [
                {
                  currency: "CNY",
                  partition,
                  carriedForward: addFen(
                    ...programmes.flatMap((programme) =>
                      periodsOf(programme.programme)
                        .filter((period) => period.state === "open")
                        .map((period) => fen(least(period.record.opening, programme.partition.inReserve))),
                    ),
                  ),
                  approvedUnpaid: addFen(...programmes.map((programme) => programme.approvedUnpaid)),
                  shortfall: addFen(...programmes.map((programme) => programme.shortfall)),
                },
              ],
        donations: funds.reduce((count, fund) => count + fund.donations, 0),
        claims: {
          filed: programmes.reduce((count, programme) => count + programme.claims.filed, 0),
          approved: programmes.reduce((count, programme) => count + programme.claims.approved, 0),
          paid: programmes.reduce((count, programme) => count + programme.claims.paid, 0),
        },
        funds,
        programmes,
      };
    },
    funds: async () => books.funds.map((fund) => fundView(fund.fund)).filter((fund) => fund !== undefined),
    fund: async (fund) => fundView(fund),
    allocations: async (filter, page) =>
      paged(
        books.allocations
          .filter((one) => filter.fund === undefined || one.fund === filter.fund)
          .filter((one) => filter.programme === undefined || one.programme === filter.programme)
          .map((one) => ({
            allocation: one.allocation,
            fund: one.fund,
            programme: one.programme,
            amount: fen(one.amount),
            claimsAmount: fen(one.claimsAmount),
            fundStart: position(one.fundStart),
            reserveStart: position(one.reserveStart),
            operationsStart: position(one.operationsStart),
            period: one.period,
            allocatedAt: one.at,
          })),
        page,
      ),
    batches: async (fund, page) =>
      paged(books.batches.filter((batch) => batch.fund === fund).map(batchView), page),
    programmes: async () =>
      books.programmes.map((one) => programmeView(one.programme)).filter((one) => one !== undefined),
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
          .filter((claim) => filter.programme === undefined || claim.programme === filter.programme)
          .map(claimView)
          .filter((claim) => filter.state === undefined || claim.state === filter.state),
        page,
      ),
    queue: async (programme, page) =>
      paged(
        books.claims.map(claimView).filter((one) => one.programme === programme && one.state === "approved"),
        page,
      ),
    claim: async (id) => {
      const claim = books.claims.find((one) => one.claim === id);
      return claim === undefined ? undefined : claimView(claim);
    },
    claimSources: async (id, page) => {
      const claim = books.claims.find((one) => one.claim === id);
      if (claim === undefined) return undefined;
      const sources = claim.paid === undefined ? [] : sourcesOf(claim);
      const { items, next } = paged(sources, page);
      const total = addFen(...sources.map((traced) => traced.source.amount));
      return { total, sources: items, ...(next === undefined ? {} : { next }) };
    },
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
      const receipt = gift === undefined ? undefined : receiptOf(gift);
      return receipt === undefined || receipt.proof.amount !== query.amount
        ? { outcome: "notFound" }
        : { outcome: "found", receipt };
    },
    document: async () => undefined,
    laws: async () => [],
  };
};
