/** An export of the ledger audited without a node: what its rows show is checked, what only a node tells is said to be open. */
import { createHash } from "node:crypto";
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { encodeEvent } from "../../../chain/encode.ts";
import { fen } from "../../../protocol/amounts.ts";
import { headerLine, membersOfLine, readHeader, sealedHeader } from "../../../protocol/exports/header.ts";
import { ledgerLine, readLedgerLine } from "../../../protocol/exports/ledger-rows.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { auditCommand } from "../../../scripts/audit/command.ts";
import { openBooks } from "../../server/api/books.ts";

describe("npm run audit: an export", function () {
  this.timeout(120_000);
  let folder: string;
  let lines: readonly string[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "everyfen-audit-"));
    const { service } = await openBooks();
    const { payload } = await service.app.inject({ url: "/v1/exports/ledger" });
    lines = payload.trimEnd().split("\n");
    await service.close();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (content: string) => {
    const [file, json] = [join(folder, "ledger.ndjson"), join(folder, "report.json")];
    writeFileSync(file, content);
    const printed: string[] = [];
    const errors: string[] = [];
    const exitCode = await auditCommand(["--file", file, "--json", json], {
      progress: { write: (text) => errors.push(text) },
      print: (line) => printed.push(line),
    });
    const report = exitCode === 3 ? "" : readFileSync(json, "utf8");
    return { exitCode, printed, report, errors: errors.join("") };
  };
  const findings = (printed: readonly string[]): readonly string[] =>
    printed.filter((line) => line.includes("✗")).map((line) => line.replace(/^.*✗ /, ""));

  /** The same export with other events, counted, digested and sealed as if it had always been so. */
  const forged = (change: (event: LedgerEvent) => LedgerEvent | undefined): string => {
    const header = readHeader(membersOfLine(lines[0] ?? ""));
    const rows = lines.slice(1).flatMap((line) => {
      const { row: _row, ...log } = readLedgerLine(line);
      const event = decodeLedgerLog(log);
      const told = event === undefined ? undefined : change(event);
      if (event === undefined || told === event) return [log];
      return told === undefined ? [] : [{ ...log, ...encodeEvent(told) }];
    });
    const text = rows.map((log, index) => ledgerLine(index + 1, log)).join("");
    const digest = bytes32(`0x${createHash("sha256").update(text).digest("hex")}`);
    return headerLine(sealedHeader(header, rows.length, digest)) + text;
  };

  it("holds, and says in words what only a node can tell", async () => {
    const { exitCode, printed, report } = await run(`${lines.join("\n")}\n`);
    expect(findings(printed)).to.deep.equal([]);
    expect(exitCode).to.equal(0);
    const open = printed
      .filter((line) => line.startsWith("not checked"))
      .map((line) => line.slice(13).split(":")[0]);
    expect(open).to.include.members(["chain.receipts", "code.ledger", "storage.totals", "gateway.claims"]);
    expect(printed.join("\n")).to.contain(
      "an export has no node: audit with --rpc to check this against the chain",
    );
    expect(JSON.parse(report)).to.deep.include({
      version: 1,
      verdict: "holds",
      exitCode: 0,
      logs: lines.length - 1,
    });
  });

  it("that was changed by a byte is not as it was made", async () => {
    const changed = [...lines];
    changed[9] = (lines[9] ?? "").replace(
      /"blockTime":([0-9]+)/,
      (_all, time) => `"blockTime":${Number(time) + 1}`,
    );
    const { exitCode, printed } = await run(`${changed.join("\n")}\n`);
    expect(exitCode).to.equal(1);
    expect(findings(printed)[0]).to.match(/^rowChanged: /);
  });

  it("that lacks a row names it", async () => {
    const { exitCode, printed } = await run(`${lines.toSpliced(12, 1).join("\n")}\n`);
    expect(exitCode).to.equal(1);
    expect(findings(printed)).to.include("rowMissing: row 12 is missing");
  });

  it("that was made of a forged history names the payment and its event, with code 1 and the same in JSON", async () => {
    const content = forged((event) =>
      event.type === "ClaimPaid" && event.payout === 1 ? { ...event, amount: fen(event.amount - 1n) } : event,
    );
    const { exitCode, printed, report } = await run(content);
    expect(exitCode).to.equal(1);
    expect(findings(printed)).to.have.length(1);
    expect(findings(printed)[0]).to.match(
      /^payout 1: amount: the log says 3999, the rules say 4000 \(block /,
    );
    const { checks } = JSON.parse(report);
    const told = checks.flatMap((check: { findings: readonly object[] }) => check.findings);
    expect(told[0]).to.deep.include({
      check: "queue.order",
      subject: "payout 1",
      fact: "amount",
      expected: "4000",
      actual: "3999",
    });
    expect(printed.some((line) => line.startsWith("unfinished") && line.includes("replay"))).to.equal(true);
  });

  it("that left a batch out names the number that is missing", async () => {
    const { printed } = await run(
      forged((event) => (event.type === "BatchRecorded" && event.batch === 1 ? undefined : event)),
    );
    expect(findings(printed)[0]).to.match(/^batch 1: missing, the logs go on with batch 2/);
  });

  it("of a part of the chain, or without a log, is no history: it holds nothing that could hold", async () => {
    const header = readHeader(membersOfLine(lines[0] ?? ""));
    const digest = bytes32(`0x${createHash("sha256").digest("hex")}`);
    const behind = await run(headerLine(sealedHeader({ ...header, fromBlock: header.toBlock }, 0, digest)));
    expect([behind.exitCode, behind.printed]).to.deep.equal([3, []]);
    expect(behind.errors).to.contain(`from block ${header.toBlock} on`);
    const empty = await run(headerLine(sealedHeader(header, 0, digest)));
    expect(empty.exitCode).to.equal(3);
    expect(empty.errors).to.contain("without a log");
  });

  it("that is none ends with code 3", async () => {
    const { exitCode, errors } = await run("amount,date\n1,2\n");
    expect(exitCode).to.equal(3);
    expect(errors).to.contain("no export of a ledger");
  });
});
