import { expect } from "chai";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { languages } from "../../web/words/languages.ts";
import { words } from "../../web/words/languages.ts";
import { emptySample, knownGift, knownGiftAmount, sample } from "../web/sample.ts";
import { codeOf, openSite, type Site } from "../web/site.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";
import { keepScreenshot } from "./screenshot.ts";
import { expectSound, journey, openPage, screenshotName, screens } from "./journey.ts";

const screenshots = fileURLToPath(new URL("../../test-output/screenshots", import.meta.url));
const example = sample();
const city = `/p/${codeOf.programme(example.city)}`;
const phone = { widthPx: 360, scheme: "light" } as const;
const desk = { widthPx: 1280, scheme: "light" } as const;

describe("the explorer in a real browser", function () {
  this.timeout(120_000);
  let started: StartedBrowser;
  let site: Site;
  let base: string;

  before(async () => {
    await mkdir(screenshots, { recursive: true });
    site = await openSite();
    base = await site.app.listen({ host: "127.0.0.1", port: 0 });
    started = await startBrowser();
  });
  after(async () => {
    await started.close();
    await site.close();
  });

  for (const language of languages) {
    for (const screen of screens) {
      it(`leads from home by a code to donation, claim and back (${language}, ${screen.widthPx} px, ${screen.scheme})`, async () => {
        await journey(started.browser, {
          base,
          donationCode: codeOf.donation(2, 0),
          language,
          screen,
          screenshots,
        });
      });
    }

    for (const screen of [phone, desk]) {
      it(`shows every other page whole (${language}, ${screen.widthPx} px)`, async () => {
        const { page, context, troubles } = await openPage(started.browser, base, language, screen);
        const stops = {
          "donation-waiting": `/d/${codeOf.donation(4, 2)}`,
          "claim-waiting": `/c/${codeOf.claim(75)}`,
          fund: `/f/${codeOf.fund(1)}`,
          batch: `/b/${codeOf.batch(1)}`,
          search: "/search?q=990",
          "search-number": "/search?q=20190304000000000123",
          period: `${city}/period/1`,
          "period-running": `${city}/period/2`,
          "period-days": `/p/${codeOf.programme(example.days)}/period/1`,
          insurer: `${city}/period/1/insurer/2`,
          queue: `${city}/queue`,
          city,
          ended: `/p/${codeOf.programme(example.ended)}`,
          aid: `/p/${codeOf.programme(example.aid)}`,
          audit: "/audit",
          "claim-returned": `/c/${codeOf.claim(example.claims.returned)}`,
          "claim-recovered": `/c/${codeOf.claim(example.claims.recovered)}`,
          "claim-held": `/c/${codeOf.claim(example.claims.held)}`,
          "claim-rejected": `/c/${codeOf.claim(example.claims.rejected)}`,
          "claim-grant": `/c/${codeOf.claim(example.claims.grant)}`,
          "claim-day-policy": `/c/${codeOf.claim(example.claims.dayPolicy)}`,
          "donation-repaid": `/d/${codeOf.donation(1, 3)}`,
          find: "/find",
          about: "/about",
          plans: "/plans",
        };
        for (const [name, path] of Object.entries(stops)) {
          await page.goto(`${base}/${language}${path}`);
          await expectSound(page, language);
          const file = screenshotName(language, screen, name);
          await keepScreenshot(page, `${screenshots}/${file}`);
        }
        expect(troubles.filter((trouble) => !trouble.includes("404"))).to.deep.equal([]);
        await context.close();
      });
    }

    it(`leads from a programme over its period to an insurer's statement and back without JavaScript (${language})`, async () => {
      const { page, context, troubles } = await openPage(started.browser, base, language, phone, false);
      await page.goto(`${base}/${language}${city}`);
      await page.locator("#periods table a").last().click();
      await page.waitForURL(`${base}/${language}${city}/period/1`);
      await page.locator("#insurers table a").nth(1).click();
      await page.waitForURL(`${base}/${language}${city}/period/1/insurer/2`);
      await page.locator("#lines table a").first().click();
      await page.waitForURL(`${base}/${language}/c/**`);
      await page.goto(`${base}/${language}/`);
      await page.locator("header nav a").last().click();
      await page.waitForURL(`${base}/${language}/audit`);
      await page.locator(".filters a").last().click();
      await page.waitForURL(`${base}/${language}/audit?state=confirmed#days`);
      expect(await page.locator("#days tbody tr").count()).to.equal(1);
      expect(troubles).to.deep.equal([]);
      await context.close();
    });

    it(`finds a gift by number and amount without JavaScript (${language})`, async () => {
      const { page, context } = await openPage(started.browser, base, language, phone, false);
      await page.goto(`${base}/${language}/`);
      await page.locator(".find-link a").click();
      await page.fill("#transactionNumber", knownGift.transactionNumber);
      await page.fill("#amount", knownGiftAmount);
      await page.locator("form.find button").click();
      expect(await page.innerText("h1")).to.equal(words[language].find.foundTitle);
      await expectSound(page, language);
      await keepScreenshot(page, `${screenshots}/${screenshotName(language, phone, "found")}`);
      await page.locator("main a.button").first().click();
      await page.waitForURL(`${base}/${language}/d/${codeOf.donation(2, 0)}`);
      await page.locator("header .language").click();
      const other = language === "zh" ? "en" : "zh";
      await page.waitForURL(`${base}/${other}/d/${codeOf.donation(2, 0)}`);
      await context.close();
    });

    it(`says that empty books are empty (${language})`, async () => {
      const empty = await openSite(emptySample().read);
      const emptyBase = await empty.app.listen({ host: "127.0.0.1", port: 0 });
      const { page, context, troubles } = await openPage(started.browser, emptyBase, language, phone);
      await page.goto(`${emptyBase}/${language}/`);
      await expectSound(page, language);
      await keepScreenshot(page, `${screenshots}/${screenshotName(language, phone, "empty")}`);
      expect(troubles).to.deep.equal([]);
      await context.close();
      await empty.close();
    });
  }

  it("gives a thumb at least 44 px on everything outside running text", async () => {
    const { page, context } = await openPage(started.browser, base, "zh", phone);
    for (const path of [
      "/",
      "/find",
      `/d/${codeOf.donation(2, 0)}`,
      `/p/${codeOf.programme(1)}`,
      `${city}/period/1`,
      `${city}/queue`,
      "/audit",
      "/nothing",
    ]) {
      await page.goto(`${base}/zh${path}`);
      const small = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            "header a, button:not([hidden]), .button, input, .paging a, .ways-out a, .links a, .filters a, th a",
          ),
        ]
          .map((target) => ({ text: target.textContent, height: target.getBoundingClientRect().height }))
          .filter(({ height }) => height > 0 && height < 43.5),
      );
      expect(small, path).to.deep.equal([]);
    }
    await context.close();
  });

  it("shows the keyboard where it is, and lets it skip to the content", async () => {
    const { page, context } = await openPage(started.browser, base, "en", desk);
    await page.goto(`${base}/en/`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).to.equal("skip");
    const outline = await page.evaluate(() =>
      document.activeElement === null ? "" : getComputedStyle(document.activeElement).outlineStyle,
    );
    expect(outline).to.equal("solid");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).to.equal("#content");
    await context.close();
  });
});
