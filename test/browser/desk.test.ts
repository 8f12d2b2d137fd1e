/** A day at the desk in a real browser: in and out, one gift, one decision, one payment, and what a double click does. */
import { expect } from "chai";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { words, type Language } from "../../web/words/languages.ts";
import { openBooks, type Books } from "../server/api/books.ts";
import { statementOf } from "../server/api/insured.ts";
import { at } from "../server/service.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";
import { expectSound, openPage, screenshotName, type Screen } from "./journey.ts";
import { keepScreenshot } from "./screenshot.ts";

const screenshots = fileURLToPath(new URL("../../test-output/screenshots", import.meta.url));
const phone = { widthPx: 360, scheme: "light" } as const;

describe("the desk in a real browser", function () {
  this.timeout(120_000);
  let started: StartedBrowser;
  let books: Books;
  let base: string;
  /** Nobody's key files or decides and pays, so two keys do the round. */
  const keys: Record<"staff" | "payer", string> = { staff: "", payer: "" };

  before(async () => {
    await mkdir(screenshots, { recursive: true });
    books = await openBooks({ SIGN_INS_PER_MINUTE: "10000" }, () => {});
    const { service } = books;
    for (const [who, roles] of [
      ["staff", ["recorder", "treasurer", "adjudicator"]],
      ["payer", ["payer"]],
    ] as const) {
      keys[who] = String(at((await service.post("/v1/keys", { roles })).body, "key"));
    }
    await service.post("/v1/findings", { programme: books.insurance, statement: statementOf("finding") });
    base = await service.app.listen({ host: "127.0.0.1", port: 0 });
    started = await startBrowser();
  });
  after(async () => {
    await started.close();
    await books.service.close();
  });

  const signIn = async (page: Page, key: string, language: Language): Promise<void> => {
    await page.goto(`${base}/${language}/desk`);
    await page.fill("#key", key);
    await page.locator("main form button").click();
    await page.waitForURL(`${base}/${language}/desk`);
  };
  const fillGift = async (page: Page, number: string): Promise<void> => {
    await page.selectOption("#gift-fund", books.fund);
    await page.fill("#gift-amount", "12.50");
    await page.fill("#gift-channel", "alipay");
    await page.fill("#gift-transactionNumber", number);
    await page.fill("#gift-occurredAt", "2019-01-06");
  };
  const donations = async (): Promise<number> =>
    Number(at((await books.service.get("/v1/summary")).body, "data", "donations"));

  /** Both languages, widths and schemes, each of them twice. */
  const shown: readonly (readonly [Language, Screen])[] = [
    ["zh", { widthPx: 360, scheme: "light" }],
    ["zh", { widthPx: 1280, scheme: "dark" }],
    ["en", { widthPx: 360, scheme: "dark" }],
    ["en", { widthPx: 1280, scheme: "light" }],
  ];
  for (const [language, screen] of shown) {
    it(`shows its pages whole (${language}, ${screen.widthPx} px, ${screen.scheme})`, async () => {
      await tour(language, screen);
    });
  }

  /** Looks at every page, also with something wrong, and leaves. */
  const tour = async (language: Language, screen: Screen): Promise<void> => {
    const { page, context, troubles } = await openPage(started.browser, base, language, screen);
    const shoot = async (name: string): Promise<void> => {
      await expectSound(page, language);
      await keepScreenshot(page, `${screenshots}/${screenshotName(language, screen, name)}`);
    };
    await page.goto(`${base}/${language}/desk`);
    await shoot("desk-sign-in");
    await signIn(page, keys.staff, language);
    await shoot("desk");
    await page.locator(".desk-bar nav a").nth(1).click();
    await page.waitForURL(`${base}/${language}/desk/gift`);
    await fillGift(page, "INVENTED-BROWSER-X");
    await page.fill("#gift-amount", "1,2.5");
    await page.locator(".desk-form button").click();
    await page.locator(".form-trouble").waitFor();
    await shoot("desk-gift-wrong");
    await page.goto(`${base}/${language}/desk/claims/${books.filed}`);
    await shoot("desk-claim");
    await page.goto(`${base}/${language}/desk/claims?programme=${books.insurance}&state=approved`);
    await shoot("desk-claims");
    await page.goto(`${base}/${language}/desk`);
    await page.locator("#findings a").first().click();
    await page.locator("#answer-section").waitFor();
    await shoot("desk-finding");
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          ".desk-bar a, .desk-bar button, .desk-form button, .desk-form input, textarea",
        ),
      ]
        .map((target) => ({ id: target.id, height: target.getBoundingClientRect().height }))
        .filter(({ height }) => height > 0 && height < 43.5),
    );
    expect(small).to.deep.equal([]);
    expect(troubles.filter((trouble) => !trouble.includes("422"))).to.deep.equal([]);
    await context.close();
  };

  it("ties every control to a label, and shows the keyboard where it is", async () => {
    const { page, context } = await openPage(started.browser, base, "en", phone, true);
    await signIn(page, keys.staff, "en");
    for (const path of ["/gift", "/allocation", `/claims/${books.filed}`]) {
      await page.goto(`${base}/en/desk${path}`);
      const nameless = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLInputElement>(
            "main input:not([type=hidden]), main select, main textarea",
          ),
        ]
          .filter((control) => (control.labels?.length ?? 0) !== 1)
          .map(({ id }) => id),
      );
      expect(nameless, path).to.deep.equal([]);
      const twice = await page.evaluate(() => {
        const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
        return ids.filter((id, index) => ids.indexOf(id) !== index);
      });
      expect(twice, path).to.deep.equal([]);
      for (const selector of ["main select", "main input:not([type=hidden])", "main form.desk-form button"]) {
        const first = page.locator(selector).first();
        if ((await first.count()) === 0) continue;
        await page.keyboard.press("Tab");
        await first.focus();
        const outline = await first.evaluate((control) => getComputedStyle(control).outlineStyle);
        expect(outline, `${path} ${selector}`).to.equal("solid");
      }
    }
    await context.close();
  });

  for (const javaScript of [true, false]) {
    it(`records one gift for a double click, ${javaScript ? "with" : "without"} JavaScript`, async () => {
      const { page, context } = await openPage(started.browser, base, "zh", phone, javaScript);
      await signIn(page, keys.staff, "zh");
      const before = await donations();
      await page.goto(`${base}/zh/desk/gift`);
      await fillGift(page, `INVENTED-BROWSER-${String(javaScript)}`);
      await page.locator(".desk-form button").dblclick({ noWaitAfter: true });
      await page.waitForURL(`${base}/zh/desk/operations/**`);
      await page.getByRole("heading", { name: words.zh.desk.operation.states.recorded }).waitFor();
      expect(await donations()).to.equal(before + 1);
      if (javaScript) {
        await expectSound(page, "zh");
        await keepScreenshot(page, `${screenshots}/${screenshotName("zh", phone, "desk-operation")}`);
      }
      await context.close();
    });
  }

  it("approves a claim and pays the one at the head of the queue", async () => {
    const { page, context, troubles } = await openPage(started.browser, base, "en", phone);
    await signIn(page, keys.staff, "en");
    await page.locator("#programmes td a").first().click();
    await page.locator("#claims a").first().click();
    await page.waitForURL(`${base}/en/desk/claims/${books.filed}`);
    await page.fill("#approve-amount", "45.00");
    await page.locator("#approve-section button").click();
    await page.getByRole("heading", { name: words.en.desk.operation.states.recorded }).waitFor();
    await page.locator(".facts a").first().click();
    await page.waitForURL(`${base}/en/desk/claims/${books.filed}`);

    const payer = await openPage(started.browser, base, "en", phone);
    await signIn(payer.page, keys.payer, "en");
    const [head = ""] = books.approved;
    await payer.page.goto(`${base}/en/desk/claims/${head}`);
    await payer.page.fill("#pay-paymentNumber", "INVENTED-BROWSER-TRANSFER");
    await payer.page.locator("#pay-section button").click();
    await payer.page.getByRole("heading", { name: words.en.desk.operation.states.recorded }).waitFor();
    const { body } = await books.service.get(`/v1/claims/${head}`);
    expect(at(body, "data", "state")).to.equal("paid");
    expect(payer.page.url()).not.to.contain("TRANSFER");
    expect([...troubles, ...payer.troubles]).to.deep.equal([]);
    await context.close();
    await payer.context.close();
  });

  it("shows nothing to whoever goes back after signing out, and holds no cookie that a script could read", async () => {
    const { page, context } = await openPage(started.browser, base, "en", phone);
    await signIn(page, keys.staff, "en");
    expect(await page.evaluate(() => document.cookie)).to.equal("");
    const [cookie] = await context.cookies();
    expect(cookie).to.deep.include({ httpOnly: true, sameSite: "Strict", path: "/" });
    await page.goto(`${base}/en/desk/gift`);
    await page.locator(".desk-ways-out button").first().click();
    await page.waitForURL(`${base}/en/desk/sign-in`);
    expect(await context.cookies()).to.deep.equal([]);
    await page.goBack();
    await page.waitForURL(`${base}/en/desk/sign-in`);
    expect(await page.locator(".desk-bar").count()).to.equal(0);
    await context.close();
  });

  it("takes nothing from another site's page, which cannot frame it either", async () => {
    const { page, context } = await openPage(started.browser, base, "en", phone);
    await signIn(page, keys.staff, "en");
    const before = await donations();
    await page.route("http://attacker.example/**", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" action="${base}/en/desk/sign-out"><button>win</button></form>
          <iframe src="${base}/en/desk"></iframe>`,
      }),
    );
    await page.goto("http://attacker.example/");
    const framed = page.frames().find((frame) => frame.url().startsWith(base));
    expect((await framed?.locator(".desk-bar").count()) ?? 0).to.equal(0);
    await page.locator("button").click();
    await page.getByRole("heading", { name: words.en.desk.foreignTitle }).waitFor();
    await page.goto(`${base}/en/desk`);
    expect(await page.locator(".desk-bar").count(), "still signed in").to.equal(1);
    expect(await donations()).to.equal(before);
    await context.close();
  });
});
