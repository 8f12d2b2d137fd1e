/** The logs held against the ledger's own storage (law L7): what was left out of the logs, or put into them, shows here. */
import type { Check, Checks, Facts } from "../../protocol/audit/check.ts";
import { sampleOf } from "../../protocol/audit/sample.ts";
import * as stored from "../../protocol/audit/stored.ts";
import type { LoggedRecord, StoredBooks } from "../../protocol/audit/stored.ts";
import { recordKinds, type EventPlace, type RecordedEvent } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import type { RebuiltBooks } from "./books.ts";
import { chunksOf } from "./chunks.ts";
import type { History } from "./history.ts";
import type { Step } from "./progress.ts";

export interface StorageOptions {
  /** Records of each kind that are asked for; more than these are sampled. */
  readonly most: number;
  readonly onProgress: Step;
}

/** One question, and what the logs say the answer is. */
interface Question {
  readonly check: "storage.totals" | "storage.records";
  readonly subject: string;
  readonly expected: Facts;
  readonly ask: (books: StoredBooks) => Promise<Facts | undefined>;
  readonly place?: EventPlace;
}

const ofRecord = (
  { kind, id, facts }: LoggedRecord,
  check: Question["check"],
  place?: EventPlace,
): Question => ({
  check,
  subject: `${kind} ${id}`,
  expected: facts,
  ask: (books) => books.record(kind, id),
  ...(place === undefined ? {} : { place }),
});

/** Of the records of one kind those that are asked for. */
const chosen = <Item>(
  items: readonly Item[],
  kind: string,
  history: History,
  most: number,
): readonly Item[] => {
  const picked = new Set(sampleOf(history.block.hash, kind, items.length, most));
  return items.filter((_, index) => picked.has(index));
};

/** What never changes after its event, from the events alone: also where the books could not be rebuilt. */
const loggedQuestions = (
  events: readonly RecordedEvent[],
  history: History,
  most: number,
  skipped: readonly string[],
): readonly Question[] => {
  const byKind = new Map<string, Question[]>();
  for (const { event, place } of events) {
    const record = stored.loggedRecord(event);
    if (record === undefined || skipped.includes(record.kind)) continue;
    const questions = byKind.get(record.kind) ?? [];
    if (questions.length === 0) byKind.set(record.kind, questions);
    questions.push(ofRecord(record, "storage.records", place));
  }
  return [...byKind].flatMap(([kind, questions]) => chosen(questions, kind, history, most));
};

const totalsQuestions = (state: LedgerState): readonly Question[] => [
  ...state.funds.map((fund) =>
    ofRecord({ kind: "fund", id: fund.fund, facts: stored.fundFacts(fund) }, "storage.totals"),
  ),
  ...state.programmes.flatMap((programme) => [
    ofRecord(
      { kind: "programme", id: programme.programme, facts: stored.programmeFacts(programme) },
      "storage.totals",
    ),
    ...programme.periods.map((period): Question => ({
      check: "storage.totals",
      subject: `programme ${programme.programme}, period ${period.period}`,
      expected: stored.periodFacts(programme, period),
      ask: (books) => books.period(programme.programme, period.period),
    })),
  ]),
];

/** Records that go on changing, from the rebuilt books. */
const changingQuestions = (state: LedgerState, history: History, most: number): readonly Question[] => {
  const claims = chosen(state.claims, "claim", history, most).map((claim) =>
    ofRecord(
      { kind: "claim", id: claim.claim, facts: stored.claimFacts(state, claim) },
      "storage.records",
      claim.filedAt,
    ),
  );
  const payouts = chosen(state.payouts, "payout", history, most).map((payout) =>
    ofRecord(
      { kind: "payout", id: payout.payout, facts: stored.payoutFacts(state, payout) },
      "storage.records",
      payout.place,
    ),
  );
  const refunds = chosen(state.refunds, "refund", history, most).map((refund) =>
    ofRecord(
      { kind: "refund", id: refund.refund, facts: { covered: refund.covered !== undefined } },
      "storage.records",
      refund.place,
    ),
  );
  const repaid = chosen(state.refunds, "repaid", history, most).map(({ batch, index, place }): Question => {
    const own = (state.refundsOfBatch.get(batch) ?? []).filter((refund) => refund.index === index);
    return {
      check: "storage.records",
      subject: `batch ${batch}, donation ${index}`,
      expected: { refunded: own.reduce((sum, { amount }) => sum + amount, 0n) },
      ask: async (books) => ({ refunded: await books.refunded(batch, index) }),
      place,
    };
  });
  const findings = chosen(state.findings, "finding", history, most).map((finding) =>
    ofRecord({ kind: "finding", id: finding.finding, facts: { state: finding.state } }, "storage.records"),
  );
  return [...claims, ...payouts, ...refunds, ...repaid, ...findings];
};

/** How many questions are under way at once. */
const atOnce = 100;

const answer = async (checks: Checks, books: StoredBooks, question: Question): Promise<void> => {
  const { subject, expected, ask, place } = question;
  const found = await ask(books);
  const check: Check = checks.of(question.check);
  check.counted();
  if (found !== undefined) check.same(subject, expected, found, place);
  else check.says(subject, "missing", `${subject}: the logs have it, the ledger's storage does not`, place);
};

const checkCounters = async (check: Check, books: StoredBooks, { counts }: RebuiltBooks): Promise<void> => {
  const counters = await books.counters();
  for (const kind of recordKinds) {
    check.counted();
    check.equal(`${kind} records`, "count", counts[kind], counters[kind]);
  }
};

/** Rejects with what the node answers where it does not tell. */
export const auditStorage = async (
  checks: Checks,
  books: StoredBooks,
  history: History,
  rebuilt: RebuiltBooks,
  { most, onProgress }: StorageOptions,
): Promise<void> => {
  await checkCounters(checks.of("storage.counters"), books, rebuilt);
  const { state, complete } = rebuilt;
  // Where the books were rebuilt, claims and payouts are asked for with all that became of them.
  const skipped = complete ? ["claim", "payout"] : [];
  const questions = [
    ...loggedQuestions(history.events, history, most, skipped),
    ...(complete ? [...totalsQuestions(state), ...changingQuestions(state, history, most)] : []),
  ];
  if (!complete) checks.of("storage.totals").unfinished("the books could not be rebuilt to their end");
  let done = 0;
  for (const some of chunksOf(questions, atOnce)) {
    await Promise.all(some.map((question) => answer(checks, books, question)));
    done += some.length;
    onProgress(done, questions.length);
  }
  const left = rebuilt.counts.claim > most || rebuilt.counts.batch > most;
  if (left) {
    const text = `at most ${most.toLocaleString("en-US")} records of each kind were asked for, chosen by the block's hash; --all asks for every one`;
    checks.of("storage.records").note(text);
  }
};
