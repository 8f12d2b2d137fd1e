/** Every verb that records, each as one call that the rules allow: for the promises that all verbs share. */
import type { Bytes32 } from "../../protocol/ids.ts";
import { day, digest, leavesOf, openBooks, periodStart, providerRole, roleId } from "./books.ts";
import type { TestBooks, Who } from "./books.ts";
import type { Receipt } from "./chain.ts";

export interface RecordingVerb {
  /** As the interfaces name it. */
  readonly name: string;
  /** Who may: what the verb's bullet says after "not paused; ". */
  readonly who: string;
  readonly actor: Who;
  /** The role that is needed; undefined where any registered actor may. */
  readonly role: Bytes32 | undefined;
  readonly attempt: (books: TestBooks, as: Who) => Promise<Receipt>;
}

type Attempt = RecordingVerb["attempt"];

const ofLedger = (name: string, actor: "recorder" | "treasurer" | "auditor", attempt: Attempt) => ({
  name,
  who: `the caller is a registered actor with the ${actor} role`,
  actor,
  role: roleId(actor),
  attempt,
});

const ofProgramme = (
  name: string,
  actor: "coordinator" | "adjudicator" | "payer",
  programme: string,
  attempt: Attempt,
) => ({
  name,
  who: `the caller is a registered actor with the ${actor} role of ${programme}`,
  actor,
  role: roleId(actor, name === "IClaims.fileGrant" ? aid : 1),
  attempt,
});

const ofChannel = (name: string, attempt: Attempt) => ({
  name,
  who: "the caller is a registered actor with the provider role of `channel`",
  actor: "provider" as const,
  role: providerRole("alipay"),
  attempt,
});

/** What stands in {@link readyBooks}. */
export const aid = 3;
const [endedFirst, endedSecond] = [4, 5];
const [filed, payable, held, paid] = [1, 2, 3, 4];
const gift = leavesOf([1000], "gift to repay");
const giftBatch = 3;

/** Ended programmes leave what they have once, and two have something. */
const moveOne = async (books: TestBooks, as: Who, operation = digest()): Promise<Receipt> => {
  const [left] = await books.lens.read.reserveOf([endedFirst]);
  return books.move({ as, operation, from: left === 0n ? endedSecond : endedFirst, to: 2 });
};

const noteLastHead = async (books: TestBooks, as: Who): Promise<Receipt> => {
  const { number, hash } = await books.chain.head();
  return books.noteHead(number, hash, as);
};

const theClaims = "the claim's programme";

export const recordingVerbs: readonly RecordingVerb[] = [
  ofLedger("IProgrammes.openProgramme", "treasurer", (books, as) => books.openProgramme({ as })),
  ofLedger("IProgrammes.declarePeriod", "treasurer", (books, as) => books.declarePeriod({ as })),
  ofLedger("IFunds.openFund", "treasurer", (books, as) => books.openFund({ as })),
  ofLedger("IDonations.recordDonations", "recorder", (books, as) =>
    books.record({ as, leaves: leavesOf([5, 6], "one more batch") }),
  ),
  ofLedger("IAllocations.allocatePremium", "treasurer", (books, as) => books.allocate({ as, amount: 1 })),
  ofLedger("IExpenses.recordExpense", "treasurer", (books, as) => books.spend({ as, amount: 1 })),
  ofLedger("IMoves.moveSurplus", "treasurer", moveOne),
  ofLedger("IRefunds.refundDonation", "treasurer", (books, as) =>
    books.refund({ as, batch: giftBatch, leaves: gift, amount: 1 }),
  ),
  ofChannel("IRefunds.coverRefund", (books, as) => books.cover(1, { as })),
  ofLedger("IInsurers.declareInsurers", "treasurer", (books, as) => books.insure({ as, programme: 2 })),
  ofProgramme("IRosters.appendRoster", "coordinator", "the programme", (books, as) => books.enrol({ as })),
  ofProgramme("IClaims.fileClaim", "coordinator", "its programme", (books, as) => books.file({ as })),
  ofProgramme("IClaims.fileGrant", "coordinator", "the programme", (books, as) =>
    books.grant(paid, { as, programme: aid }),
  ),
  ofProgramme("IClaims.withdrawClaim", "coordinator", theClaims, (books, as) => books.withdraw(filed, as)),
  ofProgramme("IClaims.approveClaim", "adjudicator", theClaims, (books, as) => books.approve(filed, { as })),
  ofProgramme("IClaims.rejectClaim", "adjudicator", theClaims, (books, as) => books.reject(filed, 1, as)),
  ofProgramme("IClaims.holdClaim", "adjudicator", theClaims, (books, as) => books.hold(payable, 1, as)),
  ofProgramme("IClaims.releaseClaim", "adjudicator", theClaims, (books, as) =>
    books.release(held, payable, as),
  ),
  ofProgramme("IClaims.cancelClaim", "adjudicator", theClaims, (books, as) => books.cancel(held, 1, as)),
  ofProgramme("IClaims.payClaim", "payer", theClaims, (books, as) => books.pay(payable, { as })),
  ofProgramme("IRecoveries.recoverPayout", "payer", theClaims, (books, as) =>
    books.recover(1, { as, amount: 1 }),
  ),
  ofLedger("IAudit.attest", "auditor", (books, as) => books.attest({ as })),
  ofLedger("IAudit.openFinding", "auditor", (books, as) => books.openFinding({ as })),
  ofLedger("IAudit.answerFinding", "treasurer", (books, as) => books.answerFinding(1, { as })),
  ofLedger("IAudit.closeFinding", "auditor", (books, as) => books.closeFinding(1, { as })),
  ofChannel("IAudit.confirmChannelTotal", (books, as) => books.confirm({ as })),
  ofLedger("IAudit.noteCorrection", "treasurer", (books, as) => books.correct({ as })),
  {
    name: "IAudit.noteHead",
    who: "the caller is a registered actor",
    actor: "stranger",
    role: undefined,
    attempt: noteLastHead,
  },
];

export interface OperationVerb {
  readonly name: string;
  readonly attempt: (books: TestBooks, operation: Bytes32) => Promise<Receipt>;
}

/** The verbs that carry an operation id of their caller's choice. */
export const operationVerbs: readonly OperationVerb[] = [
  { name: "IProgrammes.openProgramme", attempt: (books, operation) => books.openProgramme({ operation }) },
  { name: "IFunds.openFund", attempt: (books, operation) => books.openFund({ operation }) },
  {
    name: "IAllocations.allocatePremium",
    attempt: (books, operation) => books.allocate({ operation, amount: 1 }),
  },
  { name: "IExpenses.recordExpense", attempt: (books, operation) => books.spend({ operation, amount: 1 }) },
  {
    name: "IMoves.moveSurplus",
    attempt: (books, operation) => moveOne(books, "treasurer", operation),
  },
  {
    name: "IRefunds.refundDonation",
    attempt: (books, operation) => books.refund({ operation, batch: giftBatch, leaves: gift, amount: 1 }),
  },
  { name: "IRosters.appendRoster", attempt: (books, operation) => books.enrol({ operation }) },
  { name: "IClaims.fileClaim", attempt: (books, operation) => books.file({ operation }) },
  { name: "IClaims.fileGrant", attempt: (books, operation) => books.grant(paid, { operation }) },
  {
    name: "IRecoveries.recoverPayout",
    attempt: (books, operation) => books.recover(1, { operation, amount: 1 }),
  },
  { name: "IAudit.attest", attempt: (books, operation) => books.attest({ operation }) },
  { name: "IAudit.openFinding", attempt: (books, operation) => books.openFinding({ operation }) },
  { name: "IAudit.confirmChannelTotal", attempt: (books, operation) => books.confirm({ operation }) },
  { name: "IAudit.noteCorrection", attempt: (books, operation) => books.correct({ operation }) },
];

/** Programmes 4 and 5, over since two days, each with 900 fen on its reserve line. */
const endTwo = async (books: TestBooks): Promise<void> => {
  for (const programme of [endedFirst, endedSecond]) {
    await books.openProgramme();
    const end = periodStart + day;
    await books.declarePeriod({ programme, start: periodStart, end, filingDeadline: end });
    await books.allocate({ programme, amount: 1000 });
  }
};

/**
 * Books in which every one of these verbs may happen: claim 1 is filed, claim 2 heads the queue, claim 3 is on hold,
 * claim 4 is paid by payout 1; programme 3 gives aid; refund 1 is not covered, finding 1 is open, and 48,000 fen wait
 * in fund 1.
 */
export const readyBooks = async (): Promise<TestBooks> => {
  const books = await openBooks();
  await books.record({ leaves: leavesOf([50_000]) });
  await books.record({ leaves: leavesOf([50_000], "unallocated") });
  await books.record({ leaves: gift });
  await books.allocate({ amount: 50_000 });
  await books.openProgramme({ kind: "aid" });
  await books.declarePeriod({ programme: aid });
  await endTwo(books);
  for (const claim of [filed, payable, held, paid]) {
    await books.file();
    if (claim === paid) await books.approve(claim, { remaining: 1_000_000n });
  }
  await books.pay(paid);
  for (const claim of [payable, held]) await books.approve(claim);
  await books.hold(held);
  await books.refund({ batch: giftBatch, leaves: gift, amount: 100 });
  await books.openFinding();
  await books.chain.mineAt(periodStart + 3 * day);
  return books;
};
