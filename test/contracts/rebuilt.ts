/** Law L7: the state that was rebuilt from events alone, held against the ledger's own storage, record by record. */
import { expect } from "chai";
import { getContract, stringToHex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { packShares } from "../../chain/coding.ts";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import { keccakHex, utf8 } from "../../protocol/bytes.ts";
import { position } from "../../protocol/amounts.ts";
import type { Address } from "../../protocol/ids.ts";
import { cumulativeParts, readShares } from "../../protocol/insurers/split.ts";
import {
  benefitKinds,
  claimStates,
  findingStates,
  programmeKinds,
  reasons,
} from "../../protocol/ledger/events.ts";
import { waitingIn } from "../../protocol/ledger/queue.ts";
import type {
  ClaimRecord,
  FundRecord,
  LedgerState,
  PolicyPeriod,
  ProgrammeRecord,
  Totals,
} from "../../protocol/ledger/records.ts";
import { openClaimsOf } from "../../protocol/ledger/state.ts";
import { chain } from "./chain.ts";

/** Where a ledger and its lens stand on the chain of the run. */
export interface Deployed {
  readonly ledger: Address;
  readonly lens: Address;
}

const readersOf = ({ ledger, lens }: Deployed) => {
  const client = chain.reader();
  return {
    ledger: getContract({ address: ledger, abi: ledgerAbi, client }).read,
    lens: getContract({ address: lens, abi: lensAbi, client }).read,
  };
};
type Readers = ReturnType<typeof readersOf>;

const currencyCode = (currency: string) => stringToHex(currency, { size: 3 });

const compareAccess = async ({ ledger, lens }: Readers, state: LedgerState): Promise<void> => {
  expect(await ledger.paused()).to.equal(state.paused);
  for (const account of chain.accounts) {
    const actor = state.actors.indexOf(account) + 1;
    expect(await lens.actorOf([account]), `actor of ${account}`).to.equal(actor);
  }
  for (const [role, holders] of state.roles) {
    for (const account of chain.accounts.slice(0, 9)) {
      expect(await ledger.hasRole([role, account])).to.equal(holders.has(account));
    }
  }
  for (const channel of state.channels) expect(await lens.isChannel([encodeChannel(channel)])).to.equal(true);
  expect(await lens.isChannel([encodeChannel("another")])).to.equal(false);
  for (const operation of state.operations) expect(await lens.hasLanded([operation])).to.equal(true);
  expect(await lens.hasLanded([keccakHex(utf8("never landed"))])).to.equal(false);
};

const compareCounters = async ({ lens }: Readers, state: LedgerState): Promise<void> => {
  expect(await lens.counters()).to.deep.equal({
    actors: state.actors.length,
    funds: state.funds.length,
    programmes: state.programmes.length,
    batches: state.batches.length,
    allocations: state.allocations.length,
    expenses: state.expenses.length,
    claims: state.claims.length,
    payouts: state.payouts.length,
    rosters: state.rosters.length,
    recoveries: state.recoveries.length,
    moves: state.moves.length,
    refunds: state.refunds.length,
    attestations: state.attestations.length,
    findings: state.findings.length,
    confirmations: state.confirmations.length,
    corrections: state.corrections.length,
  });
};

const compareFund = async ({ lens }: Readers, fund: FundRecord): Promise<void> => {
  expect(await lens.fund([fund.fund]), `fund ${fund.fund}`).to.deep.equal({
    donated: fund.donated,
    allocated: fund.allocated,
    claimsShareBps: fund.claimsShareBps,
    currency: currencyCode(fund.currency),
    restrictedTo: fund.restrictedTo,
    fallbackTo: fund.fallbackTo,
  });
};

/** Payments are counted by readers only. */
const storedTotals = (totals: Totals): object =>
  Object.fromEntries(Object.entries(totals).filter(([name]) => name !== "claimsPaid"));

const compareProgramme = async ({ lens }: Readers, programme: ProgrammeRecord): Promise<void> => {
  const queue = waitingIn(programme.queue);
  const id = programme.programme;
  expect(await lens.programme([id]), `programme ${id}`).to.deep.equal({
    totals: storedTotals(programme.totals),
    queueHead: queue[0] ?? 0,
    queueTail: queue.at(-1) ?? 0,
    lastQueueNumber: programme.lastQueueNumber,
    openClaims: openClaimsOf(programme),
    declaredPeriods: programme.periods.length,
    currentPeriod: programme.closed.length + 1,
    currentEnd: programme.periods[programme.closed.length]?.end ?? 0,
    kind: programmeKinds.indexOf(programme.kind),
    currency: currencyCode(programme.currency),
    region: programme.region,
    fallbackTo: programme.fallbackTo,
  });
  const { totals } = programme;
  const available = totals.reserveIn - totals.reserveSpent;
  const missing = totals.approvedUnpaid - available;
  const shortfall = missing > 0n ? missing : 0n;
  expect(await lens.reserveOf([id])).to.deep.equal([available, totals.approvedUnpaid, shortfall]);
};

const comparePeriod = async (
  { lens }: Readers,
  state: LedgerState,
  programme: ProgrammeRecord,
  period: PolicyPeriod,
): Promise<void> => {
  const name = `programme ${programme.programme}, period ${period.period}`;
  const key = [programme.programme, period.period] as const;
  const { start, end, filingDeadline, cover, toTheMinute, terms } = period;
  const sharesBps = period.insurers?.sharesBps ?? [];
  const stored = await lens.period(key);
  expect(stored, name).to.deep.include({ start, end, filingDeadline, cover, toTheMinute, terms });
  expect(stored, name).to.deep.include({
    paidForPolicy: period.paid,
    recoveredForPolicy: period.recovered,
    insurerShares: packShares(sharesBps),
  });
  const closed = programme.closed[period.period - 1];
  if (closed !== undefined) expect(stored, name).to.deep.include({ closed: true, record: closed.record });
  const persons = state.claims
    .filter((claim) => claim.programme === programme.programme)
    .map(({ person }) => person);
  for (const person of new Set(persons)) {
    expect(await lens.committedOf([...key, person]), name).to.equal(period.committed.get(person) ?? 0n);
  }
  const partsUpTo = (x: bigint) =>
    sharesBps.length === 0 ? [] : cumulativeParts(position(x), readShares(sharesBps));
  expect(await lens.insurerParts(key), name).to.deep.equal([
    sharesBps.map(BigInt),
    partsUpTo(period.paid),
    partsUpTo(period.recovered),
  ]);
};

const compareClaim = async ({ lens }: Readers, state: LedgerState, claim: ClaimRecord): Promise<void> => {
  const { approval, payouts } = claim;
  const programme = state.programmes[claim.programme - 1];
  const queue = programme === undefined ? [] : waitingIn(programme.queue);
  const at = queue.indexOf(claim.claim);
  const { previous, next, ...stored } = await lens.claim([claim.claim]);
  // Outside the queue the links mean nothing.
  expect(at !== -1, `claim ${claim.claim}`).to.equal(claim.state === "approved");
  if (at !== -1) expect([previous, next]).to.deep.equal([queue[at - 1] ?? 0, queue[at + 1] ?? 0]);
  expect(stored, `claim ${claim.claim}`).to.deep.equal({
    programme: claim.programme,
    policyPeriod: claim.policyPeriod,
    state: claimStates.indexOf(claim.state) + 1,
    benefit: benefitKinds.indexOf(claim.benefit),
    toTheMinute: claim.toTheMinute,
    incidentFrom: claim.incidentFrom,
    filer: claim.filer,
    adjudicator: approval?.adjudicator ?? 0,
    queueNumber: approval?.queueNumber ?? 0,
    lastPayout: payouts.at(-1)?.payout ?? 0,
    requested: claim.requested,
    approved: approval?.amount ?? 0n,
    person: claim.person,
    aidOf: claim.aidOf,
    remaining: approval?.remaining ?? 0n,
    granted: claim.granted,
    reason: claim.reason === undefined ? 0 : reasons.indexOf(claim.reason) + 1,
  });
  for (const [index, { payout, reserveStart, amount, recovered }] of payouts.entries()) {
    const previous = payouts[index - 1]?.payout ?? 0;
    const expected = { claim: claim.claim, previous, reserveStart, amount, recovered };
    expect(await lens.payout([payout])).to.deep.equal(expected);
  }
};

const compareFlows = async ({ lens }: Readers, state: LedgerState): Promise<void> => {
  for (const { batch, startsAt, sum, count, fund, day, root } of state.batches) {
    expect(await lens.batch([batch])).to.deep.equal({ startsAt, sum, count, fund, day, root });
  }
  for (const allocation of state.allocations) {
    const { fund, programme, fundStart, amount, reserveStart, operationsStart } = allocation;
    const expected = { fund, programme, fundStart, amount, reserveStart, operationsStart };
    expect(await lens.allocation([allocation.allocation])).to.deep.equal(expected);
  }
  for (const { expense, programme, operationsStart, amount } of state.expenses) {
    expect(await lens.expense([expense])).to.deep.equal({ programme, operationsStart, amount });
  }
  for (const { recovery, payout, offset, amount, reserveStart } of state.recoveries) {
    expect(await lens.recovery([recovery])).to.deep.equal({ payout, offset, amount, reserveStart });
  }
  for (const move of state.moves) {
    const stored = await lens.move([move.move]);
    expect(move).to.deep.include(stored);
    expect(Object.keys(stored)).to.have.length(8);
  }
  for (const { roster, programme, policyPeriod, root } of state.rosters) {
    expect(await lens.roster([roster])).to.deep.equal({ programme, policyPeriod, root });
  }
};

const compareRefundsAndFindings = async ({ lens }: Readers, state: LedgerState): Promise<void> => {
  for (const { batch, count } of state.batches) {
    for (let index = 0; index < count; index += 1) {
      const refunds = (state.refundsOfBatch.get(batch) ?? []).filter((refund) => refund.index === index);
      const repaid = refunds.reduce((sum, { amount }) => sum + amount, 0n);
      expect(await lens.refundedOf([batch, index]), `batch ${batch}, ${index}`).to.equal(repaid);
    }
  }
  for (const { refund, covered } of state.refunds) {
    expect(await lens.isCovered([refund]), `refund ${refund}`).to.equal(covered !== undefined);
  }
  for (const { finding, state: stands } of state.findings) {
    expect(await lens.findingState([finding])).to.equal(findingStates.indexOf(stands) + 1);
  }
};

/** Every record of the ledger's storage is what the events say. */
export const expectSameBooks = async (deployed: Deployed, state: LedgerState): Promise<void> => {
  const readers = readersOf(deployed);
  await compareAccess(readers, state);
  await compareCounters(readers, state);
  for (const fund of state.funds) await compareFund(readers, fund);
  for (const programme of state.programmes) {
    await compareProgramme(readers, programme);
    for (const period of programme.periods) await comparePeriod(readers, state, programme, period);
  }
  for (const claim of state.claims) await compareClaim(readers, state, claim);
  await compareFlows(readers, state);
  await compareRefundsAndFindings(readers, state);
};
