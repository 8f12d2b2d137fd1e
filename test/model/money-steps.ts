/** What may happen to money next: gifts, allocations, expenses, moves, refunds. Each keeps to the rules. */
import { dayOf } from "../../protocol/calendar.ts";
import { expenseKinds } from "../../protocol/ledger/events.ts";
import type { ModelFund, ModelProgramme } from "./books.ts";
import { hasEnded, inRunOff } from "./periods.ts";
import { historyChannels } from "./verbs.ts";
import type { Happening, Writer } from "./writer.ts";

export const recordBatch: Happening = (writer) => {
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
  return true;
};

/** One that can take money: as often as not one whose claims wait for it. */
const anyTarget = ({ model, random, next }: Writer): ModelProgramme | undefined => {
  const alive = model.programmes.filter((programme) => !inRunOff(programme, next));
  const waiting = alive.filter(({ verb }) => model.queue(verb.programme).length > 0);
  const targets = waiting.length > 0 && random.chance(2) ? waiting : alive;
  return targets.length === 0 ? undefined : random.pick(targets);
};

/** Where money of a fund may go: for a restricted one its programme, or the fallback once that is in run-off. */
const targetOf = (
  writer: Writer,
  { verb: { restrictedTo, fallbackTo } }: ModelFund,
): ModelProgramme | undefined => {
  const { model, next } = writer;
  if (restrictedTo === 0) return anyTarget(writer);
  const own = model.programme(restrictedTo);
  writer.ready(own, model.programme(fallbackTo));
  if (inRunOff(own, next)) return model.programme(fallbackTo);
  return own.fallbackTo === 0 || own.fallbackTo === fallbackTo ? own : undefined;
};

export const allocate: Happening = (writer) => {
  const { random, model } = writer;
  const fund = writer.some(model.funds.filter(({ fens, allocated }) => fens.length > allocated));
  const programme = fund === undefined ? undefined : targetOf(writer, fund);
  if (fund === undefined || programme === undefined) return false;
  writer.ready(programme);
  if (inRunOff(programme, writer.next)) return false;
  const left = fund.fens.length - fund.allocated;
  const amount = random.chance(3) ? BigInt(left) : writer.amount(left);
  writer.write({ verb: "allocate", fund: fund.verb.fund, programme: programme.verb.programme, amount });
  return true;
};

export const spend: Happening = (writer) => {
  const programme = writer.programme();
  writer.ready(programme);
  const kind = writer.random.pick(expenseKinds);
  writer.write({ verb: "expense", programme: programme.verb.programme, amount: writer.amount(20), kind });
  return true;
};

/** Moves what a programme has left, if it has ended. Mostly to one that goes on. */
export const moveFrom = (writer: Writer, from: ModelProgramme): boolean => {
  const { random, model, next } = writer;
  const others = model.programmes.filter((programme) => programme !== from);
  const alive = others.filter((programme) => !inRunOff(programme, next));
  const to =
    from.fallbackTo === 0 ? writer.some(random.chance(6) ? others : alive) : model.programme(from.fallbackTo);
  if (to === undefined) return false;
  writer.ready(from, to);
  if (!hasEnded(model, from, writer.next) || from.reserve.left + from.operations.left === 0) return false;
  writer.write({ verb: "move", from: from.verb.programme, to: to.verb.programme });
  return true;
};

export const move: Happening = (writer) => {
  const { model, next } = writer;
  const ended = model.programmes.filter(
    (programme) => hasEnded(model, programme, next) && programme.reserve.left + programme.operations.left > 0,
  );
  const from = writer.some(ended);
  return from !== undefined && moveFrom(writer, from);
};

export const refund: Happening = (writer) => {
  const { random, model } = writer;
  const batch = writer.some(model.batches);
  if (batch === undefined) return false;
  const index = random.between(0, batch.leaves.length - 1);
  const own = model
    .fund(batch.fund)
    .fens.filter((fen) => fen.batch === batch.batch && fen.leaf === index && fen.refund === 0);
  if (own.length === 0) return false;
  const amount = random.chance(2) ? own.length : random.between(1, own.length);
  writer.write({ verb: "refund", batch: batch.batch, index, amount: BigInt(amount) });
  return true;
};

export const coverRefund: Happening = (writer) => {
  const { random, model } = writer;
  const owed = writer.some(model.refunds.filter(({ covered }) => covered === undefined));
  if (owed === undefined) return false;
  writer.write({ verb: "coverRefund", refund: owed.refund, channel: random.pick(historyChannels) });
  return true;
};
