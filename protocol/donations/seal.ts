/** Recomputes what the ledger stored for a batch from the leaves that its event carries. */
import type { Address, Bytes32 } from "../ids.ts";
import type { BatchRecorded } from "../ledger/events.ts";
import { decodeLeaves } from "./leaves.ts";
import { batchOperation, batchRoot, buildTree } from "./merkle-sum.ts";

/** The root and the operation id that an honest ledger has for a batch. Throws InvalidLeaves. */
export const sealOf = (
  batch: Pick<BatchRecorded, "fund" | "batch" | "channel" | "day" | "startsAt" | "leaves">,
  ledger: { readonly chainId: number; readonly contract: Address },
): { readonly root: Bytes32; readonly operation: Bytes32 } => {
  const { fund, batch: id, channel, day, startsAt, leaves } = batch;
  const { root: treeRoot, sum, count } = buildTree(decodeLeaves(leaves));
  return {
    root: batchRoot({ version: 1, ...ledger, fund, batch: id, startsAt, count, sum, treeRoot }),
    operation: batchOperation(fund, channel, day, leaves),
  };
};
