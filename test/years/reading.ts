/** Reading a year back: a period's figures in the API and on the page, sums in both languages. */
import { expect } from "chai";
import { fen, formatAmount, type Fen } from "../../protocol/amounts.ts";
import { adjudicate } from "../../protocol/terms/adjudicate.ts";
import type { DemonstrationPlan, WorkedCase } from "../../protocol/terms/examples/demonstration-plan.ts";
import { at, listAt } from "../server/service.ts";
import type { Office } from "./office.ts";
import type { Waterfall } from "./reckoning.ts";

export const yuan = (amountFen: bigint): string => `¥${formatAmount(fen(amountFen))}`;

/** The amount of `{ amount, currency }` at a path. */
export const amountAt = (value: unknown, ...path: readonly (string | number)[]): bigint =>
  BigInt(String(at(value, ...path, "amount")));

const money = (amount: bigint) => ({ amount: amount.toString(), currency: "CNY" });

/** The period of a programme as the API shows it. */
export const periodIn = async (office: Office, programme: string, number: number): Promise<unknown> => {
  const periods = await office.read(`/v1/programmes/${programme}/periods`);
  const period = Array.isArray(periods) ? periods.find((each) => at(each, "period") === number) : undefined;
  if (period === undefined) throw new Error(`no period ${number}`);
  return period;
};

/**
 * The period is rolled; its figures are those of the reckoning, to the fen, and add up by themselves; what it carries
 * forward is the next opening; and the programme's page says the same in both languages.
 */
export const expectReconciled = async (
  office: Office,
  programme: string,
  number: number,
  expected: Waterfall,
): Promise<void> => {
  const period = await periodIn(office, programme, number);
  expect(at(period, "state")).to.equal("closed");
  const record = at(period, "record");
  for (const [name, amount] of Object.entries(expected)) {
    expect(at(record, name), name).to.deep.equal(money(amount));
  }
  const [opening, allocated, movedIn, movedOut, recovered, paid, closing] = [
    "opening",
    "allocated",
    "movedIn",
    "movedOut",
    "recovered",
    "paid",
    "closing",
  ].map((name) => amountAt(record, name));
  const sum =
    (opening ?? 0n) +
    (allocated ?? 0n) +
    (movedIn ?? 0n) -
    (movedOut ?? 0n) +
    (recovered ?? 0n) -
    (paid ?? 0n);
  expect(sum).to.equal(closing);
  const following = await periodIn(office, programme, number + 1);
  expect(at(following, "record", "opening")).to.deep.equal(money(expected.closing));
  for (const language of ["zh", "en"] as const) {
    const text = await office.page(language, `/p/${programme}/period/${number}`);
    for (const amount of Object.values(expected)) if (amount > 0n) expect(text).to.include(yuan(amount));
  }
};

/** What a plan pays for one of its worked bills. */
export const paidFor = (
  plan: DemonstrationPlan,
  name: string,
): {
  readonly claim: WorkedCase;
  readonly requested: Fen;
  readonly payable: Fen;
  readonly remaining: Fen;
} => {
  const claim = plan.cases.find((each) => each.name === name);
  if (claim === undefined) throw new Error(`${plan.terms.plan} has no case ${name}`);
  const { payable, remaining } = adjudicate(plan.terms, claim.bill, claim.history);
  return { claim, requested: fen(payable + remaining), payable, remaining };
};

/** Every law of the live books holds. */
export const expectLawsKept = async (office: Office): Promise<void> => {
  const laws = listAt(await office.read("/v1/audit"));
  expect(laws).not.to.deep.equal([]);
  expect(laws.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
};
