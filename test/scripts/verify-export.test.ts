/** The command that checks an export: what a changed file, and a file that the chain does not know, are called. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { headerLine } from "../../protocol/exports/header.ts";
import { ledgerLine, readLedgerLine, type LedgerRow } from "../../protocol/exports/ledger-rows.ts";
import { exitCodes, verifyExportCommand } from "../../scripts/verify-export/command.ts";
import { facts, headerOf, ledgerFile, tableFile } from "../protocol/exports/exported.ts";
import { at, listAt } from "../server/service.ts";

const hex = (value: number): string => `0x${value.toString(16)}`;
const rowsOfFile = (): readonly LedgerRow[] => ledgerFile().rows.map(readLedgerLine);

/** What an invented node knows. */
interface Chain {
  readonly chainId: number;
  readonly genesis: string;
  readonly head: number;
  readonly headHash: string;
  readonly logs: readonly LedgerRow[];
  /** Blocks that one question for logs may span. */
  readonly span: number;
  /** What longer questions are answered with, where that is no refusal. */
  readonly tooLong?: object;
}

const honest = (): Chain => ({
  chainId: facts.chainId,
  genesis: facts.genesis,
  head: facts.toBlock,
  headHash: facts.toBlockHash,
  logs: rowsOfFile(),
  span: 1_000,
});

const answerOf = (chain: Chain, method: unknown, params: readonly unknown[]): unknown => {
  if (method === "eth_chainId") return { result: hex(chain.chainId) };
  if (method === "eth_getBlockByNumber") {
    const number = Number(params[0]);
    if (number > chain.head) return { result: null };
    const log = chain.logs.find(({ blockNumber }) => blockNumber === number);
    const hash = number === 0 ? chain.genesis : chain.headHash;
    return { result: { number: hex(number), hash, timestamp: hex(log?.blockTime ?? 0) } };
  }
  const [from, to] = ["fromBlock", "toBlock"].map((name) => Number(at(params[0], name)));
  if (from === undefined || to === undefined || to - from + 1 > chain.span) {
    return chain.tooLong ?? { error: { code: -32_005, message: "too many blocks" } };
  }
  const logs = chain.logs.filter(({ blockNumber }) => blockNumber >= from && blockNumber <= to);
  return {
    result: logs.map((log) => ({
      ...log,
      address: facts.ledger,
      blockNumber: hex(log.blockNumber),
      logIndex: hex(log.logIndex),
    })),
  };
};

describe("npm run verify-export", () => {
  let folder: string;
  let server: Server;
  let rpc: string;
  let chain: Chain;
  let lines: string[];
  let errors: string[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "everyfen-export-"));
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
      request.on("end", () => {
        const calls: unknown = JSON.parse(body);
        const answers = listAt(calls).map((call) => ({
          jsonrpc: "2.0",
          id: at(call, "id"),
          ...Object(answerOf(chain, at(call, "method"), listAt(call, "params"))),
        }));
        response.setHeader("content-type", "application/json").end(JSON.stringify(answers));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    rpc = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    chain = honest();
    [lines, errors] = [[], []];
  });

  const call = (...values: readonly string[]) =>
    verifyExportCommand(values, {
      print: (line) => lines.push(line),
      printError: (line) => errors.push(line),
    });
  const fileOf = (text: string): string => {
    const file = join(folder, "export");
    writeFileSync(file, text);
    return file;
  };
  const whole = (): string => fileOf(ledgerFile().head + ledgerFile().rows.join(""));
  /** A file of other rows that fits itself: head, count and digest are made for them. */
  const forged = (rows: readonly LedgerRow[]): string => {
    const text = rows.map((row, index) => ledgerLine(index + 1, row));
    return fileOf(headerLine(headerOf(facts, text, text.length)) + text.join(""));
  };

  it("says what the file is, and that it is whole, without asking anybody", async () => {
    expect(await call(whole())).to.equal(exitCodes.sound);
    expect(lines[0]).to.equal("ledger, 6 rows");
    expect(lines[1]).to.contain("chain   8650").and.to.contain("an invented example");
    expect(lines[2]).to.equal(`  blocks  3 to 9, ${facts.toBlockHash}`);
    expect(lines.slice(-2)).to.deep.equal([
      "the file is whole: every row is there once, as it was digested",
      "not asked: whether a node has this block (--rpc URL)",
    ]);
  });

  it("says of a table whose it is, and what a node cannot say of it", async () => {
    const { head, rows } = tableFile();
    expect(await call(fileOf(head + rows.join("")), "--rpc", rpc)).to.equal(exitCodes.sound);
    expect(lines[0]).to.equal("donations of F001-EXAM, 4 rows");
    expect(lines.at(-1)).to.match(/^not held against the chain: the rows themselves/);
  });

  it("names what was done to a file, and ends with 1", async () => {
    const { head, rows } = ledgerFile();
    expect(await call(fileOf(head + rows.toSpliced(2, 1).join("")))).to.equal(exitCodes.faulty);
    expect(lines.at(-1)).to.equal("rowMissing: row 3 is missing");
    expect(await call(fileOf("date,amount\n2019-01-01,5\n"))).to.equal(exitCodes.faulty);
    expect(lines.at(-1)).to.match(/^notAnExport: /);
  });

  it("holds every log and its time against a node, however few blocks that answers at once", async () => {
    for (const span of [1_000, 1]) {
      chain = { ...honest(), span };
      expect(await call(whole(), "--rpc", rpc), lines.join("\n")).to.equal(exitCodes.sound);
      expect(lines.at(-1)).to.equal("every log is the node's own, and none of the node's is missing");
    }
  });

  it("asks for fewer blocks where an answer is longer than 32 MiB", async () => {
    chain = { ...honest(), span: 4, tooLong: { result: " ".repeat(33 * 1_048_576) } };
    expect(await call(whole(), "--rpc", rpc), errors.join("\n")).to.equal(exitCodes.sound);
  });

  const lies: readonly (readonly [string, () => string, Partial<Chain>, RegExp])[] = [
    ["the node is of another chain", () => whole(), { chainId: 1 }, /^otherChain: the node is of chain 1,/],
    ["the chain began otherwise", () => whole(), { genesis: facts.toBlockHash }, /^otherChain: .*block 0/],
    ["the chain is not that long", () => whole(), { head: 8 }, /^blockUnknown: the node has no block 9/],
    ["the block is another one", () => whole(), { headHash: facts.genesis }, /^otherBlock: .*block 9/],
    [
      "a log was left out",
      () => forged(rowsOfFile().toSpliced(1, 1)),
      {},
      /^logMissing: .*block 4 with index 0/,
    ],
    [
      "a log was invented",
      () =>
        forged([
          ...rowsOfFile(),
          ...rowsOfFile()
            .slice(-1)
            .map((row) => ({ ...row, logIndex: 7 })),
        ]),
      {},
      /^logInvented: .*block 8 with index 7/,
    ],
    [
      "a log was changed",
      () => forged(rowsOfFile().map((row, index) => (index === 2 ? { ...row, data: "0x00" } : row))),
      {},
      /^logDiffers: .*block 5 with index 1/,
    ],
    [
      "a time was changed",
      () =>
        forged(
          rowsOfFile().map((row, index) => (index === 2 ? { ...row, blockTime: row.blockTime - 1 } : row)),
        ),
      {},
      /^timeDiffers: block 5 has time 1549999760, the file says 1549999759$/,
    ],
  ];
  for (const [name, file, changed, line] of lies) {
    it(`tells a file that fits itself from the truth: ${name}`, async () => {
      chain = { ...honest(), ...changed };
      expect(await call(file(), "--rpc", rpc)).to.equal(exitCodes.faulty);
      expect(lines.filter((each) => /^[a-z]+[A-Z]\w+: /.test(each))).to.have.length(1);
      expect(lines.at(-1)).to.match(line);
    });
  }

  it("says so where nobody answers, or there is no such file, or the call is wrong", async () => {
    expect(await call(whole(), "--rpc", "http://127.0.0.1:1")).to.equal(exitCodes.unanswered);
    expect(errors.at(-1)).to.match(/^the node did not answer: unreachable/);
    expect(await call(join(folder, "none"))).to.equal(exitCodes.wrongCall);
    for (const values of [[], ["a", "b"], ["a", "--rpc"], ["a", "--rpc", "ftp://x"], ["a", "--no"]]) {
      expect(await call(...values), values.join(" ")).to.equal(exitCodes.wrongCall);
      expect(errors.at(-1)).to.contain("npm run verify-export -- FILE");
    }
  });
});
