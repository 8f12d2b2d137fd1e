import { expect } from "chai";
import { periodNumber } from "../../protocol/ids.ts";
import { money } from "../../web/format/money.ts";
import { languages, words } from "../../web/words/languages.ts";
import { cellsIn, footIn, section, sum, tables } from "./reading.ts";
import { sample } from "./sample.ts";
import { amountsIn, codeOf, openSite, visibleText, type Site } from "./site.ts";

const { read, city, claims } = sample();
const code = codeOf.programme(city);
const pathOf = (ordinal: number): string => `/p/${code}/period/1/insurer/${ordinal}`;

const signed = (text = ""): bigint => (amountsIn(text)[0] ?? 0n) * (text.startsWith("−") ? -1n : 1n);

describe("an insurer's statement", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("names the insurer, its share and its part in both languages", async () => {
    const statement = await read.insurerStatement(city, periodNumber(1), 2, { limit: 1 });
    if (statement === undefined) throw new Error("the sample has three insurers");
    const { paid, recovered, net } = statement.part;
    const figures = [paid, recovered, net].map((amount) => money(amount, "CNY"));
    const zh = await site.get(`/zh${pathOf(2)}`);
    expect(zh.text).to.contain(
      `虚构保险公司乙（演示）承担 33.33%：分担赔付 ${figures[0]}，分得追回 ${figures[1]}，净额 ${figures[2]}。`,
    );
    const en = await site.get(`/en${pathOf(2)}`);
    expect(en.text).to.contain(
      `Invented Insurer B (demonstration) bears 33.33%: ${figures[0]} of what was paid, ${figures[1]} of what came back, ${figures[2]} net.`,
    );
  });

  it("has lines whose parts run up to the balance, and add up over all insurers to what was paid", async () => {
    const lines = await Promise.all(
      [1, 2, 3].map(async (ordinal) =>
        cellsIn(tables(section((await site.get(`/en${pathOf(ordinal)}`)).body, "lines"), "cards")[0] ?? ""),
      ),
    );
    for (const rows of lines) {
      let balance = 0n;
      for (const row of rows) {
        balance += signed(row[5]);
        expect(signed(row[6])).to.equal(balance);
      }
    }
    lines[0]?.forEach((row, at) => {
      expect(sum(lines.map((rows) => signed(rows[at]?.[5])))).to.equal(signed(row[4]));
    });
  });

  it("shows a recovery as what comes off, with its claim", async () => {
    const { body } = await site.get(`/en${pathOf(1)}`);
    const rows = cellsIn(tables(section(body, "lines"), "cards")[0] ?? "");
    const back = rows.filter((row) => row[1] === words.en.insurer.kinds.recovery);
    expect(back.map((row) => [row[2], row[4]])).to.deep.equal([
      [codeOf.claim(claims.returned), "−¥5,000.00"],
      [codeOf.claim(claims.recovered), "−¥900.00"],
    ]);
    expect(body).to.contain(`href="/en/c/${codeOf.claim(claims.recovered)}"`);
  });

  it("tells the cash periods of one policy period apart, and adds them up", async () => {
    const { body } = await site.get(`/en${pathOf(1)}`);
    const [table = ""] = tables(section(body, "cash-periods"), "cards");
    const rows = cellsIn(table);
    expect(rows.map(([name]) => name)).to.deep.equal(["Period 1", "Period 2"]);
    expect(rows[1]?.[1]).to.equal("¥8,200.00");
    footIn(table).forEach((total, column) => {
      expect(sum(rows.map((row) => signed(row[column + 1])))).to.equal(signed(total));
    });
  });

  it("shows a net below zero in a cash period in which more came back than was paid", async () => {
    const statement = await read.insurerStatement(city, periodNumber(1), 1, { limit: 100 });
    const [period] = statement?.cashPeriods ?? [];
    if (statement === undefined || period === undefined) throw new Error("the sample has a cash period");
    const own = { ...period.part, net: -123n };
    const below = await openSite({
      ...read,
      insurerStatement: async () => ({ ...statement, cashPeriods: [{ ...period, part: own }] }),
    });
    expect((await below.get(`/en${pathOf(1)}`)).text).to.contain("−¥1.23");
    await below.close();
  });

  it("says that all insurers together are the ledger", async () => {
    const period = await read.period(city, periodNumber(1));
    const net = money((period?.policyPaid ?? 0n) - (period?.policyRecovered ?? 0n), "CNY");
    const en = section((await site.get(`/en${pathOf(3)}`)).body, "reconciliation");
    expect(visibleText(en)).to.contain(`Sum of all insurers = ledger: ${net} = ${net}`);
    const zh = section((await site.get(`/zh${pathOf(3)}`)).body, "reconciliation");
    expect(visibleText(zh)).to.contain(`各家相加 = 账本：${net} = ${net}`);
    const rows = cellsIn(tables(en, "cards")[0] ?? "");
    for (const row of rows) expect(row[2]).to.equal(row[3]);
  });

  it("warns, and says not to settle by it, where they differ", async () => {
    const statement = await read.insurerStatement(city, periodNumber(1), 1, { limit: 100 });
    if (statement === undefined) throw new Error("the sample has insurers");
    const broken = await openSite({
      ...read,
      insurerStatement: async () => ({
        ...statement,
        reconciles: false,
        sum: { ...statement.sum, net: statement.sum.net - 1n },
      }),
    });
    for (const language of languages) {
      const { body } = await broken.get(`/${language}${pathOf(1)}`);
      expect(body).to.contain('<section id="reconciliation" class="notice"');
      const text = visibleText(section(body, "reconciliation"));
      expect(text).to.contain(language === "zh" ? "对不上" : "they differ");
    }
    await broken.close();
  });

  it("brings the balance forward over its pages", async () => {
    const paged = await openSite({
      ...read,
      insurerStatement: (programme, period, ordinal, page) =>
        read.insurerStatement(programme, period, ordinal, { ...page, limit: 5 }),
    });
    const seen: string[] = [];
    let [next, balance]: [string | undefined, string | undefined] = [`/en${pathOf(2)}`, undefined];
    while (next !== undefined) {
      const lines = section((await paged.get(next)).body, "lines");
      if (balance !== undefined) expect(visibleText(lines)).to.contain(`Brought forward ${balance}`);
      const rows = cellsIn(tables(lines, "cards")[0] ?? "");
      seen.push(...rows.map((row) => row[2] ?? ""));
      balance = rows.at(-1)?.[6];
      next = /href="([^"#]*\?lines=[^"#]*)[^"]*">Next page/.exec(lines)?.[1];
    }
    const whole = await read.insurerStatement(city, periodNumber(1), 2, { limit: 100 });
    expect(seen).to.deep.equal(whole?.lines.map(({ movement }) => codeOf.claim(movement.claim)));
    expect(balance).to.equal(money(whole?.part.net ?? 0n, "CNY"));
    await paged.close();
  });

  it("can be taken away as CSV and JSON", async () => {
    const { body } = await site.get(`/zh${pathOf(2)}`);
    expect(body).to.contain(`href="/v1/programmes/${code}/periods/1/insurers/2/statement?format=csv"`);
    expect(body).to.contain(`href="/v1/programmes/${code}/periods/1/insurers/2/statement"`);
  });

  it("has no page for an insurer or period that there is not", async () => {
    for (const path of [
      pathOf(4),
      pathOf(0),
      `/p/${code}/period/2/insurer/1`,
      `/p/${code}/period/1/insurer/x`,
    ]) {
      expect((await site.get(`/en${path}`)).status, path).to.equal(404);
    }
  });
});
