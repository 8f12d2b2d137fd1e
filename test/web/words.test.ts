import { expect } from "chai";
import { en } from "../../web/words/en.ts";
import { preferredLanguage } from "../../web/words/languages.ts";
import { zh } from "../../web/words/zh.ts";

interface Entry {
  readonly path: string;
  readonly value: unknown;
}

const entriesOf = (value: unknown, path = ""): readonly Entry[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, `${path}.${key}`))
    : [{ path, value }];

/** What a word says when it is told nothing: functions are asked with a plain mark for each fact. */
const said = (value: unknown): string =>
  typeof value === "function"
    ? String(value(...Array.from({ length: value.length }, () => ["9"])))
    : String(value);

const chinese = /\p{Script=Han}/u;
/** The same in both languages by nature. */
const shared = new Set([".htmlLanguage"]);

describe("words", () => {
  it("has the same keys and the same facts in both languages", () => {
    const shape = (words: unknown): readonly string[] =>
      entriesOf(words).map(
        ({ path, value }) => `${path}: ${typeof value === "function" ? value.length : "text"}`,
      );
    expect(shape(en)).to.deep.equal(shape(zh));
  });

  it("is Chinese in Chinese and holds no Chinese in English", () => {
    for (const { path, value } of entriesOf(en)) expect(said(value), path).not.to.match(chinese);
    const untranslated = entriesOf(zh)
      .filter(
        ({ path, value }) => !shared.has(path) && /[a-z]{3}/i.test(said(value)) && !chinese.test(said(value)),
      )
      .map(({ path }) => path);
    expect(untranslated).to.deep.equal([]);
  });

  it("counts in English as English does", () => {
    expect(String(en.unit.donations("1"))).to.equal("1 gift");
    expect(String(en.unit.donations("2"))).to.equal("2 gifts");
    expect(String(en.unit.claims("0"))).to.equal("0 claims");
    expect(String(en.unit.claims("1,001"))).to.equal("1,001 claims");
    expect(String(en.batch.sentence("today", "bank", "1", "¥1.00"))).to.match(/^1 gift received/);
    expect(en.wait.minutes(1)).to.equal("1 minute");
    expect(en.wait.minutes(2)).to.equal("2 minutes");
    expect(en.wait.seconds(1)).to.equal("1 second");
  });

  it("chooses English only for a browser that wishes it before Chinese", () => {
    expect(preferredLanguage(undefined)).to.equal("zh");
    expect(preferredLanguage("en-US,en;q=0.9")).to.equal("en");
    expect(preferredLanguage("en;q=0.5, zh-CN;q=0.8")).to.equal("zh");
    expect(preferredLanguage("de")).to.equal("zh");
    expect(preferredLanguage("en;q=0, zh")).to.equal("zh");
    expect(preferredLanguage("en-GB;q=0.9,zh;q=0.1")).to.equal("en");
    expect(preferredLanguage(",;q=,en;;q=x".repeat(500))).to.equal("en");
  });
});
