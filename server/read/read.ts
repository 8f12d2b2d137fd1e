/** The reading side of the gateway: the port `Read` over the index, the vault and the published documents. */
import { checkTotals } from "../../protocol/laws/laws.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Head } from "../../protocol/ports/views.ts";
import type { ChainBlock } from "../index/chain-reader.ts";
import { readAttestations, readCorrections, readFindings, readHeadNotes } from "./audit.ts";
import { readBatches } from "./batches.ts";
import { readChannelDays } from "./channel-days.ts";
import { readClaim, readClaims, readQueue } from "./claims.ts";
import { readDonation, readDonationProof, readDonationTrace } from "./donations.ts";
import { GiftFinder } from "./find-gift.ts";
import { readAllocations, readFund, readFunds } from "./funds.ts";
import { readInsurerStatement } from "./insurer-statement.ts";
import type { ReadOptions } from "./options.ts";
import { readPeriod, readPeriods } from "./periods.ts";
import { readExpenses, readProgramme, readProgrammes } from "./programmes.ts";
import { Shared } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { readMoves, readRecoveries } from "./recoveries.ts";
import { readRefunds } from "./refunds.ts";
import { readRosters } from "./rosters.ts";
import { readSettlement } from "./settlement.ts";
import { readClaimSources, readPayoutSources } from "./sources.ts";
import { readSummary } from "./summary.ts";

const lawsOfBooks = 0;

/**
 * Every answer is true of one block, that of its own read transaction. Before the first block is indexed every
 * question throws EmptyIndex; a limit outside 1 to 100 throws InvalidPageLimit.
 */
export const createRead = (options: ReadOptions): Read => {
  const { index, documents, lens, clock, finality, demonstration } = options;
  const shared = new Shared(documents);
  const { chainId, ledger } = index.identity;
  const place = { chainId, ledger, lens };
  const run = <Result>(work: (reading: Reading) => Promise<Result>): Promise<Result> =>
    index.read(({ database, head }) =>
      work({ database, head, now: Math.max(head.time, clock.now()), shared, place }),
    );
  const gifts = new GiftFinder(options, run);
  const headOf = (block: ChainBlock): Head => ({
    chainId,
    ledger,
    blockNumber: block.number,
    blockHash: block.hash,
    blockTime: block.time,
    ...finality,
    demonstration,
  });
  const newestBlock = (): Promise<ChainBlock> => run(async ({ head }) => head);
  return {
    head: () => run(async ({ head }) => headOf(head)),
    summary: () => run(readSummary),
    funds: () => run(readFunds),
    fund: (fund) => run((reading) => readFund(reading, fund)),
    allocations: (filter, page) => run((reading) => readAllocations(reading, filter, page)),
    batches: (fund, page) => run((reading) => readBatches(reading, fund, page)),
    programmes: () => run(readProgrammes),
    programme: (programme) => run((reading) => readProgramme(reading, programme)),
    periods: (programme) => run((reading) => readPeriods(reading, programme)),
    period: (programme, period) => run((reading) => readPeriod(reading, programme, period)),
    expenses: (programme, page) => run((reading) => readExpenses(reading, programme, page)),
    claims: (filter, page) => run((reading) => readClaims(reading, filter, page)),
    queue: (programme, page) => run((reading) => readQueue(reading, programme, page)),
    claim: (claim) => run((reading) => readClaim(reading, claim)),
    claimSources: (claim, page) => run((reading) => readClaimSources(reading, claim, page)),
    payoutSources: (payout, page) => run((reading) => readPayoutSources(reading, payout, page)),
    rosters: (programme, period, page) => run((reading) => readRosters(reading, programme, period, page)),
    insurerStatement: (programme, period, ordinal, page) =>
      run((reading) => readInsurerStatement(reading, programme, period, ordinal, page)),
    recoveries: (filter, page) => run((reading) => readRecoveries(reading, filter, page)),
    moves: (filter, page) => run((reading) => readMoves(reading, filter, page)),
    refunds: (filter, page) => run((reading) => readRefunds(reading, filter, page)),
    settlement: (programme) => run((reading) => readSettlement(reading, programme)),
    attestations: (filter, page) => run((reading) => readAttestations(reading, filter, page)),
    findings: (filter, page) => run((reading) => readFindings(reading, filter, page)),
    channelDays: (filter, page) => run((reading) => readChannelDays(reading, filter, page)),
    corrections: (filter, page) => run((reading) => readCorrections(reading, filter, page)),
    replicas: async () => options.replicas?.view(),
    headNotes: (page) => run((reading) => readHeadNotes(reading, page)),
    donation: (batch, position) => run((reading) => readDonation(reading, batch, position)),
    donationTrace: (batch, position, page) =>
      run((reading) => readDonationTrace(reading, batch, position, page)),
    donationProof: (batch, position) => run((reading) => readDonationProof(reading, batch, position)),
    findGift: (query) => gifts.find(query),
    document: (digest) => documents.document(digest),
    // The books from which every row was written; they walk every record, so the answer is kept until the next block.
    laws: async () =>
      shared.laws.of(await newestBlock(), lawsOfBooks, () =>
        index.books((state, head) => checkTotals(state, head.time)),
      ),
  };
};
