/** Runs the published vectors and answers what differs: nothing of Node, so that a browser runs the same. */
import { fen, position } from "../../protocol/amounts.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { donationCommitment, type DonationPayload } from "../../protocol/donations/commitment.ts";
import { decodeLeaves, InvalidLeaves } from "../../protocol/donations/leaves.ts";
import {
  batchOperation,
  batchRoot,
  buildTree,
  decodeProof,
  TruncatedProof,
  verify,
} from "../../protocol/donations/merkle-sum.ts";
import { address, batchId, bytes32, fundId } from "../../protocol/ids.ts";
import { readReceipt } from "../../protocol/receipt/read.ts";
import { leafOf } from "../../protocol/receipt/write.ts";
import { checkPath } from "../../protocol/verify/donation.ts";
import { Failed } from "../../protocol/verify/steps.ts";
import { runTraceVectors, type TraceVectors } from "./trace-run.ts";

type Fields = Readonly<Record<string, string | number | boolean>>;

export interface Vectors {
  readonly merkleSum: {
    readonly record: readonly Fields[];
    readonly verify: readonly Fields[];
    readonly batchRoot: readonly Fields[];
    readonly operation: readonly Fields[];
    readonly commitment: readonly {
      readonly name: string;
      readonly salt: string;
      readonly payload: DonationPayload;
      readonly commitment: string;
    }[];
  };
  readonly receipts: readonly {
    readonly name: string;
    readonly text: string;
    readonly read: unknown;
    readonly path?: string;
    readonly opens?: Readonly<Record<string, string>>;
  }[];
  readonly trace: TraceVectors;
}

const text = (fields: Fields, name: string): string => String(fields[name]);
const whole = (fields: Fields, name: string): number => Number(fields[name]);

const recordOf = (fields: Fields): string => {
  try {
    const { root, sum, count } = buildTree(decodeLeaves(fromHex(text(fields, "leavesHex"))));
    return `ok ${root} ${sum} ${count}`;
  } catch (error) {
    if (error instanceof InvalidLeaves) return error.defect;
    throw error;
  }
};

const expectedRecord = (fields: Fields): string =>
  fields["expect"] === "ok"
    ? `ok ${text(fields, "treeRoot")} ${text(fields, "sum")} ${text(fields, "count")}`
    : text(fields, "expect");

const isProven = (fields: Fields): boolean => {
  try {
    const leaf = {
      amount: fen(BigInt(text(fields, "amount"))),
      commitment: bytes32(text(fields, "commitment")),
    };
    const siblings = decodeProof(fromHex(text(fields, "proofHex")));
    const folded = verify(leaf, whole(fields, "index"), whole(fields, "count"), siblings);
    return folded.ok && folded.root === fields["treeRoot"] && String(folded.sum) === fields["sum"];
  } catch (error) {
    if (error instanceof TruncatedProof) return false;
    throw error;
  }
};

const isSealed = (fields: Fields): boolean =>
  batchRoot({
    version: 1,
    chainId: whole(fields, "chainId"),
    contract: address(text(fields, "contract")),
    fund: fundId(whole(fields, "fund")),
    batch: batchId(whole(fields, "batch")),
    startsAt: position(BigInt(text(fields, "startsAt"))),
    count: whole(fields, "count"),
    sum: fen(BigInt(text(fields, "sum"))),
    treeRoot: bytes32(text(fields, "treeRoot")),
  }) === fields["batchRoot"];

const operationOf = (fields: Fields): string =>
  batchOperation(
    fundId(whole(fields, "fund")),
    text(fields, "channel"),
    whole(fields, "day"),
    fromHex(text(fields, "leavesHex")),
  );

const receiptOf = (file: string): unknown => {
  const read = readReceipt(file);
  return read.kind === "faulty" ? read.faults : read.kind;
};

/** The leaf that a receipt opens, and where its path leads; undefined where there is no such receipt or path. */
export const opensOf = (file: string): Readonly<Record<string, string>> | undefined => {
  const read = readReceipt(file);
  if (read.kind !== "receipt") return undefined;
  const { place, batch, index, siblings } = read.receipt;
  const { amount, commitment } = leafOf(read.receipt);
  const folded = verify({ amount, commitment }, index, batch.count, siblings);
  if (!folded.ok) return undefined;
  const treeRoot = folded.root;
  const root = batchRoot({ ...batch, version: 1, chainId: place.chainId, contract: place.ledger, treeRoot });
  const leftSum = String(folded.leftSum);
  return { amount: String(amount), commitment, leftSum, treeRoot, batchRoot: root };
};

/** What the path of a receipt or a proof proves: "proven", or why it does not lead to its batch. */
export const pathOf = (file: string): string | undefined => {
  const read = readReceipt(file);
  if (read.kind === "faulty") return undefined;
  try {
    if (read.kind === "receipt") checkPath(read.receipt, leafOf(read.receipt));
    else checkPath(read.proof, read.proof.leaf);
    return "proven";
  } catch (error) {
    if (error instanceof Failed) return error.kind;
    throw error;
  }
};

/** The names of the vectors that do not come out as published, and how many came out. */
export const runVectors = ({
  merkleSum,
  receipts,
  trace,
}: Vectors): { readonly ran: number; readonly differ: string[] } => {
  const differ: string[] = [];
  let ran = 0;
  const expectThat = (name: string, holds: boolean): void => {
    ran += 1;
    if (!holds) differ.push(name);
  };
  for (const fields of merkleSum.record) {
    expectThat(text(fields, "name"), recordOf(fields) === expectedRecord(fields));
  }
  for (const fields of merkleSum.verify) {
    expectThat(text(fields, "name"), isProven(fields) === fields["expect"]);
  }
  for (const fields of merkleSum.batchRoot) {
    expectThat(text(fields, "name"), isSealed(fields) === fields["expect"]);
  }
  for (const fields of merkleSum.operation) {
    expectThat(text(fields, "name"), operationOf(fields) === fields["operation"]);
  }
  for (const { name, salt, payload, commitment } of merkleSum.commitment) {
    expectThat(name, donationCommitment(bytes32(salt), payload) === commitment);
  }
  for (const { name, text: file, read, path, opens: opened } of receipts) {
    expectThat(name, JSON.stringify(receiptOf(file)) === JSON.stringify(read));
    expectThat(`${name}, its path`, pathOf(file) === path);
    if (opened !== undefined) {
      expectThat(`${name}, opened`, JSON.stringify(opensOf(file)) === JSON.stringify(opened));
    }
  }
  const traced = runTraceVectors(trace);
  return { ran: ran + traced.ran, differ: [...differ, ...traced.differ] };
};
