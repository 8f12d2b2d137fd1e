/** Programmes, their totals and what funds gave them: each record's row, and the record of a row. */
import { fundId, programmeId } from "../../../protocol/ids.ts";
import type { FundId } from "../../../protocol/ids.ts";
import { programmeKinds } from "../../../protocol/ledger/events.ts";
import type { FundContribution, ProgrammeRecord, Totals } from "../../../protocol/ledger/records.ts";
import { amountText, bytes32Of, bytesOf, fenOf, placeColumns, placeOf, positionOf } from "../columns.ts";
import type { RowOf } from "../tables.ts";
import { oneOf } from "./choices.ts";

export const programmeRow = (programme: ProgrammeRecord): RowOf<"programmes"> => ({
  programme: programme.programme,
  kind: programme.kind,
  currency: programme.currency,
  region: programme.region,
  document: bytesOf(programme.document),
  fallback_to: programme.fallbackTo,
  last_queue_number: programme.lastQueueNumber,
  filed: programme.claims.filed,
  approved: programme.claims.approved,
  on_hold: programme.claims.onHold,
  paid: programme.claims.paid,
  rejected: programme.claims.rejected,
  withdrawn: programme.claims.withdrawn,
  cancelled: programme.claims.cancelled,
  ...placeColumns(programme.place),
});

/** A programme without its periods, its totals and the lists of its records. */
export type ProgrammeFacts = Pick<
  ProgrammeRecord,
  | "programme"
  | "kind"
  | "currency"
  | "region"
  | "document"
  | "place"
  | "fallbackTo"
  | "lastQueueNumber"
  | "claims"
>;

export const programmeOf = (row: RowOf<"programmes">): ProgrammeFacts => ({
  programme: programmeId(row.programme),
  kind: oneOf(programmeKinds, row.kind),
  currency: row.currency,
  region: row.region,
  document: bytes32Of(row.document),
  place: placeOf(row),
  fallbackTo: programmeId(row.fallback_to),
  lastQueueNumber: row.last_queue_number,
  claims: {
    filed: row.filed,
    approved: row.approved,
    onHold: row.on_hold,
    paid: row.paid,
    rejected: row.rejected,
    withdrawn: row.withdrawn,
    cancelled: row.cancelled,
  },
});

export const totalsRow = (
  { programme }: ProgrammeRecord,
  moment: "now" | "periodStart",
  totals: Totals,
): RowOf<"totals"> => ({
  programme,
  moment,
  reserve_in: amountText(totals.reserveIn),
  reserve_spent: amountText(totals.reserveSpent),
  operations_in: amountText(totals.operationsIn),
  operations_out: amountText(totals.operationsOut),
  approved_unpaid: amountText(totals.approvedUnpaid),
  filed_undecided: amountText(totals.filedUndecided),
  moved_in: amountText(totals.movedIn),
  moved_out: amountText(totals.movedOut),
  recovered: amountText(totals.recovered),
  operations_moved_in: amountText(totals.operationsMovedIn),
  operations_moved_out: amountText(totals.operationsMovedOut),
  claims_paid: totals.claimsPaid,
});

export const totalsOf = (row: RowOf<"totals">): Totals => ({
  reserveIn: positionOf(row.reserve_in),
  reserveSpent: positionOf(row.reserve_spent),
  operationsIn: positionOf(row.operations_in),
  operationsOut: positionOf(row.operations_out),
  approvedUnpaid: fenOf(row.approved_unpaid),
  filedUndecided: fenOf(row.filed_undecided),
  movedIn: fenOf(row.moved_in),
  movedOut: fenOf(row.moved_out),
  recovered: fenOf(row.recovered),
  operationsMovedIn: fenOf(row.operations_moved_in),
  operationsMovedOut: fenOf(row.operations_moved_out),
  claimsPaid: row.claims_paid,
});

export const contributionRow = (
  { programme, contributions }: ProgrammeRecord,
  fund: FundId,
): RowOf<"contributions"> => {
  const contribution: FundContribution | undefined = contributions.get(fund);
  if (contribution === undefined) throw new RangeError(`programme ${programme} has nothing of fund ${fund}`);
  const { allocated, claimsAmount } = contribution;
  return { programme, fund, allocated: amountText(allocated), claims_amount: amountText(claimsAmount) };
};

export const contributionOf = (row: RowOf<"contributions">): FundContribution => ({
  fund: fundId(row.fund),
  allocated: fenOf(row.allocated),
  claimsAmount: fenOf(row.claims_amount),
});
