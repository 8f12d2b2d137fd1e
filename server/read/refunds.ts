/** Gifts that the foundation repaid, and what of that it still owes. */
import { addFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { BatchId, FundId } from "../../protocol/ids.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { Page, RefundView } from "../../protocol/ports/views.ts";
import { coverOf, refundOf } from "../index/codecs/funds.ts";
import { fenOf } from "../index/columns.ts";
import type { RowOf } from "../index/tables.ts";
import { mapPage, pageOf } from "./pages.ts";
import { loadFund } from "./reading.ts";
import type { Reading } from "./reading.ts";

const refundViews = async (
  reading: Reading,
  rows: readonly RowOf<"refunds">[],
): Promise<readonly RefundView[]> => {
  if (rows.length === 0) return [];
  const covers = await reading.database
    .selectFrom("refund_covers")
    .selectAll()
    .where(
      "refund",
      "in",
      rows.map(({ refund }) => refund),
    )
    .execute();
  const coverOfRefund = new Map(covers.map((row) => [row.refund, coverOf(row)]));
  return Promise.all(
    rows.map(async (row): Promise<RefundView> => {
      const { refund, batch, index, fund, start, amount, place } = refundOf(row);
      const cover = coverOfRefund.get(refund);
      return {
        refund,
        batch,
        index,
        donationCode: encodeCode({ kind: "donation", batch, index }),
        fund,
        currency: (await loadFund(reading, fund))?.currency ?? "",
        start,
        amount,
        refundedAt: place,
        ...(cover === undefined ? {} : { covered: { channel: cover.channel, at: cover.place } }),
      };
    }),
  );
};

/** In the order in which they were recorded. */
export const readRefunds = async (
  reading: Reading,
  filter: { readonly fund?: FundId; readonly owed?: boolean },
  page: PageRequest,
): Promise<Page<RefundView>> => {
  const rows = await pageOf(
    "refunds",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("refunds").selectAll().where("refund", ">", after);
      if (filter.fund !== undefined) query = query.where("fund", "=", filter.fund);
      if (filter.owed !== undefined) query = query.where("owed", "=", filter.owed ? 1 : 0);
      return query.orderBy("refund").limit(count).execute();
    },
    ({ refund }) => refund,
  );
  return mapPage(rows, (found) => refundViews(reading, found));
};

/** What of one donation was repaid, oldest first: each takes the back of what was still the donor's. */
export const refundsOfDonation = async (
  reading: Reading,
  batch: BatchId,
  index: number,
): Promise<readonly RefundView[]> => {
  const rows = await reading.database
    .selectFrom("refunds")
    .selectAll()
    .where("batch", "=", batch)
    .where("leaf", "=", index)
    .orderBy("refund")
    .execute();
  return refundViews(reading, rows);
};

/** What of a fund's donations the foundation repaid, and what of that its own payment is still missing for. */
export const refundedOf = async (
  { database }: Reading,
  fund: FundId,
): Promise<{ readonly refunded: Fen; readonly refundOwed: Fen }> => {
  const rows = await database
    .selectFrom("refunds")
    .select(["amount", "owed"])
    .where("fund", "=", fund)
    .execute();
  const owed = rows.filter((row) => row.owed === 1);
  return {
    refunded: addFen(...rows.map(({ amount }) => fenOf(amount))),
    refundOwed: addFen(...owed.map(({ amount }) => fenOf(amount))),
  };
};
