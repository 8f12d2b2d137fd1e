/** The gateway held against the chain: everything that it says of funds, programmes, claims, flows, and of drawn donations. */
import type { Check, Checks } from "../../../protocol/audit/check.ts";
import type { CheckId } from "../../../protocol/audit/checks.ts";
import {
  chosenClaims,
  chosenGifts,
  claimName,
  giftName,
  type Choice,
  type Gift,
} from "../../../protocol/audit/traces.ts";
import type { ClaimRecord, LedgerState } from "../../../protocol/ledger/records.ts";
import { chunksOf } from "../chunks.ts";
import type { History } from "../history.ts";
import type { Progress } from "../progress.ts";
import { expectedClaims, expectedQueue } from "./claims.ts";
import { GatewayFailure, type GatewayAsk, type ToldAnswer } from "./client.ts";
import * as flows from "./flows.ts";
import { expectedDonation, expectedPartition, expectedSlices, expectedSources } from "./gifts.ts";
import { expectedFunds, expectedProgrammes, expectedSummary } from "./overview.ts";
import { expectedPeriods, expectedRosters } from "./periods.ts";
import { compare, compareRecords, memberOf, type Expected } from "./told.ts";
import { claimCode, fundCode, programmeCode } from "./wire.ts";

export interface GatewayAudit {
  readonly checks: Checks;
  readonly ask: GatewayAsk;
  readonly history: History;
  readonly state: LedgerState;
  readonly choice: Choice;
  readonly progress: Progress;
}

const pageLength = 100;
const atOnce = 8;

/** The gateway has gone on to a later block, whose books are not these. */
class MovedOn extends Error {
  readonly block: number;
  constructor(block: number) {
    super(
      `the gateway went on to block ${block} while it was compared; audit again when it is at rest, or at that block`,
    );
    this.name = "MovedOn";
    this.block = block;
  }
}

/** An answer of the audited block. Throws {@link MovedOn} for one of a later block; others are a finding. */
const answerOf = async (
  { ask, checks, history }: GatewayAudit,
  path: string,
): Promise<ToldAnswer | undefined> => {
  const answer = await ask(path);
  if (answer === undefined) return undefined;
  const { block, hash } = answer.head;
  const check = checks.of("gateway.head");
  if (block > history.block.number) throw new MovedOn(block);
  check.counted();
  check.equal(path, "block", history.block.number, block);
  if (block === history.block.number) check.equal(path, "block hash", history.block.hash, hash);
  return answer;
};

const listOf = (data: unknown): readonly unknown[] => (Array.isArray(data) ? data : []);

/** All pages of a list, one behind the other. */
const allOf = async (audit: GatewayAudit, path: string): Promise<readonly unknown[]> => {
  const records: unknown[] = [];
  let next: string | undefined;
  do {
    const cursor = next === undefined ? "" : `&cursor=${encodeURIComponent(next)}`;
    const answer = await answerOf(
      audit,
      `${path}${path.includes("?") ? "&" : "?"}limit=${pageLength}${cursor}`,
    );
    records.push(...listOf(answer?.data));
    next = answer?.next;
  } while (next !== undefined);
  return records;
};

/** The pages of something that stands inside an answer: slices of a trace, sources of a claim. */
const pagesIn = async (
  audit: GatewayAudit,
  path: string,
  name: string,
): Promise<{ readonly first: unknown; readonly entries: readonly unknown[] }> => {
  const entries: unknown[] = [];
  let [first, next]: [unknown, unknown] = [undefined, undefined];
  do {
    const cursor = typeof next === "string" ? `?cursor=${encodeURIComponent(next)}` : "";
    const answer = await answerOf(audit, `${path}${cursor}`);
    first ??= answer?.data;
    entries.push(...listOf(memberOf(answer?.data, name)));
    next = memberOf(answer?.data, "next");
  } while (typeof next === "string");
  return { first, entries };
};

const auditOverview = async (audit: GatewayAudit): Promise<void> => {
  const { checks, state, history } = audit;
  const check = checks.of("gateway.overview");
  const summary = await answerOf(audit, "/v1/summary");
  check.counted();
  compare(check, "summary", expectedSummary(state, history.block.time), summary?.data);
  compareRecords(
    check,
    "fund",
    "code",
    expectedFunds(state),
    listOf((await answerOf(audit, "/v1/funds"))?.data),
  );
  const programmes = listOf((await answerOf(audit, "/v1/programmes"))?.data);
  compareRecords(check, "programme", "code", expectedProgrammes(state, history.block.time), programmes);
};

const auditPeriods = async (audit: GatewayAudit): Promise<void> => {
  const { checks, state, history } = audit;
  const check = checks.of("gateway.periods");
  for (const programme of state.programmes) {
    const path = `/v1/programmes/${programmeCode(programme.programme)}/periods`;
    const kind = `programme ${programmeCode(programme.programme)}, period`;
    const told = listOf((await answerOf(audit, path))?.data);
    compareRecords(check, kind, "period", expectedPeriods(state, programme, history.block.time), told);
    for (const { period } of programme.periods) {
      const rosters = await allOf(audit, `${path}/${period}/rosters`);
      compareRecords(check, "roster", "roster", expectedRosters(state, programme, period), rosters);
    }
  }
};

const auditClaims = async (audit: GatewayAudit): Promise<void> => {
  const { checks, state } = audit;
  const check = checks.of("gateway.claims");
  compareRecords(check, "claim", "code", expectedClaims(state), await allOf(audit, "/v1/claims"));
  for (const programme of state.programmes) {
    const code = programmeCode(programme.programme);
    const queue = await allOf(audit, `/v1/programmes/${code}/queue`);
    const told = queue.map((claim) => memberOf(claim, "code"));
    check.counted();
    compare(check, `programme ${code}`, expectedQueue(programme), told, "claims in the queue");
  }
};

const auditFlows = async (audit: GatewayAudit): Promise<void> => {
  const { checks, state } = audit;
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
    ["move", "move", flows.expectedMoves(state), "/v1/moves"],
    ["refund", "refund", flows.expectedRefunds(state), "/v1/refunds"],
  ];
  for (const [kind, key, expected, path] of lists) {
    compareRecords(check, kind, key, expected, await allOf(audit, path));
  }
};

const missing = (check: Check, subject: string): void =>
  check.says(subject, "missing", `${subject}: the chain has it, the gateway does not know it`);

const auditGift = async (audit: GatewayAudit, gift: Gift): Promise<void> => {
  const { checks, state } = audit;
  const name = giftName(gift);
  const path = `/v1/donations/${gift.code}`;
  const donation = await answerOf(audit, path);
  const check = checks.of("gateway.donations");
  check.counted();
  if (donation === undefined) return missing(check, name);
  compare(check, name, expectedDonation(state, gift), donation.data);
  const { first, entries } = await pagesIn(audit, `${path}/trace`, "slices");
  const traces = checks.of("gateway.traces");
  traces.counted();
  compare(traces, name, { partition: expectedPartition(state, gift) }, first);
  compare(traces, name, expectedSlices(state, gift), entries, "slice");
};

const auditSources = async (audit: GatewayAudit, claim: ClaimRecord): Promise<void> => {
  const { checks, state } = audit;
  const traces = checks.of("gateway.traces");
  const { entries } = await pagesIn(audit, `/v1/claims/${claimCode(claim.claim)}/sources`, "sources");
  traces.counted();
  compare(traces, claimName(claim), expectedSources(state, claim), entries, "source");
};

const auditTraces = async (audit: GatewayAudit): Promise<void> => {
  const { state, choice, progress } = audit;
  const step = progress.step("traces of the gateway");
  let done = 0;
  for (const gifts of chunksOf(chosenGifts(state, choice), atOnce)) {
    await Promise.all(gifts.map((gift) => auditGift(audit, gift)));
    step((done += gifts.length));
  }
  for (const claims of chunksOf(chosenClaims(state, choice), atOnce)) {
    await Promise.all(claims.map((claim) => auditSources(audit, claim)));
    step((done += claims.length));
  }
};

/** What a gateway that stops answering, or goes on to another block, leaves open. */
const parts: readonly (readonly [ids: readonly CheckId[], audit: (audit: GatewayAudit) => Promise<void>])[] =
  [
    [["gateway.overview"], auditOverview],
    [["gateway.periods"], auditPeriods],
    [["gateway.claims"], auditClaims],
    [["gateway.flows"], auditFlows],
    [["gateway.donations", "gateway.traces"], auditTraces],
  ];

export const auditGateway = async (audit: GatewayAudit): Promise<void> => {
  for (const [ids, part] of parts) {
    try {
      await part(audit);
    } catch (error) {
      if (!(error instanceof GatewayFailure || error instanceof MovedOn)) throw error;
      for (const id of ids) audit.checks.of(id).unfinished(error.message);
    }
  }
};
