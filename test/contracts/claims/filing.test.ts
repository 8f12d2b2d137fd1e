import { expect } from "chai";
import { bigEndian, concat, fromHex, keccak, keccakHex } from "../../../protocol/bytes.ts";
import {
  actorId,
  day,
  digest,
  largestAmount,
  openBooks,
  peopleOf,
  periodLengthSeconds,
  periodStart,
  rosterOf,
  zeroDigest,
} from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRollFirst } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const firstEnd = periodStart + periodLengthSeconds;
const firstDeadline = firstEnd + periodLengthSeconds;
const [minute, hour] = [60, 3600];

/** Programme 3 with one period to the minute, 00:00 to 00:00 of the next day, and one day policy on its roster. */
const dayPolicy = async (from: number, to: number): Promise<TestBooks> => {
  const books = await openBooks();
  await books.openProgramme();
  const [start, end] = [periodStart + 2 * day, periodStart + 3 * day];
  await books.declarePeriod({ programme: 3, start, end, toTheMinute: true });
  await books.enrol({ programme: 3, lines: peopleOf(3, from, to, "day policy") });
  await books.chain.mineAt(end + 2 * day);
  return books;
};

describe("claims: filed", () => {
  it("keeps what was filed, and counts as undecided and open", async () => {
    const books = await openBooks();
    const [evidence, operation] = [digest(), digest()];
    const [line] = peopleOf(1, periodStart, firstEnd, "somebody");
    await books.enrol({ lines: line === undefined ? [] : [line] });
    const receipt = await books.file({ requested: 1234, benefit: "device", evidence, operation });
    const shared = { programme: 1, policyPeriod: 1, person: line?.person, incidentFrom: periodStart };
    expect(eventsOf(receipt)).to.deep.equal([
      {
        type: "ClaimFiled",
        claim: 1,
        roster: 3,
        ...shared,
        toTheMinute: false,
        requested: 1234n,
        benefit: "device",
        evidence,
        filer: actorId("coordinator"),
        operation,
      },
    ]);
    expect(await books.lens.read.claim([1])).to.deep.equal({
      ...shared,
      state: 1,
      benefit: 2,
      toTheMinute: false,
      filer: actorId("coordinator"),
      adjudicator: 0,
      queueNumber: 0,
      lastPayout: 0,
      requested: 1234n,
      approved: 0n,
      previous: 0,
      next: 0,
      aidOf: 0,
      remaining: 0n,
      granted: 0n,
      reason: 0,
    });
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals.filedUndecided).to.equal(1234n);
    expect(programme.openClaims).to.equal(1);
  });

  requires("IClaims.fileClaim", "the roster exists", async () => {
    const books = await openBooks();
    for (const roster of [0, 3]) await expectRefusal("UnknownRoster", [roster], books.file({ roster }));
  });

  requires("IClaims.fileClaim", "at most 8 of the programme's periods are due to close", () =>
    expectRollFirst(1, async (books) => books.file()),
  );

  requires("IClaims.fileClaim", "the filing deadline of the roster's period has not passed", async () => {
    const books = await openBooks();
    books.chain.nextAt(firstDeadline);
    await books.file();
    await expectRefusal(
      "FilingDeadlinePassed",
      [BigInt(firstDeadline), BigInt(firstDeadline + 1)],
      books.file(),
    );
  });

  requires("IClaims.fileClaim", "the proof leads from (person, from, to) to the roster's root", async () => {
    const books = await openBooks();
    const [known, other] = peopleOf(2, periodStart, firstEnd, "two");
    if (known === undefined || other === undefined) throw new RangeError("two people");
    await books.enrol({ lines: [known, other] });
    const refused = (person: typeof known.person) => [3, person];
    const stranger = digest();
    await expectRefusal("MembershipNotProven", refused(stranger), books.file({ person: stranger }));
    // Another's proof, a longer validity, no proof, one sibling too many.
    for (const change of [
      { line: 0, person: other.person },
      { line: 0, from: periodStart - 1 },
      { line: 0, to: firstEnd + 1 },
      { line: 0, proof: [] },
      { line: 0, proof: [digest(), digest()] },
    ]) {
      const person = change.person ?? known.person;
      await expectRefusal("MembershipNotProven", refused(person), books.file(change));
    }
    // The proof of one roster is none in another, though the same people may stand there.
    const elsewhere = { roster: 1, ...known, proof: rosterOf([known, other]).proof(known) };
    await expectRefusal("MembershipNotProven", [1, known.person], books.file(elsewhere));
    await books.file({ line: 0 });
    await books.file({ line: 1 });
  });

  requires(
    "IClaims.fileClaim",
    "the incident is a whole day (a minute where the period says so), not in the future, and touches [from, to), which is not empty",
    async () => {
      const books = await openBooks();
      const tomorrow = periodStart + day;
      const outside = (at: number) => [BigInt(periodStart), BigInt(firstEnd), BigInt(at)];
      for (const incidentFrom of [periodStart + 8 * hour, periodStart + minute, periodStart + 1]) {
        const facts = [BigInt(incidentFrom), false];
        await expectRefusal("InvalidIncidentTime", facts, books.file({ incidentFrom }));
      }
      await expectRefusal(
        "IncidentOutsideValidity",
        outside(tomorrow),
        books.file({ incidentFrom: tomorrow }),
      );
      books.chain.nextAt(tomorrow);
      await books.file({ incidentFrom: tomorrow });
      await books.chain.mineAt(firstEnd + 2 * day);
      for (const incidentFrom of [periodStart - day, firstEnd]) {
        await expectRefusal("IncidentOutsideValidity", outside(incidentFrom), books.file({ incidentFrom }));
      }
      await books.file({ incidentFrom: firstEnd - day });
    },
  );

  it("is of no line whose validity is empty, though the day would touch both its ends", async () => {
    const books = await openBooks();
    const noon = periodStart + day / 2;
    const person = digest();
    // The protocol makes no such line; whoever appends a roster may.
    const line = concat(fromHex(person), bigEndian(noon, 32), bigEndian(noon, 32));
    await books.enrol({ root: keccakHex(keccak(line)) });
    const facts = [BigInt(noon), BigInt(noon), BigInt(periodStart)];
    const filing = books.file({ person, from: noon, to: noon, proof: [], incidentFrom: periodStart });
    await expectRefusal("IncidentOutsideValidity", facts, filing);
  });

  it("is of a day that any part of the validity touches", async () => {
    const books = await openBooks();
    const [from, to] = [periodStart + day / 2, periodStart + 2 * day + day / 2];
    await books.enrol({ lines: peopleOf(1, from, to, "from noon to noon") });
    await books.chain.mineAt(periodStart + 10 * day);
    for (const days of [0, 1, 2]) await books.file({ incidentFrom: periodStart + days * day });
    for (const days of [-1, 3]) {
      const incidentFrom = periodStart + days * day;
      const facts = [BigInt(from), BigInt(to), BigInt(incidentFrom)];
      await expectRefusal("IncidentOutsideValidity", facts, books.file({ incidentFrom }));
    }
  });

  it("of a day policy is of a minute of its 24 hours, across midnight and the period's end", async () => {
    // Bought at 21:07 on the period's only day.
    const from = periodStart + 2 * day + 21 * hour + 7 * minute;
    const to = from + day;
    const books = await dayPolicy(from, to);
    const last = to - minute;
    for (const incidentFrom of [from, from + 3 * hour, periodStart + 3 * day, last]) {
      const filed = eventsOf(await books.file({ programme: 3, incidentFrom }));
      expect(filed.at(-1)).to.include({ toTheMinute: true, incidentFrom });
    }
    for (const incidentFrom of [from - minute, to]) {
      const facts = [BigInt(from), BigInt(to), BigInt(incidentFrom)];
      await expectRefusal("IncidentOutsideValidity", facts, books.file({ programme: 3, incidentFrom }));
    }
    for (const incidentFrom of [from + 1, from + 59]) {
      const facts = [BigInt(incidentFrom), true];
      await expectRefusal("InvalidIncidentTime", facts, books.file({ programme: 3, incidentFrom }));
    }
  });

  requires(
    "IClaims.fileClaim",
    "`evidence` is not zero; `requested` is at least 1 and at most 2^64 - 1",
    async () => {
      const books = await openBooks();
      await expectRefusal("ZeroDigest", [], books.file({ evidence: zeroDigest }));
      await expectRefusal("ZeroAmount", [], books.file({ requested: 0 }));
      const over = [largestAmount, largestAmount + 1n];
      await expectRefusal("AmountTooLarge", over, books.file({ requested: largestAmount + 1n }));
      await books.file({ requested: largestAmount });
    },
  );
});

describe("claims: withdrawn", () => {
  it("is closed without a decision", async () => {
    const books = await openBooks();
    await books.file({ requested: 77 });
    expect(eventsOf(await books.withdraw(1))).to.deep.equal([
      { type: "ClaimWithdrawn", claim: 1, programme: 1, coordinator: actorId("coordinator") },
    ]);
    expect((await books.lens.read.claim([1])).state).to.equal(5);
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals.filedUndecided).to.equal(0n);
    expect(programme.openClaims).to.equal(0);
  });

  requires("IClaims.withdrawClaim", "the claim exists", async () => {
    const books = await openBooks();
    for (const claim of [0, 1]) await expectRefusal("UnknownClaim", [claim], books.withdraw(claim));
  });

  requires(
    "IClaims.withdrawClaim",
    "the claim is filed; at most 8 of the programme's periods are due to close",
    async () => {
      const books = await openBooks();
      await books.file();
      await books.approve(1);
      await expectRefusal("WrongClaimState", [1, 1, 2], books.withdraw(1));
      await expectRollFirst(1, (overdue) => overdue.withdraw(1));
    },
  );
});
