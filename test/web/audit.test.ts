import { expect } from "chai";
import { recordKinds } from "../../protocol/ledger/codes.ts";
import { languages, words } from "../../web/words/languages.ts";
import { blocks, cellsIn, section, tables } from "./reading.ts";
import { emptySample, sample } from "./sample.ts";
import { codeOf, openSite, visibleText, type Site } from "./site.ts";

const { read, city, claims } = sample();

const itemsIn = (part: string): readonly string[] =>
  blocks(part, /<li>[\s\S]*?<\/li>/g).map((item) => visibleText(item).trim());

describe("the audit page", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("is in the main navigation of every page", async () => {
    for (const language of languages) {
      expect((await site.get(`/${language}/`)).body).to.contain(`<a href="/${language}/audit"`);
    }
  });

  it("holds every law in a sentence with what was found now", async () => {
    for (const language of languages) {
      const { audit } = words[language];
      const { body } = await site.get(`/${language}/audit`);
      const rows = cellsIn(tables(section(body, "laws"), "cards")[0] ?? "");
      expect(rows.map(([law]) => law)).to.deep.equal(
        Object.entries(audit.sentences).map(([law, sentence]) => `${law} · ${sentence}`),
      );
      expect(rows.map((row) => row[1])).to.deep.equal(rows.map(() => audit.holds));
      expect(visibleText(section(body, "laws"))).to.contain(visibleText(String(audit.lawsHold("8"))));
    }
  });

  it("says of a law that was not looked at where it is checked instead, and counts those that were", async () => {
    const some = (await read.laws()).filter(({ law }) => !["L4", "L5", "L7", "L8"].includes(law));
    const partly = await openSite({ ...read, laws: async () => some });
    for (const language of languages) {
      const { audit, noData } = words[language];
      const { body } = await partly.get(`/${language}/audit`);
      const rows = cellsIn(tables(section(body, "laws"), "cards")[0] ?? "");
      const elsewhere = (commands: string) => [
        visibleText(String(audit.elsewhere(commands))),
        audit.notCounted,
      ];
      expect(rows[3]?.slice(1)).to.deep.equal(elsewhere(`npm test${audit.and}npm run rehearse`));
      expect(rows[4]?.slice(1)).to.deep.equal([audit.notChecked, noData]);
      expect(rows[6]?.slice(1)).to.deep.equal(elsewhere("npm test"));
      expect(rows[7]?.slice(1)).to.deep.equal(elsewhere("npm test"));
      expect(visibleText(section(body, "laws"))).to.contain(visibleText(String(audit.lawsHold("4"))));
    }
    await partly.close();
  });

  it("warns where a law does not hold, and names what was compared", async () => {
    const laws = (await read.laws()).map((check) =>
      check.law === "L3"
        ? { ...check, holds: false, facts: ["programme 1, period 2: expected 5, found 4"] }
        : check,
    );
    const broken = await openSite({ ...read, laws: async () => laws });
    for (const language of languages) {
      const { body } = await broken.get(`/${language}/audit`);
      expect(body).to.contain('<section id="laws" class="notice"');
      const text = visibleText(section(body, "laws"));
      expect(text)
        .to.contain(words[language].audit.lawsBroken)
        .and.to.contain("expected 5, found 4")
        .and.not.to.contain(visibleText(String(words[language].audit.lawsHold("8"))));
      const rows = cellsIn(tables(section(body, "laws"), "cards")[0] ?? "");
      expect(
        rows.map((row) => row[1]).filter((result) => result === words[language].audit.fails),
      ).to.have.length(1);
    }
    await broken.close();
  });

  it("shows findings with what was answered and how they were closed, the unsettled first", async () => {
    const { body } = await site.get("/en/audit");
    const findings = section(body, "findings");
    const items = itemsIn(findings);
    expect(items).to.have.length(3);
    expect(items[0])
      .to.contain("No. 1 open Sample City plan, period 1")
      .and.to.contain("The second roster was appended a day later than agreed")
      .and.to.contain(words.en.audit.noAnswer);
    expect(items[1])
      .to.contain("No. 2 answered The whole ledger")
      .and.to.contain("The foundation's answer")
      .and.to.contain("Being compared with the channel");
    expect(items[2]).to.contain("No. 3 closed Sample County Two").and.to.contain("Clear now, closed");
    expect(visibleText(findings)).to.contain("2 findings are not closed yet.");
    const zh = section((await site.get("/zh/audit")).body, "findings");
    expect(itemsIn(zh)[0]).to.contain("第 1 条 待答复 样例市惠民保第 1 期").and.to.contain("名册晚报一天");
    expect(visibleText(zh)).to.contain("有 2 条审计发现还没有结案。");
  });

  it("counts one finding as one, and leads from findings to the days that nobody confirmed", async () => {
    const one = await openSite({
      ...read,
      findings: async (filter, page) =>
        filter.state === "answered" ? { items: [] } : read.findings(filter, page),
    });
    const findings = section((await one.get("/en/audit")).body, "findings");
    expect(visibleText(findings)).to.contain("1 finding is not closed yet.");
    expect(findings).to.contain('href="/en/audit?state=unconfirmed#days"');
    await one.close();
  });

  it("claims of no key that its author holds it, and says what a confirmation is then worth", async () => {
    for (const path of ["/audit", `/d/${codeOf.donation(1, 0)}`]) {
      const en = (await site.get(`/en${path}`)).text;
      expect(en).not.to.match(/with (its|their)( author's)? own (signing )?key/);
      expect(en).to.contain("worth no more than the foundation's word");
      const zh = (await site.get(`/zh${path}`)).text;
      expect(zh)
        .to.contain("只等于基金会自己的说法")
        .and.not.to.match(/用自己的密钥|各自的签名密钥/);
    }
  });

  it("shows attestations, and the digest alone where the document is not held here", async () => {
    const [first, second] = (await read.attestations({}, { limit: 10 })).items;
    for (const language of languages) {
      const { body } = await site.get(`/${language}/audit`);
      const [held = "", digestOnly = ""] = itemsIn(section(body, "attestations"));
      expect(held).to.contain(language === "zh" ? "账实相符（虚构）。" : "The books agree (invented).");
      const noted = first?.notedHead;
      expect(held).to.contain(visibleText(String(words[language].audit.notedThen("11", noted?.hash))).trim());
      expect(held).to.match(/0x(be){32}\b/);
      expect(digestOnly)
        .to.contain(words[language].history.notHeld)
        .and.to.contain(words[language].audit.subject.ledger)
        .and.to.contain(second?.published.document);
      expect(body).to.contain(`href="/v1/documents/${second?.published.document}"`);
    }
  });

  it("compares what the ledger recorded of a day with what its provider confirmed", async () => {
    const { body } = await site.get("/en/audit");
    const rows = cellsIn(tables(section(body, "days"), "cards")[0] ?? "");
    const dayOf = (day: string, channel: string) => rows.find((row) => row[0] === day && row[1] === channel);
    expect(dayOf("4 March 2019", "sample-bank")?.slice(2)).to.deep.equal([
      "unconfirmed",
      "1",
      "no data",
      "¥5,000.00",
      "no data",
    ]);
    const confirmed = dayOf("3 March 2019", "sample-pay");
    expect(confirmed?.[2]).to.equal("confirmed confirmed 1 time before");
    expect([confirmed?.[3], confirmed?.[5]]).to.deep.equal([confirmed?.[4], confirmed?.[6]]);
    expect(dayOf("10 January 2020", "sample-pay")?.slice(2)).to.deep.equal([
      "differs",
      "3",
      "3",
      "¥89.01",
      "¥90.01",
    ]);
    expect(dayOf("2 March 2020", "sample-bank")?.slice(3, 5)).to.deep.equal(["0", "1"]);
    expect(visibleText(section((await site.get("/zh/audit")).body, "days"))).to.contain("对不上");
  });

  it("shows days of one state where that is asked for, over all pages of the list", async () => {
    for (const state of ["unconfirmed", "confirmed", "differs"] as const) {
      const { body } = await site.get(`/en/audit?state=${state}`);
      const rows = cellsIn(tables(section(body, "days"), "cards")[0] ?? "");
      expect(rows.length).to.be.greaterThan(0);
      for (const row of rows) expect(row[2]).to.match(new RegExp(`^${words.en.audit.states[state]}`));
    }
    const paged = await openSite({
      ...read,
      channelDays: (filter, page) => read.channelDays(filter, { ...page, limit: 1 }),
    });
    const { body } = await paged.get("/en/audit?state=unconfirmed");
    expect(body).to.contain('href="/en/audit?state=unconfirmed&amp;days=o1#days"');
    const all = await site.get("/en/audit?state=nothing");
    expect(cellsIn(tables(section(all.body, "days"), "cards")[0] ?? "")).to.have.length(
      (await read.channelDays({}, { limit: 100 })).items.length,
    );
    await paged.close();
  });

  it("lists what the foundation owes, and nothing that it has covered", async () => {
    const { body } = await site.get("/en/audit");
    const rows = cellsIn(tables(section(body, "owed"), "cards")[0] ?? "");
    expect(rows.map(([code]) => code)).to.deep.equal([codeOf.donation(1, 3)]);
    const calm = await openSite({ ...read, refunds: async () => ({ items: [] }) });
    expect((await calm.get("/en/audit")).text).to.contain(words.en.audit.owedRefundsNone);
    await calm.close();
  });

  it("lists corrections with the record that each names, as a link where the record has a page", async () => {
    const { body } = await site.get("/en/audit");
    const corrections = section(body, "corrections");
    expect(itemsIn(corrections).map((item) => item.split(" Correction note")[0])).to.deep.equal([
      "batch 4",
      `claim ${claims.recovered}`,
      `programme ${city}`,
      "fund 1",
      "payment 87",
    ]);
    for (const path of [
      `/b/${codeOf.batch(4)}`,
      `/c/${codeOf.claim(claims.recovered)}`,
      `/f/${codeOf.fund(1)}`,
    ]) {
      expect(corrections).to.contain(`href="/en${path}"`);
      expect((await site.get(`/en${path}`)).body).to.contain('id="corrections"');
    }
    expect((await site.get(`/zh/p/${codeOf.programme(city)}`)).text).to.contain("名称更正");
    expect((await site.get(`/zh/d/${codeOf.donation(4, 0)}`)).text).to.contain("结算日写错");
  });

  it("has a name in both languages for every kind of record", () => {
    for (const language of languages) {
      expect(Object.keys(words[language].history.records)).to.deep.equal([...recordKinds]);
    }
  });

  it("lists the blocks that were noted", async () => {
    const [note] = (await read.headNotes({ limit: 1 })).items;
    const { body } = await site.get("/en/audit");
    const [row] = cellsIn(tables(section(body, "heads"), "cards")[0] ?? "");
    expect([row?.[0], row?.[3]]).to.deep.equal([String(note?.blockNumber), note?.blockHash]);
  });

  it("shows settlement times by programme, and names those whose claims are too few", async () => {
    for (const language of languages) {
      const { body } = await site.get(`/${language}/audit`);
      const settlement = section(body, "settlement");
      const [, groups = ""] = tables(settlement, "cards");
      expect(cellsIn(groups).map(([name]) => name)).to.deep.equal([
        language === "zh" ? "样例一县" : "Sample County One",
      ]);
      expect(visibleText(settlement))
        .to.contain(language === "zh" ? "样例市惠民保" : "Sample City plan")
        .and.to.contain(language === "zh" ? "为保护隐私不公布" : "to protect privacy");
    }
  });

  it("never counts rejected claims", async () => {
    const settlement = await read.settlement();
    const groups = (settlement?.groups ?? []).map((group) =>
      group.state === "published" ? { ...group, figure: { ...group.figure, rejected: 98_765 } } : group,
    );
    const total = settlement?.total;
    if (settlement === undefined || total?.state !== "published")
      throw new Error("the sample publishes figures");
    const counted = {
      ...settlement,
      groups,
      total: { ...total, figure: { ...total.figure, rejected: 98_765 } },
    };
    const site98 = await openSite({ ...read, settlement: async () => counted });
    for (const path of [
      "/en/audit",
      `/en/p/${codeOf.programme(1)}`,
      `/en/p/${codeOf.programme(1)}/period/1`,
    ]) {
      expect((await site98.get(path)).text).not.to.match(/98,?765/);
    }
    await site98.close();
  });

  it("says of empty books that there is nothing yet, list by list", async () => {
    const empty = await openSite(emptySample().read);
    for (const language of languages) {
      const { audit, history } = words[language];
      const { status, text } = await empty.get(`/${language}/audit`);
      expect(status).to.equal(200);
      for (const none of [
        audit.findingsNone,
        audit.attestationsNone,
        audit.daysNone,
        audit.owedRefundsNone,
        history.correctionsNone,
        audit.headNotesNone,
      ]) {
        expect(text).to.contain(none);
      }
    }
    await empty.close();
  });
});
