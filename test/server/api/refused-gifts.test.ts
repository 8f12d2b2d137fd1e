/** Gifts that may not be recorded are refused with their field and their reason, and change nothing. */
import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { fundId } from "../../../protocol/ids.ts";
import { at, listAt } from "../service.ts";
import { giftOf, openBooks, recorded, type Books } from "./books.ts";
import { errorsOf, refuseAll, unchanged, type Case } from "./refusing.ts";

describe("bad gifts through the API", function () {
  this.timeout(30_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const gift = (fields: object) => ({ donations: [{ ...giftOf(books.fund, "INVENTED-BAD"), ...fields }] });
  const without = (name: string) => ({
    donations: [
      Object.fromEntries(Object.entries(giftOf(books.fund, "INVENTED-BAD")).filter(([key]) => key !== name)),
    ],
  });

  it("refuses amounts that are no whole minor units", () =>
    refuseAll(
      books,
      "/v1/donations",
      ["12.50", "-1", "1e3", "１２", "12０", "012", "", " 1", "1,000", "+1", "0x10", "NaN"].map((amount) => [
        `amount ${JSON.stringify(amount)}`,
        gift({ amount }),
        "donations[0].amount",
        /whole minor units/,
      ]),
    ));

  it("refuses amounts of nothing, beyond 64 bits, and of another type", () =>
    refuseAll(books, "/v1/donations", [
      ["zero", gift({ amount: "0" }), "donations[0].amount", /at least one/],
      ["2^64", gift({ amount: "18446744073709551616" }), "donations[0].amount", /larger than 2\^64/],
      ["21 digits", gift({ amount: "1".repeat(21) }), "donations[0].amount", /minor units/],
      ["a number", gift({ amount: 12 }), "donations[0].amount", /must be string/],
      ["null", gift({ amount: null }), "donations[0].amount", /must be string/],
    ]));

  it("refuses times that are none, or not of Shanghai to the second", () =>
    refuseAll(
      books,
      "/v1/donations",
      [
        ["2019-02-30", /real day/],
        ["2019-02-30T08:00:00+08:00", /real day/],
        ["2019-01-02T08:00:00+09:00", /\+08:00/],
        ["2019-01-02T08:00:00Z", /\+08:00/],
        ["2019-01-02T08:00+08:00", /hh:mm:ss/],
        ["2019-01-02T08:00:00.5+08:00", /hh:mm:ss/],
        ["2019-01-02T24:00:00+08:00", /time of day/],
        ["2019-1-2", /YYYY-MM-DD/],
        ["2019/01/02", /YYYY-MM-DD/],
        ["２０１９-01-02", /YYYY-MM-DD/],
        ["", /YYYY-MM-DD/],
      ].map(([occurredAt, reason]) => [
        `occurredAt ${String(occurredAt)}`,
        gift({ occurredAt }),
        "donations[0].occurredAt",
        reason instanceof RegExp ? reason : /^$/,
      ]),
    ));

  it("refuses unknown funds, channels, currencies and days", () =>
    refuseAll(books, "/v1/donations", [
      [
        "fund 99",
        gift({ fund: encodeCode({ kind: "fund", fund: fundId(99) }) }),
        "donations[0].fund",
        /no fund/,
      ],
      ["a programme", gift({ fund: books.insurance }), "donations[0].fund", /fund's code/],
      ["no code", gift({ fund: "a fund" }), "donations[0].fund", /fund's code/],
      ["unheard channel", gift({ channel: "carrier-pigeon" }), "donations[0].channel", /not registered/],
      ["channel in capitals", gift({ channel: "Alipay" }), "donations[0].channel", /pattern/],
      ["dollars", gift({ currency: "USD" }), "donations[0].currency", /expected CNY, got USD/],
      ["small letters", gift({ currency: "cny" }), "donations[0].currency", /ISO 4217/],
      ["13th month", gift({ day: "2019-13-01" }), "donations[0].day", /real day/],
    ]));

  it("refuses transaction numbers that are empty, too long, invisible or repeated", () =>
    refuseAll(books, "/v1/donations", [
      ["empty", gift({ transactionNumber: "" }), "donations[0].transactionNumber", /fewer than 1/],
      ["spaces", gift({ transactionNumber: "   " }), "donations[0].transactionNumber", /empty/],
      ["129 long", gift({ transactionNumber: "7".repeat(129) }), "donations[0].transactionNumber", /128/],
      ["a NUL", gift({ transactionNumber: "A\u0000B" }), "donations[0].transactionNumber", /control/],
      ["zero width", gift({ transactionNumber: "A\u200bB" }), "donations[0].transactionNumber", /invisible/],
      [
        "repeated",
        { donations: [giftOf(books.fund, "TWICE"), giftOf(books.fund, " TWICE ", { amount: "2" })] },
        "donations[1].transactionNumber",
        /repeats that of donations\[0\]/,
      ],
    ]));

  it("refuses unknown, missing and misplaced fields, and long remarks", () =>
    refuseAll(books, "/v1/donations", [
      ["unknown field", gift({ donor: "nobody" }), "donations[0].donor", /not a field/],
      ...["fund", "channel", "occurredAt", "transactionNumber", "amount", "currency", "providerIssued"].map(
        (name): Case => [`no ${name}`, without(name), `donations[0].${name}`, /is missing/],
      ),
      ["long remark", gift({ remark: "好".repeat(2_001) }), "donations[0].remark", /2000/],
      ["a word", gift({ providerIssued: "true" }), "donations[0].providerIssued", /boolean/],
      ["unknown frame", { ...gift({}), extra: 1 }, "extra", /not a field/],
      ["no list", {}, "donations", /is missing/],
      ["a list", [], "body", /must be object/],
      ["nothing", null, "body", /must be object/],
    ]));

  it("refuses none and 3,001 gifts, and names the one that is wrong", () =>
    refuseAll(books, "/v1/donations", [
      ["none", { donations: [] }, "donations", /fewer than 1/],
      [
        "3,001",
        { donations: Array.from({ length: 3_001 }, (_, index) => giftOf(books.fund, `MANY-${index}`)) },
        "donations",
        /more than 3000/,
      ],
      [
        "the second",
        { donations: [giftOf(books.fund, "GOOD-ONE"), giftOf(books.fund, "BAD-ONE", { amount: "0" })] },
        "donations[1].amount",
        /at least one/,
      ],
    ]));

  it("refuses a body that is no JSON, in words", () =>
    unchanged(books, async () => {
      for (const payload of ["{", "", "{'donations': []}", '{"__proto__": {}}']) {
        const answer = await books.service.app.inject({
          method: "POST",
          url: "/v1/donations",
          payload,
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${books.service.key}`,
            "idempotency-key": "malformed",
          },
        });
        expect(answer.statusCode, payload).to.equal(400);
        expect(at(answer.json(), "detail"), payload).to.equal("the body is not valid JSON");
      }
    }));

  it("refuses gifts that are recorded already, the same or different, and the rest of their request", () =>
    unchanged(books, async () => {
      const [number = ""] = books.secrets.transactionNumbers;
      for (const fields of [{ amount: "1" }, { amount: "2" }, { occurredAt: "2019-01-03" }]) {
        const answer = await books.service.post("/v1/donations", {
          donations: [giftOf(books.fund, "INVENTED-NEW"), giftOf(books.fund, number, fields)],
        });
        expect(answer.status).to.equal(409);
        expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:already-recorded");
        expect(errorsOf(answer)).to.deep.equal([
          { field: "donations[1].transactionNumber", reason: "recorded already" },
        ]);
      }
    }));

  it("tells how gifts stand without writing anything", () =>
    unchanged(books, async () => {
      const [number = "", second = ""] = books.secrets.transactionNumbers;
      const answer = await books.service.post("/v1/donations/standing", {
        donations: [
          giftOf(books.fund, "INVENTED-NEW"),
          giftOf(books.fund, number, { amount: "1" }),
          giftOf(books.fund, second, { amount: "998" }),
        ],
      });
      expect(answer.body).to.deep.equal({ standing: ["new", "recorded", "conflict"] });
    }));

  it("leaves books that take what is right, and every law holds", async () => {
    recorded(await books.service.post("/v1/donations", { donations: [giftOf(books.fund, "GOOD-ONE")] }));
    const laws = await books.service.get("/v1/audit");
    expect(listAt(laws.body, "data").filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  });
});
