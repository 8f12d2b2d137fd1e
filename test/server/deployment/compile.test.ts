import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { compileContracts } from "../../../server/deployment/compile.ts";
import { temporaryFolder } from "../gateway.ts";

describe("the contracts that a gateway deploys", () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const kept = join(folder.path, "gateway.json");
  let builds = 0;
  const compile = () => compileContracts(kept, async () => void (builds += 1));

  it("are compiled once for the same sources", async () => {
    const first = await compile();
    expect(await compile()).to.deep.equal(first);
    expect(builds).to.equal(1);
    expect(first.ledger.bytecode).to.match(/^0x60[0-9a-f]{30000}/);
  });

  it("are compiled again where what is kept is of other sources, or unreadable", async () => {
    const right = readFileSync(kept, "utf8");
    const others = JSON.stringify({ sources: "others", ledger: invented, lens: invented });
    for (const [times, text] of [others, "{", "{}"].entries()) {
      writeFileSync(kept, text);
      expect((await compile()).ledger.bytecode).to.not.equal(invented.bytecode);
      expect(builds).to.equal(2 + times);
      expect(readFileSync(kept, "utf8")).to.equal(right);
    }
  });

  it("leave one whole file, whoever asks at once", async () => {
    writeFileSync(kept, "");
    const all = await Promise.all([compile(), compile(), compile()]);
    expect(new Set(all.map(({ lens }) => lens.bytecode)).size).to.equal(1);
    expect(readdirSync(folder.path)).to.deep.equal(["gateway.json"]);
  });
});

const invented = { abi: "[]", bytecode: "0x00", runtime: "0x00", immutables: [] };
