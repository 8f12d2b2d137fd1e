/**
 * An insurer's settlement statement, for a bookkeeper's own tools: a row for the opening balance, one for each payout and
 * recovery, one for the closing balance. Only codes, numbers and times.
 */
import { formatInstant } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { decimal } from "../../protocol/exports/rows.ts";
import type { Cells } from "../../protocol/exports/rows.ts";
import type { StatementLine } from "../../protocol/insurers/statement.ts";
import type { InsurerStatementView } from "../../protocol/ports/views.ts";
import type { Table } from "./table.ts";

const columns = [
  "programme",
  "policy_period",
  "insurer",
  "kind",
  "time",
  "cash_period",
  "claim",
  "payout",
  "recovery",
  "gross",
  "part",
  "balance",
  "currency",
] as const;
type Column = (typeof columns)[number];
type StatementCells = Cells<Column>;

const signed = ({ kind }: StatementLine["movement"], amount: bigint): string =>
  decimal(kind === "payout" ? amount : -amount);

const lineCells = ({ movement, part, closing }: StatementLine): StatementCells => ({
  kind: movement.kind,
  time: formatInstant(movement.at.blockTime),
  cash_period: movement.cashPeriod,
  claim: encodeCode({ kind: "claim", claim: movement.claim }),
  payout: movement.payout,
  ...(movement.kind === "recovery" ? { recovery: movement.recovery } : {}),
  gross: signed(movement, movement.amount),
  part: signed(movement, part),
  balance: decimal(closing),
});

/**
 * `view` holds all lines. Recoveries stand below 0; the parts add up to the closing balance, which is what the insurer
 * bears of the policy period, and the gross amounts to what the ledger's own counters say.
 */
export const statementTable = (view: InsurerStatementView): Table<Column> => {
  const programme = encodeCode({ kind: "programme", programme: view.programme });
  const { policyPeriod, ordinal, currency } = view;
  const common = { programme, policy_period: policyPeriod, insurer: ordinal, currency };
  const opening = decimal(view.lines[0]?.opening ?? 0n);
  const closing = decimal(view.lines.at(-1)?.closing ?? 0n);
  const { ledger, part } = view;
  const rows: readonly StatementCells[] = [
    { kind: "opening", balance: opening },
    ...view.lines.map(lineCells),
    { kind: "closing", gross: decimal(ledger.net), part: decimal(part.net), balance: closing },
  ];
  const subject = `${programme} period ${policyPeriod} insurer ${ordinal}`;
  return {
    facts: { kind: "insurer-statement", subject, currency, opening, closing },
    columns,
    rows: () => [rows.map((cells) => ({ ...common, ...cells }))],
  };
};
