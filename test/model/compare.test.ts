/** The comparison sees every difference: each figure of the books is made wrong once. */
import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { programmeId } from "../../protocol/ids.ts";
import type { LedgerState, PayoutRecord, ProgrammeRecord } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { compareBooks } from "./compare.ts";
import { randomHistory } from "./history.ts";
import type { WrittenHistory } from "./history.ts";
import { lengthOf } from "./run.ts";
import { tallyOf } from "./tally.ts";

const needed = [
  "moves",
  "grants",
  "payouts of recovered money",
  "payouts shared by insurers",
  "refunds",
] as const;

/** The first history that has all that is to be made wrong. */
const richHistory = (): WrittenHistory => {
  for (let seed = 1; seed < 5000; seed += 1) {
    const written = randomHistory(seed, lengthOf(seed));
    const { model, endsAt } = written;
    const tally = tallyOf(model, endsAt);
    const queues = model.programmes.map(({ verb }) => model.queue(verb.programme).length);
    const isCovered = model.refunds.some(({ covered }) => covered !== undefined);
    if (needed.every((name) => tally[name] > 0) && Math.max(...queues) > 1 && isCovered) return written;
  }
  throw new RangeError("no history has everything");
};

const found = <Item>(items: readonly Item[], is: (item: Item) => boolean = () => true): Item => {
  const item = items.find(is);
  if (item === undefined) throw new RangeError("nothing to make wrong");
  return item;
};

/** Puts another record in the place of the first that fits. */
const change = <Item>(items: Item[], other: (item: Item) => Item, is?: (item: Item) => boolean): void => {
  const item = found(items, is);
  items.splice(items.indexOf(item), 1, other(item));
};

const more = (amount: bigint) => fen(amount + 1n);
const further = (place: bigint) => position(place + 1n);

const totals = (state: LedgerState, name: keyof ProgrammeRecord["totals"]): void => {
  const programme = found(state.programmes);
  const wrong = position(BigInt(programme.totals[name]) + 1n);
  programme.totals = { ...programme.totals, [name]: name === "claimsPaid" ? Number(wrong) : wrong };
};

type Damage = (state: LedgerState) => void;
const damages: readonly (readonly [name: string, damage: Damage])[] = [
  ["a fen donated", ({ funds }) => (found(funds).donated = further(found(funds).donated))],
  ["a fen allocated", ({ funds }) => (found(funds).allocated = further(found(funds).allocated))],
  [
    "a fen promised to claims",
    ({ funds }) => (found(funds).claimsAllocated = more(found(funds).claimsAllocated)),
  ],
  ["a donation", ({ funds }) => (found(funds).donations += 1)],
  ["a fen in a reserve", (state) => totals(state, "reserveIn")],
  ["a fen spent of a reserve", (state) => totals(state, "reserveSpent")],
  ["a fen of operations money", (state) => totals(state, "operationsIn")],
  ["a fen of expenses", (state) => totals(state, "operationsOut")],
  ["a fen owed", (state) => totals(state, "approvedUnpaid")],
  ["a fen asked for", (state) => totals(state, "filedUndecided")],
  ["a fen moved in", (state) => totals(state, "movedIn")],
  ["a fen moved out", (state) => totals(state, "movedOut")],
  ["a fen recovered", (state) => totals(state, "recovered")],
  ["a fallback", ({ programmes }) => (found(programmes).fallbackTo = programmeId(9))],
  [
    "the order of a queue",
    ({ programmes }) =>
      found(programmes, ({ queue }) => queue.places.length > queue.head + 1).queue.places.sort(
        (one, other) => other.queueNumber - one.queueNumber,
      ),
  ],
  [
    "a closed period",
    ({ programmes }) =>
      change(found(programmes, ({ closed }) => closed.length > 0).closed, (closed) => ({
        ...closed,
        record: { ...closed.record, allocated: more(closed.record.allocated) },
      })),
  ],
  [
    "what a policy period was paid",
    ({ programmes }) => {
      const period = found(programmes.flatMap(({ periods }) => periods));
      period.paid = further(period.paid);
    },
  ],
  [
    "what is taken of a cover",
    ({ programmes }) => {
      const { committed } = found(
        programmes.flatMap(({ periods }) => periods),
        (period) => period.committed.size > 0,
      );
      committed.set(found([...committed.keys()]), fen(1_000_000n));
    },
  ],
  [
    "the order of insurers",
    ({ programmes, claims }) => {
      const period = found(
        programmes.flatMap(({ periods }) => periods),
        ({ insurers, paid }) => {
          const shares = insurers?.sharesBps ?? [];
          return paid > 0n && shares.join() !== shares.toReversed().join();
        },
      );
      const { insurers } = period;
      if (insurers !== undefined)
        period.insurers = { ...insurers, sharesBps: insurers.sharesBps.toReversed() };
      expect(claims.length).to.be.greaterThan(0);
    },
  ],
  ["the state of a claim", ({ claims }) => (found(claims, ({ state }) => state !== "filed").state = "filed")],
  ["what is granted", ({ claims }) => (found(claims, ({ granted }) => granted > 0n).granted = fen(0n))],
  ["a step of a claim", ({ claims }) => found(claims).steps.pop()],
  [
    "a queue number",
    ({ claims }) => {
      const claim = found(claims, ({ approval }) => approval !== undefined);
      if (claim.approval !== undefined) claim.approval = { ...claim.approval, queueNumber: 99 };
    },
  ],
  [
    "what came back of a payout",
    ({ payouts }) => (found(payouts).recovered = more(found(payouts).recovered)),
  ],
  [
    "where a payout began",
    ({ programmes }) => {
      const isLeft = ({ amount, recovered }: PayoutRecord): boolean => amount > recovered;
      const { payouts } = found(programmes, (programme) => programme.payouts.some(isLeft));
      change(payouts, (payout) => ({ ...payout, reserveStart: further(payout.reserveStart) }), isLeft);
    },
  ],
  [
    "where a recovery stands",
    ({ programmes }) =>
      change(found(programmes, ({ recoveries }) => recoveries.length > 0).recoveries, (recovery) => ({
        ...recovery,
        reserveStart: further(recovery.reserveStart),
      })),
  ],
  [
    "where a move ended",
    ({ programmes }) =>
      change(found(programmes, ({ movesOut }) => movesOut.length > 0).movesOut, (move) => ({
        ...move,
        operationsTo: further(move.operationsTo),
        reserveTo: further(move.reserveTo),
      })),
  ],
  [
    "where a move began",
    ({ programmes }) => {
      for (const { movesOut } of programmes) movesOut.splice(0);
    },
  ],
  [
    "an allocation that is gone",
    ({ programmes }) => found(programmes, ({ payouts }) => payouts.length > 0).allocations.shift(),
  ],
  [
    "batches that are gone",
    ({ funds }) => {
      for (const { batches } of funds) batches.splice(0);
    },
  ],
  ["who repaid", ({ refunds }) => change(refunds, (refund) => ({ ...refund, amount: more(refund.amount) }))],
  [
    "what the foundation owes",
    ({ refunds }) => delete found(refunds, ({ covered }) => covered !== undefined).covered,
  ],
];

describe("the comparison of the protocol's books with the per-fen model", () => {
  const { model, endsAt } = richHistory();
  const rebuilt = (): LedgerState => model.events.reduce(applyEvent, emptyState());

  it("finds nothing where nothing differs", () => compareBooks(rebuilt(), model, endsAt, "a history"));

  for (const [name, damage] of damages) {
    it(`finds ${name}`, () => {
      const state = rebuilt();
      damage(state);
      expect(() => compareBooks(state, model, endsAt, "a history")).to.throw();
    });
  }
});
