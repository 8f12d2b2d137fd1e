/**
 * The published receipts on the contract. A contract reads no file: it is told the place, the leaf and the siblings that
 * stand in one, as they stand there, and answers by its own code where on the fund's line they lead. Chain and ledger are
 * those of the file, so it is asked by the library that ledger and lens are built on, which takes them as arguments.
 */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { getContract, parseAbi } from "viem";
import { bigEndian, concat, fromHex, keccakHex, toHex, utf8 } from "../../../protocol/bytes.ts";
import { isHex, isRecord } from "../../../server/chain/wire.ts";
import type { Vectors } from "../../vectors/run.ts";
import { chain } from "../chain.ts";

const { receipts } = JSON.parse(
  readFileSync(new URL("../../vectors/receipts.json", import.meta.url), "utf8"),
) as Pick<Vectors, "receipts">;

const harness = getContract({
  address: await chain.deploy("MerkleSumHarness"),
  abi: parseAbi([
    "function climb(uint256 index, uint256 count, uint256 amount, bytes32 commitment, bytes proof) pure returns (bool ok, bytes32 treeRoot, uint256 sum, uint256 leftSum)",
    "function batchRoot(uint256 chainId, address ledger, uint256 fund, uint256 batch, uint256 startsAt, uint256 count, uint256 sum, bytes32 treeRoot) pure returns (bytes32)",
  ]),
  client: chain.reader(),
});

/** Broken files that say something else to a contract as well, and what it finds. */
const refused: Readonly<Record<string, string>> = {
  "an amount of nothing": "pathRefused",
  "an amount as a number": "pathRootDiffers",
  "a channel that is none": "pathRootDiffers",
  "a time without its zone": "pathRootDiffers",
  "a number with spaces around it": "pathRootDiffers",
  "a number that is not in normal form": "pathRootDiffers",
  "chain 0": "pathRootDiffers",
  "batch 0": "pathRootDiffers",
  "a count of more than any batch": "pathRefused",
  "a sibling of nothing": "pathSumDiffers",
  "a sibling missing": "pathRefused",
  "a sibling too many": "pathRefused",
  "past the end of its batch": "pathRefused",
};

/** Broken files of which no call can be made, and what stands in the way. */
const unaskable: Readonly<Record<string, string>> = {
  "no JSON": "the file is no JSON",
  nothing: "the file is no JSON",
  "a list": "the file is no object",
  "some other file": "chain is no object",
  "no opening": "leaf is no object",
  "no batch": "batch is no object",
  "an opening without salt and a head without hash": "salt is not of 32 bytes",
  "a salt cut short": "salt is not of 32 bytes",
  "an amount in yuan": "amount is no uint64",
  "a ledger that is no account": "ledger is not of 20 bytes",
  "a position past every line": "startsAt is no uint96",
  "siblings that are none": "siblings are no list",
  "a sibling that is a text": "sibling is no object",
};

/** Broken files whose donation is proven all the same, and why a contract cannot see what is wrong with them. */
const unseen: Readonly<Record<string, string>> = {
  "no format": "the format's name is in no call",
  "longer than any receipt": "what is too long is in no call",
  "another version": "the file's version is in no call; the version in the root is the contract's own",
  "a member more": "the member is in no call",
  "a member more inside": "the member is in no call",
  "a digest in upper case": "the 32 bytes are the same",
  "a block below 0": "the head is in no call",
  "a note without its block": "the note is in no call",
  "another donation's code": "the code is in no call",
  "spaces between": "the values are the same",
  "a line end behind": "the values are the same",
  "a name twice": "the values are the same",
  "escapes that are not needed": "the values are the same",
  "a proof with an opening": "the format's name is in no call",
};

class Unaskable extends Error {}

type Members = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown, name: string): Members => {
  if (!isRecord(value)) throw new Unaskable(`${name} is no object`);
  return value;
};

const uintOf = (members: Members, name: string, bits: number): bigint => {
  const digits = String(members[name]);
  const value = /^[0-9]+$/.test(digits) ? BigInt(digits) : -1n;
  if (value < 0n || value >= 1n << BigInt(bits)) throw new Unaskable(`${name} is no uint${bits}`);
  return value;
};

const bytesOf = (members: Members, name: string, lengthBytes: number): `0x${string}` => {
  const value = members[name];
  if (!isHex(value) || value.length !== 2 + 2 * lengthBytes) {
    throw new Unaskable(`${name} is not of ${lengthBytes} bytes`);
  }
  return toHex(fromHex(value));
};

const jsonOf = (file: string): unknown => {
  try {
    return JSON.parse(file);
  } catch {
    throw new Unaskable("the file is no JSON");
  }
};

/** The leaf of a proof, or what an opening commits to as it stands there: nothing is checked, nothing mended. */
const leafIn = (file: Members) => {
  if (file["opening"] === undefined) {
    const leaf = objectOf(file["leaf"], "leaf");
    return { amount: uintOf(leaf, "amount", 64), commitment: bytesOf(leaf, "commitment", 32) };
  }
  const opening = objectOf(file["opening"], "opening");
  const { amount, channel, occurredAt, transactionNumber } = opening;
  const payload = utf8(JSON.stringify({ amount, channel, occurredAt, transactionNumber }));
  const commitment = keccakHex(concat(Uint8Array.of(0x10), fromHex(bytesOf(opening, "salt", 32)), payload));
  return { amount: uintOf(opening, "amount", 64), commitment };
};

const proofIn = (file: Members): `0x${string}` => {
  const siblings: unknown = file["siblings"];
  if (!Array.isArray(siblings)) throw new Unaskable("siblings are no list");
  const packed = siblings.map((value: unknown) => {
    const sibling = objectOf(value, "sibling");
    return concat(fromHex(bytesOf(sibling, "hash", 32)), bigEndian(uintOf(sibling, "sum", 64), 8));
  });
  return toHex(concat(...packed));
};

/** What the contract finds; `start` is where the donation stands on the fund's line. Throws Unaskable. */
const judged = async (text: string) => {
  const file = objectOf(jsonOf(text), "the file");
  const [place, batch] = [objectOf(file["chain"], "chain"), objectOf(file["batch"], "batch")];
  const [chainId, ledger] = [uintOf(place, "chainId", 64), bytesOf(place, "ledger", 20)];
  const [fund, number] = [uintOf(batch, "fund", 32), uintOf(batch, "batch", 32)];
  const [startsAt, count] = [uintOf(batch, "startsAt", 96), uintOf(batch, "count", 32)];
  const { amount, commitment } = leafIn(file);
  const claim = [uintOf(file, "index", 32), count, amount, commitment, proofIn(file)] as const;
  const [ok, treeRoot, sum, leftSum] = await harness.read.climb(claim);
  if (!ok) return { path: "pathRefused" };
  if (sum !== uintOf(batch, "sum", 64)) return { path: "pathSumDiffers" };
  const sealed = [chainId, ledger, fund, number, startsAt, count, sum, treeRoot] as const;
  const batchRoot = await harness.read.batchRoot(sealed);
  if (batchRoot !== bytesOf(batch, "root", 32)) return { path: "pathRootDiffers" };
  return { path: "proven", amount, commitment, leftSum, treeRoot, batchRoot, start: startsAt + leftSum };
};

const reasonUnaskable = async (text: string): Promise<string | undefined> => {
  try {
    await judged(text);
    return undefined;
  } catch (error) {
    if (error instanceof Unaskable) return error.message;
    throw error;
  }
};

describe("receipts: the published vectors on the contract", () => {
  const well = receipts.filter(({ path }) => path !== undefined);
  const broken = receipts.filter(({ path }) => path === undefined);
  const textOf = (name: string): string =>
    broken.find((one) => one.name === name)?.text ?? expect.fail(`no broken vector is named ${name}`);

  for (const { name, text, path, opens } of well) {
    it(`${name}: ${path}`, async () => {
      const found = await judged(text);
      expect(found.path).to.equal(path);
      if (opens === undefined) return;
      const { amount, commitment, leftSum, treeRoot, batchRoot, start } = found;
      const shown = { amount: String(amount), commitment, leftSum: String(leftSum), treeRoot, batchRoot };
      expect(shown).to.deep.equal(opens);
      expect(start).to.equal(1_234_567n + BigInt(opens["leftSum"] ?? ""));
    });
  }

  it("says of each broken vector what a contract makes of it", () => {
    const said = [refused, unaskable, unseen].flatMap((names) => Object.keys(names));
    expect(said.toSorted()).to.deep.equal(broken.map(({ name }) => name).toSorted());
  });

  for (const [name, path] of Object.entries(refused)) {
    it(`${name}: ${path}`, async () => expect(await judged(textOf(name))).to.deep.equal({ path }));
  }

  for (const [name, reason] of Object.entries(unaskable)) {
    it(`${name}: cannot be asked, ${reason}`, async () =>
      expect(await reasonUnaskable(textOf(name))).to.equal(reason));
  }

  for (const [name, reason] of Object.entries(unseen)) {
    it(`${name}: cannot be seen, ${reason}`, async () =>
      expect((await judged(textOf(name))).path).to.equal("proven"));
  }

  it("proves nothing once any byte of root, ledger, salt or a sibling's digest is another", async () => {
    const { text } = receipts.find(({ name }) => name === "one of five") ?? expect.fail();
    // The digest before a number is the head's, which is in no call.
    const digests = /"(?:root|ledger|salt|hash)":"0x([0-9a-f]+)"(?!,"number")/g;
    const places = [...text.matchAll(digests)].flatMap(({ index, 0: all, 1: digits = "" }) =>
      Array.from({ length: digits.length / 2 }, (_, byte) => index + all.length - 2 - 2 * byte),
    );
    expect(places).to.have.lengthOf(5 * 32 + 20);
    for (const at of places) {
      const digit = (Number.parseInt(text.charAt(at), 16) ^ 1).toString(16);
      const flipped = `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
      expect(await judged(flipped), flipped.slice(at - 8, at + 1)).to.deep.equal({ path: "pathRootDiffers" });
    }
  });
});
