import { expect } from "chai";
import { jiangsuTable } from "../../protocol/terms/jiangsu.ts";
import { termsDigest } from "../../protocol/terms/types.ts";
import { languages, words } from "../../web/words/languages.ts";
import { openSite, visibleText, type Site } from "./site.ts";

describe("the page of the city plans", () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  /** The cells of a city's row, the city's name first. */
  const rowOf = async (language: string, city: string): Promise<readonly string[]> => {
    const { body } = await site.get(`/${language}/plans`);
    const row = [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].find(([, cells = ""]) =>
      cells.includes(`href="#${city}"`),
    );
    return [...(row?.[1] ?? "").matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
      visibleText(cell).trim(),
    );
  };

  it("shows raw figures, computed means and derived figures of each city", async () => {
    expect(await rowOf("zh", "nanjing")).to.deep.equal([
      "南京",
      "800,000 人",
      "3,298 件",
      "¥25,268,000.00",
      "7,662 元",
      "7,662 元",
      "41.2",
      "¥31.59",
    ]);
    expect(await rowOf("en", "changzhou")).to.deep.equal([
      "Changzhou",
      "443,000",
      "1,262",
      "¥8,840,000.00",
      "¥7,005",
      "¥7,005",
      "28.5",
      "¥19.95",
    ]);
  });

  it("marks in words where the printed mean differs from the computed one, and nowhere else", async () => {
    expect((await rowOf("zh", "wuxi")).slice(4, 6)).to.deep.equal(["10,619 元", "10,618 元 ≠ 相差 1 元"]);
    expect((await rowOf("en", "wuxi")).slice(4, 6)).to.deep.equal(["¥10,619", "¥10,618 ≠ differs by ¥1"]);
    for (const language of languages) {
      const { body } = await site.get(`/${language}/plans`);
      expect(body.match(/class="tag differs"/g)).to.have.length(1);
      expect(body).to.contain('href="#differences"').and.to.contain('id="differences"');
    }
  });

  it("explains the difference with the division", async () => {
    expect((await site.get("/zh/plans")).text).to.contain(
      "无锡：¥29,690,000.00 ÷ 2,796 件 = ¥10,618.74……，四舍五入到元是 10,619 元，而表上印的是 10,618 元。",
    );
    expect((await site.get("/en/plans")).text).to.contain(
      "Wuxi: ¥29,690,000.00 ÷ 2,796 claims = ¥10,618.74…, which is ¥10,619 to the nearest yuan. The table printed ¥10,618.",
    );
  });

  it("says no data where there is none, in every column", async () => {
    for (const language of languages) {
      const { noData, plans } = words[language];
      for (const city of ["suzhou", "yancheng"] as const) {
        expect(await rowOf(language, city)).to.deep.equal([
          plans.cities[city],
          ...Array.from({ length: 7 }, () => noData),
        ]);
      }
    }
  });

  it("holds the terms of each city folded up, with insurers and a digest that can be checked", async () => {
    for (const language of languages) {
      const { body, text } = await site.get(`/${language}/plans`);
      expect(body.match(/<details>\s*<summary>/g)).to.have.length(6);
      for (const { city, terms } of jiangsuTable) {
        expect(body)
          .to.contain(`id="${city}"`)
          .and.to.contain(`/v1/documents/${termsDigest(terms)}`);
        expect(text).to.contain(words[language].plans.cities[city]);
      }
    }
    expect((await site.get("/zh/plans")).text).to.contain("中国人保、中国人寿、平安养老等");
    expect((await site.get("/en/plans")).text).to.contain("PICC, China Life, Ping An Annuity and others");
  });

  it("is linked from the foot of every page", async () => {
    for (const language of languages) {
      expect((await site.get(`/${language}/about`)).body).to.contain(`href="/${language}/plans"`);
    }
  });
});
