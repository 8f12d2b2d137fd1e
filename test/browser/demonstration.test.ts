/** The reader's way through the real thing: the gateway, its demonstration, its pages, in a real browser. */
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import { guyuan } from "../../server/commands/demonstration/counties.ts";
import { loadDemonstration } from "../../server/commands/demonstration/load.ts";
import { readConfig } from "../../server/config.ts";
import { openGateway } from "../../server/gateway.ts";
import { appOf } from "../../server/serve.ts";
import { auditPath, insurerPath, periodPath } from "../../web/paths.ts";
import { languages, words } from "../../web/words/languages.ts";
import { explorer } from "../../web/plugin.ts";
import { temporaryFolder } from "../server/gateway.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";
import { expectSound, journey, openPage, screens, screenshotName } from "./journey.ts";
import { keepScreenshot } from "./screenshot.ts";

/** Apart from those of the invented books, which have the same names. */
const screenshots = "test-output/screenshots/demonstration";

interface Site {
  readonly base: string;
  readonly donation: string;
  readonly claim: string;
  readonly shortProgramme: string;
  readonly held: string;
  readonly grant: string;
  readonly returned: string;
  readonly repaid: string;
  readonly find: { readonly transactionNumber: string; readonly amount: string };
  readonly close: () => Promise<void>;
}

const openSite = async (): Promise<Site> => {
  const folder = temporaryFolder();
  const config = readConfig({
    DATA_DIR: folder.path,
    REQUESTS_PER_MINUTE: "100000",
    RPC_REQUESTS_PER_MINUTE: "100000",
    LOG_LEVEL: "silent",
  });
  const log = { info: () => {}, error: () => {} };
  const examples = await loadDemonstration({ config, log, progress: () => {} });
  const gateway = await openGateway({
    config,
    log,
    onFailure: (error) => {
      throw error;
    },
  });
  const app = await appOf(gateway, config);
  await app.register(explorer, { read: gateway.read });
  const base = await app.listen({ host: "127.0.0.1", port: 0 });
  const value = (pattern: RegExp): string => {
    const example = examples.find(({ what }) => pattern.test(what));
    if (example === undefined) throw new Error(`no example like ${pattern}`);
    return example.where;
  };
  const [transactionNumber = "", amount = ""] = value(/^find my gift/).split(", ");
  return {
    base,
    donation: value(/^a gift that paid/),
    claim: value(/^the claim of/),
    shortProgramme: value(/short of/),
    held: value(/on hold/),
    grant: value(/^the grant/),
    returned: value(/returned/),
    repaid: value(/were repaid/),
    find: { transactionNumber, amount },
    close: async () => {
      await app.close();
      await gateway.close();
      folder.remove();
    },
  };
};

describe("the demonstration in a real browser", function () {
  this.timeout(180_000);
  let site: Site;
  let started: StartedBrowser;
  let browser: Browser;

  before(async () => {
    site = await openSite();
    started = await startBrowser();
    browser = started.browser;
  });
  after(async () => {
    await started.close();
    await site.close();
  });

  for (const language of languages) {
    for (const screen of screens) {
      it(`goes home → search → donation → claim → back in ${language} at ${screen.widthPx} px, ${screen.scheme}`, () =>
        journey(browser, { base: site.base, donationCode: site.donation, language, screen, screenshots }));
    }

    it(`says on every page in ${language} that it is a demonstration, and which figures are published`, async () => {
      const screen = { widthPx: 360, scheme: "light" } as const;
      const { page, context, troubles } = await openPage(browser, site.base, language, screen);
      const paths = [
        "/",
        `/d/${site.donation}`,
        `/c/${site.claim}`,
        `/p/${site.shortProgramme}`,
        "/find",
        "/about",
        `/p/${site.shortProgramme}/queue`,
        `/p/${site.shortProgramme}/period/2`,
        periodPath(programmeId(guyuan), periodNumber(2)),
        insurerPath(programmeId(guyuan), periodNumber(2), 1),
        `/c/${site.held}`,
        `/c/${site.grant}`,
        `/c/${site.returned}`,
        `/d/${site.repaid}`,
        auditPath,
      ];
      for (const [index, path] of paths.entries()) {
        await page.goto(`${site.base}/${language}${path}`);
        await expectSound(page, language);
        expect(await page.textContent("body")).to.contain(words[language].demonstration.short);
        const file = `${screenshots}/${screenshotName(language, screen, `demonstration-${index}`)}`;
        await keepScreenshot(page, file);
      }
      expect(troubles).to.deep.equal([]);
      await context.close();
    });

    it(`finds a gift in ${language} by its transaction number and amount, and shows what became of it`, async () => {
      const screen = { widthPx: 360, scheme: "light" } as const;
      const { page, context, troubles } = await openPage(browser, site.base, language, screen);
      await page.goto(`${site.base}/${language}/find`);
      await page.fill("[name=transactionNumber]", site.find.transactionNumber);
      await page.fill("[name=amount]", site.find.amount);
      await Promise.all([page.waitForNavigation(), page.click("main form button")]);
      await page.click(`a[href="/${language}/d/${site.donation}"]`);
      await page.waitForURL(`**/${language}/d/${site.donation}`);
      expect(troubles).to.deep.equal([]);
      await context.close();
    });
  }
});
