/** The command line of `npm run histories`. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export const usage = `npm run histories -- [--count N] [--seed N] [--chain N] [--threads N]

  --count N    how many random histories reducers and traces are held against the per-fen model; 10000 unless given
  --seed N     the first seed; 1 unless given. The same seed gives the same history
  --chain N    how many of them, from the first seed on, are played on the contract as well, and read through lens
               and index; none unless given
  --threads N  how many threads compare; as many as the machine has unless given

Ends with 0 when all agree, 1 when some do not, 2 when the call itself is wrong.`;

export class InvalidCall extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidCall";
  }
}

export interface Call {
  readonly count: number;
  readonly seed: number;
  readonly chain: number;
  readonly threads: number;
}

const largest = 1_000_000_000;

const whole = (name: string, text: string, least: number): number => {
  const value = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= largest))
    throw new InvalidCall(`--${name} ${text}: expected a whole number from ${least} to ${largest}`);
  return value;
};

/** Throws {@link InvalidCall}. */
export const readCall = (parameters: readonly string[]): Call => {
  const text = (unlessGiven: string) => ({ type: "string", default: unlessGiven }) as const;
  const options = {
    count: text("10000"),
    seed: text("1"),
    chain: text("0"),
    threads: text(String(availableParallelism())),
  };
  try {
    const { values } = parseArgs({ args: [...parameters], options });
    const count = whole("count", values.count, 1);
    const chain = whole("chain", values.chain, 0);
    if (chain > count) throw new InvalidCall(`--chain ${chain}: only ${count} histories are written`);
    const seed = whole("seed", values.seed, 0);
    return { count, seed, chain, threads: whole("threads", values.threads, 1) };
  } catch (error) {
    throw error instanceof InvalidCall ? error : new InvalidCall(String(error));
  }
};
