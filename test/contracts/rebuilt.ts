/** Law L7: the state that was rebuilt from events alone, held against the ledger's own storage, record by record. */
import { expect } from "chai";
import { stringToHex } from "viem";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import { bigEndian, concat, fromHex, keccakHex, utf8 } from "../../protocol/bytes.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { claimStateOf } from "../../protocol/ledger/claims.ts";
import { benefitKinds, programmeKinds } from "../../protocol/ledger/events.ts";
import type {
  ClaimRecord,
  FundRecord,
  LedgerState,
  ProgrammeRecord,
  Totals,
} from "../../protocol/ledger/records.ts";
import { openClaimsOf, queueOf } from "../../protocol/ledger/state.ts";
import type { TestBooks } from "./books.ts";

const claimStates = ["none", "filed", "approved", "paid"];
const currencyCode = (currency: string) => stringToHex(currency, { size: 3 });

/** The books' place in storage, and the number of each mapping behind it. */
const place = BigInt(keccakHex(bigEndian(BigInt(keccakHex(utf8("everyfen.books"))) - 1n, 32))) & ~0xffn;
const [actorOf, channels, operations] = [place + 1n, place + 2n, place + 3n];

const wordAt = async (books: TestBooks, mapping: bigint, key: Uint8Array): Promise<bigint> => {
  const slot = keccakHex(concat(key, bigEndian(mapping, 32)));
  return BigInt(await books.chain.storageAt(books.ledger, slot));
};

const compareAccess = async (books: TestBooks, state: LedgerState): Promise<void> => {
  expect(await books.read.paused()).to.equal(state.paused);
  const accounts = [...books.chain.accounts];
  for (const account of accounts) {
    const key = concat(new Uint8Array(12), fromHex(account));
    const actor = state.actors.indexOf(account) + 1;
    expect(await wordAt(books, actorOf, key), `actor of ${account}`).to.equal(BigInt(actor));
  }
  for (const [role, holders] of state.roles) {
    expect(holders.size).to.be.greaterThan(0);
    for (const account of accounts.slice(0, 9)) {
      expect(await books.read.hasRole([role, account])).to.equal(holders.has(account));
    }
  }
  for (const channel of state.channels) {
    expect(await wordAt(books, channels, fromHex(encodeChannel(channel))), channel).to.equal(1n);
  }
  expect(await wordAt(books, channels, fromHex(encodeChannel("another")))).to.equal(0n);
  for (const operation of state.operations) {
    expect(await wordAt(books, operations, fromHex(operation)), operation).to.equal(1n);
  }
  const other = keccakHex(utf8("an operation that never landed"));
  expect(await wordAt(books, operations, fromHex(other))).to.equal(0n);
};

const compareCounters = async (books: TestBooks, state: LedgerState): Promise<void> => {
  expect(await books.lens.read.counters()).to.deep.equal({
    actors: state.actors.length,
    funds: state.funds.length,
    programmes: state.programmes.length,
    batches: state.batches.length,
    allocations: state.allocations.length,
    expenses: state.expenses.length,
    claims: state.claims.length,
    payouts: state.payouts.length,
  });
};

const compareFund = async (books: TestBooks, fund: FundRecord): Promise<void> => {
  expect(await books.lens.read.fund([fund.fund]), `fund ${fund.fund}`).to.deep.equal({
    donated: fund.donated,
    allocated: fund.allocated,
    claimsShareBps: fund.claimsShareBps,
    currency: currencyCode(fund.currency),
    restrictedTo: fund.restrictedTo,
    fallbackTo: fund.fallbackTo,
  });
};

/** Verbs of the next issue fill the rest. */
const storedTotals = (totals: Totals) => ({
  reserveIn: totals.reserveIn,
  reserveSpent: totals.reserveSpent,
  approvedUnpaid: totals.approvedUnpaid,
  filedUndecided: totals.filedUndecided,
  operationsIn: totals.operationsIn,
  expenses: totals.expenses,
  movedIn: 0n,
  movedOut: 0n,
  recovered: 0n,
});

/** The fallback that a programme took on with the first restricted fund that it accepted. */
const fallbackOf = (state: LedgerState, programme: ProgrammeId): number => {
  const restricted = state.allocations.filter((allocation) => allocation.programme === programme);
  return restricted.map(({ fund }) => state.funds[fund - 1]?.fallbackTo ?? 0).find((id) => id !== 0) ?? 0;
};

const compareProgramme = async (
  books: TestBooks,
  state: LedgerState,
  programme: ProgrammeRecord,
): Promise<void> => {
  const queue = queueOf(programme);
  const id = programme.programme;
  expect(await books.lens.read.programme([id]), `programme ${id}`).to.deep.equal({
    totals: storedTotals(programme.totals),
    queueHead: queue[0] ?? 0,
    queueTail: queue.at(-1) ?? 0,
    lastQueueNumber: programme.queue.length,
    openClaims: openClaimsOf(programme),
    declaredPeriods: programme.periods.length,
    currentPeriod: programme.closed.length + 1,
    currentEnd: programme.periods[programme.closed.length]?.end ?? 0,
    kind: programmeKinds.indexOf(programme.kind),
    currency: currencyCode(programme.currency),
    region: programme.region,
    fallbackTo: fallbackOf(state, id),
  });
  for (const { period, start, end, filingDeadline, cover, terms } of programme.periods) {
    const stored = await books.lens.read.period([id, period]);
    const ofPolicy = programme.payouts.filter(
      ({ claim }) => state.claims[claim - 1]?.policyPeriod === period,
    );
    const paidForPolicy = ofPolicy.reduce((sum, { amount }) => sum + amount, 0n);
    const expected = { start, end, filingDeadline, cover, terms, paidForPolicy };
    expect(stored, `programme ${id}, period ${period}`).to.deep.include(expected);
    const closed = programme.closed[period - 1];
    if (closed !== undefined) expect(stored).to.deep.include({ closed: true, record: closed.record });
  }
};

const compareClaim = async (books: TestBooks, state: LedgerState, claim: ClaimRecord): Promise<void> => {
  const { approval, payouts } = claim;
  const programme = state.programmes[claim.programme - 1];
  const queue = programme === undefined ? [] : queueOf(programme);
  const at = queue.indexOf(claim.claim);
  const { next, ...stored } = await books.lens.read.claim([claim.claim]);
  // A paid claim keeps its link to the one behind it, without meaning.
  if (payouts.length === 0) expect(next).to.equal(at === -1 ? 0 : (queue[at + 1] ?? 0));
  expect(stored, `claim ${claim.claim}`).to.deep.equal({
    programme: claim.programme,
    policyPeriod: claim.policyPeriod,
    state: claimStates.indexOf(claimStateOf(claim)),
    benefit: benefitKinds.indexOf(claim.benefit),
    toTheMinute: claim.toTheMinute,
    incidentFrom: claim.incidentFrom,
    filer: claim.filer,
    adjudicator: approval?.adjudicator ?? 0,
    queueNumber: approval?.queueNumber ?? 0,
    lastPayout: payouts.at(-1)?.payout ?? 0,
    requested: claim.requested,
    approved: approval?.amount ?? 0n,
    previous: at > 0 ? queue[at - 1] : 0,
    person: claim.person,
    aidOf: 0,
    remaining: approval?.remaining ?? 0n,
    granted: 0n,
    reason: 0,
  });
};

const compareFlows = async (books: TestBooks, state: LedgerState): Promise<void> => {
  const { read } = books.lens;
  for (const { batch, startsAt, sum, count, fund, day, root } of state.batches) {
    expect(await read.batch([batch])).to.deep.equal({ startsAt, sum, count, fund, day, root });
  }
  for (const allocation of state.allocations) {
    const { fund, programme, fundStart, amount, reserveStart, operationsStart } = allocation;
    const expected = { fund, programme, fundStart, amount, reserveStart, operationsStart };
    expect(await read.allocation([allocation.allocation])).to.deep.equal(expected);
  }
  for (const { expense, programme, operationsStart, amount } of state.expenses) {
    expect(await read.expense([expense])).to.deep.equal({ programme, operationsStart, amount });
  }
  for (const { payout, claim, reserveStart, amount } of state.payouts) {
    const expected = { claim, previous: 0, reserveStart, amount, recovered: 0n };
    expect(await read.payout([payout])).to.deep.equal(expected);
  }
};

/** Every record of the ledger's storage is what the events say. */
export const expectSameBooks = async (books: TestBooks, state: LedgerState): Promise<void> => {
  await compareAccess(books, state);
  await compareCounters(books, state);
  for (const fund of state.funds) await compareFund(books, fund);
  for (const programme of state.programmes) await compareProgramme(books, state, programme);
  await compareFlows(books, state);
  for (const claim of state.claims) await compareClaim(books, state, claim);
};
