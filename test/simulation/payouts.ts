/** What paid each claim, by three witnesses: the protocol over the chain's events, the index, and the contract. */
import { isDeepStrictEqual } from "node:util";
import * as lens from "../../chain/lens.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { ClaimRecord, LedgerState, PayoutRecord } from "../../protocol/ledger/records.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { payoutSources, type SourcesPage } from "../../protocol/trace/sources.ts";
import type { Source } from "../../protocol/trace/types.ts";
import { lensAt, WitnessesDisagree } from "../../server/commands/rehearsal/verify.ts";
import type { Gateway } from "../../server/gateway.ts";

const limit = 50;

const everyPage = async (
  ask: (cursor: string | undefined) => Promise<SourcesPage>,
): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    sources.push(...page.sources);
    cursor = page.next;
  } while (cursor !== undefined);
  return sources;
};

const sumOf = (sources: readonly Source[]): bigint => sources.reduce((sum, { amount }) => sum + amount, 0n);

/** What paid it, whatever came back later: together what was paid. */
const comparePayout = async (gateway: Gateway, state: LedgerState, payout: PayoutRecord): Promise<void> => {
  const subject = `payout ${payout.payout}`;
  const expected = await everyPage(async (cursor) =>
    runSync(payoutSources(payout, cursor, limit), booksOf(state)),
  );
  if (sumOf(expected) !== payout.amount) throw new WitnessesDisagree(subject, "law L4 by the protocol");
  const byIndex = await everyPage(async (cursor) => {
    const page = await gateway.read.payoutSources(payout.payout, {
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return page === undefined
      ? { sources: [] }
      : { ...page, sources: page.sources.map(({ source }) => source) };
  });
  if (!isDeepStrictEqual(byIndex, expected)) throw new WitnessesDisagree(subject, "the index");
  const byContract = await lens.payoutSources(lensAt(gateway), payout.payout);
  if (!isDeepStrictEqual(byContract, expected)) throw new WitnessesDisagree(subject, "the contract");
};

/** What pays it now: together what was paid less what came back. */
const compareClaim = async (gateway: Gateway, { claim, payouts }: ClaimRecord): Promise<void> => {
  const subject = `claim ${claim}`;
  const net = payouts.reduce(
    (sum, { amount, recoveries }) => sum + amount - recoveries.reduce((back, each) => back + each.amount, 0n),
    0n,
  );
  const byContract = await lens.claimSources(lensAt(gateway), claim);
  if (sumOf(byContract) !== net) throw new WitnessesDisagree(subject, "law L4 by the contract");
  const byIndex = await everyPage(async (cursor) => {
    const page = await gateway.read.claimSources(claim, {
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return page === undefined
      ? { sources: [] }
      : { ...page, sources: page.sources.map(({ source }) => source) };
  });
  if (!isDeepStrictEqual(byIndex, byContract)) throw new WitnessesDisagree(subject, "the index");
};

/** Answers how many claims were ever paid. Throws {@link WitnessesDisagree}. */
export const verifyPayments = async (gateway: Gateway, state: LedgerState): Promise<number> => {
  for (const payout of state.payouts) await comparePayout(gateway, state, payout);
  const paid = state.claims.filter(({ payouts }) => payouts.length > 0);
  for (const claim of paid) await compareClaim(gateway, claim);
  return paid.length;
};
