import { expect } from "chai";
import { packShares } from "../../../chain/coding.ts";
import {
  actorId,
  day,
  digest,
  fundedBooks,
  openBooks,
  periodLengthSeconds,
  periodStart,
  zeroDigest,
} from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const firstEnd = periodStart + periodLengthSeconds;

describe("insurers: who shares a policy period's claims", () => {
  it("are declared with their shares, in the order of the published document", async () => {
    const books = await openBooks();
    const document = digest();
    const sharesBps = [5000, 3000, 1999, 1];
    expect(eventsOf(await books.insure({ shares: sharesBps, document }))).to.deep.equal([
      {
        type: "InsurersDeclared",
        programme: 1,
        policyPeriod: 1,
        sharesBps,
        document,
        treasurer: actorId("treasurer"),
      },
    ]);
    expect((await books.lens.read.period([1, 1])).insurerShares).to.equal(packShares(sharesBps));
    const [shares] = await books.lens.read.insurerParts([1, 1]);
    expect(shares).to.deep.equal(sharesBps.map(BigInt));
  });

  it("share every payout and every recovery to the fen, by peeling", async () => {
    const books = await fundedBooks(10_000);
    await books.insure({ shares: [3334, 3333, 3333] });
    for (const [claim, amount] of [
      [1, 1],
      [2, 1],
      [3, 1000],
    ] as const) {
      await books.file();
      await books.approve(claim, { amount });
      await books.pay(claim);
    }
    await books.recover(3, { amount: 100 });
    const [, paid, recovered] = await books.lens.read.insurerParts([1, 1]);
    // a_1(1002) = floor(1002 * 0.3334) = 334; of the 668 left half each.
    expect(paid).to.deep.equal([334n, 334n, 334n]);
    expect(recovered).to.deep.equal([33n, 33n, 34n]);
    const shares = packShares([3334, 3333, 3333]);
    const parts = [];
    for (const [from, to] of [
      [0n, 1n],
      [1n, 2n],
      [2n, 1002n],
    ] as const) {
      parts.push(await books.lens.read.partsOf([shares, from, to]));
    }
    expect(parts).to.deep.equal([
      [0n, 0n, 1n],
      [0n, 1n, 0n],
      [334n, 333n, 333n],
    ]);
  });

  requires("IInsurers.declareInsurers", "`programme` exists; `policyPeriod` is declared", async () => {
    const books = await openBooks();
    await expectRefusal("UnknownProgramme", [3], books.insure({ programme: 3 }));
    for (const policyPeriod of [0, 2]) {
      await expectRefusal("UnknownPeriod", [1, policyPeriod], books.insure({ policyPeriod }));
    }
  });

  requires(
    "IInsurers.declareInsurers",
    "its insurers are not declared yet, and none of its claims was ever paid",
    async () => {
      const books = await fundedBooks(10_000);
      await books.insure();
      await expectRefusal("InsurersFixed", [1, 1], books.insure());
      await books.declarePeriod();
      await books.declarePeriod();
      await books.enrol({ policyPeriod: 2 });
      books.chain.nextAt(firstEnd + day);
      await books.file({ policyPeriod: 2, incidentFrom: firstEnd });
      await books.approve(1);
      await books.pay(1);
      await expectRefusal("InsurersFixed", [1, 2], books.insure({ policyPeriod: 2 }));
      // Returned by the bank: it was paid all the same.
      await books.giveBack(1);
      await expectRefusal("InsurersFixed", [1, 2], books.insure({ policyPeriod: 2 }));
      await books.insure({ policyPeriod: 3 });
    },
  );

  requires(
    "IInsurers.declareInsurers",
    "1 to 16 shares, each at least 1, that sum to exactly 10000",
    async () => {
      const books = await openBooks();
      for (const programme of [3, 4]) {
        await books.openProgramme();
        await books.declarePeriod({ programme });
      }
      const word = (...shares: readonly number[]): bigint =>
        shares.reduceRight((all, share) => (all << 16n) | BigInt(share), 0n);
      const sixteen = [...Array.from({ length: 15 }, () => 625), 625];
      for (const [shares, sum] of [
        [word(), 0n],
        [word(9999), 9999n],
        [word(10_001), 10_001n],
        [word(5000, 5001), 10_001n],
        [word(0, 10_000), 0n],
        [word(4000, 0, 6000), 4000n],
        [word(...sixteen.slice(0, 15), 624), 9999n],
        [word(65_535), 65_535n],
      ] as const) {
        await expectRefusal("InvalidShares", [shares, sum], books.insure({ shares }));
      }
      await books.insure({ shares: [10_000] });
      await books.insure({ programme: 2, shares: sixteen });
      await books.insure({ programme: 3, shares: [1, 9999] });
      await books.insure({ programme: 4, shares: [9999, 1] });
    },
  );

  requires("IInsurers.declareInsurers", "`document` is not zero", async () => {
    const books = await openBooks();
    await expectRefusal("ZeroDigest", [], books.insure({ document: zeroDigest }));
    await books.insure();
  });
});
