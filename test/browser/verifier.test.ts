/** The check in a real browser, over a real gateway and its chain: what it says when all is right, and when not. */
import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { verifierFile } from "../../web/verifier-file.ts";
import { languages, words, type Language } from "../../web/words/languages.ts";
import { at } from "../server/service.ts";
import { openBooks, type Books } from "../server/api/books.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";
import { expectSound, openPage, screens, screenshotName, type Screen } from "./journey.ts";
import { keepScreenshot } from "./screenshot.ts";

const screenshots = fileURLToPath(new URL("../../test-output/screenshots/verifier", import.meta.url));
const phone = { widthPx: 360, scheme: "light" } as const;

const verdictOf = async (page: Page): Promise<string | null> => {
  const answer = page.locator('[data-verifier="answer"][data-verdict]').first();
  await answer.waitFor();
  return answer.getAttribute("data-verdict");
};

/** The kinds of the steps that failed, as the page marks them. */
const failedIn = (page: Page): Promise<readonly (string | null)[]> =>
  page.locator("li.failed").evaluateAll((items) => items.map((item) => item.getAttribute("data-kind")));

describe("the check in a real browser", function () {
  this.timeout(120_000);
  let books: Books;
  let base: string;
  let started: StartedBrowser;
  let gift: string;
  let receipt: string;
  let folder: string;

  before(async () => {
    books = await openBooks({}, () => {});
    base = await books.service.app.listen({ host: "127.0.0.1", port: 0 });
    started = await startBrowser();
    gift = books.donations[3] ?? "";
    const [transactionNumber = ""] = books.secrets.transactionNumbers.slice(3);
    const found = await books.service.app.inject({
      method: "POST",
      url: "/v1/donations/find",
      payload: { transactionNumber, amount: "500000" },
    });
    receipt = found.payload.slice(found.payload.indexOf('"data":') + 7, -1);
    folder = await mkdtemp(join(tmpdir(), "everyfen-verifier-"));
    await writeFile(join(folder, "receipt.json"), receipt);
    await writeFile(join(folder, "verifier.html"), verifierFile().text);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await started.close();
    await books.service.close();
  });

  const open = (language: Language, screen: Screen = phone) =>
    openPage(started.browser, base, language, screen);
  const linkOf = (language: Language): string =>
    `${base}/${language}/verify#r=${Buffer.from(receipt).toString("base64url")}`;

  for (const language of languages) {
    for (const screen of screens) {
      it(`passes on a gift's own page with one touch (${language}, ${screen.widthPx} px, ${screen.scheme})`, async () => {
        const { page, context, troubles } = await open(language, screen);
        await page.goto(`${base}/${language}/d/${gift}`);
        await page.click('[data-verifier="start"]');
        expect(await verdictOf(page)).to.equal("passed");
        const { verify } = words[language];
        expect(await page.innerText(".report")).to.contain(verify.verdict.passed);
        expect(await page.getAttribute('li[data-step="opening"]', "data-reason")).to.equal("noOpening");
        await expectSound(page, language);
        await keepScreenshot(page, `${screenshots}/${screenshotName(language, screen, "gift-passed")}`);
        expect(troubles).to.deep.equal([]);
        await context.close();
      });

      it(`says which step fails, and what could not be checked (${language}, ${screen.widthPx} px, ${screen.scheme})`, async () => {
        const { page, context } = await open(language, screen);
        await page.route(`**/v1/donations/${gift}`, async (route) => {
          const answer = await route.fetch();
          const text = await answer.text();
          await route.fulfill({
            response: answer,
            body: text.replace('"claimsShareBps":9000', '"claimsShareBps":8000'),
          });
        });
        await page.goto(linkOf(language));
        expect(await verdictOf(page)).to.equal("failed");
        expect(await failedIn(page)).to.deep.equal(["gatewayPromiseDiffers"]);
        await expectSound(page, language);
        await keepScreenshot(page, `${screenshots}/${screenshotName(language, screen, "failed")}`);
        await page.unroute(`**/v1/donations/${gift}`);
        await page.fill('[data-verifier="node"]', "http://127.0.0.1:9/rpc");
        await page.setInputFiles('[data-verifier="file"]', join(folder, "receipt.json"));
        await page.waitForSelector('[data-verdict="unchecked"]');
        expect(await page.getAttribute('li[data-step="node"]', "data-reason")).to.equal("unreachable");
        await expectSound(page, language);
        await keepScreenshot(page, `${screenshots}/${screenshotName(language, screen, "unchecked")}`);
        await context.close();
      });
    }

    it(`opens the receipt of find-my-gift, and takes the secret out of the address (${language})`, async () => {
      const { page, context, troubles } = await open(language);
      await page.goto(`${base}/${language}/find`);
      await page.fill("#transactionNumber", books.secrets.transactionNumbers[3] ?? "");
      await page.fill("#amount", "5000.00");
      await Promise.all([page.waitForNavigation(), page.click("main form button")]);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
      await page.locator('a[href*="#r="]').click();
      expect(await verdictOf(page)).to.equal("passed");
      expect(await page.locator("li.passed").count()).to.equal(13);
      expect(page.url()).to.equal(`${base}/${language}/verify`);
      const { salt, transactionNumber } = at(JSON.parse(receipt), "opening") as Record<string, string>;
      for (const line of asked) {
        for (const secret of [salt ?? "", transactionNumber ?? ""]) expect(line).not.to.contain(secret);
      }
      await keepScreenshot(page, `${screenshots}/${screenshotName(language, phone, "receipt-passed")}`);
      expect(troubles).to.deep.equal([]);
      await context.close();
    });

    it(`works as a file without any site (${language})`, async () => {
      const { page, context } = await open(language);
      await page.goto(pathToFileURL(join(folder, "verifier.html")).href);
      const section = page.locator(`#${language}`);
      const button = section.locator('[data-verifier="button"]');
      await section.locator('[data-verifier="file"]').setInputFiles(join(folder, "receipt.json"));
      // It waits for somebody to say which node to ask.
      expect(await button.isEnabled()).to.equal(true);
      expect(await button.innerText()).to.equal(words[language].verify.button);
      await section.locator('[data-verifier="node"]').fill(`${base}/rpc`);
      await section.locator('[data-verifier="gateway"]').fill(base);
      await button.click();
      expect(await verdictOf(page)).to.equal("passed");
      expect(await section.locator("li.passed").count()).to.equal(13);
      await keepScreenshot(page, `${screenshots}/${screenshotName(language, phone, "file")}`);
      await section.locator('[data-verifier="gateway"]').fill("");
      await button.click();
      await section.locator('li[data-step="gateway"][data-reason="noGateway"]').waitFor();
      expect(await verdictOf(page)).to.equal("passed");
      await context.close();
    });

    it(`tells a phone that is too old that it is, and one without JavaScript what to do (${language})`, async () => {
      const old = await open(language);
      await old.page.addInitScript("delete globalThis.BigInt");
      for (const path of ["/verify", `/d/${gift}`]) {
        await old.page.goto(`${base}/${language}${path}`);
        expect(await old.page.innerText("main")).to.contain(words[language].verify.tooOld);
      }
      expect(old.troubles).to.deep.equal([]);
      await old.context.close();
      const plain = await openPage(started.browser, base, language, phone, false);
      await plain.page.goto(`${base}/${language}/verify`);
      expect(await plain.page.innerText("main")).to.contain(words[language].verify.noScript);
      await plain.context.close();
    });
  }

  it("checks on a browser of 2020, which lacks what later ones have", async () => {
    const { page, context, troubles } = await open("zh");
    const lacking = [
      ...["at", "toSorted", "toReversed", "toSpliced", "findLast", "with"].map(
        (name) => `Array.prototype.${name}`,
      ),
      ...["at", "replaceAll", "isWellFormed", "toWellFormed"].map((name) => `String.prototype.${name}`),
      "Object.hasOwn",
      "Object.groupBy",
      "Element.prototype.replaceChildren",
      "Uint8Array.prototype.at",
      "Uint8Array.fromHex",
      "Uint8Array.prototype.toHex",
      "structuredClone",
    ];
    await page.addInitScript(lacking.map((name) => `delete ${name};`).join(""));
    await page.goto(linkOf("zh"));
    expect(await verdictOf(page)).to.equal("passed");
    expect(troubles).to.deep.equal([]);
    await context.close();
  });

  it("remembers the head that it saw, and says when the chain was rewritten since", async () => {
    const { page, context } = await open("en");
    await page.goto(linkOf("en"));
    expect(await verdictOf(page)).to.equal("passed");
    const kept = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
    const head = await books.service.gateway.read.head();
    const key = `everyfen.head.${head.chainId}.${head.ledger}`;
    expect(kept).to.deep.equal({ [key]: `${head.blockNumber} ${head.blockHash}` });
    await page.evaluate(
      ([name = "", value = ""]) => localStorage.setItem(name, value),
      [key, `${head.blockNumber} 0x${"ab".repeat(32)}`],
    );
    await page.goto("about:blank");
    await page.goto(linkOf("en"));
    expect(await verdictOf(page)).to.equal("failed");
    expect(await failedIn(page)).to.deep.equal(["rememberedHeadRewritten"]);
    await context.close();
  });

  it("may ask any address on the verifier's page, only this site on a gift's, and nobody elsewhere", async () => {
    const policyOf = async (path: string): Promise<string> =>
      String((await books.service.app.inject({ url: path })).headers["content-security-policy"]);
    expect(await policyOf("/zh/verify")).to.match(/; connect-src \*$/);
    expect(await policyOf(`/zh/d/${gift}`)).to.match(/; connect-src 'self'$/);
    expect(await policyOf("/zh/"))
      .to.contain("default-src 'none'")
      .and.not.to.contain("connect-src");
  });
});
