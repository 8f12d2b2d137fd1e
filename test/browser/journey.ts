/**
 * The reader's way through the explorer: home → search a code → donation → claim → back, in one language, on one
 * screen. It knows a base address and a code, nothing of what serves them, so it runs over invented books and over a
 * gateway alike.
 */
import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Language } from "../../web/words/languages.ts";
import { words } from "../../web/words/languages.ts";
import { keepScreenshot } from "./screenshot.ts";

export interface Screen {
  readonly widthPx: number;
  readonly scheme: "light" | "dark";
}

export interface Journey {
  readonly base: string;
  /** A donation that paid at least one claim. */
  readonly donationCode: string;
  readonly language: Language;
  readonly screen: Screen;
  /** Where screenshots go, such as `test-output/screenshots`. */
  readonly screenshots: string;
}

export const screens: readonly Screen[] = [
  { widthPx: 360, scheme: "light" },
  { widthPx: 360, scheme: "dark" },
  { widthPx: 1280, scheme: "light" },
  { widthPx: 1280, scheme: "dark" },
];

const timeoutMs = 15_000;

/** A page that keeps what must not happen: console errors, failures, and requests to another host. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly troubles: string[];
}

export const openPage = async (
  browser: Browser,
  base: string,
  language: Language,
  screen: Screen,
  javaScriptEnabled = true,
): Promise<WatchedPage> => {
  const context = await browser.newContext({
    viewport: { width: screen.widthPx, height: screen.widthPx < 600 ? 740 : 900 },
    colorScheme: screen.scheme,
    locale: words[language].htmlLanguage,
    javaScriptEnabled,
  });
  context.setDefaultTimeout(timeoutMs);
  const page = await context.newPage();
  const troubles: string[] = [];
  const host = new URL(base).host;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`page: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.host !== host) troubles.push(`request to another host: ${url.href}`);
  });
  page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
  return { page, context, troubles };
};

/** Nothing is cut off at the side, and no Chinese is left untranslated in English. */
export const expectSound = async (page: Page, language: Language): Promise<void> => {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  expect(content, `${page.url()} is wider than its window`).to.be.at.most(window);
  expect(await page.getAttribute("html", "lang")).to.equal(words[language].htmlLanguage);
  if (language === "en") {
    const text = await page.innerText("main");
    expect(text, page.url()).not.to.match(/\p{Script=Han}/u);
  }
};

export const screenshotName = (language: Language, screen: Screen, name: string): string =>
  `${name}-${language}-${screen.widthPx}-${screen.scheme}.png`;

/** Walks the way and keeps a screenshot of each stop. Throws at the first thing that is not as promised. */
export const journey = async (browser: Browser, way: Journey): Promise<void> => {
  const { base, donationCode, language, screen } = way;
  const { page, context, troubles } = await openPage(browser, base, language, screen);
  const shoot = async (name: string): Promise<void> => {
    await expectSound(page, language);
    await keepScreenshot(page, `${way.screenshots}/${screenshotName(language, screen, name)}`);
  };
  try {
    await page.goto(`${base}/${language}/`);
    await shoot("home");

    await page.keyboard.press("/");
    await page.keyboard.type(donationCode.toLowerCase());
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}/${language}/d/${donationCode}`);
    expect(await page.innerText("h1")).to.contain(donationCode);
    await shoot("donation");

    const claimLink = page.locator("#slices table.cards a").first();
    const claimCode = await claimLink.innerText();
    await claimLink.click();
    await page.waitForURL(`${base}/${language}/c/${claimCode}`);
    expect(await page.innerText("h1")).to.contain(claimCode);
    expect(await page.locator("#sources table.cards tbody tr").count()).to.be.greaterThan(0);
    await shoot("claim");

    await page.locator("main .lead a").first().click();
    await page.waitForURL(`${base}/${language}/p/**`);
    await shoot("programme");
    await page.goBack();
    await page.waitForURL(`${base}/${language}/c/${claimCode}`);

    await page.goBack();
    await page.waitForURL(`${base}/${language}/d/${donationCode}`);
    expect(await page.innerText("h1")).to.contain(donationCode);
    await page.goBack();
    await page.waitForURL(`${base}/${language}/`);
    expect(troubles).to.deep.equal([]);
  } finally {
    await context.close();
  }
};
