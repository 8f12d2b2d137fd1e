/** Gifts that come in requests of their own at one time: one batch, and each its own key, answer, code and refusal. */
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { IdempotencyConflict } from "../../../server/outbox/store.ts";
import { at, listAt, type Answer } from "../service.ts";
import { giftOf, indexed, openBooks, openFund, recorded, type Books, type GiftFields } from "../api/books.ts";
import { holdingBlocks, losingAcceptance, vaultOf } from "./faults.ts";

describe("gifts that wait together", function () {
  this.timeout(30_000);
  let books: Books;
  let fund = "";
  before(async () => {
    books = await openBooks();
    fund = await openFund(books.service, "together");
  });
  after(() => books.service.close());

  const post = (key: string, donations: readonly object[], headers = {}): Promise<Answer> =>
    books.service.post("/v1/donations", { donations }, { "idempotency-key": key, ...headers });
  const give = (number: string, fields: GiftFields = {}, key = `key-${number}`): Promise<Answer> =>
    post(key, [giftOf(fund, number, fields)]);
  const operationsOf = (answer: Answer): readonly string[] =>
    listAt(answer.body, "operations").map((operation) => String(at(operation, "operation")));
  const codesOf = (answer: Answer): readonly string[] => listAt(answer.body, "donations").map(String);
  const list = async (path: string): Promise<readonly unknown[]> =>
    listAt((await books.service.get(path)).body, "data");
  const batches = (): Promise<readonly unknown[]> => list(`/v1/funds/${fund}/batches?limit=100`);
  const amountOf = async (code: string): Promise<unknown> =>
    at((await books.service.get(`/v1/donations/${code}`)).body, "data", "amount", "amount");
  const expectLaws = async (): Promise<void> => {
    expect((await list("/v1/audit")).filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  };

  it("become one batch, and each answer names its own gift", async () => {
    const before = (await batches()).length;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => give(`TOGETHER-${index}`, { amount: String(100 + index) })),
    );
    for (const answer of answers) recorded(answer);
    expect((await batches()).length - before).to.equal(1);
    expect(new Set(answers.flatMap(operationsOf)).size).to.equal(1);
    const codes = answers.map((answer) => codesOf(answer)[0] ?? "");
    expect(new Set(codes).size).to.equal(12);
    const amounts = await Promise.all(codes.map(amountOf));
    expect(amounts).to.deep.equal(Array.from({ length: 12 }, (_, index) => String(100 + index)));
    await expectLaws();
  });

  it("keep a key each: a repetition is answered as before, over a restart too, another body is refused", async () => {
    const numbers = ["KEYS-1", "KEYS-2", "KEYS-3"];
    const first = await Promise.all(numbers.map((number) => give(number)));
    expect(new Set(first.flatMap(operationsOf)).size).to.equal(1);
    const expectSame = async (): Promise<void> => {
      const again = await Promise.all(numbers.map((number) => give(number)));
      expect(again.map(({ body }) => body)).to.deep.equal(first.map(({ body }) => body));
      expect(again.map(({ headers }) => headers["idempotency-replayed"])).to.deep.equal([
        "true",
        "true",
        "true",
      ]);
    };
    await expectSame();
    await books.service.restart();
    await expectSame();
    for (const number of numbers) {
      const other = await give("KEYS-OTHER", {}, `key-${number}`);
      expect(at(other.body, "type")).to.equal("urn:everyfen:problem:idempotency-conflict");
    }
  });

  it("are refused each by itself, and nothing of a refused one is kept", async () => {
    recorded(await give("KNOWN"));
    const before = (await batches()).length;
    const [good, zero, channel, future, known, last] = await Promise.all([
      give("GOOD-1"),
      give("BAD-1", { amount: "0" }),
      give("BAD-2", { channel: "carrier-pigeon" }),
      give("BAD-3", { occurredAt: "2119-01-02" }),
      give("KNOWN", {}, "known-again"),
      give("GOOD-2"),
    ]);
    expect([good, zero, channel, future, known, last].map(({ status }) => status)).to.deep.equal([
      201, 422, 422, 422, 409, 201,
    ]);
    expect((await batches()).length - before).to.equal(1);
    for (const number of ["BAD-1", "BAD-2", "BAD-3"]) recorded(await give(number, {}, `mended-${number}`));
  });

  it("wait for each other where they share a payment or a key", async () => {
    const sameGift = await Promise.all(["a", "b", "c"].map((key) => give("SHARED", {}, `shared-${key}`)));
    expect(sameGift.map(({ status }) => status)).to.deep.equal([201, 409, 409]);
    // The API has one request of a key at a time; whoever asks the desk itself may not.
    const { desk, read } = books.service.gateway;
    const { fund: theFund } = (await read.funds()).find(({ code }) => code === fund) ?? expect.fail(fund);
    const ask = (transactionNumber: string) => {
      const gift = { ...giftOf(fund, transactionNumber), fund: theFund, amount: fen(1n) };
      return desk.recordDonations([gift], { asker: "one", idempotencyKey: "one key" });
    };
    const outcomes = await Promise.allSettled(["ONE", "ONE", "TWO"].map(ask));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "fulfilled", "rejected"]);
    const operations = outcomes.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
    expect([operations.length, new Set(operations).size]).to.deep.equal([2, 1]);
    const two = outcomes[2];
    expect(two?.status === "rejected" && two.reason).to.be.instanceOf(IdempotencyConflict);
  });

  it("go into a batch for each fund, channel and day, whichever request they came in", async () => {
    const other = await openFund(books.service, "together too");
    const elsewhere = { occurredAt: "2019-01-03T08:00:00+08:00" };
    const before = (await batches()).length;
    const answers = await Promise.all([
      post("mixed-1", [
        giftOf(fund, "MIXED-1"),
        giftOf(other, "MIXED-2"),
        giftOf(fund, "MIXED-3", elsewhere),
      ]),
      post("mixed-2", [giftOf(fund, "MIXED-4", { channel: "wechat" }), giftOf(fund, "MIXED-5", elsewhere)]),
      post("mixed-3", [giftOf(other, "MIXED-6")]),
    ]);
    const [one, two, three] = answers.map((answer) => operationsOf(recorded(answer)));
    expect((await batches()).length - before).to.equal(3);
    expect([one?.length, two?.length, three?.length]).to.deep.equal([3, 2, 1]);
    expect(two?.[1]).to.equal(one?.[2]);
    expect(three?.[0]).to.equal(one?.[1]);
    await expectLaws();
  });

  it("fill batches of 3,000", async () => {
    const before = (await batches()).length;
    const many = (series: string) =>
      Array.from({ length: 1_400 }, (_, index) => giftOf(fund, `MANY-${series}-${index}`, { amount: "1" }));
    const answers = await Promise.all(["a", "b", "c"].map((series) => post(`many-${series}`, many(series))));
    for (const answer of answers) expect(codesOf(recorded(answer))).to.deep.equal([]);
    const added = (await batches()).slice(before);
    expect(
      added.map((batch) => Number(at(batch, "count"))).toSorted((one, other) => one - other),
    ).to.deep.equal([1_400, 2_800]);
    await expectLaws();
  });

  it("that were lost between vault and outbox land once, in whatever company they come again", async () => {
    const numbers = ["LOST-A", "LOST-B", "LOST-C"];
    await losingAcceptance(books.service, async () => {
      const lost = await Promise.all(numbers.map((number) => give(number)));
      expect(lost.map(({ status }) => status)).to.deep.equal([500, 500, 500]);
    });
    const vault = await vaultOf(books.service);
    const saltOf = async (transactionNumber: string): Promise<unknown> =>
      (await vault.byReference({ channel: "alipay", transactionNumber }))?.salt;
    try {
      const left = await Promise.all(numbers.map(saltOf));
      recorded(await give("LOST-B"));
      await Promise.all(["LOST-C", "LOST-A", "LOST-D"].map(async (number) => recorded(await give(number))));
      expect(await Promise.all(numbers.map(saltOf))).to.deep.equal(left);
    } finally {
      await vault.close();
    }
    await indexed(books.service);
    await expectLaws();
  });

  it("may come again when an operator took out the operation that they shared", async () => {
    const release = holdingBlocks(books.service);
    const headers = { prefer: "" };
    // Signed at once, so that what comes behind it is still queued.
    const first = await post("held", [giftOf(fund, "HELD")], headers);
    const numbers = ["TAKEN-OUT-1", "TAKEN-OUT-2"];
    const answers = await Promise.all(
      numbers.map((number) => post(`out-${number}`, [giftOf(fund, number)], headers)),
    );
    const [operation, ...others] = new Set(answers.flatMap(operationsOf));
    expect([first.status, others]).to.deep.equal([202, []]);
    expect((await books.service.post(`/v1/operations/${operation}/cancel`)).status).to.equal(200);
    release();
    for (const number of numbers) expect((await give(number, {}, `out-${number}`)).status).to.equal(409);
    const again = await Promise.all(numbers.map((number) => give(number, {}, `in-${number}`)));
    for (const answer of again) expect(operationsOf(recorded(answer))).to.not.include(operation);
    await expectLaws();
  });
});
