import { expect } from "chai";
import { bytes32 } from "../../../protocol/ids.ts";
import {
  actorId,
  actors,
  adminDelaySeconds,
  emptyBooks,
  openBooks,
  periodLengthSeconds,
  periodStart,
  providerRole,
  roleId,
  sharedBooks,
} from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { readyBooks, recordingVerbs } from "../verbs.ts";

const adminRole = bytes32(`0x${"0".repeat(64)}`);
const newcomer = "0x00000000000000000000000000000000000000aa";

describe("access: who may act", () => {
  const ready = sharedBooks(readyBooks);

  for (const { name, who, actor, role, attempt } of recordingVerbs) {
    if (role !== undefined) {
      it(`${name} is refused to an actor without the role: ${who}`, async () => {
        const stranger = ready().account("stranger");
        await expectRefusal(
          "AccessControlUnauthorizedAccount",
          [stranger, role],
          attempt(ready(), "stranger"),
        );
        await attempt(ready(), actor);
      });
    }

    it(`${name} is refused to everyone who is not a registered actor`, async () => {
      await expectRefusal("UnknownActor", [ready().account("visitor")], attempt(ready(), "visitor"));
    });

    it(`${name} is refused during a pause and lands after it`, async () => {
      await ready().as("guardian").pause();
      await expectRefusal("EnforcedPause", [], attempt(ready(), actor));
      await ready().as("admin").unpause();
      await attempt(ready(), actor);
    });
  }
});

describe("access: roles, actors and the pause", () => {
  it("a role in one programme is none in another", async () => {
    const books = await openBooks();
    await books.as("admin").revokeRole([roleId("coordinator", 2), books.account("coordinator")]);
    await books.file({ programme: 1 });
    await expectRefusal(
      "AccessControlUnauthorizedAccount",
      [books.account("coordinator"), roleId("coordinator", 2)],
      books.file({ programme: 2 }),
    );
  });

  it("a provider speaks for its own channel alone", async () => {
    const books = await openBooks();
    const needed = (channel: string) => [books.account("provider"), providerRole(channel)];
    await books.confirm({ channel: "alipay" });
    await books.confirm({ channel: "bank", as: "neighbour" });
    for (const channel of ["bank", "interest"]) {
      await expectRefusal("AccessControlUnauthorizedAccount", needed(channel), books.confirm({ channel }));
    }
  });

  it("actors are numbered from 1 in the order of their registration", async () => {
    const books = await emptyBooks();
    await books.as("admin").registerActor([newcomer]);
    expect((await books.lens.read.counters()).actors).to.equal(actors.length + 3);
  });

  requires("IAccess.registerActor", "the caller is the default admin", async () => {
    const books = await emptyBooks();
    await expectRefusal(
      "AccessControlUnauthorizedAccount",
      [books.account("treasurer"), adminRole],
      books.as("treasurer").registerActor([newcomer]),
    );
  });

  requires("IAccess.registerActor", "`account` is not zero", async () => {
    const books = await emptyBooks();
    const zero = "0x0000000000000000000000000000000000000000";
    await expectRefusal("ZeroAccount", [], books.as("admin").registerActor([zero]));
  });

  requires("IAccess.registerActor", "`account` is not an actor yet", async () => {
    const books = await emptyBooks();
    const again = books.as("admin").registerActor([books.account("treasurer")]);
    await expectRefusal("ActorAlreadyRegistered", [actorId("treasurer")], again);
  });

  requires("IAccess.pause", "the caller has the guardian role", async () => {
    const books = await emptyBooks();
    await expectRefusal(
      "AccessControlUnauthorizedAccount",
      [books.account("admin"), roleId("guardian")],
      books.as("admin").pause(),
    );
    await books.as("guardian").pause();
    expect(await books.read.paused()).to.equal(true);
    await expectRefusal("EnforcedPause", [], books.as("guardian").pause());
  });

  requires(
    "IAccess.unpause",
    "the caller is the default admin, so that a lost guardian key cannot stop the books for ever",
    async () => {
      const books = await emptyBooks();
      await books.as("guardian").pause();
      await expectRefusal(
        "AccessControlUnauthorizedAccount",
        [books.account("guardian"), adminRole],
        books.as("guardian").unpause(),
      );
      await books.as("admin").unpause();
      expect(await books.read.paused()).to.equal(false);
      await expectRefusal("ExpectedPause", [], books.as("admin").unpause());
    },
  );

  it("time closes a period during a pause too", async () => {
    const books = await openBooks();
    await books.as("guardian").pause();
    books.chain.nextAt(periodStart + periodLengthSeconds);
    await books.close();
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(2);
  });

  it("the default admin's power moves in two steps and after its delay", async () => {
    const books = await emptyBooks();
    const stranger = books.account("stranger");
    await expectRefusal(
      "AccessControlEnforcedDefaultAdminRules",
      [],
      books.as("admin").grantRole([adminRole, stranger]),
    );
    await books.as("admin").beginDefaultAdminTransfer([stranger]);
    const schedule = books.chain.time + adminDelaySeconds;
    await expectRefusal(
      "AccessControlInvalidDefaultAdmin",
      [books.account("treasurer")],
      books.as("treasurer").acceptDefaultAdminTransfer(),
    );
    await expectRefusal(
      "AccessControlEnforcedDefaultAdminDelay",
      [schedule],
      books.as("stranger").acceptDefaultAdminTransfer(),
    );
    books.chain.nextAt(schedule + 1);
    await books.as("stranger").acceptDefaultAdminTransfer();
    expect((await books.read.defaultAdmin()).toLowerCase()).to.equal(stranger);
    await books.as("stranger").registerActor([newcomer]);
    await expectRefusal(
      "AccessControlUnauthorizedAccount",
      [books.account("admin"), adminRole],
      books.as("admin").registerActor([stranger]),
    );
  });
});
