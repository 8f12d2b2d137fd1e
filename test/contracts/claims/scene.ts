/** One claim in every state, for whoever may or may not do something about it. */
import { day, fundedBooks, leavesOf, periodStart, roleId } from "../books.ts";
import type { TestBooks, Who } from "../books.ts";

/** A state of a claim; the last three are of one whose payment the bank returned before. */
export const states = [
  "none",
  "filed",
  "approved",
  "paid",
  "rejected",
  "withdrawn",
  "cancelled",
  "on hold",
  "approved again",
  "held again",
  "cancelled again",
] as const;
export type StateName = (typeof states)[number];

interface Standing {
  readonly claim: number;
  readonly programme: 1 | 3;
  /** As the ledger stores it. */
  readonly state: number;
  /** Its last payout, 0 for none, and what is left of that. */
  readonly payout: number;
  readonly left: bigint;
  /** What stands before it in the queue, when it comes back. */
  readonly after: number;
}

const none = { programme: 1, payout: 0, left: 0n, after: 0 } as const;
const returned = { programme: 3, left: 0n, after: 0 } as const;

/** Where each claim of {@link claimsInEveryState} stands. */
export const standings: Readonly<Record<StateName, Standing>> = {
  none: { ...none, claim: 99, state: 0 },
  filed: { ...none, claim: 1, state: 1 },
  approved: { ...none, claim: 2, state: 2 },
  paid: { ...none, claim: 3, state: 3, payout: 1, left: 1000n },
  rejected: { ...none, claim: 4, state: 4 },
  withdrawn: { ...none, claim: 5, state: 5 },
  cancelled: { ...none, claim: 6, state: 6 },
  "on hold": { ...none, claim: 7, state: 7, after: 2 },
  "approved again": { ...returned, claim: 8, state: 2, payout: 2 },
  "held again": { ...returned, claim: 9, state: 7, payout: 3, after: 8 },
  "cancelled again": { ...returned, claim: 10, state: 6, payout: 4 },
};

const appointTwo = async (books: TestBooks): Promise<void> => {
  const admin = books.as("admin");
  for (const who of ["filer", "approver"] as const) {
    await admin.registerActor([books.account(who)]);
    for (const programme of [1, 3]) {
      for (const role of ["coordinator", "adjudicator", "payer"]) {
        await admin.grantRole([roleId(role, programme), books.account(who)]);
      }
    }
  }
};

const approve = (books: TestBooks, claim: number) => books.approve(claim, { as: "approver" });

const returnThree = async (books: TestBooks): Promise<void> => {
  await books.openProgramme();
  await books.declarePeriod({ programme: 3, start: periodStart - day });
  await books.record({ leaves: leavesOf([10_000], "for programme 3") });
  await books.allocate({ programme: 3, amount: 10_000 });
  for (const claim of [8, 9, 10]) {
    await books.file({ programme: 3, as: "filer" });
    await approve(books, claim);
    await books.pay(claim);
  }
  await books.giveBack(2);
  await books.giveBack(3, 8);
  await books.hold(9);
  await books.giveBack(4, 8);
  await books.cancel(10);
};

/**
 * Claims 1 to 7 of programme 1 and 8 to 10 of programme 3, all filed by `filer` and approved by `approver`, who both
 * have every role in these programmes.
 */
export const claimsInEveryState = async (): Promise<TestBooks> => {
  const books = await fundedBooks(10_000);
  await appointTwo(books);
  for (let claim = 1; claim <= 7; claim += 1) await books.file({ as: "filer" });
  await approve(books, 3);
  await books.pay(3);
  for (const claim of [2, 6, 7]) await approve(books, claim);
  await books.reject(4);
  await books.withdraw(5);
  await books.cancel(6);
  await books.hold(7);
  await returnThree(books);
  return books;
};

/** Everyone who acts; `visitor` has all roles and is no actor, `neighbour` all of another programme. */
export const outsiders = [
  "recorder",
  "treasurer",
  "guardian",
  "auditor",
  "provider",
  "stranger",
  "neighbour",
] as const satisfies readonly Who[];
