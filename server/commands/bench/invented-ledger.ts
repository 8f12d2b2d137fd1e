/**
 * A ledger of any size as blocks with raw logs, made one after the other so that nothing is held: batches of gifts, each
 * followed by an allocation, an expense and some claims that are filed, approved and paid. Everything is invented and
 * follows from the size alone.
 */
import { createCipheriv, createHash } from "node:crypto";
import { encodeEvent } from "../../../chain/encode.ts";
import { ledgerRole, programmeRole } from "../../../chain/roles.ts";
import { fen, position, zeroFen, type Fen } from "../../../protocol/amounts.ts";
import { leafLengthBytes, maxLeaves } from "../../../protocol/donations/leaves.ts";
import { batchOperation, batchRoot } from "../../../protocol/donations/merkle-sum.ts";
import { packedTree } from "../../../protocol/donations/packed-tree.ts";
import {
  actorId,
  address,
  allocationId,
  batchId,
  bytes32,
  claimId,
  expenseId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
  rosterId,
  type ActorId,
  type Address,
  type Bytes32,
  type ClaimId,
} from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { claimsBetween } from "../../../protocol/lines/share.ts";
import type { ChainBlock } from "../../index/chain-reader.ts";
import type { NewBlock } from "../../index/open.ts";

export interface LedgerSize {
  readonly donations: number;
  readonly claims: number;
}

export const inventedChainId = 8650;
export const inventedLedger = address(`0x${"1e".repeat(20)}`);
const claimsShareBps = 9_000;
const programmes = 6;
/** ¥30,000 */
const largestClaim = fen(3_000_000n);
/** 2026-01-01 00:00 in Shanghai. */
const firstSecond = 1_767_196_800;
const secondsBetweenBlocks = 60;
const lastSecond = firstSecond + 3_000_000_000;
const fund = fundId(1);
const channel = "bank";
const day = 20_260_101;
const period = periodNumber(1);
const [recorder, treasurer, filer, adjudicator, payer] = [1, 2, 3, 4, 5].map(actorId);

/** Bytes that look random and are the same for the same key. */
class Stream {
  readonly #cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), Buffer.alloc(16));
  take(lengthBytes: number): Buffer {
    return this.#cipher.update(Buffer.alloc(lengthBytes));
  }
  digest(): Bytes32 {
    return bytes32(`0x${this.take(32).toString("hex")}`);
  }
}

const hashOf = (text: string): Bytes32 => bytes32(`0x${createHash("sha256").update(text).digest("hex")}`);

interface Programme {
  reserveIn: bigint;
  reserveSpent: bigint;
  operationsIn: bigint;
  expenses: bigint;
  claims: number;
}

class Inventor {
  readonly #size: LedgerSize;
  readonly #stream = new Stream();
  readonly #programmes = Array.from({ length: programmes }, (): Programme => ({
    reserveIn: 0n,
    reserveSpent: 0n,
    operationsIn: 0n,
    expenses: 0n,
    claims: 0,
  }));
  #parent: ChainBlock | undefined;
  #donated = 0n;
  #allocated = 0n;
  #allocations = 0;
  #claims = 0;
  #payouts = 0;

  constructor(size: LedgerSize) {
    this.#size = size;
  }

  *blocks(): Generator<NewBlock> {
    yield this.#block([]);
    yield this.#block(this.#beginning());
    const { donations, claims } = this.#size;
    const batches = Math.ceil(donations / maxLeaves);
    for (let batch = 1; batch <= batches; batch += 1) {
      const count = Math.min(maxLeaves, donations - (batch - 1) * maxLeaves);
      yield this.#block([this.#batch(batch, count)]);
      const programme = (batch - 1) % programmes;
      yield this.#block(this.#allocation(programme));
      const due = Math.floor((claims * batch) / batches) - this.#claims;
      // The rest is carried on, and is what the largest claim is paid from.
      const each = due === 0 ? 0n : (this.#available(programme) * 4n) / 10n / BigInt(due);
      yield* this.#claimBlocks(programme, each > 0n ? due : 0, each);
    }
    yield* this.#largestClaim();
  }

  #block(events: readonly LedgerEvent[]): NewBlock {
    const number = (this.#parent?.number ?? -1) + 1;
    const parentHash = this.#parent?.hash ?? bytes32(`0x${"00".repeat(32)}`);
    const hash = hashOf(`block ${number}`);
    const block = { number, hash, parentHash, time: firstSecond + number * secondsBetweenBlocks };
    this.#parent = block;
    const logs = events.map((event, logIndex) => ({
      blockNumber: number,
      blockHash: hash,
      transactionHash: hashOf(`transaction ${number} ${Math.floor(logIndex / 50)}`),
      logIndex,
      ...encodeEvent(event),
    }));
    return { block, logs };
  }

  #beginning(): readonly LedgerEvent[] {
    const actors = [recorder, treasurer, filer, adjudicator, payer];
    const ids = this.#programmes.map((_, index) => programmeId(index + 1));
    const [none, document] = [programmeId(0), this.#stream.digest()];
    return [
      ...actors.map((actor): LedgerEvent => ({
        type: "ActorRegistered",
        actor: known(actor),
        account: accountOf(actor),
      })),
      granted(ledgerRole("recorder"), recorder),
      granted(ledgerRole("treasurer"), treasurer),
      { type: "ChannelRegistered", channel },
      {
        type: "FundOpened",
        fund,
        currency: "CNY",
        claimsShareBps,
        restrictedTo: none,
        fallbackTo: none,
        document,
        operation: this.#stream.digest(),
      },
      ...ids.flatMap((programme): readonly LedgerEvent[] => [
        {
          type: "ProgrammeOpened",
          programme,
          kind: "insurance",
          currency: "CNY",
          region: 0,
          document,
          operation: this.#stream.digest(),
        },
        {
          type: "PeriodDeclared",
          programme,
          period,
          start: firstSecond,
          end: lastSecond,
          filingDeadline: lastSecond,
          cover: zeroFen,
          toTheMinute: false,
          terms: document,
        },
        granted(programmeRole("coordinator", programme), filer),
        granted(programmeRole("adjudicator", programme), adjudicator),
        granted(programmeRole("payer", programme), payer),
        {
          type: "RosterAppended",
          roster: rosterId(programme),
          programme,
          policyPeriod: period,
          root: document,
          count: 1_000_000,
          premiumPerHead: zeroFen,
          denominator: 0,
          coordinator: known(filer),
          operation: this.#stream.digest(),
        },
      ]),
    ];
  }

  #batch(batch: number, count: number): LedgerEvent {
    const startsAt = position(this.#donated);
    const { leaves, sum } = this.#leaves(count);
    this.#donated += sum;
    const operation = batchOperation(fund, channel, day, leaves);
    const { root: treeRoot } = packedTree(leaves);
    const root = batchRoot({
      version: 1,
      chainId: inventedChainId,
      contract: inventedLedger,
      fund,
      batch: batchId(batch),
      startsAt,
      count,
      sum,
      treeRoot,
    });
    const batchFacts = { batch: batchId(batch), fund, channel, day, startsAt, count };
    return { type: "BatchRecorded", ...batchFacts, sum, root, recorder: known(recorder), operation, leaves };
  }

  /** Gifts of 1 to 2,000 fen. */
  #leaves(count: number): { readonly leaves: Uint8Array; readonly sum: Fen } {
    const random = this.#stream.take(count * leafLengthBytes);
    const gifts = Array.from({ length: count }, (_, index) =>
      random.subarray(index * leafLengthBytes, (index + 1) * leafLengthBytes),
    );
    let sum = 0n;
    for (const gift of gifts) {
      const amount = BigInt(1 + (gift.readUInt32BE(4) % 2_000));
      gift.writeBigUInt64BE(amount);
      sum += amount;
    }
    gifts.sort((one, other) => one.compare(other, 8, leafLengthBytes, 8, leafLengthBytes));
    return { leaves: Buffer.concat(gifts), sum: fen(sum) };
  }

  /** Most of what is not allocated goes to a programme, and half of its operations money is spent. */
  #allocation(index: number): readonly LedgerEvent[] {
    const own = known(this.#programmes[index]);
    const programme = programmeId(index + 1);
    this.#allocations += 1;
    const amount = fen(((this.#donated - this.#allocated) * 95n) / 100n);
    const [start, end] = [position(this.#allocated), position(this.#allocated + amount)];
    const claimsAmount = claimsBetween(start, end, claimsShareBps);
    const spent = fen((amount - claimsAmount) / 2n);
    const lines = {
      reserveStart: position(own.reserveIn),
      operationsStart: position(own.operationsIn),
    };
    const expensesStart = position(own.expenses);
    this.#allocated += amount;
    own.reserveIn += claimsAmount;
    own.operationsIn += amount - claimsAmount;
    own.expenses += spent;
    return [
      {
        type: "PremiumAllocated",
        allocation: allocationId(this.#allocations),
        fund,
        programme,
        fundStart: start,
        amount,
        claimsAmount,
        ...lines,
        period,
        treasurer: known(treasurer),
        operation: this.#stream.digest(),
      },
      {
        type: "ExpenseRecorded",
        expense: expenseId(this.#allocations),
        programme,
        operationsStart: expensesStart,
        amount: spent,
        kind: "fieldWork",
        period,
        evidence: this.#stream.digest(),
        treasurer: known(treasurer),
        operation: this.#stream.digest(),
      },
    ];
  }

  #available(index: number): bigint {
    const { reserveIn, reserveSpent } = known(this.#programmes[index]);
    return reserveIn - reserveSpent;
  }

  /** `count` claims of `amount` each, filed in one block, approved in the next, paid in a third. */
  *#claimBlocks(index: number, count: number, amount: bigint): Generator<NewBlock> {
    if (count === 0) return;
    const claims = Array.from({ length: count }, (_, place) => claimId(this.#claims + place + 1));
    this.#claims += count;
    yield this.#block(claims.map((claim) => this.#filed(index, claim, fen(amount))));
    yield this.#block(claims.map((claim) => this.#approved(index, claim, fen(amount))));
    yield this.#block(claims.map((claim) => this.#paid(index, claim, fen(amount))));
  }

  #filed(index: number, claim: ClaimId, requested: Fen): LedgerEvent {
    return {
      type: "ClaimFiled",
      claim,
      programme: programmeId(index + 1),
      policyPeriod: period,
      roster: rosterId(index + 1),
      person: this.#stream.digest(),
      incidentFrom: firstSecond,
      toTheMinute: false,
      requested,
      benefit: "cash",
      evidence: this.#stream.digest(),
      filer: known(filer),
      operation: this.#stream.digest(),
    };
  }

  #approved(index: number, claim: ClaimId, amount: Fen): LedgerEvent {
    const own = known(this.#programmes[index]);
    own.claims += 1;
    return {
      type: "ClaimApproved",
      claim,
      programme: programmeId(index + 1),
      amount,
      remaining: zeroFen,
      queueNumber: own.claims,
      adjudicator: known(adjudicator),
    };
  }

  #paid(index: number, claim: ClaimId, amount: Fen): LedgerEvent {
    const own = known(this.#programmes[index]);
    const start = position(own.reserveSpent);
    own.reserveSpent += amount;
    this.#payouts += 1;
    return {
      type: "ClaimPaid",
      claim,
      payout: payoutId(this.#payouts),
      programme: programmeId(index + 1),
      period,
      reserveStart: start,
      amount,
      policyStart: start,
      paymentReference: this.#stream.digest(),
      payer: known(payer),
    };
  }

  /** One claim more, of {@link largestClaim} or of all that the fullest reserve has. */
  *#largestClaim(): Generator<NewBlock> {
    const reserves = this.#programmes.map((_, index) => this.#available(index));
    const most = reserves.reduce((one, other) => (other > one ? other : one), 0n);
    if (most === 0n) return;
    yield* this.#claimBlocks(reserves.indexOf(most), 1, most < largestClaim ? most : largestClaim);
  }
}

const known = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new RangeError("the invented ledger has no such record");
  return value;
};

const accountOf = (actor: ActorId | undefined): Address => address(`0x${String(actor).padStart(40, "a")}`);

const granted = (role: Bytes32, actor: ActorId | undefined): LedgerEvent => ({
  type: "RoleGranted",
  role,
  account: accountOf(actor),
});

/** The blocks of a ledger with that many gifts and paid claims, and one claim more: the largest. */
export const inventLedger = (size: LedgerSize): Generator<NewBlock> => new Inventor(size).blocks();

export const inventedGenesis = hashOf("block 0");
