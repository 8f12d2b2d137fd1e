/** The published vectors in a real browser, by a script that is built as the check is. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { bundled } from "../../web/islands/bundle.ts";
import { runVectors, type Vectors } from "../vectors/run.ts";
import { startBrowser, type StartedBrowser } from "./chromium.ts";

const published = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));

describe("the published vectors", function () {
  this.timeout(60_000);
  let started: StartedBrowser;
  const { receipts } = published("receipts") as Pick<Vectors, "receipts">;
  const merkleSum = published("merkle-sum") as Vectors["merkleSum"];
  const vectors: Vectors = { merkleSum, receipts, trace: published("trace") as Vectors["trace"] };

  before(async () => {
    started = await startBrowser();
  });
  after(() => started.close());

  it("come out in a browser as they do in Node, each of them", async () => {
    const page = await started.browser.newPage();
    await page.addScriptTag({ content: bundled("../../test/vectors/run-in-browser.ts").toString() });
    const inBrowser: unknown = await page.evaluate(
      (all) => (Reflect.get(globalThis, "runVectors") as (vectors: unknown) => unknown)(JSON.parse(all)),
      JSON.stringify(vectors),
    );
    const inNode = runVectors(vectors);
    expect(inNode.differ).to.deep.equal([]);
    expect(inNode.ran).to.be.greaterThan(250);
    expect(inBrowser).to.deep.equal(inNode);
    const [first] = vectors.receipts;
    const changed = { ...vectors, receipts: [{ name: "changed", text: first?.text ?? "", read: "proof" }] };
    expect(runVectors(changed).differ).to.deep.equal(["changed", "changed, its path"]);
  });
});
