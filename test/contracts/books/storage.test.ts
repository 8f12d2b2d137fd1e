import { expect } from "chai";
import { bigEndian, fromHex, keccakHex, utf8 } from "../../../protocol/bytes.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { fundedBooks } from "../books.ts";

/** ERC-7201: keccak256(abi.encode(uint256(keccak256(id)) - 1)) & ~bytes32(uint256(0xff)). */
const erc7201 = (id: string): bigint => {
  const inner = BigInt(keccakHex(utf8(id))) - 1n;
  return BigInt(keccakHex(bigEndian(inner, 32))) & ~0xffn;
};

const slotOf = (slot: bigint) => bytes32(`0x${slot.toString(16).padStart(64, "0")}`);

describe("the books' place in storage", () => {
  it("is that of ERC-7201 for everyfen.books: the counters stand there", async () => {
    const books = await fundedBooks(10_000);
    const word = BigInt(await books.chain.storageAt(books.ledger, slotOf(erc7201("everyfen.books"))));
    const counters = Array.from({ length: 8 }, (_, index) =>
      Number((word >> BigInt(32 * index)) & 0xffff_ffffn),
    );
    // actors, funds, programmes, batches, allocations, expenses, claims, payouts
    expect(counters).to.deep.equal([7, 1, 2, 1, 1, 0, 0, 0]);
  });

  it("is open to anyone word by word", async () => {
    const books = await fundedBooks(10_000);
    const start = erc7201("everyfen.books");
    // Fund 1: mapping number 4 of the books, so that some words of it are not zero.
    const place = fromHex(`0x${"0".repeat(63)}1${slotOf(start + 4n).slice(2)}`);
    const fund = BigInt(keccakHex(place));
    const expected = [];
    for (let word = 0n; word < 4n; word += 1n) {
      expected.push(await books.chain.storageAt(books.ledger, slotOf(fund + word)));
    }
    expect(expected[0]).to.not.match(/^0x0+$/);
    expect(await books.read.extsload([slotOf(fund), 4n])).to.deep.equal(expected);
    expect(await books.read.extsload([slotOf(fund), 0n])).to.deep.equal([]);
  });
});
