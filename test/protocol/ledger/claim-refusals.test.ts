import { expect } from "chai";
import { fen, largestAmountFen, position } from "../../../protocol/amounts.ts";
import {
  actorId,
  claimId,
  payoutId,
  periodNumber,
  programmeId,
  recoveryId,
  rosterId,
} from "../../../protocol/ids.ts";
import { claimStates } from "../../../protocol/ledger/codes.ts";
import type { ClaimState } from "../../../protocol/ledger/codes.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { Bookkeeper, day, digest, exampleBooks, firstDay, roles, secondYear, thirdYear } from "../books.ts";
import { refusedFor, refuses } from "./refused.ts";

const zero = digest(0);
const tooLarge = fen(largestAmountFen + 1n);

/** Claim 1 is filed, 2 and 3 are approved, 4 is paid and 5 on hold; programme 3 gives aid. */
const prepared = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.openProgramme("aid");
  keeper.declareYear(3, firstDay, secondYear);
  keeper.record(keeper.fileEvent(1, 100n));
  keeper.tell(
    () => keeper.fileEvent(1, 200n),
    () => keeper.fileEvent(1, 300n),
  );
  keeper.record(keeper.fileEvent(1, 400n));
  keeper.tell(
    () => keeper.approveEvent(4, 400n, 50n),
    () => keeper.payEvent(4),
  );
  keeper.tell(
    () => keeper.approveEvent(2, 200n),
    () => keeper.approveEvent(3, 300n),
  );
  keeper.approveClaim(1, 500n);
  keeper.record(keeper.holdEvent(5));
  return keeper;
};

describe("the books refuse rosters and insurers that cannot follow", () => {
  refuses(prepared, [
    ["a roster out of turn", "roster", (keeper) => ({ ...keeper.rosterEvent(1, 1), roster: rosterId(9) })],
    ["a roster of an undeclared period", "policy period", (keeper) => keeper.rosterEvent(1, 3)],
    ["a roster of an aid programme", "kind of the programme", (keeper) => keeper.rosterEvent(3, 1)],
    ["a roster of nobody", "count", (keeper) => ({ ...keeper.rosterEvent(1, 1), count: 0 })],
    ["a roster without a root", "root", (keeper) => ({ ...keeper.rosterEvent(1, 1), root: zero })],
    [
      "a premium beyond 64 bits",
      "premium",
      (keeper) => ({ ...keeper.rosterEvent(1, 1), premiumPerHead: tooLarge }),
    ],
    [
      "a denominator beyond 64 bits",
      "denominator",
      (keeper) => ({ ...keeper.rosterEvent(1, 1), denominator: 2 ** 64 }),
    ],
    [
      "a roster by an unknown actor",
      "actor",
      (keeper) => ({ ...keeper.rosterEvent(1, 1), coordinator: actorId(8) }),
    ],
    [
      "insurers after the first payment",
      "paid for the policy period",
      (keeper) => keeper.insurersEvent(1, 1, [10_000]),
    ],
    ["insurers of an undeclared period", "policy period", (keeper) => keeper.insurersEvent(1, 3, [10_000])],
    ["no insurers", "insurers", (keeper) => keeper.insurersEvent(1, 2, [])],
    [
      "seventeen insurers",
      "insurers",
      (keeper) => keeper.insurersEvent(1, 2, [...Array<number>(16).fill(500), 2000]),
    ],
    ["an insurer with no share", "share", (keeper) => keeper.insurersEvent(1, 2, [10_000, 0])],
    [
      "shares of 9,999 basis points",
      "sum of the shares",
      (keeper) => keeper.insurersEvent(1, 2, [6000, 3999]),
    ],
    [
      "insurers without a document",
      "document",
      (keeper) => ({ ...keeper.insurersEvent(1, 2, [10_000]), document: zero }),
    ],
  ]);

  it("enrolment in a period that is over, and insurers declared twice", () => {
    const keeper = prepared();
    keeper.record(keeper.insurersEvent(1, 2, [6000, 4000]));
    expect(refusedFor(keeper, keeper.insurersEvent(1, 2, [10_000]))).to.equal("having insurers");
    keeper.now = secondYear - 2;
    keeper.record(keeper.rosterEvent(1, 1));
    expect(refusedFor(keeper, keeper.rosterEvent(1, 1))).to.equal("block time");
  });
});

describe("the books refuse filings that cannot follow", () => {
  refuses(prepared, [
    ["a claim out of turn", "claim", (keeper) => ({ ...keeper.fileEvent(1, 5n), claim: claimId(9) })],
    ["a claim of an undeclared period", "policy period", (keeper) => keeper.fileEvent(1, 5n, 3)],
    [
      "a claim by an unknown roster",
      "roster",
      (keeper) => ({ ...keeper.fileEvent(1, 5n), roster: rosterId(9) }),
    ],
    [
      "a claim by another programme's roster",
      "programme",
      (keeper) => ({ ...keeper.fileEvent(2, 5n), programme: programmeId(1) }),
    ],
    [
      "a claim by another period's roster",
      "policy period",
      (keeper) => ({ ...keeper.fileEvent(1, 5n, 2), policyPeriod: periodNumber(1) }),
    ],
    ["a claim for nothing", "requested", (keeper) => keeper.fileEvent(1, 0n)],
    ["a claim beyond 64 bits", "requested", (keeper) => keeper.fileEvent(1, tooLarge)],
    ["a claim without evidence", "evidence", (keeper) => ({ ...keeper.fileEvent(1, 5n), evidence: zero })],
    [
      "an incident to the minute in a period of days",
      "to the minute",
      (keeper) => ({ ...keeper.fileEvent(1, 5n), toTheMinute: true }),
    ],
    [
      "an incident in the middle of a day",
      "incident",
      (keeper) => ({ ...keeper.fileEvent(1, 5n), incidentFrom: firstDay - day + 3600 }),
    ],
    [
      "an incident of tomorrow",
      "incident",
      (keeper) => ({ ...keeper.fileEvent(1, 5n), incidentFrom: firstDay + day }),
    ],
    ["a claim by an unknown actor", "actor", (keeper) => ({ ...keeper.fileEvent(1, 5n), filer: actorId(8) })],
    ["a grant of an insurance programme", "kind of the programme", (keeper) => keeper.grantEvent(1, 4, 5n)],
    ["a grant for an unpaid claim", "state of the aided claim", (keeper) => keeper.grantEvent(3, 2, 5n)],
    ["a grant for an unknown claim", "claim", (keeper) => keeper.grantEvent(3, 9, 5n)],
    ["a grant of an undeclared period", "policy period", (keeper) => keeper.grantEvent(3, 4, 5n, 2)],
  ]);

  it("a claim after its filing deadline", () => {
    const keeper = prepared();
    keeper.goTo(secondYear);
    keeper.now = secondYear + 90 * day - 1;
    keeper.record(keeper.fileEvent(1, 1n));
    expect(refusedFor(keeper, keeper.fileEvent(1, 1n))).to.equal("block time");
    keeper.record(keeper.fileEvent(1, 1n, 2));
  });

  it("a minute that is none, in a period to the minute", () => {
    const keeper = prepared();
    keeper.openProgramme();
    keeper.record({ ...keeper.periodEvent(4, firstDay, firstDay + day), toTheMinute: true });
    keeper.record(keeper.rosterEvent(4, 1));
    const event = { ...keeper.fileEvent(4, 5n), toTheMinute: true };
    expect(refusedFor(keeper, { ...event, incidentFrom: firstDay + 59 })).to.equal("incident");
    expect(refusedFor(keeper, { ...event, toTheMinute: false })).to.equal("to the minute");
    keeper.record({ ...keeper.fileEvent(4, 5n), toTheMinute: true, incidentFrom: firstDay - 60 });
  });

  it("a grant before its period, and one in another currency", () => {
    const keeper = prepared();
    keeper.declareYear(3, secondYear, thirdYear);
    expect(refusedFor(keeper, keeper.grantEvent(3, 4, 5n, 2))).to.equal("block time");
    keeper.openProgramme("aid", "EUR");
    keeper.declareYear(4, firstDay, secondYear);
    expect(refusedFor(keeper, keeper.grantEvent(4, 4, 5n))).to.equal("currency");
    keeper.record(keeper.grantEvent(3, 4, 5n));
    expect(keeper.claim(6)).to.deep.include({ person: keeper.claim(4).person, aidOf: 4, roster: 0 });
  });

  it("a grant that follows a grant", () => {
    const keeper = prepared();
    keeper.record(keeper.grantEvent(3, 4, 5n));
    const grant = keeper.state.claims[5];
    if (grant === undefined) throw new Error("no grant");
    grant.state = "paid";
    expect(refusedFor(keeper, keeper.grantEvent(3, 6, 1n))).to.equal("kind of the aided programme");
  });
});

describe("the books refuse decisions that cannot follow", () => {
  refuses(prepared, [
    ["an approval of more than was asked", "amount", (keeper) => keeper.approveEvent(1, 101n)],
    ["an approval of nothing", "amount", (keeper) => keeper.approveEvent(1, 0n)],
    ["a remainder beyond 64 bits", "remaining", (keeper) => keeper.approveEvent(1, 1n, tooLarge)],
    [
      "an approval out of turn",
      "queue number",
      (keeper) => ({ ...keeper.approveEvent(1, 100n), queueNumber: 3 }),
    ],
    [
      "an approval of an unknown claim",
      "claim",
      (keeper) => ({ ...keeper.approveEvent(1, 1n), claim: claimId(9) }),
    ],
    [
      "a decision for another programme",
      "programme",
      (keeper) => ({ ...keeper.rejectEvent(1), programme: programmeId(2) }),
    ],
    ...(["approveEvent", "rejectEvent"] as const).map(
      (verb) =>
        [
          `${verb} by the filer`,
          "adjudicator",
          (keeper: Bookkeeper): LedgerEvent => ({
            ...(verb === "approveEvent" ? keeper.approveEvent(1, 1n) : keeper.rejectEvent(1)),
            adjudicator: roles.coordinator,
          }),
        ] as const,
    ),
    [
      "a hold by the filer",
      "adjudicator",
      (keeper) => ({ ...keeper.holdEvent(2), adjudicator: roles.coordinator }),
    ],
    [
      "a release by the filer",
      "adjudicator",
      (keeper) => ({ ...keeper.releaseEvent(5), adjudicator: roles.coordinator }),
    ],
    [
      "a cancellation by the filer",
      "adjudicator",
      (keeper) => ({ ...keeper.cancelEvent(2), adjudicator: roles.coordinator }),
    ],
    [
      "a hold by an unknown actor",
      "actor",
      (keeper) => ({ ...keeper.holdEvent(2), adjudicator: actorId(8) }),
    ],
    [
      "a withdrawal by an unknown actor",
      "actor",
      (keeper) => ({ ...keeper.withdrawEvent(1), coordinator: actorId(8) }),
    ],
  ]);
});

describe("the books refuse payments and recoveries that cannot follow", () => {
  refuses(prepared, [
    ["a payment past the head of the queue", "head of the queue", (keeper) => keeper.payEvent(3)],
    ["a payment out of turn", "payout", (keeper) => ({ ...keeper.payEvent(2), payout: payoutId(9) })],
    ["a payment in part", "amount", (keeper) => ({ ...keeper.payEvent(2), amount: fen(199n) })],
    [
      "a payment that skips a fen",
      "reserveStart",
      (keeper) => ({ ...keeper.payEvent(2), reserveStart: position(1n) }),
    ],
    [
      "a payment in another period",
      "period",
      (keeper) => ({ ...keeper.payEvent(2), period: periodNumber(2) }),
    ],
    [
      "a payment that insurers would share elsewhere",
      "policyStart",
      (keeper) => ({ ...keeper.payEvent(2), policyStart: position(0n) }),
    ],
    ["a payment by the filer", "payer", (keeper) => ({ ...keeper.payEvent(2), payer: roles.coordinator })],
    [
      "a payment by the adjudicator",
      "payer",
      (keeper) => ({ ...keeper.payEvent(2), payer: roles.adjudicator }),
    ],
    [
      "a payment without a reference",
      "payment reference",
      (keeper) => ({ ...keeper.payEvent(2), paymentReference: zero }),
    ],
    ["a recovery of more than was paid", "amount", (keeper) => keeper.recoverEvent(1, 401n)],
    ["a recovery of nothing", "amount", (keeper) => keeper.recoverEvent(1, 0n)],
    ["a bank return of a part", "amount", (keeper) => keeper.recoverEvent(1, 399n, true)],
    [
      "a recovery out of turn",
      "recovery",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), recovery: recoveryId(2) }),
    ],
    [
      "a recovery of an unknown payout",
      "payout",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), payout: payoutId(2) }),
    ],
    [
      "a recovery that names another claim",
      "state of the claim",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), claim: claimId(2) }),
    ],
    [
      "a recovery that skips a fen",
      "offset",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), offset: position(1n) }),
    ],
    [
      "a recovery over another's reserve",
      "reserveStart",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), reserveStart: position(0n) }),
    ],
    [
      "a recovery in another period",
      "period",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), period: periodNumber(2) }),
    ],
    [
      "a recovery that insurers would share elsewhere",
      "policyStart",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), policyStart: position(1n) }),
    ],
    [
      "a recovery without evidence",
      "evidence",
      (keeper) => ({ ...keeper.recoverEvent(1, 1n), evidence: zero }),
    ],
  ]);

  it("a payment that the reserve does not hold whole", () => {
    const keeper = prepared();
    keeper.tell(
      () => keeper.payEvent(2),
      () => keeper.payEvent(3),
    );
    const claim = keeper.approveClaim(1, 4051n);
    expect(refusedFor(keeper, keeper.payEvent(claim))).to.equal("reserve");
    keeper.record(keeper.allocationEvent(1, 2n, 1n));
    keeper.record(keeper.payEvent(claim));
  });

  it("a recovery that names another paid claim, and one of what came back already", () => {
    const keeper = prepared();
    keeper.record(keeper.payEvent(2));
    expect(refusedFor(keeper, { ...keeper.recoverEvent(1, 1n), claim: claimId(2) })).to.equal("claim");
    keeper.record(keeper.recoverEvent(1, 400n));
    expect(refusedFor(keeper, keeper.recoverEvent(1, 1n))).to.equal("amount");
    expect(refusedFor(keeper, keeper.recoverEvent(1, 0n, true))).to.equal("amount");
  });

  it("money after a period's end that was not closed first", () => {
    const keeper = prepared();
    keeper.now = secondYear;
    const events = [
      keeper.allocationEvent(1, 10n, 9n),
      keeper.expenseEvent(1, 1n),
      keeper.fileEvent(1, 1n),
      keeper.withdrawEvent(1),
      keeper.approveEvent(1, 1n),
      keeper.rejectEvent(1),
      keeper.payEvent(2),
      keeper.holdEvent(2),
      keeper.releaseEvent(5),
      keeper.cancelEvent(3),
      keeper.recoverEvent(1, 1n),
      keeper.moveEvent(1, 2),
      keeper.periodEvent(1, thirdYear, thirdYear + day),
    ];
    for (const event of events)
      expect(refusedFor(keeper, event), event.type).to.equal("block time in the open period");
  });
});

describe("every state of a claim against every verb", () => {
  type Verb = (keeper: Bookkeeper) => LedgerEvent;
  const verbs: Readonly<Record<string, Verb>> = {
    withdraw: (keeper) => keeper.withdrawEvent(1),
    approve: (keeper) => keeper.approveEvent(1, 100n),
    reject: (keeper) => keeper.rejectEvent(1),
    hold: (keeper) => keeper.holdEvent(1),
    release: (keeper) => keeper.releaseEvent(1),
    cancel: (keeper) => keeper.cancelEvent(1),
    pay: (keeper) => keeper.payEvent(1),
    recover: (keeper) => ({ ...keeper.recoverEvent(1, 1n), claim: claimId(1) }),
    return: (keeper) => ({ ...keeper.recoverEvent(1, 100n, true), claim: claimId(1) }),
  };
  const ways: Readonly<Record<ClaimState, readonly string[]>> = {
    filed: [],
    withdrawn: ["withdraw"],
    rejected: ["reject"],
    approved: ["approve"],
    onHold: ["approve", "hold"],
    cancelled: ["approve", "cancel"],
    paid: ["approve", "pay"],
  };
  const allowed: Readonly<Record<ClaimState, Readonly<Record<string, ClaimState>>>> = {
    filed: { withdraw: "withdrawn", approve: "approved", reject: "rejected" },
    approved: { hold: "onHold", cancel: "cancelled", pay: "paid" },
    onHold: { release: "approved", cancel: "cancelled" },
    paid: { recover: "paid", return: "approved" },
    withdrawn: {},
    rejected: {},
    cancelled: {},
  };

  for (const state of claimStates) {
    for (const [name, verb] of Object.entries(verbs)) {
      const next = allowed[state][name];
      it(`${state}, ${name}: ${next ?? "refused"}`, () => {
        const keeper = exampleBooks();
        keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
        // Another payout gives recoveries something to name while claim 1 has none.
        keeper.record(keeper.fileEvent(1, 100n));
        if (state !== "paid") keeper.payClaim(1, 100n);
        for (const step of ways[state]) keeper.record(verbs[step]?.(keeper) ?? keeper.closeEvent(1));
        expect(keeper.claim(1).state).to.equal(state);
        const before = { ...keeper.programme(1).claims };
        const fact = refusedFor(keeper, verb(keeper));
        expect(fact).to.equal(next === undefined ? "state of the claim" : undefined);
        expect(keeper.claim(1).state).to.equal(next ?? state);
        const after = { ...before };
        after[state] -= 1;
        after[next ?? state] += 1;
        expect(keeper.programme(1).claims).to.deep.equal(after);
      });
    }
  }
});
