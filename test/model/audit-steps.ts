/** What auditors, providers and corrections may say next. */
import { dayOf } from "../../protocol/calendar.ts";
import { recordKinds } from "../../protocol/ledger/events.ts";
import type { RecordKind } from "../../protocol/ledger/events.ts";
import type { PerFenModel } from "./per-fen.ts";
import { historyActors, historyChannels } from "./verbs.ts";
import type { Happening, Writer } from "./writer.ts";

/** The whole ledger, a programme, or a period of one. */
const subject = (writer: Writer): { readonly programme: number; readonly period: number } => {
  const { random } = writer;
  if (random.chance(3)) return { programme: 0, period: 0 };
  const { verb, periods } = writer.programme();
  const period = writer.some(random.chance(2) ? periods : [])?.verb.period ?? 0;
  return { programme: verb.programme, period };
};

const attest: Happening = (writer) => {
  writer.write({ verb: "attest", ...subject(writer) });
  return true;
};

const find: Happening = (writer) => {
  const { random, model } = writer;
  const findings = model.findings.map((state, index) => ({ finding: index + 1, state }));
  const open = writer.some(findings.filter(({ state }) => state !== "closed"));
  if (open === undefined || random.chance(3)) {
    writer.write({ verb: "openFinding", ...subject(writer) });
  } else if (open.state === "open" && random.chance(2)) {
    writer.write({ verb: "answerFinding", finding: open.finding });
  } else {
    writer.write({ verb: "closeFinding", finding: open.finding });
  }
  return true;
};

/** Of the total that was recorded, or of another. */
const confirm: Happening = (writer) => {
  const { random, model } = writer;
  const batch = writer.some(model.batches);
  const { channel, day } = batch ?? { channel: random.pick(historyChannels), day: dayOf(writer.next) };
  const recorded = model.batches.filter((other) => other.channel === channel && other.day === day);
  const leaves = recorded.flatMap((other) => other.leaves);
  const sum = leaves.reduce((total, { amount }) => total + amount, random.chance(3) ? 1n : 0n);
  writer.write({ verb: "confirm", channel, day, currency: "CNY", count: leaves.length, sum });
  return true;
};

const countOf = (model: PerFenModel, kind: RecordKind): number => {
  const counts: Readonly<Record<RecordKind, number>> = {
    actor: historyActors.length,
    fund: model.funds.length,
    programme: model.programmes.length,
    batch: model.batches.length,
    allocation: model.allocations,
    expense: model.expenses,
    claim: model.claims.length,
    payout: model.payouts.length,
    roster: model.rosters.length,
    recovery: model.recoveries.length,
    move: model.moves.length,
    refund: model.refunds.length,
    attestation: model.attestations,
    finding: model.findings.length,
    confirmation: model.confirmations,
    correction: model.corrections,
  };
  return counts[kind];
};

const correct: Happening = (writer) => {
  const { random, model } = writer;
  const kind = random.pick(recordKinds);
  const count = countOf(model, kind);
  if (count === 0) return false;
  writer.write({ verb: "correct", kind, record: random.between(1, count) });
  return true;
};

const noteHead: Happening = (writer) => {
  writer.write({ verb: "noteHead", by: writer.random.pick(historyActors) });
  return true;
};

export const audit: Happening = (writer) =>
  writer.random.pick([attest, find, find, confirm, correct, noteHead])(writer);
