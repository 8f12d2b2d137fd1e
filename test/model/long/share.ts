/** What a thread is given and what it answers. */
import type { Tally } from "../tally.ts";

/** The seeds first, first + step, … below end. */
export interface Share {
  readonly first: number;
  readonly end: number;
  readonly step: number;
}

export interface Failure {
  readonly seed: number;
  readonly message: string;
}

export interface Report {
  readonly histories: number;
  readonly tally: Tally;
  readonly failures: readonly Failure[];
}

const numberIn = (value: unknown, name: string): number => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof found !== "number") throw new TypeError(`a share needs ${name}`);
  return found;
};

export const readShare = (value: unknown): Share => ({
  first: numberIn(value, "first"),
  end: numberIn(value, "end"),
  step: numberIn(value, "step"),
});
