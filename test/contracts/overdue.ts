/** Books whose periods nobody has closed for long. */
import { expect } from "chai";
import { day, periodLengthSeconds, periodStart } from "./books.ts";
import type { TestBooks } from "./books.ts";
import type { Receipt } from "./chain.ts";
import { expectRefusal } from "./refusals.ts";
import { aid, readyBooks } from "./verbs.ts";

const firstEnd = periodStart + periodLengthSeconds;

/** {@link readyBooks} with eight further periods of a day in programmes 1, 2 and 3, all of them over: nine are due. */
export const overdueBooks = async (): Promise<TestBooks> => {
  const books = await readyBooks();
  for (const programme of [1, 2, aid]) {
    for (let count = 0; count < 8; count += 1) {
      const start = firstEnd + count * day;
      await books.declarePeriod({ programme, start, end: start + day });
    }
  }
  await books.chain.mineAt(firstEnd + 8 * day);
  return books;
};

/** The verb asks for the periods of `programme` to be closed first, and rolls them itself once 8 are left. */
export const expectRollFirst = async (
  programme: number,
  attempt: (books: TestBooks) => Promise<Receipt>,
): Promise<void> => {
  const books = await overdueBooks();
  await expectRefusal("RollFirst", [programme], attempt(books));
  for (const id of [1, 2, aid]) await books.close(id, 1);
  await attempt(books);
  expect((await books.lens.read.programme([programme])).currentPeriod).to.equal(10);
};
