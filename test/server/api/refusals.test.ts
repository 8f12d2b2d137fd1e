/** What may not be recorded is refused with its field and its reason, and changes nothing. */
import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { claimId, fundId, programmeId } from "../../../protocol/ids.ts";
import { at, listAt } from "../service.ts";
import { claimOf, giftOf, nameOf, openBooks, periodOf, recorded, termsOf, type Books } from "./books.ts";
import { refuseAll, refusedByLedger, unchanged } from "./refusing.ts";

describe("bad input through the API", function () {
  this.timeout(30_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  describe("allocations and expenses", () => {
    it("refuses an allocation of more than is unallocated, of nothing, or in other money", () => {
      const allocation = (fields: object) => ({ fund: books.fund, amount: "1", currency: "CNY", ...fields });
      return refuseAll(books, `/v1/programmes/${books.aid}/allocations`, [
        ["too much", allocation({ amount: "448501" }), "amount", /the fund has 448500 fen unallocated/],
        ["zero", allocation({ amount: "0" }), "amount", /at least one/],
        ["decimals", allocation({ amount: "0.5" }), "amount", /whole minor units/],
        ["dollars", allocation({ currency: "USD" }), "currency", /expected CNY/],
        ["no fund", allocation({ fund: books.paid }), "fund", /fund's code/],
        [
          "fund 99",
          allocation({ fund: encodeCode({ kind: "fund", fund: fundId(99) }) }),
          "fund",
          /no fund 99/,
        ],
        ["unknown field", allocation({ programme: books.insurance }), "programme", /not a field/],
      ]);
    });

    it("has the ledger keep a restricted fund's promise", () => {
      const body = { fund: books.restricted, amount: "1", currency: "CNY" };
      return refusedByLedger(
        books,
        `/v1/programmes/${books.aid}/allocations`,
        body,
        /^FundRestricted: restrictedTo 1, actual 2$/,
      );
    });

    it("refuses expenses without kind, amount or voucher", () => {
      const expense = (fields: object) => ({
        kind: "administration",
        amount: "1",
        currency: "CNY",
        voucher: "V",
        ...fields,
      });
      return refuseAll(books, `/v1/programmes/${books.aid}/expenses`, [
        ["unknown kind", expense({ kind: "bribes" }), "kind", /expected one of/],
        ["zero", expense({ amount: "0" }), "amount", /at least one/],
        ["negative", expense({ amount: "-5" }), "amount", /whole minor units/],
        ["dollars", expense({ currency: "USD" }), "currency", /expected CNY/],
        ["no voucher", expense({ voucher: "" }), "voucher", /fewer than 1/],
        ["long voucher", expense({ voucher: "V".repeat(129) }), "voucher", /128/],
      ]);
    });

    it("answers 404 for a programme that does not exist", () =>
      unchanged(books, async () => {
        const unknown = encodeCode({ kind: "programme", programme: programmeId(99) });
        for (const code of [unknown, books.fund, "P000-0000"]) {
          const body = { fund: books.fund, amount: "1", currency: "CNY" };
          expect(
            (await books.service.post(`/v1/programmes/${code}/allocations`, body)).status,
            code,
          ).to.equal(404);
          expect(
            (await books.service.post(`/v1/programmes/${code}/close`, undefined)).status,
            code,
          ).to.be.oneOf([404, 422]);
        }
      }));
  });

  describe("claims", () => {
    it("refuses filings whose fields do not fit", () => {
      const filing = (fields: object) => ({
        claims: [{ ...claimOf(books.insurance, "100", "S"), ...fields }],
      });
      const twoOfThem = { claims: [claimOf(books.insurance, "1", "S"), claimOf(books.insurance, "0", "S")] };
      return refuseAll(books, "/v1/claims", [
        ["a name", filing({ member: { idNumber: "张三" } }), "claims[0].member.idNumber", /18 characters/],
        ["a pseudonym", filing({ person: "0x00" }), "claims[0].person", /not a field/],
        ["period 9", filing({ policyPeriod: 9 }), "claims[0].policyPeriod", /no policy period 9/],
        ["the future", filing({ incident: "2020-05-01" }), "claims[0].incident", /lies in the future/],
        ["broken day", filing({ incident: "2019-02-29" }), "claims[0].incident", /real day/],
        ["zero", filing({ requested: "0" }), "claims[0].requested", /at least one/],
        ["the second is zero", twoOfThem, "claims[1].requested", /at least one/],
        ["decimals", filing({ requested: "1.5" }), "claims[0].requested", /whole minor units/],
        ["dollars", filing({ currency: "USD" }), "claims[0].currency", /expected CNY/],
        ["unknown benefit", filing({ benefit: "gold" }), "claims[0].benefit", /expected one of/],
        ["period 0", filing({ policyPeriod: 0 }), "claims[0].policyPeriod", />= 1/],
        ["a programme that is none", filing({ programme: books.fund }), "claims[0].programme", /programme's/],
        ["none", { claims: [] }, "claims", /fewer than 1/],
        [
          "51",
          { claims: Array.from({ length: 51 }, () => claimOf(books.insurance, "1", "S")) },
          "claims",
          /more than 50/,
        ],
      ]);
    });

    it("refuses to approve above what was requested, nothing, or an unknown claim", () => {
      const approval = (fields: object) => ({
        claims: [{ claim: books.filed, amount: "5000", currency: "CNY", ...fields }],
      });
      const unknown = encodeCode({ kind: "claim", claim: claimId(99) });
      return refuseAll(books, "/v1/claims/approve", [
        ["above", approval({ amount: "5001" }), "claims[0].amount", /1 to 5000 fen .*got 5001/],
        ["zero", approval({ amount: "0" }), "claims[0].amount", /1 to 5000/],
        ["dollars", approval({ currency: "USD" }), "claims[0].currency", /expected CNY/],
        ["unknown", approval({ claim: unknown }), "claims[0].claim", /no claim 99/],
        ["a fund", approval({ claim: books.fund }), "claims[0].claim", /claim's code/],
      ]);
    });

    it("refuses to pay an unknown claim or without a payment number", () => {
      const unknown = encodeCode({ kind: "claim", claim: claimId(99) });
      return refuseAll(books, "/v1/claims/pay", [
        ["unknown", { claims: [{ claim: unknown, paymentNumber: "N" }] }, "claims[0].claim", /no claim 99/],
        ["no number", { claims: [{ claim: books.filed }] }, "claims[0].paymentNumber", /is missing/],
      ]);
    });

    it("lets the ledger refuse by name and with its facts what its state does not allow", async () => {
      const [head = "", second = ""] = books.approved;
      const approval = { amount: "1", currency: "CNY" };
      await refusedByLedger(
        books,
        "/v1/claims/approve",
        { claims: [{ claim: head, ...approval }] },
        /^WrongClaimState: claim 2, expected \d, actual \d$/,
      );
      await refusedByLedger(
        books,
        "/v1/claims/pay",
        { claims: [{ claim: books.filed, paymentNumber: "N-1" }] },
        /^WrongClaimState: claim 5, expected \d, actual \d$/,
      );
      await refusedByLedger(
        books,
        "/v1/claims/pay",
        { claims: [{ claim: second, paymentNumber: "N-2" }] },
        /^NotQueueHead: head 2, claim 3$/,
      );
      await refusedByLedger(
        books,
        "/v1/claims/pay",
        {
          claims: [
            { claim: head, paymentNumber: "N-3" },
            { claim: second, paymentNumber: "N-4" },
          ],
        },
        /^ReserveTooSmall: available \d+, required 900000$/,
      );
    });
  });

  describe("periods, programmes and funds", () => {
    it("refuses periods that end before they start, or whose terms are none", () => {
      const next = (fields: object) => ({ ...periodOf(3, 2021), ...fields });
      return refuseAll(books, `/v1/programmes/${books.aid}/periods`, [
        ["ends first", next({ end: "2020-12-31T00:00:00+08:00" }), "end", /after start/],
        ["ends at once", next({ end: "2021-01-01T00:00:00+08:00" }), "end", /after start/],
        [
          "a deadline",
          next({ filingDeadline: "2022-03-01T00:00:00+08:00" }),
          "filingDeadline",
          /not a field/,
        ],
        ["a day", next({ start: "2021-01-01" }), "start", /to the second/],
        ["broken", next({ start: "2021-02-30T00:00:00+08:00" }), "start", /real day/],
        ["cover", next({ terms: termsOf({ cover: "1.5" }) }), "terms.cover", /minor units/],
        ["period 0", next({ period: 0 }), "period", />= 1/],
        ["nested terms", next({ terms: { plan: { inner: 1 } } }), "terms.plan", /a letter a-z/],
      ]);
    });

    it("has the ledger refuse periods that do not follow the last", async () => {
      const path = `/v1/programmes/${books.aid}/periods`;
      await refusedByLedger(
        books,
        path,
        { ...periodOf(3, 2021), start: "2021-01-02T00:00:00+08:00" },
        /^PeriodNotContiguous: expectedStart 1609430400, actualStart 1609516800$/,
      );
      await refusedByLedger(books, path, periodOf(4, 2021), /^UnexpectedPeriod: expected 3, actual 4$/);
      await refusedByLedger(
        books,
        `/v1/programmes/${books.aid}/close`,
        undefined,
        /^NothingToClose: programme 2/,
      );
    });

    it("refuses funds that are restricted without a fallback, or promise more than all", () => {
      const fund = (fields: object) => ({
        name: nameOf("refused"),
        currency: "CNY",
        claimsShareBps: 9000,
        ...fields,
      });
      const { insurance, aid } = books;
      const unknown = encodeCode({ kind: "programme", programme: programmeId(99) });
      return refuseAll(books, "/v1/funds", [
        ["no fallback", fund({ restrictedTo: insurance }), "fallbackTo", /needs a fallback/],
        ["only a fallback", fund({ fallbackTo: aid }), "fallbackTo", /expected none/],
        ["itself", fund({ restrictedTo: aid, fallbackTo: aid }), "fallbackTo", /another programme/],
        ["unknown", fund({ restrictedTo: aid, fallbackTo: unknown }), "fallbackTo", /no programme 99/],
        [
          "dollars",
          fund({ currency: "USD", restrictedTo: aid, fallbackTo: insurance }),
          "restrictedTo",
          /CNY/,
        ],
        ["101 %", fund({ claimsShareBps: 10_001 }), "claimsShareBps", /<= 10000/],
        ["half", fund({ claimsShareBps: 0.5 }), "claimsShareBps", /integer/],
        ["currency", fund({ currency: "RMBX" }), "currency", /ISO 4217/],
        ["one language", fund({ name: { zh: "示例" } }), "name.en", /is missing/],
        ["no name", fund({ name: { zh: "", en: "" } }), "name.zh", /fewer than 1/],
      ]);
    });

    it("refuses programmes of an unknown kind or region", () => {
      const programme = (fields: object) => ({
        name: nameOf("refused"),
        kind: "insurance",
        currency: "CNY",
        region: 130723,
        ...fields,
      });
      return refuseAll(books, "/v1/programmes", [
        ["kind", programme({ kind: "lottery" }), "kind", /expected one of/],
        ["region", programme({ region: 1_000_000 }), "region", /<= 999999/],
        ["currency", programme({ currency: "yuan" }), "currency", /ISO 4217/],
      ]);
    });
  });

  describe("after all of it", () => {
    it("the books take what is right, and every law holds", async () => {
      recorded(await books.service.post("/v1/donations", { donations: [giftOf(books.fund, "GOOD-ONE")] }));
      const laws = await books.service.get("/v1/audit");
      expect(listAt(laws.body, "data").filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
    });
  });
});
