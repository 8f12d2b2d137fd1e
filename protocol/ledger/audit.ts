/** What auditors attest and find, providers confirm, and the foundation answers and corrects. */
import { expectNewOperation } from "./access.ts";
import type {
  Attested,
  ChannelTotalConfirmed,
  CorrectionNoted,
  FindingAnswered,
  FindingClosed,
  FindingOpened,
  FindingState,
  HeadNoted,
  RecordKind,
} from "./events.ts";
import type { FindingRecord, LedgerState, StatementRecord } from "./records.ts";
import {
  expectActor,
  expectBounded,
  expectCurrency,
  expectDay,
  expectDigest,
  expectEqual,
  expectThat,
  known,
  knownPeriod,
  knownProgramme,
} from "./refusals.ts";
import type { Examination } from "./refusals.ts";

/** How many blocks back a chain still knows a block's hash. */
const knownHashes = 256;

/** The whole ledger (0, 0), a programme (period 0), or a declared period of it. */
const expectSubject = (state: LedgerState, examination: Examination<Attested | FindingOpened>): void => {
  const { programme, period, document, auditor, operation } = examination.event;
  expectNewOperation(state, examination, operation);
  expectActor(state, examination, auditor);
  expectDigest(examination, "document", document);
  if (programme === 0 && period === 0) return;
  const record = knownProgramme(state, examination, programme);
  if (period !== 0) knownPeriod(record, examination, period);
};

export const applyAttested = (state: LedgerState, examination: Examination<Attested>): void => {
  const { event, place } = examination;
  const { attestation, programme, period, document, auditor, operation } = event;
  expectSubject(state, examination);
  expectEqual(examination, "attestation", state.attestations.length + 1, Number(attestation));
  state.operations.add(operation);
  state.attestations.push({ attestation, programme, period, document, actor: auditor, place });
};

export const applyFindingOpened = (state: LedgerState, examination: Examination<FindingOpened>): void => {
  const { event, place } = examination;
  const { finding, programme, period, document, auditor, operation } = event;
  expectSubject(state, examination);
  expectEqual(examination, "finding", state.findings.length + 1, Number(finding));
  const opened = { document, actor: auditor, place };
  state.operations.add(operation);
  state.findings.push({ finding, programme, period, opened, state: "open" });
};

/** Open, then answered, then closed, or closed at once; nothing goes back. */
const findingIn = (
  state: LedgerState,
  examination: Examination<FindingAnswered | FindingClosed>,
  actor: number,
  ...states: readonly FindingState[]
): FindingRecord => {
  const { event } = examination;
  const finding = known(state.findings, examination, "finding", event.finding);
  expectActor(state, examination, actor);
  const isIn = states.includes(finding.state);
  expectThat(examination, isIn, "state of the finding", states.join(" or "), finding.state);
  expectDigest(examination, "document", event.document);
  return finding;
};

export const applyFindingAnswered = (state: LedgerState, examination: Examination<FindingAnswered>): void => {
  const { document, treasurer } = examination.event;
  const finding = findingIn(state, examination, treasurer, "open");
  finding.answered = { document, actor: treasurer, place: examination.place } satisfies StatementRecord;
  finding.state = "answered";
};

export const applyFindingClosed = (state: LedgerState, examination: Examination<FindingClosed>): void => {
  const { document, auditor } = examination.event;
  const finding = findingIn(state, examination, auditor, "open", "answered");
  finding.closed = { document, actor: auditor, place: examination.place } satisfies StatementRecord;
  finding.state = "closed";
};

export const applyChannelTotalConfirmed = (
  state: LedgerState,
  examination: Examination<ChannelTotalConfirmed>,
): void => {
  const { event, place } = examination;
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.provider);
  expectDay(examination, event.day);
  expectCurrency(examination, event.currency);
  expectBounded(examination, "sum", event.sum);
  expectEqual(examination, "confirmation", state.confirmations.length + 1, Number(event.confirmation));
  const { type: _type, operation, ...confirmed } = event;
  state.operations.add(operation);
  state.confirmations.push({ ...confirmed, place });
};

/** How many records of a kind there are; their ids count from 1. */
const countOf = (state: LedgerState, kind: RecordKind): number => {
  switch (kind) {
    case "actor":
      return state.actors.length;
    case "fund":
      return state.funds.length;
    case "programme":
      return state.programmes.length;
    case "batch":
      return state.batches.length;
    case "allocation":
      return state.allocations.length;
    case "expense":
      return state.expenses.length;
    case "claim":
      return state.claims.length;
    case "payout":
      return state.payouts.length;
    case "roster":
      return state.rosters.length;
    case "recovery":
      return state.recoveries.length;
    case "move":
      return state.moves.length;
    case "refund":
      return state.refunds.length;
    case "attestation":
      return state.attestations.length;
    case "finding":
      return state.findings.length;
    case "confirmation":
      return state.confirmations.length;
    case "correction":
      return state.corrections.length;
  }
};

export const applyCorrectionNoted = (state: LedgerState, examination: Examination<CorrectionNoted>): void => {
  const { event, place } = examination;
  const { correction, kind, record, document, treasurer, operation } = event;
  expectNewOperation(state, examination, operation);
  expectActor(state, examination, treasurer);
  expectDigest(examination, "document", document);
  const last = countOf(state, kind);
  expectThat(examination, record >= 1 && record <= last, kind, `one of 1 to ${last}`, record);
  expectEqual(examination, "correction", state.corrections.length + 1, Number(correction));
  state.operations.add(operation);
  state.corrections.push({ correction, kind, record, document, actor: treasurer, place });
};

export const applyHeadNoted = (state: LedgerState, examination: Examination<HeadNoted>): void => {
  const { event, place } = examination;
  const { blockNumber, blockHash, actor } = event;
  expectActor(state, examination, actor);
  const oldest = Math.max(0, place.blockNumber - knownHashes);
  const isKnown = blockNumber >= oldest && blockNumber < place.blockNumber;
  expectThat(examination, isKnown, "block", `${oldest} to ${place.blockNumber - 1}`, blockNumber);
  state.headNotes.push({ blockNumber, blockHash, actor, place });
};
