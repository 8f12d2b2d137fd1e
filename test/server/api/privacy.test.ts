/**
 * What is personal is in the vault, encrypted, and nowhere else: not on the chain, not in answers, errors, metrics, pages
 * or log. What lets somebody write is nowhere at all, but for its hash among the keys.
 */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeAbiParameters, keccak256 } from "viem";
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import { idNumber } from "../../../protocol/rosters/id-number.ts";
import { storeNames, type StoreName } from "../../../server/stores.ts";
import { askPostgres } from "../database/postgres.ts";
import { at, listAt, type Answer } from "../service.ts";
import { vaultOf } from "../desk/faults.ts";
import { claimOf, enrol, giftOf, indexed, openBooks, type Books } from "./books.ts";
import { misplace, secretOf, useCredentials, wrongKey, type Credentials } from "./credentials.ts";
import { Description } from "./description.ts";
import { hashNeedles, Haystack, saltNeedles, textNeedles, type Needle } from "./haystack.ts";
import { insure, type Insured } from "./insured.ts";
import { everyGet, everyStatement, guardedGets } from "./walk.ts";

/** Where the ledger's books stand in its storage (contracts/books/LedgerStorage.sol), and how long records are. */
const booksSlot = 0x1000n;
const booksWords = 20;
const recordWords = 5;

/** A crawl that reaches it has not ended. */
const mostPages = 600;

/**
 * What of the credentials the stores keep, by its name: the keys' store the hashes of 32 random
 * bytes, and both stores that recognise repetitions the idempotency keys as they are, which their askers choose and the
 * desk finds an asker's operations by.
 */
const kept: Readonly<Record<string, readonly Kind[]>> = {
  access: ["token hash", "idempotency key"],
  outbox: ["idempotency key"],
};

const kinds = ["personal", "token", "token hash", "idempotency key"] as const;
type Kind = (typeof kinds)[number];

/** Where secrets are looked for, and something public that must be found there: a search that finds nothing finds no secret either. */
interface Place {
  readonly name: string;
  readonly bytes: Buffer;
  readonly known: readonly string[];
  /** Kinds of needles that belong there. */
  readonly keeps?: readonly Kind[];
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

describe("what is personal", function () {
  this.timeout(90_000);
  let books: Books;
  let insured: Insured;
  let credentials: Credentials;
  const lines: string[] = [];
  const salts: string[] = [];
  const needles: Record<Kind, Needle[]> = {
    personal: [],
    token: [],
    "token hash": [],
    "idempotency key": [],
  };
  /** Bodies of refusals. */
  const refusals: string[] = [];

  before(async () => {
    books = await openBooks({ LOG_LEVEL: "trace", GIFT_LOOKUPS_PER_MINUTE: "100" }, (line) =>
      lines.push(line),
    );
    insured = await insure(books);
    credentials = await useCredentials(books);
    await indexed(books.service);
    salts.push(...(await readSalts()));
    needles.personal.push(...salts.flatMap(saltNeedles));
    for (const secret of Object.values(books.secrets).flat()) {
      needles.personal.push(...textNeedles(secret), ...hashNeedles(secret));
    }
    // Whole, base64 of a key is not that of its secret.
    needles.token.push(...credentials.apiKeys.flatMap(textNeedles));
    for (const token of [...credentials.apiKeys.map(secretOf), ...credentials.sessions]) {
      needles.token.push(...textNeedles(token));
      needles["token hash"].push(...hashNeedles(token));
    }
    for (const key of credentials.idempotencyKeys) {
      needles["idempotency key"].push(...textNeedles(key), ...hashNeedles(key));
    }
  });
  after(() => books.service.close());

  /** Every salt in the vault: of gifts by their payments, of papers by their operations, of people by their numbers. */
  const readSalts = async (): Promise<readonly string[]> => {
    const vault = await vaultOf(books.service);
    const operations = await books.service.gateway.outbox.database.session.all("SELECT id FROM operation");
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

  const everyNeedle = (keeps: readonly Kind[] = []): readonly Needle[] =>
    kinds.filter((kind) => !keeps.includes(kind)).flatMap((kind) => needles[kind]);

  const expectHeld = (name: string, bytes: Buffer, known: readonly (string | Buffer)[]): void => {
    for (const each of known) expect(bytes.includes(each), `${name} holds ${String(each)}`).to.equal(true);
  };
  const expectNone = ({ name, bytes, known, keeps }: Place): void => {
    expectHeld(name, bytes, known);
    const haystack = new Haystack(bytes);
    const found = everyNeedle(keeps).filter((needle) => haystack.has(needle.bytes));
    expect([...new Set(found.map((needle) => needle.name))], name).to.deep.equal([]);
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
    const all = everyNeedle();
    const haystack = new Haystack(Buffer.concat(all.flatMap(({ bytes }) => [bytes, Buffer.of(0)])));
    expect(all.filter(({ bytes }) => !haystack.has(bytes))).to.deep.equal([]);
    for (const kind of kinds) expect(needles[kind].length, kind).to.be.greaterThan(20);
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
    const answers = await Promise.all([...urls, "/openapi.json", "/metrics"].map(getText));
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
        "everyfen_ready",
        'route="/v1/donations"',
      ],
    });
  });

  it("is in no answer to an admin: neither in the lists of keys and writes nor in that of an operation", async () => {
    const description = await Description.of(books.service);
    const headers = { authorization: `Bearer ${books.service.key}` };
    const urls = guardedGets(description, books, insured);
    const answers = await Promise.all(urls.map((url) => books.service.app.inject({ url, headers })));
    expectNone({
      name: "the answers to an admin",
      bytes: Buffer.from(answers.map(({ payload }) => payload).join("\n")),
      known: [...credentials.apiKeys.slice(0, 3).map((key) => key.slice(4, 16)), "/v1/keys/:id/rotate"],
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

  const noted = (answer: Answer): Answer => {
    if (answer.status >= 400) refusals.push(JSON.stringify(answer.body));
    return answer;
  };

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
    for (const [url, body] of asked) noted(await service.post(url, body));
    for (const field of Object.keys(claim).filter((name) => name !== "slip")) {
      noted(await service.post("/v1/claims", { claims: [{ ...claim, [field]: person }] }));
    }
    const deleted = await service.app.inject({ method: "DELETE", url: `/v1/claims/${person}` });
    refusals.push(deleted.payload);
    const people = [{ idNumber: person, from: "2019-01-01T00:00:00+08:00", to: "2018-01-01T00:00:00+08:00" }];
    noted(await enrol(service, insured.city, 1, people));
    noted(await enrol(service, insured.city, 9, people));
    refusals.push(await getText(`/v1/claims/${person}`));
    await service.app.inject({ url: `/zh/search?q=${person}` });
  };

  it("is in no line of the log and no refusal, whatever is asked and goes wrong", async () => {
    const { service, secrets } = books;
    const [number = "", other = ""] = secrets.transactionNumbers;
    const { app } = service;
    const form = { "content-type": "application/x-www-form-urlencoded" };
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
    const again = { donations: [giftOf(books.fund, number)] };
    noted(await service.post("/v1/donations", again));
    noted(
      await service.post("/v1/donations", { donations: [giftOf(books.fund, number, { amount: "1.5" })] }),
    );
    // Columns that were mixed up.
    for (const field of Object.keys(giftOf(books.fund, number)).filter(
      (name) => name !== "transactionNumber",
    )) {
      noted(
        await service.post("/v1/donations", { donations: [{ ...giftOf(books.fund, "X"), [field]: number }] }),
      );
    }
    noted(await service.post("/v1/donations", again, { authorization: `Bearer ${wrongKey}` }));
    await app.inject({ method: "POST", url: "/v1/donations", payload: `{"transactionNumber": "${number}"` });
    await app.inject({
      url: `/v1/nothing/${number}?number=${number}`,
      headers: { cookie: number, "user-agent": number },
    });
    await askAboutPeople();
    refusals.push(...(await misplace(books, [...credentials.apiKeys, ...credentials.sessions])));
    // A fault of ours, with what was asked in the middle of it.
    Object.assign(service.gateway.sender, {
      submitAll: async (): Promise<never> => {
        // As PostgreSQL tells it: with the values of the row.
        const told = { code: "23505", detail: `Key (idempotency_key)=(${number}) already exists.` };
        throw Object.assign(new Error("invented: the disk is full", { cause: told }), told);
      },
    });
    const failed = noted(
      await service.post("/v1/donations", { donations: [giftOf(books.fund, `${number}-NEW`)] }),
    );
    Reflect.deleteProperty(service.gateway.sender, "submitAll");
    expect(failed.status).to.equal(500);

    expectNone({
      name: "the log",
      bytes: Buffer.from(lines.join("")),
      known: [
        "/v1/donations/find",
        "/zh/find",
        "/v1/claims/:code",
        '"path":"/*"',
        "invented: the disk is full",
        '"code":"23505"',
      ],
    });
    expect(lines.join("")).not.to.contain("invented password");
    expect(refusals.length).to.be.greaterThan(40);
    expectNone({
      name: "the refusals",
      bytes: Buffer.from(refusals.join("\n")),
      known: ["urn:everyfen:problem:", "already-recorded"],
    });
  });

  /** All that a store has on disk: its files, or every row of its schema as text, with bytes in hexadecimal. */
  const bytesOfStore = async (store: StoreName): Promise<Buffer> => {
    const { folder, database } = books.service;
    if (database === undefined) {
      const files = readdirSync(folder).filter((file) => file.startsWith(`${store}.db`));
      return Buffer.concat(files.map((file) => readFileSync(join(folder, file))));
    }
    const schema = `everyfen_${store}`;
    const tables = await askPostgres(
      database,
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${schema}'`,
    );
    const rows = [];
    for (const { name } of tables) {
      rows.push(
        await askPostgres(database, `SELECT row_to_json(t)::text AS row FROM "${String(name)}" t`, schema),
      );
    }
    return Buffer.from(
      rows
        .flat()
        .map(({ row }) => String(row))
        .join("\n"),
    );
  };

  it("is in no store and no file of the data folder in the clear", async () => {
    const { folder, database } = books.service;
    const isStore = (file: string): boolean => storeNames.some((name) => file.startsWith(`${name}.db`));
    const files = readdirSync(folder).filter((file) => !isStore(file));
    expect(files).to.include("vault.key");
    for (const file of files) expectNone({ name: file, bytes: readFileSync(join(folder, file)), known: [] });

    const written = (bytes: Buffer): Buffer =>
      database === undefined ? bytes : Buffer.from(bytes.toString("hex"));
    const { body } = await books.service.get(`/v1/donations/${books.donations[0]}`);
    const commitment = Buffer.from(String(at(body, "data", "commitment")).slice(2), "hex");
    const [first = "", second = "", opening = ""] = credentials.idempotencyKeys;
    const [firstKey = ""] = credentials.apiKeys;
    const [, session = ""] = credentials.sessions;
    const known: Readonly<Record<StoreName, readonly (string | Buffer)[]>> = {
      index: [written(commitment)],
      outbox: ["Example fund", "recordDonations", opening],
      log: ["idempotencyMark", "/v1/keys/:id/rotate"],
      access: [first, second, written(sha256(secretOf(firstKey))), written(sha256(session))],
      vault: [],
    };
    for (const name of storeNames) {
      const bytes = await bytesOfStore(name);
      expect(bytes.length, name).to.be.greaterThan(1_000);
      expectHeld(name, bytes, known[name]);
      expectNone({ name, bytes, known: [], keeps: kept[name] ?? [] });
    }
  });
});
