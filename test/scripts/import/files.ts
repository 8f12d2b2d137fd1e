/** Invented files in a folder of their own, and a profile that reads them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProfile, type Profile } from "../../../scripts/import/profile.ts";
import type { ProgressStream } from "../../../scripts/import/progress.ts";

export const exampleProfile = {
  name: "Invented day file",
  file: { encoding: "utf-8", delimiter: "," },
  currency: "CNY",
  columns: {
    amount: "yuan",
    occurredAt: { column: "paid at", format: "YYYY-MM-DD HH:mm:ss" },
    transactionNumber: "number",
    reference: ["sheet", "row"],
    freeText: ["words"],
  },
  channel: { column: "through", values: { 支付宝: "alipay", Bank: "bank" } },
  source: { column: "sheet", exclude: ["draft"] },
  funds: { column: "for", exact: { Heating: "F02K" }, contains: [{ text: "insur", fund: "F01N" }] },
} as const;

/** The example with some of its parts replaced. */
export const profileWith = (change: Readonly<Record<string, unknown>> = {}): Profile =>
  readProfile(JSON.stringify({ ...exampleProfile, ...change }));

export const header = "sheet,row,paid at,through,number,yuan,for,words,name";

/** A good row; any of its cells may be given. */
export const row = (change: Readonly<Record<string, string>> = {}): string => {
  const cells: Readonly<Record<string, string>> = {
    sheet: "april",
    row: "1",
    "paid at": "2020-04-01 08:15:00",
    through: "支付宝",
    number: "INVENTED-0001",
    yuan: "12.50",
    for: "insurance",
    words: "",
    name: "Somebody Invented",
    ...change,
  };
  return header
    .split(",")
    .map((column) => cells[column] ?? "")
    .join(",");
};

export const csv = (...rows: readonly string[]): string => `${[header, ...rows].join("\n")}\n`;

/** `count` good rows of `days` days, the amounts 1, 2, 3 … fen. */
export const manyRows = (count: number, days = 5): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    row({
      row: String(index + 1),
      number: `INVENTED-${String(index + 1).padStart(6, "0")}`,
      "paid at": `2020-04-${String((index % days) + 1).padStart(2, "0")} 08:15:00`,
      yuan: `${Math.floor((index + 1) / 100)}.${String((index + 1) % 100).padStart(2, "0")}`,
      for: index % 10 === 0 ? "Heating" : "insurance",
    }),
  );

export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "everyfen-import-"));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Keeps what was written. */
export class Written implements ProgressStream {
  readonly isTTY: boolean;
  text = "";

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.text += text;
  }
}
