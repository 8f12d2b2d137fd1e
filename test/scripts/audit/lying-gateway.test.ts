/** A gateway that lies about a ledger whose chain is true: each lie is named as exactly what it is, and nothing else is blamed. */
import { expect } from "chai";
import { Checks, type CheckResult } from "../../../protocol/audit/check.ts";
import { address } from "../../../protocol/ids.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { auditBooks } from "../../../scripts/audit/books.ts";
import { auditGateway } from "../../../scripts/audit/gateway/audit.ts";
import { gatewayAt } from "../../../scripts/audit/gateway/client.ts";
import type { History } from "../../../scripts/audit/history.ts";
import { nodeAt } from "../../../scripts/audit/node.ts";
import { Progress } from "../../../scripts/audit/progress.ts";
import { historyFromNode } from "../../../scripts/audit/read-node.ts";
import { verdictOf } from "../../../scripts/audit/report.ts";
import { AuditThreads } from "../../../scripts/audit/threads/threads.ts";
import { giftOf } from "../../server/api/books.ts";
import { at } from "../../server/service.ts";
import { checkOf, openAudited, told, type Audited } from "./audited.ts";
import type { GatewayLie } from "./liar.ts";

type Path = readonly (string | number)[];

/** A copy of `value` with another value at `path`; as it is where there is nothing at the path. */
const changed = (value: unknown, path: Path, change: (old: unknown) => unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === name ? changed(item, rest, change) : item));
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: changed(at(value, name), rest, change) };
};

const lie =
  (asked: RegExp, path: Path, change: (old: unknown) => unknown): GatewayLie =>
  (url, body) =>
    asked.test(url) ? changed(body, path, change) : body;

const oneMore = (amount: unknown): unknown =>
  typeof amount === "number" ? amount + 1 : String(BigInt(String(amount)) + 1n);
const without =
  (index: number) =>
  (list: unknown): unknown =>
    Array.isArray(list) ? list.toSpliced(index, 1) : list;
const twice = (list: unknown): unknown => (Array.isArray(list) ? [...list, list[0]] : list);
const reversed = (list: unknown): unknown => (Array.isArray(list) ? list.toReversed() : list);

interface Lie {
  readonly name: string;
  readonly lie: GatewayLie;
  /** How the findings begin. */
  readonly named: readonly string[];
}

const quiet = new Progress({ write: () => true });
const other = `0x${"5e".repeat(32)}`;

const lies: readonly Lie[] = [
  {
    name: "a claim that was paid a fen more",
    lie: lie(/claims\?/, ["data", 0, "paid", "amount"], oneMore),
    named: ["gateway.claims: claim C01D: paid: the gateway says 4,001, the chain says 4,000"],
  },
  {
    name: "a claim in another state",
    lie: lie(/claims\?/, ["data", 0, "state"], () => "approved"),
    named: ["gateway.claims: claim C01D: state: the gateway says approved, the chain says paid"],
  },
  {
    name: "a claim of another programme",
    lie: lie(/claims\?/, ["data", 0, "programme"], () => "P025"),
    named: ["gateway.claims: claim C01D: programme: the gateway says P025, the chain says P013"],
  },
  {
    name: "a payment that was another day's",
    lie: lie(/claims\?/, ["data", 0, "payouts", 0, "paidAt", "block"], oneMore),
    named: ["gateway.claims: claim C01D: payouts 1.paidAt.block: the gateway says 28, the chain says 27"],
  },
  {
    name: "a claim that is left out",
    lie: lie(/claims\?/, ["data"], without(0)),
    named: ["gateway.claims: claim C01D: the chain has it, the gateway's list does not"],
  },
  {
    name: "a claim that nobody filed",
    lie: lie(/claims\?/, ["data", 1, "code"], () => "C7NW"),
    named: [
      "gateway.claims: claim C02B: the chain has it, the gateway's list does not",
      "gateway.claims: claim C7NW: the gateway lists it, the chain has no such record",
    ],
  },
  {
    name: "a claim that is listed twice",
    lie: lie(/claims\?/, ["data"], twice),
    named: ["gateway.claims: claim: the gateway lists one twice"],
  },
  {
    name: "a queue in another order",
    lie: lie(/P013\/queue/, ["data"], reversed),
    named: [
      "gateway.claims: programme P013: claims in the queue 1",
      "gateway.claims: programme P013: claims in the queue 3",
    ],
  },
  {
    name: "a fund that received more",
    lie: lie(/funds$/, ["data", 0, "partition", "total", "amount"], oneMore),
    named: ["gateway.overview: fund F01N: partition.total: the gateway says 561,001, the chain says 561,000"],
  },
  {
    name: "a fund that promises more",
    lie: lie(/funds$/, ["data", 0, "claimsShareBps"], () => 9_500),
    named: ["gateway.overview: fund F01N: claimsShareBps: the gateway says 9500, the chain says 9000"],
  },
  {
    name: "a gift more in the summary",
    lie: lie(/summary/, ["data", "donations"], oneMore),
    named: ["gateway.overview: summary: donations: the gateway says 8, the chain says 7"],
  },
  {
    name: "money carried forward that is not there",
    lie: lie(/summary/, ["data", "currencies", 0, "carriedForward", "amount"], oneMore),
    named: ["gateway.overview: summary: currencies 1.carriedForward"],
  },
  {
    name: "a programme whose reserve holds more",
    lie: lie(/programmes$/, ["data", 0, "partition", "inReserve", "amount"], oneMore),
    named: ["gateway.overview: programme P013: partition.inReserve"],
  },
  {
    name: "a shortfall that is hidden",
    lie: lie(/programmes$/, ["data", 0, "shortfall", "amount"], oneMore),
    named: ["gateway.overview: programme P013: shortfall"],
  },
  {
    name: "a period that closed with more",
    lie: lie(/P049\/periods$/, ["data", 0, "record", "closing", "amount"], oneMore),
    named: [
      "gateway.periods: programme P049, period 1: record.closing: the gateway says 631, the chain says 630",
    ],
  },
  {
    name: "an insurer that bears more",
    lie: lie(/P037\/periods$/, ["data", 0, "insurers", "insurers", 0, "part", "paid", "amount"], oneMore),
    named: [
      "gateway.periods: programme P037, period 1: insurers.insurers 1.part.paid: the gateway says 2,401, the chain says 2,400",
    ],
  },
  {
    name: "more people insured",
    lie: lie(/P013\/periods$/, ["data", 0, "enrolment", "people"], oneMore),
    named: ["gateway.periods: programme P013, period 1: enrolment.people"],
  },
  {
    name: "a roster of more people",
    lie: lie(/P013\/periods\/1\/rosters/, ["data", 0, "count"], oneMore),
    named: ["gateway.periods: roster 1: count"],
  },
  {
    name: "a batch of another root",
    lie: lie(/F01N\/batches/, ["data", 0, "root"], () => other),
    named: ["gateway.flows: batch B01G: root: the gateway says 0x5e"],
  },
  {
    name: "an allocation from another fund",
    lie: lie(/allocations/, ["data", 0, "fund"], () => "F02K"),
    named: ["gateway.flows: allocation 1: fund: the gateway says F02K, the chain says F01N"],
  },
  {
    name: "an expense of less",
    lie: lie(/P013\/expenses/, ["data", 0, "amountFen"], oneMore),
    named: ["gateway.flows: expense 1: amountFen"],
  },
  {
    name: "a recovery that is hidden",
    lie: lie(/recoveries/, ["data"], without(0)),
    named: ["gateway.flows: recovery 1: the chain has it, the gateway's list does not"],
  },
  {
    name: "surplus that moved elsewhere",
    lie: lie(/moves/, ["data", 0, "to"], () => "P025"),
    named: ["gateway.flows: move 1: to: the gateway says P025"],
  },
  {
    name: "a refund that was covered already",
    lie: lie(/refunds/, ["data"], without(0)),
    named: ["gateway.flows: refund 1: the chain has it, the gateway's list does not"],
  },
  {
    name: "an answer of an older block",
    lie: lie(/claims\?/, ["asOf", "block"], (block) => Number(block) - 1),
    named: ["gateway.head: /v1/claims?limit=100: block: the gateway says 71, the chain says 72"],
  },
  {
    name: "an answer of another chain",
    lie: lie(/claims\?/, ["asOf", "hash"], () => other),
    named: ["gateway.head: /v1/claims?limit=100: block hash: the gateway says 0x5e"],
  },
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
  const said = async (): Promise<readonly CheckResult[]> => {
    const checks = new Checks();
    const choice = { seed: history.block.hash, sample: 100, largest: 1 };
    await auditGateway({ checks, ask: gatewayAt(audited.liar.url), history, state, choice, progress: quiet });
    return checks.results();
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
    for (const id of ["head", "overview", "periods", "claims", "flows", "donations", "traces"]) {
      expect(checkOf(report, `gateway.${id}`)?.checked, id).to.be.greaterThan(3);
    }
    expect(checkOf(report, "gateway.donations")?.checked).to.equal(7);
  });

  for (const { name, lie: lying, named } of lies) {
    it(`lies: ${name}`, async () => {
      audited.liar.lieAsGateway(lying);
      expectNamed(sentencesOf(await said()), named);
    });
  }

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
