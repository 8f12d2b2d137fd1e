import { expect } from "chai";
import { stringToHex } from "viem";
import { encodeChannel } from "../../../protocol/donations/channel.ts";
import { encodeLeaves } from "../../../protocol/donations/leaves.ts";
import { batchOperation, batchRoot, buildTree } from "../../../protocol/donations/merkle-sum.ts";
import { fen, position } from "../../../protocol/amounts.ts";
import { toHex } from "../../../protocol/bytes.ts";
import { batchId, bytes32, fundId } from "../../../protocol/ids.ts";
import vectors from "../../vectors/merkle-sum.json" with { type: "json" };
import { digest, leavesOf, openBooks } from "../books.ts";
import { testChain } from "../chain.ts";
import { expectRefusal } from "../refusals.ts";
import { requires, requiresAll } from "../requirements.ts";

const adminRole = bytes32(`0x${"0".repeat(64)}`);
const packed = (amounts: readonly (bigint | number)[]) => toHex(encodeLeaves(leavesOf(amounts)));
const zeroAmount = "0".repeat(16);

describe("donations: recorded in batches", () => {
  it("computes count, sum and Merkle-sum root itself, and appends to the fund's line", async () => {
    const books = await openBooks();
    const [first, second] = [leavesOf([1, 999], "first"), leavesOf([10_000, 5, 7], "second")];
    await books.record({ leaves: first });
    await books.record({ leaves: second, day: 20_300_102 });
    const tree = buildTree(second);
    const sealed = {
      version: 1,
      chainId: testChain.id,
      contract: books.ledger,
      fund: fundId(1),
      batch: batchId(2),
      startsAt: position(1000n),
      count: 3,
      sum: fen(10_012n),
      treeRoot: tree.root,
    } as const;
    expect(await books.lens.read.batch([2])).to.deep.equal({
      startsAt: 1000n,
      sum: 10_012n,
      count: 3,
      fund: 1,
      day: 20_300_102,
      root: batchRoot(sealed),
    });
    expect((await books.lens.read.fund([1])).donated).to.equal(11_012n);
  });

  it("records a single donation as a batch of one", async () => {
    const books = await openBooks();
    await books.record({ leaves: leavesOf([1]) });
    expect((await books.lens.read.batch([1])).count).to.equal(1);
  });

  requires(
    "IDonations.recordDonations",
    "`operation` is the digest of the content and has not landed before",
    async () => {
      const books = await openBooks();
      const leaves = leavesOf([7, 8]);
      const operation = batchOperation(fundId(1), "alipay", 20_300_101, encodeLeaves(leaves));
      const other = digest();
      await expectRefusal(
        "OperationMismatch",
        [operation, other],
        books.record({ leaves, operation: other }),
      );
      await books.record({ leaves });
      await expectRefusal("AlreadyRecorded", [operation], books.record({ leaves }));
    },
  );

  requires("IDonations.recordDonations", "`startsAt` is the end of the fund's line", async () => {
    const books = await openBooks();
    await books.record({ leaves: leavesOf([100], "first") });
    const leaves = leavesOf([5], "second");
    for (const startsAt of [0n, 99n, 101n]) {
      await expectRefusal("StalePosition", [100n, startsAt], books.record({ leaves, startsAt }));
    }
    await books.record({ leaves, startsAt: 100n });
  });

  requiresAll("IDonations.recordDonations", "`fund` exists; `channel` is registered; `day` is a day", () => {
    it("goes to a fund that exists", async () => {
      const books = await openBooks();
      for (const fund of [0, 2]) {
        const attempt = books.record({ fund, leaves: leavesOf([5]), startsAt: 0n });
        await expectRefusal("UnknownFund", [fund], attempt);
      }
    });

    it("comes from a registered channel", async () => {
      const books = await openBooks();
      const attempt = books.record({ channel: "wechat", leaves: leavesOf([5]) });
      await expectRefusal("UnknownChannel", [encodeChannel("wechat")], attempt);
      await books.as("admin").registerChannel([encodeChannel("wechat")]);
      await books.record({ channel: "wechat", leaves: leavesOf([5]) });
    });

    it("is settled on a day that a calendar could have", async () => {
      const books = await openBooks();
      const leaves = leavesOf([5]);
      for (const day of [0, 20_301_301, 20_300_001, 20_300_100, 20_300_132, 9_991_231, 99_991_232]) {
        await expectRefusal("InvalidDay", [day], books.record({ day, leaves }));
      }
      await books.record({ day: 20_300_131, leaves });
    });
  });

  requiresAll(
    "IDonations.recordDonations",
    "1 to 3000 leaves of 40 bytes, none of amount 0, strictly ascending by commitment",
    () => {
      it("is never empty", async () => {
        const books = await openBooks();
        await expectRefusal("EmptyBatch", [], books.record({ leaves: "0x" }));
      });

      it("has whole records of 40 bytes", async () => {
        const books = await openBooks();
        const leaves = packed([5, 6]);
        await expectRefusal("TruncatedLeaves", [79n], books.record({ leaves: `0x${leaves.slice(2, -2)}` }));
        await expectRefusal("TruncatedLeaves", [81n], books.record({ leaves: `${leaves}00` }));
        await expectRefusal("TruncatedLeaves", [39n], books.record({ leaves: `0x${leaves.slice(2, 80)}` }));
      });

      it("has at most 3,000 donations", async () => {
        const books = await openBooks();
        const leaves = packed(Array.from({ length: 3000 }, () => 1));
        const oneMore = `${leaves}${"f".repeat(80)}` as const;
        await expectRefusal("TooManyLeaves", [3000n, 3001n], books.record({ leaves: oneMore }));
        await books.record({ leaves });
        expect((await books.lens.read.fund([1])).donated).to.equal(3000n);
      });

      it("has no donation of 0 fen", async () => {
        const books = await openBooks();
        const leaves = packed([5, 6, 7]);
        const second = `${leaves.slice(0, 82)}${zeroAmount}${leaves.slice(98)}`;
        await expectRefusal("ZeroLeafAmount", [1n], books.record({ leaves: `0x${second.slice(2)}` }));
      });

      it("ascends strictly by commitment, so that no donation stands twice in a batch", async () => {
        const books = await openBooks();
        const leaves = packed([5, 6]).slice(2);
        const [one, other] = [leaves.slice(0, 80), leaves.slice(80)];
        await expectRefusal("UnsortedCommitment", [1n], books.record({ leaves: `0x${other}${one}` }));
        await expectRefusal("UnsortedCommitment", [2n], books.record({ leaves: `0x${one}${other}${other}` }));
      });
    },
  );

  requires("IDonations.recordDonations", "the sum fits 64 bits", async () => {
    const books = await openBooks();
    const largest = 2n ** 64n - 1n;
    const [wrapping] = vectors.record.filter(({ name }) => name === "wrap-around to zero");
    const leaves = wrapping?.leavesHex.slice(2) ?? "";
    await expectRefusal("SumOverflow", [largest + 1n], books.record({ leaves: `0x${leaves}` }));
    await books.record({ leaves: leavesOf([largest - 1n, 1n]) });
    expect((await books.lens.read.fund([1])).donated).to.equal(largest);
  });

  it("goes on after the largest batch: a line holds more than one record may", async () => {
    const books = await openBooks();
    const largest = 2n ** 64n - 1n;
    await books.record({ leaves: leavesOf([largest], "first") });
    await books.record({ leaves: leavesOf([largest], "second") });
    expect((await books.lens.read.fund([1])).donated).to.equal(2n * largest);
    const { slices } = await books.trace(2, leavesOf([largest], "second"), 0);
    expect(slices).to.have.lengthOf(1);
    expect(slices[0]).to.include({ place: 0, lineStart: largest, amount: largest });
  });
});

describe("donations: channels", () => {
  requires("IDonations.registerChannel", "the caller is the default admin", async () => {
    const books = await openBooks();
    await expectRefusal(
      "AccessControlUnauthorizedAccount",
      [books.account("recorder"), adminRole],
      books.as("recorder").registerChannel([encodeChannel("wechat")]),
    );
  });

  requires("IDonations.registerChannel", "`channel` is not registered yet", async () => {
    const books = await openBooks();
    const channel = encodeChannel("wechat");
    await books.as("admin").registerChannel([channel]);
    await expectRefusal("ChannelAlreadyRegistered", [channel], books.as("admin").registerChannel([channel]));
  });

  it("are not registered during a pause", async () => {
    const books = await openBooks();
    await books.as("guardian").pause();
    await expectRefusal("EnforcedPause", [], books.as("admin").registerChannel([encodeChannel("wechat")]));
  });

  requires("IDonations.registerChannel", "`channel` is a well-formed id", async () => {
    const books = await openBooks();
    const padded = (text: string) => stringToHex(text, { size: 32 });
    const refused = ["", "Alipay", "ali pay", "a_b", "支付", "a{", "a`", "a/", "a:", "a".repeat(32)].map(
      padded,
    );
    // A gap: characters after the first zero byte.
    refused.push(`0x6100${"61".repeat(29)}00`, `0x00${"61".repeat(30)}00`, `0x${"00".repeat(31)}61`);
    for (const channel of refused) {
      await expectRefusal("InvalidChannel", [channel], books.as("admin").registerChannel([channel]));
    }
    for (const channel of ["a", "0-9", "-", "a".repeat(31), "z9"]) {
      await books.as("admin").registerChannel([padded(channel)]);
    }
  });
});
