/** Refunds, and what auditors, providers and corrections say, as the ledger emits them. */
import { fen, position } from "../../protocol/amounts.ts";
import { decodeChannel } from "../../protocol/donations/channel.ts";
import {
  actorId,
  attestationId,
  batchId,
  bytes32,
  confirmationId,
  correctionId,
  findingId,
  fundId,
  periodNumber,
  programmeId,
  refundId,
} from "../../protocol/ids.ts";
import { recordKinds, type LedgerEvent } from "../../protocol/ledger/events.ts";
import { codeAt, currencyText } from "../coding.ts";
import type { ArgsOf } from "./log.ts";

export const donationRefunded = (args: ArgsOf<"DonationRefunded">): LedgerEvent => ({
  type: "DonationRefunded",
  refund: refundId(args.refund),
  batch: batchId(args.batch),
  index: args.index,
  fund: fundId(args.fund),
  start: position(args.start),
  amount: fen(args.amount),
  paymentReference: bytes32(args.paymentReference),
  treasurer: actorId(args.treasurer),
  operation: bytes32(args.operation),
});

export const refundCovered = (args: ArgsOf<"RefundCovered">): LedgerEvent => ({
  type: "RefundCovered",
  refund: refundId(args.refund),
  channel: decodeChannel(bytes32(args.channel)),
  paymentReference: bytes32(args.paymentReference),
  provider: actorId(args.provider),
});

export const attested = (args: ArgsOf<"Attested">): LedgerEvent => ({
  type: "Attested",
  attestation: attestationId(args.attestation),
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  document: bytes32(args.document),
  auditor: actorId(args.auditor),
  operation: bytes32(args.operation),
});

export const findingOpened = (args: ArgsOf<"FindingOpened">): LedgerEvent => ({
  type: "FindingOpened",
  finding: findingId(args.finding),
  programme: programmeId(args.programme),
  period: periodNumber(args.period),
  document: bytes32(args.document),
  auditor: actorId(args.auditor),
  operation: bytes32(args.operation),
});

export const findingAnswered = (args: ArgsOf<"FindingAnswered">): LedgerEvent => ({
  type: "FindingAnswered",
  finding: findingId(args.finding),
  document: bytes32(args.document),
  treasurer: actorId(args.treasurer),
});

export const findingClosed = (args: ArgsOf<"FindingClosed">): LedgerEvent => ({
  type: "FindingClosed",
  finding: findingId(args.finding),
  document: bytes32(args.document),
  auditor: actorId(args.auditor),
});

export const channelTotalConfirmed = (args: ArgsOf<"ChannelTotalConfirmed">): LedgerEvent => ({
  type: "ChannelTotalConfirmed",
  confirmation: confirmationId(args.confirmation),
  channel: decodeChannel(bytes32(args.channel)),
  day: args.day,
  currency: currencyText(args.currency),
  count: args.count,
  sum: fen(args.sum),
  provider: actorId(args.provider),
  operation: bytes32(args.operation),
});

export const correctionNoted = (args: ArgsOf<"CorrectionNoted">): LedgerEvent => ({
  type: "CorrectionNoted",
  correction: correctionId(args.correction),
  kind: codeAt(recordKinds, args.kind),
  record: args.record,
  document: bytes32(args.document),
  treasurer: actorId(args.treasurer),
  operation: bytes32(args.operation),
});

export const headNoted = (args: ArgsOf<"HeadNoted">): LedgerEvent => ({
  type: "HeadNoted",
  blockNumber: Number(args.blockNumber),
  blockHash: bytes32(args.blockHash),
  actor: actorId(args.actor),
});
