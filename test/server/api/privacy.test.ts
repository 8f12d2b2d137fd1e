/** What is personal is in the vault, encrypted, and nowhere else: not on the chain, not in answers, pages or log. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { at, listAt } from "../service.ts";
import { vaultOf } from "../desk/faults.ts";
import { donationCode, giftOf, openBooks, type Books } from "./books.ts";
import { Description } from "./description.ts";

/** Where secrets are looked for, and something public that must be found there: a search that finds nothing finds no secret either. */
interface Haystack {
  readonly name: string;
  readonly bytes: Buffer;
  readonly known: readonly string[];
}

describe("what is personal", function () {
  this.timeout(60_000);
  let books: Books;
  const lines: string[] = [];
  const secrets: string[] = [];
  const salts: string[] = [];

  before(async () => {
    books = await openBooks({ LOG_LEVEL: "trace", GIFT_LOOKUPS_PER_MINUTE: "100" }, (line) =>
      lines.push(line),
    );
    const { transactionNumbers, remarks, slips, vouchers, paymentNumbers } = books.secrets;
    secrets.push(...transactionNumbers, ...remarks, ...slips, ...vouchers, ...paymentNumbers);
    salts.push(...readSalts());
  });
  after(() => books.service.close());

  /** Every salt in the vault: of gifts by their payments, of papers by their operations. */
  const readSalts = (): readonly string[] => {
    const vault = vaultOf(books.service);
    const outbox = new DatabaseSync(join(books.service.folder, "outbox.db"), { readOnly: true });
    const operations = outbox.prepare("SELECT id FROM operation").all();
    outbox.close();
    const ofGifts = books.secrets.transactionNumbers.map(
      (transactionNumber) => vault.byReference({ channel: "alipay", transactionNumber })?.salt ?? "",
    );
    const ofPapers = operations.flatMap(({ id }) =>
      listAt(JSON.parse(vault.payload(String(id)) ?? "[]")).map((paper) => String(at(paper, "salt"))),
    );
    vault.close();
    return [...ofGifts, ...ofPapers];
  };

  /** The ways that a text or 32 bytes could stand somewhere. */
  const forms = (secret: string): readonly (readonly [form: string, bytes: Buffer])[] => {
    const isSalt = /^0x[0-9a-f]{64}$/.test(secret);
    const raw = isSalt ? Buffer.from(secret.slice(2), "hex") : Buffer.from(secret);
    const texts = [
      raw.toString("hex"),
      raw.toString("base64").replace(/=+$/, ""),
      raw.toString("base64url"),
      ...(isSalt ? [] : [encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]),
    ];
    return [["raw", raw] as const, ...texts.map((text) => [text, Buffer.from(text)] as const)];
  };
  const expectNone = ({ name, bytes, known }: Haystack): void => {
    for (const text of known) expect(bytes.includes(text), `${name} holds ${text}`).to.equal(true);
    for (const secret of [...secrets, ...salts]) {
      for (const [form, needle] of forms(secret)) {
        expect(bytes.includes(needle), `${secret} as ${form} in ${name}`).to.equal(false);
      }
    }
  };
  const getText = async (url: string): Promise<string> => (await books.service.app.inject({ url })).payload;

  it("is there to be looked for", () => {
    expect(secrets).to.have.length(7 + 7 + 5 + 3 + 1);
    expect(new Set(salts).size).to.equal(7 + 5 + 3 + 1);
    for (const salt of salts) expect(salt).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("is not on the chain: no block, transaction, receipt or log holds it", async () => {
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
    expectNone({
      name: "the chain",
      bytes: Buffer.from(JSON.stringify(parts).toLowerCase()),
      known: [commitment.slice(2)],
    });
  });

  it("is in no public answer", async () => {
    const description = await Description.of(books.service);
    const codes: Readonly<Record<string, readonly string[]>> = {
      funds: [books.fund, books.restricted],
      donations: books.batches.flatMap((batch) => [0, 1, 2, 3].map((index) => donationCode(batch, index))),
      programmes: [books.insurance, books.aid],
      claims: [books.paid, books.filed, ...books.approved],
      operations: [books.operation],
      documents: [books.document],
    };
    const urls = description.operations
      .filter(({ method }) => method === "GET")
      .flatMap(({ path }) => {
        const [, , kind = ""] = path.split("/");
        return path.includes("{")
          ? (codes[kind] ?? []).map((code) => path.replace(/\{[a-z]+\}/, code))
          : [path];
      });
    const answers = await Promise.all([...urls, "/openapi.json"].map(getText));
    expect(urls.length).to.be.greaterThan(60);
    expectNone({
      name: "the API",
      bytes: Buffer.from(answers.join("\n")),
      known: [books.paid, "carriedForward", "fundStart"],
    });
  });

  it("is in no page of the explorer, whatever link is followed", async () => {
    const pages = new Map<string, string>();
    const queue = ["/zh/", "/en/", ...books.donations.map((code) => `/zh/d/${code}`)];
    for (let url = queue.shift(); url !== undefined && pages.size < 300; url = queue.shift()) {
      if (pages.has(url)) continue;
      const page = await getText(url);
      pages.set(url, page);
      for (const [, link = ""] of page.matchAll(/href="(\/[^"#]*)/g))
        queue.push(link.replaceAll("&amp;", "&"));
    }
    expect(pages.size).to.be.within(40, 299);
    expectNone({
      name: "the pages",
      bytes: Buffer.from([...pages.values()].join("\n")),
      known: [books.paid, ...books.donations],
    });
  });

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
      url: `/v1/nothing?number=${number}`,
      headers: { cookie: number, "user-agent": number },
    });
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
      known: ["/v1/donations/find", "/zh/find", "/v1/nothing", "invented: the disk is full"],
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
