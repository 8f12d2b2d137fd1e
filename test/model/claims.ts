/** Rosters, insurers, claims and what comes back of them in the per-fen model. */
import { fen, position } from "../../protocol/amounts.ts";
import {
  bytes32,
  claimId,
  payoutId,
  periodNumber,
  programmeId,
  recoveryId,
  rosterId,
} from "../../protocol/ids.ts";
import type { LedgerEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import { actors } from "./actors.ts";
import type { ModelBooks, ModelClaim } from "./books.ts";
import { InsurersInARow } from "./fens.ts";
import { periodAt } from "./periods.ts";
import type { VerbOf } from "./verbs.ts";

export const declareInsurers = (books: ModelBooks, verb: VerbOf<"declareInsurers">): LedgerEvent => {
  const { sharesBps, programme, policyPeriod } = verb;
  const [paid, recovered] = [new InsurersInARow(sharesBps), new InsurersInARow(sharesBps)];
  books.policyPeriod(programme, policyPeriod).insurers = { shares: sharesBps, paid, recovered };
  return {
    type: "InsurersDeclared",
    programme: programmeId(programme),
    policyPeriod: periodNumber(policyPeriod),
    sharesBps,
    document: books.digest(),
    treasurer: actors.treasurer,
  };
};

export const appendRoster = (books: ModelBooks, verb: VerbOf<"appendRoster">): LedgerEvent => {
  books.rosters.push(verb);
  return {
    type: "RosterAppended",
    roster: rosterId(verb.roster),
    programme: programmeId(verb.programme),
    policyPeriod: periodNumber(verb.policyPeriod),
    root: books.digest(),
    count: verb.lines.length,
    premiumPerHead: fen(verb.premiumPerHead),
    denominator: verb.denominator,
    coordinator: actors.coordinator,
    operation: books.digest(),
  };
};

type Filed = Omit<ModelClaim, "moments" | "steps" | "remaining" | "queueNumber" | "reason">;

const keep = (books: ModelBooks, at: UnixSeconds, filed: Filed): void => {
  const moments = [{ at, state: "filed" as const, approved: 0 }];
  const steps = [`filed ${filed.requested}`];
  books.claims.push({ ...filed, moments, steps, remaining: 0, queueNumber: 0, reason: undefined });
};

export const fileClaim = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"file">): LedgerEvent => {
  const { claim, incidentFrom, benefit } = verb;
  const { roster, programme, policyPeriod, lines } = books.roster(verb.roster);
  const person = bytes32(lines[verb.line]?.person ?? "");
  const { toTheMinute } = books.policyPeriod(programme, policyPeriod).verb;
  const own = { claim, programme, policyPeriod, roster, person, incidentFrom, toTheMinute };
  keep(books, at, { ...own, requested: Number(verb.requested), benefit, aidOf: 0 });
  return {
    type: "ClaimFiled",
    claim: claimId(claim),
    programme: programmeId(programme),
    policyPeriod: periodNumber(policyPeriod),
    roster: rosterId(roster),
    person,
    incidentFrom,
    toTheMinute,
    requested: fen(verb.requested),
    benefit,
    evidence: books.digest(),
    filer: actors.coordinator,
    operation: books.digest(),
  };
};

export const fileGrant = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"grant">): LedgerEvent => {
  const { claim, programme, policyPeriod, aidOf, benefit } = verb;
  const { person } = books.claim(aidOf);
  const own = { claim, programme, policyPeriod, roster: 0, person, incidentFrom: 0 };
  keep(books, at, { ...own, toTheMinute: false, requested: Number(verb.requested), benefit, aidOf });
  return {
    type: "GrantFiled",
    claim: claimId(claim),
    programme: programmeId(programme),
    aidOf: claimId(aidOf),
    policyPeriod: periodNumber(policyPeriod),
    requested: fen(verb.requested),
    benefit,
    evidence: books.digest(),
    filer: actors.coordinator,
    operation: books.digest(),
  };
};

export const approve = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"approve">): LedgerEvent => {
  const claim = books.claim(verb.claim);
  const programme = books.programme(claim.programme);
  programme.approvals += 1;
  claim.moments.push({ at, state: "approved", approved: Number(verb.amount) });
  claim.steps.push(`approved ${verb.amount}`);
  claim.remaining = Number(verb.remaining);
  claim.queueNumber = programme.approvals;
  return {
    type: "ClaimApproved",
    claim: claimId(verb.claim),
    programme: programmeId(claim.programme),
    amount: fen(verb.amount),
    remaining: fen(verb.remaining),
    queueNumber: claim.queueNumber,
    adjudicator: actors.adjudicator,
  };
};

type Decision = VerbOf<"withdraw"> | VerbOf<"reject"> | VerbOf<"hold"> | VerbOf<"release"> | VerbOf<"cancel">;

const states = {
  withdraw: "withdrawn",
  reject: "rejected",
  hold: "onHold",
  release: "approved",
  cancel: "cancelled",
} as const;

const stepText = (verb: Decision): string => {
  switch (verb.verb) {
    case "withdraw":
      return "withdrawn";
    case "reject":
      return `rejected ${verb.reason}`;
    case "hold":
      return `held ${verb.reason}`;
    case "release":
      return "released";
    case "cancel":
      return `cancelled ${verb.reason}`;
  }
};

/** What changes where a claim stands, and no figure of it. */
export const decide = (books: ModelBooks, at: UnixSeconds, verb: Decision): LedgerEvent => {
  const claim = books.claim(verb.claim);
  claim.moments.push({ at, state: states[verb.verb], approved: books.approvedOf(claim) });
  claim.steps.push(stepText(verb));
  claim.reason = "reason" in verb ? verb.reason : undefined;
  const own = { claim: claimId(verb.claim), programme: programmeId(claim.programme) };
  const { adjudicator, coordinator } = actors;
  switch (verb.verb) {
    case "withdraw":
      return { type: "ClaimWithdrawn", ...own, coordinator };
    case "reject":
      return { type: "ClaimRejected", ...own, reason: verb.reason, adjudicator };
    case "hold":
      return { type: "ClaimHeld", ...own, reason: verb.reason, adjudicator };
    case "release":
      return { type: "ClaimReleased", ...own, adjudicator };
    case "cancel":
      return { type: "ClaimCancelled", ...own, reason: verb.reason, adjudicator };
  }
};

export const pay = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"pay">): LedgerEvent => {
  const claim = books.claim(verb.claim);
  const amount = books.approvedOf(claim);
  const programme = books.programme(claim.programme);
  const policy = books.policyPeriod(claim.programme, claim.policyPeriod);
  const id = books.payouts.length + 1;
  const [reserveStart, policyStart] = [programme.reserve.takers.length, policy.paid];
  const places = programme.reserve.take(amount, { kind: "payout", id });
  const parts = policy.insurers?.paid.bear(amount) ?? [];
  books.payouts.push({
    payout: id,
    claim: verb.claim,
    reserveStart,
    places,
    policyStart,
    parts,
    recovered: 0,
  });
  claim.moments.push({ at, state: "paid", approved: amount });
  claim.steps.push(`paid ${amount}`);
  policy.paid += amount;
  programme.flows.push({ at, flow: "paid", amount });
  return {
    type: "ClaimPaid",
    claim: claimId(verb.claim),
    payout: payoutId(id),
    programme: programmeId(claim.programme),
    period: periodNumber(periodAt(programme, at)),
    reserveStart: position(reserveStart),
    amount: fen(amount),
    policyStart: position(policyStart),
    paymentReference: books.digest(),
    payer: actors.payer,
  };
};

/** The first fen of a payout that have not come back stand at the end of the reserve line from now on. */
export const recover = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"recover">): LedgerEvent => {
  const payout = books.payout(verb.payout);
  const claim = books.claim(payout.claim);
  const programme = books.programme(claim.programme);
  const policy = books.policyPeriod(claim.programme, claim.policyPeriod);
  const { payout: id, recovered: offset } = payout;
  const [amount, reserveStart] = [Number(verb.amount), programme.reserve.places.length];
  const recovery = books.recoveries.length + 1;
  for (const { fen: back } of payout.places.slice(offset, offset + amount)) {
    programme.reserve.put(back, { kind: "recovery", id: recovery });
  }
  payout.recovered += amount;
  const [policyStart, parts] = [policy.recovered, policy.insurers?.recovered.bear(amount) ?? []];
  policy.recovered += amount;
  programme.flows.push({ at, flow: "recovered", amount });
  const { returned } = verb;
  books.recoveries.push({
    recovery,
    payout: id,
    offset,
    amount,
    reserveStart,
    returned,
    policyStart,
    parts,
  });
  claim.steps.push(`${returned ? "returned" : "recovered"} ${amount}`);
  if (returned) claim.moments.push({ at, state: "approved", approved: amount });
  return {
    type: "PayoutRecovered",
    recovery: recoveryId(recovery),
    payout: payoutId(id),
    programme: programmeId(claim.programme),
    claim: claimId(claim.claim),
    returned,
    period: periodNumber(periodAt(programme, at)),
    offset: position(offset),
    reserveStart: position(reserveStart),
    amount: fen(amount),
    policyStart: position(policyStart),
    evidence: books.digest(),
    payer: actors.payer,
    operation: books.digest(),
  };
};
