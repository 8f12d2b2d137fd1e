/** The command line of `npm run simulate`. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export const usage = `npm run simulate -- [--seed N] [--seeds N] [--steps N] [--processes N]

  --seed N       the first seed; 1 unless given. It decides what is written when, what goes wrong when,
                 and where the chain is: in the gateway's process, outside, or outside with two gateways
  --seeds N      how many seeds, each with books and gateways of its own; 1 unless given
  --steps N      steps of each: one to four requests, and now and then something goes wrong; 12 unless given
  --processes N  how many of them share the seeds; as many as the machine has processors unless given

Ends with 0 when every promise was kept, 1 when one was broken, 2 when the call itself is wrong.`;

export class InvalidCall extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidCall";
  }
}

export interface Call {
  readonly seed: number;
  readonly seeds: number;
  readonly steps: number;
  readonly processes: number;
}

const whole = (name: string, text: string, least: number, largest: number): number => {
  const value = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= largest) return value;
  throw new InvalidCall(`--${name} ${text}: expected a whole number from ${least} to ${largest}`);
};

/** Throws {@link InvalidCall}. */
export const readCall = (parameters: readonly string[]): Call => {
  const text = (unlessGiven: string) => ({ type: "string", default: unlessGiven }) as const;
  const options = {
    seed: text("1"),
    seeds: text("1"),
    steps: text("12"),
    processes: text(String(availableParallelism())),
  };
  try {
    const { values } = parseArgs({ args: [...parameters], options });
    return {
      seed: whole("seed", values.seed, 0, 1_000_000_000),
      seeds: whole("seeds", values.seeds, 1, 100_000),
      steps: whole("steps", values.steps, 1, 10_000),
      processes: whole("processes", values.processes, 1, 64),
    };
  } catch (error) {
    throw error instanceof InvalidCall ? error : new InvalidCall(String(error));
  }
};
