/** Books on the shared chain: ledger and lens with actors that each have one role, and every verb with defaults. */
import { encodeAbiParameters, stringToHex } from "viem";
import { toHex } from "../../protocol/bytes.ts";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { buildTree, encodeProof } from "../../protocol/donations/merkle-sum.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import { recordKinds } from "../../protocol/ledger/events.ts";
import type { RecordKind } from "../../protocol/ledger/events.ts";
import { accountOf, appoint } from "./actors.ts";
import type { Who } from "./actors.ts";
import { chain } from "./chain.ts";
import type { Receipt, TestChain } from "./chain.ts";
import { ClaimBooks } from "./claim-books.ts";
import { digest, leavesOf } from "./given.ts";
import { day, periodStart } from "./money-books.ts";
import type { By } from "./money-books.ts";

export { actorId, actors, channels, providerRole, roleId } from "./actors.ts";
export type { Who } from "./actors.ts";
export { digest, largestAmount, leavesOf, peopleOf, rosterOf, zeroDigest } from "./given.ts";
export { day, periodLengthSeconds, periodStart } from "./money-books.ts";

/** How long the default admin's transfer waits. */
export const adminDelaySeconds = 2 * day;

/** A programme and a period of it, a programme (period 0), or the whole ledger (both 0). */
interface Subject extends By {
  readonly programme?: number;
  readonly period?: number;
  readonly document?: Bytes32;
}

export class TestBooks extends ClaimBooks {
  attest(change: Subject = {}): Promise<Receipt> {
    const { as = "auditor", operation = digest(), programme = 1, period = 1, document = digest() } = change;
    return this.done(this.as(as).attest([operation, programme, period, document]));
  }

  openFinding(change: Subject = {}): Promise<Receipt> {
    const { as = "auditor", operation = digest(), programme = 1, period = 1, document = digest() } = change;
    return this.done(this.as(as).openFinding([operation, programme, period, document]));
  }

  answerFinding(
    finding: number,
    change: { readonly as?: Who; readonly document?: Bytes32 } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", document = digest() } = change;
    return this.done(this.as(as).answerFinding([finding, document]));
  }

  closeFinding(
    finding: number,
    change: { readonly as?: Who; readonly document?: Bytes32 } = {},
  ): Promise<Receipt> {
    const { as = "auditor", document = digest() } = change;
    return this.done(this.as(as).closeFinding([finding, document]));
  }

  confirm(
    change: By & {
      readonly channel?: string;
      readonly day?: number;
      readonly currency?: string;
      readonly count?: number;
      readonly sum?: bigint;
    } = {},
  ): Promise<Receipt> {
    const { as = "provider", operation = digest(), channel = "alipay", day: settled = 20_300_101 } = change;
    const { currency = "CNY", count = 3, sum = 1234n } = change;
    const code = stringToHex(currency, { size: 3 });
    return this.done(
      this.as(as).confirmChannelTotal([operation, encodeChannel(channel), settled, code, count, sum]),
    );
  }

  correct(
    change: By & {
      readonly kind?: RecordKind;
      readonly record?: number;
      readonly document?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", operation = digest(), kind = "fund", record = 1 } = change;
    const { document = digest() } = change;
    return this.done(this.as(as).noteCorrection([operation, recordKinds.indexOf(kind), record, document]));
  }

  noteHead(blockNumber: number, blockHash: Bytes32, as: Who = "stranger"): Promise<Receipt> {
    return this.done(this.as(as).noteHead([BigInt(blockNumber), blockHash]));
  }

  /** Traces a donation to its last page, with the proof built from its batch's leaves. */
  async trace(batch: number, leaves: readonly Leaf[], index: number, tree = buildTree(leaves)) {
    const leaf = leaves[index];
    if (leaf === undefined) throw new RangeError(`no leaf ${index}`);
    const proof = toHex(encodeProof(tree.proof(index)));
    const proven = [batch, index, leaf.amount, leaf.commitment, proof] as const;
    const pages = [];
    let start = 0n;
    let cursor: `0x${string}` = "0x";
    do {
      const [at, slices, next] = await this.lens.read.traceDonation([...proven, cursor]);
      pages.push(...slices);
      [start, cursor] = [at, next];
    } while (cursor !== "0x");
    return { start, slices: pages };
  }

  /** The sources of a claim, all pages. */
  async sources(claim: number) {
    const pages = [];
    let cursor: `0x${string}` = "0x";
    do {
      const [sources, next] = await this.lens.read.claimSources([claim, cursor]);
      pages.push(...sources);
      cursor = next;
    } while (cursor !== "0x");
    return pages;
  }
}

const deploy = async (): Promise<TestBooks> => {
  const zero = "0x0000000000000000000000000000000000000000";
  const ledger = await chain.deploy(
    "Ledger",
    encodeAbiParameters(
      [{ type: "address" }, { type: "uint48" }, { type: "address" }],
      [accountOf(chain, "admin"), adminDelaySeconds, zero],
    ),
  );
  const lens = await chain.deploy("Lens", encodeAbiParameters([{ type: "address" }], [ledger]));
  return new TestBooks(chain, ledger, lens);
};

let opened: Promise<{ books: TestBooks; snapshot: Awaited<ReturnType<TestChain["snapshot"]>> }> | undefined;

const open = async () => {
  const books = await deploy();
  await appoint(books.as("admin"), (who) => books.account(who));
  return { books, snapshot: await books.chain.snapshot() };
};

/** Empty books with their actors, roles and channels: the same state each time. */
export const emptyBooks = async (): Promise<TestBooks> => {
  const { books, snapshot } = await (opened ??= open());
  opened = Promise.resolve({ books, snapshot: await books.chain.restore(snapshot) });
  books.forget();
  return books;
};

/**
 * Books with programmes 1 and 2 in CNY, a general fund 1 of 9000 bps, period 1 declared in both programmes with 24
 * people enrolled for all of it, and block time inside it, at noon of its first day.
 */
export const openBooks = async (): Promise<TestBooks> => {
  const books = await emptyBooks();
  await books.openProgramme();
  await books.openProgramme({ region: 130_726 });
  await books.openFund();
  for (const programme of [1, 2]) {
    await books.declarePeriod({ programme });
    await books.enrol({ programme });
  }
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

/** Inside a `describe`: the same books before each of its tests, prepared once. */
export const sharedBooks = (prepare: () => Promise<TestBooks>): (() => TestBooks) => {
  let books: TestBooks | undefined;
  let goBack: (() => Promise<void>) | undefined;
  before(async () => {
    books = await prepare();
    goBack = await books.keep();
  });
  beforeEach(async () => goBack?.());
  return () => {
    if (books === undefined) throw new Error("no books outside a test");
    return books;
  };
};
