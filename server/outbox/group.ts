/** Which queued operations share the next block. */
import { blockGas, blockTransactions } from "../chain/pinned.ts";
import type { QueuedOperation } from "./store.ts";

/**
 * The longest run from the front that fits a block. An operation that met a stale position goes alone: it is built
 * from the chain's head, and whatever shared its block could move that position again. Empty only for no operations.
 */
export const nextGroup = (queued: readonly QueuedOperation[]): readonly QueuedOperation[] => {
  const group: QueuedOperation[] = [];
  let gas = 0n;
  for (const operation of queued) {
    gas += operation.call.gasLimit;
    const fits = gas <= blockGas && group.length < blockTransactions;
    if (group.length > 0 && (!fits || operation.stale !== undefined)) break;
    group.push(operation);
    if (operation.stale !== undefined) break;
  }
  return group;
};
