import { expect } from "chai";
import type { GiftQuery, Read } from "../../protocol/ports/read.ts";
import { readReceipt } from "../../protocol/receipt/read.ts";
import { en } from "../../web/words/en.ts";
import { zh } from "../../web/words/zh.ts";
import { knownGift, knownGiftAmount, sample } from "./sample.ts";
import { codeOf, openSite, type Site } from "./site.ts";

const entries = (transactionNumber: string, amount: string, channel = ""): Record<string, string> => ({
  transactionNumber,
  amount,
  channel,
});

describe("find my gift", () => {
  let site: Site;
  let asked: GiftQuery[];
  before(async () => {
    const { read } = sample();
    asked = [];
    const watched: Read = {
      ...read,
      findGift: (query) => {
        asked.push(query);
        return read.findGift(query);
      },
    };
    site = await openSite(watched);
  });
  after(() => site.close());

  it("is a form that posts, so that the number stands in no address", async () => {
    const { body } = await site.get("/zh/find");
    expect(body).to.match(/<form\s[^>]*action="\/zh\/find"\s+method="post"/);
  });

  it("answers number and amount with the receipt and the way to the gift", async () => {
    const { status, headers, body, text } = await site.post(
      "/en/find",
      entries(knownGift.transactionNumber, knownGiftAmount),
    );
    expect(status).to.equal(200);
    expect(body).to.contain(`href="/en/d/${codeOf.donation(2, 0)}"`);
    expect(text).to.contain("¥5,000.00").and.to.contain("4 March 2019, 09:30");
    const [, file = ""] = /href="data:application\/json;charset=utf-8,([^"]+)"/.exec(body) ?? [];
    const read = readReceipt(decodeURIComponent(file));
    if (read.kind !== "receipt") throw new RangeError(JSON.stringify(read));
    expect(read.receipt.opening.payload.transactionNumber).to.equal(knownGift.transactionNumber);
    expect(read.receipt.batch.startsAt).to.equal(374_476n);
    expect(headers["cache-control"]).to.equal("no-store");
    expect(headers["content-encoding"]).to.equal(undefined);
  });

  it("answers an unknown number and a wrong amount with the same page, to the byte", async () => {
    for (const language of ["zh", "en"]) {
      const unknown = await site.post(`/${language}/find`, entries("99999999999999999999", "5000.00"));
      const wrong = await site.post(`/${language}/find`, entries(knownGift.transactionNumber, "5000.01"));
      expect(wrong.body).to.equal(unknown.body);
      expect(wrong.status).to.equal(unknown.status);
      const timeless = (headers: Readonly<Record<string, unknown>>) => ({ ...headers, date: undefined });
      expect(timeless(wrong.headers)).to.deep.equal(timeless(unknown.headers));
      expect(unknown.headers["cache-control"]).to.equal("no-store");
      expect(unknown.body).not.to.contain("99999999999999999999");
    }
  });

  it("says when to try again after too many questions", async () => {
    for (const [language, wait] of [
      ["zh", "2 分钟"],
      ["en", "2 minutes"],
    ] as const) {
      const { status, headers, text } = await site.post(
        `/${language}/find`,
        entries("20190000000000000429", "1.00"),
      );
      expect(status).to.equal(429);
      expect(headers["retry-after"]).to.equal("90");
      expect(text).to.contain(wait);
    }
  });

  it("reads amounts as people copy them and hands on the asker's address", async () => {
    for (const amount of ["5000", "5,000.00", "¥5,000.00", "５０００．００", " 5000.0 元"]) {
      expect(
        (await site.post("/zh/find", entries(` ${knownGift.transactionNumber}\u200B`, amount))).status,
      ).to.equal(200);
    }
    expect(asked.at(-1)).to.deep.equal({
      transactionNumber: knownGift.transactionNumber,
      amount: 500_000n,
      askedFrom: "127.0.0.1",
    });
    await site.post("/zh/find", entries(knownGift.transactionNumber, "5000", " Sample-Bank "));
    expect(asked.at(-1)?.channel).to.equal("sample-bank");
  });

  it("explains each field that cannot be read, keeps what was typed, and asks nobody", async () => {
    const before = asked.length;
    const { status, text, body } = await site.post("/zh/find", entries("", `1.234"><b>`, "支付宝"));
    expect(status).to.equal(400);
    expect(text)
      .to.contain(zh.find.numberMissing)
      .and.to.contain(zh.find.amountWrong)
      .and.to.contain(zh.find.channelWrong);
    expect(body).to.contain('value="1.234&quot;&gt;&lt;b&gt;"').and.to.contain('aria-invalid="true"');
    for (const amount of ["1e3", "-5", "abc", "", "1.234", "99999999999999999999999"]) {
      const answer = await site.post("/en/find", entries("x1", amount));
      expect(answer.status, amount).to.equal(400);
      expect(answer.text).to.contain(en.find.amountWrong);
    }
    expect((await site.post("/en/find", entries("9".repeat(129), "1.00"))).text).to.contain(
      en.find.numberTooLong,
    );
    expect(asked.length).to.equal(before);
  });

  it("refuses what is no form, or larger than one, on a page", async () => {
    const large = await site.post("/en/find", entries("9".repeat(5000), "1.00"));
    expect(large.status).to.equal(413);
    expect(large.text).to.contain(en.errors.badRequestTitle);
    const json = await site.app.inject({
      method: "POST",
      url: "/en/find",
      headers: { "content-type": "text/csv" },
      payload: "a,b",
    });
    expect(json.statusCode).to.equal(415);
    expect(json.body).to.contain(en.errors.badRequestTitle);
  });
});
