/** Holding what a witness says against what the per-fen model counted. */
import { isDeepStrictEqual } from "node:util";
import type { BooksFacts } from "./facts.ts";

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}` : inner));

/** `expected` and `actual` are shown side by side by the test runner. */
export class Disagreement extends Error {
  readonly expected: unknown;
  readonly actual: unknown;
  constructor(about: string, expected: unknown, actual: unknown) {
    super(`${about}: expected ${asText(expected)}, got ${asText(actual)}`);
    this.name = "Disagreement";
    this.expected = expected;
    this.actual = actual;
  }
}

/** Throws {@link Disagreement}. */
export const expectAgreement = (about: string, expected: unknown, actual: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) throw new Disagreement(about, expected, actual);
};

/** Compares books record by record, so that the first that differs is named. Throws {@link Disagreement}. */
export const expectSameFacts = (about: string, expected: BooksFacts, actual: BooksFacts): void => {
  const lists = ["funds", "programmes", "claims", "payouts", "recoveries", "refunds", "findings"] as const;
  for (const list of lists) {
    for (const [index, record] of expected[list].entries())
      expectAgreement(`${about}, ${list} ${index + 1}`, record, actual[list][index]);
    expectAgreement(`${about}, number of ${list}`, expected[list].length, actual[list].length);
  }
  expectAgreement(`${about}, counts`, expected.counts, actual.counts);
};
