import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { fromHex, keccakHex } from "../../../protocol/bytes.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { recordKinds } from "../../../protocol/ledger/events.ts";
import { fundedBooks } from "../books.ts";
import type { TestBooks } from "../books.ts";

/** As contracts/books/LedgerStorage.sol says; see there why. */
const booksStart = 0x1000n;

const slotOf = (slot: bigint) => bytes32(`0x${slot.toString(16).padStart(64, "0")}`);

interface Variable {
  readonly label: string;
  readonly slot: string;
  readonly bytes: number;
}

const variables = (): readonly Variable[] => {
  const script = fileURLToPath(new URL("../analyse.ts", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" })).variables;
};

const wordAt = async (books: TestBooks, slot: bigint): Promise<bigint> =>
  BigInt(await books.chain.storageAt(books.ledger, slotOf(slot)));

describe("the books' place in storage", () => {
  it("begins behind every variable that the compiler places: those of the inherited contracts", () => {
    const placed = variables();
    expect(placed.map(({ label }) => label)).to.include.members(["_roles", "_paused", "_currentDelay"]);
    for (const { label, slot, bytes } of placed) {
      const behind = BigInt(slot) + BigInt(Math.ceil(bytes / 32));
      expect(behind <= booksStart, `${label} ends at slot ${behind}`).to.equal(true);
    }
  }).timeout(60_000);

  it("begins with the counters, in the order of the record kinds, 32 bits each", async () => {
    const books = await fundedBooks(10_000);
    await books.openFinding();
    const words = [await wordAt(books, booksStart), await wordAt(books, booksStart + 1n)];
    const counters = recordKinds.map((kind, index) => {
      const word = words[Math.floor(index / 8)] ?? 0n;
      return [kind, Number((word >> BigInt(32 * (index % 8))) & 0xffff_ffffn)] as const;
    });
    expect(Object.fromEntries(counters.filter(([, last]) => last !== 0))).to.deep.equal({
      actor: 10,
      fund: 1,
      programme: 2,
      batch: 1,
      allocation: 1,
      roster: 2,
      finding: 1,
    });
  });

  it("is open to anyone word by word", async () => {
    const books = await fundedBooks(10_000);
    // Fund 1: the mapping behind the counters, accounts, channels and operations.
    const place = fromHex(`0x${"0".repeat(63)}1${slotOf(booksStart + 5n).slice(2)}`);
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
