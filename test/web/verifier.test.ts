/** The check as it is built and offered: small, the same from the same sources, and with its digest on the page. */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { failureKinds, reasonsUnchecked, steps } from "../../protocol/verify/steps.ts";
import { bundled } from "../../web/islands/bundle.ts";
import { filled } from "../../web/islands/verify/words.ts";
import { verifierFile } from "../../web/verifier-file.ts";
import { languages, words } from "../../web/words/languages.ts";
import { codeOf, openSite, type Site } from "./site.ts";

const scriptLimitBytes = 25 * 1024;

describe("the verifier", () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  const scriptsOf = async (path: string): Promise<readonly string[]> => {
    const { body } = await site.get(path);
    const start = /src="(\/assets\/verify-start\.[0-9a-f]{12}\.js)"/.exec(body)?.[1] ?? "";
    const check = /data-script="(\/assets\/verify\.[0-9a-f]{12}\.js)"/.exec(body)?.[1] ?? "";
    return Promise.all([start, check].map(async (url) => (await site.get(url)).body));
  };

  it("has at most 25 KiB of script, hashing and all, on its page and on a gift's", async () => {
    for (const path of ["/zh/verify", `/en/d/${codeOf.donation(2, 0)}`]) {
      const scripts = await scriptsOf(path);
      const bytes = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
      expect(scripts.every((script) => script.length > 400)).to.equal(true);
      expect(bytes, path).to.be.at.most(scriptLimitBytes);
    }
  });

  it("is the same from the same sources, to the byte, wherever it is built", () => {
    const here = process.cwd();
    const [script, file] = [bundled("verify/main.ts"), verifierFile()];
    process.chdir("/");
    try {
      expect(bundled("verify/main.ts").equals(script)).to.equal(true);
      expect(verifierFile()).to.deep.equal(file);
    } finally {
      process.chdir(here);
    }
    expect(file.text).not.to.contain(import.meta.dirname);
    expect(file.digest).to.equal(createHash("sha256").update(file.text).digest("hex"));
  });

  it("is offered as the file whose digest stands on the page", async () => {
    for (const language of languages) {
      const { body } = await site.get(`/${language}/verify`);
      const [, url = ""] = /href="(\/assets\/verifier\.[0-9a-f]{12}\.html)"/.exec(body) ?? [];
      const file = await site.get(url);
      expect(file.headers["content-disposition"]).to.equal('attachment; filename="verifier.html"');
      expect(body).to.contain(createHash("sha256").update(file.body).digest("hex"));
      expect(file.body).to.equal(verifierFile().text);
    }
  });

  it("asks nobody of itself: no address stands in the file", () => {
    const { text } = verifierFile();
    expect(text).not.to.match(/https?:\/\/(?!www\.w3\.org)/);
    expect(text).not.to.match(/<(script|link|img)[^>]*(src|href)=/);
  });

  it("has a sentence for everything that a check can say", async () => {
    for (const language of languages) {
      const { body } = await site.get(`/${language}/verify`);
      const [, url = ""] = /data-words-at="([^"]+)"/.exec(body) ?? [];
      const sentences: unknown = JSON.parse((await site.get(url)).body);
      const { verify } = words[language];
      expect(sentences).to.deep.include({ failed: verify.failed, unchecked: verify.unchecked });
      expect(Object.keys(verify.steps)).to.have.members([...steps]);
      expect(Object.keys(verify.passed)).to.have.members([...steps]);
      expect(Object.keys(verify.failed)).to.have.members(Object.values(failureKinds).flat());
      expect(Object.keys(verify.unchecked)).to.have.members([...reasonsUnchecked]);
      const all = Object.values(verify.failed);
      expect(new Set(all).size, "two failures are told alike").to.equal(all.length);
    }
  });

  it("fills facts into its sentences, and a dash where one is not known", () => {
    expect(filled("block {block} of {chain}", { block: "7" })).to.equal("block 7 of –");
  });
});
