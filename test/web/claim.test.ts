import { expect } from "chai";
import { zeroFen } from "../../protocol/amounts.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import { reasons } from "../../protocol/ledger/codes.ts";
import type { ClaimView } from "../../protocol/ports/views.ts";
import { money } from "../../web/format/money.ts";
import { languages, words } from "../../web/words/languages.ts";
import { between, blocks, cellsIn, footIn, section, sum, tables } from "./reading.ts";
import { sample } from "./sample.ts";
import { amountsIn, codeOf, openSite, visibleText, type Site } from "./site.ts";

const { read, claims, city, aid } = sample();
const pathOf = (claim: ClaimId): string => `/c/${codeOf.claim(claim)}`;

const stepsIn = (body: string): readonly string[] =>
  blocks(between(body, '<ol class="timeline', "</ol>"), /<h3>[\s\S]*?<\/h3>/g).map((heading) =>
    visibleText(heading).trim(),
  );

const leadIn = (body: string): string => visibleText(between(body, '<p class="lead">', "</p>")).trim();

const claimOf = async (id: ClaimId): Promise<ClaimView> => {
  const claim = await read.claim(id);
  if (claim === undefined) throw new Error(`the sample has claim ${id}`);
  return claim;
};

describe("a claim in every state", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  const closedOff = [
    ["rejected", "没有通过：不符合条款", "was rejected: the terms do not cover it"],
    ["withdrawn", "已由申请方撤回", "was withdrawn by who filed it"],
    [
      "cancelled",
      "核定以后取消了：重复申请或重复报销",
      "approved and then cancelled: it was filed or settled twice",
    ],
    ["held", "现在暂停支付：证据不全或需要核实", "on hold: its evidence is incomplete or has to be checked"],
  ] as const;

  for (const [name, zh, en] of closedOff) {
    it(`says in a sentence that it is ${name}, and why`, async () => {
      const { state } = await claimOf(claims[name]);
      for (const [language, said] of [
        ["zh", zh],
        ["en", en],
      ] as const) {
        const { body } = await site.get(`/${language}${pathOf(claims[name])}`);
        expect(leadIn(body)).to.contain(said);
        expect(body).to.contain(
          `<span class="tag state-${state}">${words[language].claim.states[state]}</span>`,
        );
        expect(visibleText(section(body, "sources"))).to.contain(words[language].claim.sourcesNone);
      }
    });
  }

  it("has words for every reason in both languages", async () => {
    const held = await claimOf(claims.held);
    for (const reason of reasons) {
      const changed = await openSite({ ...read, claim: async () => ({ ...held, reason }) });
      for (const language of languages) {
        const { body } = await changed.get(`/${language}${pathOf(claims.held)}`);
        expect(leadIn(body)).to.contain(words[language].claim.reasons[reason]);
      }
      await changed.close();
    }
  });

  it("says since when it is on hold, and that the hold is no part of the shortfall", async () => {
    const { text, body } = await site.get(`/en${pathOf(claims.held)}`);
    expect(text).to.contain("On hold since 21 February 2020").and.to.contain(words.en.claim.heldRule);
    expect(body).to.contain(`href="/en/p/${codeOf.programme(city)}/queue"`);
  });

  it("tells its whole story in order, with what it waits for", async () => {
    const stories = [
      [claims.returned, ["Filed", "Approved", "Paid", "Returned by the bank", "Paid again"], []],
      [claims.recovered, ["Filed", "Approved", "Paid", "Came back"], []],
      [claims.rejected, ["Filed", "Rejected"], []],
      [claims.withdrawn, ["Filed", "Withdrawn"], []],
      [claims.cancelled, ["Filed", "Approved", "Cancelled"], []],
      [claims.held, ["Filed", "Approved", "Put on hold"], ["Released", "Paid"]],
      [claims.released, ["Filed", "Approved", "Put on hold", "Released"], ["Paid"]],
      [claims.filed, ["Filed"], ["Approved", "Paid"]],
    ] as const;
    for (const [claim, done, waiting] of stories) {
      const { body } = await site.get(`/en${pathOf(claim)}`);
      expect(stepsIn(body)).to.deep.equal([
        ...done.map((step) => `${step} done`),
        ...waiting.map((step) => `${step} waiting`),
      ]);
    }
    const zh = stepsIn((await site.get(`/zh${pathOf(claims.returned)}`)).body);
    expect(zh).to.deep.equal(
      ["申请", "核定", "支付", "银行退回", "再次支付"].map((step) => `${step} 已完成`),
    );
  });

  it("names the reason and the amount of each step", async () => {
    const story = (language: string, claim: ClaimId) =>
      site
        .get(`/${language}${pathOf(claim)}`)
        .then(({ body }) => visibleText(between(body, '<ol class="timeline', "</ol>")));
    expect(await story("en", claims.released))
      .to.contain("Because it was filed or settled twice")
      .and.to.contain(words.en.claim.releasedText);
    expect(await story("zh", claims.recovered)).to.contain("¥900.00 回到准备金");
    expect(await story("en", claims.returned)).to.contain("¥5,000.00 came back and waits to be paid again");
  });

  it("stands down the page where its story does not fit across", async () => {
    const claim = await claimOf(claims.returned);
    const long = await openSite({
      ...read,
      claim: async () => ({ ...claim, steps: [...claim.steps, ...claim.steps] }),
    });
    expect((await long.get(`/en${pathOf(claims.returned)}`)).body).to.contain('<ol class="timeline long">');
    expect((await site.get(`/en${pathOf(claims.returned)}`)).body).to.contain('<ol class="timeline">');
    await long.close();
  });

  it("says that a payment came back from the bank while it waits to be paid again", async () => {
    const claim = await claimOf(claims.returned);
    const [payout] = claim.payouts;
    if (payout === undefined) throw new Error("the sample paid it");
    const again = await openSite({
      ...read,
      claim: async () => ({ ...claim, state: "approved", payouts: [payout] }),
    });
    expect(leadIn((await again.get(`/en${pathOf(claims.returned)}`)).body)).to.contain(
      "The bank returned the payment of this claim",
    );
    const zh = await again.get(`/zh${pathOf(claims.returned)}`);
    expect(leadIn(zh.body)).to.contain("被银行退回");
    expect(stepsIn(zh.body).at(-1)).to.equal("再次支付 等待中");
    await again.close();
  });
});

describe("what a claim was paid", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("is a list of payments with what came back of each, and adds up", async () => {
    const claim = await claimOf(claims.returned);
    const { body } = await site.get(`/en${pathOf(claims.returned)}`);
    const [table = ""] = tables(section(body, "payouts"), "cards");
    const rows = cellsIn(table);
    expect(rows.map((row) => row.slice(3))).to.deep.equal([
      ["¥5,000.00", "¥5,000.00", "¥0.00"],
      ["¥5,000.00", "¥0.00", "¥5,000.00"],
    ]);
    footIn(table).forEach((total, column) => {
      expect(sum(rows.map((row) => amountsIn(row[column + 3] ?? "")[0] ?? 0n))).to.equal(amountsIn(total)[0]);
    });
    expect(footIn(table)[2]).to.equal(money(claim.paid - claim.recovered, "CNY"));
  });

  it("is told net, with what was paid and came back", async () => {
    const en = leadIn((await site.get(`/en${pathOf(claims.recovered)}`)).body);
    expect(amountsIn(en)).to.deep.equal([550_000n, 640_000n, 90_000n]);
    const zh = leadIn((await site.get(`/zh${pathOf(claims.recovered)}`)).body);
    expect(amountsIn(zh)).to.deep.equal([550_000n, 640_000n, 90_000n]);
  });

  it("has net sources that add up to what is in it, and gross ones to what one payment took", async () => {
    const claim = await claimOf(claims.recovered);
    const [payout] = claim.payouts;
    if (payout === undefined) throw new Error("the sample paid it");
    const listed = async (query: string): Promise<bigint> => {
      const { body } = await site.get(`/en${pathOf(claims.recovered)}${query}`);
      const [table = ""] = tables(section(body, "sources"), "cards");
      return sum(cellsIn(table).map((row) => amountsIn(row[4] ?? "")[0] ?? 0n));
    };
    expect(await listed("")).to.equal(claim.paid - claim.recovered);
    expect(await listed(`?payout=${payout.payout}`)).to.equal(payout.amount);
    const { body, text } = await site.get(`/en${pathOf(claims.recovered)}`);
    expect(body).to.contain(`href="/en${pathOf(claims.recovered)}?payout=${payout.payout}#sources"`);
    expect(text).to.contain(words.en.claim.sourcesNet);
    const gross = await site.get(`/en${pathOf(claims.recovered)}?payout=${payout.payout}`);
    expect(gross.text).to.contain(words.en.claim.sourcesGross);
    expect(gross.body).to.contain(`href="/en${pathOf(claims.recovered)}#sources"`);
  });

  it("shows net sources for a payment that is not of this claim", async () => {
    const { text } = await site.get(`/en${pathOf(claims.recovered)}?payout=1`);
    expect(text).to.contain(words.en.claim.sourcesNet);
  });

  it("keeps to one payment's sources over their pages", async () => {
    const [payout] = (await claimOf(claims.recovered)).payouts;
    const paged = await openSite({
      ...read,
      payoutSources: async (id, page) => {
        const found = await read.payoutSources(id, page);
        return found === undefined ? undefined : { ...found, next: "o1" };
      },
    });
    const { body } = await paged.get(`/en${pathOf(claims.recovered)}?payout=${payout?.payout}`);
    expect(body).to.contain(
      `href="/en${pathOf(claims.recovered)}?payout=${payout?.payout}&amp;sources=o1#sources"`,
    );
    await paged.close();
  });

  it("says that nothing is left where all of it came back", async () => {
    const claim = await claimOf(claims.recovered);
    const empty = await openSite({
      ...read,
      claim: async () => ({ ...claim, recovered: claim.paid }),
      claimSources: async () => ({ total: zeroFen, sources: [] }),
    });
    for (const language of languages) {
      const { text, body } = await empty.get(`/${language}${pathOf(claims.recovered)}`);
      expect(text).to.contain(words[language].claim.nothingLeft);
      expect(leadIn(body)).to.contain(language === "zh" ? "已全部追回" : "came back; no gift is in it now");
    }
    await empty.close();
  });

  it("says of a source that it came back or moved on before", async () => {
    const found = await read.claimSources(claims.late, { limit: 100 });
    const [source] = found?.sources ?? [];
    if (found === undefined || source === undefined) throw new Error("the sample paid it");
    const hopped = { ...source, source: { ...source.source, hops: 2 } };
    const moved = await openSite({ ...read, claimSources: async () => ({ ...found, sources: [hopped] }) });
    expect((await moved.get(`/en${pathOf(claims.late)}`)).text).to.contain("came back or moved on 2 times");
    expect((await moved.get(`/zh${pathOf(claims.late)}`)).text).to.contain("回来或转走过 2 次");
    await moved.close();
  });
});

describe("a claim's record", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("links a grant to the claim it follows, and that claim to its grants", async () => {
    for (const language of languages) {
      const grant = await site.get(`/${language}${pathOf(claims.grant)}`);
      expect(section(grant.body, "aid")).to.contain(`href="/${language}${pathOf(claims.late)}"`);
      expect(grant.text).to.contain(words[language].claim.ofFollowed);
      const followed = section((await site.get(`/${language}${pathOf(claims.late)}`)).body, "aid");
      expect(followed)
        .to.contain(`href="/${language}${pathOf(claims.grant)}"`)
        .and.to.contain(`href="/${language}${pathOf(claims.grantFiled)}"`);
      const [remaining = 0n, granted = 0n, left] = amountsIn(visibleText(followed));
      expect([remaining, granted]).to.deep.equal([300_000n, 111_100n]);
      expect(remaining - granted).to.equal(left);
    }
    expect((await site.get(`/zh/p/${codeOf.programme(aid)}`)).text).to.contain(words.zh.programme.aidNote);
  });

  it("says what could still be granted of a paid insurance claim alone", async () => {
    const paid = await claimOf(claims.late);
    const aidOf = { claim: paid.claim, code: paid.code };
    for (const [changed, isSaid] of [
      [paid, true],
      [{ ...paid, aidOf }, false],
      [{ ...paid, state: "approved" }, false],
    ] as const) {
      const other = await openSite({ ...read, claim: async () => changed });
      for (const language of languages) {
        const { body } = await other.get(`/${language}${pathOf(claims.late)}`);
        expect(visibleText(section(body, "aid")).includes(words[language].claim.grantable)).to.equal(isSaid);
      }
      await other.close();
    }
  });

  it("gives the moment of an incident to the minute for day policies, and the day for others", async () => {
    expect((await site.get(`/zh${pathOf(claims.dayPolicy)}`)).text)
      .to.contain(words.zh.claim.incidentMoment)
      .and.to.contain("2020年3月2日 00:41");
    const byDay = await site.get(`/en${pathOf(claims.late)}`);
    expect(byDay.text)
      .to.contain("Day of incident 20 February 2020 ")
      .and.not.to.contain("20 February 2020, 0");
  });

  it("says whether it was cash, a service or a device", async () => {
    expect((await site.get(`/zh${pathOf(claims.service)}`)).text).to.contain("给付方式 服务");
    expect((await site.get(`/zh${pathOf(claims.device)}`)).text).to.contain("给付方式 器具");
  });

  it("leads to the period and the rosters that prove the enrolment", async () => {
    const { body } = await site.get(`/en${pathOf(claims.late)}`);
    const period = `/en/p/${codeOf.programme(city)}/period/1`;
    expect(body).to.contain(`href="${period}"`).and.to.contain(`href="${period}#rosters"`);
    expect((await site.get(period)).body).to.contain('id="rosters"');
  });

  it("carries the correction notes about it and its payments, and no other's", async () => {
    for (const language of languages) {
      const { body } = await site.get(`/${language}${pathOf(claims.recovered)}`);
      expect(visibleText(section(body, "corrections")))
        .to.contain(
          language === "zh" ? "追回的是重复报销的部分（虚构）。" : "What came back had been settled twice",
        )
        .and.to.contain(language === "zh" ? "结算日写错" : "Wrong settlement day");
    }
    expect((await site.get(`/en${pathOf(claims.late)}`)).body).not.to.contain('id="corrections"');
  });
});
