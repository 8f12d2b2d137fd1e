/** Ledger and lens on the shared chain, with actors that each have one role, and every verb with defaults. */
import { encodeAbiParameters, getContract, stringToHex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { fen } from "../../protocol/amounts.ts";
import { fromHex, keccakHex, toHex, utf8 } from "../../protocol/bytes.ts";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import { encodeLeaves, sortLeaves } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { batchOperation, buildTree, encodeProof } from "../../protocol/donations/merkle-sum.ts";
import { bytes32, fundId } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { benefitKinds, expenseKinds, programmeKinds } from "../../protocol/ledger/events.ts";
import type { BenefitKind, ExpenseKind, ProgrammeKind, UnixSeconds } from "../../protocol/ledger/events.ts";
import { chain, chainStartsAt } from "./chain.ts";
import type { Receipt, TestChain } from "./chain.ts";

const day = 24 * 3600;

/** Registered as actors 1, 2, … in this order; each has the role of its name. */
export const actors = ["recorder", "treasurer", "coordinator", "adjudicator", "payer", "guardian"] as const;
/** `visitor` has every role and is no actor; `stranger` is an actor without a role. */
export type Who = "admin" | (typeof actors)[number] | "visitor" | "stranger";
const everyone = ["admin", ...actors, "visitor", "stranger"] as const satisfies readonly Who[];

const ledgerRoles = ["recorder", "treasurer", "guardian"] as const;
const programmeRoles = ["coordinator", "adjudicator", "payer"] as const;
/** Roles are granted in this many programmes, before these are opened. */
const programmesWithRoles = 3;

export const channels = ["alipay", "bank", "interest"] as const;
/** How long the default admin's transfer waits. */
export const adminDelaySeconds = 2 * day;

/** 2030-01-02, 00:00 in Shanghai: the first declared period begins here and ends 30 days later. */
export const periodStart: UnixSeconds = chainStartsAt + day;
export const periodLengthSeconds = 30 * day;

/** keccak256(abi.encode(name, programme)). */
export const roleId = (name: string, programme = 0): Bytes32 =>
  keccakHex(
    fromHex(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "uint32" }],
        [stringToHex(name, { size: 32 }), programme],
      ),
    ),
  );

let digests = 0;
/** Another digest each time: for operation ids, commitments and documents. */
export const digest = (): Bytes32 => {
  digests += 1;
  return keccakHex(utf8(`digest ${digests}`));
};

/** Donations of these amounts, in this order: commitments ascend with the place. */
export const leavesOf = (amounts: readonly (bigint | number)[], batch = "batch"): readonly Leaf[] => {
  const commitments = sortLeaves(
    amounts.map((_, index) => ({ amount: fen(1n), commitment: keccakHex(utf8(`${batch} ${index}`)) })),
  );
  return amounts.map((amount, index) => ({
    amount: fen(BigInt(amount)),
    commitment: commitments[index]?.commitment ?? bytes32(`0x${"0".repeat(64)}`),
  }));
};

interface By {
  readonly as?: Who;
  readonly operation?: Bytes32;
}

const bigintOr = (value: bigint | number | undefined, fallback: bigint): bigint =>
  value === undefined ? fallback : BigInt(value);

const contractOf = (chain: TestChain, ledger: Address, account: Address) =>
  getContract({ address: ledger, abi: ledgerAbi, client: chain.writer(account) });

const lensOf = (chain: TestChain, lens: Address) =>
  getContract({ address: lens, abi: lensAbi, client: chain.reader() });

export class TestBooks {
  readonly chain: TestChain;
  readonly ledger: Address;
  readonly lens: ReturnType<typeof lensOf>;
  readonly #writers: Readonly<Record<Who, ReturnType<typeof contractOf>>>;

  constructor(chain: TestChain, ledger: Address, lens: Address) {
    this.chain = chain;
    this.ledger = ledger;
    this.lens = lensOf(chain, lens);
    const writer = (who: Who) => contractOf(chain, ledger, this.account(who));
    this.#writers = {
      admin: writer("admin"),
      recorder: writer("recorder"),
      treasurer: writer("treasurer"),
      coordinator: writer("coordinator"),
      adjudicator: writer("adjudicator"),
      payer: writer("payer"),
      guardian: writer("guardian"),
      visitor: writer("visitor"),
      stranger: writer("stranger"),
    };
  }

  account(who: Who): Address {
    const account = this.chain.accounts[everyone.indexOf(who)];
    if (account === undefined) throw new RangeError(`no account for ${who}`);
    return account;
  }

  /** The ledger itself, every function as this person. */
  as(who: Who) {
    return this.#writers[who].write;
  }

  get read() {
    return this.#writers.admin.read;
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
      readonly terms?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", programme = 1, cover = 0n, terms = digest() } = change;
    const period = change.period ?? (await this.lens.read.programme([programme])).declaredPeriods + 1;
    const start = change.start ?? periodStart + (period - 1) * periodLengthSeconds;
    const end = change.end ?? start + periodLengthSeconds;
    const { filingDeadline = end + periodLengthSeconds } = change;
    return this.done(
      this.as(as).declarePeriod([programme, period, start, end, filingDeadline, cover, terms]),
    );
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
    const startsAt = change.startsAt ?? (await this.lens.read.programme([programme])).totals.expenses;
    const amount = BigInt(change.amount);
    const kindCode = expenseKinds.indexOf(kind);
    return this.done(this.as(as).recordExpense([operation, programme, kindCode, startsAt, amount, evidence]));
  }

  file(
    change: By & {
      readonly programme?: number;
      readonly policyPeriod?: number;
      readonly person?: Bytes32;
      readonly incidentFrom?: UnixSeconds;
      readonly toTheMinute?: boolean;
      readonly requested?: bigint | number;
      readonly benefit?: BenefitKind;
      readonly evidence?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "coordinator", operation = digest(), programme = 1, policyPeriod = 1 } = change;
    const { person = digest(), incidentFrom = periodStart, toTheMinute = false, benefit = "cash" } = change;
    const { evidence = digest() } = change;
    const requested = bigintOr(change.requested, 1000n);
    const kind = benefitKinds.indexOf(benefit);
    const incident = [person, incidentFrom, toTheMinute, requested, kind, evidence] as const;
    return this.done(this.as(as).fileClaim([operation, programme, policyPeriod, ...incident]));
  }

  async approve(
    claim: number,
    change: { readonly as?: Who; readonly amount?: bigint | number; readonly remaining?: bigint } = {},
  ): Promise<Receipt> {
    const { as = "adjudicator", remaining = 0n } = change;
    const amount = bigintOr(change.amount, 1000n);
    return this.done(this.as(as).approveClaim([claim, amount, remaining]));
  }

  pay(
    claim: number,
    change: { readonly as?: Who; readonly paymentReference?: Bytes32 } = {},
  ): Promise<Receipt> {
    const { as = "payer", paymentReference = digest() } = change;
    return this.done(this.as(as).payClaim([claim, paymentReference]));
  }

  close(programme = 1, max = 1, as: Who = "stranger"): Promise<Receipt> {
    return this.done(this.as(as).closePeriod([programme, max]));
  }

  /** Traces a donation to its last page, with the proof built from its batch's leaves. */
  async trace(batch: number, leaves: readonly Leaf[], index: number, tree = buildTree(leaves)) {
    const leaf = leaves[index];
    if (leaf === undefined) throw new RangeError(`no leaf ${index}`);
    const proof = toHex(encodeProof(tree.proof(index)));
    const pages = [];
    let [start, cursor] = [0n, 0n];
    do {
      const [at, slices, next] = await this.lens.read.traceDonation([
        batch,
        index,
        leaf.amount,
        leaf.commitment,
        proof,
        cursor,
      ]);
      pages.push(...slices);
      [start, cursor] = [at, next];
    } while (cursor !== 0n);
    return { start, slices: pages };
  }

  /** The sources of a claim, all pages. */
  async sources(claim: number) {
    const pages = [];
    let cursor = 0n;
    do {
      const [sources, next] = await this.lens.read.claimSources([claim, cursor]);
      pages.push(...sources);
      cursor = next;
    } while (cursor !== 0n);
    return pages;
  }
}

const deploy = async (): Promise<TestBooks> => {
  const [admin] = chain.accounts;
  if (admin === undefined) throw new RangeError("no accounts");
  const zero = "0x0000000000000000000000000000000000000000";
  const ledger = await chain.deploy(
    "Ledger",
    encodeAbiParameters(
      [{ type: "address" }, { type: "uint48" }, { type: "address" }],
      [admin, adminDelaySeconds, zero],
    ),
  );
  const lens = await chain.deploy("Lens", encodeAbiParameters([{ type: "address" }], [ledger]));
  return new TestBooks(chain, ledger, lens);
};

const appoint = async (books: TestBooks): Promise<void> => {
  const admin = books.as("admin");
  for (const name of actors) await admin.registerActor([books.account(name)]);
  await admin.registerActor([books.account("stranger")]);
  for (const name of ledgerRoles) {
    for (const who of [name, "visitor"] as const) await admin.grantRole([roleId(name), books.account(who)]);
  }
  for (let programme = 1; programme <= programmesWithRoles; programme += 1) {
    for (const name of programmeRoles) {
      for (const who of [name, "visitor"] as const) {
        await admin.grantRole([roleId(name, programme), books.account(who)]);
      }
    }
  }
  for (const channel of channels) await admin.registerChannel([encodeChannel(channel)]);
};

let opened: Promise<{ books: TestBooks; snapshot: Awaited<ReturnType<TestChain["snapshot"]>> }> | undefined;

const open = async () => {
  const books = await deploy();
  await appoint(books);
  return { books, snapshot: await books.chain.snapshot() };
};

/** Empty books with their actors, roles and channels: the same state each time. */
export const emptyBooks = async (): Promise<TestBooks> => {
  const { books, snapshot } = await (opened ??= open());
  opened = Promise.resolve({ books, snapshot: await books.chain.restore(snapshot) });
  return books;
};

/**
 * Books with programmes 1 and 2 in CNY, a general fund 1 of 9000 bps, period 1 declared in both programmes, and
 * block time inside it, at noon of its first day.
 */
export const openBooks = async (): Promise<TestBooks> => {
  const books = await emptyBooks();
  await books.openProgramme();
  await books.openProgramme({ region: 130_726 });
  await books.openFund();
  for (const programme of [1, 2]) await books.declarePeriod({ programme });
  await books.chain.mineAt(periodStart + day / 2);
  return books;
};

/** The same after a batch of these amounts, all allocated to programme 1. */
export const fundedBooks = async (...amounts: readonly number[]): Promise<TestBooks> => {
  const books = await openBooks();
  await books.record({ leaves: leavesOf(amounts) });
  await books.allocate({ amount: amounts.reduce((sum, amount) => sum + amount, 0) });
  return books;
};
