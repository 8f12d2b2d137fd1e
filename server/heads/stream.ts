/**
 * The whole chain, page by page, from the outbox alone: what a replica executes again. Of the embedded chain these are
 * its blocks; a chain outside makes its own, and there it is what this gateway signed, with the blocks that hold it.
 */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { BlockHead, Hex, SignedTransaction } from "../chain/port.ts";
import type { DatabaseOutbox } from "../outbox/database-outbox.ts";
import type { ConcludedAttempt } from "../outbox/attempts.ts";
import type { HeadKey } from "./head-key.ts";
import type { ChainIdentity, NamedBlock, SignedBlock } from "./statement.ts";

export interface StreamedBlock extends BlockHead {
  readonly transactions: readonly SignedTransaction[];
}

export interface BlocksPage {
  readonly kind: "embedded";
  readonly identity: ChainIdentity;
  readonly headKey: Address;
  /** The block that the page follows. */
  readonly after: NamedBlock;
  readonly blocks: readonly StreamedBlock[];
  /** The operator's statement about the last block of the page, or about `after` where none follows. */
  readonly head: SignedBlock;
  /** The same about the newest block of the chain. */
  readonly newest: SignedBlock;
}

export interface TransactionsPage {
  readonly kind: "outside";
  readonly chainId: number;
  readonly genesis: Bytes32;
  readonly ledger: Address;
  readonly attempts: readonly ConcludedAttempt[];
  /** Where the next page begins; absent on the last. */
  readonly next?: number;
}

export type ChainPage = BlocksPage | TransactionsPage;

/** Answers the page after `after`, at most `limit` long; undefined where the chain has not come so far. */
export type ChainStream = (after: number, limit: number) => Promise<ChainPage | undefined>;

export const pageBlocks = 200;
/** A page ends with the block that passes it: about as much as two batches of 3,000 gifts. */
const pageRawCharacters = 512 * 1_024;

interface MadeBlock extends StreamedBlock {
  readonly time: UnixSeconds;
}

export interface EmbeddedStreamParts {
  readonly outbox: Pick<DatabaseOutbox, "plan" | "blockHash" | "lastPlanNumber">;
  readonly identity: ChainIdentity;
  readonly headKey: HeadKey;
}

/** Only confirmed blocks are shown: a plan whose block is not made yet has no hash. */
export const embeddedStream = ({ outbox, identity, headKey }: EmbeddedStreamParts): ChainStream => {
  const made = async (number: number): Promise<MadeBlock | undefined> => {
    const plan = await outbox.plan(number);
    return plan?.hash === undefined ? undefined : { ...plan, hash: plan.hash };
  };
  const named = async (block: number): Promise<NamedBlock | undefined> => {
    if (block === 0) return { block, hash: identity.genesis };
    const hash = await outbox.blockHash(block);
    return hash === undefined ? undefined : { block, hash };
  };
  const newest = async (): Promise<NamedBlock> => {
    const last = await outbox.lastPlanNumber();
    return (await named(last)) ?? (await named(last - 1)) ?? { block: 0, hash: identity.genesis };
  };
  return async (number, limit) => {
    const after = await named(number);
    if (after === undefined) return undefined;
    const blocks: StreamedBlock[] = [];
    let characters = 0;
    while (blocks.length < Math.min(limit, pageBlocks) && characters < pageRawCharacters) {
      const block = await made(number + blocks.length + 1);
      if (block === undefined) break;
      blocks.push(block);
      for (const { raw } of block.transactions) characters += raw.length;
    }
    const last = blocks.at(-1);
    const head = await headKey.sign(last === undefined ? after : { block: last.number, hash: last.hash });
    return {
      kind: "embedded",
      identity,
      headKey: headKey.address,
      after,
      blocks,
      head,
      // Read after the blocks, so that it is never behind them.
      newest: await headKey.sign(await newest()),
    };
  };
};

export interface OutsideStreamParts {
  readonly outbox: Pick<DatabaseOutbox, "concluded">;
  readonly chainId: number;
  readonly genesis: Bytes32;
  readonly ledger: Address;
}

const pageAttempts = 50;

export const outsideStream =
  ({ outbox, ...place }: OutsideStreamParts): ChainStream =>
  async (after, limit) => {
    const asked = Math.min(limit, pageAttempts);
    const found = await outbox.concluded(after, asked + 1);
    const attempts: ConcludedAttempt[] = [];
    let characters = 0;
    for (const attempt of found.slice(0, asked)) {
      if (attempts.length > 0 && characters > pageRawCharacters) break;
      attempts.push(attempt);
      for (const { raw } of attempt.versions) characters += (raw satisfies Hex).length;
    }
    const last = attempts.at(-1);
    const next = last === undefined || attempts.length === found.length ? {} : { next: last.sequence };
    return { kind: "outside", ...place, attempts, ...next };
  };
