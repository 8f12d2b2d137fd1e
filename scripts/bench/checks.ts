/** How long an old phone takes to check a gift: from the touch of the button to the verdict, script and answers included. */
import type { Browser } from "playwright-core";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { spreadOf } from "../../server/commands/bench/spread.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { batchId } from "../../protocol/ids.ts";
import { BenchFailed } from "./client.ts";
import { atMost, type Row } from "./row.ts";

/** How much slower the processor is made, and what the check of a gift may take then. */
const processors = [
  { id: "check.gift.fast", slower: 1, budgetMs: 150, words: "processor as it is" },
  { id: "check.gift", slower: 4, budgetMs: 600, words: "processor 4 times slower" },
] as const;
const phone = { width: 360, height: 640 };
const wantedClaims = 3;
const batchesLookedAt = 20;

const Trace = Type.Object({
  data: Type.Object({ slices: Type.Array(Type.Object({ claim: Type.Optional(Type.String()) })) }),
});

const claimsOf = async (base: string, code: string): Promise<number | undefined> => {
  const response = await fetch(`${base}/v1/donations/${code}/trace`);
  if (!response.ok) return undefined;
  const { data } = Value.Parse(Trace, await response.json());
  return new Set(data.slices.flatMap(({ claim }) => claim ?? [])).size;
};

/** A gift that paid three claims; where there is none, the one among the first of their batches that paid most below. */
const giftWithClaims = async (base: string): Promise<{ readonly code: string; readonly claims: number }> => {
  let best = { code: encodeCode({ kind: "donation", batch: batchId(1), index: 0 }), claims: 0 };
  for (let batch = 1; batch <= batchesLookedAt; batch += 1) {
    for (let index = 0; best.claims !== wantedClaims; index += 1) {
      const code = encodeCode({ kind: "donation", batch: batchId(batch), index });
      const claims = await claimsOf(base, code);
      if (claims === undefined) break;
      if (claims > best.claims && claims <= wantedClaims) best = { code, claims };
    }
  }
  return best;
};

/** Runs in the page: touches the button and waits for the verdict. */
const touch = (): Promise<{ readonly ms: number; readonly verdict: string }> =>
  new Promise((resolve, reject) => {
    const answer = document.querySelector<HTMLElement>('[data-verifier="answer"]');
    const button = document.querySelector<HTMLElement>('[data-verifier="start"]');
    if (answer === null || button === null) {
      reject(new Error("the page has no check"));
      return;
    }
    const started = performance.now();
    new MutationObserver(() => {
      const verdict = answer.dataset["verdict"];
      if (verdict !== undefined) resolve({ ms: performance.now() - started, verdict });
    }).observe(answer, { attributes: true });
    button.click();
  });

const checkOnce = async (browser: Browser, url: string, slower: number): Promise<number> => {
  const context = await browser.newContext({ viewport: phone, locale: "zh-CN" });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    const { ms, verdict } = await page.evaluate(touch);
    if (verdict !== "passed") throw new BenchFailed("check", `the check of ${url} ended with ${verdict}`);
    return ms;
  } finally {
    await context.close();
  }
};

/** The check of a gift on its own page, with nothing of the script in the cache. */
export const checkRows = async (browser: Browser, base: string, loads: number): Promise<readonly Row[]> => {
  const { code, claims } = await giftWithClaims(base);
  const rows: Row[] = [];
  for (const { id, slower, budgetMs, words } of processors) {
    const times: number[] = [];
    for (let count = 0; count < loads; count += 1) {
      times.push(await checkOnce(browser, `${base}/zh/d/${code}`, slower));
    }
    rows.push({
      id,
      what: `a gift that paid ${claims} claims checked in the browser`,
      value: spreadOf(times).p50,
      unit: "ms",
      budget: atMost(budgetMs),
      note: `touch to verdict, script fetched, ${words}, ${loads} checks`,
    });
  }
  return rows;
};
