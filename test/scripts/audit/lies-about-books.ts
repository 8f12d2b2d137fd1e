/** Lies of a gateway about a ledger whose chain is true, and how an audit names each. */
import { at } from "../../server/service.ts";
import type { GatewayLie } from "./liar.ts";

type Path = readonly (string | number)[];

/** A copy of `value` with another value at `path`; as it is where there is nothing at the path. */
export const changed = (value: unknown, path: Path, change: (old: unknown) => unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === name ? changed(item, rest, change) : item));
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: changed(at(value, name), rest, change) };
};

export const lie =
  (asked: RegExp, path: Path, change: (old: unknown) => unknown): GatewayLie =>
  (url, body) =>
    asked.test(url) ? changed(body, path, change) : body;

export const oneMore = (amount: unknown): unknown =>
  typeof amount === "number" ? amount + 1 : String(BigInt(String(amount)) + 1n);
export const without =
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

export const other = `0x${"5e".repeat(32)}`;

export const lies: readonly Lie[] = [
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
  {
    name: "a fund with another name, where it is shown by itself",
    lie: lie(/funds\/F01N$/, ["data", "name", "en"], () => "Another fund"),
    named: [
      "gateway.overview: fund F01N, by itself: name.en: the gateway says Another fund, the chain says Example fund",
    ],
  },
  {
    name: "a programme that is not there, where it is asked for by itself",
    lie: (url, body) => (url === "/v1/programmes/P013" ? undefined : body),
    named: ["gateway.overview: programme P013, by itself: the chain has it, the gateway does not know it"],
  },
  {
    name: "a law that does not hold",
    lie: lie(/v1\/audit$/, ["data", 0, "holds"], () => false),
    named: ["gateway.laws: law L1: holds: the gateway says false, the chain says true"],
  },
  {
    name: "a law of which nothing is said",
    lie: lie(/v1\/audit$/, ["data"], without(0)),
    named: ["gateway.laws: law L1: the chain has it, the gateway's list does not"],
  },
  {
    name: "an insurer of another name than the published one",
    lie: lie(/periods\/1\/insurers$/, ["data", "insurers", 1, "name", "zh"], () => "另一个"),
    named: ["gateway.insurers: programme P037, period 1, insurers: insurers 2.name.zh"],
  },
  {
    name: "a settlement statement with a fen more in a line",
    lie: lie(/insurers\/2\/statement/, ["data", "lines", 0, "part", "amount"], oneMore),
    named: ["gateway.insurers: programme P037, period 1, insurer 2, statement: line 1.part"],
  },
  {
    name: "a settlement statement without its last line",
    lie: lie(/insurers\/1\/statement/, ["data", "lines"], without(5)),
    named: [
      "gateway.insurers: programme P037, period 1, insurer 1, statement: number of line: the gateway says 5, the chain says 6",
    ],
  },
  {
    name: "a claim in another state where it is shown by itself",
    lie: lie(/claims\/C01D$/, ["data", "state"], () => "approved"),
    named: ["gateway.claims: claim C01D, by itself: state: the gateway says approved, the chain says paid"],
  },
  {
    name: "a claim of less where it waits",
    lie: lie(/P013\/queue/, ["data", 0, "approved", "amount"], oneMore),
    named: ["gateway.claims: claim C02B, in the queue: approved: the gateway says 6,001"],
  },
  {
    name: "statistics of fewer claims than may be published",
    lie: lie(/P013\/settlement/, ["data", "total"], () => ({ state: "published", periods: [1], claims: 1 })),
    named: [
      "gateway.settlement: programme P013, settlement: total.state: the gateway says published, the chain says withheld",
      "gateway.settlement: programme P013, settlement: ",
    ],
  },
  {
    name: "an attestation of another document",
    lie: lie(/attestations/, ["data", 0, "published", "document"], () => other),
    named: ["gateway.statements: attestation 1: published.document: the gateway says 0x5e"],
  },
  {
    name: "an attestation whose words are others than the published ones",
    lie: lie(/attestations/, ["data", 0, "published", "text", "en"], () => "Everything is well"),
    named: [
      "gateway.statements: attestation 1: published.text.en: the gateway says Everything is well, the chain says A published",
    ],
  },
  {
    name: "an attestation of the whole ledger, where it was of a period",
    lie: lie(/attestations/, ["data", 1, "subject"], () => ({})),
    named: [
      "gateway.statements: attestation 2: subject.programme: the gateway says nothing, the chain says P037",
      "gateway.statements: attestation 2: subject.",
    ],
  },
  {
    name: "an attestation that nobody made",
    lie: lie(/attestations/, ["data", 1, "attestation"], () => 3),
    named: [
      "gateway.statements: attestation 2: the chain has it, the gateway's list does not",
      "gateway.statements: attestation 3: the gateway lists it, the chain has no such record",
    ],
  },
  {
    name: "a finding that is hidden",
    lie: lie(/findings/, ["data"], without(2)),
    named: ["gateway.statements: finding 3: the chain has it, the gateway's list does not"],
  },
  {
    name: "a finding that is closed, where it is open",
    lie: lie(/findings/, ["data", 2, "state"], () => "closed"),
    named: ["gateway.statements: finding 3: state: the gateway says closed, the chain says open"],
  },
  {
    name: "an answer to a finding that is hidden",
    lie: lie(/findings/, ["data", 1, "answered"], () => undefined),
    named: ["gateway.statements: finding 2: answered."],
  },
  {
    name: "a finding that an other closed",
    lie: lie(/findings/, ["data", 0, "closed", "actor"], () => 3),
    named: ["gateway.statements: finding 1: closed.actor: the gateway says 3, the chain says 7"],
  },
  {
    name: "a correction of another record",
    lie: lie(/corrections/, ["data", 1, "record"], oneMore),
    named: ["gateway.statements: correction 2: record: the gateway says 2, the chain says 1"],
  },
  {
    name: "a settlement day that the provider is said to have confirmed",
    lie: lie(/channel-days/, ["data", 1, "state"], () => "confirmed"),
    named: ["gateway.statements: settlement day bank 20190102 CNY: state: the gateway says confirmed"],
  },
  {
    name: "another total of the provider's",
    lie: lie(/channel-days/, ["data", 0, "confirmed", "sum", "amount"], oneMore),
    named: ["gateway.statements: settlement day alipay 20190102 CNY: confirmed.sum"],
  },
  {
    name: "a noted head of another hash",
    lie: lie(/heads/, ["data", 0, "hash"], () => other),
    named: ["gateway.statements: noted heads: note 1.hash: the gateway says 0x5e"],
  },
  {
    name: "a noted head that is hidden",
    lie: lie(/heads/, ["data"], without(1)),
    named: ["gateway.statements: noted heads: number of note: the gateway says 1, the chain says 2"],
  },
  {
    name: "a proof that leads to another root",
    lie: lie(/proof$/, ["data", "siblings", 0, "hash"], () => other),
    named: ["gateway.proofs: donation D"],
  },
  {
    name: "a proof of another gift",
    lie: lie(/proof$/, ["data", "leaf", "commitment"], () => other),
    named: ["gateway.proofs: donation D"],
  },
  {
    name: "a payment that took more",
    lie: lie(/payouts\/2\/sources/, ["data", "totalFen"], oneMore),
    named: ["gateway.traces: payout 2: totalFen: the gateway says 901, the chain says 900"],
  },
  {
    name: "a payment that took other gifts",
    lie: lie(/payouts\/2\/sources/, ["data", "sources", 0, "lastIndex"], oneMore),
    named: ["gateway.traces: payout 2: source 1.lastIndex"],
  },
  {
    name: "an answer of another ledger",
    lie: lie(/v1\/moves/, ["asOf", "ledger"], () => `0x${"5e".repeat(20)}`),
    named: ["gateway.head: /v1/moves?limit=100: ledger: the gateway says 0x5e"],
  },
  {
    name: "an answer of another time",
    lie: lie(/v1\/moves/, ["asOf", "time"], () => "2019-01-01T00:00:00+08:00"),
    named: ["gateway.head: /v1/moves?limit=100: block time: the gateway says 2019-01-01T00:00:00+08:00"],
  },
];
