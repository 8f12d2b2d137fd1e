/** The books of the protocol, rebuilt from a history's events, against the per-fen model (laws L4, L7 and L8). */
import { leafStarts } from "../../protocol/donations/leaves.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { donationsOfSource } from "../../protocol/trace/donors.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import type { AsyncBooks, Books } from "../../protocol/trace/requests.ts";
import { runAsync, runSync } from "../../protocol/trace/run.ts";
import type { Source } from "../../protocol/trace/types.ts";
import { expectAgreement, expectSameFacts } from "./agreement.ts";
import { modelFacts } from "./model-facts.ts";
import { grossSources, netSources, readAll, readAllLater, slicesOf } from "./pages.ts";
import type { PerFenModel } from "./per-fen.ts";
import * as Questions from "./questions.ts";
import type { PayoutQuestion } from "./questions.ts";
import { stateFacts } from "./state-facts.ts";

/** Pages of every length must tell the same. */
const pageOf = (number: number): number => (number % 4 === 0 ? 50 : number % 4);

const compareDonations = (state: LedgerState, books: Books, model: PerFenModel, name: string): void => {
  let number = 0;
  for (const question of Questions.donationQuestions(model, name)) {
    number += 1;
    const { fund, interval, batch, index } = question;
    Questions.checkSlices(question, readAll(slicesOf(fund, interval, pageOf(number)), books));
    Questions.checkPartition(question, runSync(partitionOf(fund, interval), books));
    const refunds = state.refunds.filter((one) => one.batch === batch && one.index === index);
    const repaid = refunds.reduce<bigint>((sum, { amount }) => sum + amount, 0n);
    const own = interval.end - interval.start - repaid;
    expectAgreement(`${question.about}, still the donor's`, BigInt(question.ownFen), own);
  }
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

const checkDonors = (state: LedgerState, question: PayoutQuestion, sources: readonly Source[]): void => {
  const given = question.gross.flatMap(({ batch, donors }) =>
    donors.map(({ index, amount }) => [`${batch}/${index}`, amount] as const),
  );
  const told = sources.flatMap((source) => donorsOf(state, source));
  expectAgreement(`${question.about}, donors`, added(given), added(told));
};

const comparePayouts = (state: LedgerState, books: Books, model: PerFenModel, name: string): void => {
  let number = 0;
  for (const question of Questions.payoutQuestions(model, name)) {
    number += 1;
    const { payout, isLast } = question;
    const gross = readAll(grossSources(payout, pageOf(number)), books);
    Questions.checkGross(model, question, gross);
    checkDonors(state, question, gross);
    const net = isLast ? readAll(netSources(payout, pageOf(number + 1)), books) : [];
    Questions.checkNet(model, question, net);
  }
};

/** Throws Disagreement where the two differ in anything, as if every period that has ended by `now` were closed. */
export const compareBooks = (
  state: LedgerState,
  model: PerFenModel,
  now: UnixSeconds,
  name: string,
): void => {
  expectSameFacts(name, modelFacts(model, now), stateFacts(state, now));
  const books = booksOf(state);
  compareDonations(state, books, model, name);
  comparePayouts(state, books, model, name);
};

/** The traces over books that take time to answer, such as an index. Throws Disagreement. */
export const compareTraces = async (books: AsyncBooks, model: PerFenModel, name: string): Promise<void> => {
  let number = 0;
  for (const question of Questions.donationQuestions(model, name)) {
    number += 1;
    const { fund, interval } = question;
    Questions.checkSlices(question, await readAllLater(slicesOf(fund, interval, pageOf(number)), books));
    Questions.checkPartition(question, await runAsync(partitionOf(fund, interval), books));
  }
  for (const question of Questions.payoutQuestions(model, name)) {
    number += 1;
    const { payout, isLast } = question;
    Questions.checkGross(model, question, await readAllLater(grossSources(payout, pageOf(number)), books));
    const net = isLast ? await readAllLater(netSources(payout, pageOf(number + 1)), books) : [];
    Questions.checkNet(model, question, net);
  }
};
