/** What is put on record about the books: statements that are published, totals, corrections, heads. */
import { expect } from "chai";
import { documentDigest } from "../../../protocol/json.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { actors } from "../../../server/desk/actors.ts";
import { readStatement, statementDocument } from "../../../server/documents.ts";
import { openBooks, recorded, type Books } from "../api/books.ts";
import { at, type Answer } from "../service.ts";

describe("audit through the API", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const statementOf = (words: string) => ({
    title: { zh: `示例标题 ${words}`, en: `Example title ${words}` },
    text: { zh: `示例正文 ${words}`, en: `Example text ${words}` },
  });
  const post = (path: string, body?: object): Promise<Answer> => books.service.post(path, body);
  const eventOf = async (answer: Answer): Promise<LedgerEvent | undefined> => {
    const id = String(at(recorded(answer).body, "operations", 0, "operation"));
    return (await books.service.gateway.desk.operation(id))?.events.at(-1);
  };
  const digestOf = (words: string) => documentDigest(statementDocument(statementOf(words)));
  const refuse = async (path: string, body: object, field: string, reason: RegExp): Promise<void> => {
    const before = await books.service.gateway.chain.head();
    const answer = await post(path, body);
    const shown = JSON.stringify(answer.body);
    expect(answer.status, shown).to.be.oneOf([400, 422]);
    expect(at(answer.body, "errors", 0, "field"), shown).to.equal(field);
    expect(at(answer.body, "errors", 0, "reason"), shown).to.match(reason);
    expect(await books.service.gateway.chain.head()).to.deep.equal(before);
  };

  it("attests to a period, a programme or the whole ledger, by a statement that anybody can read", async () => {
    const subjects = [
      [
        { programme: books.insurance, period: 1 },
        { programme: 1, period: 1 },
      ],
      [{ programme: books.insurance }, { programme: 1, period: 0 }],
      [{}, { programme: 0, period: 0 }],
    ] as const;
    for (const [index, [subject, recordedAs]] of subjects.entries()) {
      const statement = statementOf(`attestation ${index}`);
      const event = await eventOf(await post("/v1/attestations", { ...subject, statement }));
      const document = digestOf(`attestation ${index}`);
      expect(event).to.deep.include({ type: "Attested", ...recordedAs, document });
      const response = await books.service.app.inject({ method: "GET", url: `/v1/documents/${document}` });
      expect(response.statusCode).to.equal(200);
      expect(readStatement(response.payload)).to.deep.equal(statement);
    }
  });

  it("opens a finding, which the foundation answers and an auditor closes", async () => {
    const opened = await eventOf(
      await post("/v1/findings", { programme: books.aid, statement: statementOf("opened") }),
    );
    expect(opened).to.deep.include({ type: "FindingOpened", finding: 1, document: digestOf("opened") });
    const answer = (words: string) => post("/v1/findings/1/answer", { statement: statementOf(words) });
    expect(await eventOf(await answer("answered"))).to.deep.include({
      type: "FindingAnswered",
      document: digestOf("answered"),
    });
    expect(at((await answer("again")).body, "detail")).to.match(/^WrongFindingState: /);
    const close = () => post("/v1/findings/1/close", { statement: statementOf("closed") });
    expect(await eventOf(await close())).to.deep.include({ type: "FindingClosed", finding: 1 });
    const twice = await books.service.post("/v1/findings/1/close", { statement: statementOf("closed") });
    expect(at(twice.body, "detail")).to.match(/^WrongFindingState: /);
    const unknown = await post("/v1/findings/9/close", { statement: statementOf("closed") });
    expect(at(unknown.body, "detail")).to.match(/^UnknownFinding: /);
  });

  it("refuses statements that are too long, empty, in one language or with other fields", async () => {
    const { title, text } = statementOf("refused");
    const path = "/v1/attestations";
    const long = { zh: "长".repeat(4_001), en: "long" };
    await refuse(path, { statement: { title, text: long } }, "statement.text.zh", /more than 4000/);
    await refuse(
      path,
      { statement: { title: { ...title, en: "" }, text } },
      "statement.title.en",
      /fewer than 1/,
    );
    await refuse(
      path,
      { statement: { title: { ...title, en: "e".repeat(201) }, text } },
      "statement.title.en",
      /more than 200/,
    );
    await refuse(path, { statement: { title, text: { zh: "示例" } } }, "statement.text.en", /missing/);
    await refuse(path, { statement: { title, text, author: "nobody" } }, "statement.author", /not a field/);
    await refuse(path, {}, "statement", /missing/);
  });

  it("refuses subjects that are none", async () => {
    const statement = statementOf("subject");
    for (const path of ["/v1/attestations", "/v1/findings"]) {
      await refuse(path, { period: 1, statement }, "period", /none without a programme/);
      await refuse(path, { programme: books.aid, period: 9, statement }, "period", /no policy period 9/);
      await refuse(path, { programme: books.fund, statement }, "programme", /programme's code/);
    }
  });

  it("confirms the total of a channel's day in the provider's name", async () => {
    const total = { day: "2019-01-02", currency: "CNY", count: 7, sum: "568000" };
    const event = await eventOf(await post("/v1/channels/alipay/totals", total));
    expect(event).to.deep.include({
      type: "ChannelTotalConfirmed",
      channel: "alipay",
      day: 20190102,
      count: 7,
      sum: 568_000n,
    });
    expect(event).to.deep.include({ provider: 1 + actors.indexOf("provider") });
    const path = "/v1/channels/alipay/totals";
    await refuse("/v1/channels/pigeon/totals", total, "channel", /not registered/);
    await refuse(path, { ...total, day: "2019-02-01" }, "day", /lies in the future/);
    await refuse(path, { ...total, day: "2019-02-30" }, "day", /real day/);
    await refuse(path, { ...total, sum: "1.5" }, "sum", /minor units/);
    await refuse(path, { ...total, count: -1 }, "count", />= 0/);
    recorded(await post(path, { ...total, count: 0, sum: "0", day: "2019-01-03" }));
  });

  it("notes corrections of records, by number or code", async () => {
    const statement = statementOf("correction");
    const note = (kind: string, record: unknown) => post("/v1/corrections", { kind, record, statement });
    const expense = await eventOf(await note("expense", 2));
    expect(expense).to.deep.include({ type: "CorrectionNoted", kind: "expense", record: 2 });
    for (const [kind, code, record] of [
      ["claim", books.paid, 1],
      ["fund", books.fund, 1],
      ["programme", books.aid, 2],
      ["batch", books.batches[1], 2],
    ] as const) {
      expect(await eventOf(await note(kind, code))).to.deep.include({ kind, record });
    }
    expect(at((await note("expense", 99)).body, "detail")).to.match(/^UnknownRecord: /);
    await refuse(
      "/v1/corrections",
      { kind: "expense", record: books.paid, statement },
      "record",
      /has no code/,
    );
    await refuse("/v1/corrections", { kind: "fund", record: books.paid, statement }, "record", /fund's code/);
    await refuse("/v1/corrections", { kind: "rumour", record: 1, statement }, "kind", /expected one of/);
  });

  it("notes the latest block in the auditor's name", async () => {
    const { number, hash } = await books.service.gateway.chain.head();
    const event = await eventOf(await post("/v1/heads"));
    expect(event).to.deep.include({ type: "HeadNoted", blockNumber: number, blockHash: hash });
    const again = await post("/v1/heads");
    expect(await eventOf(again)).to.deep.include({ blockNumber: number + 1 });
  });
});
