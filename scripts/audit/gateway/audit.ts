/** The gateway held against the chain: everything that it says of the books, and of drawn donations and claims. */
import type { Check } from "../../../protocol/audit/check.ts";
import type { CheckId } from "../../../protocol/audit/checks.ts";
import { chosenClaims, chosenGifts, claimName, giftName, type Gift } from "../../../protocol/audit/traces.ts";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { ClaimRecord, PolicyPeriod, ProgrammeRecord } from "../../../protocol/ledger/records.ts";
import { chunksOf } from "../chunks.ts";
import { NodeFailure } from "../node.ts";
import { allOf, answerOf, atOnce, listOf, MovedOn, pagesIn, type GatewayAudit } from "./answers.ts";
import { expectedClaim, expectedClaims, expectedQueue } from "./claims.ts";
import { GatewayFailure } from "./client.ts";
import { expectedDays, nameOfDay } from "./days.ts";
import { auditDocuments } from "./documents.ts";
import * as flows from "./flows.ts";
import {
  expectedDonation,
  expectedPartition,
  expectedPayoutSources,
  expectedSlices,
  expectedSources,
  type ExpectedSources,
} from "./gifts.ts";
import { expectedInsurers, expectedStatement } from "./insurers.ts";
import * as overview from "./overview.ts";
import { expectedPeriods, expectedRosters } from "./periods.ts";
import { checkProof } from "./proofs.ts";
import { expectedSettlements } from "./settlement.ts";
import * as statements from "./statements.ts";
import { compare, compareRecords, memberOf, type Expected } from "./told.ts";
import { claimCode, fundCode, programmeCode } from "./wire.ts";
import type { AuditedBooks, Served } from "./words.ts";

/** A gateway under audit, with everything that its answers follow from. */
interface BooksAudit extends GatewayAudit {
  readonly books: AuditedBooks;
}

const missing = (check: Check, subject: string): void =>
  check.says(subject, "missing", `${subject}: the chain has it, the gateway does not know it`);

/** One record, asked for by itself. */
const auditOne = async (
  audit: BooksAudit,
  check: Check,
  subject: string,
  path: string,
  expected: Expected,
): Promise<void> => {
  const answer = await answerOf(audit, path);
  check.counted();
  if (answer === undefined) missing(check, subject);
  else compare(check, subject, expected, answer.data);
};

const auditOverview = async (audit: BooksAudit): Promise<void> => {
  const { checks, books } = audit;
  const { funds, programmes } = books.state;
  const check = checks.of("gateway.overview");
  await auditOne(audit, check, "summary", "/v1/summary", overview.expectedSummary(books));
  const [expectedFunds, expectedProgrammes] = [
    overview.expectedFunds(books),
    overview.expectedProgrammes(books),
  ];
  const toldFunds = listOf((await answerOf(audit, "/v1/funds"))?.data);
  compareRecords(check, "fund", "code", expectedFunds, toldFunds);
  const toldProgrammes = listOf((await answerOf(audit, "/v1/programmes"))?.data);
  compareRecords(check, "programme", "code", expectedProgrammes, toldProgrammes);
  for (const [at, { fund }] of funds.entries()) {
    const code = fundCode(fund);
    await auditOne(audit, check, `fund ${code}, by itself`, `/v1/funds/${code}`, expectedFunds[at]);
  }
  for (const [at, { programme }] of programmes.entries()) {
    const [code, expected] = [programmeCode(programme), expectedProgrammes[at]];
    await auditOne(audit, check, `programme ${code}, by itself`, `/v1/programmes/${code}`, expected);
  }
};

const auditLaws = async (audit: BooksAudit): Promise<void> => {
  const told = listOf((await answerOf(audit, "/v1/audit"))?.data);
  const check = audit.checks.of("gateway.laws");
  compareRecords(check, "law", "law", overview.expectedLaws(audit.books), told);
};

const auditPeriods = async (audit: BooksAudit): Promise<void> => {
  const { checks, state, books } = audit;
  const check = checks.of("gateway.periods");
  for (const programme of state.programmes) {
    const path = `/v1/programmes/${programmeCode(programme.programme)}/periods`;
    const kind = `programme ${programmeCode(programme.programme)}, period`;
    const told = listOf((await answerOf(audit, path))?.data);
    compareRecords(check, kind, "period", expectedPeriods(books, programme), told);
    for (const { period } of programme.periods) {
      const rosters = expectedRosters(state, programme, period);
      const toldRosters = await allOf(audit, `${path}/${period}/rosters`, rosters.length);
      compareRecords(check, "roster", "roster", rosters, toldRosters);
    }
  }
};

const auditInsurersOf = async (
  audit: BooksAudit,
  programme: ProgrammeRecord,
  period: PolicyPeriod,
): Promise<void> => {
  const { checks, books } = audit;
  const check = checks.of("gateway.insurers");
  const code = programmeCode(programme.programme);
  const path = `/v1/programmes/${code}/periods/${period.period}/insurers`;
  const name = `programme ${code}, period ${period.period}, insurer`;
  await auditOne(audit, check, `${name}s`, path, expectedInsurers(books, period, programme.currency));
  for (const at of period.insurers?.sharesBps.keys() ?? []) {
    const { totals, lines } = expectedStatement(books, programme, period, at + 1);
    const told = await pagesIn(audit, `${path}/${at + 1}/statement`, "lines", lines.length);
    const subject = `${name} ${at + 1}, statement`;
    check.counted();
    compare(check, subject, totals, told.first);
    compare(check, subject, lines, told.entries, "line");
  }
};

const auditInsurers = async (audit: BooksAudit): Promise<void> => {
  for (const programme of audit.state.programmes) {
    for (const period of programme.periods) {
      if (period.insurers !== undefined) await auditInsurersOf(audit, programme, period);
    }
  }
};

const auditClaims = async (audit: BooksAudit): Promise<void> => {
  const { checks, state, books } = audit;
  const check = checks.of("gateway.claims");
  const expected = expectedClaims(books);
  compareRecords(check, "claim", "code", expected, await allOf(audit, "/v1/claims", expected.length));
  for (const programme of state.programmes) {
    const code = programmeCode(programme.programme);
    const waiting = expectedQueue(programme);
    const queue = await allOf(audit, `/v1/programmes/${code}/queue`, waiting.length);
    const told = queue.map((claim) => memberOf(claim, "code"));
    check.counted();
    compare(check, `programme ${code}`, waiting.map(claimCode), told, "claims in the queue");
    // Each claim of a queue is told whole once more. Where the order differs, that is what was found.
    for (const [at, claim] of waiting.entries()) {
      const record = expected[claim - 1];
      if (record !== undefined && told[at] === claimCode(claim))
        compare(check, `${claimName({ claim })}, in the queue`, record, queue[at]);
    }
  }
};

/** Statements that auditors, providers and the foundation made on the chain, in lists that are asked for whole. */
const auditStatements = async (audit: BooksAudit): Promise<void> => {
  const { checks, state, books } = audit;
  const check = checks.of("gateway.statements");
  const lists = [
    ["attestation", "attestation", statements.expectedAttestations(books), "/v1/attestations"],
    ["finding", "finding", statements.expectedFindings(books), "/v1/findings"],
    ["correction", "correction", statements.expectedCorrections(books), "/v1/corrections"],
    ["settlement day", nameOfDay, expectedDays(state), "/v1/channel-days"],
  ] as const;
  for (const [kind, key, expected, path] of lists) {
    compareRecords(check, kind, key, expected, await allOf(audit, path, expected.length));
  }
  const heads = statements.expectedHeads(state);
  check.counted(heads.length);
  compare(check, "noted heads", heads, await allOf(audit, "/v1/heads", heads.length), "note");
};

const auditSettlement = async (audit: BooksAudit): Promise<void> => {
  const check = audit.checks.of("gateway.settlement");
  for (const { subject, path, expected } of expectedSettlements(audit.state, audit.books.time)) {
    await auditOne(audit, check, subject, path, expected);
  }
};

const auditFlows = async (audit: BooksAudit): Promise<void> => {
  const { checks, state, books } = audit;
  const check = checks.of("gateway.flows");
  const lists: readonly (readonly [
    kind: string,
    key: string,
    expected: readonly Expected[],
    path: string,
  ])[] = [
    ...state.funds.map(
      (fund) =>
        [
          "batch",
          "code",
          flows.expectedBatches(state, fund),
          `/v1/funds/${fundCode(fund.fund)}/batches`,
        ] as const,
    ),
    ["allocation", "allocation", flows.expectedAllocations(state), "/v1/allocations"],
    ...state.programmes.map(
      (programme) =>
        [
          "expense",
          "expense",
          flows.expectedExpenses(programme),
          `/v1/programmes/${programmeCode(programme.programme)}/expenses`,
        ] as const,
    ),
    ["recovery", "recovery", flows.expectedRecoveries(state), "/v1/recoveries"],
    ["move", "move", flows.expectedMoves(books), "/v1/moves"],
    ["refund", "refund", flows.expectedRefunds(state), "/v1/refunds"],
  ];
  for (const [kind, key, expected, path] of lists) {
    compareRecords(check, kind, key, expected, await allOf(audit, path, expected.length));
  }
};

const auditGift = async (audit: BooksAudit, gift: Gift): Promise<void> => {
  const { checks, state, books, history } = audit;
  const name = giftName(gift);
  const path = `/v1/donations/${gift.code}`;
  const donation = await answerOf(audit, path);
  const check = checks.of("gateway.donations");
  check.counted();
  if (donation === undefined) return missing(check, name);
  compare(check, name, expectedDonation(books, gift), donation.data);
  const slices = expectedSlices(books, gift);
  const { first, entries } = await pagesIn(audit, `${path}/trace`, "slices", slices.length);
  const traces = checks.of("gateway.traces");
  traces.counted();
  compare(traces, name, { partition: expectedPartition(state, gift) }, first);
  compare(traces, name, slices, entries, "slice");
  const proof = await answerOf(audit, `${path}/proof`);
  const proofs = checks.of("gateway.proofs");
  proofs.counted();
  if (proof === undefined) missing(proofs, `${name}, proof`);
  else checkProof(proofs, history, state, gift, proof);
};

const auditSources = async (
  audit: BooksAudit,
  subject: string,
  path: string,
  { totalFen, sources }: ExpectedSources,
): Promise<void> => {
  const traces = audit.checks.of("gateway.traces");
  const { first, entries } = await pagesIn(audit, path, "sources", sources.length);
  traces.counted();
  compare(traces, subject, { totalFen }, first);
  compare(traces, subject, sources, entries, "source");
};

/** What paid a claim now, and what each of its payments took, where that is something else. */
const auditClaimSources = async (audit: BooksAudit, claim: ClaimRecord): Promise<void> => {
  const { books } = audit;
  const path = `/v1/claims/${claimCode(claim.claim)}/sources`;
  await auditSources(audit, claimName(claim), path, expectedSources(books, claim));
  const [last, ...earlier] = claim.payouts.toReversed();
  for (const payout of [...(last !== undefined && last.recovered > 0n ? [last] : []), ...earlier]) {
    const number = payout.payout;
    const sources = expectedPayoutSources(books, payout);
    await auditSources(audit, `payout ${number}`, `/v1/payouts/${number}/sources`, sources);
  }
};

/** Every claim stands in the list already: few are asked for by themselves, that no gateway's limit of requests is met. */
const auditClaimsAlone = async (audit: BooksAudit): Promise<void> => {
  const { checks, state, books, choice } = audit;
  const check = checks.of("gateway.claims");
  for (const claim of chosenClaims(state, { ...choice, sample: Math.ceil(choice.sample / 5) })) {
    const [name, path] = [claimName(claim), `/v1/claims/${claimCode(claim.claim)}`];
    await auditOne(audit, check, `${name}, by itself`, path, expectedClaim(books, claim));
  }
};

const auditTraces = async (audit: BooksAudit): Promise<void> => {
  const { state, choice, progress } = audit;
  const step = progress.step("traces of the gateway");
  let done = 0;
  for (const gifts of chunksOf(chosenGifts(state, choice), atOnce)) {
    await Promise.all(gifts.map((gift) => auditGift(audit, gift)));
    step((done += gifts.length));
  }
  for (const claims of chunksOf(chosenClaims(state, choice), atOnce)) {
    await Promise.all(claims.map((claim) => auditClaimSources(audit, claim)));
    step((done += claims.length));
  }
};

/** What a gateway that stops answering, or goes on to another block, leaves open. */
const parts: readonly (readonly [ids: readonly CheckId[], audit: (audit: BooksAudit) => Promise<void>])[] = [
  [["gateway.overview"], auditOverview],
  [["gateway.laws"], auditLaws],
  [["gateway.periods"], auditPeriods],
  [["gateway.insurers"], auditInsurers],
  [["gateway.claims"], auditClaims],
  [["gateway.claims"], auditClaimsAlone],
  [["gateway.flows"], auditFlows],
  [["gateway.settlement"], auditSettlement],
  [["gateway.statements"], auditStatements],
  [["gateway.donations", "gateway.traces", "gateway.proofs"], auditTraces],
];

const orUnfinished = async (
  { checks }: GatewayAudit,
  ids: readonly CheckId[],
  work: () => Promise<unknown>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const isKnown =
      error instanceof GatewayFailure || error instanceof MovedOn || error instanceof NodeFailure;
    if (!isKnown) throw error;
    for (const id of ids) checks.of(id).unfinished(error.message);
  }
};

export const auditGateway = async (audit: GatewayAudit): Promise<void> => {
  const documents = new Map<Bytes32, Served>();
  await orUnfinished(audit, ["gateway.documents"], () => auditDocuments(audit, documents));
  const books = { state: audit.state, time: audit.history.block.time, documents };
  for (const [ids, part] of parts) await orUnfinished(audit, ids, () => part({ ...audit, books }));
};
