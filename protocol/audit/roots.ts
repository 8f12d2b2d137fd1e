/** Every batch's root made anew from its leaves: whoever changes a gift by a fen changes the root. */
import { InvalidLeaves } from "../donations/leaves.ts";
import { batchRoot } from "../donations/merkle-sum.ts";
import { packedTree } from "../donations/packed-tree.ts";
import type { Address } from "../ids.ts";
import type { BatchRecorded, RecordedEvent } from "../ledger/events.ts";
import type { Checks } from "./check.ts";

export interface SealedBy {
  readonly chainId: number;
  readonly ledger: Address;
}

const checkRoot = (
  checks: Checks,
  { chainId, ledger: contract }: SealedBy,
  { event, place }: { readonly event: BatchRecorded; readonly place: RecordedEvent["place"] },
): void => {
  const { batch, fund, startsAt, leaves } = event;
  const name = `batch ${batch}`;
  const { root: treeRoot, count, sum } = packedTree(leaves);
  const root = batchRoot({ version: 1, chainId, contract, fund, batch, startsAt, count, sum, treeRoot });
  checks.of("batches.roots").counted(count);
  checks.of("batches.roots").equal(name, "root", root, event.root, place);
};

export const checkRoots = (
  checks: Checks,
  sealedBy: SealedBy,
  events: readonly RecordedEvent[],
  onProgress: (donations: number) => void,
): void => {
  let donations = 0;
  for (const { event, place } of events) {
    if (event.type !== "BatchRecorded") continue;
    try {
      checkRoot(checks, sealedBy, { event, place });
    } catch (error) {
      // The replay names what is wrong with the leaves.
      if (!(error instanceof InvalidLeaves)) throw error;
      checks
        .of("batches.roots")
        .says(`batch ${event.batch}`, "leaves", `batch ${event.batch}: ${error.message}`, place);
    }
    donations += event.count;
    onProgress(donations);
  }
};
