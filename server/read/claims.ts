/** Claims, alone, in lists and in the queue. */
import { zeroFen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { ClaimId, ProgrammeId } from "../../protocol/ids.ts";
import type { PayoutRecord } from "../../protocol/ledger/records.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { ClaimState, ClaimView, Page, PayoutView } from "../../protocol/ports/views.ts";
import { approvalOf, filedOf, payoutOf } from "../index/records.ts";
import type { RowOf } from "../index/tables.ts";
import { mapPage, pageOf } from "./pages.ts";
import { loadProgramme, programmeName } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { waitingOf } from "./waiting.ts";

const payoutView = (payout: PayoutRecord): PayoutView => ({
  payout: payout.payout,
  amount: payout.amount,
  reserveStart: payout.reserveStart,
  period: payout.period,
  paidAt: payout.place,
  paymentReference: payout.paymentReference,
});

const stateOf = (approval: RowOf<"approvals"> | undefined, payouts: readonly unknown[]): ClaimState =>
  payouts.length > 0 ? "paid" : approval === undefined ? "filed" : "approved";

const claimView = async (
  reading: Reading,
  row: RowOf<"claims">,
  approvalRow: RowOf<"approvals"> | undefined,
  payouts: readonly PayoutRecord[],
): Promise<ClaimView> => {
  const filed = filedOf(row);
  const programme = await loadProgramme(reading, filed.programme);
  const state = stateOf(approvalRow, payouts);
  const approval = approvalRow === undefined ? undefined : approvalOf(approvalRow);
  const waiting =
    state === "approved" ? (await waitingOf(reading, filed.programme)).get(filed.claim) : undefined;
  const payer = payouts.at(-1)?.payer;
  const code = encodeCode({ kind: "programme", programme: filed.programme });
  return {
    claim: filed.claim,
    code: encodeCode({ kind: "claim", claim: filed.claim }),
    programme: filed.programme,
    programmeName: programme === undefined ? { zh: code, en: code } : await programmeName(reading, programme),
    currency: programme?.currency ?? "",
    policyPeriod: filed.policyPeriod,
    state,
    benefit: filed.benefit,
    incidentFrom: filed.incidentFrom,
    toTheMinute: filed.toTheMinute,
    requested: filed.requested,
    approved: approval?.amount ?? zeroFen,
    ...(approval === undefined
      ? {}
      : {
          queueNumber: approval.queueNumber,
          adjudicator: approval.adjudicator,
          approvedAt: approval.place,
        }),
    ...waiting,
    filer: filed.filer,
    ...(payer === undefined ? {} : { payer }),
    filedAt: filed.filedAt,
    payouts: payouts.map(payoutView),
  };
};

/** The views of claims that were read together. */
const claimViews = async (
  reading: Reading,
  rows: readonly RowOf<"claims">[],
): Promise<readonly ClaimView[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map(({ claim }) => claim);
  const { database } = reading;
  const approvalRows = await database.selectFrom("approvals").selectAll().where("claim", "in", ids).execute();
  const payoutRows = await database
    .selectFrom("payouts")
    .selectAll()
    .where("claim", "in", ids)
    .orderBy("payout")
    .execute();
  const approvals = new Map(approvalRows.map((row) => [row.claim, row]));
  const payouts = new Map<number, PayoutRecord[]>();
  for (const payout of payoutRows.map(payoutOf)) {
    payouts.set(payout.claim, [...(payouts.get(payout.claim) ?? []), payout]);
  }
  const views: ClaimView[] = [];
  for (const row of rows) {
    views.push(await claimView(reading, row, approvals.get(row.claim), payouts.get(row.claim) ?? []));
  }
  return views;
};

export const readClaim = async (reading: Reading, claim: ClaimId): Promise<ClaimView | undefined> => {
  const row = await reading.database
    .selectFrom("claims")
    .selectAll()
    .where("claim", "=", claim)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const [view] = await claimViews(reading, [row]);
  return view;
};

/** In the order in which they were filed. */
export const readClaims = async (
  reading: Reading,
  filter: { readonly programme?: ProgrammeId; readonly state?: ClaimState },
  page: PageRequest,
): Promise<Page<ClaimView>> => {
  const rows = await pageOf(
    "claims",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("claims").selectAll().where("claim", ">", after);
      if (filter.programme !== undefined) query = query.where("programme", "=", filter.programme);
      if (filter.state !== undefined) query = query.where("state", "=", filter.state);
      return query.orderBy("claim").limit(count).execute();
    },
    ({ claim }) => claim,
  );
  return mapPage(rows, (found) => claimViews(reading, found));
};

/** Approved and unpaid, in queue order. */
export const readQueue = async (
  reading: Reading,
  programme: ProgrammeId,
  page: PageRequest,
): Promise<Page<ClaimView>> => {
  const { database } = reading;
  const places = await pageOf(
    "queue",
    page,
    (after, count) =>
      database
        .selectFrom("approvals")
        .select(["claim", "queue_number"])
        .where("programme", "=", programme)
        .where("waiting", "=", 1)
        .where("queue_number", ">", after)
        .orderBy("queue_number")
        .limit(count)
        .execute(),
    ({ queue_number: number }) => number,
  );
  return mapPage(places, async (found) => {
    if (found.length === 0) return [];
    const ids = found.map(({ claim }) => claim);
    const rows = await database.selectFrom("claims").selectAll().where("claim", "in", ids).execute();
    const byId = new Map(rows.map((row) => [row.claim, row]));
    return claimViews(
      reading,
      ids.flatMap((id) => byId.get(id) ?? []),
    );
  });
};
