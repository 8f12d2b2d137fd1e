/** Claims as they stood at a block: worked out of their steps up to it, so that an older block gives what it gave then. */
import type { Kysely } from "kysely";
import { addFen, zeroFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { ClaimState, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { ClaimRecord, ClaimStep } from "../../protocol/ledger/records.ts";
import { claimOf, stepOf } from "../index/codecs/claims.ts";
import type { Schema } from "../index/tables.ts";
import type { BlockRange, ReadAt } from "./export.ts";
import { pagesOf } from "./pages.ts";

export interface ClaimAtBlock {
  readonly claim: ClaimRecord;
  readonly state: ClaimState;
  /** What was approved, or after a bank return what is owed again. */
  readonly approved: Fen;
  readonly approvedAt: UnixSeconds | undefined;
  readonly paid: Fen;
  readonly recovered: Fen;
}

export interface QueuedClaim extends ClaimAtBlock {
  readonly queueNumber: number;
}

const claimsAtOnce = 250;

const stateAfter = (state: ClaimState, step: ClaimStep["step"]): ClaimState => {
  switch (step) {
    case "held":
      return "onHold";
    case "released":
    case "returned":
      return "approved";
    case "recovered":
      return state;
    case "filed":
    case "withdrawn":
    case "approved":
    case "rejected":
    case "cancelled":
    case "paid":
      return step;
  }
};

const sumOf = (steps: readonly ClaimStep[], ...kinds: readonly ClaimStep["step"][]): Fen =>
  addFen(...steps.filter(({ step }) => kinds.includes(step)).map(({ amount }) => amount ?? zeroFen));

const atBlock = (claim: ClaimRecord, steps: readonly ClaimStep[]): ClaimAtBlock => {
  const approval = steps.find(({ step }) => step === "approved");
  const owed = steps.findLast(({ step }) => step === "approved" || step === "returned");
  return {
    claim,
    state: steps.reduce<ClaimState>((state, { step }) => stateAfter(state, step), "filed"),
    approved: owed?.amount ?? zeroFen,
    approvedAt: approval?.at.blockTime,
    paid: sumOf(steps, "paid"),
    recovered: sumOf(steps, "recovered", "returned"),
  };
};

const stepsOf = async (database: Kysely<Schema>, ids: readonly number[], block: number) => {
  const rows = await database
    .selectFrom("claim_steps")
    .selectAll()
    .where("claim", "in", ids)
    .where("block_number", "<=", block)
    .orderBy("claim")
    .orderBy("number")
    .execute();
  const ofClaim = new Map<number, ClaimStep[]>(ids.map((id) => [id, []]));
  for (const row of rows) ofClaim.get(row.claim)?.push(stepOf(row));
  return ofClaim;
};

const statesOf = async (
  database: Kysely<Schema>,
  rows: readonly Parameters<typeof claimOf>[0][],
  block: number,
): Promise<readonly ClaimAtBlock[]> => {
  // PostgreSQL takes no empty list.
  if (rows.length === 0) return [];
  const steps = await stepsOf(
    database,
    rows.map(({ claim }) => claim),
    block,
  );
  return rows.map((row) => atBlock(claimOf(row), steps.get(row.claim) ?? []));
};

/** Claims of a programme that were filed in the range, in the order in which they were. */
export const claimsFiled = (
  readAt: ReadAt,
  { fromBlock, to }: BlockRange,
  programme: ProgrammeId,
): AsyncGenerator<readonly ClaimAtBlock[]> =>
  pagesOf(readAt, {
    limit: claimsAtOnce,
    rowsAfter: async (database, after) => {
      const rows = await database
        .selectFrom("claims")
        .selectAll()
        .where("programme", "=", programme)
        .where("claim", ">", after)
        .where("block_number", ">=", fromBlock)
        .where("block_number", "<=", to.number)
        .orderBy("claim")
        .limit(claimsAtOnce)
        .execute();
      return statesOf(database, rows, to.number);
    },
    numberOf: ({ claim }) => claim.claim,
  });

/** Claims of a programme that were ever approved, in the order of the queue, as they stood at the last block. */
export const claimsInQueueOrder = (
  readAt: ReadAt,
  { to }: BlockRange,
  programme: ProgrammeId,
): AsyncGenerator<readonly QueuedClaim[]> =>
  pagesOf(readAt, {
    limit: claimsAtOnce,
    rowsAfter: async (database, after) => {
      const rows = await database
        .selectFrom("approvals")
        .innerJoin("claims", "claims.claim", "approvals.claim")
        .selectAll("claims")
        .select("approvals.queue_number")
        .where("approvals.programme", "=", programme)
        .where("approvals.queue_number", ">", after)
        .orderBy("approvals.queue_number")
        .limit(claimsAtOnce)
        .execute();
      const claims = await statesOf(database, rows, to.number);
      return claims.map((claim, at) => ({ ...claim, queueNumber: rows[at]?.queue_number ?? 0 }));
    },
    numberOf: ({ queueNumber }) => queueNumber,
  });
