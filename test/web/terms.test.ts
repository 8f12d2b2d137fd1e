import { expect } from "chai";
import { adjudicate } from "../../protocol/terms/adjudicate.ts";
import {
  demonstrationAid,
  demonstrationCare,
  demonstrationCity,
  demonstrationCounty,
  demonstrationDay,
  demonstrationPlans,
} from "../../protocol/terms/examples/demonstration.ts";
import { jiangsuPlans, nanjing, suzhou, wuxi, xuzhou } from "../../protocol/terms/examples/jiangsu-plans.ts";
import { referenceLater } from "../../protocol/terms/examples/reference-programme.ts";
import { readTerms } from "../../protocol/terms/read.ts";
import { layers, scopes, termsDigest } from "../../protocol/terms/types.ts";
import type { Terms } from "../../protocol/terms/types.ts";
import { termsSection } from "../../web/parts/terms.ts";
import { languages, words, type Language } from "../../web/words/languages.ts";
import { bill, inventedDocument, item } from "../protocol/terms/invented.ts";
import { visibleText } from "./site.ts";

const htmlOf = (terms: Terms, language: Language): string =>
  termsSection(terms, termsDigest(terms), words[language]).toString();
const textOf = (terms: Terms, language: Language): string => visibleText(htmlOf(terms, language));

/** What stands beside a label. */
const factOf = (terms: Terms, language: Language, label: string): string => {
  const rows = [...htmlOf(terms, language).matchAll(/<dt>([\s\S]*?)<\/dt>\s*<dd>([\s\S]*?)<\/dd>/g)];
  const row = rows.find(([, name = ""]) => name.trim() === label);
  if (row?.[2] === undefined) throw new RangeError(`there is no ${label}`);
  return visibleText(row[2]).trim();
};

const countOf = (text: string, part: string): number => text.split(part).length - 1;

describe("terms in plain words", () => {
  it("say cover, premium, deadline, ages, benefits, settlement, deductible and drugs in both languages", () => {
    const terms = readTerms(inventedDocument);
    const facts = (language: Language) => {
      const say = words[language].terms;
      return [
        say.plan,
        say.cover,
        say.premium,
        say.filing,
        say.ages,
        say.benefits,
        say.incident,
        say.layersFirst,
        say.specialDrugs,
        say.deductible,
      ].map((label) => factOf(terms, language, label));
    };
    expect(facts("zh")).to.deep.equal([
      "invented-plan 第 3 版",
      "每人每个保障期最多 ¥200,000.00",
      "每人每个保障期 ¥12.34",
      "保障期结束后 90 天之内",
      "18 至 60 周岁",
      "现金",
      "按天记录",
      "基本医疗保险，然后大病保险",
      "目录内 12 种",
      "每人每个保障期累计扣 ¥10,000.00；医保目录内费用、医保目录外费用合用一个免赔额",
    ]);
    expect(facts("en")).to.deep.equal([
      "invented-plan, version 3",
      "at most ¥200,000.00 a person and policy period",
      "¥12.34 a person and policy period",
      "until 90 days after the policy period",
      "18 to 60 years",
      "cash",
      "recorded as a day",
      "basic medical insurance, then serious-illness insurance",
      "12 on its list",
      "¥10,000.00 once a person and policy period; cost inside the medical-insurance list and cost outside the medical-insurance list share it",
    ]);
  });

  it("put each rule in one sentence: costs, share, pre-existing share and limit", () => {
    const terms = readTerms(inventedDocument);
    expect(factOf(terms, "zh", words.zh.terms.rules)).to.equal(
      "医保目录内费用：扣除免赔额后赔 80%，有既往症的赔 40%。 " +
        "医保目录外费用：扣除免赔额后赔 50%，每人每个保障期最多 ¥30,000.00。 特药费用：赔 60%。",
    );
    expect(factOf(terms, "en", words.en.terms.rules)).to.equal(
      "Of cost inside the medical-insurance list it pays 80% after the deductible, 40% with a pre-existing condition. " +
        "Of cost outside the medical-insurance list it pays 50% after the deductible, at most ¥30,000.00 a person and policy period. " +
        "Of special drugs it pays 60%.",
    );
    expect(factOf(wuxi, "en", words.en.terms.rules)).to.match(
      /^Of own-paid inpatient cost it pays 60% after the deductible, 20% with a pre-existing condition\./,
    );
  });

  it("say that something is not published, never zero and never nothing", () => {
    for (const language of languages) {
      const say = words[language].terms;
      // Cover, premium, ages, benefits, deadline.
      expect(countOf(htmlOf(nanjing, language), 'class="not-published"')).to.equal(5);
      expect(factOf(nanjing, language, say.cover)).to.equal(say.notPublished);
      expect(factOf(nanjing, language, say.incident)).to.equal(say.incidentNotStated);
      expect(factOf(referenceLater, language, say.deductible)).to.equal(say.notPublished);
      expect(textOf(nanjing, language)).to.not.match(/¥0\.00|undefined|NaN|\[object|null/);
    }
    expect(factOf(nanjing, "zh", "免赔额")).to.equal(
      "¥20,000.00，按次还是按保障期累计未公布；适用于医保目录内费用、医保目录外费用，合用还是各算各的未公布",
    );
    expect(factOf(suzhou, "en", "What is paid")).to.equal(
      "Of own-paid cost, outpatient cost, inpatient cost and eligible cost it pays a share that is not published, " +
        "at most ¥1,000,000.00 (whether a claim or a policy period is not published). " +
        "Of special drugs it pays a share that is not published.",
    );
  });

  it("keep a stated absence apart from silence", () => {
    const say = words.zh.terms;
    const aid = demonstrationAid.terms;
    expect(factOf({ ...aid, cover: "none" }, "zh", say.cover)).to.equal("不设上限");
    expect(factOf(aid, "zh", say.premium)).to.contain("不收保费");
    expect(factOf(aid, "zh", say.ages)).to.contain("不限年龄");
    expect(factOf(aid, "zh", say.layersFirst)).to.contain("没有，直接按本方案赔付");
    expect(factOf(demonstrationCounty.terms, "zh", say.deductible)).to.contain("没有免赔额");
    expect(factOf(xuzhou, "zh", say.specialDrugs)).to.equal("没有特药目录");
    expect(factOf(nanjing, "zh", say.specialDrugs)).to.equal("不限目录");
  });

  it("say open age bounds and a deadline at the period's end", () => {
    const ages = (from: number | undefined, to: number | undefined): string =>
      factOf({ ...nanjing, ages: { from, to } }, "en", "Ages");
    expect([ages(60, undefined), ages(undefined, 60)]).to.deep.equal([
      "60 years and older",
      "up to 60 years",
    ]);
    const filing = (filingDays: number): string =>
      factOf({ ...nanjing, filingDays }, "en", words.en.terms.filing);
    expect([filing(0), filing(1)]).to.deep.equal([
      "until the policy period ends",
      "until 1 day after the policy period",
    ]);
  });

  it("say of day policies that they are to the minute, with the premium of ¥0.30", () => {
    const day = demonstrationDay.terms;
    expect(factOf(day, "zh", "出险时间")).to.equal("精确到分钟：签到起 24 小时有效，可以跨过零点");
    expect(factOf(day, "en", "Premium per head")).to.equal("¥0.30 a person and policy period");
    expect(factOf(demonstrationCare.terms, "zh", "给付方式")).to.equal("现金、服务、器具");
  });

  it("name the document and its digest", () => {
    const digest = termsDigest(wuxi);
    for (const language of languages) {
      expect(htmlOf(wuxi, language)).to.match(
        new RegExp(`<a href="/v1/documents/${digest}">\\s*<code[^>]*>${digest}</code>`),
      );
    }
  });

  it("have words for every scope, layer and benefit", () => {
    for (const language of languages) {
      const every = readTerms({
        ...inventedDocument,
        layers,
        benefits: ["cash", "service", "device"],
        deductibles: [],
        rules: [{ id: "every", scopes, rateBps: 1 }],
      });
      expect(textOf(every, language)).to.not.match(/undefined/);
      expect(adjudicate(every, bill([item(every, "eligible", "1")])).payable).to.equal(0n);
    }
  });
});

describe("a demonstration's terms in plain words", () => {
  it("mark each field that is invented, and no published one", () => {
    const { terms } = demonstrationCounty;
    const say = words.zh.terms;
    for (const label of [say.premium, say.benefits, say.filing, say.incident, say.deductible]) {
      expect(factOf(terms, "zh", label), label).to.match(/演示虚构$/);
    }
    for (const label of [say.cover, say.ages, say.layersFirst]) {
      expect(factOf(terms, "zh", label), label).not.to.contain("演示虚构");
    }
  });

  it("say which parts of a rule and a deductible are invented", () => {
    const { terms } = demonstrationCity;
    expect(factOf(terms, "en", "Deductible")).to.match(/ invented: claim or period and sharing$/);
    const rules = factOf(terms, "en", "What is paid");
    expect(rules).to.match(/ invented: share and limit$/);
    expect(countOf(rules, "invented")).to.equal(1);
    expect(factOf(demonstrationDay.terms, "en", "What is paid")).to.match(/\. invented$/);
  });

  it("carry the note that they are a demonstration's; published terms do not", () => {
    for (const language of languages) {
      const { inventedNote } = words[language].terms;
      for (const { terms } of demonstrationPlans) expect(textOf(terms, language)).to.contain(inventedNote);
      for (const terms of jiangsuPlans) {
        expect(textOf(terms, language)).to.not.contain(inventedNote);
        expect(htmlOf(terms, language)).to.not.contain("invented");
      }
    }
  });

  it("mark as many things as are invented", () => {
    for (const { terms, invented } of demonstrationPlans) {
      const fields = new Set(invented.map((path) => path.replace(/\]\..*$/, "]")));
      expect(countOf(htmlOf(terms, "en"), 'class="tag invented"'), terms.plan).to.equal(fields.size);
    }
  });
});
