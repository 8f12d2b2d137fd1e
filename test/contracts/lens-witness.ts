/** What the ledger's storage says by way of the lens, against the per-fen model: every record, queue, cover and share. */
import { getContract } from "viem";
import { lensAbi } from "../../chain/abi/lens.ts";
import { codeAt, packShares, unpackShares } from "../../chain/coding.ts";
import { bytes32 } from "../../protocol/ids.ts";
import { benefitKinds, reasons } from "../../protocol/ledger/events.ts";
import type { ClaimState, FindingState, UnixSeconds } from "../../protocol/ledger/events.ts";
import { expectAgreement } from "../model/agreement.ts";
import type { BooksFacts, ClaimFacts, PayoutFacts, PeriodFacts, ProgrammeFacts } from "../model/facts.ts";
import { modelFacts, recordFacts } from "../model/model-facts.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import { chain } from "./chain.ts";
import type { Stage } from "./stage.ts";

/** In the order of the contract's codes. */
const claimStates: readonly ("none" | ClaimState)[] = [
  "none",
  "filed",
  "approved",
  "paid",
  "rejected",
  "withdrawn",
  "cancelled",
  "onHold",
];
const findingStates: readonly ("none" | FindingState)[] = ["none", "open", "answered", "closed"];
const reasonCodes = ["none", ...reasons] as const;

const lensOf = ({ lens }: Stage) => getContract({ address: lens, abi: lensAbi, client: chain.reader() });
type Lens = ReturnType<typeof lensOf>;

const compareFunds = async ({ read }: Lens, facts: BooksFacts, name: string): Promise<void> => {
  for (const { fund, donated, allocated } of facts.funds) {
    const stored = await read.fund([fund]);
    const told = { donated: Number(stored.donated), allocated: Number(stored.allocated) };
    expectAgreement(`${name}, fund ${fund}`, { donated, allocated }, told);
  }
};

/** What is taken of each person's cover, of all who ever filed for the period. */
const committedIn = async (
  { read }: Lens,
  claims: readonly ClaimFacts[],
  programme: number,
  period: number,
) => {
  const committed: Record<string, number> = {};
  for (const claim of claims) {
    if (claim.programme !== programme || claim.policyPeriod !== period) continue;
    const amount = Number(await read.committedOf([programme, period, bytes32(claim.person)]));
    if (amount > 0) committed[claim.person] = amount;
  }
  return committed;
};

const comparePeriod = async (
  lens: Lens,
  claims: readonly ClaimFacts[],
  programme: number,
  { period, closed, record, policy }: PeriodFacts,
  name: string,
): Promise<void> => {
  const { read } = lens;
  const stored = await read.period([programme, period]);
  const told = { closed: stored.closed, record: recordFacts(stored.record) };
  expectAgreement(name, { closed, record }, told);
  if (policy === undefined) return;
  expectAgreement(`${name}, policy`, policy, {
    cover: Number(stored.cover),
    toTheMinute: stored.toTheMinute,
    paid: Number(stored.paidForPolicy),
    recovered: Number(stored.recoveredForPolicy),
    shares: unpackShares(stored.insurerShares),
    committed: await committedIn(lens, claims, programme, period),
  });
};

/** The claims from the head of a queue on, by the links that the ledger keeps, and back again. */
const walkQueue = async ({ read }: Lens, head: number, tail: number) => {
  const [forward, back]: [number[], number[]] = [[], []];
  for (let claim = head; claim !== 0; claim = (await read.claim([claim])).next) forward.push(claim);
  for (let claim = tail; claim !== 0; claim = (await read.claim([claim])).previous) back.push(claim);
  return { forward, back };
};

const compareProgramme = async (
  lens: Lens,
  facts: ProgrammeFacts,
  claims: readonly ClaimFacts[],
  name: string,
): Promise<void> => {
  const { read } = lens;
  const id = facts.programme;
  const stored = await read.programme([id]);
  const [available, approvedUnpaid, shortfall] = await read.reserveOf([id]);
  const { operationsIn, operationsOut } = stored.totals;
  const currentPeriod = await read.currentPeriod([id]);
  const { forward, back } = await walkQueue(lens, stored.queueHead, stored.queueTail);
  expectAgreement(`${name}, queue from its tail`, facts.queue.toReversed(), back);
  const { periods, ...own } = facts;
  expectAgreement(name, own, {
    programme: id,
    currentPeriod,
    inRunOff: stored.declaredPeriods > 0 && currentPeriod > stored.declaredPeriods,
    fallbackTo: stored.fallbackTo,
    available: Number(available),
    approvedUnpaid: Number(approvedUnpaid),
    shortfall: Number(shortfall),
    advance: Number(operationsOut > operationsIn ? operationsOut - operationsIn : 0n),
    operationsIn: Number(operationsIn),
    operationsOut: Number(operationsOut),
    openClaims: stored.openClaims,
    queue: forward,
  });
  for (const period of periods)
    await comparePeriod(lens, claims, id, period, `${name}, period ${period.period}`);
};

const payoutsOf = async ({ read }: Lens, last: number): Promise<readonly number[]> => {
  const payouts: number[] = [];
  for (let payout = last; payout !== 0; payout = (await read.payout([payout])).previous) payouts.push(payout);
  return payouts.toReversed();
};

/** All but the roster and the steps, which only the events know. */
const compareClaim = async (lens: Lens, facts: ClaimFacts, name: string): Promise<void> => {
  const { roster: _roster, steps: _steps, ...own } = facts;
  const stored = await lens.read.claim([facts.claim]);
  expectAgreement(name, own, {
    claim: facts.claim,
    programme: stored.programme,
    policyPeriod: stored.policyPeriod,
    aidOf: stored.aidOf,
    person: stored.person,
    incidentFrom: stored.incidentFrom,
    toTheMinute: stored.toTheMinute,
    requested: Number(stored.requested),
    benefit: codeAt(benefitKinds, stored.benefit),
    state: codeAt(claimStates, stored.state),
    reason: codeAt(reasonCodes, stored.reason),
    approved: Number(stored.approved),
    remaining: Number(stored.remaining),
    granted: Number(stored.granted),
    queueNumber: stored.queueNumber,
    payouts: await payoutsOf(lens, stored.lastPayout),
  });
};

/** What the insurers of a policy period bear of [from, from + amount), by the contract's own peeling. */
const partsOf = async ({ read }: Lens, shares: readonly number[], from: number, amount: number) =>
  shares.length === 0
    ? []
    : (await read.partsOf([packShares(shares), BigInt(from), BigInt(from + amount)])).map(Number);

const sharesOf = (facts: BooksFacts, claim: number): readonly number[] => {
  const { programme = 0, policyPeriod = 0 } = facts.claims[claim - 1] ?? {};
  return facts.programmes[programme - 1]?.periods[policyPeriod - 1]?.policy?.shares ?? [];
};

const comparePayouts = async (lens: Lens, facts: BooksFacts, name: string): Promise<void> => {
  const { read } = lens;
  for (const { payout, claim, reserveStart, amount, recovered, policyStart, parts } of facts.payouts) {
    const about = `${name}, payout ${payout}`;
    const stored = await read.payout([payout]);
    expectAgreement(
      about,
      [claim, reserveStart, amount, recovered],
      [stored.claim, Number(stored.reserveStart), Number(stored.amount), Number(stored.recovered)],
    );
    const told = await partsOf(lens, sharesOf(facts, claim), policyStart, amount);
    expectAgreement(`${about}, its insurers`, parts, told);
  }
  for (const {
    recovery,
    payout,
    claim,
    offset,
    reserveStart,
    amount,
    policyStart,
    parts,
  } of facts.recoveries) {
    const about = `${name}, recovery ${recovery}`;
    const stored = await read.recovery([recovery]);
    expectAgreement(
      about,
      [payout, offset, amount, reserveStart],
      [stored.payout, Number(stored.offset), Number(stored.amount), Number(stored.reserveStart)],
    );
    const told = await partsOf(lens, sharesOf(facts, claim), policyStart, amount);
    expectAgreement(`${about}, its insurers`, parts, told);
  }
};

const added = (one: readonly number[], other: readonly number[]): readonly number[] =>
  other.map((part, at) => part + (one[at] ?? 0));

const partsIn = (
  facts: BooksFacts,
  programme: number,
  period: number,
  of: readonly Pick<PayoutFacts, "claim" | "parts">[],
): readonly number[] =>
  of
    .filter(({ claim }) => {
      const own = facts.claims[claim - 1];
      return own?.programme === programme && own.policyPeriod === period;
    })
    .reduce<readonly number[]>((sum, { parts }) => added(sum, parts), []);

/** What insurers bear of a whole policy period is what they bear of its payouts. */
const compareInsurers = async ({ read }: Lens, facts: BooksFacts, name: string): Promise<void> => {
  for (const { programme, periods } of facts.programmes) {
    for (const { period, policy } of periods) {
      if (policy === undefined || policy.shares.length === 0) continue;
      const [, paid, recovered] = await read.insurerParts([programme, period]);
      const none = policy.shares.map(() => 0);
      const about = `${name}, insurers of period ${period} of programme ${programme}`;
      const told = [paid.map(Number), recovered.map(Number)];
      const borne = [facts.payouts, facts.recoveries].map((of) => partsIn(facts, programme, period, of));
      expectAgreement(
        about,
        borne.map((parts) => (parts.length === 0 ? none : parts)),
        told,
      );
    }
  }
};

const compareRest = async (
  { read }: Lens,
  model: PerFenModel,
  facts: BooksFacts,
  name: string,
): Promise<void> => {
  for (const { batch, leaves } of model.batches) {
    for (const index of leaves.keys()) {
      const refunds = facts.refunds.filter((one) => one.batch === batch && one.index === index);
      const repaid = refunds.reduce((sum, { amount }) => sum + amount, 0);
      const told = await read.refundedOf([batch, index]);
      expectAgreement(`${name}, repaid of donation ${index} of batch ${batch}`, repaid, Number(told));
    }
  }
  for (const { refund, covered } of facts.refunds) {
    expectAgreement(`${name}, refund ${refund}`, covered !== "owed", await read.isCovered([refund]));
  }
  for (const [index, state] of facts.findings.entries()) {
    const told = codeAt(findingStates, await read.findingState([index + 1]));
    expectAgreement(`${name}, finding ${index + 1}`, state, told);
  }
  const counters = await read.counters();
  const { counts } = facts;
  expectAgreement(
    `${name}, counters`,
    [counts.allocations, counts.expenses, counts.moves, counts.rosters],
    [counters.allocations, counters.expenses, counters.moves, counters.rosters],
  );
};

/** Throws Disagreement. The chain's last block is of `now`. */
export const compareRecords = async (
  stage: Stage,
  model: PerFenModel,
  now: UnixSeconds,
  name: string,
): Promise<void> => {
  const [lens, facts] = [lensOf(stage), modelFacts(model, now)];
  await compareFunds(lens, facts, name);
  for (const programme of facts.programmes) {
    await compareProgramme(lens, programme, facts.claims, `${name}, programme ${programme.programme}`);
  }
  for (const claim of facts.claims) await compareClaim(lens, claim, `${name}, claim ${claim.claim}`);
  await comparePayouts(lens, facts, name);
  await compareInsurers(lens, facts, name);
  await compareRest(lens, model, facts, name);
};
