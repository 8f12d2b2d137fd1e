/** Rows of events about donations, allocations, expenses, moves and refunds. */
import type {
  BatchRecorded,
  DonationRefunded,
  ExpenseRecorded,
  PremiumAllocated,
  RefundCovered,
  SurplusMoved,
} from "../../../protocol/ledger/events.ts";
import { batchRow, coverRow, refundRow } from "../codecs/funds.ts";
import { moveHops } from "../codecs/hops.ts";
import { allocationRow, expenseRow, moveRow } from "../codecs/lines.ts";
import { contributionRow } from "../codecs/programmes.ts";
import { kept, touchFund, touchOperation, touchProgramme } from "./records.ts";
import type { Touched } from "./records.ts";

export const touchBatch = (touched: Touched, event: BatchRecorded): void => {
  const { batch, fund, operation } = event;
  const record = kept(touched.state.batches, batch);
  touchOperation(touched, operation, "batch", batch);
  touchFund(touched, fund);
  touched.rows.put("batches", batch, () => batchRow(record));
};

export const touchAllocation = (touched: Touched, event: PremiumAllocated): void => {
  const { allocation, fund, operation } = event;
  const programme = touchProgramme(touched, event.programme);
  const record = kept(touched.state.allocations, allocation);
  touchOperation(touched, operation, "allocation", allocation);
  touchFund(touched, fund);
  touched.rows.put("allocations", allocation, () => allocationRow(record));
  touched.rows.put("contributions", `${event.programme} ${fund}`, () => contributionRow(programme, fund));
};

export const touchExpense = (touched: Touched, { expense, operation, programme }: ExpenseRecorded): void => {
  const record = kept(touched.state.expenses, expense);
  touchProgramme(touched, programme);
  touchOperation(touched, operation, "expense", expense);
  touched.rows.put("expenses", expense, () => expenseRow(record));
};

export const touchMove = (touched: Touched, { move, from, to, operation }: SurplusMoved): void => {
  const record = kept(touched.state.moves, move);
  touchProgramme(touched, from);
  touchProgramme(touched, to);
  touchOperation(touched, operation, "move", move);
  touched.rows.put("moves", move, () => moveRow(record));
  for (const hop of moveHops(record)) touched.rows.put("hops", `${hop.line} move ${move}`, () => hop);
};

export const touchRefund = (touched: Touched, event: DonationRefunded | RefundCovered): void => {
  const record = kept(touched.state.refunds, event.refund);
  const { covered } = record;
  touched.rows.put("refunds", event.refund, () => refundRow(record));
  if (event.type === "DonationRefunded") touchOperation(touched, event.operation, "refund", event.refund);
  if (covered !== undefined) {
    touched.rows.put("refund_covers", event.refund, () => coverRow(record, covered));
  }
};
