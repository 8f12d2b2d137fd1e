/** The books of the protocol, rebuilt from a history's events, against the per-fen model (laws L4, L7 and L8). */
import { position } from "../../protocol/amounts.ts";
import { leafStarts } from "../../protocol/donations/leaves.ts";
import { fundId, programmeId } from "../../protocol/ids.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { donationsOfSource } from "../../protocol/trace/donors.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import type { Books } from "../../protocol/trace/requests.ts";
import { runSync } from "../../protocol/trace/run.ts";
import type { Source } from "../../protocol/trace/types.ts";
import { allSlices, allSources } from "../protocol/pages.ts";
import { expectAgreement, expectSameFacts } from "./agreement.ts";
import { modelFacts } from "./model-facts.ts";
import type { PerFenModel } from "./per-fen.ts";
import { runsOf } from "./places.ts";
import { donationQuestions, payoutQuestions } from "./questions.ts";
import { sourcesOf } from "./sources.ts";
import { stateFacts } from "./state-facts.ts";

const between = (start: number, end: number) => ({ start: position(start), end: position(end) });

const compareDonations = (books: Books, model: PerFenModel, name: string): number => {
  let number = 0;
  for (const { about, fund, start, end, runs, partition } of donationQuestions(model)) {
    number += 1;
    const interval = between(start, end);
    // Pages of every length must tell the same.
    const slices = allSlices(books, fundId(fund), interval, number % 4 === 0 ? 50 : number % 4);
    expectAgreement(`${name}, ${about}`, runs, runsOf(slices));
    expectAgreement(
      `${name}, parts of ${about}`,
      partition,
      runSync(partitionOf(fundId(fund), interval), books),
    );
  }
  return number;
};

/** What each donation of its batch gave to a source, by the protocol. */
const donorsOf = (state: LedgerState, source: Source): readonly (readonly [string, number])[] => {
  const [batch, fund] = [state.batches[source.batch - 1], state.funds[source.fund - 1]];
  if (batch === undefined || fund === undefined) throw new RangeError("a source without a batch");
  return donationsOfSource(source, batch.startsAt, leafStarts(batch.leaves), fund.claimsShareBps).map(
    ({ index, amount }) => [`${batch.batch}/${index}`, Number(amount)] as const,
  );
};

const added = (gifts: readonly (readonly [string, number])[]): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const [donation, amount] of gifts) sums[donation] = (sums[donation] ?? 0) + amount;
  return sums;
};

const comparePayouts = (state: LedgerState, books: Books, model: PerFenModel, name: string): number => {
  let number = 0;
  for (const { about, programme, start, end, recovered, gross, net } of payoutQuestions(model)) {
    number += 1;
    const from = (first: number): readonly Source[] =>
      allSources(books, programmeId(programme), between(first, end), 1 + (number % 5));
    const [all, kept] = [from(start), start + recovered < end ? from(start + recovered) : []];
    expectAgreement(`${name}, gross sources of ${about}`, gross, sourcesOf(model, all));
    expectAgreement(`${name}, net sources of ${about}`, net, sourcesOf(model, kept));
    const donors = gross.flatMap(({ batch, donors: given }) =>
      given.map(({ index, amount }) => [`${batch}/${index}`, amount] as const),
    );
    expectAgreement(
      `${name}, donors of ${about}`,
      added(donors),
      added(all.flatMap((one) => donorsOf(state, one))),
    );
  }
  return number;
};

export interface Compared {
  readonly donations: number;
  readonly payouts: number;
}

/** Throws Disagreement where the two differ in anything, as if every period that has ended by `now` were closed. */
export const compareBooks = (
  state: LedgerState,
  model: PerFenModel,
  now: UnixSeconds,
  name: string,
): Compared => {
  expectSameFacts(name, modelFacts(model, now), stateFacts(state, now));
  const books = booksOf(state);
  return {
    donations: compareDonations(books, model, name),
    payouts: comparePayouts(state, books, model, name),
  };
};
