/** Claims as they are shown: never who a claim is for. */
import { addFen, zeroFen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { claimId } from "../../protocol/ids.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import type { Approval, ClaimRecord, ClaimStep, PayoutRecord } from "../../protocol/ledger/records.ts";
import type { ClaimView, PayoutView } from "../../protocol/ports/views.ts";
import { approvalOf, claimOf, stepOf } from "../index/codecs/claims.ts";
import { payoutOf } from "../index/codecs/lines.ts";
import type { RowOf } from "../index/tables.ts";
import { loadProgramme, nameOfProgramme } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { waitingOf } from "./waiting.ts";

interface Handle {
  readonly claim: ClaimId;
  readonly code: string;
}

const handleOf = (claim: ClaimId): Handle => ({ claim, code: encodeCode({ kind: "claim", claim }) });

/** What stands in other tables than that of the claims, by claim. */
interface Parts {
  readonly approvals: ReadonlyMap<number, Approval>;
  readonly payouts: ReadonlyMap<number, readonly PayoutRecord[]>;
  readonly steps: ReadonlyMap<number, readonly ClaimStep[]>;
  readonly grants: ReadonlyMap<number, readonly Handle[]>;
}

const gathered = <Row, Item>(
  rows: readonly Row[],
  keyOf: (row: Row) => number,
  itemOf: (row: Row) => Item,
): ReadonlyMap<number, readonly Item[]> => {
  const lists = new Map<number, Item[]>();
  for (const row of rows) {
    const list = lists.get(keyOf(row)) ?? [];
    list.push(itemOf(row));
    lists.set(keyOf(row), list);
  }
  return lists;
};

const readParts = async ({ database }: Reading, ids: readonly number[]): Promise<Parts> => {
  const approvals = await database.selectFrom("approvals").selectAll().where("claim", "in", ids).execute();
  const payouts = await database
    .selectFrom("payouts")
    .selectAll()
    .where("claim", "in", ids)
    .orderBy("payout")
    .execute();
  const steps = await database
    .selectFrom("claim_steps")
    .selectAll()
    .where("claim", "in", ids)
    .orderBy("number")
    .execute();
  const grants = await database
    .selectFrom("claims")
    .select(["claim", "aid_of"])
    .where("aid_of", "in", ids)
    .orderBy("claim")
    .execute();
  return {
    approvals: new Map(approvals.map((row) => [row.claim, approvalOf(row)])),
    payouts: gathered(payouts, ({ claim }) => claim, payoutOf),
    steps: gathered(steps, ({ claim }) => claim, stepOf),
    grants: gathered(
      grants,
      ({ aid_of: aidOf }) => aidOf,
      ({ claim }) => handleOf(claimId(claim)),
    ),
  };
};

const payoutView = (payout: PayoutRecord): PayoutView => ({
  payout: payout.payout,
  amount: payout.amount,
  recovered: payout.recovered,
  reserveStart: payout.reserveStart,
  period: payout.period,
  paidAt: payout.place,
  paymentReference: payout.paymentReference,
});

const approvedPart = (approval: Approval | undefined) =>
  approval === undefined
    ? {}
    : {
        queueNumber: approval.queueNumber,
        adjudicator: approval.adjudicator,
        approvedAt: approval.place,
      };

/** What a grant has no own of is left out. */
const filedPart = ({ claim, policyPeriod, benefit, roster, aidOf, ...filed }: ClaimRecord) => ({
  ...handleOf(claim),
  policyPeriod,
  state: filed.state,
  benefit,
  ...(aidOf === 0 ? { incidentFrom: filed.incidentFrom } : { aidOf: handleOf(aidOf) }),
  toTheMinute: filed.toTheMinute,
  ...(roster === 0 ? {} : { roster }),
  requested: filed.requested,
  ...(filed.reason === undefined ? {} : { reason: filed.reason }),
  granted: filed.granted,
  filer: filed.filer,
  filedAt: filed.filedAt,
});

const claimView = async (reading: Reading, claim: ClaimRecord, parts: Parts): Promise<ClaimView> => {
  const { programme, state } = claim;
  const approval = parts.approvals.get(claim.claim);
  const payouts = parts.payouts.get(claim.claim) ?? [];
  const payer = payouts.at(-1)?.payer;
  const waiting = state === "approved" ? (await waitingOf(reading, programme)).get(claim.claim) : undefined;
  return {
    ...filedPart(claim),
    programme,
    programmeName: await nameOfProgramme(reading, programme),
    currency: (await loadProgramme(reading, programme))?.currency ?? "",
    approved: approval?.amount ?? zeroFen,
    remaining: approval?.remaining ?? zeroFen,
    grants: parts.grants.get(claim.claim) ?? [],
    ...approvedPart(approval),
    ...waiting,
    ...(payer === undefined ? {} : { payer }),
    payouts: payouts.map(payoutView),
    paid: addFen(...payouts.map(({ amount }) => amount)),
    recovered: addFen(...payouts.map(({ recovered }) => recovered)),
    steps: parts.steps.get(claim.claim) ?? [],
  };
};

/** The views of claims that were read together, in their order. */
export const claimViews = async (
  reading: Reading,
  rows: readonly RowOf<"claims">[],
): Promise<readonly ClaimView[]> => {
  if (rows.length === 0) return [];
  const parts = await readParts(
    reading,
    rows.map(({ claim }) => claim),
  );
  const views: ClaimView[] = [];
  for (const row of rows) views.push(await claimView(reading, claimOf(row), parts));
  return views;
};
