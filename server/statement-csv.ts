/**
 * An insurer's settlement statement as CSV (RFC 4180), for a bookkeeper's own tools: a row for the opening balance, one
 * for each payout and recovery, one for the closing balance. Only codes, numbers and times: nothing needs quoting, and
 * no cell can be read as a formula.
 */
import { formatInstant } from "../protocol/calendar.ts";
import { encodeCode } from "../protocol/codes/code.ts";
import type { StatementLine } from "../protocol/insurers/statement.ts";
import type { InsurerStatementView } from "../protocol/ports/views.ts";

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

type Row = Partial<Record<(typeof columns)[number], string | number>>;

/** Major units without grouping: 123405 fen is `1234.05`. */
const decimal = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const signed = ({ kind }: StatementLine["movement"], amount: bigint): string =>
  decimal(kind === "payout" ? amount : -amount);

const lineRow = ({ movement, part, closing }: StatementLine): Row => ({
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
export const statementCsv = (view: InsurerStatementView): string => {
  const common: Row = {
    programme: encodeCode({ kind: "programme", programme: view.programme }),
    policy_period: view.policyPeriod,
    insurer: view.ordinal,
    currency: view.currency,
  };
  const rows: readonly Row[] = [
    { kind: "opening", balance: decimal(view.lines[0]?.opening ?? 0n) },
    ...view.lines.map(lineRow),
    {
      kind: "closing",
      gross: decimal(view.ledger.net),
      part: decimal(view.part.net),
      balance: decimal(view.lines.at(-1)?.closing ?? 0n),
    },
  ];
  const lines = rows.map((row) => columns.map((column) => ({ ...common, ...row })[column] ?? "").join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
};
