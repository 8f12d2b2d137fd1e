/**
 * Whether an index shows only what the outbox can make again. It is asked before an index is shown that nothing has
 * compared with the chain yet, for the embedded chain is made anew at every start.
 */
import type { Bytes32 } from "../../protocol/ids.ts";
import type { KeptPlan } from "../outbox/attempts.ts";
import type { Index } from "./open.ts";

/** The index shows a block that the outbox has no record of: the outbox lost what was acknowledged and shown. */
export class OutboxBehindIndex extends Error {
  readonly blockNumber: number;
  readonly indexed: Bytes32;
  readonly recorded: Bytes32 | undefined;
  constructor(blockNumber: number, indexed: Bytes32, recorded: Bytes32 | undefined) {
    super(
      `outbox: block ${blockNumber} was shown as ${indexed}, the outbox ` +
        (recorded === undefined ? "has no such block" : `records it as ${recorded}`) +
        `. What was acknowledged may be missing: restore the outbox from its newest backup. ` +
        `Where that loss is known and accepted, delete index.db with its -wal and -shm`,
    );
    this.name = "OutboxBehindIndex";
    this.blockNumber = blockNumber;
    this.indexed = indexed;
    this.recorded = recorded;
  }
}

export interface Plans {
  plan(number: number): Promise<Pick<KeptPlan, "hash"> | undefined>;
}

/**
 * Compares the last indexed block with the recorded plan of that number. Of the last plan the hash may not be known yet:
 * then its parent decides. Throws {@link OutboxBehindIndex}.
 */
export const checkIndexIsRecorded = async (index: Pick<Index, "head">, plans: Plans): Promise<void> => {
  const head = await index.head();
  if (head === undefined || head.number === 0) return;
  const plan = await plans.plan(head.number);
  if (plan === undefined) throw new OutboxBehindIndex(head.number, head.hash, undefined);
  if (plan.hash !== undefined) {
    if (plan.hash !== head.hash) throw new OutboxBehindIndex(head.number, head.hash, plan.hash);
    return;
  }
  if (head.number === 1) return;
  const parent = (await plans.plan(head.number - 1))?.hash;
  if (parent !== head.parentHash) throw new OutboxBehindIndex(head.number - 1, head.parentHash, parent);
};
