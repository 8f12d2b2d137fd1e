/** The certificate on paper: its size, one page, and a name that never leaves the device. */
import { expect } from "chai";
import { fileURLToPath } from "node:url";
import { languages } from "../../web/words/languages.ts";
import { codeOf, openSite, type Site } from "../web/site.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";
import { expectSound, openPage, screenshotName, screens } from "./journey.ts";
import { keepScreenshot } from "./screenshot.ts";

const screenshots = fileURLToPath(new URL("../../test-output/screenshots/certificate", import.meta.url));
/** In points, wide × high. */
const papers = { a6: [420, 298], a4: [595, 842] } as const;
const phone = { widthPx: 360, scheme: "light" } as const;

/** The pages of a PDF, by the boxes that it declares. */
const boxesOf = (pdf: Buffer): readonly (readonly number[])[] =>
  [...pdf.toString("latin1").matchAll(/\/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]/g)].map(([, wide, high]) =>
    [wide, high].map((points) => Math.round(Number(points))),
  );

describe("the certificate in a real browser", function () {
  this.timeout(120_000);
  let started: StartedBrowser;
  let site: Site;
  let base: string;
  const path = `/d/${codeOf.donation(2, 0)}/certificate`;

  before(async () => {
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
      it(`takes a name that is neither sent nor kept (${language}, ${screen.widthPx} px, ${screen.scheme})`, async () => {
        const { page, context, troubles } = await openPage(started.browser, base, language, screen);
        await page.goto(`${base}/${language}${path}`);
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.fill("#certificate-name", "Example Name");
        expect(await page.innerText("#certificate-holder")).to.equal("Example Name");
        await expectSound(page, language);
        await keepScreenshot(page, `${screenshots}/${screenshotName(language, screen, "a6")}`);
        expect(asked).to.deep.equal([]);
        expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).to.equal(0);
        await page.reload();
        expect(await page.innerText("#certificate-holder")).to.equal("");
        expect(troubles).to.deep.equal([]);
        await context.close();
      });
    }

    for (const [size, box] of Object.entries(papers)) {
      it(`prints on one sheet of ${size.toUpperCase()} (${language})`, async () => {
        const { page, context } = await openPage(started.browser, base, language, phone);
        await page.goto(`${base}/${language}${path}?size=${size}`);
        await page.fill("#certificate-name", "Example Name");
        const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
        const [found = [], ...others] = boxesOf(pdf);
        expect(others).to.deep.equal([]);
        box.forEach((points, at) => expect(found[at]).to.be.closeTo(points, 2));
        await context.close();
      });
    }
  }

  it("is printed in the ink of paper, also from a dark screen", async () => {
    const { page, context } = await openPage(started.browser, base, "zh", { ...phone, scheme: "dark" });
    await page.goto(`${base}/zh${path}`);
    const inkOf = () =>
      page.evaluate(() => {
        const { backgroundColor, borderTopColor } = getComputedStyle(
          document.querySelector(".certificate") ?? document.body,
        );
        return [backgroundColor, borderTopColor];
      });
    const onScreen = await inkOf();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const onPaper = await inkOf();
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    expect(onPaper)
      .to.deep.equal(await inkOf())
      .and.not.deep.equal(onScreen);
    expect(onPaper[0]).to.equal("rgb(255, 255, 255)");
    await context.close();
  });

  it("has a line to write on where JavaScript is off, and no field", async () => {
    const { page, context } = await openPage(started.browser, base, "zh", phone, false);
    await page.goto(`${base}/zh${path}`);
    expect(await page.isVisible("#certificate-name")).to.equal(false);
    expect(await page.isVisible("#certificate-holder")).to.equal(true);
    await context.close();
  });
});
