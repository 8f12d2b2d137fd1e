/** What a receipt's opening can be found to be, beside right. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { fen, position } from "../../../protocol/amounts.ts";
import { keccakHex, utf8 } from "../../../protocol/bytes.ts";
import { encodeLeaves, sortLeaves } from "../../../protocol/donations/leaves.ts";
import { actorId, batchId, fundId } from "../../../protocol/ids.ts";
import type { BatchRecorded } from "../../../protocol/ledger/events.ts";
import type { Opening } from "../../../protocol/receipt/types.ts";
import { readReceipt } from "../../../protocol/receipt/read.ts";
import { leafOf, receiptText } from "../../../protocol/receipt/write.ts";
import { checkOpening } from "../../../protocol/verify/donation.ts";
import { Failed, failureKinds } from "../../../protocol/verify/steps.ts";
import { verifyDonation } from "../../../protocol/verify/verify.ts";
import type { Node } from "../../../protocol/verify/ports.ts";
import { Unanswered } from "../../../protocol/verify/steps.ts";

const vectors = JSON.parse(readFileSync(new URL("../../vectors/receipts.json", import.meta.url), "utf8")) as {
  readonly receipts: readonly { readonly name: string; readonly text: string }[];
};
const receiptIn = (name: string) =>
  readReceipt(vectors.receipts.find((one) => one.name === name)?.text ?? "");

const openingOf = (number: number): Opening => ({
  salt: keccakHex(utf8(`invented salt ${number}`)),
  payload: {
    amount: String(number * 100),
    channel: "alipay",
    occurredAt: "2019-11-30",
    transactionNumber: `INVENTED-${number}`,
  },
});

const openings = [1, 2, 3].map(openingOf);
const leaves = sortLeaves(openings.map((opening) => leafOf({ opening })));
const event: BatchRecorded = {
  type: "BatchRecorded",
  batch: batchId(1),
  fund: fundId(1),
  channel: "alipay",
  day: 20_191_130,
  startsAt: position(0n),
  count: 3,
  sum: fen(600n),
  root: keccakHex(utf8("any")),
  recorder: actorId(1),
  operation: keccakHex(utf8("any")),
  leaves: encodeLeaves(leaves),
};

const indexOf = (opening: Opening): number =>
  leaves.findIndex(({ commitment }) => commitment === leafOf({ opening }).commitment);

const failureOf = (opening: Opening, index: number, recorded = event): string => {
  try {
    checkOpening(index, leafOf({ opening }), opening, recorded);
  } catch (error) {
    if (error instanceof Failed) return error.kind;
    throw error;
  }
  return "none";
};

const own = openingOf(2);
const index = indexOf(own);
const changed = (payload: Partial<Opening["payload"]>): Opening => ({
  ...own,
  payload: { ...own.payload, ...payload },
});

describe("the opening of a receipt", () => {
  const cases: readonly (readonly [string, string, () => string])[] = [
    ["the gift at its place", "none", () => failureOf(own, index)],
    ["an amount off by one fen", "openingAmountDiffers", () => failureOf(changed({ amount: "201" }), index)],
    [
      "a number changed by one character",
      "openingNotRecorded",
      () => failureOf(changed({ transactionNumber: "INVENTED-3" }), index),
    ],
    [
      "a time changed by a day",
      "openingNotRecorded",
      () => failureOf(changed({ occurredAt: "2019-11-29" }), index),
    ],
    ["another salt", "openingNotRecorded", () => failureOf({ ...own, salt: openingOf(9).salt }, index)],
    ["another donor's place", "openingElsewhere", () => failureOf(own, (index + 1) % 3)],
    [
      "a recorder who wrote another amount beside the commitment",
      "openingAmountDiffers",
      () => {
        const wrong = leaves.map((leaf, at) => (at === index ? { ...leaf, amount: fen(199n) } : leaf));
        return failureOf(own, index, { ...event, leaves: encodeLeaves(wrong) });
      },
    ],
    [
      "money that came by another channel",
      "openingChannelDiffers",
      () => failureOf(own, index, { ...event, channel: "bank" }),
    ],
  ];
  for (const [name, kind, found] of cases) it(`${name}: ${kind}`, () => expect(found()).to.equal(kind));

  it("is found to be everything that has a name", () => {
    const kinds = new Set(cases.map(([, kind]) => kind));
    expect(failureKinds.opening.filter((kind) => !kinds.has(kind))).to.deep.equal([]);
  });
});

describe("a check that cannot reach its node", () => {
  const silent = async (): Promise<never> => {
    throw new Unanswered("unreachable", "nobody is there");
  };
  const node: Node = {
    chainId: silent,
    newest: silent,
    final: silent,
    block: silent,
    hasCode: silent,
    ledgerAt: () => {
      throw new RangeError("nobody asks so far");
    },
  };

  it("says that one payment cannot be two gifts", async () => {
    const own = receiptIn("the only gift of its batch");
    const other = receiptIn("one of five");
    if (own.kind !== "receipt" || other.kind !== "receipt") throw new RangeError("no receipts");
    const opening = { ...other.receipt.opening, payload: own.receipt.opening.payload };
    const earlier = [{ ...other.receipt, opening }];
    const question = { file: receiptText(own.receipt), node };
    const first = async (of: typeof question & { readonly earlier?: typeof earlier }) =>
      (await verifyDonation(of)).results[0];
    expect(await first({ ...question, earlier })).to.deep.include({
      outcome: "failed",
      kind: "receiptNumberRepeated",
    });
    expect(await first({ ...question, earlier: [own.receipt] })).to.deep.include({ outcome: "passed" });
    expect(await first(question)).to.deep.include({ outcome: "passed" });
  });

  it("says that a path which leads nowhere is wrong, even so", async () => {
    const own = receiptIn("one of five");
    if (own.kind !== "receipt") throw new RangeError("no receipt");
    const [, ...siblings] = own.receipt.siblings;
    const hash = keccakHex(utf8("another donor's"));
    const file = receiptText({ ...own.receipt, siblings: [{ hash, sum: fen(1n) }, ...siblings] });
    const { verdict, results } = await verifyDonation({ file, node });
    expect(verdict).to.equal("failed");
    expect(results.find(({ step }) => step === "path")).to.deep.include({ kind: "pathSumDiffers" });
    const sound = await verifyDonation({ file: receiptText(own.receipt), node });
    expect(sound.verdict).to.equal("unchecked");
    expect(sound.results.find(({ step }) => step === "node")).to.deep.include({ reason: "unreachable" });
  });

  it("says of a file that is no receipt what is wrong with it, and nothing more", async () => {
    const { verdict, results } = await verifyDonation({ file: "{}", node });
    expect(verdict).to.equal("failed");
    expect(results[0]).to.deep.include({ step: "receipt", outcome: "failed", kind: "receiptUnreadable" });
    expect(results.slice(1).every(({ outcome }) => outcome === "unchecked")).to.equal(true);
  });
});
