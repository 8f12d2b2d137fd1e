import { expect } from "chai";
import { verifyDonation } from "../../../protocol/verify/verify.ts";
import { openScene, type Scene } from "./scene.ts";

const seeds = [2, 5, 8, 13, 17];

describe("checking every donation of random histories", function () {
  this.timeout(60_000);
  const scenes: Scene[] = [];
  before(async () => {
    for (const seed of seeds) scenes.push(await openScene(seed, 200));
  });
  after(async () => {
    for (const scene of scenes) await scene.close();
  });

  it("passes, and finds what the gateway says to be so", async () => {
    let donations = 0;
    for (const scene of scenes) {
      const { node, gateway } = scene;
      for (const { batch, index } of scene.donations) {
        const file = await scene.proof(batch, index);
        const { verdict, results } = await verifyDonation({ file, node, gateway });
        expect(verdict, JSON.stringify(results)).to.equal("passed");
        donations += 1;
      }
    }
    expect(donations).to.be.greaterThan(100);
  });
});
