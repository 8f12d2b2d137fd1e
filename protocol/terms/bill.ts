/** What an adjudicator enters: one bill, and what the same person was already paid in the policy period. */
import { addFen, fen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import type { BenefitKind } from "../ledger/events.ts";
import type { Fault } from "./fields.ts";
import type { Layer, Scope, Terms } from "./types.ts";

export interface LayerPayment {
  readonly layer: Layer;
  readonly amount: Fen;
}

export interface BillItem {
  readonly scope: Scope;
  /** What the hospital charged for it. */
  readonly cost: Fen;
  /** One entry for each layer of the terms, 0 where it paid nothing: a claim comes after the settlement. */
  readonly paidFirst: readonly LayerPayment[];
}

export interface Bill {
  readonly benefit: BenefitKind;
  /** The condition existed before the cover began. */
  readonly preExisting: boolean;
  /** Disjoint: at most one item a scope. */
  readonly items: readonly BillItem[];
  /** By anyone who is no layer of the terms: another insurer, an employer. */
  readonly paidByOthers: Fen;
}

export interface RuleHistory {
  readonly rule: string;
  readonly deductibleUsed: Fen;
  readonly paid: Fen;
}

/** The person's earlier claims of the policy period, approved or paid, net of recoveries. */
export interface History {
  readonly coverUsed: Fen;
  /** At most one entry a rule; a rule that was never used may be absent. */
  readonly rules: readonly RuleHistory[];
}

export const noHistory: History = { coverUsed: zeroFen, rules: [] };

export class InvalidBill extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(
      `bill: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}; correct them and adjudicate again:\n` +
        faults.map(({ field, reason }) => `  ${field === "" ? "document" : field}: ${reason}`).join("\n"),
    );
    this.name = "InvalidBill";
    this.faults = faults;
  }
}

const paidFirstOf = (item: BillItem): Fen => addFen(...item.paidFirst.map(({ amount }) => amount));

/** What the person still owes after the layers and others. Not below 0 for a bill that {@link checkBill} accepts. */
export const owedOf = (bill: Bill): Fen => {
  const cost = addFen(...bill.items.map((item) => item.cost));
  return fen(cost - addFen(...bill.items.map(paidFirstOf), bill.paidByOthers));
};

const itemFaults = (terms: Terms, item: BillItem, field: string): readonly Fault[] => {
  const faults: Fault[] = [];
  for (const layer of terms.layers) {
    const entries = item.paidFirst.filter((payment) => payment.layer === layer).length;
    if (entries === 1) continue;
    const reason = `${layer} pays first and is stated ${entries} times; state it once, with 0 if it paid nothing`;
    faults.push({ field: `${field}.paidFirst`, reason });
  }
  for (const { layer } of item.paidFirst) {
    if (terms.layers.includes(layer)) continue;
    const reason = `${layer} is no layer of these terms; what it paid belongs in paidByOthers`;
    faults.push({ field: `${field}.paidFirst`, reason });
  }
  const paid = paidFirstOf(item);
  if (paid > item.cost) {
    faults.push({
      field: `${field}.paidFirst`,
      reason: `adds up to ${paid} fen, more than the cost of ${item.cost}`,
    });
  }
  return faults;
};

const historyFaults = (terms: Terms, history: History): readonly Fault[] => {
  const seen = new Set<string>();
  return history.rules.flatMap(({ rule }, at) => {
    const field = `history.rules[${at}].rule`;
    if (seen.has(rule)) return [{ field, reason: `"${rule}" stands here twice` }];
    seen.add(rule);
    return terms.rules.some(({ id }) => id === rule)
      ? []
      : [{ field, reason: `there is no rule "${rule}" in version ${terms.version} of these terms` }];
  });
};

/** Throws {@link InvalidBill} with every fault where bill or history do not fit the terms. */
export const checkBill = (terms: Terms, bill: Bill, history: History): void => {
  const seen = new Set<Scope>();
  const faults: Fault[] = bill.items.flatMap((item, at) => {
    const field = `items[${at}]`;
    const twice = seen.has(item.scope)
      ? [{ field: `${field}.scope`, reason: `${item.scope} stands here twice` }]
      : [];
    seen.add(item.scope);
    return [...twice, ...itemFaults(terms, item, field)];
  });
  if (bill.items.length === 0) faults.push({ field: "items", reason: "is empty" });
  const left = bill.items.reduce((sum, item) => sum + item.cost - paidFirstOf(item), 0n);
  if (faults.length === 0 && bill.paidByOthers > left) {
    const reason = `is ${bill.paidByOthers} fen, more than the ${left} that the layers left`;
    faults.push({ field: "paidByOthers", reason });
  }
  faults.push(...historyFaults(terms, history));
  if (faults.length > 0) throw new InvalidBill(faults);
};
