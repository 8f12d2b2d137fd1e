/** A small scene for the lens: the stage of the run, and every verb that the tests need in a few words. */
import { getContract } from "viem";
import { lensAbi } from "../../../chain/abi/lens.ts";
import type { LensAt } from "../../../chain/lens.ts";
import { fen, position } from "../../../protocol/amounts.ts";
import { keccakHex, utf8 } from "../../../protocol/bytes.ts";
import { encodeLeaves } from "../../../protocol/donations/leaves.ts";
import type { Leaf } from "../../../protocol/donations/leaves.ts";
import { batchOperation, buildTree, encodeProof } from "../../../protocol/donations/merkle-sum.ts";
import {
  batchId,
  claimId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
  refundId,
  rosterId,
} from "../../../protocol/ids.ts";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import { rosterLeaf } from "../../../protocol/rosters/leaf.ts";
import { leavesOf } from "../books.ts";
import { chain, chainStartsAt } from "../chain.ts";
import { emptyStage } from "../stage.ts";
import type { Actor, Stage } from "../stage.ts";
import type { Verb } from "../../../chain/verbs.ts";

const day = 24 * 3600;
/** Period 1 of every programme: one day, from the first moment of the chain. */
export const start: UnixSeconds = chainStartsAt;
export const end: UnixSeconds = start + day;
/** Roster 1 of programme 1 has this one person, insured in period 1. */
export const person: Bytes32 = keccakHex(utf8("somebody"));
const validity = { from: start, to: end };

let digests = 0;
const digest = (): Bytes32 => {
  digests += 1;
  return keccakHex(utf8(`scene ${digests}`));
};

const lensOf = ({ lens }: Stage) => getContract({ address: lens, abi: lensAbi, client: chain.reader() }).read;

export class Scene {
  readonly stage: Stage;
  readonly read: ReturnType<typeof lensOf>;
  readonly at: LensAt;
  /** The leaves of every batch. */
  readonly batches: (readonly Leaf[])[] = [];
  #claims = 0;

  constructor(stage: Stage) {
    this.stage = stage;
    this.read = lensOf(stage);
    this.at = { client: chain.reader(), lens: stage.lens };
  }

  act(actor: Actor, verb: Verb): Promise<void> {
    return this.stage.act(actor, verb);
  }

  async openProgramme(cover = 0): Promise<void> {
    const { programmes } = await this.read.counters();
    const programme = programmeId(programmes + 1);
    const opened = { currency: "CNY", region: 130_000 + programme, operation: digest(), document: digest() };
    await this.act("treasurer", { verb: "openProgramme", kind: "insurance", ...opened });
    const times = { start, end, filingDeadline: end, toTheMinute: false };
    const declared = { programme, period: periodNumber(1), ...times, cover: fen(cover), terms: digest() };
    await this.act("treasurer", { verb: "declarePeriod", ...declared });
  }

  openFund(claimsShareBps = 9000): Promise<void> {
    const general = { restrictedTo: programmeId(0), fallbackTo: programmeId(0) };
    const opened = { operation: digest(), currency: "CNY", claimsShareBps, document: digest() };
    return this.act("treasurer", { verb: "openFund", ...opened, ...general });
  }

  /** The next batch: a donation of each amount. */
  async give(amounts: readonly number[], fund = 1): Promise<void> {
    const leaves = leavesOf(amounts, `batch ${this.batches.length + 1}`);
    const [wire, channel, settled] = [encodeLeaves(leaves), "alipay", 20_300_101];
    const operation = batchOperation(fundId(fund), channel, settled, wire);
    const { donated } = await this.read.fund([fund]);
    const batch = { operation, fund: fundId(fund), channel, day: settled, startsAt: position(donated) };
    await this.act("recorder", { verb: "recordDonations", ...batch, leaves: wire });
    this.batches.push(leaves);
  }

  async allocate(amount: number, { fund = 1, programme = 1 } = {}): Promise<void> {
    const { allocated } = await this.read.fund([fund]);
    const to = { fund: fundId(fund), programme: programmeId(programme), startsAt: position(allocated) };
    await this.act("treasurer", {
      verb: "allocatePremium",
      operation: digest(),
      ...to,
      amount: fen(amount),
    });
  }

  async spend(amount: number, programme = 1): Promise<void> {
    const { totals } = await this.read.programme([programme]);
    const spent = { startsAt: position(totals.operationsOut), amount: fen(amount), evidence: digest() };
    const expense = { programme: programmeId(programme), kind: "administration", ...spent } as const;
    await this.act("treasurer", { verb: "recordExpense", operation: digest(), ...expense });
  }

  insure(programme = 1, sharesBps: readonly number[] = []): Promise<void> {
    const policy = { programme: programmeId(programme), policyPeriod: periodNumber(1) };
    return this.act("treasurer", { verb: "declareInsurers", ...policy, sharesBps, document: digest() });
  }

  /** The next claim, of the one person on the roster of programme 1. */
  async file(requested: number): Promise<number> {
    const { rosters } = await this.read.counters();
    if (rosters === 0) {
      const policy = { programme: programmeId(1), policyPeriod: periodNumber(1) };
      const list = { root: rosterLeaf(person, validity), count: 1, premiumPerHead: fen(1), denominator: 0 };
      await this.act("coordinator", { verb: "appendRoster", operation: digest(), ...policy, ...list });
    }
    const line = { roster: rosterId(1), person, ...validity, proof: [] };
    const incident = { incidentFrom: start, requested: fen(requested), benefit: "cash" } as const;
    await this.act("coordinator", {
      verb: "fileClaim",
      operation: digest(),
      ...line,
      ...incident,
      evidence: digest(),
    });
    this.#claims += 1;
    return this.#claims;
  }

  approve(claim: number, amount: number, remaining = 0): Promise<void> {
    const approved = { claim: claimId(claim), amount: fen(amount), remaining: fen(remaining) };
    return this.act("adjudicator", { verb: "approveClaim", ...approved });
  }

  pay(claim: number): Promise<void> {
    return this.act("payer", { verb: "payClaim", claim: claimId(claim), paymentReference: digest() });
  }

  /** Claims of this amount, from filing to payment. */
  async payMany(count: number, amount: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      const claim = await this.file(amount);
      await this.approve(claim, amount);
      await this.pay(claim);
    }
  }

  recover(payout: number, amount: number, returned = false): Promise<void> {
    const back = { payout: payoutId(payout), amount: fen(amount), returned, after: claimId(0) };
    return this.act("payer", { verb: "recoverPayout", operation: digest(), ...back, evidence: digest() });
  }

  move(from: number, to: number): Promise<void> {
    const ends = { from: programmeId(from), to: programmeId(to) };
    return this.act("treasurer", { verb: "moveSurplus", operation: digest(), ...ends });
  }

  /** Every programme's period and filing deadline is over. */
  endPeriods(): Promise<void> {
    return chain.mineAt(end + 1);
  }

  async refund(batch: number, index: number, amount: number): Promise<void> {
    const leaves = this.batches[batch - 1] ?? [];
    const leaf = leaves[index];
    if (leaf === undefined) throw new RangeError(`no donation ${index} in batch ${batch}`);
    const proof = encodeProof(buildTree(leaves).proof(index));
    const proven = { index, leafAmount: leaf.amount, commitment: leaf.commitment, proof };
    await this.act("treasurer", {
      verb: "refundDonation",
      operation: digest(),
      batch: batchId(batch),
      ...proven,
      amount: fen(amount),
      paymentReference: digest(),
    });
  }

  cover(refund: number): Promise<void> {
    const payment = { channel: "bank", paymentReference: digest() };
    return this.act("provider", { verb: "coverRefund", refund: refundId(refund), ...payment });
  }

  openFinding(): Promise<void> {
    const subject = { programme: programmeId(0), period: periodNumber(0), document: digest() };
    return this.act("auditor", { verb: "openFinding", operation: digest(), ...subject });
  }
}

/** Programmes 1 and 2 in CNY with a period each, a general fund of 9000 bps, and these donations in batch 1. */
export const openScene = async (...amounts: readonly number[]): Promise<Scene> => {
  const scene = new Scene(await emptyStage());
  await scene.openProgramme();
  await scene.openProgramme();
  await scene.openFund();
  if (amounts.length > 0) await scene.give(amounts);
  return scene;
};

/** The same with all of it allocated to programme 1. */
export const fundedScene = async (...amounts: readonly number[]): Promise<Scene> => {
  const scene = await openScene(...amounts);
  await scene.allocate(amounts.reduce((sum, amount) => sum + amount, 0));
  return scene;
};
