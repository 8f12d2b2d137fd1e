/** Every way in which an operator, or somebody between, shows a false chain: named as what it is, and not followed. */
import { expect } from "chai";
import { DatabaseSync } from "node:sqlite";
import { keccak256 } from "viem";
import { genesisTimeSeconds } from "../../../server/chain/pinned.ts";
import { judge } from "../../../server/heads/contradiction.ts";
import { Finding, findingKinds, type FindingKind } from "../../../server/replica/finding.ts";
import { openDataFolder } from "../../../server/folder.ts";
import { Follower } from "../../../server/replica/follower.ts";
import { DamagedReplica, Kept } from "../../../server/replica/kept.ts";
import { sourceOf, Unreachable } from "../../../server/replica/source.ts";
import { temporaryFolder } from "../gateway.ts";
import {
  branchOf,
  historyOf,
  Operator,
  otherAccount,
  sign,
  signedAgain,
  transactionOf,
  type Branch,
  type Lie,
  type Page,
} from "./operator.ts";

const ones = `0x${"11".repeat(32)}` as const;
/** Where the replica stands when the operator begins to lie; there are two more blocks. */
const stands = 3;

interface Replica {
  readonly follower: Follower;
  /** Whose blocks were made by other rules, where these are named; `change` is made to the file meanwhile. */
  readonly restart: (rules?: string, change?: string) => Promise<Follower>;
  readonly close: () => Promise<void>;
}

const openReplica = async (operator: Operator): Promise<Replica> => {
  const folder = temporaryFolder();
  let held = openDataFolder(folder.path);
  let kept = await Kept.open(held.file("chain.db"));
  const open = (): Promise<Follower> =>
    Follower.open({ source: sourceOf("http://operator.invalid", operator.fetch), kept });
  let follower = await open();
  const end = async (): Promise<void> => {
    await follower.close();
    await kept.close();
    held.release();
  };
  return {
    follower,
    restart: async (rules, change) => {
      const followed = await kept.followed();
      if (followed !== undefined && rules !== undefined) {
        await kept.follow({ ...followed, identity: { ...followed.identity, rules } });
      }
      await end();
      held = openDataFolder(folder.path);
      if (change !== undefined) {
        const file = new DatabaseSync(held.file("chain.db"));
        file.exec(change);
        file.close();
      }
      kept = await Kept.open(held.file("chain.db"));
      follower = await open();
      return follower;
    },
    close: async () => {
      await end();
      folder.remove();
    },
  };
};

const findingOf = async (follower: Follower): Promise<Finding> => {
  try {
    await follower.look();
  } catch (error) {
    if (error instanceof Finding) return error;
    throw error;
  }
  return expect.fail("the replica followed");
};

/** Block `index` of a page, counted from 0. */
const blockIn = (page: Page, index: number): Page["blocks"][number] => {
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

const lies: readonly Told[] = [
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

describe("a replica, told", function () {
  this.timeout(60_000);
  let honest: Branch;
  before(async () => {
    honest = await branchOf(await historyOf());
  });

  const open: Replica[] = [];
  const following = async (): Promise<{ readonly operator: Operator; readonly replica: Replica }> => {
    const operator = new Operator(honest, stands);
    const replica = await openReplica(operator);
    open.push(replica);
    await replica.follower.look();
    operator.height = honest.plans.length;
    return { operator, replica };
  };
  afterEach(async () => {
    for (const replica of open.splice(0)) await replica.close();
  });

  it("the truth, comes to the same hash as the operator, block by block", async () => {
    const { replica } = await following();
    expect(await replica.follower.look()).to.deep.include({ block: 5, hash: honest.plans[4]?.hash });
  });

  for (const [name, kind, words, lie] of lies) {
    it(`${name}, says so (${kind}) and does not follow`, async () => {
      const { operator, replica } = await following();
      operator.tell = lie(honest);
      const finding = await findingOf(replica.follower);
      expect([finding.kind, finding.message]).to.satisfy(
        ([found = "", said = ""]) => found === kind && words.test(said),
        `${finding.kind}: ${finding.message}`,
      );
      expect(await replica.follower.position()).to.deep.include({
        block: stands,
        hash: honest.plans[2]?.hash,
      });
      expect((await replica.follower.chain?.head())?.number).to.equal(stands);
    });
  }

  it("what is no JSON, or nothing at all, asks another time", async () => {
    const { operator, replica } = await following();
    operator.answer = () => new Response("<html>");
    expect((await findingOf(replica.follower)).kind).to.equal("unreadable");
    operator.answer = () => new Response("", { status: 503, headers: { "retry-after": "7" } });
    const error: unknown = await replica.follower.look().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Unreachable).with.property("retryAfterMs", 7_000);
    operator.answer = undefined;
    expect((await replica.follower.look()).block).to.equal(5);
  });

  it("a shorter chain than was signed, says what was taken back (withdrawn), and goes on when it is there again", async () => {
    const { operator, replica } = await following();
    operator.height = 2;
    const finding = await findingOf(replica.follower);
    expect([finding.kind, finding.message]).to.satisfy(
      ([kind = "", words = ""]) => kind === "withdrawn" && /signed block 3/.test(words),
    );
    operator.height = 5;
    expect((await replica.follower.look()).block).to.equal(5);
  });

  it("that its own block is not there, below a newer one (withheld)", async () => {
    const { operator, replica } = await following();
    operator.answer = () => new Response("{}", { status: 404 });
    expect((await findingOf(replica.follower)).kind).to.equal("withheld");
  });

  it("what it kept, does not believe that either", async () => {
    const { replica } = await following();
    const tampered = replica.restart(undefined, "UPDATE block SET time = time + 1 WHERE number = 2");
    const error: unknown = await tampered.catch((thrown: unknown) => thrown);
    expect(error)
      .to.be.instanceOf(DamagedReplica)
      .with.property("message")
      .that.contains("block 2 was kept as");
  });

  it("of a newer release, makes what it kept again by the new rules, and goes on", async () => {
    const { replica } = await following();
    const follower = await replica.restart("hardhat 3.17.0 prague");
    expect(follower.followed?.identity.rules).to.equal(honest.identity.rules);
    expect(await follower.position()).to.deep.include({ block: stands, hash: honest.plans[2]?.hash });
    expect((await follower.look()).block).to.equal(5);
  });

  it("nothing false in the end, goes on where it stood after every lie that nobody signed", async () => {
    const { operator, replica } = await following();
    for (const [, , , lie] of lies.slice(0, 8)) {
      operator.tell = lie(honest);
      await findingOf(replica.follower);
    }
    operator.tell = undefined;
    expect(await replica.follower.look()).to.deep.include({ block: 5, hash: honest.plans[4]?.hash });
  });

  describe("another history by the same keys", () => {
    /** From block 3 on, of the same accounts and nonces. */
    const forkAt3 = async (blocks: number): Promise<Branch> => {
      const [own, other] = [await historyOf(blocks), await historyOf(blocks, 50)];
      return branchOf([...own.slice(0, 2), ...other.slice(2)]);
    };
    const expectEvidence = async (finding: Finding, height: number): Promise<void> => {
      expect(finding.kind).to.equal("rewritten");
      expect(finding.message)
        .to.match(/rewritten or forked from block 3 on/)
        .and.contain(`signed block ${height} as`);
      expect(finding.block).to.equal(3);
      const proofs = finding.evidence.map(({ proof }) => proof);
      expect(proofs).to.include("two-heads").and.to.include("two-transactions");
      for (const contradiction of finding.evidence) {
        expect(await judge(contradiction)).to.have.property("stands", true);
      }
    };

    it("of the same length, has two heads and two transactions in its hands", async () => {
      const { operator, replica } = await following();
      operator.branch = await forkAt3(5);
      operator.height = stands;
      await expectEvidence(await findingOf(replica.follower), 3);
    });

    it("that has grown, asks for the head at its own height", async () => {
      const { operator, replica } = await following();
      operator.branch = await forkAt3(7);
      operator.height = 7;
      await expectEvidence(await findingOf(replica.follower), 3);
      expect(await replica.follower.position()).to.deep.include({ block: stands });
    });

    it("while it was away, notices when it starts again", async () => {
      const { operator, replica } = await following();
      operator.branch = await forkAt3(6);
      operator.height = 6;
      await expectEvidence(await findingOf(await replica.restart()), 3);
    });

    it("as its newest block alone, has two heads in its hands once the blocks come", async () => {
      const { operator, replica } = await following();
      operator.tell = async (page) => ({
        ...page,
        blocks: page.blocks.slice(0, 1),
        head: await sign(honest, 4, blockIn(page, 0).hash),
        newest: await sign(honest, 5, ones),
      });
      await findingOf(replica.follower);
      operator.tell = undefined;
      const finding = await findingOf(replica.follower);
      expect(finding.kind).to.equal("rewritten");
      expect(finding.evidence.map(({ proof }) => proof)).to.include("two-heads");
    });
  });

  it("of every kind of lie there is", () => {
    const told = new Set<FindingKind>([...lies.map(([, kind]) => kind), "withdrawn"]);
    expect(findingKinds.filter((kind) => !told.has(kind))).to.deep.equal([]);
    expect(lies.length).to.be.at.least(25);
  });
});
