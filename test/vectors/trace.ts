/**
 * Writes trace.json, the published traces: run it with `node test/vectors/trace.ts`. Ledgers as lists of events, the
 * worked example and random histories, and of every donation where its fen are, of every payout what it was paid from. The
 * slow per-fen model, which traces nothing, said the same of each when the file was written.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { Json } from "../../protocol/json.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { keccakHex, utf8 } from "../../protocol/bytes.ts";
import { day, historyStart } from "../model/writer.ts";
import { randomHistory, type WrittenHistory } from "../model/history.ts";
import { grossSources, netSources, readAll, slicesOf } from "../model/pages.ts";
import { PerFenModel } from "../model/per-fen.ts";
import * as Questions from "../model/questions.ts";
import { lengthOf } from "../model/run.ts";
import { timedVerbs, type Verb } from "../model/verbs.ts";
import { donationsOf, payoutsOf, told, type BrokenLedger, type TracedLedger } from "./trace-run.ts";

/** Together they have money that came back, went on, was repaid and was paid again; see the test. */
const seeds = [1, 3, 5, 12, 17, 33];

const person = keccakHex(utf8("an invented person"));
const gift = (name: string, amount: bigint) => ({
  amount,
  commitment: keccakHex(utf8(`the gift of ${name}`)),
});

/** The worked example of the documentation: A, B and C give, two claims are paid, the second once D gives too. */
const workedExample = (): WrittenHistory => {
  const year = { first: historyStart + day, second: historyStart + 11 * day, end: historyStart + 21 * day };
  const batchOf = (batch: number, name: string, amount: bigint): Verb => ({
    verb: "recordBatch",
    batch,
    fund: 1,
    channel: "alipay",
    day: 20_400_102,
    leaves: [gift(name, amount)],
  });
  const programmes: readonly Verb[] = [1, 2].flatMap((programme): readonly Verb[] => [
    { verb: "openProgramme", programme, kind: "insurance", currency: "CNY", region: 130_723 },
    ...[year.first, year.second].map((start, index): Verb => {
      const end = index === 0 ? year.second : year.end;
      const rules = { start, end, filingDeadline: year.end + day, cover: 1_000_000n, toTheMinute: false };
      return { verb: "declarePeriod", programme, period: index + 1, ...rules };
    }),
  ]);
  const enrolled: readonly Verb[] = [1, 2].map((policyPeriod) => ({
    verb: "appendRoster",
    roster: policyPeriod,
    programme: 1,
    policyPeriod,
    lines: [{ person, from: year.first, to: year.end }],
    premiumPerHead: 100n,
    denominator: 0,
  }));
  const filed = (claim: number, incidentFrom: number, requested: bigint): readonly Verb[] => [
    { verb: "file", claim, roster: claim, line: 0, incidentFrom, requested, benefit: "cash" },
    { verb: "approve", claim, amount: requested, remaining: 0n },
  ];
  const fund = { verb: "openFund", fund: 1, currency: "CNY", claimsShareBps: 9000 } as const;
  const verbs: readonly Verb[] = [
    ...programmes,
    { ...fund, restrictedTo: 0, fallbackTo: 0 },
    ...enrolled,
    batchOf(1, "A", 1n),
    batchOf(2, "B", 999n),
    batchOf(3, "C", 10_000n),
    { verb: "allocate", fund: 1, programme: 1, amount: 5500n },
    { verb: "allocate", fund: 1, programme: 2, amount: 5500n },
    { verb: "wait", seconds: 3 * day },
    ...filed(1, year.first + day, 4000n),
    { verb: "pay", claim: 1 },
    { verb: "wait", seconds: 10 * day },
    ...filed(2, year.second + day, 1200n),
    batchOf(4, "D", 278n),
    { verb: "allocate", fund: 1, programme: 1, amount: 278n },
    { verb: "pay", claim: 2 },
  ];
  const history = { startsAt: historyStart, verbs };
  const model = new PerFenModel(historyStart);
  const timed = timedVerbs(history);
  for (const { at, verb } of timed) model.apply(at, verb);
  return { history, model, endsAt: (timed.at(-1)?.at ?? historyStart) + 1 };
};

/** Throws Disagreement where the model does not say the same. */
const checkWithModel = (name: string, { model }: WrittenHistory): void => {
  const books = booksOf(model.events.reduce(applyEvent, emptyState()));
  for (const question of Questions.donationQuestions(model, name)) {
    const { fund, interval } = question;
    Questions.checkSlices(question, readAll(slicesOf(fund, interval, 50), books));
    Questions.checkPartition(question, runSync(partitionOf(fund, interval), books));
  }
  for (const question of Questions.payoutQuestions(model, name)) {
    Questions.checkGross(model, question, readAll(grossSources(question.payout, 50), books));
    if (question.isLast) Questions.checkNet(model, question, readAll(netSources(question.payout, 50), books));
  }
};

const ledgerOf = (name: string, written: WrittenHistory): TracedLedger => {
  checkWithModel(name, written);
  const { history, model, endsAt } = written;
  const state = model.events.reduce(applyEvent, emptyState());
  return {
    name,
    startsAt: history.startsAt,
    endsAt,
    verbs: history.verbs.map(membersOf),
    events: model.events.map(({ place, event }) => ({ place: membersOf(place), event: membersOf(event) })),
    donations: donationsOf(state, 50).map(membersOf),
    payouts: payoutsOf(state, 50).map(membersOf),
  };
};

const membersOf = (value: object | Json): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(Object(told(value))).map(([name, member]) => [name, told(member)]));

/** Which members are amounts, each behind the type of its event or the name of its verb. */
const amountNames = (histories: readonly WrittenHistory[]): readonly string[] => {
  const amounts = new Set<string>();
  const walk = (value: unknown, kind: string, name: string): void => {
    if (typeof value === "bigint") amounts.add(`${kind}.${name}`);
    else if (Array.isArray(value)) for (const each of value) walk(each, kind, "");
    else if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) {
      for (const [inner, member] of Object.entries(value)) walk(member, kind, inner);
    }
  };
  for (const { model, history } of histories) {
    for (const { event } of model.events) walk(event, event.type, "");
    for (const verb of history.verbs) walk(verb, verb.verb, "");
  }
  return [...amounts].toSorted();
};

/** The first event of a type in the worked example. */
const brokenOf = (of: TracedLedger): readonly BrokenLedger[] => {
  const at = (type: string, nth = 0): number => {
    const places = of.events.flatMap(({ event }, index) => (event["type"] === type ? [index] : []));
    const found = places[nth];
    if (found === undefined) throw new RangeError(`no ${type}`);
    return found;
  };
  const changed = (name: string, event: number, change: Readonly<Record<string, Json>>): BrokenLedger => ({
    name,
    of: of.name,
    event,
    change,
    refusedAt: event,
  });
  return [
    changed("a batch of a fen more than its leaves", at("BatchRecorded", 2), { sum: "10001" }),
    changed("a batch that leaves a gap on the fund line", at("BatchRecorded", 1), { startsAt: "2" }),
    changed("a batch over the one before it", at("BatchRecorded", 2), { startsAt: "999" }),
    changed("an allocation that begins a fen late", at("PremiumAllocated", 1), { fundStart: "5501" }),
    changed("an allocation of more than was donated", at("PremiumAllocated", 1), { amount: "5501" }),
    changed("a fen less to claims than promised", at("PremiumAllocated"), { claimsAmount: "4949" }),
    changed("a payout that begins a fen early", at("ClaimPaid", 1), { reserveStart: "3999" }),
    changed("a payout of another claim's money", at("ClaimPaid", 1), { reserveStart: "0" }),
    changed("a payout of a claim that was not approved", at("ClaimPaid"), { claim: 2 }),
    changed("a closed period that carries a fen more forward", at("PeriodClosed"), {
      record: { ...Object(of.events[at("PeriodClosed")]?.event["record"]), closing: "951" },
    }),
    {
      name: "a donation left out",
      of: of.name,
      event: at("BatchRecorded", 1),
      change: "leftOut",
      // The next one does not stand where the line ends.
      refusedAt: at("BatchRecorded", 2) - 1,
    },
    {
      name: "a payout told twice",
      of: of.name,
      event: at("ClaimPaid"),
      change: "again",
      refusedAt: at("ClaimPaid") + 1,
    },
    {
      name: "a donation told twice",
      of: of.name,
      event: at("BatchRecorded", 2),
      change: "again",
      refusedAt: at("BatchRecorded", 2) + 1,
    },
  ];
};

/** One record a line, so that a difference is read where it is. */
const lines = (list: readonly Json[]): string =>
  `[\n${list.map((item) => JSON.stringify(item)).join(",\n")}\n]`;

const ledgerText = ({ verbs, events, donations, payouts, ...facts }: TracedLedger): string => {
  const lists = { verbs, events: events.map((each) => ({ ...each })), donations, payouts };
  const members = Object.entries(lists).map(([name, list]) => `"${name}":${lines(list)}`);
  return `${JSON.stringify(facts).slice(0, -1)},\n${members.join(",\n")}}`;
};

/** The text of the vectors file. */
export const traceVectorsText = (): string => {
  const example = workedExample();
  const random = seeds.map((seed) => randomHistory(seed, lengthOf(seed)));
  const worked = ledgerOf("the worked example", example);
  const ledgers = [worked, ...random.map((written, at) => ledgerOf(`history ${seeds[at] ?? 0}`, written))];
  const amounts = JSON.stringify(amountNames([example, ...random]));
  const broken = lines(brokenOf(worked).map((each) => ({ ...each })));
  return `{"version":1,\n"amounts":${amounts},\n"ledgers":[${ledgers.map(ledgerText).join(",\n")}],\n"broken":${broken}}\n`;
};

if (import.meta.main) {
  writeFileSync(fileURLToPath(new URL("trace.json", import.meta.url)), traceVectorsText());
}
