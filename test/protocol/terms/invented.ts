/** An invented plan that states everything, and bills for tests. */
import { fen, parseAmount } from "../../../protocol/amounts.ts";
import type { Bill, BillItem } from "../../../protocol/terms/bill.ts";
import type { Adjudication, StepCode } from "../../../protocol/terms/steps.ts";
import type { Scope, Terms } from "../../../protocol/terms/types.ts";

export const inventedDocument = {
  kind: "terms",
  plan: "invented-plan",
  version: 3,
  currency: "CNY",
  cover: "20000000",
  premiumPerHead: "1234",
  incident: "day",
  filingDays: 90,
  ages: { from: 18, to: 60 },
  benefits: ["cash"],
  layers: ["basicMedicalInsurance", "seriousIllnessInsurance"],
  specialDrugs: 12,
  deductibles: [
    { amount: "1000000", per: "period", sharing: "shared", rules: ["inside-list", "outside-list"] },
  ],
  rules: [
    { id: "inside-list", scopes: ["insideList"], rateBps: 8000, preExistingRateBps: 4000 },
    {
      id: "outside-list",
      scopes: ["outsideList"],
      rateBps: 5000,
      cap: { amount: "3000000", per: "period" },
    },
    { id: "special-drugs", scopes: ["specialDrugs"], rateBps: 6000 },
  ],
} as const;

/** `yuan` as bills write it; the layers of the terms paid `first`, in their order, and 0 where none is given. */
export const item = (terms: Terms, scope: Scope, yuan: string, first: readonly string[] = []): BillItem => ({
  scope,
  cost: parseAmount(yuan),
  paidFirst: terms.layers.map((layer, at) => ({ layer, amount: parseAmount(first[at] ?? "0") })),
});

export const bill = (items: readonly BillItem[], more: Partial<Bill> = {}): Bill => ({
  benefit: "cash",
  preExisting: false,
  items,
  paidByOthers: fen(0),
  ...more,
});

export const codes = ({ steps }: Adjudication): readonly StepCode[] => steps.map(({ code }) => code);

export const effects = ({ steps }: Adjudication): readonly bigint[] => steps.map(({ effect }) => effect);

export const effectSum = (adjudication: Adjudication): bigint =>
  effects(adjudication).reduce((sum, effect) => sum + effect, 0n);

/** The error that `act` throws, for its facts. */
export const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new RangeError("nothing was thrown");
};
