/**
 * Follows an operator's chain: asks for what comes next, checks it, makes it again in a chain of its own, and keeps it
 * only where every hash is the operator's. What does not hold is thrown as a {@link Finding}.
 */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { EmbeddedChain } from "../chain/embedded.ts";
import { genesisTimeSeconds } from "../chain/pinned.ts";
import { readSigned } from "../desk/signed-transaction.ts";
import { contradictEachOther, type Contradiction, type TwoHeads } from "../heads/contradiction.ts";
import type { SignedBlock } from "../heads/statement.ts";
import { chainRules } from "../heads/statement.ts";
import type { BlocksPage, StreamedBlock } from "../heads/stream.ts";
import { readBlocks } from "./accounts.ts";
import { checkIdentity, checkOrder, checkSignatures, type Followed } from "./check-page.ts";
import { execute, executeKept } from "./execution.ts";
import { Finding } from "./finding.ts";
import type { Kept } from "./kept.ts";
import type { Source } from "./source.ts";

/** How far a replica has come. */
export interface Position {
  readonly block: number;
  readonly hash: Bytes32;
  readonly time: UnixSeconds;
}

export interface FollowerOptions {
  readonly source: Source;
  readonly kept: Kept;
  /** The head key that the operator is known by; that of the first page unless given. */
  readonly headKey?: Address;
  /** Aborted, it ends between two pages. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (position: Position, newest: number) => void;
}

/** Pairs of transactions that evidence names at most. */
const mostTransactions = 3;

export class Follower {
  readonly #options: FollowerOptions;
  #followed: Followed | undefined;
  #chain: EmbeddedChain | undefined;

  private constructor(options: FollowerOptions, followed: Followed | undefined) {
    this.#options = options;
    this.#followed = followed;
  }

  /** Executes what was kept before. Throws DamagedReplica, HardhatVersionMismatch. */
  static async open(options: FollowerOptions): Promise<Follower> {
    const { kept } = options;
    const before = await kept.followed();
    const follower = new Follower(options, before);
    if (before !== undefined) await follower.#open(before.identity.chainId);
    return follower;
  }

  /** The replica's own chain, up to the last block that it came to agree with; absent while it is made. */
  get chain(): EmbeddedChain | undefined {
    return this.#chain;
  }

  /** Which chain it follows; absent before the first page. */
  get followed(): Followed | undefined {
    return this.#followed;
  }

  async close(): Promise<void> {
    await this.#chain?.close();
  }

  /** Undefined before the first page. */
  async position(): Promise<Position | undefined> {
    const { kept } = this.#options;
    const last = await kept.last();
    if (last !== undefined) return { block: last.number, hash: last.hash, time: last.time };
    if (this.#followed === undefined) return undefined;
    return { block: 0, hash: this.#followed.identity.genesis, time: genesisTimeSeconds };
  }

  /**
   * Goes on to the newest block that the operator shows, and answers where it stands then. Throws {@link Finding} and
   * what the source throws; what was followed before that is kept.
   */
  async look(): Promise<Position> {
    const { source, onProgress, signal } = this.#options;
    const followed = this.#followed ?? (await this.#begin());
    for (;;) {
      const at = (await this.position()) ?? {
        block: 0,
        hash: followed.identity.genesis,
        time: genesisTimeSeconds,
      };
      const page = await source.page(at.block);
      if (page === undefined) return this.#notThere(at, followed);
      await this.#check(page, at, followed);
      await this.#take(page, at, followed);
      const { block, newest } = { block: page.head.block, newest: page.newest.block };
      if (page.blocks.length > 0) onProgress?.({ ...at, block, hash: page.head.hash }, newest);
      if (block === newest || signal?.aborted === true) return (await this.position()) ?? at;
    }
  }

  /** The first page says which chain it is; whoever knows the head key from elsewhere is not told another. */
  async #begin(): Promise<Followed> {
    const { source, kept, headKey } = this.#options;
    const page = await source.page(0, 1);
    if (page === undefined) throw new Finding("withheld", "the operator says that its chain has no block 0");
    const followed = { identity: page.identity, headKey: headKey ?? page.headKey };
    checkIdentity(page, { ...followed, identity: { ...page.identity, rules: chainRules } });
    await checkSignatures(page, followed);
    await this.#open(page.identity.chainId);
    const genesis = await this.#chain?.block(0);
    if (genesis?.hash !== page.identity.genesis) {
      await this.close();
      this.#chain = undefined;
      throw new Finding(
        "otherGenesis",
        `its block 0 is ${page.identity.genesis}; chain ${page.identity.chainId} by the same rules begins with ${genesis?.hash}`,
        { block: 0 },
      );
    }
    await kept.follow(followed);
    this.#followed = followed;
    return followed;
  }

  async #open(chainId: number): Promise<void> {
    this.#chain = await executeKept(this.#options.kept, chainId);
    this.#followed = await this.#options.kept.followed();
  }

  /** All that can be said of a page before it is executed. */
  async #check(page: BlocksPage, at: Position, followed: Followed): Promise<void> {
    const { kept } = this.#options;
    checkIdentity(page, followed);
    await checkSignatures(page, followed);
    const contradictions = [...(await this.#witness(page.head, followed))];
    // The last page ends with the newest block: one contradiction is told once.
    if (page.newest.hash !== page.head.hash)
      contradictions.push(...(await this.#witness(page.newest, followed)));
    if (contradictions.length > 0) return this.#rewritten(at, followed, contradictions);
    checkOrder(page, at.block);
    if (page.after.hash !== at.hash) return this.#otherHash(page, at, followed);
    const highest = await kept.highestHead();
    if (highest !== undefined && page.newest.block < highest.block) throw withdrawn(page.newest, highest);
    for (const head of await kept.heads(at.block + 1, page.head.block)) {
      const block = page.blocks[head.block - at.block - 1];
      if (block !== undefined && block.hash !== head.hash)
        return this.#otherThanSigned(head, block, at, followed);
    }
  }

  /** Keeps a signed head; what was signed for its height before, where that says something else. */
  async #witness(head: SignedBlock, { identity }: Followed): Promise<readonly TwoHeads[]> {
    const { kept } = this.#options;
    const before = await kept.head(head.block);
    if (before === undefined) await kept.keepHead(head);
    if (before === undefined || before.hash === head.hash) return [];
    return [{ proof: "two-heads", identity, heads: [before, head] }];
  }

  /** Executes the page's blocks, and keeps them where all of them are the operator's. */
  async #take(page: BlocksPage, at: Position, { identity }: Followed): Promise<void> {
    const { kept } = this.#options;
    if (page.blocks.length === 0) return;
    checkTimes(page.blocks, at.time);
    const blocks = await readBlocks(page.blocks, identity.chainId, await kept.nextNonces(), (signer, nonce) =>
      kept.rawOf(signer, nonce),
    );
    if (this.#chain === undefined) await this.#open(identity.chainId);
    const chain = this.#chain;
    if (chain === undefined) return;
    try {
      for (const block of blocks) await execute(chain, block);
      await kept.keepBlocks(blocks);
    } catch (error) {
      // It holds what was not agreed to, or half of a block.
      this.#chain = undefined;
      await chain.close();
      await this.#open(identity.chainId);
      throw error;
    }
  }

  /** The operator says that its chain does not come to where the replica stands. */
  async #notThere(at: Position, followed: Followed): Promise<never> {
    const { source, kept } = this.#options;
    const page = await source.page(0, 1);
    if (page === undefined) throw new Finding("withheld", "the operator says that its chain has no block 0");
    checkIdentity(page, followed);
    await checkSignatures(page, followed);
    const contradictions = await this.#witness(page.newest, followed);
    if (contradictions.length > 0) return this.#rewritten(at, followed, contradictions);
    const highest = await kept.highestHead();
    if (highest !== undefined && page.newest.block < highest.block) throw withdrawn(page.newest, highest);
    throw new Finding(
      "withheld",
      `the operator signs block ${page.newest.block} as its newest and says that block ${at.block} is not there`,
      { block: at.block },
    );
  }

  /** The block that the replica stands on has another hash now, by the operator's unsigned word. */
  async #otherHash(page: BlocksPage, at: Position, followed: Followed): Promise<never> {
    const signed = at.block === 0 ? undefined : await this.#signedAt(at.block, followed);
    if (signed === undefined || signed.head.hash === at.hash) {
      throw new Finding(
        "inconsistent",
        `the operator says that block ${at.block} is ${page.after.hash}, and ` +
          (signed === undefined ? `does not sign that` : `signs that it is ${at.hash}`),
        { block: at.block },
      );
    }
    return this.#rewritten(at, followed, signed.contradictions);
  }

  /** A block of the page is not the one that was signed as the newest before. */
  async #otherThanSigned(
    head: SignedBlock,
    block: StreamedBlock,
    at: Position,
    followed: Followed,
  ): Promise<never> {
    const signed = await this.#signedAt(head.block, followed);
    if (signed !== undefined && signed.contradictions.length > 0) {
      return this.#rewritten(at, followed, signed.contradictions);
    }
    throw new Finding(
      "inconsistent",
      `the operator signed block ${head.block} as ${head.hash}, and shows ${block.hash} in its place without signing it`,
      { block: head.block },
    );
  }

  /** What the operator signs for one height; undefined where it does not answer that. */
  async #signedAt(
    block: number,
    followed: Followed,
  ): Promise<{ readonly head: SignedBlock; readonly contradictions: readonly TwoHeads[] } | undefined> {
    const page = await this.#options.source.page(block - 1, 1);
    if (page?.head.block !== block) return undefined;
    checkIdentity(page, followed);
    await checkSignatures(page, followed);
    return { head: page.head, contradictions: await this.#witness(page.head, followed) };
  }

  /** Says from which block on, and looks for accounts that signed twice. */
  async #rewritten(at: Position, followed: Followed, heads: readonly TwoHeads[]): Promise<never> {
    const first = await this.#firstOther(at, followed).catch(() => undefined);
    const transactions =
      first === undefined ? [] : await this.#signedTwice(first).catch((): readonly Contradiction[] => []);
    const [pair] = heads;
    const [one, other] = pair?.heads ?? [];
    throw new Finding(
      "rewritten",
      `the operator's chain was rewritten or forked` +
        (first === undefined ? "" : ` from block ${first} on`) +
        (one === undefined || other === undefined
          ? ""
          : `: its head key ${followed.headKey} signed block ${one.block} as ${one.hash}, and as ${other.hash}`) +
        (transactions.length === 0
          ? ""
          : `; and accounts signed other transactions in place of earlier ones`),
      { block: first ?? at.block, evidence: [...heads, ...transactions] },
    );
  }

  /** The first block up to where the replica stands that the operator shows otherwise now; undefined where none is. */
  async #firstOther(at: Position, followed: Followed): Promise<number | undefined> {
    const isSame = async (block: number): Promise<boolean> => {
      const page = await this.#options.source.page(block, 1);
      if (page === undefined) return false;
      checkIdentity(page, followed);
      return page.after.hash === (await this.#options.kept.hashAt(block));
    };
    let [same, other] = [0, at.block + 1];
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (await isSame(middle)) same = middle;
      else other = middle;
    }
    return other > at.block ? undefined : other;
  }

  /** Accounts whose transactions from block `first` on are others than those that were executed. */
  async #signedTwice(first: number): Promise<readonly Contradiction[]> {
    const page = await this.#options.source.page(first - 1);
    const found: Contradiction[] = [];
    for (const { raw } of page?.blocks.flatMap(({ transactions }) => transactions) ?? []) {
      if (found.length === mostTransactions) break;
      const now = await readSigned(raw);
      const before = await this.#options.kept.rawOf(now.signer, now.nonce);
      if (before === undefined || before === raw) continue;
      if (contradictEachOther(await readSigned(before), now)) {
        found.push({ proof: "two-transactions", transactions: [before, raw] });
      }
    }
    return found;
  }
}

const withdrawn = (newest: SignedBlock, highest: SignedBlock): Finding =>
  new Finding(
    "withdrawn",
    `the operator shows ${newest.block} as its newest block and signed block ${highest.block}, ${highest.hash}, before: ` +
      `what followed was taken back, or is not shown`,
    { block: newest.block },
  );

const checkTimes = (blocks: readonly StreamedBlock[], startsAt: UnixSeconds): void => {
  let parent = startsAt;
  for (const { number, time } of blocks) {
    if (time < parent) {
      throw new Finding("timeBackwards", `block ${number} is of ${time}, its parent of ${parent}`, {
        block: number,
      });
    }
    parent = time;
  }
};
