/** Claims of invented books as views, and what was promised of a reserve at any moment. */
import { fen, position } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { claimId, moveId, payoutId, recoveryId, rosterId } from "../../protocol/ids.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type {
  ClaimState,
  ClaimView,
  MoveView,
  PayoutView,
  RecoveryView,
} from "../../protocol/ports/views.ts";
import type { AuditedBooks } from "./audited-books.ts";
import { most, sum } from "./fake-trace.ts";
import {
  actors,
  available,
  hexOf,
  type FakeClaim,
  type FakeMove,
  type FakePayout,
  type FakeRecovery,
} from "./invented-records.ts";

const forever = Number.MAX_SAFE_INTEGER;

const claimCode = (claim: FakeClaim): string => encodeCode({ kind: "claim", claim: claimId(claim.claim) });

/** Where a claim stood at a moment, replayed from its steps. */
const stateAt = (claim: FakeClaim, end: UnixSeconds): { state: ClaimState; approved: bigint } | undefined => {
  let now: { state: ClaimState; approved: bigint } | undefined;
  for (const { step, at, amount } of claim.steps) {
    if (at.blockTime >= end) break;
    const approved = now?.approved ?? 0n;
    if (step === "filed" || step === "withdrawn" || step === "rejected" || step === "cancelled") {
      now = { state: step, approved: 0n };
    }
    if (step === "approved" || step === "returned") now = { state: "approved", approved: amount ?? 0n };
    if (step === "held") now = { state: "onHold", approved };
    if (step === "released") now = { state: "approved", approved };
    if (step === "paid") now = { state: "paid", approved };
  }
  return now;
};

export const payoutView = (payout: FakePayout): PayoutView => ({
  payout: payoutId(payout.payout),
  amount: fen(payout.amount),
  recovered: fen(payout.recovered),
  reserveStart: position(payout.reserveStart),
  period: payout.period,
  paidAt: payout.at,
  paymentReference: hexOf(4000 + payout.payout),
});

export const recoveryView = (recovery: FakeRecovery): RecoveryView => ({
  recovery: recoveryId(recovery.recovery),
  payout: payoutId(recovery.payout.payout),
  claim: claimId(recovery.payout.claim.claim),
  claimCode: claimCode(recovery.payout.claim),
  programme: recovery.payout.claim.programme,
  amount: fen(recovery.amount),
  returned: recovery.returned,
  period: recovery.period,
  reserveStart: position(recovery.reserveStart),
  recoveredAt: recovery.at,
});

export const fakeClaims = (books: AuditedBooks) => {
  const queueOf = (programme: ProgrammeId): readonly FakeClaim[] =>
    books.claims
      .filter((claim) => claim.programme === programme && claim.state === "approved")
      .sort((a, b) => (a.queueNumber ?? 0) - (b.queueNumber ?? 0));

  const waiting = (claim: FakeClaim): Pick<ClaimView, "claimsAhead" | "missing"> => {
    const queue = queueOf(claim.programme);
    const ahead = queue.indexOf(claim);
    if (ahead < 0) return {};
    const needed = sum(queue.slice(0, ahead + 1).map((one) => one.approved));
    const held = available(books.flows(claim.programme, forever));
    return { claimsAhead: ahead, missing: fen(most(0n, needed - held)) };
  };

  const decided = (claim: FakeClaim): Pick<ClaimView, "queueNumber" | "adjudicator" | "approvedAt"> => {
    const approval = claim.steps.find(({ step }) => step === "approved");
    if (approval === undefined || claim.queueNumber === undefined) {
      return claim.state === "rejected" ? { adjudicator: actors.adjudicator } : {};
    }
    return { queueNumber: claim.queueNumber, adjudicator: approval.actor, approvedAt: approval.at };
  };

  const linked = ({ claim, aidOf }: FakeClaim): Pick<ClaimView, "aidOf" | "grants"> => {
    const own = books.claims.find((one) => one.claim === claim);
    const grants = own === undefined ? [] : books.grantsOf(own);
    return {
      ...(aidOf === undefined ? {} : { aidOf: { claim: claimId(aidOf.claim), code: claimCode(aidOf) } }),
      grants: grants.map((grant) => ({ claim: claimId(grant.claim), code: claimCode(grant) })),
    };
  };

  const claimView = (claim: FakeClaim): ClaimView => {
    const programme = books.programmeOf(claim.programme);
    return {
      claim: claimId(claim.claim),
      code: claimCode(claim),
      programme: claim.programme,
      programmeName: programme.name,
      currency: "CNY",
      policyPeriod: claim.policyPeriod,
      state: claim.state,
      benefit: claim.benefit,
      ...(claim.incidentFrom === undefined ? {} : { incidentFrom: claim.incidentFrom }),
      toTheMinute: programme.toTheMinute,
      ...(claim.roster === undefined ? {} : { roster: rosterId(claim.roster) }),
      requested: fen(claim.requested),
      approved: fen(claim.approved),
      ...(claim.reason === undefined ? {} : { reason: claim.reason }),
      remaining: fen(claim.remaining),
      granted: fen(sum(books.grantsOf(claim).map((grant) => grant.approved))),
      ...linked(claim),
      ...decided(claim),
      ...waiting(claim),
      filer: actors.filer,
      ...(claim.payouts.length === 0 ? {} : { payer: actors.payer }),
      filedAt: claim.filedAt,
      payouts: claim.payouts.map(payoutView),
      paid: fen(sum(claim.payouts.map((payout) => payout.amount))),
      recovered: fen(sum(claim.payouts.map((payout) => payout.recovered))),
      steps: claim.steps,
    };
  };

  /** Approved and not on hold, and filed and undecided, at a moment. */
  const promised = (
    programme: ProgrammeId,
    end: UnixSeconds,
  ): { approvedUnpaid: bigint; filedUndecided: bigint } => {
    const claims = books.claims
      .filter((claim) => claim.programme === programme)
      .map((claim) => ({ claim, stand: stateAt(claim, end) }));
    return {
      approvedUnpaid: sum(claims.map(({ stand }) => (stand?.state === "approved" ? stand.approved : 0n))),
      filedUndecided: sum(
        claims.map(({ claim, stand }) => (stand?.state === "filed" ? claim.requested : 0n)),
      ),
    };
  };

  const moveView = (move: FakeMove): MoveView => ({
    move: moveId(move.move),
    from: move.from,
    fromName: books.programmeOf(move.from).name,
    to: move.to,
    toName: books.programmeOf(move.to).name,
    currency: "CNY",
    reserveAmount: fen(move.reserveAmount),
    operationsAmount: fen(move.operationsAmount),
    movedAt: move.at,
  });

  return { claimView, queueOf, promised, moveView };
};
