/** The command line of `npm run audit`. */
import { parseArgs } from "node:util";
import { address, InvalidHex, type Address } from "../../protocol/ids.ts";

export const usage = `npm run audit -- --rpc URL --ledger ADDRESS [--gateway URL] [options]

  --rpc URL         a node of the chain, yours or somebody else's
  --ledger ADDRESS  the ledger's contract
  --gateway URL     a gateway whose answers are compared with what the chain says
  --lens ADDRESS    the lens; looked for beside the ledger unless given, and compared with the sources
  --block N         the block that the audit is of; the newest unless given
  --from-block N    where the ledger's logs begin; 0 unless given
  --sample N        how many donations and claims are drawn to be asked of the contract and of the gateway one by
                    one, beside the largest; 100 unless given
  --all             asks for every single one
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

export interface AuditCall {
  readonly rpc: string;
  readonly ledger: Address;
  readonly gateway?: string;
  readonly lens?: Address;
  readonly block?: number;
  readonly fromBlock: number;
  /** Infinity for all. */
  readonly sample: number;
  readonly json?: string;
}

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

/** Throws {@link InvalidCall}. */
export const readCall = (values: readonly string[]): AuditCall => {
  const given = parse(values);
  const { gateway, lens, block, json } = given;
  return {
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
