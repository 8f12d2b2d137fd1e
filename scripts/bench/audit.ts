/** How long an audit of an export takes, from the start of the command to its verdict. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { writeInventedExport } from "../../server/commands/bench/invented-export.ts";
import type { LedgerSize } from "../../server/commands/bench/invented-ledger.ts";
import type { Plan } from "./plan.ts";
import { atMost, type Row } from "./row.ts";

const command = join(import.meta.dirname, "../audit.ts");
/** The size that the budget is of; larger ledgers are not audited here. */
const budgetedDonations = 1_000_000;
const budgetSeconds = 60;

const Report = Type.Object({ donations: Type.Integer(), logs: Type.Integer() });

/** Rejects where the audit does not find that everything holds. */
const measure = async (size: LedgerSize): Promise<{ readonly seconds: number; readonly logs: number }> => {
  const folder = mkdtempSync(join(tmpdir(), "everyfen-bench-audit-"));
  try {
    const [file, json] = [join(folder, "ledger.ndjson"), join(folder, "report.json")];
    await writeInventedExport(file, size);
    const started = performance.now();
    await promisify(execFile)(process.execPath, [command, "--file", file, "--json", json]);
    const seconds = (performance.now() - started) / 1_000;
    const { logs } = Value.Parse(Report, JSON.parse(readFileSync(json, "utf8")));
    return { seconds, logs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const count = (value: number): string => value.toLocaleString("en");

export const auditRows = async (plan: Plan, progress: (line: string) => void): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const size of plan.sizes.filter(({ donations }) => donations <= budgetedDonations)) {
    progress(`audit of ${count(size.donations)} donations`);
    const { seconds, logs } = await measure(size);
    rows.push({
      id: `audit.${size.donations}`,
      what: `audit of an export, ${count(size.donations)} donations`,
      value: seconds,
      unit: "s",
      ...(size.donations === budgetedDonations ? { budget: atMost(budgetSeconds) } : {}),
      note: `${count(logs)} logs, ${count(size.claims)} claims; every root, rule, law and trace`,
    });
  }
  return rows;
};
