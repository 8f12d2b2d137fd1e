import { expect } from "chai";
import { bytes32 } from "../../../protocol/ids.ts";
import { emptyBooks } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";

const zero = bytes32(`0x${"0".repeat(64)}`);

const withProgrammes = async (): Promise<TestBooks> => {
  const books = await emptyBooks();
  for (const currency of ["CNY", "CNY", "HKD"]) await books.openProgramme({ currency });
  return books;
};

describe("funds: one promise each", () => {
  it("keeps what it was opened with: currency, claims share, restriction and fallback", async () => {
    const books = await withProgrammes();
    await books.openFund({ claimsShareBps: 3333, restrictedTo: 2, fallbackTo: 1 });
    expect(await books.lens.read.fund([1])).to.deep.equal({
      donated: 0n,
      allocated: 0n,
      claimsShareBps: 3333,
      currency: "0x434e59",
      restrictedTo: 2,
      fallbackTo: 1,
    });
  });

  requires("IFunds.openFund", "`claimsShareBps` is at most 10000", async () => {
    const books = await withProgrammes();
    await books.openFund({ claimsShareBps: 0 });
    await books.openFund({ claimsShareBps: 10_000 });
    await expectRefusal("InvalidShare", [10_000n, 10_001n], books.openFund({ claimsShareBps: 10_001 }));
    await expectRefusal("InvalidShare", [10_000n, 65_535n], books.openFund({ claimsShareBps: 65_535 }));
  });

  requires("IFunds.openFund", "`currency` is three capital letters", async () => {
    const books = await withProgrammes();
    for (const [currency, code] of [
      ["cny", "0x636e79"],
      ["CN", "0x434e00"],
      ["C1Y", "0x433159"],
      ["CN[", "0x434e5b"],
      ["@NY", "0x404e59"],
      ["", "0x000000"],
    ] as const) {
      await expectRefusal("InvalidCurrency", [code], books.openFund({ currency }));
    }
  });

  requires("IFunds.openFund", "`document` is not zero", async () => {
    const books = await withProgrammes();
    await expectRefusal("ZeroDigest", [], books.openFund({ document: zero }));
  });

  requires(
    "IFunds.openFund",
    "`restrictedTo` and `fallbackTo` are both 0, or two different programmes that exist in this currency",
    async () => {
      const books = await withProgrammes();
      for (const [restrictedTo, fallbackTo] of [
        [1, 1],
        [0, 1],
      ] as const) {
        const facts = [restrictedTo, fallbackTo];
        await expectRefusal("InvalidFallback", facts, books.openFund({ restrictedTo, fallbackTo }));
      }
      await expectRefusal("UnknownProgramme", [0], books.openFund({ restrictedTo: 1 }));
      await expectRefusal("UnknownProgramme", [4], books.openFund({ restrictedTo: 4, fallbackTo: 1 }));
      await expectRefusal("UnknownProgramme", [4], books.openFund({ restrictedTo: 1, fallbackTo: 4 }));
    },
  );

  it("has the currency of the programme that it is restricted to, and of its fallback", async () => {
    const books = await withProgrammes();
    const facts = ["0x484b44", "0x434e59"];
    await expectRefusal("CurrencyMismatch", facts, books.openFund({ restrictedTo: 3, fallbackTo: 1 }));
    await expectRefusal("CurrencyMismatch", facts, books.openFund({ restrictedTo: 1, fallbackTo: 3 }));
  });
});
