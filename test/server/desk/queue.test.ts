/** Decisions, payments and what comes back: the queue keeps its order by number, whatever is under way. */
import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { claimId } from "../../../protocol/ids.ts";
import { allocate, claimOf, codesOf, indexed, openBooks, recorded, type Books } from "../api/books.ts";
import { at, listAt, type Answer } from "../service.ts";
import { holdingBlocks } from "./faults.ts";

const openWithQueue = async (): Promise<{ books: Books; queue: readonly string[] }> => {
  const books = await openBooks();
  const { service } = books;
  const cancelled = books.approved.map((claim) => ({ claim, reason: "other" }));
  recorded(await service.post("/v1/claims/cancel", { claims: cancelled }));
  recorded(await allocate(service, books.fund, books.insurance, "50000"));
  const claims = [10, 11, 12, 13, 14].map((person) =>
    claimOf(books.insurance, "1000", `S-QUEUE-${person}`, person),
  );
  const queue = codesOf(await service.post("/v1/claims", { claims }), "ClaimFiled");
  const approving = queue.map((claim) => ({ claim, amount: "1000", currency: "CNY" }));
  recorded(await service.post("/v1/claims/approve", { claims: approving }));
  return { books, queue };
};

describe("the queue", function () {
  this.timeout(120_000);
  let books: Books;
  let queue: readonly string[];
  beforeEach(async () => {
    ({ books, queue } = await openWithQueue());
  });
  afterEach(() => books.service.close());

  const [A, B, C, D, E] = [0, 1, 2, 3, 4];
  const named = (...places: readonly (number | undefined)[]) => ({
    claims: places.map((place) => ({ claim: queue[place ?? -1] ?? "" })),
  });
  const reasoned = (...places: readonly (number | undefined)[]) => ({
    claims: named(...places).claims.map((each) => ({ ...each, reason: "evidence" })),
  });
  const paying = (...places: readonly (number | undefined)[]) => ({
    claims: named(...places).claims.map((each) => ({ ...each, paymentNumber: `N-${each.claim}` })),
  });
  const post = (verb: string, body: object): Promise<Answer> =>
    books.service.post(`/v1/claims/${verb}`, body);
  /** Accepted and not waited for; the answer of a repetition tells what became of it. */
  const send = async (verb: string, body: object, key: string): Promise<() => Promise<Answer>> => {
    const path = `/v1/claims/${verb}`;
    const accepted = await books.service.post(path, body, { "idempotency-key": key, prefer: "" });
    expect(accepted.status, JSON.stringify(accepted.body)).to.equal(202);
    return () => books.service.post(path, body, { "idempotency-key": key });
  };
  const expectQueue = async (...places: readonly (number | undefined)[]): Promise<void> => {
    await indexed(books.service);
    const { body } = await books.service.get(`/v1/programmes/${books.insurance}/queue`);
    expect(listAt(body, "data").map((claim) => at(claim, "code"))).to.deep.equal(
      places.map((place) => queue[place ?? -1]),
    );
  };
  const payoutOf = (answer: Answer): number =>
    Number(
      at(
        listAt(answer.body, "operations", 0, "records").find((record) => at(record, "event") === "ClaimPaid"),
        "payout",
      ),
    );
  const giveBack = (payout: number, headers = {}): Promise<Answer> =>
    books.service.post(`/v1/payouts/${payout}/return`, { voucher: "V-RETURN" }, headers);
  const expectLaws = async (): Promise<void> => {
    await indexed(books.service);
    const laws = listAt((await books.service.get("/v1/audit")).body, "data");
    expect(laws.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  };

  it("takes claims out on hold and back in at their places, in whatever order", async () => {
    recorded(await post("hold", reasoned(B, C, D)));
    await expectQueue(A, E);
    recorded(await post("release", named(D, B)));
    await expectQueue(A, B, D, E);
    recorded(await post("release", named(C)));
    await expectQueue(A, B, C, D, E);
    recorded(await post("hold", reasoned(A)));
    recorded(await post("release", named(A)));
    await expectQueue(A, B, C, D, E);
    await expectLaws();
  });

  it("lets others overtake only a claim on hold", async () => {
    const blocked = await post("pay", paying(B));
    expect(at(blocked.body, "detail")).to.match(/^NotQueueHead: /);
    recorded(await post("hold", reasoned(A)));
    recorded(await post("pay", paying(B)));
    await expectQueue(C, D, E);
    recorded(await post("release", named(A)));
    await expectQueue(A, C, D, E);
    await expectLaws();
  });

  it("finds the place of a released claim behind what is under way", async () => {
    recorded(await post("hold", reasoned(C)));
    const release = holdingBlocks(books.service);
    // The books still show B before C; when the release is carried out, B is on hold and A is paid.
    const under = [
      await send("hold", reasoned(B), "hold-b"),
      await send("pay", paying(A), "pay-a"),
      await send("release", named(C), "release-c"),
    ];
    release();
    for (const again of under) recorded(await again());
    await expectQueue(C, D, E);
    await expectLaws();
  });

  it("releases a claim whose hold is still under way, and several at once behind a payment", async () => {
    recorded(await post("hold", reasoned(B, D)));
    const release = holdingBlocks(books.service);
    const under = [
      await send("hold", reasoned(C), "hold-c"),
      await send("pay", paying(A), "pay-a"),
      await send("release", named(D, C, B), "release-all"),
    ];
    release();
    for (const again of under) recorded(await again());
    await expectQueue(B, C, D, E);
    await expectLaws();
  });

  it("has a released claim refused that is not on hold, and takes it out for good when cancelled", async () => {
    const notHeld = await post("release", named(C));
    expect(at(notHeld.body, "detail")).to.match(/^WrongClaimState: /);
    recorded(await post("cancel", reasoned(C)));
    const cancelled = await post("release", named(C));
    expect(at(cancelled.body, "detail")).to.match(/^WrongClaimState: /);
    await expectQueue(A, B, D, E);
    await expectLaws();
  });

  it("puts a claim whose payment the bank returned back to its old place, with what was left", async () => {
    const [first, second] = [await post("pay", paying(A)), await post("pay", paying(B))].map(payoutOf);
    const recovery = await books.service.post(`/v1/payouts/${second}/recoveries`, {
      amount: "100",
      voucher: "V-RECOVERY",
    });
    const [record] = listAt(recorded(recovery).body, "operations", 0, "records");
    expect(record).to.deep.include({ event: "PayoutRecovered", payout: second, recovery: 1 });
    recorded(await giveBack(second ?? 0));
    await expectQueue(B, C, D, E);
    recorded(await giveBack(first ?? 0));
    await expectQueue(A, B, C, D, E);
    const { body } = await books.service.get(`/v1/claims/${queue[B ?? 0]}`);
    expect(at(body, "data", "approved", "amount")).to.equal("900");
    recorded(await post("pay", paying(A)));
    recorded(await post("pay", { claims: [{ claim: queue[B ?? 0], paymentNumber: "N-AGAIN" }] }));
    await expectQueue(C, D, E);
    await expectLaws();
  });

  it("returns what is left behind recoveries and payments that are under way", async () => {
    const [first, second] = [await post("pay", paying(A)), await post("pay", paying(B))].map(payoutOf);
    recorded(await giveBack(first ?? 0));
    const release = holdingBlocks(books.service);
    // The books show A before B; when the return is carried out, A is paid and 300 of B came back.
    const recovery = { amount: "300", voucher: "V-300" };
    const headers = (key: string) => ({ "idempotency-key": key, prefer: "" });
    const recover = `/v1/payouts/${second}/recoveries`;
    expect((await books.service.post(recover, recovery, headers("recover"))).status).to.equal(202);
    const again = await send(
      "pay",
      { claims: [{ claim: queue[A ?? 0], paymentNumber: "N-2" }] },
      "pay-again",
    );
    expect((await giveBack(second ?? 0, headers("return"))).status).to.equal(202);
    release();
    recorded(await again());
    recorded(await giveBack(second ?? 0, { "idempotency-key": "return" }));
    await expectQueue(B, C, D, E);
    const { body } = await books.service.get(`/v1/claims/${queue[B ?? 0]}`);
    expect(at(body, "data", "approved", "amount")).to.equal("700");
    await expectLaws();
  });

  it("refuses recoveries of more than is left, of nothing, and of payments that are none", async () => {
    const payout = payoutOf(await post("pay", paying(A)));
    const refuse = async (path: string, body: object, field: string, reason: RegExp): Promise<void> => {
      const answer = await books.service.post(path, body);
      expect(answer.status, JSON.stringify(answer.body)).to.be.oneOf([400, 404, 422]);
      expect(at(answer.body, "errors", 0, "field")).to.equal(field);
      expect(at(answer.body, "errors", 0, "reason")).to.match(reason);
    };
    const path = `/v1/payouts/${payout}/recoveries`;
    await refuse(path, { amount: "1001", voucher: "V" }, "amount", /at most 1000 fen .*got 1001/);
    await refuse(path, { amount: "0", voucher: "V" }, "amount", /at least one/);
    await refuse(path, { amount: "1", voucher: "" }, "voucher", /fewer than 1/);
    await refuse("/v1/payouts/99/recoveries", { amount: "1", voucher: "V" }, "payout", /no payout 99/);
    await refuse("/v1/payouts/99/return", { voucher: "V" }, "payout", /no payout 99/);
    expect((await books.service.post("/v1/payouts/4294967296/return", { voucher: "V" })).status).to.equal(
      404,
    );
    expect((await books.service.post("/v1/payouts/x/return", { voucher: "V" })).status).to.equal(400);
    recorded(await books.service.post(path, { amount: "1000", voucher: "V" }));
    await refuse(`/v1/payouts/${payout}/return`, { voucher: "V" }, "payout", /nothing is left/);
    await refuse(path, { amount: "1", voucher: "V" }, "amount", /at most 0 fen/);
  });
});

describe("decisions about claims", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const verbs = ["withdraw", "reject", "hold", "release", "cancel"] as const;
  const bodyOf = (verb: (typeof verbs)[number], claim: string, fields: object = {}) => ({
    claims: [{ claim, ...(verb === "withdraw" || verb === "release" ? {} : { reason: "terms" }), ...fields }],
  });

  it("refuse claims that are not known, reasons that are none, and more than 50", async () => {
    const unknown = encodeCode({ kind: "claim", claim: claimId(99) });
    for (const verb of verbs) {
      const path = `/v1/claims/${verb}`;
      const expectRefusal = async (body: object, field: string, reason: RegExp): Promise<void> => {
        const answer = await books.service.post(path, body);
        expect(answer.status, `${verb} ${JSON.stringify(answer.body)}`).to.be.oneOf([400, 422]);
        expect(at(answer.body, "errors", 0, "field"), verb).to.equal(field);
        expect(at(answer.body, "errors", 0, "reason"), verb).to.match(reason);
      };
      await expectRefusal(bodyOf(verb, unknown), "claims[0].claim", /no claim 99/);
      await expectRefusal(bodyOf(verb, books.fund), "claims[0].claim", /expected a claim's code/);
      await expectRefusal({ claims: [] }, "claims", /fewer than 1/);
      const many = Array.from({ length: 51 }, () => bodyOf(verb, books.filed).claims[0]);
      await expectRefusal({ claims: many }, "claims", /more than 50/);
      if (verb === "withdraw" || verb === "release") {
        await expectRefusal(
          bodyOf(verb, books.filed, { reason: "terms" }),
          "claims[0].reason",
          /not a field/,
        );
      } else {
        await expectRefusal(
          bodyOf(verb, books.filed, { reason: "illness" }),
          "claims[0].reason",
          /expected one of evidence, terms, duplicate, other/,
        );
      }
    }
  });

  it("end a filed claim by rejection or withdrawal, once", async () => {
    const claims = [20, 21].map((person) => claimOf(books.insurance, "10", `S-END-${person}`, person));
    const [one = "", other = ""] = codesOf(await books.service.post("/v1/claims", { claims }), "ClaimFiled");
    recorded(await books.service.post("/v1/claims/reject", bodyOf("reject", one)));
    recorded(await books.service.post("/v1/claims/withdraw", bodyOf("withdraw", other)));
    for (const claim of [one, other]) {
      for (const verb of verbs) {
        const answer = await books.service.post(`/v1/claims/${verb}`, bodyOf(verb, claim));
        expect(at(answer.body, "detail"), verb).to.match(/^WrongClaimState: /);
      }
    }
    await indexed(books.service);
    const stateOf = async (claim: string): Promise<unknown> =>
      at((await books.service.get(`/v1/claims/${claim}`)).body, "data", "state");
    expect([await stateOf(one), await stateOf(other)]).to.deep.equal(["rejected", "withdrawn"]);
  });
});
