import { expect } from "chai";
import { getContract, parseAbi } from "viem";
import { buildTree } from "../../../protocol/donations/merkle-sum.ts";
import { position } from "../../../protocol/amounts.ts";
import { claimsBetween, claimsShare } from "../../../protocol/lines/share.ts";
import { leavesOf, openBooks } from "../books.ts";
import { chain } from "../chain.ts";

const abi = parseAbi([
  "function claimsUpTo(uint256 end, uint256 bps) pure returns (uint256)",
  "function claimsIn(uint256 start, uint256 end, uint256 bps) pure returns (uint256)",
  "function positionOfClaimsFen(uint256 claimsPosition, uint256 bps) pure returns (uint256)",
  "function claimsOfGrowingGifts(uint256 last, uint256 bps) pure returns (uint256[])",
]);
const harness = getContract({ address: await chain.deploy("ShareHarness"), abi, client: chain.reader() });

const shares = [0, 1, 3333, 9000, 9999, 10_000];
const growing = Array.from({ length: 1000 }, (_, index) => index + 1);
/** Where the gift of n fen ends after those of 1 to n - 1 fen. */
const endOf = (amount: number): bigint => BigInt((amount * (amount + 1)) / 2);

describe("the promise on the contract: all amounts from 1 to 1,000 fen", () => {
  for (const bps of shares) {
    it(`at ${bps} basis points each gift gives c(end) - c(start), and together exactly the promise`, async () => {
      const claims = await harness.read.claimsOfGrowingGifts([1000n, BigInt(bps)]);
      const expected = growing.map((amount) =>
        claimsBetween(position(endOf(amount - 1)), position(endOf(amount)), bps),
      );
      expect(claims).to.deep.equal(expected);
      const sum = claims.reduce((all, share) => all + share, 0n);
      expect(sum).to.equal((endOf(1000) * BigInt(bps)) / 10_000n);
      expect(await harness.read.claimsUpTo([endOf(1000), BigInt(bps)])).to.equal(sum);
    });

    it(`at ${bps} basis points a gift of any amount at the line's start gives its share rounded down`, async () => {
      for (const amount of growing.filter((each) => each % 37 === 0 || each <= 20)) {
        const share = await harness.read.claimsIn([0n, BigInt(amount), BigInt(bps)]);
        expect(share).to.equal(claimsShare(position(BigInt(amount)), bps));
      }
    });
  }

  it("finds the fund position of every claims fen among the first 2,000", async () => {
    for (const bps of [1, 3333, 9000, 10_000]) {
      const last = Number(claimsShare(position(2000n), bps));
      const step = bps === 3333 ? 1 : 11;
      for (let fen = 0; fen < last; fen += step) {
        const found = await harness.read.positionOfClaimsFen([BigInt(fen), BigInt(bps)]);
        expect(claimsShare(position(found), bps)).to.equal(BigInt(fen));
        expect(claimsShare(position(found + 1n), bps)).to.equal(BigInt(fen + 1));
      }
    }
  });

  it("holds in one batch of gifts of 1, 2, … 1,000 fen: the lens traces the promise of each by its proof", async () => {
    const books = await openBooks();
    const leaves = leavesOf(growing);
    await books.record({ leaves });
    // Two allocations that part the line in the middle of a gift.
    await books.allocate({ amount: 250_001 });
    await books.allocate({ programme: 2, amount: 250_499 });
    const inReserve = 2;
    const tree = buildTree(leaves);
    let total = 0n;
    for (const amount of growing) {
      const { start, slices } = await books.trace(1, leaves, amount - 1, tree);
      const toClaims = slices
        .filter(({ place }) => place === inReserve)
        .reduce((sum, slice) => sum + slice.amount, 0n);
      const all = slices.reduce((sum, slice) => sum + slice.amount, 0n);
      expect([start, all]).to.deep.equal([endOf(amount - 1), BigInt(amount)]);
      expect(toClaims).to.equal(claimsBetween(position(start), position(endOf(amount)), 9000));
      total += toClaims;
    }
    expect(total).to.equal(450_450n);
  }).timeout(60_000);
});
