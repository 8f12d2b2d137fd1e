/** A gateway that lies about a ledger whose chain is true: each lie is named as exactly what it is, and nothing else is blamed. */
import { expect } from "chai";
import { Checks, type CheckResult } from "../../../protocol/audit/check.ts";
import { checkIds } from "../../../protocol/audit/checks.ts";
import { address } from "../../../protocol/ids.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { auditBooks } from "../../../scripts/audit/books.ts";
import { auditGateway } from "../../../scripts/audit/gateway/audit.ts";
import {
  documentsAt,
  gatewayAt,
  type DocumentAsk,
  type GatewayAsk,
} from "../../../scripts/audit/gateway/client.ts";
import { laterBlocks } from "../../../scripts/audit/gateway/later.ts";
import type { History } from "../../../scripts/audit/history.ts";
import { nodeAt } from "../../../scripts/audit/node.ts";
import { Progress } from "../../../scripts/audit/progress.ts";
import { historyFromNode } from "../../../scripts/audit/read-node.ts";
import { verdictOf } from "../../../scripts/audit/report.ts";
import { AuditThreads } from "../../../scripts/audit/threads/threads.ts";
import { readRecord } from "../../../server/chain/wire.ts";
import { giftOf } from "../../server/api/books.ts";
import { at } from "../../server/service.ts";
import { checkOf, openAudited, told, type Audited } from "./audited.ts";
import { hear } from "./heard.ts";
import { changed, lie, lies, oneMore, other, without } from "./lies-about-books.ts";

const quiet = new Progress({ write: () => true });
/** Not of the books, or held against them by another command. */
const notAsked: readonly string[] = [
  // Who asked what, and who may: nothing of it is on the chain, and most needs a key.
  "/v1/access-log",
  "/v1/access-log/check",
  // Signed transactions: npm run replica executes them.
  "/v1/chain",
  // Files with digests of their own: npm run verify-export, and npm run audit -- --file.
  "/v1/exports/funds/{code}/allocations",
  "/v1/exports/funds/{code}/donations",
  "/v1/exports/ledger",
  "/v1/exports/programmes/{code}/claims",
  "/v1/exports/programmes/{code}/payouts",
  "/v1/exports/programmes/{code}/periods",
  "/v1/exports/programmes/{code}/queue",
  "/v1/keys",
  // What the gateway does with a write until it is recorded.
  "/v1/operations/{id}",
  "/v1/operations/{id}/history",
  // What others said of the chain.
  "/v1/replicas",
  // Finds codes; what it finds is asked for itself.
  "/v1/search",
  "/v1/sender",
];

describe("npm run audit: a gateway", function () {
  this.timeout(120_000);
  let audited: Audited;
  let history: History;
  let state: LedgerState;
  before(async () => {
    audited = await openAudited();
    const { liar, ledger } = audited;
    const { ask } = nodeAt(`${liar.url}/rpc`);
    history = await historyFromNode(
      ask,
      new Checks(),
      { ledger: address(ledger), fromBlock: 0, block: undefined },
      new AuditThreads(),
      quiet,
    );
    ({ state } = await auditBooks(new Checks(), history, new AuditThreads(), quiet));
  });
  after(() => audited.close());
  afterEach(() => audited.liar.tellTheTruth());

  /** The whole command. */
  const audit = () => audited.audit("--gateway", audited.liar.url);

  /** Only the comparison: the chain's own books are the same each time. */
  const compared = async (ask: GatewayAsk, askDocument: DocumentAsk): Promise<readonly CheckResult[]> => {
    const checks = new Checks();
    const choice = { seed: history.block.hash, sample: 100, largest: 1 };
    const later = laterBlocks(nodeAt(`${audited.liar.url}/rpc`).ask, history, state);
    await auditGateway({ checks, ask, askDocument, later, history, state, choice, progress: quiet });
    return checks.results();
  };
  const said = (): Promise<readonly CheckResult[]> => {
    const { url } = audited.liar;
    return compared(gatewayAt(url), documentsAt(url));
  };

  const expectNamed = (lines: readonly string[], named: readonly string[]): void => {
    for (const begin of named)
      expect(
        lines.some((line) => line.startsWith(begin)),
        `${begin}\n${lines.join("\n")}`,
      ).to.equal(true);
    expect(lines.filter((line) => !named.some((begin) => line.startsWith(begin)))).to.deep.equal([]);
  };
  const sentencesOf = (checks: readonly CheckResult[]): readonly string[] =>
    checks.flatMap(({ check, findings }) => findings.map(({ sentence }) => `${check}: ${sentence}`));

  it("is believed where it says what the chain says, in every answer", async () => {
    const report = await audit();
    expect(told(report)).to.deep.equal([]);
    expect(verdictOf(report)).to.equal("holds");
    for (const id of checkIds.filter((one) => one.startsWith("gateway."))) {
      expect(checkOf(report, id)?.checked, id).to.be.greaterThan(2);
    }
    expect(checkOf(report, "gateway.donations")?.checked).to.equal(7);
  });

  it("is asked for everything that it serves of the books, and every member is compared, but for these", async () => {
    const { paths } = readRecord((await audited.books.service.get("/openapi.json")).body, "the API");
    const served = Object.entries(readRecord(paths, "its paths"))
      .filter(([path, methods]) => path.startsWith("/v1/") && at(methods, "get") !== undefined)
      .map(([path]) => path);
    const { url } = audited.liar;
    const asked = new Set<string>();
    const heard = hear(gatewayAt(url), served);
    await compared(heard.ask, async (digest) => {
      asked.add("/v1/documents/{digest}");
      return documentsAt(url)(digest);
    });
    for (const path of heard.endpoints()) asked.add(path);
    expect(served.filter((path) => !asked.has(path)).toSorted()).to.deep.equal(notAsked);
    expect(heard.unheard()).to.deep.equal([
      // For the browser; the audit looks for its own lens beside the ledger.
      "/v1/donations/{code}/proof .chain.lens",
      // Folded, not compared: one that is wrong leads to another root.
      "/v1/donations/{code}/proof .siblings[].hash",
      "/v1/donations/{code}/proof .siblings[].sum",
    ]);
  });

  for (const { name, lie: lying, named } of lies) {
    it(`lies: ${name}`, async () => {
      audited.liar.lieAsGateway(lying);
      expectNamed(sentencesOf(await said()), named);
    });
  }

  it("lies in every way that has a name of its own", () => {
    const named = new Set(lies.flatMap((each) => each.named.map((begin) => begin.split(":")[0])));
    const ownTests = ["gateway.documents", "gateway.donations"];
    const ids = checkIds.filter((id) => id.startsWith("gateway.") && !ownTests.includes(id));
    expect(ids.filter((id) => !named.has(id))).to.deep.equal([]);
  });

  it("never ends a list, and is left at what it repeats", async () => {
    const { url } = audited.liar;
    const ask = gatewayAt(url);
    let asked = 0;
    const endless: GatewayAsk = async (path) => {
      if (!path.startsWith("/v1/corrections")) return ask(path);
      asked += 1;
      const page = await ask("/v1/corrections");
      return page === undefined ? undefined : { ...page, next: "again" };
    };
    expectNamed(sentencesOf(await compared(endless, documentsAt(url))), [
      "gateway.statements: correction: the gateway lists one twice",
    ]);
    expect(asked).to.equal(2);
  });

  it("names a next page for ever without anything on it, in a list and inside an answer, and is left at the first", async () => {
    const { url } = audited.liar;
    const ask = gatewayAt(url);
    const asked = new Map<string, number>();
    const empty: GatewayAsk = async (path) => {
      const answer = await ask(path);
      const [plain = ""] = path.split("?");
      const isTrace = plain.endsWith("/trace");
      if (answer === undefined || (!isTrace && plain !== "/v1/corrections")) return answer;
      asked.set(plain, (asked.get(plain) ?? 0) + 1);
      return isTrace
        ? { ...answer, data: { ...Object(answer.data), slices: [], next: "again" } }
        : { ...answer, data: [], next: "again" };
    };
    await compared(empty, documentsAt(url));
    expect(asked.size).to.be.greaterThan(2);
    expect(new Set(asked.values())).to.deep.equal(new Set([1]));
  });

  it("publishes another text under a digest", async () => {
    const { document } = audited.books;
    audited.liar.lieAsGateway((url, body) =>
      url.endsWith(document) ? changed(body, ["name", "en"], () => "Another fund") : body,
    );
    expectNamed(sentencesOf(await said()), [
      `gateway.documents: document ${document}: sha256: the gateway says 0x`,
    ]);
  });

  it("does not publish a document, which is noted; but its words then are nobody's", async () => {
    const { document } = audited.books;
    audited.liar.lieAsGateway((url, body) => (url.endsWith(document) ? undefined : body));
    const checks = await said();
    expectNamed(
      sentencesOf(checks).filter((line) => !line.startsWith("gateway.traces: ")),
      [
        "gateway.overview: fund F01N: name.",
        "gateway.overview: fund F01N, by itself: name.",
        "gateway.overview: summary: funds 1.name.",
        "gateway.donations: donation D",
      ],
    );
    expect(checks.find(({ check }) => check === "gateway.documents")).to.deep.include({
      status: "holds",
      notes: [`1 of 20 documents are not published here, the first ${document}`],
    });
  });

  it("lies about a gift, and about where it went", async () => {
    const code = audited.books.donations[3] ?? "";
    audited.liar.lieAsGateway((url, body) => {
      if (url === `/v1/donations/${code}`) return changed(body, ["data", "amount", "amount"], oneMore);
      if (url !== `/v1/donations/${code}/trace`) return body;
      return changed(
        changed(body, ["data", "slices", 0, "amountFen"], oneMore),
        ["data", "partition", "paid", "amount"],
        oneMore,
      );
    });
    expectNamed(sentencesOf(await said()), [
      `gateway.donations: donation ${code}: amount: the gateway says 500,001, the chain says 500,000`,
      `gateway.traces: donation ${code}: partition.paid`,
      `gateway.traces: donation ${code}: slice 1.amountFen`,
    ]);
  });

  it("lies about what paid a claim", async () => {
    const { paid } = audited.books;
    audited.liar.lieAsGateway(lie(new RegExp(`claims/${paid}/sources`), ["data", "sources"], without(0)));
    const lines = sentencesOf(await said());
    expect(lines[0]).to.match(
      new RegExp(
        `^gateway.traces: claim ${paid}: number of source: the gateway says [0-9]+, the chain says [0-9]+`,
      ),
    );
    expect(lines.every((line) => line.startsWith(`gateway.traces: claim ${paid}: `))).to.equal(true);
  });

  it("does not know a gift that the chain has", async () => {
    const code = audited.books.donations[0] ?? "";
    audited.liar.lieAsGateway((url, body) => (url === `/v1/donations/${code}` ? undefined : body));
    expectNamed(sentencesOf(await said()), [
      `gateway.donations: donation ${code}: the chain has it, the gateway does not know it`,
    ]);
  });

  it("speaks of another chain", async () => {
    audited.liar.lieAsGateway((_url, body) => changed(body, ["asOf", "hash"], () => other));
    expectNamed(sentencesOf((await audit()).checks), [
      "gateway.head: the gateway speaks of another chain: its block 72 is 0x5e5e5e5e",
    ]);
  });

  it("speaks of a block that the chain does not have", async () => {
    audited.liar.lieAsGateway((_url, body) =>
      changed(body, ["asOf", "block"], (block) => Number(block) + 1_000),
    );
    expectNamed(sentencesOf((await audit()).checks), [
      "gateway.head: the gateway speaks of block 1072, which the chain does not have",
    ]);
  });

  it("goes on to a later block while it is compared, which is no lie: what is left stays open, with code 3", async () => {
    audited.liar.lieAsGateway(lie(/claims/, ["asOf", "block"], oneMore));
    const report = await audit();
    expect(sentencesOf(report.checks)).to.deep.equal([]);
    expect(verdictOf(report)).to.equal("unfinished");
    expect(checkOf(report, "gateway.claims")?.notes.join()).to.contain("went on to block 73");
  });

  it("that nobody answers for leaves its checks open and the chain audited", async () => {
    const report = await audited.audit("--gateway", "http://127.0.0.1:1");
    expect(verdictOf(report)).to.equal("unfinished");
    expect(checkOf(report, "gateway.claims")?.notes.join()).to.contain("nobody answers");
    expect(checkOf(report, "L4")?.status).to.equal("holds");
  });

  it("shows old books, long after the chain went on", async () => {
    const { books, liar } = audited;
    const kept = new Map<string, unknown>();
    liar.lieAsGateway((url, body) => {
      const old = kept.get(url) ?? body;
      kept.set(url, old);
      return old;
    });
    await audit();
    const donations = [giftOf(books.fund, "INVENTED-PAYMENT-LATE")];
    expect((await books.service.post("/v1/donations", { donations })).status).to.equal(201);
    expectNamed(sentencesOf((await audit()).checks), [
      "gateway.head: the gateway shows old books: it speaks of block 72, the chain has logs of the ledger up to block 73",
    ]);
  });
});
