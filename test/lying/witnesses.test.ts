/**
 * The same proxy before the auditor and a replica: a lie of the catalogue that a browser is told, told to the auditor, and
 * lies about the chain itself, told to a replica. Each is named as what it is; their own tests tell them many more.
 */
import { expect } from "chai";
import { readCall } from "../../scripts/audit/arguments.ts";
import { runAudit } from "../../scripts/audit/run.ts";
import { runReplica } from "../../server/commands/replica.ts";
import { sourceCode, type SourceCode } from "../../server/commands/source-code.ts";
import { contractOf } from "../../server/gateway.ts";
import type { FindingKind } from "../../server/replica/finding.ts";
import { told } from "../scripts/audit/audited.ts";
import { temporaryFolder } from "../server/gateway.ts";
import { at } from "../server/service.ts";
import { openLiedAbout, type LiedAbout } from "./books.ts";
import { giftCodes, giftsOf, travellingLies, type TravellingLie } from "./gifts.ts";
import { startProxy, type LyingProxy } from "./proxy.ts";

/** How the auditor's findings begin, by the name that the catalogue has for the lie. */
const auditorNames: Readonly<Record<string, readonly string[]>> = {
  "there is no ledger at its address": ["code.ledger: ledger: there is no code at this address"],
  "the batch has another root": ["batches.roots: batch 1: root: ", "storage.records: batch 1: root: "],
  "the batch is worth a fen more": [
    "batches.leaves: batch 1: sum: the log says 3001, the rules say 3000",
    "storage.records: batch 1: sum: the ledger's storage says 3,000, the logs say 3,001",
  ],
  "a donation is missing from the batch": [
    "batches.leaves: batch 1: count: the log says 3, the rules say 2",
    "batches.roots: batch 1: root: ",
  ],
  "another donation of the batch is a fen larger": [
    "batches.leaves: batch 1: sum: the log says 3000, the rules say 3001",
    "batches.roots: batch 1: root: ",
  ],
  "the promise is another than at the opening": [
    "L2: allocation 1: claimsAmount: the log says 2700, the law says 2699",
  ],
  "less of an allocation went to claims than promised": [
    "L2: allocation 1: claimsAmount: the log says 2701, the law says 2700",
  ],
  "the expense that took the gift is left out": [
    "storage.counters: expense records: count: the ledger's storage says 1, the logs say 0",
    "storage.totals: programme 1: operationsOut: the ledger's storage says 100, the logs say 0",
  ],
  "more came back of a payment than it was": ["L5: recovery 1: offset: the log says 1000000, the law says 0"],
  "a refund is hidden by the node": [
    "storage.counters: refund records: count: the ledger's storage says 1, the logs say 0",
  ],
};

type Page = Record<string, unknown>;
const isPage = (value: unknown): value is Page => typeof value === "object" && value !== null;
const blocksIn = (page: Page): unknown[] => (Array.isArray(page["blocks"]) ? page["blocks"] : []);
const inBlock = (page: Page, index: number): Page => {
  const block = blocksIn(page)[index];
  return isPage(block) ? block : {};
};
const transactionsIn = (page: Page, index: number): unknown[] => {
  const { transactions } = inBlock(page, index);
  return Array.isArray(transactions) ? transactions : [];
};

/** What is done to a page of the chain, and how a replica names it. */
const chainLies: readonly (readonly [string, (page: Page) => void, FindingKind, RegExp])[] = [
  // A replica that follows nobody yet knows it by the signature, which names chain and ledger.
  ["another chain", (page) => (page["chainId"] = 1), "unsignedPage", /made it up/],
  [
    "a byte of a transaction that is another one",
    (page) => {
      const transaction = transactionsIn(page, 3)[0];
      if (!isPage(transaction)) return;
      transaction["raw"] = String(at(transaction, "raw")).replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    },
    "otherBytes",
    /^FOUND .*block 4: the bytes beside transaction 0x[0-9a-f]{64} are not its bytes/m,
  ],
  [
    "a block that is left out",
    (page) => blocksIn(page).splice(3, 1),
    "disorder",
    /block 5 where block 4 belongs/,
  ],
  [
    "a transaction that is left out",
    (page) => transactionsIn(page, 3).splice(0, 1),
    "leftOut",
    /block 5: transaction \d+ of 0x[0-9a-f]{40} was left out/,
  ],
  [
    "a transaction that is told twice",
    (page) => transactionsIn(page, 4).unshift(...transactionsIn(page, 3)),
    "repeated",
    /block 5: transaction \d+ of 0x[0-9a-f]{40} is there a second time/,
  ],
  [
    "an old head: the last block held back",
    (page) => blocksIn(page).pop(),
    "signedOther",
    /ends with block \d+, 0x[0-9a-f]{64}, and what is signed is block \d+/,
  ],
  [
    "a head that the operator did not sign",
    (page) => (page["head"] = { ...Object(page["head"]), signature: `0x${"00".repeat(65)}` }),
    "unsignedPage",
    /signed by nobody/,
  ],
];

describe("a lying gateway, seen by the auditor and by a replica", function () {
  this.timeout(60_000);
  let books: LiedAbout;
  let proxy: LyingProxy;
  let lies: readonly TravellingLie[];
  let sources: Promise<SourceCode> | undefined;

  before(async () => {
    books = await openLiedAbout();
    const base = await books.service.app.listen({ host: "127.0.0.1", port: 0 });
    proxy = await startProxy(base);
    lies = travellingLies(await giftsOf(base, await giftCodes(base)));
  });
  after(async () => {
    await proxy.close();
    await books.service.close();
  });

  const audited = async (): Promise<readonly string[]> => {
    const ledger = contractOf(books.service.gateway.deployment, "ledger").address;
    const report = await runAudit(readCall(["--rpc", `${proxy.url}/rpc`, "--ledger", ledger]), {
      progress: { write: () => true },
      compile: () => (sources ??= sourceCode()),
    });
    return told(report);
  };

  it("holds for the auditor while the proxy tells the truth", async () => {
    proxy.lie({});
    expect(await audited()).to.deep.equal([]);
  });

  for (const [name, named] of Object.entries(auditorNames)) {
    it(`is found by the auditor: ${name}`, async () => {
      const lie = lies.find((each) => each.name === name);
      if (lie === undefined) throw new RangeError("no such lie");
      proxy.lie(lie.lies);
      const found = await audited();
      for (const begin of named) {
        expect(
          found.some((line) => line.startsWith(begin)),
          `${begin} in ${found.join("\n")}`,
        ).to.equal(true);
      }
    });
  }

  const replicated = async (): Promise<{ readonly code: number; readonly output: string }> => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    const code = await runReplica(["--from", proxy.url, "--data", folder.path, "--once"], {
      output: { print, printError: print },
      signal: new AbortController().signal,
    });
    folder.remove();
    return { code, output: lines.join("\n") };
  };

  it("is followed by a replica while the proxy tells the truth", async () => {
    proxy.lie({});
    const { code, output } = await replicated();
    expect(code, output).to.equal(0);
    expect(output).to.contain("everything up to it is as the operator says");
  });

  for (const [name, change, kind, words] of chainLies) {
    it(`is not followed by a replica: ${name}: ${kind}`, async () => {
      proxy.lie({
        api: (path, body) => {
          const data = at(body, "data");
          if (path.startsWith("/v1/chain") && isPage(data)) change(data);
          return body;
        },
      });
      const { code, output } = await replicated();
      expect(output).to.contain(`FOUND (${kind}): `).and.to.match(words);
      expect(code).to.equal(65);
    });
  }
});
