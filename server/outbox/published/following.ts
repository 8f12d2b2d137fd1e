/**
 * What became of published transactions: which of their versions a block holds, whether that block still stands, and
 * what it means once enough blocks stand on it. Only receipts of hashes that were signed here are asked for: another
 * transaction of the same nonce is never taken for ours.
 */
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import { parseTransaction } from "viem";
import { address, bytes32 } from "../../../protocol/ids.ts";
import type { NodeHead, NodeReceipt, PublishingChain, RevertedCall } from "../../chain/node-chain.ts";
import type { Inclusion, OpenAttempt, Settlement } from "../attempts.ts";
import { FinalBlockReplaced } from "../errors.ts";
import type { LineParts } from "../line.ts";
import { foreignReason } from "./foreign.ts";
import type { Signers } from "./signers.ts";

/**
 * Looks at which a nonce is used up, for good, without a receipt of ours, before that counts: an answer of two nodes
 * behind one address may come from both, and a node may know a block some time before it finds what is in it.
 */
const foreignLooks = 20;

/** The newest block that something was settled by. */
interface FinalBlock {
  readonly number: number;
  readonly hash: Bytes32;
}
const finalKey = "finalBlock";

export interface FollowingOptions {
  readonly chain: PublishingChain;
  readonly finalityBlocks: number;
}

export class Following {
  readonly #options: FollowingOptions;
  readonly #parts: LineParts;
  readonly #signers: Signers;
  /** By signer and nonce: how often its nonce was used up and no receipt of ours was there. */
  #suspicions = new Map<string, number>();
  #final: FinalBlock | undefined;

  constructor(options: FollowingOptions, parts: LineParts, signers: Signers) {
    this.#options = options;
    this.#parts = parts;
    this.#signers = signers;
  }

  /** Throws FinalBlockReplaced where the chain is not the one that was settled by. */
  async start(head: NodeHead): Promise<void> {
    const kept = await this.#parts.store.meta(finalKey);
    const [, number, hash] = /^([0-9]{1,15}) (0x[0-9a-f]{64})$/.exec(kept ?? "") ?? [];
    if (number !== undefined && hash !== undefined)
      this.#final = { number: Number(number), hash: bytes32(hash) };
    await this.#checkFinal(new BlockHashes(this.#options.chain, head));
  }

  /**
   * Brings the table to what the chain shows at `head`. True where something changed. Throws FinalBlockReplaced.
   */
  async follow(open: readonly OpenAttempt[], head: NodeHead): Promise<boolean> {
    const blocks = new BlockHashes(this.#options.chain, head);
    await this.#checkFinal(blocks);
    let changed = false;
    const unexplained: OpenAttempt[] = [];
    for (const { signer, nonce, included } of open) {
      if (included === undefined || (await blocks.at(included.blockNumber)) === included.blockHash) continue;
      await this.#parts.store.exclude(signer, nonce);
      changed = true;
    }
    for (const [signer, attempts] of bySigner(open.filter(({ included }) => included === undefined))) {
      const found = await this.#lookFor(signer, attempts, head, blocks);
      changed ||= found.included > 0;
      unexplained.push(...found.unexplained);
    }
    // A chain in motion explains itself in the next look.
    if (!changed) await this.#suspect(unexplained, head);
    return changed;
  }

  /** Settles what stands deep enough. True where something did. */
  async conclude(open: readonly OpenAttempt[], head: NodeHead): Promise<boolean> {
    const final = open.filter(
      ({ included }) =>
        included !== undefined && head.number - included.blockNumber >= this.#options.finalityBlocks,
    );
    if (final.length === 0) return false;
    const settlements: Settlement[] = [];
    for (const attempt of final) settlements.push(await this.#settlement(attempt));
    await this.#parts.store.conclude(settlements);
    await this.#keepFinal(final);
    this.#parts.step("settled");
    const settled = final.filter((_, index) => settlements[index]?.result !== "retry");
    await this.#parts.report(settled.flatMap(({ operations }) => operations.map(({ id }) => id)));
    return true;
  }

  /** A signer's attempts that are in no known block: those whose nonce the chain has used up must be in one. */
  async #lookFor(
    signer: Address,
    attempts: readonly OpenAttempt[],
    head: NodeHead,
    blocks: BlockHashes,
  ): Promise<{ readonly included: number; readonly unexplained: readonly OpenAttempt[] }> {
    const used = await this.#options.chain.nonceAt(signer, head.number);
    const unexplained: OpenAttempt[] = [];
    let included = 0;
    for (const attempt of attempts) {
      if (attempt.nonce >= used) continue;
      const inclusion = await this.#inclusionOf(attempt, head, blocks);
      if (inclusion === undefined) {
        unexplained.push(attempt);
        continue;
      }
      await this.#parts.store.include(inclusion);
      this.#parts.step("included");
      included += 1;
    }
    return { included, unexplained };
  }

  async #inclusionOf(
    { versions }: OpenAttempt,
    head: NodeHead,
    blocks: BlockHashes,
  ): Promise<Inclusion | undefined> {
    for (const { hash } of versions.toReversed()) {
      const receipt = await this.#options.chain.receipt(hash);
      if (receipt === undefined || receipt.blockNumber > head.number) continue;
      if ((await blocks.at(receipt.blockNumber)) === receipt.blockHash) return inclusionIn(receipt);
    }
    return undefined;
  }

  /**
   * Nobody else has our keys: where a nonce is used up by something that was not signed here, that signer stops, for good.
   * So only what is used up in a block that counts is suspected: one that may be replaced is no evidence.
   */
  async #suspect(unexplained: readonly OpenAttempt[], head: NodeHead): Promise<void> {
    const final = Math.max(0, head.number - this.#options.finalityBlocks);
    const used = new Map<Address, number>();
    for (const signer of new Set(unexplained.map((attempt) => attempt.signer))) {
      used.set(signer, await this.#options.chain.nonceAt(signer, final));
    }
    const suspect = unexplained.filter(({ signer, nonce }) => nonce < (used.get(signer) ?? 0));
    const looks = new Map(
      suspect.map(({ signer, nonce }) => {
        const key = `${signer} ${nonce}`;
        return [key, (this.#suspicions.get(key) ?? 0) + 1];
      }),
    );
    this.#suspicions = looks;
    for (const { signer, nonce } of suspect) {
      if ((looks.get(`${signer} ${nonce}`) ?? 0) < foreignLooks) continue;
      await this.#signers.stop(signer, foreignReason(nonce, this.#parts.signing.holdsKeyOf(signer)));
    }
  }

  async #keepFinal(final: readonly OpenAttempt[]): Promise<void> {
    for (const { included } of final) {
      if (included === undefined || included.blockNumber < (this.#final?.number ?? 0)) continue;
      this.#final = { number: included.blockNumber, hash: included.blockHash };
    }
    if (this.#final === undefined) return;
    await this.#parts.store.setMeta(finalKey, `${this.#final.number} ${this.#final.hash}`);
  }

  /** A node that is behind the block says nothing about it. */
  async #checkFinal(blocks: BlockHashes): Promise<void> {
    if (this.#final === undefined) return;
    const present = await blocks.at(this.#final.number);
    if (present === undefined || present === this.#final.hash) return;
    throw new FinalBlockReplaced(this.#final.number, this.#options.finalityBlocks);
  }

  async #settlement(attempt: OpenAttempt): Promise<Settlement> {
    const { included, operations, versions } = attempt;
    if (included === undefined) throw new RangeError("only an included attempt settles");
    const { transaction, gasUsed, contractAddress, reverted } = included;
    const version = versions.find(({ hash }) => hash === transaction);
    if (version?.purpose === "void") return { transaction, result: "voided", gasUsed };
    if (!reverted) {
      return contractAddress === undefined
        ? { transaction, result: "mined", gasUsed }
        : { transaction, result: "mined", gasUsed, contractAddress };
    }
    const call = revertedCall(attempt, included, version?.raw ?? "0x");
    const revertData = await this.#options.chain.revertData(call);
    const result = this.#parts.verdicts.reverted(
      operations,
      revertData,
      // Bytes that others signed cannot be signed anew.
      this.#parts.signing.holdsKeyOf(attempt.signer) ? attempt.exclusions : 0,
    );
    return { transaction, result, gasUsed, revertData };
  }
}

/** The hashes of blocks, each asked for once a turn. */
class BlockHashes {
  readonly #chain: PublishingChain;
  readonly #hashes: Map<number, Bytes32 | undefined>;

  constructor(chain: PublishingChain, head: NodeHead) {
    this.#chain = chain;
    this.#hashes = new Map([[head.number, head.hash]]);
  }

  async at(number: number): Promise<Bytes32 | undefined> {
    if (!this.#hashes.has(number)) this.#hashes.set(number, (await this.#chain.block(number))?.hash);
    return this.#hashes.get(number);
  }
}

export const bySigner = (open: readonly OpenAttempt[]): ReadonlyMap<Address, readonly OpenAttempt[]> => {
  const groups = new Map<Address, OpenAttempt[]>();
  for (const attempt of open) groups.set(attempt.signer, [...(groups.get(attempt.signer) ?? []), attempt]);
  return groups;
};

const inclusionIn = ({ contractAddress, ...receipt }: NodeReceipt): Inclusion =>
  contractAddress === undefined ? receipt : { ...receipt, contractAddress };

const revertedCall = (
  { signer }: OpenAttempt,
  { transaction, blockNumber }: Inclusion,
  raw: `0x${string}`,
): RevertedCall => {
  const { to, data = "0x", gas = 0n } = parseTransaction(raw);
  const call = { transaction, from: signer, calldata: data, gasLimit: gas, blockNumber };
  return to === undefined || to === null ? call : { ...call, to: address(to) };
};
