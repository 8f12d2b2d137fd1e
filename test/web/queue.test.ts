import { expect } from "chai";
import { fen } from "../../protocol/amounts.ts";
import { money } from "../../web/format/money.ts";
import { runningNeeds } from "../../web/pages/queue.ts";
import { languages, words } from "../../web/words/languages.ts";
import { between, cellsIn, section, tables } from "./reading.ts";
import { sample } from "./sample.ts";
import { amountsIn, codeOf, openSite, visibleText, type Site } from "./site.ts";

const { read, city, claims, appeal } = sample();
const path = `/p/${codeOf.programme(city)}/queue`;
const shown = (amount: bigint | undefined): string => money(amount ?? 0n, "CNY");

describe("a programme's queue", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("lists who waits in the order of payment with what paying up to each needs", async () => {
    const { items } = await read.queue(city, { limit: 100 });
    const { body } = await site.get(`/en${path}`);
    const rows = cellsIn(tables(section(body, "queue"), "cards")[0] ?? "");
    expect(rows.map(([code]) => code)).to.deep.equal(items.map(({ code }) => code));
    let need = 0n;
    const programme = await read.programme(city);
    rows.forEach((row, at) => {
      need += amountsIn(row[3] ?? "")[0] ?? 0n;
      expect(row[1]).to.equal(String(at + 1));
      expect(row[4]).to.equal(shown(need));
      const missing = need - (programme?.partition.inReserve ?? 0n);
      expect(row[5]).to.equal(missing > 0n ? `lacks ${shown(missing)}` : words.en.queue.enoughForIt);
    });
    expect(rows.at(-1)?.[5]).to.equal(`lacks ${shown(programme?.shortfall)}`);
  });

  it("says the shortfall as a figure, from what waits and what is there", async () => {
    const programme = await read.programme(city);
    for (const language of languages) {
      const { body } = await site.get(`/${language}${path}`);
      expect(visibleText(between(body, '<p class="lead">', "</p>"))).to.contain(shown(programme?.shortfall));
      const [waiting = 0n, available = 0n, shortfall] = amountsIn(visibleText(section(body, "figures")));
      expect(waiting - available)
        .to.equal(shortfall)
        .and.to.equal(programme?.shortfall);
    }
  });

  it("shows claims on hold apart, each with its reason, outside the queue and the shortfall", async () => {
    const held = codeOf.claim(claims.held);
    for (const language of languages) {
      const { body } = await site.get(`/${language}${path}`);
      expect(section(body, "queue")).not.to.contain(held);
      const [row] = cellsIn(tables(section(body, "held"), "cards")[0] ?? "");
      expect(row?.[0]).to.equal(held);
      expect(row?.[2]).to.equal(words[language].claim.reasons.evidence);
      expect(row?.[3]).to.equal("¥7,000.00");
    }
    const { items } = await read.queue(city, { limit: 100 });
    const waiting = items.reduce((total, { approved }) => total + approved, 0n);
    expect((await read.programme(city))?.approvedUnpaid).to.equal(waiting);
  });

  it("explains the order in plain words", async () => {
    for (const language of languages) {
      const { text } = await site.get(`/${language}${path}`);
      for (const rule of words[language].queue.rules) expect(text).to.contain(rule);
    }
  });

  it("leads to the funds that are raised for it while money is missing", async () => {
    const { body } = await site.get(`/en${path}`);
    const figures = section(body, "figures");
    expect(figures)
      .to.contain(`href="/en/f/${codeOf.fund(appeal)}"`)
      .and.not.to.contain(codeOf.fund(1));
    expect((await site.get(`/en/p/${codeOf.programme(city)}`)).body).to.contain(
      `href="/en/f/${codeOf.fund(appeal)}"`,
    );
  });

  it("is calm where nobody waits", async () => {
    for (const language of languages) {
      const { text, body } = await site.get(`/${language}/p/${codeOf.programme(2)}/queue`);
      expect(text).to.contain(words[language].queue.none).and.to.contain(words[language].queue.heldNone);
      expect(body).not.to.contain('class="notice"');
    }
  });

  it("keeps the running need over its pages, as far as it can be known", () => {
    const claim = (approved: bigint, missing: bigint) => ({ approved: fen(approved), missing: fen(missing) });
    const all = [claim(10n, 0n), claim(20n, 0n), claim(30n, 5n), claim(40n, 45n)];
    const available = fen(55n);
    expect(runningNeeds(all, available, true)).to.deep.equal([10n, 30n, 60n, 100n]);
    expect(runningNeeds(all.slice(1), available, false)).to.deep.equal([30n, 60n, 100n]);
    expect(runningNeeds(all.slice(3), available, false)).to.deep.equal([100n]);
    expect(runningNeeds(all.slice(1, 2), available, false)).to.deep.equal([undefined]);
  });

  it("tells on the programme's page how many are on hold, and leads here", async () => {
    const { body } = await site.get(`/en/p/${codeOf.programme(city)}`);
    const queue = section(body, "queue");
    expect(visibleText(queue)).to.contain(`${words.en.programme.onHold} 1 claim`);
    expect(queue).to.contain(`href="/en${path}"`).and.not.to.contain(codeOf.claim(claims.held));
  });
});
