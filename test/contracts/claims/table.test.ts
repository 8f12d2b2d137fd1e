/** Law L6, forbidden transitions: all states of a claim × all verbs × everyone who could try. */
import { expect } from "chai";
import { actorId, digest, roleId, sharedBooks } from "../books.ts";
import type { TestBooks, Who } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { claimsInEveryState, outsiders, standings, states } from "./scene.ts";
import type { StateName } from "./scene.ts";

/**
 * What comes of a verb, for each caller in this order: coordinator, adjudicator, payer (each of the claim's programme,
 * and neither its filer nor its approver), the filer, the approver (both with all three roles), a visitor with every
 * role who is no registered actor, and everyone else: the other roles of the ledger, an actor without a role, and one
 * with all roles of another programme.
 *
 * + it lands   r the role is missing   a no actor   = filed or approved by the same actor   s another state is needed
 * ? there is no such claim, or for recoveries no payout   0 nothing is left of the payout
 */
const table = `
                 approve  reject   withdraw hold     release  cancel   pay      recover  return
none             ???????  ???????  ???????  ???????  ???????  ???????  ???????  ???????  ???????
filed            r+r=+ar  r+r=+ar  +rr++ar  rsr=sar  rsr=sar  rsr=sar  rrsssar  ???????  ???????
approved         rsr=sar  rsr=sar  srrssar  r+r=+ar  rsr=sar  r+r=+ar  rr+==ar  ???????  ???????
paid             rsr=sar  rsr=sar  srrssar  rsr=sar  rsr=sar  rsr=sar  rrsssar  rr+++ar  rr+++ar
rejected         rsr=sar  rsr=sar  srrssar  rsr=sar  rsr=sar  rsr=sar  rrsssar  ???????  ???????
withdrawn        rsr=sar  rsr=sar  srrssar  rsr=sar  rsr=sar  rsr=sar  rrsssar  ???????  ???????
cancelled        rsr=sar  rsr=sar  srrssar  rsr=sar  rsr=sar  rsr=sar  rrsssar  ???????  ???????
on hold          rsr=sar  rsr=sar  srrssar  rsr=sar  r+r=+ar  r+r=+ar  rrsssar  ???????  ???????
approved again   rsr=sar  rsr=sar  srrssar  r+r=+ar  rsr=sar  r+r=+ar  rr+==ar  rr000ar  rr000ar
held again       rsr=sar  rsr=sar  srrssar  rsr=sar  r+r=+ar  r+r=+ar  rrsssar  rr000ar  rr000ar
cancelled again  rsr=sar  rsr=sar  srrssar  rsr=sar  rsr=sar  rsr=sar  rrsssar  rr000ar  rr000ar
`;

const callers: readonly (readonly Who[])[] = [
  ["coordinator"],
  ["adjudicator"],
  ["payer"],
  ["filer"],
  ["approver"],
  ["visitor"],
  outsiders,
];

const [filed, approved, paid, rejected, withdrawn, cancelled, onHold] = [1, 2, 3, 4, 5, 6, 7];

interface TableVerb {
  readonly role: "coordinator" | "adjudicator" | "payer";
  /** The state that the verb asks for, and the one that it leads to. */
  readonly from: number;
  readonly to: number;
  readonly call: (books: TestBooks, who: Who, state: StateName) => Promise<unknown>;
  readonly land: (books: TestBooks, who: Who, state: StateName) => Promise<unknown>;
}

/** A verb tried without a transaction, and landed with one. */
const verbs: Readonly<Record<string, TableVerb>> = {
  approve: {
    role: "adjudicator",
    from: filed,
    to: approved,
    call: (books, who, state) => books.tried(who).approveClaim([standings[state].claim, 1000n, 0n]),
    land: (books, as, state) => books.approve(standings[state].claim, { as }),
  },
  reject: {
    role: "adjudicator",
    from: filed,
    to: rejected,
    call: (books, who, state) => books.tried(who).rejectClaim([standings[state].claim, 1]),
    land: (books, who, state) => books.reject(standings[state].claim, 1, who),
  },
  withdraw: {
    role: "coordinator",
    from: filed,
    to: withdrawn,
    call: (books, who, state) => books.tried(who).withdrawClaim([standings[state].claim]),
    land: (books, who, state) => books.withdraw(standings[state].claim, who),
  },
  hold: {
    role: "adjudicator",
    from: approved,
    to: onHold,
    call: (books, who, state) => books.tried(who).holdClaim([standings[state].claim, 1]),
    land: (books, who, state) => books.hold(standings[state].claim, 1, who),
  },
  release: {
    role: "adjudicator",
    from: onHold,
    to: approved,
    call: (books, who, state) =>
      books.tried(who).releaseClaim([standings[state].claim, standings[state].after]),
    land: (books, who, state) => books.release(standings[state].claim, standings[state].after, who),
  },
  cancel: {
    role: "adjudicator",
    from: approved,
    to: cancelled,
    call: (books, who, state) => books.tried(who).cancelClaim([standings[state].claim, 1]),
    land: (books, who, state) => books.cancel(standings[state].claim, 1, who),
  },
  pay: {
    role: "payer",
    from: approved,
    to: paid,
    call: (books, who, state) => books.tried(who).payClaim([standings[state].claim, digest()]),
    land: (books, as, state) => books.pay(standings[state].claim, { as }),
  },
  recover: {
    role: "payer",
    from: paid,
    to: paid,
    call: (books, who, state) =>
      books.tried(who).recoverPayout([digest(), standings[state].payout, 1n, false, 0, digest()]),
    land: (books, as, state) => books.recover(standings[state].payout, { as, amount: 1 }),
  },
  return: {
    role: "payer",
    from: paid,
    to: approved,
    call: (books, who, state) => {
      const { payout, left } = standings[state];
      return books.tried(who).recoverPayout([digest(), payout, left || 1n, true, 0, digest()]);
    },
    land: (books, as, state) =>
      books.recover(standings[state].payout, { as, amount: standings[state].left, returned: true }),
  },
};

interface Cell {
  readonly state: StateName;
  readonly name: string;
  readonly verb: TableVerb;
  readonly who: Who;
  readonly outcome: string;
}

const cells: readonly Cell[] = (() => {
  const [head = "", ...rows] = table.trim().split("\n");
  const names = head.trim().split(/\s+/);
  return rows.flatMap((row) => {
    const [title = "", ...outcomes] = row.trim().split(/\s{2,}/);
    const state = states.find((each) => each === title);
    if (state === undefined) throw new RangeError(`no state ${title}`);
    return names.flatMap((name, column) => {
      const [verb, outcome] = [verbs[name], outcomes[column]];
      if (verb === undefined || outcome?.length !== callers.length) throw new RangeError(`${state}, ${name}`);
      return callers.flatMap((group, place) =>
        group.map((who) => ({ state, name, verb, who, outcome: outcome.charAt(place) })),
      );
    });
  });
})();

const expectOutcome = async (books: TestBooks, { state, name, verb, who, outcome }: Cell): Promise<void> => {
  const { claim, programme, payout, state: stored } = standings[state];
  const attempt = verb.call(books, who, state);
  switch (outcome) {
    case "+":
      await attempt;
      return;
    case "r": {
      const needed = [books.account(who), roleId(verb.role, programme)];
      return expectRefusal("AccessControlUnauthorizedAccount", needed, attempt);
    }
    case "a":
      return expectRefusal("UnknownActor", [books.account(who)], attempt);
    case "=":
      return expectRefusal("SameActor", [claim, actorId(who)], attempt);
    case "s":
      return expectRefusal("WrongClaimState", [claim, verb.from, stored], attempt);
    case "?":
      return name === "recover" || name === "return"
        ? expectRefusal("UnknownPayout", [payout], attempt)
        : expectRefusal("UnknownClaim", [claim], attempt);
    case "0":
      return expectRefusal("WrongRecoveryAmount", [0n, 1n], attempt);
    default:
      throw new RangeError(`what is ${outcome}?`);
  }
};

describe("claims: every verb in every state by everyone", () => {
  const books = sharedBooks(claimsInEveryState);

  it("has a cell for each, and the claims stand as the rows say", async () => {
    const everyone = callers.flat().length;
    expect(cells).to.have.lengthOf(states.length * Object.keys(verbs).length * everyone);
    expect(everyone).to.equal(13);
    for (const state of states) {
      const { claim, state: stored, payout } = standings[state];
      if (state === "none") continue;
      const record = await books().lens.read.claim([claim]);
      expect(record, state).to.include({ state: stored, lastPayout: payout, filer: actorId("filer") });
    }
  });

  for (const state of states) {
    for (const name of Object.keys(verbs)) {
      const own = cells.filter((cell) => cell.state === state && cell.name === name);
      const landing = own.filter(({ outcome }) => outcome === "+").map(({ who }) => who);
      const by = landing.length === 0 ? "nobody" : landing.join(", ");
      it(`${state}, ${name}: lands by ${by}, and is refused to the rest for the reason in the table`, async () => {
        for (const cell of own) await expectOutcome(books(), cell);
      });
    }
  }

  it("leads where it should, wherever it lands", async () => {
    const goBack = await books().keep();
    const landing = cells.filter(({ outcome }) => outcome === "+");
    expect(landing.length).to.be.greaterThan(30);
    for (const { state, name, verb, who } of landing) {
      await verb.land(books(), who, state);
      const { claim } = standings[state];
      expect((await books().lens.read.claim([claim])).state, `${state}, ${name}`).to.equal(verb.to);
      await goBack();
    }
  });
});
