/** Random histories: every verb is one that the rules allow at its time, so a refusal anywhere is a defect. */
import { dayOf, dayStart } from "../../protocol/calendar.ts";
import { benefitKinds, expenseKinds } from "../../protocol/ledger/events.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { PerFenModel } from "./per-fen.ts";
import type { ModelProgramme } from "./per-fen.ts";
import { Random } from "./random.ts";
import { historyChannels } from "./verbs.ts";
import type { History, LedgerVerb, Verb } from "./verbs.ts";

const hour = 3600;
const day = 24 * hour;
const shares = [9000, 0, 10_000, 3333];
const maxDeclaredAhead = 4;
const maxLargeAmount = 60;

/** In the future of every chain that a history is applied to. */
export const historyStart: UnixSeconds = dayStart(20_400_101);

class Writer {
  readonly verbs: Verb[] = [];
  readonly random: Random;
  readonly model = new PerFenModel(historyStart);
  #now = historyStart;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** The block time of the next verb. */
  get next(): UnixSeconds {
    return this.#now + 1;
  }

  write(verb: LedgerVerb): void {
    this.#now += 1;
    this.model.apply(this.#now, verb);
    this.verbs.push(verb);
  }

  wait(seconds: number): void {
    this.#now += seconds;
    this.verbs.push({ verb: "wait", seconds });
  }

  amount(max = maxLargeAmount): bigint {
    return BigInt(this.random.chance(4) ? 1 : this.random.between(1, Math.max(1, max)));
  }
}

const open = (writer: Writer): void => {
  const { random } = writer;
  const programmes = random.between(2, 3);
  for (let programme = 1; programme <= programmes; programme += 1) {
    const kind = random.chance(4) ? "aid" : "insurance";
    writer.write({ verb: "openProgramme", programme, kind, currency: "CNY", region: 130_000 + programme });
  }
  const funds = random.between(1, shares.length);
  for (let fund = 1; fund <= funds; fund += 1) {
    const claimsShareBps = shares[(fund + random.between(0, 3)) % shares.length] ?? 9000;
    const isRestricted = fund === 2 && random.chance(2);
    const restriction = isRestricted
      ? { restrictedTo: 1, fallbackTo: 2 }
      : { restrictedTo: 0, fallbackTo: 0 };
    writer.write({ verb: "openFund", fund, currency: "CNY", claimsShareBps, ...restriction });
  }
};

const declare = (writer: Writer, programme: ModelProgramme): void => {
  const { random, model, next } = writer;
  const current = model.periodAt(programme, next);
  if (programme.periods.length - current >= maxDeclaredAhead) return;
  const previousEnd = programme.periods.at(-1)?.end;
  const start = previousEnd ?? historyStart + random.between(0, 2) * day;
  const end = Math.max(start, next) + random.between(1, 4) * day;
  writer.write({
    verb: "declarePeriod",
    programme: programme.verb.programme,
    period: programme.periods.length + 1,
    start,
    end,
    filingDeadline: end + random.between(0, 3) * day,
    cover: 0n,
  });
};

const recordBatch = (writer: Writer): void => {
  const { random, model } = writer;
  const leaves = Array.from({ length: random.between(1, 6) }, () => ({
    amount: writer.amount(),
    commitment: random.hex32(),
  })).toSorted((one, other) => (one.commitment < other.commitment ? -1 : 1));
  writer.write({
    verb: "recordBatch",
    batch: model.batches.length + 1,
    fund: random.between(1, model.funds.length),
    channel: random.pick(historyChannels),
    day: dayOf(writer.next),
    leaves,
  });
};

const allocate = (writer: Writer, programme: ModelProgramme): void => {
  const { random, model, next } = writer;
  const fund = random.pick(model.funds);
  const left = fund.cells.length - fund.allocated;
  const { restrictedTo } = fund.verb;
  const target = restrictedTo === 0 ? programme : model.programme(restrictedTo);
  if (left === 0 || model.inRunOff(target, next)) return;
  const amount = random.chance(3) ? BigInt(left) : writer.amount(left);
  writer.write({ verb: "allocate", fund: fund.verb.fund, programme: target.verb.programme, amount });
};

const file = (writer: Writer, programme: ModelProgramme): void => {
  const { random, model, next } = writer;
  const open = programme.periods.filter((period) => period.filingDeadline >= next && period.start <= next);
  if (open.length === 0) return;
  const period = random.pick(open);
  const moment = random.between(period.start, Math.min(period.end - 1, next));
  const toTheMinute = random.chance(3);
  // A day or minute may begin before its period does: it is enough that the two meet.
  const incidentFrom = toTheMinute ? moment - (moment % 60) : dayStart(dayOf(moment));
  writer.write({
    verb: "file",
    claim: model.claims.length + 1,
    programme: programme.verb.programme,
    policyPeriod: period.period,
    person: random.hex32(),
    incidentFrom,
    toTheMinute,
    requested: writer.amount(),
    benefit: random.pick(benefitKinds),
  });
};

const approve = (writer: Writer): void => {
  const { random, model } = writer;
  const filed = model.claims.filter((claim) => claim.approval === undefined);
  if (filed.length === 0) return;
  const { claim, requested } = random.pick(filed).verb;
  const amount = random.chance(2) ? requested : BigInt(random.between(1, Number(requested)));
  writer.write({ verb: "approve", claim, amount, remaining: requested - amount });
};

const pay = (writer: Writer, programme: ModelProgramme): void => {
  const head = programme.queue[0];
  if (head === undefined) return;
  const available = programme.reserve.length - programme.reserveSpent;
  if ((writer.model.claim(head).approval?.amount ?? 0n) > BigInt(available)) return;
  writer.write({ verb: "pay", claim: head });
};

const closePeriod = (writer: Writer, programme: ModelProgramme): void => {
  if (programme.closed + 1 >= writer.model.periodAt(programme, writer.next)) return;
  writer.write({
    verb: "closePeriod",
    programme: programme.verb.programme,
    max: writer.random.between(1, 3),
  });
};

const step = (writer: Writer): void => {
  const { random, model } = writer;
  const programme = random.pick(model.programmes);
  const die = random.between(1, 20);
  if (die <= 4) recordBatch(writer);
  else if (die <= 7) allocate(writer, programme);
  else if (die <= 10) file(writer, programme);
  else if (die <= 12) approve(writer);
  else if (die <= 15) pay(writer, programme);
  else if (die === 16) {
    const kind = random.pick(expenseKinds);
    writer.write({ verb: "expense", programme: programme.verb.programme, amount: writer.amount(20), kind });
  } else if (die === 17) declare(writer, programme);
  else if (die === 18) closePeriod(writer, programme);
  else writer.wait(random.chance(3) ? random.between(1, 2) * day : random.between(1, 6) * hour);
};

/** A history of about `length` verbs after the opening; the same seed gives the same one. */
export const randomHistory = (
  seed: number,
  length: number,
): { readonly history: History; readonly model: PerFenModel; readonly endsAt: UnixSeconds } => {
  const writer = new Writer(seed);
  open(writer);
  for (const programme of writer.model.programmes) if (!writer.random.chance(4)) declare(writer, programme);
  for (let count = 0; count < length; count += 1) step(writer);
  const history = { startsAt: historyStart, verbs: writer.verbs };
  return { history, model: writer.model, endsAt: writer.next };
};
