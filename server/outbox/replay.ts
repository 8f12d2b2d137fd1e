/**
 * The embedded chain forgets when it stops. A start makes every written block again, from the recorded bytes, and
 * accepts nothing but the same hashes: they were published.
 */
import type { Bytes32 } from "../../protocol/ids.ts";
import { PlanRefused } from "../chain/port.ts";
import type { PlannedChain, ReadableChain } from "../chain/port.ts";
import type { KeptPlan } from "./attempts.ts";
import type { OutboxStore } from "./store.ts";

/** The recorded history does not make the recorded blocks. `blockNumber` is the first that differs. */
export class ReplayDiverged extends Error {
  readonly blockNumber: number;
  readonly recorded: Bytes32 | undefined;
  readonly reason: string;
  constructor(blockNumber: number, recorded: Bytes32 | undefined, reason: string) {
    super(
      `replay: block ${blockNumber}${recorded === undefined ? "" : ` was recorded as ${recorded}, but`} ${reason}. ` +
        `The gateway does not serve books that differ from the published ones: restore the outbox from its backup, ` +
        `or run the version that recorded it. Where only block hashes changed, because another version makes its blocks ` +
        `otherwise, npm run rechain compares everything else and records old and new head`,
    );
    this.name = "ReplayDiverged";
    this.blockNumber = blockNumber;
    this.recorded = recorded;
    this.reason = reason;
  }
}

/** The outbox was written for another chain. */
export class ForeignOutbox extends Error {
  readonly recorded: string;
  readonly present: string;
  constructor(recorded: string, present: string) {
    super(
      `outbox: written for chain ${recorded}, this is chain ${present}; ` +
        `set CHAIN_ID and RPC_URL as they were, or start with another DATA_DIR. Where only the genesis of an embedded ` +
        `chain differs, another version made it: run that one, or npm run rechain`,
    );
    this.name = "ForeignOutbox";
    this.recorded = recorded;
    this.present = present;
  }
}

export interface ReplayProgress {
  readonly blocks: number;
  readonly totalBlocks: number;
  readonly transactions: number;
}

const identityKey = "chain";

/** What an outbox is bound to. */
export const identityOf = async (chain: ReadableChain): Promise<string> => {
  const genesis = await chain.block(0);
  return `${chain.chainId} with genesis ${genesis?.hash ?? "unknown"}`;
};

/** Chain id and the hash of block 0, compared with those of the first start. Throws {@link ForeignOutbox}. */
export const checkIdentity = async (chain: ReadableChain, store: OutboxStore): Promise<void> => {
  const present = await identityOf(chain);
  const recorded = await store.meta(identityKey);
  if (recorded === undefined) await store.setMeta(identityKey, present);
  else if (recorded !== present) throw new ForeignOutbox(recorded, present);
};

const mineAgain = async (chain: PlannedChain, plan: KeptPlan): Promise<Bytes32> => {
  try {
    return (await chain.mineBlock(plan)).hash;
  } catch (error) {
    if (error instanceof PlanRefused) throw new ReplayDiverged(plan.number, plan.hash, error.reason);
    throw error;
  }
};

/**
 * Makes every planned block again, in order, and answers the last plan where its block was never confirmed: it is
 * made now and still to be settled. Throws {@link ReplayDiverged} at the first block that differs.
 */
export const replay = async (
  chain: PlannedChain,
  store: OutboxStore,
  onProgress: (progress: ReplayProgress) => void,
): Promise<{ readonly plan: KeptPlan; readonly hash: Bytes32 } | undefined> => {
  const totalBlocks = await store.lastPlanNumber();
  let transactions = 0;
  for (let number = 1; number <= totalBlocks; number++) {
    const plan = await store.plan(number);
    if (plan === undefined) throw new ReplayDiverged(number, undefined, "its plan is missing");
    const hash = await mineAgain(chain, plan);
    if (plan.hash === undefined) {
      if (number < totalBlocks) throw new ReplayDiverged(number, undefined, "its hash is missing");
      return { plan, hash };
    }
    if (hash !== plan.hash) throw new ReplayDiverged(number, plan.hash, `it is ${hash} now`);
    transactions += plan.transactions.length;
    onProgress({ blocks: number, totalBlocks, transactions });
  }
  return undefined;
};
