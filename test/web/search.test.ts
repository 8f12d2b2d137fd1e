import { expect } from "chai";
import { en } from "../../web/words/en.ts";
import { codeOf, openSite, type Site } from "./site.ts";

describe("search", () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  const search = (text: string, language = "en") =>
    site.get(`/${language}/search?q=${encodeURIComponent(text)}`);

  it("leads any code to its page, in the language of the search", async () => {
    const donation = codeOf.donation(2, 0);
    expect((await search(donation, "zh")).headers["location"]).to.equal(`/zh/d/${donation}`);
    expect((await search(` ${donation.toLowerCase()} `)).headers["location"]).to.equal(`/en/d/${donation}`);
    expect((await search(codeOf.claim(3))).headers["location"]).to.equal(`/en/c/${codeOf.claim(3)}`);
    expect((await search(codeOf.programme(1))).headers["location"]).to.equal(`/en/p/${codeOf.programme(1)}`);
    expect((await search(codeOf.fund(1))).headers["location"]).to.equal(`/en/f/${codeOf.fund(1)}`);
    expect((await search(codeOf.batch(1))).headers["location"]).to.equal(`/en/b/${codeOf.batch(1)}`);
  });

  it("leads a pasted address of this site to its page", async () => {
    const code = codeOf.donation(2, 0);
    expect(
      (await search(`https://books.example/zh/d/${code}?slices=o50#check`)).headers["location"],
    ).to.equal(`/en/d/${code}`);
  });

  it("finds a county by part of its name or its region code, and lists several", async () => {
    expect((await search("样例二")).headers["location"]).to.equal(`/en/p/${codeOf.programme(2)}`);
    expect((await search("990003")).headers["location"]).to.equal(`/en/p/${codeOf.programme(3)}`);
    const several = await search("sample");
    expect(several.status).to.equal(200);
    expect(several.text).to.contain("Sample County One").and.to.contain("Sample health fund");
  });

  it("asks for the amount beside a transaction number, and keeps the number out of addresses", async () => {
    const { status, body, text, headers } = await search("20190304000000000123");
    expect(status).to.equal(200);
    expect(text).to.contain(en.search.number).and.to.contain(en.search.numberDo);
    expect(body).to.match(/name="transactionNumber"[\s\S]*?value="20190304000000000123"/);
    expect(body).to.match(/id="q"[\s\S]*?value=""/);
    expect(headers["cache-control"]).to.equal("no-store");
    expect(headers["referrer-policy"]).to.equal("no-referrer");
  });

  it("explains a mistyped code, a hash, an unknown text and a text that is too long", async () => {
    const code = codeOf.donation(2, 0);
    const mistyped = await search(code.slice(0, -1) + (code.endsWith("Z") ? "Y" : "Z"));
    expect(mistyped.status).to.equal(404);
    expect(mistyped.text).to.contain(en.search.badCode).and.to.contain(en.search.badCodeDo);
    expect((await search(`0x${"ab".repeat(32)}`)).text).to.contain(en.search.hash);
    const unknown = await search("nowhere at all");
    expect(unknown.status).to.equal(404);
    expect(unknown.text).to.contain(en.search.unknown).and.to.contain(en.search.unknownDo);
    expect((await search("long ".repeat(500))).status).to.equal(400);
    expect((await search("   ")).text).to.contain(en.search.prompt);
  });

  it("repeats a hostile text as text", async () => {
    const { body } = await search(`"><script>alert(1)</script>`);
    expect(body).not.to.contain("<script>alert");
  });
});
