/** The command line of `npm run roster`. No message repeats a stray value: it could be an id number. */
import { parseArgs } from "node:util";
import { InvalidAmount, parseAmount } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { InvalidDay, InvalidMoment, parseOccurredAt } from "../../protocol/calendar.ts";
import type { OccurredAt } from "../../protocol/calendar.ts";
import { parseCode } from "../../protocol/codes/code.ts";
import { periodNumber } from "../../protocol/ids.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { InvalidValidity, validity } from "../../protocol/rosters/validity.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";
import { instantOf } from "./instant.ts";

export const usage = `npm run roster -- --programme CODE --period N --profile FILE --file CSV --out FOLDER
    --key-file FILE --premium YUAN --denominator N [--from TIME --to TIME] [--earlier FOLDER]…
npm run roster -- --prove --roster FOLDER --key-file FILE [--incident TIME]

  --programme CODE  the programme's code, such as P013
  --period N        the number of its policy period, from 1
  --profile FILE    how the file is read: its columns (docs/rosters.md)
  --file CSV        the insured people
  --out FOLDER      made new; gets roster.json, which is public, and openings.bin, which is encrypted
  --key-file FILE   64 hexadecimal digits that encrypt the openings; made where there is none
  --premium YUAN    premium per head
  --denominator N   how many people could be insured
  --from, --to      validity: the first moment inside, the first moment outside; YYYY-MM-DD or
                    YYYY-MM-DDThh:mm:00+08:00. With columns of their own: no row may lie outside
  --earlier FOLDER  a roster of the same period that was made before; people keep their pseudonyms

  --prove           reads one id number on standard input and prints its proofs
  --roster FOLDER   the roster to look in
  --incident TIME   only validities that cover this day or moment

Ends with 0 when the roster is made or the person proven, 1 when the file was refused and nothing was written
or the person is not in the roster, 2 when the call itself is wrong, 3 when a roster's files are damaged.`;

export class InvalidCall extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidCall";
  }
}

export interface BuildCall {
  readonly kind: "build";
  readonly of: RosterPeriod;
  readonly profile: string;
  readonly file: string;
  readonly out: string;
  readonly keyFile: string;
  readonly premiumPerHead: Fen;
  readonly denominator: number;
  readonly validity?: Validity;
  readonly earlier: readonly string[];
}

export interface ProveCall {
  readonly kind: "prove";
  readonly roster: string;
  readonly keyFile: string;
  readonly incident?: OccurredAt;
}

const text = { type: "string" } as const;
const buildOptions = {
  programme: text,
  period: text,
  profile: text,
  file: text,
  out: text,
  premium: text,
  denominator: text,
  from: text,
  to: text,
  earlier: { type: "string", multiple: true },
} as const;
const options = {
  ...buildOptions,
  "key-file": text,
  prove: { type: "boolean", default: false },
  roster: text,
  incident: text,
} as const;

const parse = (values: readonly string[]) => {
  try {
    return parseArgs({ args: [...values], options, strict: true }).values;
  } catch {
    const strange = values.find(
      (value) => /^--[a-z-]+$/.test(value) && !Object.hasOwn(options, value.slice(2)),
    );
    throw new InvalidCall(
      strange === undefined
        ? "an option lacks its value, or a value stands without its option; an id number is never given here"
        : `there is no option ${strange}`,
    );
  }
};
type Values = ReturnType<typeof parse>;

const needed = (values: Values, name: Exclude<keyof Values, "prove" | "earlier">): string => {
  const value = values[name];
  if (value === undefined) throw new InvalidCall(`--${name} is needed`);
  return value;
};

const wholeNumber = (option: string, digits: string): number => {
  const number = Number(digits);
  if (!/^[0-9]{1,10}$/.test(digits) || number < 1 || number > 0xffff_ffff) {
    throw new InvalidCall(`${option}: expected a whole number from 1 to 4294967295`);
  }
  return number;
};

const programmeOf = (code: string): ProgrammeId => {
  const parsed = parseCode(code);
  if (parsed.ok && parsed.code.kind === "programme") return parsed.code.programme;
  throw new InvalidCall("--programme: expected the code of a programme, such as P013");
};

const premiumOf = (yuan: string): Fen => {
  try {
    return parseAmount(yuan);
  } catch (error) {
    if (error instanceof InvalidAmount) throw new InvalidCall(`--premium: ${error.reason}`);
    throw error;
  }
};

const momentOf = (option: string, value: string): OccurredAt => {
  try {
    return parseOccurredAt(value);
  } catch (error) {
    if (!(error instanceof InvalidDay || error instanceof InvalidMoment)) throw error;
    throw new InvalidCall(`${option}: expected a real YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+08:00`);
  }
};

const validityOf = ({ from, to }: Values): Validity | undefined => {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw new InvalidCall("--from and --to are given together");
  try {
    return validity(instantOf(momentOf("--from", from)), instantOf(momentOf("--to", to)));
  } catch (error) {
    if (error instanceof InvalidValidity) throw new InvalidCall(`--from, --to: ${error.reason}`);
    throw error;
  }
};

const buildCall = (values: Values): BuildCall => {
  if (values.roster !== undefined || values.incident !== undefined) {
    throw new InvalidCall("--roster and --incident belong to --prove");
  }
  const within = validityOf(values);
  return {
    kind: "build",
    of: {
      programme: programmeOf(needed(values, "programme")),
      period: periodNumber(wholeNumber("--period", needed(values, "period"))),
    },
    profile: needed(values, "profile"),
    file: needed(values, "file"),
    out: needed(values, "out"),
    keyFile: needed(values, "key-file"),
    premiumPerHead: premiumOf(needed(values, "premium")),
    denominator: wholeNumber("--denominator", needed(values, "denominator")),
    earlier: values.earlier ?? [],
    ...(within === undefined ? {} : { validity: within }),
  };
};

const proveCall = (values: Values): ProveCall => {
  const strange = Object.keys(buildOptions).find((name) => Object.hasOwn(values, name));
  if (strange !== undefined) throw new InvalidCall(`--${strange} does not belong to --prove`);
  return {
    kind: "prove",
    roster: needed(values, "roster"),
    keyFile: needed(values, "key-file"),
    ...(values.incident === undefined ? {} : { incident: momentOf("--incident", values.incident) }),
  };
};

/** Throws {@link InvalidCall}. */
export const readCall = (args: readonly string[]): BuildCall | ProveCall => {
  const values = parse(args);
  return values.prove ? proveCall(values) : buildCall(values);
};
