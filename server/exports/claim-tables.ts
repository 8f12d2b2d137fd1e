/** A programme's claims and its queue. */
import { zeroFen } from "../../protocol/amounts.ts";
import { dayOf, formatDay, formatInstant } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { decimal } from "../../protocol/exports/rows.ts";
import type { Cells } from "../../protocol/exports/rows.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { ClaimState } from "../../protocol/ledger/events.ts";
import { claimsFiled, claimsInQueueOrder } from "./claim-states.ts";
import type { ClaimAtBlock, QueuedClaim } from "./claim-states.ts";
import type { BlockRange, ReadAt } from "./export.ts";
import type { Table } from "./table.ts";

/** The programme whose table it is. */
export interface ExportedProgramme {
  readonly programme: ProgrammeId;
  readonly code: string;
  readonly currency: string;
}

/**
 * How many claims of a programme were rejected, withdrawn or cancelled is public only for at least 11 of them, so a table
 * of a programme does not list them. Each is a public record by its own code, and in the export of the ledger.
 */
const listed: ReadonlySet<ClaimState> = new Set(["filed", "approved", "onHold", "paid"]);

const claimColumns = [
  "block",
  "time",
  "transaction",
  "claim",
  "policy_period",
  "benefit",
  "incident",
  "follows",
  "state",
  "requested",
  "approved",
  "paid",
  "recovered",
  "currency",
] as const;

const incidentOf = ({ aidOf, incidentFrom, toTheMinute }: ClaimAtBlock["claim"]) => {
  if (aidOf !== 0) return { follows: encodeCode({ kind: "claim", claim: aidOf }) };
  return { incident: toTheMinute ? formatInstant(incidentFrom) : formatDay(dayOf(incidentFrom)) };
};

const claimCells = (
  { claim, state, approved, paid, recovered }: ClaimAtBlock,
  currency: string,
): Cells<(typeof claimColumns)[number]> => ({
  block: claim.filedAt.blockNumber,
  time: formatInstant(claim.filedAt.blockTime),
  transaction: claim.filedAt.transactionHash,
  claim: encodeCode({ kind: "claim", claim: claim.claim }),
  policy_period: claim.policyPeriod,
  benefit: claim.benefit,
  ...incidentOf(claim),
  state,
  requested: decimal(claim.requested),
  approved: decimal(approved),
  paid: decimal(paid),
  recovered: decimal(recovered),
  currency,
});

/** Claims that were filed in the range, as they stood at its last block. */
export const claimsTable = (
  readAt: ReadAt,
  range: BlockRange,
  { programme, code, currency }: ExportedProgramme,
): Table<(typeof claimColumns)[number]> => ({
  facts: { kind: "claims", subject: code, currency },
  columns: claimColumns,
  rows: async function* () {
    for await (const claims of claimsFiled(readAt, range, programme)) {
      yield claims.filter(({ state }) => listed.has(state)).map((claim) => claimCells(claim, currency));
    }
  },
});

const queueColumns = [
  "queue_number",
  "claim",
  "policy_period",
  "approved_at",
  "amount",
  "balance",
  "currency",
] as const;

const isWaiting = ({ state }: ClaimAtBlock): boolean => state === "approved";

/** Approved and unpaid at the last block, in the order in which they are paid; `balance` is what that takes in all. */
export const queueTable = async (
  readAt: ReadAt,
  range: BlockRange,
  { programme, code, currency }: ExportedProgramme,
): Promise<Table<(typeof queueColumns)[number]>> => {
  let closing = 0n;
  for await (const claims of claimsInQueueOrder(readAt, range, programme)) {
    for (const { approved } of claims.filter(isWaiting)) closing += approved;
  }
  return {
    facts: {
      kind: "queue",
      subject: code,
      currency,
      opening: decimal(zeroFen),
      closing: decimal(closing),
    },
    columns: queueColumns,
    rows: async function* () {
      let balance: bigint = zeroFen;
      const cells = ({ claim, queueNumber, approved, approvedAt }: QueuedClaim) => ({
        queue_number: queueNumber,
        claim: encodeCode({ kind: "claim", claim: claim.claim }),
        policy_period: claim.policyPeriod,
        approved_at: formatInstant(approvedAt ?? 0),
        amount: decimal(approved),
        balance: decimal((balance += approved)),
        currency,
      });
      for await (const claims of claimsInQueueOrder(readAt, range, programme)) {
        yield claims.filter(isWaiting).map(cells);
      }
    },
  };
};
