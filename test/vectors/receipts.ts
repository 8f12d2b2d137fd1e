/**
 * Writes receipts.json, the published vectors of receipts and proofs: run it with `node test/vectors/receipts.ts`.
 * Everything is derived from fixed text and looks invented. `read` is what a reader must find: the kind of the file,
 * or every fault with its place. `path` is what a file that reads well proves: "proven", or why its path does not lead
 * to its batch. `opens` is the leaf that a receipt opens and the root that its path leads to.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, fen, largestAmountFen, position, type Fen } from "../../protocol/amounts.ts";
import { keccakHex, utf8 } from "../../protocol/bytes.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { DonationPayload } from "../../protocol/donations/commitment.ts";
import { sortLeaves, type Leaf } from "../../protocol/donations/leaves.ts";
import { batchRoot, buildTree } from "../../protocol/donations/merkle-sum.ts";
import { address, batchId, fundId } from "../../protocol/ids.ts";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import type { FoundFault, ReceiptFault } from "../../protocol/receipt/read.ts";
import type { Opening, Receipt } from "../../protocol/receipt/types.ts";
import { leafOf, proofOf, proofText, receiptJson, receiptText } from "../../protocol/receipt/write.ts";

/** As the check of a gift names it. */
type Miss = "pathRefused" | "pathSumDiffers" | "pathRootDiffers";

interface ReceiptCase {
  readonly name: string;
  readonly text: string;
  readonly read: "receipt" | "proof" | readonly FoundFault[];
  readonly path?: "proven" | Miss;
  readonly opens?: {
    readonly amount: string;
    readonly commitment: string;
    readonly leftSum: string;
    readonly treeRoot: string;
    readonly batchRoot: string;
  };
}

const place = {
  chainId: 8650,
  ledger: address("0x5fbdb2315678afecb367f032d93f642f64180aa3"),
  lens: address("0xe7f1725e7734ce288f8367e1bb143e90bb3f0512"),
};
const head = { number: 1_234, hash: keccakHex(utf8("an invented head")), time: 1_575_072_900 };

const payloadOf = (number: number): DonationPayload => ({
  amount: String(100 * number + 1),
  channel: number % 2 === 0 ? "alipay" : "bank",
  occurredAt: number % 2 === 0 ? "2019-11-30T08:15:00+08:00" : "2019-11-30",
  transactionNumber: `INVENTED-${number}`,
});

const openingOf = (number: number, payload = payloadOf(number)): Opening => ({
  salt: keccakHex(utf8(`invented salt ${number}`)),
  payload,
});

interface Scene {
  readonly receipt: Receipt;
  readonly leaves: readonly Leaf[];
  readonly treeRoot: string;
}

/** Gift `number` in a batch of the gifts 1 to `count`. */
const sceneOf = (number: number, count: number, own: Opening = openingOf(number)): Scene => {
  const openings = Array.from({ length: count }, (_, at) => (at + 1 === number ? own : openingOf(at + 1)));
  const leaves = sortLeaves(openings.map((opening): Leaf => leafOf({ opening })));
  const { root: treeRoot, sum, proof } = buildTree(leaves);
  const sealed = { fund: fundId(2), batch: batchId(17), startsAt: position(1_234_567n), count, sum };
  const { chainId, ledger: contract } = place;
  const root = batchRoot({ version: 1, chainId, contract, ...sealed, treeRoot });
  const { commitment } = leafOf({ opening: own });
  const index = leaves.findIndex((leaf) => leaf.commitment === commitment);
  const batch = { ...sealed, root };
  return { receipt: { place, batch, index, siblings: proof(index), head, opening: own }, leaves, treeRoot };
};

const opened = (name: string, { receipt, leaves, treeRoot }: Scene): ReceiptCase => {
  const { amount, commitment } = leafOf(receipt);
  const leftSum = leaves.slice(0, receipt.index).reduce<bigint>((sum, leaf) => sum + leaf.amount, 0n);
  const opens = { amount: String(amount), commitment, leftSum: String(leftSum), treeRoot };
  return {
    name,
    text: receiptText(receipt),
    read: "receipt",
    path: "proven",
    opens: { ...opens, batchRoot: receipt.batch.root },
  };
};

/** The largest of everything that a receipt can hold. */
const largest = (): Scene =>
  sceneOf(
    1,
    3_000,
    openingOf(1, {
      amount: "18446744072000000000",
      channel: "a-channel-of-thirty-one-letters",
      occurredAt: "9999-12-31T23:59:59+08:00",
      transactionNumber: "\u{4e00}".repeat(128),
    }),
  );

const usual = sceneOf(2, 5);

const faultOf = (fault: ReceiptFault, at = ""): FoundFault => ({ fault, at });

const broken = (name: string, text: string, ...read: readonly FoundFault[]): ReceiptCase => ({
  name,
  text,
  read,
});

type Members = { readonly [name: string]: Json };

/** The usual receipt with other members; an undefined one is left out. */
const changed = (change: { readonly [name: string]: Json | undefined }): string => {
  const members: { [name: string]: Json } = { ...receiptJson(usual.receipt) };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete members[name];
    else members[name] = value;
  }
  return canonicalJson(members);
};

const inside = (name: "batch" | "chain" | "head" | "opening", change: Members): string =>
  changed({ [name]: { ...receiptJson(usual.receipt)[name], ...change } });

const brokenCases = (): readonly ReceiptCase[] => {
  const text = receiptText(usual.receipt);
  const { siblings } = receiptJson(usual.receipt);
  const other = encodeCode({ kind: "donation", batch: batchId(17), index: usual.receipt.index + 1 });
  const code = (index: number): string => encodeCode({ kind: "donation", batch: batchId(17), index });
  return [
    broken("no JSON", text.slice(0, -1), faultOf("notJson")),
    broken("nothing", "", faultOf("notJson")),
    broken("a list", "[]", faultOf("notAReceipt")),
    broken("some other file", '{"format":"something-else"}', faultOf("notAReceipt", "format")),
    broken("no format", changed({ format: undefined }), faultOf("notAReceipt", "format")),
    broken("longer than any receipt", changed({ note: "x".repeat(5_000) }), faultOf("tooLong")),
    broken("another version", changed({ version: 2 }), faultOf("otherVersion", "version")),
    broken("a member more", changed({ note: "hello" }), faultOf("unknown", "note")),
    broken("a member more inside", inside("batch", { note: 1 }), faultOf("unknown", "batch.note")),
    broken("no opening", changed({ opening: undefined }), faultOf("missing", "opening")),
    broken("no batch", changed({ batch: undefined }), faultOf("missing", "batch")),
    broken(
      "an opening without salt and a head without hash",
      changed({
        opening: { ...payloadOf(2) },
        head: { number: head.number, time: head.time },
      }),
      faultOf("missing", "head.hash"),
      faultOf("missing", "opening.salt"),
    ),
    broken("a salt cut short", inside("opening", { salt: "0x12" }), faultOf("malformed", "opening.salt")),
    broken(
      "a digest in upper case",
      inside("batch", { root: usual.receipt.batch.root.toUpperCase().replace("0X", "0x") }),
      faultOf("malformed", "batch.root"),
    ),
    broken(
      "an amount of nothing",
      inside("opening", { amount: "0" }),
      faultOf("malformed", "opening.amount"),
    ),
    broken(
      "an amount in yuan",
      inside("opening", { amount: "2.01" }),
      faultOf("malformed", "opening.amount"),
    ),
    broken(
      "an amount as a number",
      inside("opening", { amount: 201 }),
      faultOf("malformed", "opening.amount"),
    ),
    broken(
      "a channel that is none",
      inside("opening", { channel: "Alipay" }),
      faultOf("malformed", "opening.channel"),
    ),
    broken(
      "a time without its zone",
      inside("opening", { occurredAt: "2019-11-30T08:15:00Z" }),
      faultOf("malformed", "opening.occurredAt"),
    ),
    broken(
      "a number with spaces around it",
      inside("opening", { transactionNumber: " INVENTED-2" }),
      faultOf("malformed", "opening.transactionNumber"),
    ),
    broken(
      "a number that is not in normal form",
      inside("opening", { transactionNumber: "e\u0301" }),
      faultOf("malformed", "opening.transactionNumber"),
    ),
    broken(
      "a ledger that is no account",
      inside("chain", { ledger: "0x12" }),
      faultOf("malformed", "chain.ledger"),
    ),
    broken("chain 0", inside("chain", { chainId: 0 }), faultOf("malformed", "chain.chainId")),
    broken("a block below 0", inside("head", { number: -1 }), faultOf("malformed", "head.number")),
    broken("batch 0", inside("batch", { batch: 0 }), faultOf("malformed", "batch.batch")),
    broken(
      "a position past every line",
      inside("batch", { startsAt: (1n << 96n).toString() }),
      faultOf("malformed", "batch.startsAt"),
    ),
    broken(
      "a count of more than any batch",
      inside("batch", { count: 3_001 }),
      faultOf("malformed", "batch.count"),
    ),
    broken("siblings that are none", changed({ siblings: {} }), faultOf("malformed", "siblings")),
    broken(
      "a sibling that is a text",
      changed({ siblings: ["0x12", ...siblings.slice(1)] }),
      faultOf("malformed", "siblings.0"),
    ),
    broken(
      "a sibling of nothing",
      changed({ siblings: siblings.map((node, at) => (at === 1 ? { ...node, sum: "0" } : node)) }),
      faultOf("malformed", "siblings.1.sum"),
    ),
    broken("a sibling missing", changed({ siblings: siblings.slice(1) }), faultOf("proofLength", "siblings")),
    broken(
      "a sibling too many",
      changed({ siblings: [...siblings, ...siblings.slice(0, 1)] }),
      faultOf("proofLength", "siblings"),
    ),
    broken("another donation's code", changed({ code: other }), faultOf("otherCode", "code")),
    broken("past the end of its batch", changed({ index: 5, code: code(5) }), faultOf("outside", "index")),
    broken(
      "a note without its block",
      changed({ notedHead: {} }),
      faultOf("missing", "notedHead.number"),
      faultOf("missing", "notedHead.hash"),
    ),
    broken("spaces between", JSON.stringify(JSON.parse(text), undefined, 1), faultOf("notCanonical")),
    broken("a line end behind", `${text}\n`, faultOf("notCanonical")),
    broken("a name twice", text.replace('{"batch"', '{"version":1,"batch"'), faultOf("notCanonical")),
    broken(
      "escapes that are not needed",
      text.replace("INVENTED", "\\u0049NVENTED"),
      faultOf("notCanonical"),
    ),
    broken(
      "a proof with an opening",
      canonicalJson({ ...receiptJson(usual.receipt), format: "everyfen-proof" }),
      faultOf("missing", "leaf"),
      faultOf("unknown", "opening"),
    ),
  ];
};

/** The usual receipt, or its proof, with something in it that is not so, and everything else as it should be. */
const forgedCases = (): readonly ReceiptCase[] => {
  const { receipt } = usual;
  const { place, batch, siblings, index, opening } = receipt;
  const proof = proofOf(receipt);
  const forged = (name: string, path: Miss, change: Partial<Receipt>): ReceiptCase => ({
    name,
    text: receiptText({ ...receipt, ...change }),
    read: "receipt",
    path,
  });
  const forgedProof = (name: string, path: Miss, change: Partial<Leaf>): ReceiptCase => ({
    name,
    text: proofText({ ...proof, leaf: { ...proof.leaf, ...change } }),
    read: "proof",
    path,
  });
  const opened = (change: Partial<DonationPayload>): Partial<Receipt> => ({
    opening: { ...opening, payload: { ...opening.payload, ...change } },
  });
  const [low, middle, high] = siblings.map(({ sum }) => sum);
  if (low === undefined || middle === undefined || high === undefined) throw new RangeError("three siblings");
  const withSums = (...sums: readonly Fen[]): Partial<Receipt> => ({
    siblings: siblings.map(({ hash }, at) => ({ hash, sum: sums[at] ?? low })),
  });
  const otherDigest = keccakHex(utf8("another donor's"));
  const inBatch = (change: Partial<Receipt["batch"]>): Partial<Receipt> => ({
    batch: { ...batch, ...change },
  });
  return [
    forged("a gift of a fen more", "pathSumDiffers", opened({ amount: "202" })),
    forged("money of another channel", "pathRootDiffers", opened({ channel: "bank" })),
    forged("money of another day", "pathRootDiffers", opened({ occurredAt: "2019-12-01" })),
    forged("another payment's number", "pathRootDiffers", opened({ transactionNumber: "INVENTED-3" })),
    forged("another salt", "pathRootDiffers", { opening: { ...opening, salt: otherDigest } }),
    forgedProof("a leaf of a fen more", "pathSumDiffers", { amount: fen(proof.leaf.amount + 1n) }),
    forgedProof("another commitment", "pathRootDiffers", { commitment: otherDigest }),
    forged("another place in the batch", "pathRootDiffers", { index: index - 1 }),
    forged("a sibling of another digest", "pathRootDiffers", {
      siblings: siblings.map((node, at) => (at === 1 ? { ...node, hash: otherDigest } : node)),
    }),
    forged("siblings in another order", "pathRootDiffers", { siblings: siblings.toReversed() }),
    forged("a sibling of a fen more", "pathSumDiffers", withSums(low, fen(middle + 1n), high)),
    forged(
      "a fen taken from one sibling for another",
      "pathRootDiffers",
      withSums(fen(low + 1n), fen(middle - 1n), high),
    ),
    forged("sums past 64 bits", "pathRefused", withSums(low, middle, fen(largestAmountFen))),
    forged("a batch of a fen more", "pathSumDiffers", inBatch({ sum: fen(batch.sum + 1n) })),
    forged("a batch of one gift more", "pathRootDiffers", inBatch({ count: batch.count + 1 })),
    forged(
      "a batch that starts a fen later",
      "pathRootDiffers",
      inBatch({ startsAt: after(batch.startsAt, fen(1n)) }),
    ),
    forged("another fund's batch", "pathRootDiffers", inBatch({ fund: fundId(3) })),
    forged("another batch", "pathRootDiffers", inBatch({ batch: batchId(18) })),
    forged("another root", "pathRootDiffers", inBatch({ root: otherDigest })),
    forged("another chain", "pathRootDiffers", { place: { ...place, chainId: 8_651 } }),
    forged("another ledger", "pathRootDiffers", { place: { ...place, ledger: place.lens } }),
  ];
};

const cases = (): readonly ReceiptCase[] => {
  const noted = { number: 1_200, hash: keccakHex(utf8("an invented note")) };
  const [first, last] = [sceneOf(1, 1), sceneOf(5, 5)];
  return [
    opened("the only gift of its batch", first),
    opened("one of five", usual),
    opened("the fifth of five", last),
    opened("one of a hundred, with a note", {
      ...sceneOf(77, 100),
      receipt: { ...sceneOf(77, 100).receipt, notedHead: noted },
    }),
    opened("the largest of everything", largest()),
    {
      name: "a proof without its opening",
      text: proofText(proofOf(usual.receipt)),
      read: "proof",
      path: "proven",
    },
    ...forgedCases(),
    ...brokenCases(),
  ];
};

/** The text of the vectors file. */
export const receiptVectorsText = (): string =>
  `${JSON.stringify({ version: 1, receipts: cases() }, undefined, 2)}\n`;

if (import.meta.main)
  writeFileSync(fileURLToPath(new URL("receipts.json", import.meta.url)), receiptVectorsText());
