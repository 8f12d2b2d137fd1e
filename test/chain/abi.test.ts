import { expect } from "chai";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { compileContracts } from "../../server/deployment/compile.ts";

describe("chain/abi", () => {
  it("is the ABI of the compiled contracts; `npm run build && npm run abi` writes it", async function () {
    this.timeout(120_000);
    const { ledger, lens } = await compileContracts();
    expect(ledgerAbi).to.deep.equal(JSON.parse(ledger.abi));
    expect(lensAbi).to.deep.equal(JSON.parse(lens.abi));
  });
});
