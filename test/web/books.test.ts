/** The arithmetic that pages show: read back from the pages as a reader would, and added up. */
import { expect } from "chai";
import { batchId, claimId, periodNumber, programmeId } from "../../protocol/ids.ts";
import { places } from "../../protocol/trace/types.ts";
import { qrCode } from "../../web/charts/qr-code.ts";
import { money } from "../../web/format/money.ts";
import { en } from "../../web/words/en.ts";
import { zh } from "../../web/words/zh.ts";
import { between, blocks, rowsIn, section, sum, tables } from "./reading.ts";
import { sample } from "./sample.ts";
import { amountsIn, codeOf, openSite, visibleText, type Site } from "./site.ts";

const { books, read } = sample();

describe("the partition on pages", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  const pagesWithPartition = [
    "/",
    `/d/${codeOf.donation(1, 3)}`,
    `/d/${codeOf.donation(2, 0)}`,
    `/f/${codeOf.fund(1)}`,
    `/p/${codeOf.programme(1)}`,
    `/p/${codeOf.programme(2)}`,
    `/p/${codeOf.programme(3)}`,
  ];

  for (const path of pagesWithPartition) {
    it(`adds up on ${path}: the rows are the last row, the shares 100.00%`, async () => {
      const { body } = await site.get(`/en${path}`);
      const [figure = ""] = blocks(body, /<figure class="partition">[\s\S]*?<\/table>/g);
      const [table = ""] = tables(figure, "sum");
      const [main = "", foot = ""] = table.split("<tfoot>");
      const parts = rowsIn(between(main, "<tbody>", "</tbody>"));
      const [total = -1n] = amountsIn(visibleText(foot));
      expect(sum(parts.flatMap((row) => amountsIn(visibleText(row))))).to.equal(total);
      expect(parts.length).to.equal(path.startsWith("/p/") ? 4 : 5);
      const shares = [...visibleText(main).matchAll(/(\d+)\.(\d\d)%/g)].map(([, a, b]) => Number(`${a}${b}`));
      if (total > 0n) expect(shares.reduce((a, b) => a + b, 0)).to.equal(10_000);
      else expect(visibleText(figure)).to.contain(en.noData);
      expect(figure).to.match(/<svg[^>]*role="img"[^>]*aria-label="[^"]+"/);
    });
  }

  it("adds up across and down for every fund and every county on the home page", async () => {
    const { body } = await site.get("/en/");
    const [funds = "", counties = ""] = tables(body, "matrix");
    for (const matrix of [funds, counties]) {
      const rows = rowsIn(matrix.slice(matrix.indexOf("<tbody"))).map((row) => amountsIn(visibleText(row)));
      for (const row of rows) expect(sum(row.slice(0, -1))).to.equal(row.at(-1));
      const [totals = [], ...others] = rows.toReversed();
      totals.forEach((total, column) => expect(sum(others.map((row) => row[column] ?? 0n))).to.equal(total));
    }
    const { currencies } = await read.summary();
    expect(visibleText(funds)).to.contain(money(currencies[0]?.partition.total ?? 0n, "CNY"));
  });

  it("names carried forward and promised as parts of the reserve, never as terms of the sum", async () => {
    const { body } = await site.get("/zh/");
    const [table = ""] = tables(body, "sum");
    expect(visibleText(table)).not.to.contain(zh.partition.promised);
    const inside = visibleText(between(body, '<div class="inside">', "</dl>"));
    const { currencies, programmes } = await read.summary();
    const [overall] = currencies;
    const [carried = -1n, promised = -1n] = amountsIn(inside);
    expect(inside).to.contain(zh.partition.insideReserve);
    expect(carried).to.equal(overall?.carriedForward);
    expect(promised <= (overall?.partition.inReserve ?? 0n)).to.equal(true);
    const least = programmes.map(({ approvedUnpaid: a, partition: { inReserve: b } }) => (a < b ? a : b));
    expect(promised).to.equal(sum(least));
  });

  it("warns of a shortfall, says where, and is quiet without one", async () => {
    const { text, body } = await site.get("/en/");
    const short = await read.programme(programmeId(1));
    expect(text)
      .to.contain(en.shortfall.title)
      .and.to.contain(money(short?.shortfall ?? 0n, "CNY"));
    expect(between(body, 'class="notice"', "</section>")).to.contain(`/en/p/${codeOf.programme(1)}#queue`);
    const calm = await site.get(`/en/p/${codeOf.programme(2)}`);
    expect(calm.body).not.to.contain('class="notice"');
    expect(calm.text).to.contain(en.programme.queueNone);
  });
});

describe("a donation's page", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  const path = `/d/${codeOf.donation(2, 0)}`;

  it("says in one sentence what became of every fen", async () => {
    for (const language of ["zh", "en"] as const) {
      const { body } = await site.get(`/${language}${path}`);
      const sentence = visibleText(between(body, '<p class="lead">', "</p>"));
      const [whole, ...parts] = amountsIn(sentence);
      expect(whole).to.equal(500_000n);
      expect(sum(parts)).to.equal(500_000n);
    }
  });

  it("shows five steps with their state in words", async () => {
    const { body } = await site.get(`/en${path}`);
    const steps = rowsOfTimeline(body);
    expect(steps.map(({ name }) => name)).to.deep.equal([
      en.donation.given,
      en.donation.recorded,
      en.donation.allocated,
      en.donation.paidStep,
      en.donation.rest,
    ]);
    expect(steps.map(({ state }) => state)).to.deep.equal([
      "done",
      "done",
      "partly done",
      "partly done",
      en.donation.restState.waiting,
    ]);
  });

  it("shows a gift that waits as waiting", async () => {
    const { body, text } = await site.get(`/en/d/${codeOf.donation(4, 2)}`);
    expect(rowsOfTimeline(body).map(({ state }) => state)).to.deep.equal([
      "done",
      "done",
      "waiting",
      "waiting",
      "kept",
    ]);
    expect(text).to.contain(en.donation.claimsNone).and.to.contain(en.donation.carriedNone);
  });

  it("lists the claims it paid with county, month and its share of each", async () => {
    const trace = await read.donationTrace(batchId(2), 0, { limit: 100 });
    const { body } = await site.get(`/zh${path}`);
    const [table = ""] = tables(body, "cards");
    const listed = rowsIn(between(table, "<tbody", "</tbody>"));
    expect(sum(listed.map((row) => amountsIn(visibleText(row))[0] ?? 0n))).to.equal(trace?.partition.paid);
    const first = visibleText(listed[0] ?? "");
    expect(first)
      .to.contain("样例一县")
      .and.to.contain("2020年1月")
      .and.to.match(/\d+\.\d\d%/);
    expect(listed[0]).to.match(/href="\/zh\/c\/C[0-9A-Z-]+"/);
  });

  it("says what was carried forward over the end of a period, and what was not", async () => {
    const { body } = await site.get(`/en${path}`);
    const carried = between(body, `<h2>${en.donation.carried}</h2>`, "</section>");
    const trace = await read.donationTrace(batchId(2), 0, { limit: 100 });
    expect(sum(amountsIn(visibleText(carried)))).to.equal(trace?.partition.inReserve);
    expect(visibleText(carried)).to.contain("ended on 30 November 2019");
    const recent = await site.get(`/en/d/${codeOf.donation(4, 0)}`);
    expect(recent.text)
      .to.contain(en.donation.carriedNone)
      .and.to.contain(visibleText(String(en.donation.carriedNotYet("¥80.00"))));
  });

  it("gives a donor what is needed to check it by hand", async () => {
    const donation = await read.donation(batchId(2), 0);
    const { body, text } = await site.get(`/en${path}`);
    expect(donation).not.to.equal(undefined);
    if (donation === undefined) return;
    const { start, end, amount, claimsShare } = donation;
    const c = (x: bigint): bigint => (x * 9000n) / 10_000n;
    const plain = text.replaceAll(",", "");
    expect(plain).to.contain(`${end} − ${start} = ${amount} fen`);
    expect(plain).to.contain(`c(${end}) − c(${start}) = ${c(end)} − ${c(start)} = ${claimsShare} fen`);
    const trace = await read.donationTrace(batchId(2), 0, { limit: 1 });
    expect(plain).to.contain(`${places.map((place) => trace?.partition[place]).join(" + ")} = ${amount} fen`);
    expect(text).to.contain(donation.commitment).and.to.contain(donation.batch.root);
    expect(body).to.contain(`href="/v1/donations/${donation.code}/proof"`);
    expect(text).to.contain(en.donation.provesNot);
  });

  it("carries a QR code of its own address", async () => {
    const { body } = await site.get(`/en${path}`, { host: "books.example" });
    expect(body).to.contain(String(qrCode(`http://books.example/en${path}`, en.donation.qrLabel)));
  });

  it("pages a long list of claims without losing or repeating any", async () => {
    const long = await openSite({
      ...read,
      donationTrace: (batch, index, page) => read.donationTrace(batch, index, { ...page, limit: 2 }),
    });
    const seen: string[] = [];
    let next: string | undefined = `/en${path}`;
    for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
      const { body } = await long.get(next);
      const [table = ""] = tables(section(body, "slices"), "cards");
      seen.push(...[...table.matchAll(/href="\/en\/c\/([^"]+)"/g)].map(([, code = ""]) => code));
      next = /href="([^"#]*\?slices=[^"#]*)[^"]*">Next page/.exec(body)?.[1];
    }
    const whole = await read.donationTrace(batchId(2), 0, { limit: 100 });
    expect(seen).to.deep.equal(
      whole?.slices.map((traced) => traced.claimCode).filter((code) => code !== undefined),
    );
    await long.close();
  });
});

const rowsOfTimeline = (body: string): readonly { name: string; state: string }[] =>
  blocks(between(body, '<ol class="timeline">', "</ol>"), /<h3>[\s\S]*?<\/h3>/g).map((heading) => {
    const [name = "", state = ""] = heading
      .split('<span class="state">')
      .map((part) => visibleText(part).trim());
    return { name, state };
  });

describe("a claim's page", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("shows whose money paid it, adding up to what was paid", async () => {
    const claim = await read.claim(claimId(72));
    const { body, text } = await site.get(`/en/c/${codeOf.claim(72)}`);
    const [table = ""] = tables(section(body, "sources"), "cards");
    const rows = rowsIn(between(table, "<tbody", "</tbody>"));
    expect(rows.length).to.be.greaterThan(1);
    expect(sum(rows.flatMap((row) => amountsIn(visibleText(row))))).to.equal(claim?.payouts[0]?.amount);
    const shares = [...visibleText(between(table, "<tbody", "</tbody>")).matchAll(/(\d+)\.(\d\d)%/g)];
    expect(shares.reduce((total, [, a, b]) => total + Number(`${a}${b}`), 0)).to.equal(10_000);
    const sources = await read.claimSources(claimId(72), { limit: 100 });
    const gifts = sources?.sources.reduce((count, traced) => count + traced.donations, 0);
    expect(text).to.contain(`with money from ${gifts} gifts`);
    expect(body).to.match(/href="\/en\/d\/D[0-9A-Z-]+"/);
  });

  it("counts a gift that lies on both sides of a cut once", async () => {
    const [one, two] = (await read.claimSources(claimId(72), { limit: 2 }))?.sources ?? [];
    if (one === undefined || two === undefined) throw new Error("the sample has two sources");
    const split = { ...one, firstIndex: one.lastIndex, donations: 1 };
    const cut = await openSite({
      ...read,
      claimSources: async () => ({ total: one.source.amount, sources: [one, split] }),
    });
    const { text } = await cut.get(`/en/c/${codeOf.claim(72)}`);
    expect(text).to.contain(`with money from ${one.donations} gifts`);
    await cut.close();
  });

  it("says where a waiting claim stands and what is missing", async () => {
    const last = await site.get(`/en/c/${codeOf.claim(75)}`);
    const view = await read.claim(claimId(75));
    expect(last.text).to.contain("2 claims before it");
    expect(last.text).to.contain(`lacks ${money(view?.missing ?? 0n, "CNY")}`);
    expect(last.text).to.contain(en.claim.sourcesNone);
    const first = await site.get(`/en/c/${codeOf.claim(73)}`);
    expect(first.text).to.contain(en.claim.queueFirst).and.to.contain(en.claim.nothingMissing);
    const filed = await site.get(`/en/c/${codeOf.claim(76)}`);
    expect(filed.text).to.contain("is being decided").and.not.to.contain(en.claim.queue);
  });
});

describe("a programme's page", () => {
  let site: Site;
  before(async () => {
    site = await openSite(read);
  });
  after(() => site.close());

  it("shows the present period's waterfall, and each period in a line that leads to its page", async () => {
    const { body } = await site.get(`/en/p/${codeOf.programme(1)}`);
    const [table = ""] = tables(body, "sum waterfall");
    const [opening = 0n, allocated = 0n, into = 0n, out = 0n, recovered = 0n, paid = 0n, closing] = rowsIn(
      between(table, "<tbody>", "</tbody>"),
    ).map((row) => amountsIn(visibleText(row))[0] ?? -1n);
    expect(opening + allocated + into - out + recovered - paid).to.equal(closing);
    const [lines = ""] = tables(section(body, "periods"), "cards");
    const [second = [], first = []] = rowsIn(between(lines, "<tbody", "</tbody>")).map((row) =>
      amountsIn(visibleText(row)),
    );
    for (const [before = 0n, came = 0n, went = 0n, after] of [first, second]) {
      expect(before + came - went).to.equal(after);
    }
    expect(second[0]).to.equal(first.at(-1));
    expect(lines).to.contain(`href="/en/p/${codeOf.programme(1)}/period/1"`);
  });

  it("says of the present period how much of the reserve is promised, and what is promised beyond it", async () => {
    const open = await read.period(programmeId(1), periodNumber(2));
    const { body } = await site.get(`/en/p/${codeOf.programme(1)}`);
    const [standing = ""] = blocks(body, /<p class="carried">[\s\S]*?<\/p>/g).map(visibleText);
    const { closing = 0n, approvedUnpaid = 0n, filedUndecided = 0n } = open?.record ?? {};
    expect(approvedUnpaid > closing).to.equal(true);
    expect(amountsIn(standing)).to.deep.equal([
      closing,
      closing,
      approvedUnpaid,
      approvedUnpaid - closing,
      filedUndecided,
    ]);
  });

  it("pages through many periods, newest first, and refuses a place that is none", async () => {
    const many = Array.from({ length: 30 }, (_, at) => at + 1);
    const [one] = await read.periods(programmeId(1));
    if (one === undefined) throw new Error("the sample has a period");
    const long = await openSite({
      ...read,
      periods: async () => many.map((number) => ({ ...one, period: periodNumber(number) })),
    });
    const path = `/en/p/${codeOf.programme(1)}`;
    const seen: string[] = [];
    let next: string | undefined = path;
    for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
      const periods = section((await long.get(next)).body, "periods");
      const [table = ""] = tables(periods, "cards");
      seen.push(...[...table.matchAll(/period\/(\d+)"/g)].map(([, number = ""]) => number));
      next = /href="([^"#]*\?periods=[^"#]*)[^"]*">Next page/.exec(periods)?.[1];
    }
    expect(seen).to.deep.equal(many.toReversed().map(String));
    expect((await long.get(`${path}?periods=-1`)).status).to.equal(400);
    await long.close();
  });

  it("shows who waits, in order, and what the reserve lacks up to each", async () => {
    const queue = await read.queue(programmeId(1), { limit: 100 });
    const { body } = await site.get(`/en/p/${codeOf.programme(1)}`);
    const [table = ""] = tables(between(body, 'id="queue"', "</section>"), "cards");
    const listed = [...table.matchAll(/href="\/en\/c\/([^"]+)"/g)].map(([, code]) => code);
    expect(listed).to.deep.equal(queue.items.map((claim) => claim.code));
    const missing = rowsIn(between(table, "<tbody", "</tbody>")).map((row) =>
      amountsIn(visibleText(row)).at(-1),
    );
    expect(missing).to.deep.equal(queue.items.map((claim) => claim.missing));
  });

  it("states the promise fund by fund", async () => {
    const { text } = await site.get(`/en/p/${codeOf.programme(1)}`);
    expect(text).to.contain("Sample health fund").and.to.contain("90%").and.to.contain("100%");
  });

  it("shows an advance as such", async () => {
    const { text } = await site.get(`/en/p/${codeOf.programme(2)}`);
    expect(text).to.contain("¥50.00 is advanced");
  });
});

describe("names from published documents", () => {
  it("are text on every page, whatever they hold", async () => {
    const hostile = `"><script>alert(1)</script>`;
    const { books: own } = sample();
    for (const one of [...own.funds, ...own.programmes])
      Object.assign(one.name, { zh: hostile, en: hostile });
    const { fakeRead } = await import("./fake-read.ts");
    const site = await openSite(fakeRead(own));
    const paths = ["/", `/d/${codeOf.donation(2, 0)}`, `/c/${codeOf.claim(72)}`, `/p/${codeOf.programme(1)}`];
    for (const path of [...paths, `/f/${codeOf.fund(1)}`, `/b/${codeOf.batch(1)}`, "/search?q=script"]) {
      const { body, text } = await site.get(`/en${path}`);
      expect(body).not.to.contain("<script>");
      expect(text).to.contain(hostile);
    }
    await site.close();
  });
});

describe("the batch and fund pages", () => {
  it("state the batch's facts and lead to its first and last gift", async () => {
    const site = await openSite(read);
    const { text, body } = await site.get(`/en/b/${codeOf.batch(1)}`);
    const total = sum(books.batches[0]?.gifts ?? []);
    expect(text)
      .to.contain("40 gifts received through sample-pay on 3 March 2019")
      .and.to.contain(money(total, "CNY"));
    expect(body)
      .to.contain(`/en/d/${codeOf.donation(1, 0)}`)
      .and.to.contain(`/en/d/${codeOf.donation(1, 39)}`);
    const fund = await site.get(`/en/f/${codeOf.fund(1)}`);
    expect(fund.text).to.contain(en.fund.general).and.to.contain("¥12.34");
    expect(fund.body).to.contain(`/en/b/${codeOf.batch(1)}`);
    await site.close();
  });
});
