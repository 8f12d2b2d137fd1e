/** What may happen to periods next: declared, insured, enrolled, closed; and time that passes. */
import type { ModelPeriod, ModelProgramme } from "./books.ts";
import { duePeriods, inRunOff, periodAt } from "./periods.ts";
import type { Random } from "./random.ts";
import type { RosterLine } from "./verbs.ts";
import { day, historyStart, hour } from "./writer.ts";
import type { Happening, PeriodStyle, Writer } from "./writer.ts";

const mostDeclaredAhead = 4;

const lengthOf = (random: Random, style: PeriodStyle): number => {
  switch (style) {
    case "short":
      return random.between(1, 3) * day;
    case "long":
      return random.between(8, 40) * day;
    case "daily":
      return random.chance(3) ? day / 2 : day;
    case "flurry":
      return random.between(10, 60) * 60;
  }
};

const declareOne = (writer: Writer, programme: ModelProgramme, style: PeriodStyle): void => {
  const { random, next } = writer;
  const last = programme.periods.at(-1)?.verb;
  const start = last?.end ?? historyStart + random.between(0, 2) * day;
  const end = Math.max(start, next) + lengthOf(random, style);
  const grace = style === "flurry" ? random.between(0, 2) * hour : random.between(0, 3) * day;
  writer.write({
    verb: "declarePeriod",
    programme: programme.verb.programme,
    period: programme.periods.length + 1,
    start,
    end,
    filingDeadline: Math.max(end + grace, last?.filingDeadline ?? 0),
    cover: random.chance(3) ? 0n : BigInt(random.between(10, 90)),
    toTheMinute: style === "daily" || style === "flurry",
  });
};

/** A flurry is many short periods at once, so that more become due than a verb may close. */
export const declareFor = (writer: Writer, programme: ModelProgramme): boolean => {
  writer.ready(programme);
  const style = writer.styles[programme.verb.programme - 1] ?? "short";
  const ahead = programme.periods.length - periodAt(programme, writer.next);
  if (ahead >= mostDeclaredAhead) return false;
  const count = style === "flurry" ? writer.random.between(9, 12) : 1;
  for (let number = 0; number < count; number += 1) declareOne(writer, programme, style);
  return true;
};

/** Seldom for a programme that is over: its run-off becomes a period again. */
export const declare: Happening = (writer) => {
  const programme = writer.programme();
  if (inRunOff(programme, writer.next) && !writer.random.chance(4)) return false;
  return declareFor(writer, programme);
};

const isInsurance = ({ verb }: ModelProgramme): boolean => verb.kind === "insurance";

const minuteOf = (moment: number): number => moment - (moment % 60);

const lineFor = (writer: Writer, { verb }: ModelPeriod, known: readonly `0x${string}`[]): RosterLine => {
  const { random, next } = writer;
  const isKnown = known.length > 0 && !random.chance(3);
  const person = isKnown ? random.pick(known) : random.hex32();
  if (!verb.toTheMinute && random.chance(2))
    return { person, from: minuteOf(verb.start), to: minuteOf(verb.end + 59) };
  const earliest = Math.max(verb.start, random.chance(2) ? next : 0);
  const minute = minuteOf(random.between(Math.min(earliest, verb.end - 60), verb.end - 60));
  // A day policy of 24 hours may cross midnight and the period's end.
  return { person, from: minute, to: minute + (verb.toTheMinute ? day : random.between(1, 3) * day) };
};

export const enrolIn = (writer: Writer, programme: ModelProgramme, period: ModelPeriod): void => {
  const { random, model } = writer;
  const known = model.rosters
    .filter((roster) => roster.programme === programme.verb.programme)
    .filter((roster) => roster.policyPeriod === period.verb.period)
    .flatMap((roster) => roster.lines.map(({ person }) => person));
  const lines: RosterLine[] = [];
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const line = lineFor(writer, period, [...known, ...lines.map(({ person }) => person)]);
    const isListed = lines.some(
      ({ person, from, to }) => person === line.person && from === line.from && to === line.to,
    );
    if (!isListed) lines.push(line);
  }
  writer.write({
    verb: "appendRoster",
    roster: model.rosters.length + 1,
    programme: programme.verb.programme,
    policyPeriod: period.verb.period,
    lines,
    premiumPerHead: writer.amount(),
    denominator: random.chance(2) ? 0 : random.between(4, 100),
  });
};

export const enrol: Happening = (writer) => {
  const { model, next } = writer;
  const programme = writer.some(model.programmes.filter(isInsurance));
  const open = programme?.periods.filter(({ verb }) => verb.end > next) ?? [];
  const period = writer.random.chance(3) ? writer.some(open) : open[0];
  if (programme === undefined || period === undefined) return false;
  enrolIn(writer, programme, period);
  return true;
};

/** 1 to 5 shares that are a whole, seldom even. */
const sharesOf = (random: Random): readonly number[] => {
  const shares: number[] = [];
  let left = 10_000;
  for (let count = random.between(1, 5); count > 1; count -= 1) {
    const share = random.chance(4) ? 1 : random.between(1, left - count);
    shares.push(share);
    left -= share;
  }
  return [...shares, left];
};

export const declareInsurers: Happening = (writer) => {
  const programme = writer.programme();
  const open = programme.periods.filter(({ insurers, paid }) => insurers === undefined && paid === 0);
  const period = writer.some(open);
  if (period === undefined) return false;
  const sharesBps = sharesOf(writer.random);
  const { programme: id } = programme.verb;
  writer.write({ verb: "declareInsurers", programme: id, policyPeriod: period.verb.period, sharesBps });
  return true;
};

export const closePeriod: Happening = (writer) => {
  const { random, model } = writer;
  const due = writer.some(model.programmes.filter((programme) => duePeriods(programme, writer.next) > 0));
  if (due === undefined) return false;
  writer.write({ verb: "closePeriod", programme: due.verb.programme, max: random.between(1, 3) });
  return true;
};

export const pass: Happening = (writer) => {
  const { random } = writer;
  writer.wait(random.chance(3) ? random.between(1, 2) * day : random.between(1, 6) * hour);
  return true;
};
