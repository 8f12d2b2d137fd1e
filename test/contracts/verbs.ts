/** Every verb that records, each as one call that the rules allow: for the promises that all verbs share. */
import type { Bytes32 } from "../../protocol/ids.ts";
import { fundedBooks, leavesOf } from "./books.ts";
import type { TestBooks, Who } from "./books.ts";
import type { Receipt } from "./chain.ts";

export interface RecordingVerb {
  readonly name: string;
  readonly role: Extract<Who, "recorder" | "treasurer" | "coordinator" | "adjudicator" | "payer">;
  /** 0 for a role of the whole ledger. */
  readonly programme: 0 | 1;
  readonly attempt: (books: TestBooks, as: Who) => Promise<Receipt>;
}

const leaves = leavesOf([5, 6], "one more batch");

export const recordingVerbs: readonly RecordingVerb[] = [
  {
    name: "openProgramme",
    role: "treasurer",
    programme: 0,
    attempt: (books, as) => books.openProgramme({ as }),
  },
  {
    name: "declarePeriod",
    role: "treasurer",
    programme: 0,
    attempt: (books, as) => books.declarePeriod({ as }),
  },
  { name: "openFund", role: "treasurer", programme: 0, attempt: (books, as) => books.openFund({ as }) },
  {
    name: "recordDonations",
    role: "recorder",
    programme: 0,
    attempt: (books, as) => books.record({ as, leaves }),
  },
  {
    name: "allocatePremium",
    role: "treasurer",
    programme: 0,
    attempt: (books, as) => books.allocate({ as, amount: 1 }),
  },
  {
    name: "recordExpense",
    role: "treasurer",
    programme: 0,
    attempt: (books, as) => books.spend({ as, amount: 1 }),
  },
  { name: "fileClaim", role: "coordinator", programme: 1, attempt: (books, as) => books.file({ as }) },
  {
    name: "approveClaim",
    role: "adjudicator",
    programme: 1,
    attempt: (books, as) => books.approve(1, { as }),
  },
  { name: "payClaim", role: "payer", programme: 1, attempt: (books, as) => books.pay(2, { as }) },
];

export interface OperationVerb {
  readonly name: string;
  readonly attempt: (books: TestBooks, operation: Bytes32) => Promise<Receipt>;
}

/** The verbs that carry an operation id of their caller's choice. */
export const operationVerbs: readonly OperationVerb[] = [
  { name: "openProgramme", attempt: (books, operation) => books.openProgramme({ operation }) },
  { name: "openFund", attempt: (books, operation) => books.openFund({ operation }) },
  { name: "allocatePremium", attempt: (books, operation) => books.allocate({ operation, amount: 1 }) },
  { name: "recordExpense", attempt: (books, operation) => books.spend({ operation, amount: 1 }) },
  { name: "fileClaim", attempt: (books, operation) => books.file({ operation }) },
];

/** Books in which every one of these verbs may happen: claim 1 is filed, claim 2 heads the queue, 50,000 fen wait. */
export const readyBooks = async (): Promise<TestBooks> => {
  const books = await fundedBooks(50_000);
  await books.record({ leaves: leavesOf([50_000], "unallocated") });
  await books.file();
  await books.file();
  await books.approve(2);
  return books;
};
