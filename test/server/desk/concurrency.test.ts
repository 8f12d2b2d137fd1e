/** Many writers at once: everything lands once, side by side on its line, and one refusal disturbs no other. */
import { expect } from "chai";
import { newYear2019, at, listAt, type Answer } from "../service.ts";
import {
  allocate,
  giftOf,
  openBooks,
  openProgramme,
  periodOf,
  recorded,
  year,
  type Books,
} from "../api/books.ts";
import { holdingBlocks } from "./faults.ts";

interface Interval {
  readonly start: number;
  readonly end: number;
}

describe("writers side by side", function () {
  this.timeout(30_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const list = async (path: string): Promise<readonly unknown[]> =>
    listAt((await books.service.get(path)).body, "data");
  const allocated = async (): Promise<readonly Interval[]> =>
    (await list(`/v1/allocations?fund=${books.fund}&limit=100`)).map((each) => ({
      start: Number(at(each, "fundStart")),
      end: Number(at(each, "fundStart")) + Number(at(each, "amountFen")),
    }));
  const donated = async (): Promise<readonly Interval[]> =>
    (await list(`/v1/funds/${books.fund}/batches?limit=100`)).map((each) => ({
      start: Number(at(each, "startsAt")),
      end: Number(at(each, "startsAt")) + Number(at(each, "sumFen")),
    }));
  const expectConsecutive = (intervals: readonly Interval[]): void => {
    intervals.forEach(({ start }, index) => expect(start).to.equal(intervals[index - 1]?.end ?? 0));
  };
  const expectLaws = async (): Promise<void> => {
    expect((await list("/v1/audit")).filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  };
  const give = (number: string, amount: string, headers = {}): Promise<Answer> =>
    books.service.post("/v1/donations", { donations: [giftOf(books.fund, number, { amount })] }, headers);

  it("land once each, with consecutive positions", async () => {
    const [giftsBefore, before] = [await donated(), await allocated()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => [
        give(`SIDE-BY-SIDE-${index}`, String(index + 1)),
        allocate(
          books.service,
          books.fund,
          index % 2 === 0 ? books.aid : books.insurance,
          String(50 + index),
        ),
      ]).flat(),
    );
    for (const answer of answers) recorded(answer);
    const [gifts, allocations] = [await donated(), await allocated()];
    expect(gifts.length).to.be.greaterThan(giftsBefore.length);
    expect(new Set(answers.flatMap(({ body }) => listAt(body, "donations"))).size).to.equal(20);
    expect(allocations).to.have.length(before.length + 20);
    expectConsecutive(gifts);
    expectConsecutive(allocations);
    const sum = (intervals: readonly Interval[]): number => intervals.at(-1)?.end ?? 0;
    expect(sum(gifts) - sum(giftsBefore)).to.equal(210);
    expect(sum(allocations) - sum(before)).to.equal(20 * 50 + 190);
    await expectLaws();
  });

  it("may allocate money whose gift is still on its way", async () => {
    const { body } = await books.service.get(`/v1/funds/${books.fund}`);
    const unallocated = Number(at(body, "data", "partition", "unallocated", "amount"));
    const release = holdingBlocks(books.service);
    const given = give("ON-ITS-WAY", "1000");
    const taken = allocate(books.service, books.fund, books.aid, String(unallocated + 1_000));
    const tooMuch = await allocate(books.service, books.fund, books.aid, "1");
    release();
    expect(tooMuch.status).to.equal(422);
    recorded(await given);
    recorded(await taken);
    recorded(await give("MORE-MONEY", "100000"));
  });

  it("are built anew at the right place when the ledger refuses one in their middle", async () => {
    const ended = await openProgramme(books.service, "ended");
    recorded(await books.service.post(`/v1/programmes/${ended}/periods`, periodOf(1, 2019)));
    books.service.clock.advanceTo(newYear2019 + year + 40 * 86_400);
    const before = await allocated();
    const release = holdingBlocks(books.service);
    const path = (index: number) => `/v1/programmes/${index === 2 ? ended : books.aid}/allocations`;
    const send = (index: number, prefer: string): Promise<Answer> =>
      books.service.post(
        path(index),
        { fund: books.fund, amount: String(100 + index), currency: "CNY" },
        { "idempotency-key": `pipelined-${index}`, prefer },
      );
    const indexes = Array.from({ length: 9 }, (_, index) => index);
    for (const index of indexes) expect((await send(index, "")).status).to.equal(202);
    release();
    const answers = await Promise.all(indexes.map((index) => send(index, "wait=30")));
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 409, 201, 201, 201, 201, 201, 201]);
    expect(at(answers[2]?.body, "detail")).to.match(/^InRunOff: programme \d+$/);

    const after = await allocated();
    expectConsecutive(after);
    expect(after.slice(before.length).map(({ start, end }) => end - start)).to.deep.equal([
      100, 101, 103, 104, 105, 106, 107, 108,
    ]);
    recorded(await allocate(books.service, books.fund, books.aid, "1"));
    expectConsecutive(await allocated());
    await expectLaws();
  });

  it("are told to come back when more waits than the queue holds, and nothing of it is kept", async () => {
    const narrow = await openBooks({ QUEUE_LIMIT: "2" });
    const release = holdingBlocks(narrow.service);
    const send = (index: number): Promise<Answer> =>
      narrow.service.post(
        "/v1/donations",
        { donations: [giftOf(narrow.fund, `QUEUE-${index}`)] },
        { "idempotency-key": `queue-${index}`, prefer: "" },
      );
    expect((await send(0)).status).to.equal(202);
    expect((await send(1)).status).to.equal(202);
    const refused = await send(2);
    expect(refused.status).to.equal(503);
    expect(refused.headers["retry-after"]).to.equal("5");
    release();
    recorded(
      await narrow.service.post(
        "/v1/donations",
        { donations: [giftOf(narrow.fund, "QUEUE-0")] },
        { "idempotency-key": "queue-0" },
      ),
    );
    recorded(
      await narrow.service.post(
        "/v1/donations",
        { donations: [giftOf(narrow.fund, "QUEUE-2")] },
        { "idempotency-key": "queue-2" },
      ),
    );
    await narrow.service.close();
  });
});
