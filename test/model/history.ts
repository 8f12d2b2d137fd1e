/** Random histories: every verb is one that the rules allow at its time, so a refusal anywhere is a defect. */
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { audit } from "./audit-steps.ts";
import * as Claims from "./claim-steps.ts";
import * as Money from "./money-steps.ts";
import type { PerFenModel } from "./per-fen.ts";
import * as Periods from "./period-steps.ts";
import { inRunOff } from "./periods.ts";
import type { History } from "./verbs.ts";
import { Writer, day, historyStart } from "./writer.ts";
import type { Happening, Pause, PeriodStyle } from "./writer.ts";

export { historyStart } from "./writer.ts";

const shares = [9000, 0, 10_000, 3333];
const mostTries = 20;

const openProgrammes = (writer: Writer): void => {
  const { random } = writer;
  const count = random.between(2, 4);
  for (let programme = 1; programme <= count; programme += 1) {
    const kind = programme > 1 && random.chance(3) ? "aid" : "insurance";
    const styles: readonly PeriodStyle[] = ["short", "short", "long", "long", "long", "daily", "flurry"];
    writer.styles.push(kind === "aid" ? "long" : random.pick(styles));
    writer.write({ verb: "openProgramme", programme, kind, currency: "CNY", region: 130_000 + programme });
  }
};

const openFunds = (writer: Writer): void => {
  const { random, model } = writer;
  const count = random.between(1, shares.length);
  for (let fund = 1; fund <= count; fund += 1) {
    const claimsShareBps = shares[(fund + random.between(0, 3)) % shares.length] ?? 9000;
    const restrictedTo = fund > 1 && random.chance(2) ? random.between(1, model.programmes.length) : 0;
    // Mostly the same fallback, as a programme accepts only one.
    const next = (restrictedTo % model.programmes.length) + 1;
    const another = (next % model.programmes.length) + 1;
    const fallbackTo = random.chance(4) && another !== restrictedTo ? another : next;
    const restriction = { restrictedTo, fallbackTo: restrictedTo === 0 ? 0 : fallbackTo };
    writer.write({ verb: "openFund", fund, currency: "CNY", claimsShareBps, ...restriction });
  }
};

const open = (writer: Writer): void => {
  const { random, model } = writer;
  openProgrammes(writer);
  openFunds(writer);
  for (const programme of model.programmes) {
    if (!random.chance(5)) Periods.declareFor(writer, programme);
    const period = programme.periods[0];
    if (programme.verb.kind === "insurance" && period !== undefined)
      Periods.enrolIn(writer, programme, period);
  }
  for (let count = 0; count < 4; count += 1) {
    Money.recordBatch(writer);
    Money.allocate(writer);
  }
};

/** A programme comes to its end: time passes, its claims are settled, what it has left moves on. */
const windUp: Happening = (writer) => {
  const { model } = writer;
  const programme = writer.some(model.programmes.filter(({ periods }) => periods.length > 0));
  const deadline = programme?.periods.at(-1)?.verb.filingDeadline;
  if (programme === undefined || deadline === undefined) return false;
  if (writer.next <= deadline) writer.wait(deadline - writer.now + 1);
  Claims.settleAll(writer, programme.verb.programme);
  return inRunOff(programme, writer.next) && Money.moveFrom(writer, programme);
};

type Weights = readonly (readonly [happening: Happening, weight: number])[];

const usual: Weights = [
  [Money.recordBatch, 4],
  [Money.allocate, 6],
  [Money.spend, 2],
  [Money.refund, 1],
  [Money.coverRefund, 1],
  [Periods.declare, 1],
  [Periods.declareInsurers, 2],
  [Periods.enrol, 3],
  [Periods.closePeriod, 1],
  [Periods.pass, 3],
  [Claims.settleOne, 14],
  [Claims.file, 10],
  [Claims.grant, 4],
  [Claims.decide, 10],
  [Claims.hold, 2],
  [Claims.release, 1],
  [Claims.cancel, 1],
  [Claims.pay, 16],
  [Claims.recover, 10],
  [Money.move, 2],
  [windUp, 1],
  [audit, 1],
];
/** Each history stresses something: what its weights are more than usual. */
const stresses: readonly Weights[] = [
  [],
  [
    [windUp, 4],
    [Money.move, 6],
    [Claims.recover, 12],
    [Claims.pay, 12],
    [Money.allocate, 4],
  ],
  [
    [Claims.file, 12],
    [Claims.decide, 12],
    [Claims.hold, 6],
    [Claims.release, 5],
    [Claims.cancel, 2],
    [Claims.recover, 6],
    [Claims.pay, 8],
  ],
  [
    [Claims.grant, 12],
    [Claims.decide, 12],
    [Claims.pay, 14],
    [Claims.recover, 10],
  ],
];

const step = (writer: Writer, happenings: readonly Happening[]): void => {
  for (let tries = 0; tries < mostTries; tries += 1) if (writer.random.pick(happenings)(writer)) return;
  Money.recordBatch(writer);
};

export interface WrittenHistory {
  readonly history: History;
  readonly model: PerFenModel;
  readonly endsAt: UnixSeconds;
}

/**
 * A history of about `length` steps after the opening; the same seed gives the same one. `pause` is called at a few
 * moments on the way, of which some are the same for every seed and others are not.
 */
export const randomHistory = (seed: number, length: number, pause?: Pause): WrittenHistory => {
  const writer = new Writer(seed);
  const weights = [...usual, ...(stresses[seed % stresses.length] ?? [])];
  const happenings = weights.flatMap(([happening, weight]) =>
    Array.from({ length: weight }, () => happening),
  );
  const moment = writer.random.between(1, length);
  open(writer);
  for (let count = 1; count <= length; count += 1) {
    step(writer, happenings);
    if (count === moment) pause?.(writer.model, writer.next);
  }
  // Periods may end, and nobody acts any more.
  if (writer.random.chance(3)) writer.wait(writer.random.between(1, 60) * day);
  const history = { startsAt: historyStart, verbs: writer.verbs };
  return { history, model: writer.model, endsAt: writer.next };
};
