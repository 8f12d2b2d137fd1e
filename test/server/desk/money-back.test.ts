/** Gifts that are repaid, and what an ended programme leaves behind. */
import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { batchId, programmeId } from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { indexed, openBooks, openProgramme, periodOf, recorded, year, type Books } from "../api/books.ts";
import { at, listAt, newYear2019, type Answer } from "../service.ts";
import { holdingBlocks } from "./faults.ts";

const eventsOf = async (books: Books, answer: Answer): Promise<readonly LedgerEvent[]> => {
  const id = String(at(recorded(answer).body, "operations", 0, "operation"));
  return (await books.service.gateway.desk.operation(id))?.events ?? [];
};
const expectRefusal = (answer: Answer, field: string, reason: RegExp): void => {
  const shown = JSON.stringify(answer.body);
  expect(answer.status, shown).to.be.oneOf([400, 422]);
  expect(at(answer.body, "errors", 0, "field"), shown).to.equal(field);
  expect(at(answer.body, "errors", 0, "reason"), shown).to.match(reason);
};
const expectLaws = async (books: Books): Promise<void> => {
  await indexed(books.service);
  const laws = listAt((await books.service.get("/v1/audit")).body, "data");
  expect(laws.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
};

describe("refunds", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  // The gift of 10,000 fen.
  const gift = (): string => books.donations[2] ?? "";
  const refund = (fields: object = {}, code = gift(), headers = {}): Promise<Answer> =>
    books.service.post(
      `/v1/donations/${code}/refunds`,
      { amount: "3000", currency: "CNY", paymentNumber: "INVENTED-REPAYMENT-1", ...fields },
      headers,
    );
  const cover = (number: number, fields: object = {}): Promise<Answer> =>
    books.service.post(`/v1/refunds/${number}/cover`, {
      channel: "bank",
      paymentNumber: "INVENTED-COVER-1",
      ...fields,
    });

  it("repay the back of a gift, then what is left of it, and no more", async () => {
    const view = await books.service.get(`/v1/donations/${gift()}`);
    const end = BigInt(String(at(view.body, "data", "end")));
    const [first] = await eventsOf(books, await refund());
    expect(first).to.deep.include({ type: "DonationRefunded", refund: 1, amount: 3000n, start: end - 3000n });
    expectRefusal(await refund({ amount: "7001" }), "amount", /at most 7000 fen .*still the donor's/);
    const [second] = await eventsOf(books, await refund({ amount: "7000", paymentNumber: "R-2" }));
    expect(second).to.deep.include({ amount: 7000n, start: end - 10_000n });
    expectRefusal(await refund({ amount: "1" }), "amount", /at most 0 fen/);
    await expectLaws(books);
  });

  it("are refused by the ledger where another one, still under way, took the rest", async () => {
    const [, , , largest = ""] = books.donations;
    const release = holdingBlocks(books.service);
    const headers = (key: string) => ({ "idempotency-key": key, prefer: "" });
    const bodies = [{ amount: "400000" }, { amount: "100001" }];
    for (const [index, body] of bodies.entries()) {
      expect((await refund(body, largest, headers(`side-${index}`))).status).to.equal(202);
    }
    release();
    recorded(await refund(bodies[0], largest, { "idempotency-key": "side-0" }));
    const second = await refund(bodies[1], largest, { "idempotency-key": "side-1" });
    expect(at(second.body, "detail")).to.match(/^RefundTooLarge: left 100000, amount 100001$/);
  });

  it("refuse gifts that are none, amounts of nothing and other money", async () => {
    const unknown = encodeCode({ kind: "donation", batch: batchId(99), index: 0 });
    expect((await refund({}, unknown)).status).to.equal(404);
    expect((await refund({}, books.fund)).status).to.equal(404);
    expectRefusal(await refund({ amount: "0" }), "amount", /at least one/);
    expectRefusal(await refund({ amount: "1.5" }), "amount", /minor units/);
    expectRefusal(await refund({ currency: "USD" }), "currency", /expected CNY/);
    expectRefusal(await refund({ paymentNumber: "" }), "paymentNumber", /fewer than 1/);
  });

  it("are covered by the provider once, on a channel that there is", async () => {
    expectRefusal(await cover(1, { channel: "pigeon" }), "channel", /not registered/);
    const [event] = await eventsOf(books, await cover(1));
    expect(event).to.deep.include({ type: "RefundCovered", refund: 1, channel: "bank" });
    expect(at((await cover(1, { paymentNumber: "C-2" })).body, "detail")).to.match(/^RefundAlreadyCovered: /);
    expect(at((await cover(99)).body, "detail")).to.match(/^UnknownRefund: /);
    expect((await cover(4_294_967_296)).status).to.equal(404);
  });

  it("keep the numbers of payments to themselves", async () => {
    const log = await books.service.gateway.chain.request({
      method: "eth_getLogs",
      params: [{ fromBlock: "0x0", toBlock: "latest" }],
    });
    const chain = Buffer.from(JSON.stringify(log));
    for (const secret of ["INVENTED-REPAYMENT-1", "INVENTED-COVER-1"]) {
      expect(chain.includes(secret)).to.equal(false);
      expect(chain.includes(Buffer.from(secret).toString("hex"))).to.equal(false);
    }
  });
});

describe("the surplus of a programme", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const move = (from: string, to: string): Promise<Answer> => books.service.post("/v1/moves", { from, to });

  it("is refused while the programme runs, to itself, and to programmes that are none", async () => {
    const { insurance, aid, fund } = books;
    expectRefusal(await move(aid, insurance), "from", /last policy period is not over/);
    expectRefusal(await move(aid, aid), "to", /another programme than from/);
    expectRefusal(await move(fund, aid), "from", /programme's code/);
    const unknown = encodeCode({ kind: "programme", programme: programmeId(99) });
    expectRefusal(await move(aid, unknown), "to", /no programme 99/);
    const dollars = await books.service.post("/v1/programmes", {
      name: { zh: "示例", en: "Example" },
      kind: "aid",
      currency: "USD",
      region: 0,
    });
    const code = String(at(recorded(dollars).body, "operations", 0, "records", 0, "code"));
    expectRefusal(await move(aid, code), "to", /expected a programme in CNY, it is in USD/);
  });

  it("moves whole once all is over, and only where the fallback lets it", async () => {
    const { service, insurance, aid } = books;
    const next = await openProgramme(service, "next", "aid");
    service.clock.advanceTo(newYear2019 + 2 * year + 86_400);
    expect(at((await move(aid, next)).body, "detail")).to.match(/^ProgrammeNotEnded: /);
    const waiting = at((await service.get(`/v1/programmes/${insurance}`)).body, "data", "claims", "filed");
    expect(waiting).to.equal(1);
    recorded(await service.post(`/v1/programmes/${next}/periods`, periodOf(1, 2021)));
    service.clock.advanceTo(newYear2019 + 2 * year + 70 * 86_400);
    expect(at((await move(insurance, aid)).body, "detail")).to.match(/^ProgrammeNotEnded: .*openClaims 4$/);
    const [closed] = (await eventsOf(books, await move(aid, next))).slice(-1);
    expect(closed).to.deep.include({ type: "SurplusMoved", reserveAmount: 1350n, operationsAmount: 150n });
    expect(at((await move(aid, next)).body, "detail")).to.match(/^NothingToMove: /);

    const claims = books.approved.map((claim) => ({ claim, reason: "other" }));
    recorded(await service.post("/v1/claims/cancel", { claims }));
    recorded(
      await service.post("/v1/claims/reject", { claims: [{ claim: books.filed, reason: "evidence" }] }),
    );
    expect(at((await move(insurance, next)).body, "detail")).to.match(/^InvalidDestination: expected 2/);
    recorded(await move(insurance, aid));
    await expectLaws(books);
  });
});
