import { expect } from "chai";
import { zeroFen } from "../../protocol/amounts.ts";
import { batchId, fundId } from "../../protocol/ids.ts";
import { money } from "../../web/format/money.ts";
import { languages, words } from "../../web/words/languages.ts";
import { between, cellsIn, section, sum, tables } from "./reading.ts";
import { sample } from "./sample.ts";
import { amountsIn, codeOf, openSite, visibleText, type Site } from "./site.ts";

const { read, city, ended, claims } = sample();
const followed = `/d/${codeOf.donation(2, 0)}`;
const owed = `/d/${codeOf.donation(1, 3)}`;
const repaid = `/d/${codeOf.donation(1, 5)}`;

describe("a gift whose money came back or moved on", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("says in words which claim it was paid to, when it came back, and where it is now", async () => {
    const claim = codeOf.claim(claims.recoveredCounty);
    const en = await site.get(`/en${followed}`);
    expect(visibleText(section(en.body, "way-on"))).to.contain(
      `¥200.00: paid to claim ${claim}, came back on 5 March 2020, now in the reserve of Sample County Two.`,
    );
    const zh = await site.get(`/zh${followed}`);
    expect(visibleText(section(zh.body, "way-on"))).to.contain(
      `¥200.00：曾付给理赔 ${claim}，2020年3月5日 回到准备金，现在在 样例二县 的准备金里。`,
    );
    expect(section(zh.body, "way-on")).to.contain(`href="/zh/c/${claim}"`);
  });

  it("says which ended programme it was left in and where it moved to, reserve and operations apart", async () => {
    const en = visibleText(section((await site.get(`/en${followed}`)).body, "way-on"));
    expect(en)
      .to.contain(
        "¥450.00: left when Sample County Four ended, moved to Sample City plan on 5 March 2020, now in the reserve of Sample City plan.",
      )
      .and.to.contain(
        "¥20.00: left when Sample County Four ended, moved to Sample City plan on 5 March 2020, now set aside for running Sample City plan.",
      );
    const zh = visibleText(section((await site.get(`/zh${followed}`)).body, "way-on"));
    expect(zh).to.contain("样例四县 结束时余下，2020年3月5日 转给 样例市惠民保");
  });

  it("lists exactly the fen that did not go straight from their allocation", async () => {
    const trace = await read.donationTrace(batchId(2), 0, { limit: 100 });
    const hopped = (trace?.slices ?? []).flatMap(({ slice }) =>
      slice.place !== "unallocated" && slice.hops > 0 ? [slice.amount] : [],
    );
    const { body } = await site.get(`/en${followed}`);
    expect(sum(amountsIn(visibleText(section(body, "way-on"))))).to.equal(sum(hopped));
    expect((await site.get(`/en${owed}`)).body).not.to.contain('id="way-on"');
  });

  it("still adds up over all its parts", async () => {
    const { body } = await site.get(`/en${followed}`);
    const [whole, ...parts] = amountsIn(visibleText(between(body, '<p class="lead">', "</p>")));
    expect(sum(parts)).to.equal(whole);
  });

  it("says how often it came back or moved on before the latest step", async () => {
    const trace = await read.donationTrace(batchId(2), 0, { limit: 100 });
    if (trace === undefined) throw new Error("the sample has the gift");
    const slices = trace.slices.map((traced) =>
      traced.slice.place !== "unallocated" && traced.slice.hops === 1
        ? { ...traced, slice: { ...traced.slice, hops: 3 } }
        : traced,
    );
    const thrice = await openSite({ ...read, donationTrace: async () => ({ ...trace, slices }) });
    expect((await thrice.get(`/en${followed}`)).text).to.contain(
      "Before that it came back or moved on 2 times.",
    );
    expect((await thrice.get(`/zh${followed}`)).text).to.contain("在这之前还回来或转走过 2 次。");
    await thrice.close();
  });

  it("never says that it has paid no claim where all that it paid came back", async () => {
    const trace = await read.donationTrace(batchId(2), 0, { limit: 100 });
    if (trace === undefined) throw new Error("the sample has the gift");
    const slices = trace.slices.filter(({ slice }) => slice.place !== "paid");
    const partition = { ...trace.partition, paid: zeroFen };
    for (const [left, cameBack] of [
      [slices, true],
      [slices.filter(({ slice }) => slice.place !== "unallocated" && slice.hops === 0), false],
    ] as const) {
      const all = await openSite({
        ...read,
        donationTrace: async () => ({ ...trace, partition, slices: left }),
      });
      for (const language of languages) {
        const { donation: say } = words[language];
        const { text } = await all.get(`/${language}${followed}`);
        for (const said of [say.paidCameBack, say.claimsCameBack])
          expect(text.includes(said)).to.equal(cameBack);
        for (const said of [say.paidWaiting, say.claimsNone]) expect(text.includes(said)).to.equal(!cameBack);
      }
      await all.close();
    }
  });

  it("counts as carried forward only from when it came to the reserve where it is", async () => {
    const { body } = await site.get(`/en${followed}`);
    const carried = between(body, `<h2>${words.en.donation.carried}</h2>`, "</section>");
    const trace = await read.donationTrace(batchId(2), 0, { limit: 100 });
    expect(sum(amountsIn(visibleText(carried)))).to.equal(trace?.partition.inReserve);
    // What came back on 5 March 2020 outlived no period since.
    expect(amountsIn(visibleText(carried)).at(-1)).to.equal(20_000n + 45_000n);
  });
});

describe("a gift that was repaid", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("says how much of it, when, and that the foundation owes it until its own payment is confirmed", async () => {
    const donation = await read.donation(batchId(1), 3);
    const [refund] = donation?.refunds ?? [];
    if (donation === undefined || refund === undefined) throw new Error("the sample repaid it");
    const amounts = [refund.amount, donation.amount - refund.amount];
    const zh = visibleText(section((await site.get(`/zh${owed}`)).body, "refund"));
    expect(zh)
      .to.contain("2020年3月5日，基金会用自己的钱退还了其中")
      .and.to.contain(words.zh.donation.refundOwed);
    expect(amountsIn(zh)).to.deep.equal(amounts);
    const en = visibleText(section((await site.get(`/en${owed}`)).body, "refund"));
    expect(en)
      .to.contain("On 5 March 2020 the foundation repaid")
      .and.to.contain("Owed by the foundation until its own payment is confirmed.")
      .and.to.contain(
        `[${(donation.end - refund.amount).toLocaleString("en")}, ${donation.end.toLocaleString("en")})`,
      );
    expect(amountsIn(en)).to.deep.equal(amounts);
  });

  it("says that all of it was repaid and that the foundation has covered it", async () => {
    for (const language of languages) {
      const text = visibleText(section((await site.get(`/${language}${repaid}`)).body, "refund"));
      expect(text)
        .to.contain(words[language].donation.refundAll)
        .and.to.contain("sample-bank")
        .and.not.to.contain(words[language].donation.refundOwed);
    }
  });

  it("is followed as before: a refund moves nothing", async () => {
    const { body } = await site.get(`/en${owed}`);
    const [whole, ...parts] = amountsIn(visibleText(between(body, '<p class="lead">', "</p>")));
    expect(sum(parts)).to.equal(whole);
    expect((await site.get(`/en${followed}`)).body).not.to.contain('id="refund"');
  });

  it("stands on its fund's page, apart from what was donated, with what is owed", async () => {
    const fund = await read.fund(fundId(1));
    for (const language of languages) {
      const { body } = await site.get(`/${language}/f/${codeOf.fund(1)}`);
      const inside = between(body, '<div class="inside">', "</dl>");
      expect(amountsIn(visibleText(inside))).to.deep.equal([
        fund?.interest,
        fund?.refunded,
        fund?.refundOwed,
      ]);
      const rows = cellsIn(tables(section(body, "refunds"), "cards")[0] ?? "");
      expect(rows.map(([code]) => code)).to.deep.equal([codeOf.donation(1, 3), codeOf.donation(1, 5)]);
      expect(rows[0]?.[2]).to.equal(words[language].history.owed);
      expect(sum(rows.map((row) => amountsIn(row[3] ?? "")[0] ?? 0n))).to.equal(fund?.refunded);
    }
    expect((await site.get(`/en/f/${codeOf.fund(2)}`)).body).not.to.contain('id="refunds"');
  });
});

describe("a day's total", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  const days = [
    ["unconfirmed", followed, 2],
    ["confirmed", owed, 1],
    ["differs", `/d/${codeOf.donation(4, 0)}`, 4],
  ] as const;

  for (const [state, path, batch] of days) {
    it(`that is ${state} is said to be so on the pages of its gifts, its batch and its fund`, async () => {
      for (const language of languages) {
        const { audit } = words[language];
        const gift = await site.get(`/${language}${path}`);
        expect(visibleText(section(gift.body, "check"))).to.contain(audit.notes[state]);
        const top = between(gift.body, 'id="confirmation"', "</p>");
        if (state === "confirmed") expect(top).to.equal("");
        else expect(visibleText(top)).to.contain(audit.notes[state]);
        expect((await site.get(`/${language}/b/${codeOf.batch(batch)}`)).text).to.contain(audit.notes[state]);
      }
      const fund = (await read.donation(batchId(batch), 0))?.batch.fund ?? 0;
      const { body } = await site.get(`/en/f/${codeOf.fund(fund)}`);
      expect(section(body, "batches")).to.contain(
        `<span class="tag confirmation-${state}">${words.en.audit.states[state]}</span>`,
      );
    });
  }
});

describe("money that moved between programmes", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("stands on both programmes' pages, from which to which, adding up to their partition", async () => {
    for (const programme of [city, ended]) {
      const { body } = await site.get(`/en/p/${codeOf.programme(programme)}`);
      const [row] = cellsIn(tables(section(body, "moves"), "cards")[0] ?? "");
      expect(row).to.deep.equal([
        "5 March 2020",
        "Sample County Four",
        "Sample City plan",
        "¥450.00",
        "¥20.00",
        "¥470.00",
      ]);
      const partition = (await read.programme(programme))?.partition;
      expect((partition?.movedIn ?? 0n) + (partition?.movedOut ?? 0n)).to.equal(47_000n);
      expect(visibleText(section(body, "money"))).to.contain("¥470.00");
    }
    expect((await site.get(`/en/p/${codeOf.programme(1)}`)).body).not.to.contain('id="moves"');
  });

  it("leaves a note where the programme has ended", async () => {
    const zh = await site.get(`/zh/p/${codeOf.programme(ended)}`);
    expect(zh.text).to.contain("本项目已经结束，余下的钱转给了 样例市惠民保。");
    expect((await site.get(`/zh/p/${codeOf.programme(city)}`)).text).not.to.contain("本项目已经结束");
  });

  it("stands on the audit page too", async () => {
    const { body } = await site.get("/en/audit");
    expect(visibleText(section(body, "moves"))).to.contain("¥470.00");
  });

  it("lists on a programme's page what came back, beside the net that was paid", async () => {
    const { body } = await site.get(`/en/p/${codeOf.programme(city)}`);
    const rows = cellsIn(tables(section(body, "recoveries"), "cards")[0] ?? "");
    expect(rows.map((row) => row[0])).to.deep.equal([
      codeOf.claim(claims.returned),
      codeOf.claim(claims.recovered),
    ]);
    const periods = await read.periods(city);
    const back = sum(periods.map(({ record }) => record.recovered));
    expect(sum(rows.map((row) => amountsIn(row[3] ?? "")[0] ?? 0n))).to.equal(back);
    const paid = sum(periods.map(({ record }) => record.paid));
    const net = (await read.programme(city))?.partition.paid ?? 0n;
    expect(paid - back).to.equal(net);
    expect(visibleText(section(body, "money"))).to.contain(
      `${money(paid, "CNY")} was paid, ${money(back, "CNY")} came back, ${money(net, "CNY")} net`,
    );
  });

  it("leaves the totals of the home page what was donated", async () => {
    const { body } = await site.get("/en/");
    const [, counties = ""] = tables(body, "matrix");
    const { currencies, programmes } = await read.summary();
    const total = currencies[0]?.partition;
    const entered = sum(programmes.map(({ partition: p }) => p.allocated + p.movedIn - p.movedOut));
    expect(entered).to.equal((total?.total ?? 0n) - (total?.unallocated ?? 0n));
    expect(visibleText(counties)).to.contain(money(entered, "CNY"));
  });
});
