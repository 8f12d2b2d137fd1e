/** What is personal is in the vault, encrypted, and nowhere else: not on the chain, not in answers, pages or log. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { encodeAbiParameters, keccak256 } from "viem";
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import { idNumber } from "../../../protocol/rosters/id-number.ts";
import { at, listAt } from "../service.ts";
import { vaultOf } from "../desk/faults.ts";
import { claimOf, enrol, giftOf, openBooks, type Books } from "./books.ts";
import { Description } from "./description.ts";
import { hashNeedles, Haystack, saltNeedles, textNeedles, type Needle } from "./haystack.ts";
import { insure, type Insured } from "./insured.ts";
import { everyGet, everyStatement } from "./walk.ts";

/** Where the ledger's books stand in its storage (contracts/books/LedgerStorage.sol), and how long records are. */
const booksSlot = 0x1000n;
const booksWords = 20;
const recordWords = 5;

/** A crawl that reaches it has not ended. */
const mostPages = 600;

/** Where secrets are looked for, and something public that must be found there: a search that finds nothing finds no secret either. */
interface Place {
  readonly name: string;
  readonly bytes: Buffer;
  readonly known: readonly string[];
}

describe("what is personal", function () {
  this.timeout(90_000);
  let books: Books;
  let insured: Insured;
  const lines: string[] = [];
  const salts: string[] = [];
  const needles: Needle[] = [];

  before(async () => {
    books = await openBooks({ LOG_LEVEL: "trace", GIFT_LOOKUPS_PER_MINUTE: "100" }, (line) =>
      lines.push(line),
    );
    insured = await insure(books);
    salts.push(...(await readSalts()));
    needles.push(...salts.flatMap(saltNeedles));
    for (const secret of Object.values(books.secrets).flat()) {
      needles.push(...textNeedles(secret), ...hashNeedles(secret));
    }
  });
  after(() => books.service.close());

  /** Every salt in the vault: of gifts by their payments, of papers by their operations, of people by their numbers. */
  const readSalts = async (): Promise<readonly string[]> => {
    const vault = await vaultOf(books.service);
    const outbox = new DatabaseSync(join(books.service.folder, "outbox.db"), { readOnly: true });
    const operations = outbox.prepare("SELECT id FROM operation").all();
    outbox.close();
    const found: string[] = [];
    for (const transactionNumber of books.secrets.transactionNumbers) {
      found.push((await vault.byReference({ channel: "alipay", transactionNumber }))?.salt ?? "");
    }
    for (const { id } of operations) {
      const papers = listAt(JSON.parse((await vault.payload(String(id))) ?? "[]"));
      found.push(...papers.map((paper) => String(at(paper, "salt"))));
    }
    const periods = [1, 2, 3].map((programme) => ({
      programme: programmeId(programme),
      period: periodNumber(1),
    }));
    for (const number of books.secrets.idNumbers) {
      for (const of of periods) {
        const lines = await vault.rosters.linesOf(of, idNumber(number));
        found.push(...lines.map(({ salt }) => salt));
      }
    }
    await vault.close();
    return found;
  };

  const expectNone = ({ name, bytes, known }: Place): void => {
    for (const text of known) expect(bytes.includes(text), `${name} holds ${text}`).to.equal(true);
    const haystack = new Haystack(bytes);
    const found = needles.filter((needle) => haystack.has(needle.bytes)).map((needle) => needle.name);
    expect(found, name).to.deep.equal([]);
  };
  const getText = async (url: string): Promise<string> => (await books.service.app.inject({ url })).payload;

  it("is there to be looked for", () => {
    const { secrets } = books;
    const papers = [secrets.slips, secrets.vouchers, secrets.paymentNumbers].flat().length;
    expect(secrets.idNumbers.length).to.be.greaterThan(60);
    expect(papers).to.be.greaterThan(20);
    const expected = secrets.transactionNumbers.length + papers + secrets.idNumbers.length;
    expect(new Set(salts).size).to.equal(expected);
    for (const salt of salts) expect(salt).to.match(/^0x[0-9a-f]{64}$/);
    // The search finds what is there, whatever its form.
    const haystack = new Haystack(Buffer.concat(needles.flatMap(({ bytes }) => [bytes, Buffer.of(0)])));
    expect(needles.filter(({ bytes }) => !haystack.has(bytes))).to.deep.equal([]);
  });

  /**
   * The ledger's storage as far as its layout tells where records stand: every word of the struct of its books, and of
   * the records of small ids in each of its mappings.
   */
  const readStorage = async (): Promise<readonly unknown[]> => {
    const { chain, read } = books.service.gateway;
    const { ledger } = await read.head();
    const slots = Array.from({ length: booksWords }, (_, word) => booksSlot + BigInt(word));
    const records = slots.flatMap((slot) =>
      Array.from({ length: 12 }, (_, id) => {
        const key = encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [BigInt(id + 1), slot]);
        return BigInt(keccak256(key));
      }).flatMap((first) => Array.from({ length: recordWords }, (_, word) => first + BigInt(word))),
    );
    return Promise.all(
      [...slots, ...records].map((slot) =>
        chain.request({ method: "eth_getStorageAt", params: [ledger, `0x${slot.toString(16)}`, "latest"] }),
      ),
    );
  };

  it("is not on the chain: no block, transaction, receipt, log or word of storage holds it", async () => {
    const { chain } = books.service.gateway;
    const { number: head } = await chain.head();
    const parts: unknown[] = [];
    for (let number = 0; number <= head; number += 1) {
      const block = await chain.request({
        method: "eth_getBlockByNumber",
        params: [`0x${number.toString(16)}`, true],
      });
      parts.push(block);
      for (const transaction of listAt(block, "transactions")) {
        const hash = at(transaction, "hash");
        parts.push(await chain.request({ method: "eth_getTransactionReceipt", params: [hash] }));
      }
    }
    const { body } = await books.service.get(`/v1/donations/${books.donations[0]}`);
    const commitment = String(at(body, "data", "commitment"));
    const words = await readStorage();
    expect(new Set(words).size).to.be.greaterThan(50);
    parts.push(words);
    expectNone({
      name: "the chain",
      bytes: Buffer.from(JSON.stringify(parts).toLowerCase()),
      known: [commitment.slice(2)],
    });
  });

  it("is in no public answer", async () => {
    const description = await Description.of(books.service);
    const urls = [...everyGet(description, books, insured), ...everyStatement(insured)];
    const answers = await Promise.all([...urls, "/openapi.json"].map(getText));
    expect(urls.length).to.be.greaterThan(100);
    expectNone({
      name: "the API",
      bytes: Buffer.from(answers.join("\n")),
      known: [
        books.paid,
        insured.grant,
        "carriedForward",
        "fundStart",
        insured.insurers[0]?.zh ?? "",
        "reconciles",
      ],
    });
  });

  it("is in no page of the explorer, whatever link is followed", async () => {
    const pages = new Map<string, string>();
    const queue = ["/zh/", "/en/", ...books.donations.map((code) => `/zh/d/${code}`)];
    for (let url = queue.shift(); url !== undefined && pages.size < mostPages; url = queue.shift()) {
      if (pages.has(url)) continue;
      const page = await getText(url);
      pages.set(url, page);
      for (const [, link = ""] of page.matchAll(/href="(\/[^"#]*)/g))
        queue.push(link.replaceAll("&amp;", "&"));
    }
    expect(pages.size).to.be.within(40, mostPages - 1);
    expectNone({
      name: "the pages",
      bytes: Buffer.from([...pages.values()].join("\n")),
      known: [books.paid, insured.claims.recovered, insured.grant, ...books.donations],
    });
  });

  /** Id numbers where they are taken, where they are refused, and where they do not belong. */
  const askAboutPeople = async (): Promise<void> => {
    const { service, secrets } = books;
    const [person = ""] = secrets.idNumbers;
    const claim = claimOf(insured.city, "1000", secrets.slips[0] ?? "", 100);
    const asked: readonly (readonly [url: string, body: object])[] = [
      ["/v1/claims", { claims: [claim] }],
      ["/v1/claims", { claims: [{ ...claim, member: { idNumber: person } }] }],
      ["/v1/claims", { claims: [{ ...claim, member: { idNumber: `${person}0` } }] }],
      ["/v1/claims", { claims: [{ ...claim, requested: "none", member: { idNumber: person } }] }],
      ["/v1/claims", { claims: [{ ...claim, [person]: 1 }] }],
      ["/v1/claims/reject", { claims: [{ claim: books.filed, reason: person }] }],
      ["/v1/claims/pay", { claims: [{ claim: books.filed, paymentNumber: secrets.paymentNumbers[0] }] }],
      ["/v1/payouts/1/recoveries", { amount: "99999999", voucher: secrets.vouchers[0] }],
    ];
    for (const [url, body] of asked) await service.post(url, body);
    const people = [{ idNumber: person, from: "2019-01-01T00:00:00+08:00", to: "2018-01-01T00:00:00+08:00" }];
    await enrol(service, insured.city, 1, people);
    await enrol(service, insured.city, 9, people);
    await service.app.inject({ url: `/v1/claims/${person}` });
    await service.app.inject({ url: `/zh/search?q=${person}` });
  };

  it("is in no line of the log, whatever is asked and goes wrong", async () => {
    const { service, secrets: kept } = books;
    const [number = "", other = ""] = kept.transactionNumbers;
    const { app } = service;
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const wrongKey = `efk_000000000000_${"W".repeat(43)}`;
    await service.post("/v1/donations/find", { transactionNumber: number, amount: "1" });
    await service.post("/v1/donations/find", { transactionNumber: other, amount: "1" });
    await app.inject({ url: `/v1/search?q=${number}` });
    await app.inject({ url: `/zh/search?q=${number}` });
    await app.inject({
      method: "POST",
      url: "/zh/find",
      headers: form,
      payload: `number=${number}&amount=0.01`,
    });
    await service.post("/v1/donations", { donations: [giftOf(books.fund, number)] });
    await service.post("/v1/donations", { donations: [giftOf(books.fund, number, { amount: "1.5" })] });
    await service.post(
      "/v1/donations",
      { donations: [giftOf(books.fund, number)] },
      { authorization: `Bearer ${wrongKey}` },
    );
    await app.inject({ method: "POST", url: "/v1/donations", payload: `{"transactionNumber": "${number}"` });
    await app.inject({
      url: `/v1/nothing/${number}?number=${number}`,
      headers: { cookie: number, "user-agent": number },
    });
    await askAboutPeople();
    // A fault of ours, with what was asked in the middle of it.
    Object.assign(service.gateway.outbox, {
      accept: async (): Promise<never> => {
        throw new Error("invented: the disk is full");
      },
    });
    const failed = await service.post("/v1/donations", { donations: [giftOf(books.fund, `${number}-NEW`)] });
    Reflect.deleteProperty(service.gateway.outbox, "accept");
    expect(failed.status).to.equal(500);

    const log = lines.join("");
    expectNone({
      name: "the log",
      bytes: Buffer.from(log),
      known: [
        "/v1/donations/find",
        "/zh/find",
        "/v1/claims/:code",
        '"path":"/*"',
        "invented: the disk is full",
      ],
    });
    for (const secret of [service.key, wrongKey, "invented password"]) {
      expect(log.includes(secret), secret).to.equal(false);
    }
  });

  it("is in no file of the data folder in the clear", () => {
    const files = readdirSync(books.service.folder);
    expect(files).to.include.members(["outbox.db", "index.db", "vault.db", "access.db", "vault.key"]);
    for (const file of files) {
      const bytes = readFileSync(join(books.service.folder, file));
      expectNone({ name: file, bytes, known: [] });
    }
    const all = Buffer.concat(files.map((file) => readFileSync(join(books.service.folder, file))));
    expect(all.includes(books.service.key.slice(-43))).to.equal(false);
    for (const known of ["Example fund", "recordDonations"]) {
      expect(all.includes(known), known).to.equal(true);
    }
  });
});
