/** The command line of `npm run audit`. */
import { parseArgs } from "node:util";
import { address, InvalidHex, type Address } from "../../protocol/ids.ts";

export const usage = `npm run audit -- --rpc URL --ledger ADDRESS [--gateway URL] [options]
npm run audit -- --file FILE [--json FILE]

  --rpc URL         a node of the chain, yours or somebody else's
  --ledger ADDRESS  the ledger's contract
  --gateway URL     a gateway whose answers are compared with what the chain says
  --lens ADDRESS    the lens; looked for beside the ledger unless given, and compared with the sources
  --block N         the block that the audit is of; the newest unless given
  --from-block N    where the ledger's logs begin; 0 unless given
  --sample N        how many donations and claims are drawn to be asked of the contract and of the gateway one by
                    one, beside the largest; 100 unless given
  --all             asks for every single one
  --file FILE       an export of the ledger (/v1/exports/ledger) instead of a node: what only a node can tell is left out
  --json FILE       writes the report as JSON too

Every donation is replayed, hashed and traced whatever --sample says; it limits only what others are asked for.
Progress goes to standard error. Ends with 0 when everything holds, 1 when something does not, 2 when the call itself
is wrong, 3 when something could not be checked.`;

export class InvalidCall extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidCall";
  }
}

interface Reported {
  readonly json?: string;
}

export interface NodeCall extends Reported {
  readonly kind: "node";
  readonly rpc: string;
  readonly ledger: Address;
  readonly gateway?: string;
  readonly lens?: Address;
  readonly block?: number;
  readonly fromBlock: number;
  /** Infinity for all. */
  readonly sample: number;
}

export interface FileCall extends Reported {
  readonly kind: "file";
  readonly file: string;
}

export type AuditCall = NodeCall | FileCall;

const text = { type: "string" } as const;
const options = {
  rpc: text,
  ledger: text,
  gateway: text,
  lens: text,
  block: text,
  "from-block": text,
  sample: text,
  all: { type: "boolean" },
  file: text,
  json: text,
} as const;

const parse = (values: readonly string[]) => {
  try {
    return parseArgs({ args: [...values], options, strict: true }).values;
  } catch (error) {
    throw new InvalidCall(error instanceof Error ? error.message : String(error));
  }
};

const url = (option: string, value: string | undefined): string => {
  if (value === undefined) throw new InvalidCall(`${option} is needed`);
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw new InvalidCall(`${option}: expected http:// or https:// and a host`);
  }
  return value.replace(/\/+$/, "");
};

const contract = (option: string, value: string | undefined): Address => {
  if (value === undefined) throw new InvalidCall(`${option} is needed`);
  try {
    return address(value);
  } catch (error) {
    if (error instanceof InvalidHex)
      throw new InvalidCall(`${option}: expected 0x and 40 hexadecimal digits`);
    throw error;
  }
};

const whole = (option: string, value: string): number => {
  if (!/^[0-9]{1,15}$/.test(value)) throw new InvalidCall(`${option}: expected a whole number`);
  return Number(value);
};

const defaultSample = 100;

const sampleOf = ({ sample, all }: ReturnType<typeof parse>): number => {
  if (all !== true) return sample === undefined ? defaultSample : whole("--sample", sample);
  if (sample !== undefined) throw new InvalidCall("--sample and --all: give one of them");
  return Number.POSITIVE_INFINITY;
};

const readFileCall = (file: string, { json, ...given }: ReturnType<typeof parse>): FileCall => {
  const others = Object.keys(given).filter((name) => name !== "file");
  if (others.length > 0)
    throw new InvalidCall(`--file goes with --json only, not with --${others.join(", --")}`);
  return { kind: "file", file, ...(json === undefined ? {} : { json }) };
};

/** Throws {@link InvalidCall}. */
export const readCall = (values: readonly string[]): AuditCall => {
  const given = parse(values);
  if (given.file !== undefined) return readFileCall(given.file, given);
  const { gateway, lens, block, json } = given;
  return {
    kind: "node",
    rpc: url("--rpc", given.rpc),
    ledger: contract("--ledger", given.ledger),
    fromBlock: given["from-block"] === undefined ? 0 : whole("--from-block", given["from-block"]),
    sample: sampleOf(given),
    ...(gateway === undefined ? {} : { gateway: url("--gateway", gateway) }),
    ...(lens === undefined ? {} : { lens: contract("--lens", lens) }),
    ...(block === undefined ? {} : { block: whole("--block", block) }),
    ...(json === undefined ? {} : { json }),
  };
};
