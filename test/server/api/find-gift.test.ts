/** Find my gift: what a giver has opens the receipt, and nothing else tells whether a number is known. */
import { expect } from "chai";
import { donationCommitment } from "../../../protocol/donations/commitment.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { readReceipt } from "../../../protocol/receipt/read.ts";
import { proofOf } from "../../../protocol/receipt/write.ts";
import { at, listAt } from "../service.ts";
import { giftOf, openBooks, recorded, type Books } from "./books.ts";
import { asker, Description, type Answered, type Asked } from "./description.ts";

/** The text under `data`, which is the last member of an answer. */
const dataOf = (payload: string): string => payload.slice(payload.indexOf('"data":') + 7, -1);

describe("finding a gift by its payment", function () {
  this.timeout(30_000);
  let books: Books;
  let ask: (asked: Asked) => Promise<Answered>;
  const find = (transactionNumber: string, amount: string, more: object = {}): Promise<Answered> =>
    ask({ method: "POST", url: "/v1/donations/find", body: { transactionNumber, amount, ...more } });

  before(async () => {
    books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "30" });
    ask = asker(books.service, await Description.of(books.service));
    const donations = [
      giftOf(books.fund, "MADE-UP-1", { amount: "77", providerIssued: false }),
      giftOf(books.fund, "PROVIDER-1", { amount: "77" }),
    ];
    recorded(await books.service.post("/v1/donations", { donations }));
  });
  after(() => books.service.close());

  it("answers its receipt, which opens the commitment and is kept by nobody on the way", async () => {
    const answer = await find(" PROVIDER-1 ", "77");
    expect(answer.status).to.equal(200);
    expect(answer.headers["cache-control"]).to.equal("no-store");
    const receipt = at(answer.body, "data");
    const payload = {
      amount: "77",
      channel: "alipay",
      occurredAt: "2019-01-02T08:00:00+08:00",
      transactionNumber: "PROVIDER-1",
    };
    const salt = bytes32(String(at(receipt, "opening", "salt")));
    expect(at(receipt, "opening")).to.deep.equal({ salt, ...payload });
    const commitment = donationCommitment(salt, payload);
    const donation = await ask({ method: "GET", url: `/v1/donations/${String(at(receipt, "code"))}` });
    expect(at(donation.body, "data", "commitment")).to.equal(commitment);
    expect(listAt(receipt, "siblings")).to.have.length(1);
  });

  it("answers the very file: what stands under data is its canonical text, and a proof has all but the opening", async () => {
    const { app } = books.service;
    // With a note on the chain the receipt has a member more.
    recorded(await books.service.post("/v1/heads"));
    const payload = { transactionNumber: "PROVIDER-1", amount: "77" };
    const found = await app.inject({ method: "POST", url: "/v1/donations/find", payload });
    const receipt = readReceipt(dataOf(found.payload));
    if (receipt.kind !== "receipt") throw new RangeError(JSON.stringify(receipt));
    const { chainId, ledger } = await books.service.gateway.read.head();
    expect(receipt.receipt.place).to.deep.include({ chainId, ledger });
    expect(receipt.receipt.notedHead?.number).to.be.a("number");
    const code = String(at(JSON.parse(found.payload), "data", "code"));
    const proof = await app.inject({ method: "GET", url: `/v1/donations/${code}/proof` });
    expect(readReceipt(dataOf(proof.payload))).to.deep.equal({
      kind: "proof",
      proof: proofOf(receipt.receipt),
    });
  });

  it("finds it in its channel, and in no other", async () => {
    expect((await find("PROVIDER-1", "77", { channel: "alipay" })).status).to.equal(200);
    expect((await find("PROVIDER-1", "77", { channel: "wechat" })).status).to.equal(404);
  });

  it("answers an unknown number, a wrong amount, another channel and a made-up number byte for byte alike", async () => {
    const asked: readonly (readonly [string, string, object])[] = [
      ["UNHEARD-OF", "77", {}],
      ["PROVIDER-1", "78", {}],
      ["PROVIDER-1", "77", { channel: "wechat" }],
      ["PROVIDER-1", "77", { channel: "carrier-pigeon" }],
      ["MADE-UP-1", "77", {}],
      ["   ", "77", {}],
      ["PROVIDER-1", "0", {}],
      [books.donations[0] ?? "", "1", {}],
    ];
    const answers = await Promise.all(
      asked.map(async ([transactionNumber, amount, more]) => {
        const response = await books.service.app.inject({
          method: "POST",
          url: "/v1/donations/find",
          payload: { transactionNumber, amount, ...more },
        });
        expect(response.statusCode, transactionNumber).to.equal(404);
        const headers = Object.entries(response.headers).filter(
          ([name]) => !/^date$|^x-ratelimit/.test(name),
        );
        return JSON.stringify([response.payload, headers]);
      }),
    );
    const [first = ""] = answers;
    expect(new Set(answers).size).to.equal(1);
    expect(first).to.not.match(/PROVIDER|UNHEARD|MADE-UP/);
  });

  it("refuses a question that is none, without counting it", async () => {
    for (const body of [
      {},
      { transactionNumber: "X" },
      { amount: "1" },
      { transactionNumber: "X", amount: "1.5" },
      { transactionNumber: "X".repeat(129), amount: "1" },
      { transactionNumber: "X", amount: "1", fund: "F001" },
    ]) {
      const answer = await ask({ method: "POST", url: "/v1/donations/find", body });
      expect(answer.status, JSON.stringify(body)).to.equal(400);
      expect(JSON.stringify(answer.body)).to.not.contain("XXX");
    }
  });
});

describe("guessing at gifts", function () {
  this.timeout(30_000);

  it("is slowed down by address, found or not, and told when to come back", async () => {
    const books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "3" });
    const ask = asker(books.service, await Description.of(books.service));
    const [number = ""] = books.secrets.transactionNumbers;
    const bodies = ["A-1", "A-2", "A-3", "A-4", number].map((transactionNumber) => ({
      transactionNumber,
      amount: "1",
    }));
    const answers = await Promise.all(
      bodies.map((body) => ask({ method: "POST", url: "/v1/donations/find", body })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 429, 429]);
    for (const answer of answers.slice(3)) {
      expect(Number(answer.headers["retry-after"])).to.be.within(1, 60);
      expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:too-many-requests");
    }
    expect(JSON.stringify(answers[4]?.body)).to.equal(JSON.stringify(answers[3]?.body));
    await books.service.close();
  });

  it("is slowed down by number too, from whatever address, where a proxy is trusted to name it", async () => {
    const books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "2", TRUST_PROXY: "true" });
    const ask = asker(books.service, await Description.of(books.service));
    const find = (transactionNumber: string, from: string): Promise<Answered> =>
      ask({
        method: "POST",
        url: "/v1/donations/find",
        body: { transactionNumber, amount: "5" },
        headers: { "x-forwarded-for": from },
      });
    const guesses = await Promise.all(
      ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map((from) => find("GUESSED", from)),
    );
    expect(guesses.map(({ status }) => status)).to.deep.equal([404, 404, 429]);
    // What an asker writes before the proxy's own entry is not believed: these are one address.
    for (const [invented, status] of [
      ["198.51.100.1", 404],
      ["198.51.100.2", 404],
      ["198.51.100.3", 429],
    ] as const) {
      expect((await find(`BY-${invented}`, `${invented}, 192.0.2.4`)).status).to.equal(status);
    }
    await books.service.close();
  });
});
