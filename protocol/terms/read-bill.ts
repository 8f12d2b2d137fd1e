/**
 * A bill as JSON, read strictly and written back. It holds amounts by scope and nothing of a person; an unknown field
 * is refused, so that nobody's name or diagnosis comes along, and a fault never repeats what was written.
 */
import type { Json } from "../json.ts";
import { benefitKinds } from "../ledger/events.ts";
import { InvalidBill } from "./bill.ts";
import type { Bill, BillItem, History, LayerPayment, RuleHistory } from "./bill.ts";
import { FieldReader } from "./fields.ts";
import { mostRules, readId } from "./read.ts";
import { layers, scopes } from "./types.ts";

/** What is adjudicated together: a bill, and what the same person used up before it in the policy period. */
export interface BilledClaim {
  readonly bill: Bill;
  readonly history: History;
}

const readPayment = (reader: FieldReader, field: string, value: unknown): LayerPayment => {
  const fields = reader.object(field, value, ["layer", "amount"]);
  return {
    layer: reader.choice(`${field}.layer`, fields.get("layer"), layers),
    amount: reader.amount(`${field}.amount`, fields.get("amount")),
  };
};

const readItem = (reader: FieldReader, field: string, value: unknown): BillItem => {
  const fields = reader.object(field, value, ["scope", "cost", "paidFirst"]);
  return {
    scope: reader.choice(`${field}.scope`, fields.get("scope"), scopes),
    cost: reader.amount(`${field}.cost`, fields.get("cost")),
    paidFirst: reader.list(`${field}.paidFirst`, fields.get("paidFirst"), layers.length, (path, payment) =>
      readPayment(reader, path, payment),
    ),
  };
};

const readRuleHistory = (reader: FieldReader, field: string, value: unknown): RuleHistory => {
  const fields = reader.object(field, value, ["rule", "deductibleUsed", "paid"]);
  return {
    rule: readId(reader, `${field}.rule`, fields.get("rule")),
    deductibleUsed: reader.amount(`${field}.deductibleUsed`, fields.get("deductibleUsed")),
    paid: reader.amount(`${field}.paid`, fields.get("paid")),
  };
};

const readHistory = (reader: FieldReader, value: unknown): History => {
  const fields = reader.object("history", value, ["coverUsed", "rules"]);
  return {
    coverUsed: reader.amount("history.coverUsed", fields.get("coverUsed")),
    rules: reader.list("history.rules", fields.get("rules"), mostRules, (path, rule) =>
      readRuleHistory(reader, path, rule),
    ),
  };
};

const fieldNames = ["kind", "currency", "benefit", "preExisting", "items", "paidByOthers", "history"];

/**
 * The bill of a JSON document and what was used up before it, for terms in `currency` (ISO 4217). Every field has to
 * be there, the history too: a first claim says so with zeros, for to forget an earlier one pays too much. Whether the
 * bill fits its terms is found by `adjudicate`. Throws {@link InvalidBill} with every fault at once, up to 100.
 */
export const readBill = (json: unknown, currency: string): BilledClaim => {
  const reader = new FieldReader(false);
  const fields = reader.object("", json, fieldNames);
  reader.choice("kind", fields.get("kind"), ["bill"]);
  reader.choice("currency", fields.get("currency"), [currency]);
  const claim: BilledClaim = {
    bill: {
      benefit: reader.choice("benefit", fields.get("benefit"), benefitKinds),
      preExisting: reader.flag("preExisting", fields.get("preExisting")),
      items: reader.list("items", fields.get("items"), scopes.length, (path, item) =>
        readItem(reader, path, item),
      ),
      paidByOthers: reader.amount("paidByOthers", fields.get("paidByOthers")),
    },
    history: readHistory(reader, fields.get("history")),
  };
  if (reader.faults.length > 0) throw new InvalidBill(reader.faults);
  return claim;
};

type JsonObject = { readonly [key: string]: Json };

/** The JSON form, amounts as strings of minor units. {@link readBill} reads it back. */
export const billDocument = ({ bill, history }: BilledClaim, currency: string): JsonObject => ({
  kind: "bill",
  currency,
  benefit: bill.benefit,
  preExisting: bill.preExisting,
  items: bill.items.map(({ scope, cost, paidFirst }) => ({
    scope,
    cost: cost.toString(),
    paidFirst: paidFirst.map(({ layer, amount }) => ({ layer, amount: amount.toString() })),
  })),
  paidByOthers: bill.paidByOthers.toString(),
  history: {
    coverUsed: history.coverUsed.toString(),
    rules: history.rules.map(({ rule, deductibleUsed, paid }) => ({
      rule,
      deductibleUsed: deductibleUsed.toString(),
      paid: paid.toString(),
    })),
  },
});
