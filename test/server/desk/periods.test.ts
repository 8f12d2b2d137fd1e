/** Policy periods run on published terms, and may be insured by several together. */
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import { termsDigest } from "../../../protocol/terms/types.ts";
import { readInsurers } from "../../../server/documents.ts";
import { openBooks, openProgramme, periodOf, recorded, termsOf, year, type Books } from "../api/books.ts";
import { at, listAt, newYear2019, type Answer } from "../service.ts";

describe("declaring policy periods", function () {
  this.timeout(120_000);
  let books: Books;
  let programme: string;
  before(async () => {
    books = await openBooks();
    programme = await openProgramme(books.service, "declared");
  });
  after(() => books.service.close());

  const declare = (body: object): Promise<Answer> =>
    books.service.post(`/v1/programmes/${programme}/periods`, body);
  const eventOf = async (answer: Answer): Promise<LedgerEvent | undefined> => {
    const id = String(at(recorded(answer).body, "operations", 0, "operation"));
    return (await books.service.gateway.desk.operation(id))?.events.at(-1);
  };
  const documentOf = async (digest: unknown): Promise<string> =>
    (await books.service.app.inject({ method: "GET", url: `/v1/documents/${String(digest)}` })).payload;
  const refuse = async (body: object, field: string, reason: RegExp): Promise<void> => {
    const answer = await declare(body);
    const shown = JSON.stringify(answer.body);
    expect(answer.status, shown).to.be.oneOf([400, 422]);
    const fault = listAt(answer.body, "errors").find((each) => at(each, "field") === field);
    expect(at(fault, "reason"), shown).to.match(reason);
  };

  it("refuses terms that leave open what the ledger enforces, and names it", async () => {
    const without = (name: string) => ({
      ...periodOf(1, 2019),
      terms: Object.fromEntries(Object.entries(termsOf()).filter(([key]) => key !== name)),
    });
    await refuse(without("cover"), "terms.cover", /is not stated, and the ledger enforces it/);
    await refuse(without("filingDays"), "terms.filingDays", /is not stated/);
    await refuse(periodOf(1, 2019, { currency: "USD" }), "terms.currency", /expected CNY, got USD/);
  });

  it("refuses what are no terms, with every fault by its field", async () => {
    const faulty = periodOf(1, 2019, { cover: "0", filingDays: -1, rules: [], motto: "all for all" });
    await refuse(faulty, "terms.cover", /write "none"/);
    await refuse(faulty, "terms.filingDays", /whole number from 0/);
    await refuse(faulty, "terms.rules", /has no rule/);
    await refuse(faulty, "terms.motto", /is unknown/);
    await refuse({ ...periodOf(1, 2019), terms: "as agreed" }, "terms", /must be object/);
    await refuse({ ...periodOf(1, 2019), cover: "5" }, "cover", /not a field/);
    await refuse({ ...periodOf(1, 2019), end: "2019-01-01T00:00:00+08:00" }, "end", /after start/);
  });

  it("takes cover, deadline and precision from the terms, and publishes them under the digest on the chain", async () => {
    const event = await eventOf(await declare(periodOf(1, 2019)));
    const terms = readTerms(termsOf());
    expect(event).to.deep.include({
      type: "PeriodDeclared",
      cover: fen(10_000_000n),
      filingDeadline: newYear2019 + year + 60 * 86_400,
      toTheMinute: false,
      terms: termsDigest(terms),
    });
    expect(readTerms(JSON.parse(await documentOf(termsDigest(terms))))).to.deep.equal(terms);
  });

  it("writes no limit as 0, and records minutes where the terms say so", async () => {
    const days = { cover: "none", incident: "minute", filingDays: 0 };
    const event = await eventOf(await declare(periodOf(2, 2020, days)));
    expect(event).to.deep.include({
      cover: 0n,
      toTheMinute: true,
      filingDeadline: newYear2019 + year + 366 * 86_400,
    });
  });

  describe("with insurers", () => {
    const insurer = (name: string, shareBps: number) => ({
      name: { zh: `保险 ${name}`, en: `Insurer ${name}` },
      shareBps,
    });
    const insure = (insurers: readonly object[], policyPeriod = 1): Promise<Answer> =>
      books.service.post(`/v1/programmes/${programme}/insurers`, { policyPeriod, insurers });
    const refuseInsurers = async (
      insurers: readonly object[],
      field: string,
      reason: RegExp,
      period = 1,
    ): Promise<void> => {
      const answer = await insure(insurers, period);
      const shown = JSON.stringify(answer.body);
      expect(answer.status, shown).to.be.oneOf([400, 422]);
      expect(at(answer.body, "errors", 0, "field"), shown).to.equal(field);
      expect(at(answer.body, "errors", 0, "reason"), shown).to.match(reason);
    };

    it("refuses shares that do not sum to the whole, none, too many and periods that are not declared", async () => {
      await refuseInsurers([insurer("A", 6000), insurer("B", 3999)], "insurers", /sum to 10000 .*got 9999/);
      await refuseInsurers([insurer("A", 10_001)], "insurers[0].shareBps", /<= 10000/);
      await refuseInsurers([insurer("A", 10_000), insurer("B", 0)], "insurers[1].shareBps", />= 1/);
      await refuseInsurers([], "insurers", /fewer than 1/);
      const many = Array.from({ length: 17 }, (_, index) => insurer(String(index), index === 0 ? 9984 : 1));
      await refuseInsurers(many, "insurers", /more than 16/);
      await refuseInsurers([insurer("A", 10_000)], "policyPeriod", /no policy period 9/, 9);
    });

    it("declares them once, in their order, by names that are published", async () => {
      const insurers = [insurer("A", 5000), insurer("B", 3000), insurer("C", 2000)];
      const event = await eventOf(await insure(insurers));
      expect(event).to.deep.include({
        type: "InsurersDeclared",
        policyPeriod: 1,
        sharesBps: [5000, 3000, 2000],
      });
      const document = event?.type === "InsurersDeclared" ? event.document : undefined;
      expect(readInsurers(await documentOf(document))).to.deep.equal(insurers);
      const again = await insure([insurer("A", 10_000)]);
      expect(at(again.body, "detail")).to.match(/^InsurersFixed: /);
    });
  });
});
