/**
 * An operator with a chain of a few blocks, made by the real rules and shown in the real wire form, who can be made to
 * lie: about what it shows (`tell`), or by signing another history with the same keys (`fork`).
 */
import { privateKeyToAccount } from "viem/accounts";
import { keccak256 } from "viem";
import { address, bytes32, type Bytes32 } from "../../../protocol/ids.ts";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { genesisTimeSeconds } from "../../../server/chain/pinned.ts";
import type { BlockPlan, SignedTransaction } from "../../../server/chain/port.ts";
import { HeadKey } from "../../../server/heads/head-key.ts";
import { chainRules, signBlock, type ChainIdentity } from "../../../server/heads/statement.ts";
import { embeddedStream, type ChainStream } from "../../../server/heads/stream.ts";
import type { SignedAttempt } from "../../../server/outbox/attempts.ts";
import type { Fetch } from "../../../server/replica/source.ts";
import { chainPage } from "../../../server/schemas/chain.ts";
import { expectPosition } from "../contracts.ts";

const accounts = ["31", "32"].map((digits) => privateKeyToAccount(`0x${digits.repeat(32)}`));
const headAccount = privateKeyToAccount(`0x${"33".repeat(32)}`);
export const otherAccount = privateKeyToAccount(`0x${"34".repeat(32)}`);
const anyone = address(`0x${"77".repeat(20)}`);

/** A transaction of one of the two accounts; `data` tells one from another. */
export const transactionOf = async (
  account: number,
  nonce: number,
  data: number,
  { chainId = 8650, value = 0n }: { readonly chainId?: number; readonly value?: bigint } = {},
): Promise<SignedTransaction> => {
  const raw = await (accounts[account] ?? otherAccount).signTransaction({
    type: "eip1559",
    chainId,
    nonce,
    gas: 100_000n,
    value,
    maxFeePerGas: 0n,
    maxPriorityFeePerGas: 0n,
    to: anyone,
    data: expectPosition(data),
  });
  return { raw, hash: bytes32(keccak256(raw)) };
};

export type History = readonly Omit<BlockPlan, "number">[];

/** Five blocks: the second and the fourth hold one of each account, the third two of one. */
export const historyOf = async (blocks = 5, data = 0): Promise<History> => {
  const plans: Omit<BlockPlan, "number">[] = [];
  const nonces = [0, 0];
  const next = (account: number): Promise<SignedTransaction> => {
    const nonce = nonces[account] ?? 0;
    nonces[account] = nonce + 1;
    return transactionOf(account, nonce, data + nonce);
  };
  for (let number = 1; number <= blocks; number += 1) {
    const transactions =
      number % 2 === 0
        ? [await next(0), await next(1)]
        : number === 3
          ? [await next(0), await next(0)]
          : [await next(0)];
    plans.push({ time: genesisTimeSeconds + 1_000 * number, transactions });
  }
  return plans;
};

interface MadePlan extends BlockPlan {
  readonly hash: Bytes32;
}

/** One history that the operator has made. */
export interface Branch {
  readonly identity: ChainIdentity;
  readonly plans: readonly MadePlan[];
  readonly stream: ChainStream;
}

const attempt = (transaction: SignedTransaction): SignedAttempt => ({
  ...transaction,
  signer: anyone,
  nonce: 0,
  operations: [],
});

export const branchOf = async (
  history: History,
  { chainId = 8650, by = headAccount }: { readonly chainId?: number; readonly by?: typeof headAccount } = {},
): Promise<Branch> => {
  const chain = await EmbeddedChain.create(chainId);
  const genesis = await chain.block(0);
  if (genesis === undefined) throw new RangeError("no block 0");
  const plans: MadePlan[] = [];
  for (const [index, plan] of history.entries()) {
    const { hash } = await chain.mineBlock({ ...plan, number: index + 1 });
    plans.push({ ...plan, number: index + 1, hash });
  }
  await chain.close();
  const identity = {
    chainId,
    genesis: genesis.hash,
    ledger: address(`0x${"bb".repeat(20)}`),
    rules: chainRules,
  };
  const outbox = {
    lastPlanNumber: async () => plans.length,
    blockHash: async (number: number) => plans[number - 1]?.hash,
    plan: async (number: number) => {
      const plan = plans[number - 1];
      return plan === undefined ? undefined : { ...plan, transactions: plan.transactions.map(attempt) };
    },
  };
  return {
    identity,
    plans,
    stream: embeddedStream({ outbox, identity, headKey: new HeadKey(by, identity) }),
  };
};

/** What is under `data` of an answer; lies are told about it. */
export type Page = Extract<ReturnType<typeof chainPage>, { kind: "embedded" }>;
/** What is told instead, or a promise of it. */
export type Lie = (page: Page, asked: number) => unknown;

export class Operator {
  branch: Branch;
  /** How many blocks of its branch are there. */
  height: number;
  /** Undefined, it is honest. */
  tell: Lie | undefined;
  /** Answers instead of the stream. */
  answer: (() => Response) | undefined;
  asked = 0;

  constructor(branch: Branch, height = branch.plans.length) {
    this.branch = branch;
    this.height = height;
  }

  /** What a follower is given for `fetch`. */
  get fetch(): Fetch {
    return async (url) => {
      this.asked += 1;
      if (this.answer !== undefined) return this.answer();
      const { searchParams } = new URL(url);
      const after = Number(searchParams.get("after"));
      const shown =
        after > this.height ? undefined : await this.#page(after, Number(searchParams.get("limit") ?? 200));
      if (shown === undefined) return new Response("{}", { status: 404 });
      const data = this.tell === undefined ? shown : await this.tell(structuredClone(shown), after);
      return new Response(JSON.stringify({ asOf: {}, data }));
    };
  }

  async #page(after: number, limit: number): Promise<Page | undefined> {
    const { stream, identity, plans } = this.branch;
    const page = await stream(after, Math.min(limit, this.height - after));
    if (page?.kind !== "embedded") return undefined;
    const newest = plans[this.height - 1]?.hash ?? identity.genesis;
    const wire = chainPage({
      ...page,
      newest: await sign(this.branch, this.height, newest),
    });
    return wire.kind === "embedded" ? wire : undefined;
  }
}

export const sign = (branch: Branch, block: number, hash: string, by = headAccount) =>
  signBlock(by, "head", branch.identity, { block, hash: bytes32(hash) });

/** The same page, signed again by the operator after it changed something. */
export const signedAgain =
  (branch: Branch, change: (page: Page) => void | Promise<void>): Lie =>
  async (page) => {
    await change(page);
    const last = page.blocks.at(-1);
    const { block, hash } = last ?? page.after;
    const head = await sign(branch, block, hash);
    return { ...page, head, ...(page.newest.block === block ? { newest: head } : {}) };
  };
