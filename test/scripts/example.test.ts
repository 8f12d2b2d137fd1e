import { expect } from "chai";
import { tellExample } from "../../scripts/example/tell.ts";

describe("npm run example", () => {
  it("tells the worked example in the contract's own figures, from the gifts to the last fen", async function () {
    // Compiling is counted here where nothing was compiled before.
    this.timeout(120_000);
    const lines: string[] = [];
    await tellExample((line) => lines.push(line));
    expect(lines).to.deep.equal([
      "A fund promises 9,000 of 10,000 parts to claims. Money stands in its line in the order it was recorded.",
      "",
      "1. Three gifts",
      "   A gives 1 fen: positions [0, 1), 0 of them for claims",
      "   B gives 999 fen: positions [1, 1000), 900 of them for claims",
      "   C gives 10,000 fen: positions [1000, 11000), 9,000 of them for claims",
      "   Together 11,000 fen, 9,900 for claims: floor(11,000 × 9000 / 10000), and nothing lost to rounding",
      "",
      "2. 5,500 fen are allocated to programme P and 5,500 to programme Q",
      "   P: 4,950 into the claims reserve, 550 for operating cost",
      "   Q: 4,950 into the claims reserve, 550 for operating cost",
      "",
      "3. Claim 1 at P is paid: 4,000 fen from the front of the reserve",
      "   Who paid it: B 900, C 3,100",
      "",
      "4. The year ends",
      "   P: opening 0 + allocated 4,950 − paid 4,000 = carried forward 950",
      "   Whose money that is: C 950",
      "",
      "5. Claim 2 at P is approved for 1,200 fen",
      "   The reserve holds 950: the claim waits, the shortfall is 250",
      "   Paying it now, the contract refuses: ReserveTooSmall: available 950, required 1200",
      "",
      "6. D gives 278 fen, and they are allocated to P",
      "   c(11278) − c(11000) = 250 of them reach the reserve, the shortfall is 0",
      "   Claim 2 is paid: C 950, D 250",
      "",
      "7. Where every fen of the fund is now",
      "   donated 11,278 = not yet allocated 0 + paid 5,200 + in reserve 4,950 + operating spent 0 + operating unspent 1,128",
      "",
      "The contract said every figure; the protocol, from the contract's events alone, says the same.",
      "Laws held: L1, L2, L3, L4, L5, L6",
    ]);
  });
});
