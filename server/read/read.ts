/** The reading side of the gateway: the port `Read` over the index, the vault and the published documents. */
import { checkTotals } from "../../protocol/laws/laws.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Head } from "../../protocol/ports/views.ts";
import type { ChainBlock } from "../index/chain-reader.ts";
import { loadState } from "../index/load.ts";
import { readClaim, readClaims, readQueue } from "./claims.ts";
import { readDonation, readDonationProof, readDonationTrace } from "./donations.ts";
import { GiftFinder } from "./find-gift.ts";
import { readAllocations, readBatches, readFund, readFunds } from "./funds.ts";
import type { ReadOptions } from "./options.ts";
import { readExpenses, readPeriod, readPeriods, readProgramme, readProgrammes } from "./programmes.ts";
import { Shared } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { readClaimSources } from "./sources.ts";
import { readSummary } from "./summary.ts";

const lawsOfBooks = 0;

/**
 * Every answer is true of one block, that of its own read transaction. Before the first block is indexed every
 * question throws EmptyIndex; a limit outside 1 to 100 throws InvalidPageLimit.
 */
export const createRead = (options: ReadOptions): Read => {
  const { index, documents, clock, finality, demonstration } = options;
  const shared = new Shared(documents);
  const run = <Result>(work: (reading: Reading) => Promise<Result>): Promise<Result> =>
    index.read(({ database, head }) =>
      work({ database, head, now: Math.max(head.time, clock.now()), shared }),
    );
  const gifts = new GiftFinder(options, run);
  const headOf = (block: ChainBlock): Head => ({
    chainId: index.identity.chainId,
    ledger: index.identity.ledger,
    blockNumber: block.number,
    blockHash: block.hash,
    blockTime: block.time,
    finality,
    demonstration,
  });
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
    donation: (batch, position) => run((reading) => readDonation(reading, batch, position)),
    donationTrace: (batch, position, page) =>
      run((reading) => readDonationTrace(reading, batch, position, page)),
    donationProof: (batch, position) => run((reading) => readDonationProof(reading, batch, position)),
    findGift: (query) => gifts.find(query),
    document: (digest) => documents.document(digest),
    // Walks every record, so it is kept until the next block.
    laws: () =>
      run((reading) =>
        shared.laws.of(reading.head, lawsOfBooks, async () =>
          checkTotals(await loadState(reading.database, { withLeaves: false }), reading.head.time),
        ),
      ),
  };
};
