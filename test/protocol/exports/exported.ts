/** Invented exports, whole, and ways to make them again after a change. */
import { createHash } from "node:crypto";
import { keccakHex, utf8 } from "../../../protocol/bytes.ts";
import { ExportCheck, type ExportReport } from "../../../protocol/exports/check.ts";
import { headerComments, headerLine, sealedHeader } from "../../../protocol/exports/header.ts";
import type { ExportFacts, ExportHeader } from "../../../protocol/exports/header.ts";
import { ledgerLine } from "../../../protocol/exports/ledger-rows.ts";
import { csvLine } from "../../../protocol/exports/rows.ts";
import { address, bytes32 } from "../../../protocol/ids.ts";

export interface Exported {
  readonly head: string;
  readonly rows: readonly string[];
}

const hashOf = (text: string) => keccakHex(utf8(text));

export const facts: ExportFacts = {
  kind: "ledger",
  chainId: 8650,
  ledger: address(`0x${"1e".repeat(20)}`),
  lens: address(`0x${"2e".repeat(20)}`),
  genesis: hashOf("block 0"),
  fromBlock: 3,
  toBlock: 9,
  toBlockHash: hashOf("block 9"),
  toBlockTime: 1_550_000_000,
  demonstration: true,
};

export const headerOf = (of: ExportFacts, behind: readonly string[], rowCount: number): ExportHeader =>
  sealedHeader(of, rowCount, bytes32(`0x${createHash("sha256").update(behind.join("")).digest("hex")}`));

/** Six logs in blocks 3 to 8. */
export const ledgerFile = (): Exported => {
  const rows = [1, 2, 3, 4, 5, 6].map((row) =>
    ledgerLine(row, {
      blockNumber: 2 + row,
      blockHash: hashOf(`block ${2 + row}`),
      blockTime: 1_550_000_000 - 60 * (7 - row),
      transactionHash: hashOf(`transaction ${row}`),
      logIndex: row % 2,
      topics: [hashOf("an event"), hashOf(`topic ${row}`)],
      data: `0x${"0f".repeat(32 * row)}`,
    }),
  );
  return { head: headerLine(headerOf(facts, rows, rows.length)), rows };
};

/** The same as CSV: the column names stand before the first row, and are digested with it. */
export const tableFile = (): Exported => {
  const columns = ["row", "block", "channel", "amount"];
  const rows = [1, 2, 3, 4].map((row) =>
    csvLine(columns, { row, block: 2 + row, channel: "bank-a", amount: `${row}.00` }),
  );
  const behind = [`${columns.join(",")}\r\n`, ...rows];
  const table: ExportFacts = { ...facts, kind: "donations", subject: "F001-EXAM", currency: "CNY" };
  const [names = ""] = behind;
  return { head: headerComments(headerOf(table, behind, rows.length)) + names, rows };
};

/** Checks a text in pieces of so many bytes. */
export const checked = (text: string, pieceBytes = 7): ExportReport => {
  const check = new ExportCheck();
  const bytes = utf8(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) check.push(bytes.subarray(at, at + pieceBytes));
  return check.end();
};

export const kindsIn = (report: ExportReport): readonly string[] => report.faults.map(({ kind }) => kind);
