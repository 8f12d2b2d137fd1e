import { expect } from "chai";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { termsDigest } from "../../protocol/terms/types.ts";
import {
  demonstrationCity,
  demonstrationCounty,
  demonstrationCounty2017,
} from "../../protocol/terms/examples/demonstration.ts";
import { money } from "../../web/format/money.ts";
import { languages, words } from "../../web/words/languages.ts";
import { between, cellsIn, footIn, rowsIn, section, sum, tables } from "./reading.ts";
import { sample } from "./sample.ts";
import { amountsIn, codeOf, openSite, visibleText, type Site } from "./site.ts";

const { read, city, days, ended } = sample();
const [first, second] = [periodNumber(1), periodNumber(2)];
const pathOf = (programme: number, period: number): string =>
  `/p/${codeOf.programme(programme)}/period/${period}`;

const firstAmounts = (table: string): readonly bigint[] =>
  rowsIn(between(table, "<tbody>", "</tbody>")).map((row) => amountsIn(visibleText(row))[0] ?? -1n);

describe("a policy period's page", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("leads from opening over every flow to closing, which is the next opening", async () => {
    for (const programme of [1, city, ended]) {
      const waterfalls = await Promise.all(
        [1, 2].map(async (period) => {
          const { body } = await site.get(`/en${pathOf(programme, period)}`);
          return firstAmounts(tables(section(body, "money"), "sum waterfall")[0] ?? "");
        }),
      );
      for (const [
        opening = 0n,
        allocated = 0n,
        into = 0n,
        out = 0n,
        back = 0n,
        paid = 0n,
        closing,
      ] of waterfalls) {
        expect(opening + allocated + into - out + back - paid).to.equal(closing);
      }
      expect(waterfalls[1]?.[0]).to.equal(waterfalls[0]?.at(-1));
    }
  });

  it("shows what came back and what moved in and out as flows of their own", async () => {
    const flows = async (programme: number, period: number) => {
      const { body } = await site.get(`/en${pathOf(programme, period)}`);
      return tables(section(body, "money"), "sum waterfall").map(firstAmounts);
    };
    const [closed] = await flows(city, 1);
    expect(closed?.[4])
      .to.equal((await read.period(city, first))?.record.recovered)
      .and.to.equal(590_000n);
    const [open, operations] = await flows(city, 2);
    expect(open?.[2]).to.equal(45_000n);
    expect(operations).to.deep.equal([0n, 2_000n, 0n, 0n, 2_000n]);
    const [left, leftOperations] = await flows(ended, 2);
    expect([left?.[3], left?.[6]]).to.deep.equal([45_000n, 0n]);
    expect(leftOperations).to.deep.equal([0n, 0n, 2_000n, 0n, 2_000n]);
  });

  it("says below zero where more was spent on running it than came in", async () => {
    const { body } = await site.get(`/en${pathOf(ended, 2)}`);
    expect(visibleText(section(body, "money"))).to.contain("Net of this period = −¥20.00");
    const runs = [
      ...section(body, "money").matchAll(/class="step-[a-z]+" x="([^"]+)" y="0" width="([^"]+)"/g),
    ];
    expect(runs.length).to.be.greaterThan(2);
    for (const [, x, width] of runs) {
      expect(Number(x)).to.be.at.least(0);
      expect(Number(x) + Number(width)).to.be.at.most(1000);
    }
  });

  it("carries forward, says what of it is promised, and which figures are so far", async () => {
    const closed = (await read.period(programmeId(1), first))?.record.closing ?? 0n;
    const zh = await site.get(`/zh${pathOf(1, 1)}`);
    expect(zh.text).to.contain(`结转到下一期 ${money(closed, "CNY")}，没有已承诺而未付的理赔`);
    const en = await site.get(`/en${pathOf(1, 2)}`);
    expect(en.text).to.contain(words.en.programme.states.open).and.to.contain("In reserve so far");
  });

  it("says how many are insured of how many who could be, in person-times", async () => {
    const en = visibleText(section((await site.get(`/en${pathOf(city, 1)}`)).body, "enrolment"));
    expect(en)
      .to.contain("1,580 of 4,225 who could be insured, 37.4%")
      .and.to.contain("1,580 person-times")
      .and.to.contain("4,225 people")
      .and.to.contain(words.en.period.unitNote);
    const zh = visibleText(section((await site.get(`/zh${pathOf(city, 1)}`)).body, "enrolment"));
    expect(zh).to.contain("可参保 4,225 人中，参保 1,580 人次，占 37.4%").and.to.contain("1,580 人次");
  });

  it("says not published, and no rate, where there is no denominator", async () => {
    for (const language of languages) {
      const say = words[language].period;
      const { body } = await site.get(`/${language}${pathOf(1, 1)}`);
      const text = visibleText(section(body, "enrolment"));
      expect(text).to.contain(say.denominatorNone).and.to.contain(say.notPublished);
      expect(text).not.to.match(/\d%/);
    }
  });

  it("says that there is no roster where there is none", async () => {
    for (const language of languages) {
      const { body } = await site.get(`/${language}${pathOf(3, 1)}`);
      expect(visibleText(section(body, "enrolment"))).to.contain(words[language].period.enrolmentNone);
    }
  });

  it("lists the rosters, whose counts and premiums add up to the period's", async () => {
    const { body } = await site.get(`/en${pathOf(city, 1)}`);
    const [table = ""] = tables(section(body, "enrolment"), "cards");
    const rows = cellsIn(table);
    expect(rows.map((row) => row.slice(2))).to.deep.equal([
      ["1,000", "4,225", "¥111.00", "¥111,000.00"],
      ["580", "4,225", "¥111.00", "¥64,380.00"],
    ]);
    expect(footIn(table)).to.deep.equal(["1,580", "", "", "¥175,380.00"]);
    expect((await read.period(city, first))?.enrolment.premiums).to.equal(17_538_000n);
  });

  it("pages through many rosters without a sum that would be of one page only", async () => {
    const roster = (await read.rosters(city, first, { limit: 1 })).items[0];
    if (roster === undefined) throw new Error("the sample has a roster");
    const paged = await openSite({ ...read, rosters: async () => ({ items: [roster], next: "o1" }) });
    const { body } = await paged.get(`/en${pathOf(city, 1)}`);
    const enrolment = section(body, "enrolment");
    expect(enrolment).not.to.contain("<tfoot");
    expect(enrolment).to.contain(`href="/en${pathOf(city, 1)}?rosters=o1#rosters"`);
    await paged.close();
  });

  it("names the insurers with their parts, which add up to what was paid and recovered", async () => {
    for (const language of languages) {
      const { body } = await site.get(`/${language}${pathOf(city, 1)}`);
      const insurers = section(body, "insurers");
      const [table = ""] = tables(insurers, "cards");
      const rows = cellsIn(table);
      expect(rows.map(([name]) => name)).to.deep.equal(
        demonstrationCity.insurers?.map(({ name }) => name[language]),
      );
      expect(rows.map((row) => row[1])).to.deep.equal(["50%", "33.33%", "16.67%"]);
      const foot = footIn(table);
      [1, 2, 3].forEach((column) => {
        const parts = rows.map((row) => amountsIn(row[column + 1] ?? "")[0] ?? 0n);
        expect(sum(parts)).to.equal(amountsIn(foot[column] ?? "")[0]);
      });
      const period = await read.period(city, first);
      expect(foot[1]).to.equal(money(period?.policyPaid ?? 0n, "CNY"));
      expect(insurers).to.contain(`href="/${language}${pathOf(city, 1)}/insurer/3"`);
    }
    const { body } = await site.get(`/en${pathOf(city, 2)}`);
    expect(visibleText(section(body, "insurers"))).to.contain(words.en.period.insurersNone);
  });

  it("has each period's own version of the terms, in words and as JSON", async () => {
    const versions = [demonstrationCounty2017, demonstrationCounty];
    for (const [at, plan] of versions.entries()) {
      const { body } = await site.get(`/zh${pathOf(1, at + 1)}`);
      const terms = section(body, "terms");
      expect(visibleText(terms)).to.contain(at === 0 ? "20 至 60 周岁" : "18 至 60 周岁");
      expect(terms).to.contain(`href="/v1/documents/${termsDigest(plan.terms)}"`);
    }
  });

  it("gives the digest where it does not hold the terms, or cannot read them", async () => {
    const digest = termsDigest(demonstrationCity.terms);
    for (const document of [undefined, "{", '{"kind":"terms"}']) {
      const without = await openSite({ ...read, document: async () => document });
      for (const language of languages) {
        const { status, body } = await without.get(`/${language}${pathOf(city, 1)}`);
        expect(status).to.equal(200);
        expect(visibleText(section(body, "terms")))
          .to.contain(words[language].period.termsMissing)
          .and.to.contain(digest);
      }
      await without.close();
    }
  });

  it("says that the run-off has no rosters, terms and insurers of its own", async () => {
    for (const language of languages) {
      const { text, body } = await site.get(`/${language}${pathOf(ended, 2)}`);
      const { programme, period } = words[language];
      expect(text).to.contain(programme.runOff).and.to.contain(period.runOffNote);
      expect(body).not.to.match(/<section id="(enrolment|insurers|cover|terms|settlement)"/);
    }
  });

  it("gives one date to a period of one day", async () => {
    const { body } = await site.get(`/en${pathOf(days, 1)}`);
    const title = visibleText(between(body, '<div class="title">', "</div>"));
    expect(title).to.contain("1 March 2020").and.not.to.contain(" to ");
    expect((await site.get(`/zh${pathOf(days, 5)}`)).text).to.contain("2020年3月5日 至 2020年4月30日");
  });

  it("tells day policies, recorded to the minute, from those by the day", async () => {
    const toTheMinute = await site.get(`/en${pathOf(days, 1)}`);
    expect(visibleText(section(toTheMinute.body, "cover"))).to.contain(words.en.period.toTheMinute);
    const byDay = await site.get(`/en${pathOf(city, 1)}`);
    expect(visibleText(section(byDay.body, "cover"))).to.contain(words.en.period.toTheDay);
  });

  it("shows settlement times of at least 11 claims, and says why it shows no others", async () => {
    const published = await site.get(`/en${pathOf(1, 1)}`);
    const [table = ""] = tables(section(published.body, "settlement"), "cards");
    expect(cellsIn(table)).to.deep.equal([
      ["Filed → approved", "11 hours", "20 hours", "20 hours"],
      ["Approved → paid", "3 hours", "5 hours", "5 hours"],
      ["Filed → paid", "14 hours", "22 hours", "1 day 1 hour"],
    ]);
    for (const language of languages) {
      const withheld = section((await site.get(`/${language}${pathOf(2, 1)}`)).body, "settlement");
      expect(visibleText(withheld)).to.contain(words[language].period.settlement.withheld);
      expect(withheld).not.to.contain("<table");
    }
  });

  it("names the periods whose claims are in a figure together", async () => {
    const settlement = await read.settlement(programmeId(1));
    const group = settlement?.groups.find(({ state }) => state === "published");
    if (group?.state !== "published") throw new Error("the sample publishes a figure");
    const merged: Read["settlement"] = async () => ({
      groups: [{ ...group, cells: [1, 2] }],
      total: { ...group, cells: [1, 2] },
    });
    const together = await openSite({ ...read, settlement: merged });
    for (const period of [1, 2]) {
      const { body } = await together.get(`/en${pathOf(1, period)}`);
      expect(visibleText(section(body, "settlement"))).to.contain("Periods 1 to 2");
    }
    await together.close();
  });

  it("holds what auditors said of this period, and of no other", async () => {
    const finding = "A roster came a day late";
    expect((await site.get(`/en${pathOf(city, 1)}`)).text).to.contain(finding);
    expect((await site.get(`/en${pathOf(city, 2)}`)).text).not.to.contain(finding);
    expect((await site.get(`/zh${pathOf(1, 1)}`)).text).to.contain("账实相符（虚构）。");
  });

  it("leads to the periods before and after it, and to its programme", async () => {
    const { body } = await site.get(`/en${pathOf(city, 1)}`);
    expect(body)
      .to.contain(`href="/en${pathOf(city, 2)}"`)
      .and.not.to.contain(`href="/en${pathOf(city, 0)}"`);
    expect(body).to.contain(`href="/en/p/${codeOf.programme(city)}"`);
    expect(body).to.contain(`href="/v1/programmes/${codeOf.programme(city)}/periods"`);
  });

  it("has one address, and no page for a period that there is not", async () => {
    const code = codeOf.programme(city);
    const lower = await site.get(`/zh/p/${code.toLowerCase()}/period/1`);
    expect(lower.headers["location"]).to.equal(`/zh/p/${code}/period/1`);
    for (const path of [
      `/p/${code}/period/0`,
      `/p/${code}/period/01`,
      `/p/${code}/period/9`,
      `/p/${code}/period/x`,
    ]) {
      expect((await site.get(`/en${path}`)).status, path).to.equal(404);
    }
    expect((await site.get(`/en/p/${codeOf.fund(1)}/period/1`)).text).to.contain(
      words.en.errors.badCodeTitle,
    );
    expect((await site.get(`/en/p/${codeOf.programme(999)}/period/1`)).text).to.contain(
      words.en.errors.unknownTitle,
    );
  });

  it("has no figures before it has begun", async () => {
    const [one] = await read.periods(programmeId(1));
    if (one === undefined) throw new Error("the sample has a period");
    const declared = await openSite({
      ...read,
      periods: async () => [{ ...one, state: "declared", period: second }],
    });
    const { body } = await declared.get(`/en${pathOf(1, 2)}`);
    expect(visibleText(section(body, "money"))).to.contain(words.en.programme.declaredNote);
    expect(section(body, "money")).not.to.contain("waterfall");
    await declared.close();
  });
});
