import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { languages } from "../../web/words/languages.ts";
import { zh } from "../../web/words/zh.ts";
import { en } from "../../web/words/en.ts";
import { emptySample } from "./sample.ts";
import { codeOf, everyPath, openSite, type Site } from "./site.ts";

const words = { zh, en };

describe("every page", () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  for (const language of languages) {
    for (const path of everyPath) {
      describe(`/${language}${path}`, () => {
        it("says its language, its block, the convention, the clock and the time zone", async () => {
          const { status, body, text } = await site.get(`/${language}${path}`);
          expect(status).to.equal(200);
          expect(body).to.match(/^<!doctype html>/i);
          expect(body).to.contain(`<html lang="${language === "zh" ? "zh-CN" : "en"}">`);
          expect(text).to.match(language === "zh" ? /账本截至第 \d+ 个区块/ : /True of block \d+/);
          expect(text).to.contain(words[language].convention.short);
          expect(text).to.contain(words[language].demonstration.long);
          expect(text).to.contain(words[language].asOf.zone);
          expect(text).not.to.match(/undefined|NaN|\[object|null/);
        });

        it("switches the language and keeps the page", async () => {
          const { body } = await site.get(`/${language}${path}`);
          const other = language === "zh" ? "en" : "zh";
          expect(body).to.match(new RegExp(`href="/${other}${path.replace(/[?.]/g, "\\$&")}"`));
          expect((await site.get(`/${other}${path}`)).status).to.equal(200);
        });

        it("runs no inline script or style and asks no other host", async () => {
          const { headers, body } = await site.get(`/${language}${path}`);
          const connects = path === "/verify" ? "; connect-src *" : "; connect-src 'self'";
          const checks = path === "/verify" || (path.startsWith("/d/") && !path.includes("/certificate"));
          expect(headers["content-security-policy"]).to.equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; " +
              `base-uri 'none'; frame-ancestors 'none'${checks ? connects : ""}`,
          );
          expect(body).not.to.match(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:/i);
          const asked = [...body.matchAll(/(?:src|action|<link\s[^>]*?href)="([^"]*)"/g)].map(
            ([, url = ""]) => url,
          );
          expect(
            asked.filter((url) => !url.startsWith("/") && !url.startsWith("http://localhost")),
          ).to.deep.equal([]);
        });

        it("has one main heading, labels on its fields and no id twice", async () => {
          const { body } = await site.get(`/${language}${path}`);
          expect(body.match(/<h1[\s>]/g)).to.have.length(1);
          const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id);
          expect(new Set(ids).size).to.equal(ids.length);
          for (const [, id] of body.matchAll(/<input\s[^>]*?id="([^"]+)"/g)) {
            expect(body).to.contain(`<label for="${id ?? ""}"`);
          }
        });

        it("stays within 60 KiB with everything its first view needs", async () => {
          const { body } = await site.get(`/${language}${path}`);
          // All but what is only fetched to be kept as a file.
          const assets = [...body.matchAll(/"(\/assets\/[^"]+)"/g)]
            .map(([, url = ""]) => url)
            .filter((url) => !url.endsWith(".html"));
          const sizes = await Promise.all(
            [...new Set(assets)].map(async (url) => gzipSync((await site.get(url)).body).length),
          );
          const total = sizes.reduce((sum, size) => sum + size, gzipSync(body).length);
          expect(assets.length).to.be.greaterThan(2);
          expect(total).to.be.below(60 * 1024);
        });
      });
    }
  }

  it("leads / to Chinese, and to English for who reads English", async () => {
    expect((await site.get("/")).headers["location"]).to.equal("/zh/");
    expect((await site.get("/", { "accept-language": "en-GB,en;q=0.8" })).headers["location"]).to.equal(
      "/en/",
    );
    expect((await site.get("/en")).headers["location"]).to.equal("/en/");
  });

  it("keeps its place in a list when the language is switched", async () => {
    const { body } = await site.get(`/zh/p/${codeOf.programme(1)}?claims=o10`);
    expect(body).to.contain(`href="/en/p/${codeOf.programme(1)}?claims=o10"`);
  });

  it("links to the same facts as JSON", async () => {
    const link = async (path: string): Promise<string | undefined> =>
      /class="foot-links">\s*<a href="([^"]+)"/.exec((await site.get(path)).body)?.[1];
    expect(await link("/zh/")).to.equal("/v1/summary");
    expect(await link(`/zh/d/${codeOf.donation(2, 0)}`)).to.equal(`/v1/donations/${codeOf.donation(2, 0)}`);
    expect(await link(`/en/c/${codeOf.claim(1)}`)).to.equal(`/v1/claims/${codeOf.claim(1)}`);
    expect(await link(`/en/p/${codeOf.programme(1)}`)).to.equal(`/v1/programmes/${codeOf.programme(1)}`);
    expect(await link(`/en/f/${codeOf.fund(1)}`)).to.equal(`/v1/funds/${codeOf.fund(1)}`);
  });
});

describe("empty books", () => {
  it("say that they are empty, in both languages, and claim no demonstration", async () => {
    const site = await openSite(emptySample().read);
    for (const language of languages) {
      const { status, text, body } = await site.get(`/${language}/`);
      expect(status).to.equal(200);
      expect(text).to.contain(words[language].home.emptyTitle);
      expect(text).to.contain(words[language].home.emptyLead);
      expect(text).not.to.contain(words[language].demonstration.tag);
      expect(body).not.to.contain('class="partition"');
    }
    await site.close();
  });
});

describe("static files", () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  it("carry a digest of their content and are kept for a year", async () => {
    const { body } = await site.get("/zh/");
    const [, style = ""] = /href="(\/assets\/everyfen\.[0-9a-f]{12}\.css)"/.exec(body) ?? [];
    const answer = await site.get(style);
    expect(answer.status).to.equal(200);
    expect(answer.headers["cache-control"]).to.equal("public, max-age=31536000, immutable");
    expect(answer.headers["content-type"]).to.equal("text/css; charset=utf-8");
    expect(answer.body).not.to.match(/@import|url\(|@font-face/);
  });

  it("hold at most 25 KiB of script", async () => {
    const { body } = await site.get("/zh/");
    const scripts = [...body.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, url = ""]) => url);
    expect(scripts).to.have.length(1);
    const [url = ""] = scripts;
    expect(gzipSync((await site.get(url)).body).length).to.be.below(25 * 1024);
  });

  it("come compressed for who can read that, and a page is not sent again while it is the same", async () => {
    const packed = await site.get("/zh/", { "accept-encoding": "gzip" });
    expect(packed.headers["content-encoding"]).to.equal("gzip");
    const again = await site.get("/zh/", { "if-none-match": String(packed.headers["etag"]) });
    expect(again.status).to.equal(304);
    expect(again.body).to.equal("");
    const plain = await site.get("/zh/", { "accept-encoding": "gzip;q=0, identity" });
    expect(plain.headers["content-encoding"]).to.equal(undefined);
  });
});
