/** The proof that a donation is a leaf of its batch: what it says, and what it folds to. */
import type { Check } from "../../../protocol/audit/check.ts";
import { giftName, type Gift } from "../../../protocol/audit/traces.ts";
import { batchRoot, verify } from "../../../protocol/donations/merkle-sum.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { readReceipt } from "../../../protocol/receipt/read.ts";
import { proofFormat, receiptVersion, type DonationProof } from "../../../protocol/receipt/types.ts";
import type { AuditedBlock, History } from "../history.ts";
import type { CheckedAnswer } from "./answers.ts";
import { notedHeadOf } from "./statements.ts";
import { compare, type Expected } from "./told.ts";

const expectedProof = (
  history: History,
  state: LedgerState,
  { batch, index, leaf, code }: Gift,
  { number, hash, time }: AuditedBlock,
): Expected => {
  return {
    batch: {
      batch: batch.batch,
      count: batch.count,
      fund: batch.fund,
      root: batch.root,
      startsAt: batch.startsAt.toString(),
      sum: batch.sum.toString(),
    },
    chain: { chainId: history.chainId, ledger: history.ledger },
    code,
    format: proofFormat,
    head: { hash, number, time },
    index,
    leaf: { amount: leaf.amount.toString(), commitment: leaf.commitment },
    notedHead: notedHeadOf(state),
    version: receiptVersion,
  };
};

/** The batch's root that the siblings lead to from the chain's own leaf; undefined where they lead nowhere. */
const foldedRoot = (history: History, { batch, index, leaf }: Gift, { siblings }: DonationProof) => {
  const folded = verify(leaf, index, batch.count, siblings);
  if (!folded.ok) return folded.refusal;
  return batchRoot({
    version: receiptVersion,
    chainId: history.chainId,
    contract: history.ledger,
    fund: batch.fund,
    batch: batch.batch,
    startsAt: batch.startsAt,
    count: batch.count,
    sum: folded.sum,
    treeRoot: folded.root,
  });
};

export const checkProof = (
  check: Check,
  history: History,
  state: LedgerState,
  gift: Gift,
  { block, data }: CheckedAnswer,
): void => {
  const subject = `${giftName(gift)}, proof`;
  compare(check, subject, expectedProof(history, state, gift, block), data);
  const read = readReceipt(JSON.stringify(data));
  if (read.kind !== "proof") return check.says(subject, "form", `${subject}: is no proof`);
  check.equal(subject, "root of its siblings", gift.batch.root, foldedRoot(history, gift, read.proof));
};
