/** A replica's own chain: the blocks that it kept, executed again, and then those that it is shown. */
import { EmbeddedChain } from "../chain/embedded.ts";
import { PlanRefused } from "../chain/port.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import { chainRules } from "../heads/statement.ts";
import type { StreamedBlock } from "../heads/stream.ts";
import type { Followed } from "./check-page.ts";
import { Finding } from "./finding.ts";
import { DamagedReplica, type Kept } from "./kept.ts";

/** Executes what is kept. Throws {@link DamagedReplica}, HardhatVersionMismatch. */
export const executeKept = async (kept: Kept, chainId: number): Promise<EmbeddedChain> => {
  const chain = await EmbeddedChain.create(chainId);
  try {
    const followed = await kept.followed();
    if (followed !== undefined) await executeAll(kept, chain, followed);
    return chain;
  } catch (error) {
    await chain.close();
    throw error;
  }
};

const executeAll = async (kept: Kept, chain: EmbeddedChain, followed: Followed): Promise<void> => {
  const isSameRules = followed.identity.rules === chainRules;
  const genesis = await genesisOf(chain);
  if (isSameRules && genesis !== followed.identity.genesis) {
    throw new DamagedReplica(
      `it follows a chain with block 0 ${followed.identity.genesis}, this one has ${genesis}`,
    );
  }
  const hashes = new Map<number, Bytes32>();
  for await (const block of kept.blocks()) {
    const hash = await made(chain, block);
    if (hash === undefined || (isSameRules && hash !== block.hash)) {
      throw new DamagedReplica(
        `block ${block.number} was kept as ${block.hash} and is ${hash ?? "refused"} now`,
      );
    }
    hashes.set(block.number, hash);
  }
  if (isSameRules) return;
  const identity = { ...followed.identity, genesis, rules: chainRules };
  await kept.takeOver({ ...followed, identity }, hashes);
};

const genesisOf = async (chain: EmbeddedChain): Promise<Bytes32> => {
  const genesis = await chain.block(0);
  if (genesis === undefined) throw new DamagedReplica("its chain has no block 0");
  return genesis.hash;
};

const made = async (chain: EmbeddedChain, block: StreamedBlock): Promise<Bytes32 | undefined> => {
  try {
    return (await chain.mineBlock(block)).hash;
  } catch (error) {
    if (error instanceof PlanRefused) return undefined;
    throw error;
  }
};

/** Makes a block of what it is said to hold. Throws {@link Finding}; then the chain must not be used further. */
export const execute = async (chain: EmbeddedChain, block: StreamedBlock): Promise<void> => {
  const { number } = block;
  let hash: Bytes32;
  try {
    ({ hash } = await chain.mineBlock(block));
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    throw new Finding("refused", `block ${number}: the chain does not take what it holds: ${error.reason}`, {
      block: number,
    });
  }
  if (hash === block.hash) return;
  throw new Finding(
    "differs",
    `block ${number}: what it holds, at its time, makes ${hash}; the operator says ${block.hash}. A transaction, their ` +
      `order, the time or the hash is not that of the block`,
    { block: number },
  );
};
