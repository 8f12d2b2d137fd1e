/**
 * The events that a check reads, decoded without a library: their signatures, and which word holds which field. A test
 * holds signatures and decoding against the ledger's committed ABI and the decoder that everything else uses.
 */
import { decodeChannel } from "../../protocol/donations/channel.ts";
import {
  actorId,
  allocationId,
  batchId,
  claimId,
  expenseId,
  fundId,
  moveId,
  payoutId,
  periodNumber,
  programmeId,
  recoveryId,
  refundId,
} from "../../protocol/ids.ts";
import { expenseKinds } from "../../protocol/ledger/codes.ts";
import type * as Ledger from "../../protocol/ledger/events.ts";
import { Unanswered } from "../../protocol/verify/steps.ts";
import { eventTopic, Words } from "./words.ts";

/** Of `topics` the words behind the first, of `data` all. */
export interface EventReader<Event extends Ledger.LedgerEvent> {
  readonly signature: string;
  readonly read: (topics: Words, data: Words) => Event;
}

const fundOpened: EventReader<Ledger.FundOpened> = {
  signature: "FundOpened(uint32,bytes3,uint16,uint32,uint32,bytes32,bytes32)",
  read: (topics, data) => ({
    type: "FundOpened",
    fund: fundId(topics.number(0)),
    currency: data.ascii3(0),
    claimsShareBps: data.number(1),
    restrictedTo: programmeId(topics.number(1)),
    fallbackTo: programmeId(data.number(2)),
    document: data.bytes32(3),
    operation: data.bytes32(4),
  }),
};

const batchRecorded: EventReader<Ledger.BatchRecorded> = {
  signature:
    "BatchRecorded(uint32,uint32,bytes32,uint32,uint256,uint256,uint256,bytes32,uint32,bytes32,bytes)",
  read: (topics, data) => ({
    type: "BatchRecorded",
    batch: batchId(topics.number(0)),
    fund: fundId(topics.number(1)),
    channel: decodeChannel(topics.bytes32(2)),
    day: data.number(0),
    startsAt: data.position(1),
    count: data.number(2),
    sum: data.fen(3),
    root: data.bytes32(4),
    recorder: actorId(data.number(5)),
    operation: data.bytes32(6),
    leaves: data.bytes(7),
  }),
};

const premiumAllocated: EventReader<Ledger.PremiumAllocated> = {
  signature:
    "PremiumAllocated(uint32,uint32,uint32,uint256,uint256,uint256,uint256,uint256,uint32,uint32,bytes32)",
  read: (topics, data) => ({
    type: "PremiumAllocated",
    allocation: allocationId(topics.number(0)),
    fund: fundId(topics.number(1)),
    programme: programmeId(topics.number(2)),
    fundStart: data.position(0),
    amount: data.fen(1),
    reserveStart: data.position(2),
    claimsAmount: data.fen(3),
    operationsStart: data.position(4),
    period: periodNumber(data.number(5)),
    treasurer: actorId(data.number(6)),
    operation: data.bytes32(7),
  }),
};

const claimPaid: EventReader<Ledger.ClaimPaid> = {
  signature: "ClaimPaid(uint32,uint32,uint32,uint32,uint256,uint256,uint256,bytes32,uint32)",
  read: (topics, data) => ({
    type: "ClaimPaid",
    claim: claimId(topics.number(0)),
    payout: payoutId(topics.number(1)),
    programme: programmeId(topics.number(2)),
    period: periodNumber(data.number(0)),
    reserveStart: data.position(1),
    amount: data.fen(2),
    policyStart: data.position(3),
    paymentReference: data.bytes32(4),
    payer: actorId(data.number(5)),
  }),
};

const payoutRecovered: EventReader<Ledger.PayoutRecovered> = {
  signature:
    "PayoutRecovered(uint32,uint32,uint32,uint32,bool,uint32,uint256,uint256,uint256,uint256,bytes32,uint32,bytes32)",
  read: (topics, data) => ({
    type: "PayoutRecovered",
    recovery: recoveryId(topics.number(0)),
    payout: payoutId(topics.number(1)),
    programme: programmeId(topics.number(2)),
    claim: claimId(data.number(0)),
    returned: data.bool(1),
    period: periodNumber(data.number(2)),
    offset: data.position(3),
    reserveStart: data.position(4),
    amount: data.fen(5),
    policyStart: data.position(6),
    evidence: data.bytes32(7),
    payer: actorId(data.number(8)),
    operation: data.bytes32(9),
  }),
};

const kindAt = (index: number) => {
  const kind = expenseKinds[index];
  if (kind === undefined) throw new Unanswered("garbled", "no such kind of expense");
  return kind;
};

const expenseRecorded: EventReader<Ledger.ExpenseRecorded> = {
  signature: "ExpenseRecorded(uint32,uint32,uint256,uint256,uint8,uint32,bytes32,uint32,bytes32)",
  read: (topics, data) => ({
    type: "ExpenseRecorded",
    expense: expenseId(topics.number(0)),
    programme: programmeId(topics.number(1)),
    operationsStart: data.position(0),
    amount: data.fen(1),
    kind: kindAt(data.number(2)),
    period: periodNumber(data.number(3)),
    evidence: data.bytes32(4),
    treasurer: actorId(data.number(5)),
    operation: data.bytes32(6),
  }),
};

const surplusMoved: EventReader<Ledger.SurplusMoved> = {
  signature:
    "SurplusMoved(uint32,uint32,uint32,uint256,uint256,uint256,uint256,uint256,uint256,uint32,uint32,uint32,bytes32)",
  read: (topics, data) => ({
    type: "SurplusMoved",
    move: moveId(topics.number(0)),
    from: programmeId(topics.number(1)),
    to: programmeId(topics.number(2)),
    reserveFrom: data.position(0),
    reserveTo: data.position(1),
    reserveAmount: data.fen(2),
    operationsFrom: data.position(3),
    operationsTo: data.position(4),
    operationsAmount: data.fen(5),
    fromPeriod: periodNumber(data.number(6)),
    toPeriod: periodNumber(data.number(7)),
    treasurer: actorId(data.number(8)),
    operation: data.bytes32(9),
  }),
};

const donationRefunded: EventReader<Ledger.DonationRefunded> = {
  signature: "DonationRefunded(uint32,uint32,uint32,uint32,uint256,uint256,bytes32,uint32,bytes32)",
  read: (topics, data) => ({
    type: "DonationRefunded",
    refund: refundId(topics.number(0)),
    batch: batchId(topics.number(1)),
    index: topics.number(2),
    fund: fundId(data.number(0)),
    start: data.position(1),
    amount: data.fen(2),
    paymentReference: data.bytes32(3),
    treasurer: actorId(data.number(4)),
    operation: data.bytes32(5),
  }),
};

const headNoted: EventReader<Ledger.HeadNoted> = {
  signature: "HeadNoted(uint64,bytes32,uint32)",
  read: (topics, data) => ({
    type: "HeadNoted",
    blockNumber: topics.number(0),
    blockHash: data.bytes32(0),
    actor: actorId(topics.number(1)),
  }),
};

export const eventReaders = {
  FundOpened: fundOpened,
  BatchRecorded: batchRecorded,
  PremiumAllocated: premiumAllocated,
  ClaimPaid: claimPaid,
  PayoutRecovered: payoutRecovered,
  ExpenseRecorded: expenseRecorded,
  SurplusMoved: surplusMoved,
  DonationRefunded: donationRefunded,
  HeadNoted: headNoted,
} as const;

export interface RawEvent {
  readonly topics: readonly string[];
  readonly data: string;
}

/** Reads a log of one event. Throws Unanswered("garbled") where it cannot be one. */
export const readEvent = <Event extends Ledger.LedgerEvent>(
  reader: EventReader<Event>,
  { topics, data }: RawEvent,
): Event => {
  const [first, ...indexed] = topics;
  if (first !== eventTopic(reader.signature)) throw new Unanswered("garbled", "a log of another event");
  try {
    return reader.read(new Words(`0x${indexed.map((topic) => topic.slice(2)).join("")}`), new Words(data));
  } catch (error) {
    throw error instanceof Unanswered ? error : new Unanswered("garbled", "a log that cannot be read");
  }
};
