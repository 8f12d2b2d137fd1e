/**
 * A lying gateway before a real browser: a proxy tells every lie of the catalogue about gifts of real books, in the answers
 * of the API, of its node, or in the file, and the page names each as exactly what it is.
 */
import { expect } from "chai";
import type { Page } from "playwright-core";
import { giftCodes, giftsOf, travellingLies, type Gift, type TravellingLie } from "../lying/gifts.ts";
import { openLiedAbout, type LiedAbout } from "../lying/books.ts";
import { startProxy, type LyingProxy } from "../lying/proxy.ts";
import { listAt } from "../server/service.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";
import { openPage } from "./journey.ts";

/** What the page says of a file: its verdict, and the kinds of the steps that failed. */
interface Said {
  readonly verdict: string | null;
  readonly failed: readonly (string | null)[];
}

const isLine = (value: unknown): value is string => typeof value === "string";

describe("a lying gateway, seen by a real browser", function () {
  this.timeout(60_000);
  let books: LiedAbout;
  let proxy: LyingProxy;
  let started: StartedBrowser;
  let page: Page;
  let gifts: readonly Gift[];
  let lies: readonly TravellingLie[];

  before(async () => {
    books = await openLiedAbout();
    const base = await books.service.app.listen({ host: "127.0.0.1", port: 0 });
    proxy = await startProxy(base);
    gifts = await giftsOf(base, await giftCodes(base));
    lies = travellingLies(gifts);
    started = await startBrowser();
    ({ page } = await openPage(started.browser, proxy.url, "en", { widthPx: 360, scheme: "light" }));
    await page.goto(`${proxy.url}/en/verify`);
    await page.fill('[data-verifier="node"]', `${proxy.url}/rpc`);
    await page.fill('[data-verifier="gateway"]', proxy.url);
  });
  after(async () => {
    await started.close();
    await proxy.close();
    await books.service.close();
  });

  const checked = async (text: string): Promise<Said> => {
    await page.evaluate(() => {
      document.querySelector("[data-verdict]")?.removeAttribute("data-verdict");
      localStorage.clear();
    });
    const file = { name: "proof.json", mimeType: "application/json", buffer: Buffer.from(text) };
    await page.setInputFiles('[data-verifier="file"]', file);
    const answer = page.locator('[data-verifier="answer"][data-verdict]');
    await answer.waitFor();
    const failed = await page
      .locator("li.failed")
      .evaluateAll((items) => items.map((item) => item.getAttribute("data-kind")));
    return { verdict: await answer.getAttribute("data-verdict"), failed };
  };

  it("passes every gift while the proxy tells the truth", async () => {
    proxy.lie({});
    for (const { question, code } of gifts) {
      expect(await checked(question.file), code).to.deep.equal({ verdict: "passed", failed: [] });
    }
    expect(gifts.length).to.equal(5);
  });

  it("names every lie as exactly what it is, and nothing else", async () => {
    const misnamed: string[] = [];
    for (const { name, kind, file, lies: told } of lies) {
      proxy.lie(told);
      const { verdict, failed } = await checked(file);
      if (verdict !== "failed" || failed.length !== 1 || failed[0] !== kind) {
        misnamed.push(`${name}: ${kind}, not ${verdict ?? ""} ${failed.join(", ")}`);
      }
    }
    expect(misnamed).to.deep.equal([]);
    expect(lies.length).to.be.at.least(60);
  });

  it("names a transaction number that two receipts have", async () => {
    proxy.lie({});
    const receiptOf = async (transactionNumber: string): Promise<string> => {
      const answer = await fetch(`${proxy.url}/v1/donations/find`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ transactionNumber, amount: "1000" }),
      });
      const text = await answer.text();
      return text.slice(text.indexOf('"data":') + 7, -1);
    };
    const [one = "", two = ""] = books.transactionNumbers;
    expect(await checked(await receiptOf(one))).to.deep.equal({ verdict: "passed", failed: [] });
    const forged = (await receiptOf(two)).replace(two, one);
    expect((await checked(forged)).failed).to.include("receiptNumberRepeated");
  });

  it("says in words what differs, with both figures", async () => {
    const lie = lies.find(({ kind }) => kind === "gatewayAmountDiffers");
    if (lie === undefined) throw new RangeError("no such lie");
    proxy.lie(lie.lies);
    await checked(lie.file);
    const text = await page.innerText(".report .verdict");
    const amount = String(listAt([lie.gift.report.checked?.partition.total].map(String)).find(isLine));
    expect(text)
      .to.contain(amount)
      .and.to.contain(String(BigInt(amount) + 1n));
  });
});
