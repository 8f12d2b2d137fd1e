/** Bad input, and what it must come to: an error that names the field and the reason, and books as they were. */
import { expect } from "chai";
import { at, listAt, type Answer } from "../service.ts";
import { indexed, type Books } from "./books.ts";

export type Case = readonly [what: string, body: unknown, field: string, reason: RegExp];

export const errorsOf = (answer: Answer): readonly unknown[] => listAt(answer.body, "errors");

/** The head's block is part of the summary: not even a block was made. */
export const unchanged = async (books: Books, work: () => Promise<void>): Promise<void> => {
  const before = await books.service.get("/v1/summary");
  await work();
  expect((await books.service.get("/v1/summary")).body).to.deep.equal(before.body);
};

const refuse = async (books: Books, path: string, [what, body, field, reason]: Case): Promise<void> => {
  const answer = await books.service.post(path, body);
  const shown = `${what}: ${JSON.stringify(answer.body)}`;
  expect(answer.status, shown).to.be.oneOf([400, 422]);
  const fault = errorsOf(answer).find((each) => at(each, "field") === field);
  expect(at(fault, "reason"), shown).to.match(reason);
  expect(at(answer.body, "detail"), shown).to.contain(field);
};

export const refuseAll = (books: Books, path: string, cases: readonly Case[]): Promise<void> =>
  unchanged(books, async () => {
    for (const each of cases) await refuse(books, path, each);
  });

/** The ledger itself refuses: a block is made, and the books are as before. */
export const refusedByLedger = async (
  books: Books,
  path: string,
  body: unknown,
  detail: RegExp,
): Promise<void> => {
  const before = await books.service.get("/v1/summary");
  const answer = await books.service.post(path, body);
  expect(answer.status, JSON.stringify(answer.body)).to.equal(409);
  expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:refused-by-ledger");
  expect(at(answer.body, "detail")).to.match(detail);
  await indexed(books.service);
  const after = await books.service.get("/v1/summary");
  expect(at(after.body, "data")).to.deep.equal(at(before.body, "data"));
};
