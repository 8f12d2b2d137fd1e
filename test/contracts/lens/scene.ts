/** What the lens's tests need of books, in a few words: amounts as numbers, donations with their leaves kept. */
import type { LensAt } from "../../../chain/lens.ts";
import type { Leaf } from "../../../protocol/donations/leaves.ts";
import { address } from "../../../protocol/ids.ts";
import { emptyBooks, leavesOf, openBooks, periodLengthSeconds, periodStart } from "../books.ts";
import type { TestBooks } from "../books.ts";

/** Period 1 of every programme. */
export const start = periodStart;
export const end = periodStart + periodLengthSeconds;
export const filingDeadline = end + periodLengthSeconds;

export class Scene {
  readonly books: TestBooks;
  readonly at: LensAt;
  /** The leaves of every batch. */
  readonly batches: (readonly Leaf[])[] = [];
  #claims = 0;

  constructor(books: TestBooks) {
    this.books = books;
    this.at = { client: books.chain.reader(), lens: address(books.lens.address) };
  }

  get read() {
    return this.books.lens.read;
  }

  /** The next batch: a donation of each amount. */
  async give(amounts: readonly number[], fund = 1): Promise<void> {
    const leaves = leavesOf(amounts, `batch ${this.batches.length + 1}`);
    await this.books.record({ fund, leaves });
    this.batches.push(leaves);
  }

  async allocate(amount: number, to: { readonly fund?: number; readonly programme?: number } = {}) {
    await this.books.allocate({ amount, ...to });
  }

  async spend(amount: number, programme = 1): Promise<void> {
    await this.books.spend({ amount, programme });
  }

  /** The next claim, always of the same person. */
  async file(requested: number): Promise<number> {
    await this.books.file({ requested, line: 0 });
    this.#claims += 1;
    return this.#claims;
  }

  async approve(claim: number, amount: number): Promise<void> {
    await this.books.approve(claim, { amount });
  }

  async pay(claim: number): Promise<void> {
    await this.books.pay(claim);
  }

  /** Claims of this amount, from filing to payment. */
  async payMany(count: number, amount: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      const claim = await this.file(amount);
      await this.approve(claim, amount);
      await this.pay(claim);
    }
  }

  async recover(payout: number, amount: number, returned = false): Promise<void> {
    await this.books.recover(payout, { amount, returned });
  }

  async move(from: number, to: number): Promise<void> {
    await this.books.move({ from, to });
  }

  /** Every programme's period and filing deadline is over. */
  endPeriods(): Promise<void> {
    return this.books.chain.mineAt(filingDeadline + 1);
  }

  async refund(batch: number, index: number, amount: number): Promise<void> {
    await this.books.refund({ batch, leaves: this.batches[batch - 1] ?? [], index, amount });
  }
}

/** Programmes 1 and 2 in CNY with a period each, a general fund of 9000 bps, and these donations in batch 1. */
export const openScene = async (...amounts: readonly number[]): Promise<Scene> => {
  const scene = new Scene(await openBooks());
  if (amounts.length > 0) await scene.give(amounts);
  return scene;
};

/** The same with all of it allocated to programme 1. */
export const fundedScene = async (...amounts: readonly number[]): Promise<Scene> => {
  const scene = await openScene(...amounts);
  await scene.allocate(amounts.reduce((sum, amount) => sum + amount, 0));
  return scene;
};

/** Programme 1 alone, whose period has this cover, and 1,000 fen of which 900 are its reserve. */
export const coveredScene = async (cover: bigint): Promise<Scene> => {
  const scene = new Scene(await emptyBooks());
  await scene.books.openProgramme();
  await scene.books.declarePeriod({ cover });
  await scene.books.openFund();
  await scene.give([1000]);
  await scene.allocate(1000);
  await scene.books.chain.mineAt(start + 1);
  return scene;
};
