import { expect } from "chai";
import {
  actorId,
  digest,
  largestAmount,
  openBooks,
  peopleOf,
  periodLengthSeconds,
  periodStart,
  rosterOf,
  zeroDigest,
} from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const firstEnd = periodStart + periodLengthSeconds;

describe("rosters: appended in batches", () => {
  it("keeps the root, and publishes count, premium and denominator", async () => {
    const books = await openBooks();
    const [root, operation] = [digest(), digest()];
    const published = { count: 29_421n, premiumPerHead: 30n, denominator: 270_000n };
    const [event] = eventsOf(await books.enrol({ root, operation, ...published }));
    expect(event).to.deep.equal({
      type: "RosterAppended",
      roster: 3,
      programme: 1,
      policyPeriod: 1,
      root,
      count: 29_421,
      premiumPerHead: 30n,
      denominator: 270_000,
      coordinator: actorId("coordinator"),
      operation,
    });
    expect(await books.lens.read.roster([3])).to.deep.equal({ programme: 1, policyPeriod: 1, root });
    expect((await books.lens.read.counters()).rosters).to.equal(3);
  });

  it("counts on: a later batch takes nothing from an earlier one", async () => {
    const books = await openBooks();
    const [early, late] = [
      peopleOf(2, periodStart, firstEnd, "early"),
      peopleOf(2, periodStart, firstEnd, "late"),
    ];
    await books.enrol({ lines: early });
    await books.enrol({ lines: late });
    await books.file({ roster: 3, line: 1 });
    await books.file({ roster: 4, line: 0 });
    expect((await books.lens.read.claim([1])).person).to.equal(early[1]?.person);
    expect((await books.lens.read.claim([2])).person).to.equal(late[0]?.person);
  });

  it("may be for a period that has not begun", async () => {
    const books = await openBooks();
    await books.declarePeriod();
    await books.enrol({ policyPeriod: 2 });
  });

  requires("IRosters.appendRoster", "`programme` exists and is an insurance programme", async () => {
    const books = await openBooks();
    const lines = peopleOf(1, periodStart, firstEnd);
    await expectRefusal("UnknownProgramme", [3], books.enrol({ programme: 3, lines }));
    await books.openProgramme({ kind: "aid" });
    await expectRefusal("WrongProgrammeKind", [3], books.enrol({ programme: 3, lines }));
  });

  requires("IRosters.appendRoster", "`policyPeriod` is declared and not over", async () => {
    const books = await openBooks();
    for (const policyPeriod of [0, 2]) {
      await expectRefusal("UnknownPeriod", [1, policyPeriod], books.enrol({ policyPeriod }));
    }
    books.chain.nextAt(firstEnd - 1);
    await books.enrol();
    await expectRefusal("PeriodOver", [BigInt(firstEnd), BigInt(firstEnd)], books.enrol());
  });

  requires(
    "IRosters.appendRoster",
    "`root` is not zero; `count` is at least 1; count, premium and denominator are at most 2^64 - 1",
    async () => {
      const books = await openBooks();
      await expectRefusal("ZeroDigest", [], books.enrol({ root: zeroDigest }));
      await expectRefusal("ZeroAmount", [], books.enrol({ count: 0n }));
      const over = [largestAmount, largestAmount + 1n];
      for (const name of ["count", "premiumPerHead", "denominator"]) {
        await expectRefusal("AmountTooLarge", over, books.enrol({ [name]: largestAmount + 1n }));
      }
      const most = { count: largestAmount, premiumPerHead: 0n, denominator: 0n };
      await books.enrol(most);
    },
  );
});

describe("rosters: a real tree on OpenZeppelin's MerkleProof", () => {
  for (const size of [1, 2, 3, 5, 8, 13, 33, 100]) {
    it(`proves each of ${size} ${size === 1 ? "person" : "people"}, and nobody else`, async () => {
      const books = await openBooks();
      const lines = peopleOf(size, periodStart, firstEnd, `one of ${size}`);
      await books.enrol({ lines });
      const { proof } = rosterOf(lines);
      for (const [line, { person }] of lines.entries()) {
        if (line % Math.ceil(size / 13) === 0) await books.file({ line });
        const stranger = digest();
        if (line > 2) continue;
        const strange = books.file({ line, person: stranger });
        await expectRefusal("MembershipNotProven", [3, stranger], strange);
        // A proof is as long as the leaf is deep: an inner node is no leaf.
        const known = lines[line] ?? expect.fail();
        if (size > 1) {
          const short = books.file({ line, proof: proof(known).slice(1) });
          await expectRefusal("MembershipNotProven", [3, person], short);
        }
      }
    });
  }
});
