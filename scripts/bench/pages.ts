/** What a page costs an old phone: bytes of the first view, bytes of script, and the largest paint on a slow network. */
import packaged from "@sparticuz/chromium";
import { chromium, type Browser, type Page } from "playwright-core";
import { encodeCode } from "../../protocol/codes/code.ts";
import { batchId } from "../../protocol/ids.ts";
import { checkRows } from "./checks.ts";
import { atMost, type Row } from "./row.ts";
import { spreadOf } from "../../server/commands/bench/spread.ts";

/** Slow 4G as Lighthouse has it: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: (1_600 * 1_024) / 8,
  uploadThroughput: (750 * 1_024) / 8,
};
const slowerProcessor = 4;
const phone = { width: 360, height: 640 };
const kibibyte = 1_024;

interface Load {
  readonly bytes: number;
  readonly scriptBytes: number;
  readonly largestPaintMs: number;
}

/** Runs in the page: the time of its largest paint so far. */
const largestPaint = (): Promise<number> =>
  new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  });

/** Counts what the network carries from now on. */
const countBytes = async (page: Page): Promise<{ bytes: number; scriptBytes: number }> => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", slowNetwork);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowerProcessor });
  const counted = { bytes: 0, scriptBytes: 0 };
  const scripts = new Set<string>();
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    counted.bytes += encodedDataLength;
    if (scripts.has(requestId)) counted.scriptBytes += encodedDataLength;
  });
  return counted;
};

/** One load with nothing in the cache. */
const load = async (browser: Browser, url: string): Promise<Load> => {
  const context = await browser.newContext({ viewport: phone, locale: "zh-CN" });
  try {
    const page = await context.newPage();
    const counted = await countBytes(page);
    await page.goto(url, { waitUntil: "networkidle" });
    return { ...counted, largestPaintMs: await page.evaluate(largestPaint) };
  } finally {
    await context.close();
  }
};

const rowsOf = async (
  browser: Browser,
  url: string,
  what: string,
  id: string,
  loads: number,
): Promise<readonly Row[]> => {
  const all: Load[] = [];
  for (let count = 0; count < loads; count += 1) all.push(await load(browser, url));
  const middle = (figure: (one: Load) => number): number => spreadOf(all.map(figure)).p50;
  return [
    {
      id: `page.${id}.bytes`,
      what: `${what}, first view`,
      value: middle(({ bytes }) => bytes) / kibibyte,
      unit: "KiB compressed",
      budget: atMost(60),
      note: "headers included",
    },
    {
      id: `page.${id}.script`,
      what: `${what}, script of it`,
      value: middle(({ scriptBytes }) => scriptBytes) / kibibyte,
      unit: "KiB compressed",
      budget: atMost(25),
    },
    {
      id: `page.${id}.paint`,
      what: `${what}, largest contentful paint`,
      value: middle(({ largestPaintMs }) => largestPaintMs) / 1_000,
      unit: "s",
      budget: atMost(2.5),
      note: `slow 4G, processor ${slowerProcessor} times slower, empty cache, ${loads} loads`,
    },
  ];
};

/** The home page and the page of the first gift of the books behind `base`. */
export const pageRows = async (base: string, loads: number): Promise<readonly Row[]> => {
  const browser = await chromium.launch({
    executablePath: await packaged.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const donation = encodeCode({ kind: "donation", batch: batchId(1), index: 0 });
    return [
      ...(await rowsOf(browser, `${base}/zh/`, "home page", "home", loads)),
      ...(await rowsOf(browser, `${base}/zh/d/${donation}`, "a donation's page", "donation", loads)),
      ...(await checkRows(browser, base, loads)),
    ];
  } finally {
    await browser.close();
  }
};
