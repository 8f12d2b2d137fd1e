/** Every false page of a stream that a replica is told, with the name and the words that it finds for it. */
import { keccak256 } from "viem";
import { genesisTimeSeconds } from "../../../server/chain/pinned.ts";
import type { FindingKind } from "../../../server/replica/finding.ts";
import {
  otherAccount,
  sign,
  signedAgain,
  transactionOf,
  type Branch,
  type Lie,
  type Page,
} from "./operator.ts";

export const ones = `0x${"11".repeat(32)}` as const;
/** Where the replica stands when the operator begins to lie; there are two more blocks. */
export const stands = 3;

/** Block `index` of a page, counted from 0. */
export const blockIn = (page: Page, index: number): Page["blocks"][number] => {
  const block = page.blocks[index];
  if (block === undefined) throw new RangeError(`the page has no block ${index}`);
  return block;
};

type Told = readonly [name: string, kind: FindingKind, words: RegExp, lie: (branch: Branch) => Lie];

/** The page as it is, but for a member that is not under the operator's signature. */
const unsigned = (change: (page: Page) => unknown) => (): Lie => (page) => change(page);
/** Signed by the operator after the change. */
const signed =
  (change: (page: Page) => void | Promise<void>) =>
  (branch: Branch): Lie =>
    signedAgain(branch, change);

export const lies: readonly Told[] = [
  // Somebody else's chain, or none.
  ["another format", "unreadable", /form of the stream/, unsigned((page) => ({ ...page, kind: "books" }))],
  ["a member that is missing", "unreadable", /headKey/, unsigned(({ headKey: _headKey, ...page }) => page)],
  ["another chain id", "otherChain", /8650 then, 1 now/, unsigned((page) => ({ ...page, chainId: 1 }))],
  ["another block 0", "otherGenesis", /another block 0/, unsigned((page) => ({ ...page, genesis: ones }))],
  [
    "another ledger",
    "otherLedger",
    /another ledger/,
    unsigned((page) => ({ ...page, ledger: `0x${"cc".repeat(20)}` })),
  ],
  [
    "other rules",
    "otherRules",
    /hardhat 2/,
    unsigned((page) => ({ ...page, rules: "hardhat 2.0.0 prague" })),
  ],
  [
    "another head key",
    "otherHeadKey",
    /another head key/,
    unsigned((page) => ({ ...page, headKey: otherAccount.address.toLowerCase() })),
  ],
  // Signatures.
  [
    "a page that another key signed",
    "unsignedPage",
    /not by the head key/,
    (branch) => async (page) => ({
      ...page,
      head: await sign(branch, page.head.block, page.head.hash, otherAccount),
    }),
  ],
  [
    "a signature that is none",
    "unsignedPage",
    /signed by/,
    unsigned((page) => ({
      ...page,
      head: { ...page.head, signature: `0x${"00".repeat(65)}` },
    })),
  ],
  [
    "an older page's signature",
    "unsignedPage",
    /signed by/,
    unsigned((page) => ({
      ...page,
      head: { ...page.head, block: 4 },
    })),
  ],
  [
    "a newest block that another key signed",
    "unsignedNewest",
    /newest block/,
    (branch) => async (page) => ({
      ...page,
      newest: await sign(branch, page.newest.block, page.newest.hash, otherAccount),
    }),
  ],
  [
    "a signature under another block than the last",
    "signedOther",
    /what is signed is block 4/,
    (branch) => async (page) => ({
      ...page,
      head: await sign(branch, 4, blockIn(page, 0).hash),
    }),
  ],
  // Pages.
  [
    "a page that follows a later block",
    "gap",
    /follows 4/,
    unsigned((page) => ({
      ...page,
      after: { block: 4, hash: blockIn(page, 0).hash },
      blocks: page.blocks.slice(1),
    })),
  ],
  [
    "the first page over and over",
    "gap",
    /follows 0/,
    (branch) => async (page) => ({
      ...page,
      after: { block: 0, hash: branch.identity.genesis },
    }),
  ],
  [
    "another hash for the block that it follows",
    "inconsistent",
    /signs that it is/,
    unsigned((page) =>
      page.after.block === stands ? { ...page, after: { ...page.after, hash: ones } } : page,
    ),
  ],
  [
    "a block left out",
    "disorder",
    /block 5 where block 4 belongs/,
    unsigned((page) => ({ ...page, blocks: page.blocks.slice(1) })),
  ],
  [
    "a block twice",
    "disorder",
    /block 4 where block 5 belongs/,
    unsigned((page) => ({
      ...page,
      blocks: [blockIn(page, 0), blockIn(page, 0), blockIn(page, 1)],
    })),
  ],
  [
    "two blocks swapped",
    "disorder",
    /block 5 where block 4 belongs/,
    unsigned((page) => ({
      ...page,
      blocks: page.blocks.toReversed(),
    })),
  ],
  [
    "the last block held back under a newer head",
    "signedOther",
    /what is signed/,
    unsigned((page) => ({
      ...page,
      blocks: page.blocks.slice(0, 1),
    })),
  ],
  [
    "nothing, under a newer head",
    "withheld",
    /shows nothing after block 3/,
    (branch) => async (page) => ({
      ...page,
      blocks: [],
      head: await sign(branch, page.after.block, page.after.hash),
    }),
  ],
  [
    "a newest block below the page",
    "inconsistent",
    /newest is said to be 4/,
    (branch) => async (page) => ({
      ...page,
      newest: await sign(branch, 4, blockIn(page, 0).hash),
    }),
  ],
  [
    "a page of too many blocks",
    "tooLong",
    /at most 200/,
    unsigned((page) => ({
      ...page,
      blocks: Array.from({ length: 201 }, () => blockIn(page, 0)),
    })),
  ],
  // What blocks hold. The operator itself signs what it changed.
  [
    "a byte of a transaction changed",
    "otherBytes",
    /not its bytes/,
    unsigned((page) => {
      const [transaction] = blockIn(page, 0).transactions;
      if (transaction !== undefined)
        transaction.raw = transaction.raw.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
      return page;
    }),
  ],
  [
    "bytes that are no transaction",
    "unreadableTransaction",
    /one signed transaction/,
    unsigned((page) => {
      blockIn(page, 0).transactions = [{ raw: "0x0000", hash: keccak256("0x0000") }];
      return page;
    }),
  ],
  [
    "a transaction for another chain",
    "foreignTransaction",
    /signed for chain 1/,
    signed(async (page) => {
      blockIn(page, 0).transactions = [await transactionOf(0, 4, 4, { chainId: 1 })];
    }),
  ],
  [
    "a transaction left out",
    "leftOut",
    /transaction 4 of 0x.* was left out/,
    signed((page) => {
      blockIn(page, 0).transactions.splice(0, 1);
    }),
  ],
  [
    "transactions in another order",
    "swapped",
    /stands behind/,
    signed((page) => {
      const [fourth, fifth] = [blockIn(page, 0), blockIn(page, 1)];
      [fourth.transactions, fifth.transactions] = [fifth.transactions, fourth.transactions];
    }),
  ],
  [
    "transactions of two accounts in another order",
    "differs",
    /block 4: .* makes 0x.*; the operator says 0x/,
    signed((page) => {
      blockIn(page, 0).transactions.reverse();
    }),
  ],
  [
    "a transaction that was there before",
    "repeated",
    /a second time/,
    signed(async (page) => {
      blockIn(page, 0).transactions.push(await transactionOf(0, 0, 0));
    }),
  ],
  [
    "another transaction in place of one that was there before",
    "rewritten",
    /the account signed both/,
    signed(async (page) => {
      blockIn(page, 0).transactions.push(await transactionOf(0, 0, 99));
    }),
  ],
  [
    "a transaction more at the end",
    "differs",
    /the operator says/,
    signed(async (page) => {
      blockIn(page, 1).transactions.push(await transactionOf(0, 6, 6));
    }),
  ],
  [
    "the last transaction left out",
    "differs",
    /the operator says/,
    signed((page) => {
      blockIn(page, 1).transactions.pop();
    }),
  ],
  [
    "another time",
    "differs",
    /the time/,
    signed((page) => {
      blockIn(page, 0).timestamp += 1;
    }),
  ],
  [
    "a time before the parent's",
    "timeBackwards",
    /its parent of/,
    signed((page) => {
      blockIn(page, 0).timestamp = genesisTimeSeconds + 1;
    }),
  ],
  [
    "another hash of a block",
    "differs",
    /the operator says 0x1111/,
    signed((page) => {
      blockIn(page, 1).hash = ones;
    }),
  ],
  [
    "a payment of money that the account does not have",
    "refused",
    /does not take/,
    signed(async (page) => {
      blockIn(page, 0).transactions = [await transactionOf(0, 4, 4, { value: 1n })];
    }),
  ],
];
