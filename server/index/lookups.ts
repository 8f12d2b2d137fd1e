/** Single records that the write side looks up by number before it accepts something. */
import { fen, type Fen } from "../../protocol/amounts.ts";
import { claimId, periodNumber, programmeId } from "../../protocol/ids.ts";
import type {
  Address,
  Bytes32,
  ClaimId,
  FindingId,
  PayoutId,
  PeriodNumber,
  ProgrammeId,
  RosterId,
} from "../../protocol/ids.ts";
import { bytes32Of, bytesOf, fenOf } from "./columns.ts";
import type { Index } from "./open.ts";

export interface PayableClaim {
  readonly claim: ClaimId;
  readonly queueNumber: number;
}

export interface PayoutLeft {
  readonly claim: ClaimId;
  /** What of the payment did not come back yet. */
  readonly left: Fen;
}

export interface KnownRoster {
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly root: Bytes32;
}

export interface Lookups {
  /** Whether an account is registered as an actor. */
  isActor(account: Address): Promise<boolean>;
  roster(roster: RosterId): Promise<KnownRoster | undefined>;
  payout(payout: PayoutId): Promise<PayoutLeft | undefined>;
  /** The last payable claim of a programme whose queue number is lower; payable is approved and not on hold. */
  payableBefore(programme: ProgrammeId, queueNumber: number): Promise<PayableClaim | undefined>;
  programmeOfClaim(claim: ClaimId): Promise<ProgrammeId | undefined>;
  programmeOfPayout(payout: PayoutId): Promise<ProgrammeId | undefined>;
  /** Without a programme where the finding is about the whole ledger; undefined where there is no such finding. */
  subjectOfFinding(finding: FindingId): Promise<{ readonly programme?: ProgrammeId } | undefined>;
}

export const lookupsOf = (index: Index): Lookups => ({
  isActor: (account) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("actors")
        .select("actor")
        .where("account", "=", bytesOf(account))
        .executeTakeFirst();
      return row !== undefined;
    }),
  roster: (roster) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("rosters")
        .select(["programme", "policy_period", "root"])
        .where("roster", "=", roster)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            programme: programmeId(row.programme),
            policyPeriod: periodNumber(row.policy_period),
            root: bytes32Of(row.root),
          };
    }),
  payout: (payout) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("payouts")
        .select(["claim", "amount", "recovered"])
        .where("payout", "=", payout)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : { claim: claimId(row.claim), left: fen(fenOf(row.amount) - fenOf(row.recovered)) };
    }),
  payableBefore: (programme, queueNumber) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("approvals")
        .select(["claim", "queue_number"])
        .where("programme", "=", programme)
        .where("waiting", "=", 1)
        .where("queue_number", "<", queueNumber)
        .orderBy("queue_number", "desc")
        .executeTakeFirst();
      return row === undefined ? undefined : { claim: claimId(row.claim), queueNumber: row.queue_number };
    }),
  programmeOfClaim: (claim) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("claims")
        .select("programme")
        .where("claim", "=", claim)
        .executeTakeFirst();
      return row === undefined ? undefined : programmeId(row.programme);
    }),
  programmeOfPayout: (payout) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("payouts")
        .innerJoin("claims", "claims.claim", "payouts.claim")
        .select("claims.programme")
        .where("payout", "=", payout)
        .executeTakeFirst();
      return row === undefined ? undefined : programmeId(row.programme);
    }),
  subjectOfFinding: (finding) =>
    index.read(async ({ database }) => {
      const row = await database
        .selectFrom("findings")
        .select("programme")
        .where("finding", "=", finding)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return row.programme === 0 ? {} : { programme: programmeId(row.programme) };
    }),
});
