/** Every batch's root and operation made anew from its leaves: whoever changes a gift by a fen changes both. */
import { InvalidLeaves } from "../donations/leaves.ts";
import { batchOperation, batchRoot } from "../donations/merkle-sum.ts";
import { packedTree } from "../donations/packed-tree.ts";
import type { Fen } from "../amounts.ts";
import type { Address, Bytes32 } from "../ids.ts";
import type { BatchRecorded, RecordedEvent } from "../ledger/events.ts";
import type { Checks } from "./check.ts";

/** What a batch's leaves come to, or why they are none. */
export type BatchSeal =
  | { readonly root: Bytes32; readonly sum: Fen; readonly count: number; readonly operation: Bytes32 }
  | { readonly defect: string };

/** What of a batch is hashed. */
export type Hashed = Pick<BatchRecorded, "fund" | "channel" | "day" | "leaves">;

/** O(donations) hashes: nearly all the work of {@link checkRoots}. */
export const sealOf = ({ fund, channel, day, leaves }: Hashed): BatchSeal => {
  try {
    return { ...packedTree(leaves), operation: batchOperation(fund, channel, day, leaves) };
  } catch (error) {
    if (!(error instanceof InvalidLeaves)) throw error;
    return { defect: error.message };
  }
};

export interface SealedBy {
  readonly chainId: number;
  readonly ledger: Address;
}

const checkRoot = (
  checks: Checks,
  { chainId, ledger: contract }: SealedBy,
  event: BatchRecorded,
  place: RecordedEvent["place"],
  seal: BatchSeal,
): void => {
  const { batch, fund, startsAt } = event;
  const name = `batch ${batch}`;
  const check = checks.of("batches.roots");
  check.counted(event.count);
  if ("defect" in seal) return check.says(name, "leaves", `${name}: ${seal.defect}`, place);
  const { root: treeRoot, count, sum, operation } = seal;
  const root = batchRoot({ version: 1, chainId, contract, fund, batch, startsAt, count, sum, treeRoot });
  check.equal(name, "root", root, event.root, place);
  check.equal(name, "operation", operation, event.operation, place);
};

/** `sealed` gives what {@link sealOf} gave of an event, or undefined where nobody has hashed it yet. */
export const checkRoots = (
  checks: Checks,
  sealedBy: SealedBy,
  events: readonly RecordedEvent[],
  sealed: (event: BatchRecorded) => BatchSeal | undefined,
  onProgress: (donations: number) => void,
): void => {
  let donations = 0;
  for (const { event, place } of events) {
    if (event.type !== "BatchRecorded") continue;
    checkRoot(checks, sealedBy, event, place, sealed(event) ?? sealOf(event));
    donations += event.count;
    onProgress(donations);
  }
};
