/**
 * Whoever lies, node or gateway, is caught, and the lie is named as exactly what it is. Every lie is told about a gift of
 * a random history that it fits; all else in the answer is the truth.
 */
import { expect } from "chai";
import { failureKinds, type FailureKind } from "../../../protocol/verify/steps.ts";
import { verifyDonation } from "../../../protocol/verify/verify.ts";
import { gatewayLies } from "./gateway-lies.ts";
import type { Told } from "./lying.ts";
import { nodeLies } from "./node-lies.ts";
import { openScene, type Scene } from "./scene.ts";

const seeds = [2, 5, 8, 13, 17];
const historyLength = 200;

describe("a lying node or gateway", function () {
  this.timeout(60_000);
  const told: Told[] = [];
  const scenes: Scene[] = [];
  const found = new Set<FailureKind>();

  before(async () => {
    for (const seed of seeds) scenes.push(await openScene(seed, historyLength));
    for (const scene of scenes) {
      const { donations, node, gateway, state } = scene;
      for (const { batch, index } of donations) {
        const question = { file: await scene.proof(batch, index), node, gateway };
        const report = await verifyDonation(question);
        told.push({ question, report, count: state.batches[batch - 1]?.count ?? 0 });
      }
    }
  });
  after(async () => {
    for (const scene of scenes) await scene.close();
  });

  for (const [name, kind, fits, lie] of [...nodeLies, ...gatewayLies]) {
    it(`${name}: ${kind}`, async () => {
      const truth = told.find((gift) => fits(gift) && gift.question.file.includes("notedHead"));
      if (truth === undefined) throw new RangeError("no gift fits this lie");
      expect(truth.report.verdict).to.equal("passed");
      const { verdict, results } = await verifyDonation(lie(truth.question));
      const failed = results.flatMap((result) => (result.outcome === "failed" ? [result.kind] : []));
      expect(failed, JSON.stringify(results)).to.deep.equal([kind]);
      expect(verdict).to.equal("failed");
      found.add(kind);
    });
  }

  it("can be told no lie that has a name and is not tried here", () => {
    const elsewhere = [...failureKinds.opening, ...failureKinds.receipt, ...failureKinds.remains];
    const all = Object.values(failureKinds).flat();
    const untried = all.filter((kind) => !found.has(kind) && !elsewhere.some((other) => other === kind));
    expect(untried).to.deep.equal([]);
  });
});
