/** Ledger and lens on the shared chain, and the verbs of money with defaults. */
import { getContract, stringToHex } from "viem";
import { lensAbi } from "../../chain/abi/lens.ts";
import { fromHex, toHex } from "../../protocol/bytes.ts";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import { encodeLeaves } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { batchOperation, buildTree, encodeProof } from "../../protocol/donations/merkle-sum.ts";
import { bytes32, fundId } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { expenseKinds, programmeKinds } from "../../protocol/ledger/events.ts";
import type { ExpenseKind, ProgrammeKind, UnixSeconds } from "../../protocol/ledger/events.ts";
import { accountOf, contractOf, everyone } from "./actors.ts";
import type { Who, Writer } from "./actors.ts";
import { chainStartsAt } from "./chain.ts";
import type { Receipt, TestChain } from "./chain.ts";
import { digest } from "./given.ts";

export const day = 24 * 3600;
/** 2030-01-02, 00:00 in Shanghai: the first declared period begins here and ends 30 days later. */
export const periodStart: UnixSeconds = chainStartsAt + day;
export const periodLengthSeconds = 30 * day;

export interface By {
  readonly as?: Who;
  readonly operation?: Bytes32;
}

const lensOf = (chain: TestChain, lens: Address) =>
  getContract({ address: lens, abi: lensAbi, client: chain.reader() });

export class MoneyBooks {
  readonly chain: TestChain;
  readonly ledger: Address;
  readonly lens: ReturnType<typeof lensOf>;
  readonly #contracts: ReadonlyMap<Who, ReturnType<typeof contractOf>>;

  constructor(chain: TestChain, ledger: Address, lens: Address) {
    this.chain = chain;
    this.ledger = ledger;
    this.lens = lensOf(chain, lens);
    this.#contracts = new Map(everyone.map((who) => [who, contractOf(chain, ledger, this.account(who))]));
  }

  account(who: Who): Address {
    return accountOf(this.chain, who);
  }

  /** The ledger itself, every function as this person. */
  as(who: Who): Writer {
    return this.#contract(who).write;
  }

  /** The same without a transaction: nothing is changed, a refusal is the same. */
  tried(who: Who) {
    return this.#contract(who).simulate;
  }

  get read() {
    return this.#contract("admin").read;
  }

  async done(hash: Promise<`0x${string}`>): Promise<Receipt> {
    return this.chain.receipt(bytes32(await hash));
  }

  openProgramme(
    change: By & {
      readonly kind?: ProgrammeKind;
      readonly currency?: string;
      readonly region?: number;
      readonly document?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), kind = "insurance", document = digest() } = change;
    const { currency = "CNY", region = 130_723 } = change;
    const code = stringToHex(currency, { size: 3 });
    const kindCode = programmeKinds.indexOf(kind);
    return this.done(this.as(as).openProgramme([operation, kindCode, code, region, document]));
  }

  openFund(
    change: By & {
      readonly currency?: string;
      readonly claimsShareBps?: number;
      readonly restrictedTo?: number;
      readonly fallbackTo?: number;
      readonly document?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), currency = "CNY", claimsShareBps = 9000 } = change;
    const { restrictedTo = 0, fallbackTo = 0, document = digest() } = change;
    const code = stringToHex(currency, { size: 3 });
    return this.done(
      this.as(as).openFund([operation, code, claimsShareBps, restrictedTo, fallbackTo, document]),
    );
  }

  /** The next period of a programme by default: 30 days, deadline 30 days after its end. */
  async declarePeriod(
    change: By & {
      readonly programme?: number;
      readonly period?: number;
      readonly start?: UnixSeconds;
      readonly end?: UnixSeconds;
      readonly filingDeadline?: UnixSeconds;
      readonly cover?: bigint;
      readonly toTheMinute?: boolean;
      readonly terms?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", programme = 1, cover = 0n, toTheMinute = false, terms = digest() } = change;
    const period = change.period ?? (await this.lens.read.programme([programme])).declaredPeriods + 1;
    const start = change.start ?? periodStart + (period - 1) * periodLengthSeconds;
    const end = change.end ?? start + periodLengthSeconds;
    const { filingDeadline = end + periodLengthSeconds } = change;
    const declared = [programme, period, start, end, filingDeadline, cover, toTheMinute, terms] as const;
    return this.done(this.as(as).declarePeriod(declared));
  }

  close(programme = 1, max = 1, as: Who = "stranger"): Promise<Receipt> {
    return this.done(this.as(as).closePeriod([programme, max]));
  }

  /** `leaves` may be any bytes; the operation id fits the content unless another is given. */
  async record(
    change: By & {
      readonly fund?: number;
      readonly channel?: string;
      readonly day?: number;
      readonly startsAt?: bigint;
      readonly leaves: readonly Leaf[] | `0x${string}`;
    },
  ): Promise<Receipt> {
    const { as = "recorder", fund = 1, channel = "alipay", day: settled = 20_300_101 } = change;
    const leaves = typeof change.leaves === "string" ? change.leaves : toHex(encodeLeaves(change.leaves));
    const operation = change.operation ?? batchOperation(fundId(fund), channel, settled, fromHex(leaves));
    const startsAt = change.startsAt ?? (await this.lens.read.fund([fund])).donated;
    const source = [fund, encodeChannel(channel), settled] as const;
    return this.done(this.as(as).recordDonations([operation, ...source, startsAt, leaves]));
  }

  async allocate(
    change: By & {
      readonly fund?: number;
      readonly programme?: number;
      readonly startsAt?: bigint;
      readonly amount: bigint | number;
    },
  ): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), fund = 1, programme = 1 } = change;
    const startsAt = change.startsAt ?? (await this.lens.read.fund([fund])).allocated;
    const amount = BigInt(change.amount);
    return this.done(this.as(as).allocatePremium([operation, fund, programme, startsAt, amount]));
  }

  async spend(
    change: By & {
      readonly programme?: number;
      readonly kind?: ExpenseKind;
      readonly startsAt?: bigint;
      readonly amount: bigint | number;
      readonly evidence?: Bytes32;
    },
  ): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), programme = 1, kind = "administration" } = change;
    const { evidence = digest() } = change;
    const startsAt = change.startsAt ?? (await this.lens.read.programme([programme])).totals.operationsOut;
    const amount = BigInt(change.amount);
    const kindCode = expenseKinds.indexOf(kind);
    return this.done(this.as(as).recordExpense([operation, programme, kindCode, startsAt, amount, evidence]));
  }

  move(change: By & { readonly from?: number; readonly to?: number } = {}): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), from = 1, to = 2 } = change;
    return this.done(this.as(as).moveSurplus([operation, from, to]));
  }

  /** Repays donation `index` of a batch of these leaves, all of it by default. */
  refund(
    change: By & {
      readonly batch?: number;
      readonly leaves: readonly Leaf[];
      readonly index?: number;
      readonly leafAmount?: bigint;
      readonly proof?: `0x${string}`;
      readonly amount?: bigint | number;
      readonly paymentReference?: Bytes32;
    },
  ): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), batch = 1, leaves, index = 0 } = change;
    const leaf = leaves[index] ?? { amount: 1n, commitment: digest() };
    const proof =
      change.proof ?? (index < leaves.length ? toHex(encodeProof(buildTree(leaves).proof(index))) : "0x");
    const { leafAmount = leaf.amount, paymentReference = digest() } = change;
    const amount = BigInt(change.amount ?? leaf.amount);
    const proven = [batch, index, leafAmount, leaf.commitment, proof] as const;
    return this.done(this.as(as).refundDonation([operation, ...proven, amount, paymentReference]));
  }

  cover(
    refund: number,
    change: { readonly as?: Who; readonly channel?: string; readonly paymentReference?: Bytes32 } = {},
  ): Promise<Receipt> {
    const { as = "provider", channel = "alipay", paymentReference = digest() } = change;
    return this.done(this.as(as).coverRefund([refund, encodeChannel(channel), paymentReference]));
  }

  #contract(who: Who): ReturnType<typeof contractOf> {
    const contract = this.#contracts.get(who);
    if (contract === undefined) throw new RangeError(`no account for ${who}`);
    return contract;
  }
}
