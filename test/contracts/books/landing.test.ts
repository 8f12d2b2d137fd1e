import { encodeLeaves } from "../../../protocol/donations/leaves.ts";
import { batchOperation } from "../../../protocol/donations/merkle-sum.ts";
import { bytes32, fundId } from "../../../protocol/ids.ts";
import { digest, leavesOf } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { operationVerbs, readyBooks } from "../verbs.ts";

const zero = bytes32(`0x${"0".repeat(64)}`);

describe("books: an operation lands once", () => {
  for (const { name, attempt } of operationVerbs) {
    it(`${name} lands once under its operation id, which is not zero`, async () => {
      const books = await readyBooks();
      const operation = digest();
      await expectRefusal("ZeroOperation", [], attempt(books, zero));
      await attempt(books, operation);
      await expectRefusal("AlreadyRecorded", [operation], attempt(books, operation));
      await attempt(books, digest());
    });
  }

  it("an operation id that one verb has used is used up for every other", async () => {
    const books = await readyBooks();
    const operation = digest();
    await books.openFund({ operation });
    await expectRefusal("AlreadyRecorded", [operation], books.file({ operation }));
  });

  it("a refused verb leaves its operation id unused", async () => {
    const books = await readyBooks();
    const operation = digest();
    await expectRefusal("ZeroAmount", [], books.allocate({ operation, amount: 0 }));
    await books.allocate({ operation, amount: 1 });
  });

  it("the same batch lands once, whatever position it is sent for", async () => {
    const books = await readyBooks();
    const leaves = leavesOf([7, 8], "twice");
    const operation = batchOperation(fundId(1), "alipay", 20_300_101, encodeLeaves(leaves));
    const { donated } = await books.lens.read.fund([1]);
    await books.record({ leaves, startsAt: donated });
    await expectRefusal("AlreadyRecorded", [operation], books.record({ leaves, startsAt: donated }));
    await expectRefusal("AlreadyRecorded", [operation], books.record({ leaves, startsAt: donated + 15n }));
  });

  it("a batch's operation id is the digest of its content", async () => {
    const books = await readyBooks();
    const leaves = leavesOf([7, 8], "of its content");
    const expected = batchOperation(fundId(1), "alipay", 20_300_101, encodeLeaves(leaves));
    const operation = digest();
    await expectRefusal("OperationMismatch", [expected, operation], books.record({ leaves, operation }));
    await expectRefusal("OperationMismatch", [expected, zero], books.record({ leaves, operation: zero }));
    for (const other of [{ channel: "bank" }, { day: 20_300_102 }, { fund: 2 }] as const) {
      const { channel = "alipay", day = 20_300_101, fund = 1 } = { ...other };
      const actual = batchOperation(fundId(fund), channel, day, encodeLeaves(leaves));
      await expectRefusal(
        "OperationMismatch",
        [expected, actual],
        books.record({ leaves, operation: actual }),
      );
    }
  });
});
