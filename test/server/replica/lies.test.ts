/** Every way in which an operator, or somebody between, shows a false chain: named as what it is, and not followed. */
import { expect } from "chai";
import { DatabaseSync } from "node:sqlite";
import { judge } from "../../../server/heads/contradiction.ts";
import { Finding, findingKinds, type FindingKind } from "../../../server/replica/finding.ts";
import { openDataFolder } from "../../../server/folder.ts";
import { Follower } from "../../../server/replica/follower.ts";
import { DamagedReplica, Kept } from "../../../server/replica/kept.ts";
import { sourceOf, Unreachable } from "../../../server/replica/source.ts";
import { temporaryFolder } from "../gateway.ts";
import { branchOf, historyOf, Operator, sign, type Branch } from "./operator.ts";
import { blockIn, lies, ones, stands } from "./lies.ts";

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
      const told = finding.evidence.map((contradiction) => JSON.stringify(contradiction));
      expect(new Set(told).size, "each proof once").to.equal(told.length);
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
