/** Money of programmes: allocated premiums, expenses, and the surplus of an ended programme. */
import { position, type Fen, type Position } from "../../protocol/amounts.ts";
import {
  DeskRefusal,
  type AllocateRequest,
  type Asking,
  type ExpenseRequest,
  type MoveSurplusRequest,
} from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";
import { knownFund, knownProgramme, requireAmount } from "./known.ts";

/** Takes the next `amount` of a line with an accepted operation; those behind it start where it ends. */
const takeNext = (
  counter: Counter,
  line: string,
  startsAt: Position,
  amount: Fen,
  operation: string,
): void => {
  const end = position(startsAt + amount);
  counter.positions.advance(line, { start: startsAt, end }, counter.settled(operation));
};

export const allocatePremium = (
  counter: Counter,
  request: AllocateRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { fund, programme, amount } = request;
    requireAmount("amount", amount);
    const { currency } = await knownProgramme(counter, programme);
    const from = await knownFund(counter, fund);
    if (from.currency !== currency) {
      throw new DeskRefusal("fund", `expected a fund in ${currency}, it is in ${from.currency}`);
    }
    let accepted = (_id: string): void => {};
    const content = { fund, programme, amount: amount.toString() };
    const id = await counter.take("allocatePremium", content, asking, async (operation) => {
      const line = `allocated/${fund}`;
      const startsAt = await unallocatedStart(counter, request, line);
      accepted = (id) => takeNext(counter, line, startsAt, amount, id);
      return {
        actor: "treasurer",
        verb: { verb: "allocatePremium", operation, fund, programme, startsAt, amount },
      };
    });
    accepted(id);
    return id;
  });

/** Where the fund's next allocation starts. Throws {@link DeskRefusal} where the fund has too little behind it. */
const unallocatedStart = async (
  counter: Counter,
  { fund, amount }: AllocateRequest,
  line: string,
): Promise<Position> => {
  const recorded = async () => (await knownFund(counter, fund)).partition;
  const startsAt = await counter.positions.end(line, async () => {
    const { total, unallocated } = await recorded();
    return position(total - unallocated);
  });
  // Donations still on their way may lift the end; the ledger decides, this only answers sooner.
  const donated = await counter.positions.end(`fund/${fund}`, async () => position((await recorded()).total));
  if (startsAt + amount > donated) {
    throw new DeskRefusal(
      "amount",
      `the fund has ${donated - startsAt} fen unallocated, asked for ${amount}`,
    );
  }
  return startsAt;
};

export const recordExpense = (counter: Counter, request: ExpenseRequest, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    const { programme, kind, amount, voucher } = request;
    requireAmount("amount", amount);
    await knownProgramme(counter, programme);
    let accepted = (_id: string): void => {};
    const content = { expense: kind, programme, amount: amount.toString(), voucher };
    const id = await counter.take("recordExpense", content, asking, async (operation) => {
      const line = `expenses/${programme}`;
      const startsAt = await counter.positions.end(line, () => counter.parts.expensesEnd(programme));
      const evidence = await counter.commitTo(operation, "voucher", { kind: "voucher", number: voucher });
      accepted = (id) => takeNext(counter, line, startsAt, amount, id);
      return {
        actor: "treasurer",
        verb: { verb: "recordExpense", operation, programme, kind, startsAt, amount, evidence },
      };
    });
    accepted(id);
    return id;
  });

/** All that an ended programme has left goes to another one. When it has ended, only the ledger knows for certain. */
export const moveSurplus = (counter: Counter, request: MoveSurplusRequest, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    const { from, to } = request;
    if (from === to) throw new DeskRefusal("to", "expected another programme than from");
    const source = await knownProgramme(counter, from, "from");
    const destination = await knownProgramme(counter, to, "to");
    if (source.currency !== destination.currency) {
      throw new DeskRefusal(
        "to",
        `expected a programme in ${source.currency}, it is in ${destination.currency}`,
      );
    }
    return counter.take("moveSurplus", { from, to }, asking, async (operation) => {
      if (!source.inRunOff) throw new DeskRefusal("from", "its last policy period is not over");
      return { actor: "treasurer", verb: { verb: "moveSurplus", operation, from, to } };
    });
  });
