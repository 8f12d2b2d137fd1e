/**
 * What the environment sets. Every fault is reported at once, by variable, with what is expected; a value that could
 * be a secret is never repeated, neither in an error nor in `describe`.
 */
import { resolve } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { address, type Address } from "../protocol/ids.ts";
import { embeddedLoadLimit } from "./chain/limit.ts";
import { embeddedChainId } from "./chain/pinned.ts";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/**
 * The variables as text, with the rule of each and the words that a fault is reported in. Numbers are decimal digits
 * only: 1e3, 0x10 or a full-width digit is a mistake, not a number.
 */
const variables = {
  HOST: rule(Type.String({ pattern: "^[A-Za-z0-9.:_-]{1,253}$" }), "an address or host name to listen on"),
  PORT: whole(0, 65_535),
  PUBLIC_URL: rule(
    Type.String({ pattern: "^https?://[^\\s/?#@]+$" }),
    "http:// or https:// and a host, without path, query or user",
  ),
  DATA_DIR: rule(Type.String({ minLength: 1, maxLength: 4_096 }), "a folder"),
  LOG_LEVEL: rule(
    Type.Union(logLevels.map((level) => Type.Literal(level))),
    `one of ${logLevels.join(", ")}`,
  ),
  CHAIN_ID: whole(1, 4_294_967_295),
  PREDECESSOR: rule(
    Type.String({ pattern: "^0x[0-9a-fA-F]{40}$" }),
    "the address of a ledger, 0x and 40 hexadecimal digits",
  ),
  FINALITY_BLOCKS: whole(0, 10_000),
  POLL_INTERVAL_MS: whole(20, 600_000),
  MAX_FEE_GWEI: whole(1, 1_000_000),
  RPC_URL: rule(Type.String({ pattern: "^https?://\\S+$" }), "an http:// or https:// URL"),
  DATABASE_URL: rule(
    Type.String({ pattern: "^postgres(ql)?://\\S+$" }),
    "a postgres:// or postgresql:// URL",
  ),
  LEASE_SECONDS: whole(1, 3_600),
  KEYSTORE_PASSWORD: rule(Type.String({ minLength: 12, maxLength: 1_024 }), "12 to 1024 characters"),
  TRUST_PROXY: rule(Type.Union([Type.Literal("true"), Type.Literal("false")]), "true or false"),
  BODY_LIMIT_BYTES: whole(1_024, 104_857_600),
  REQUESTS_PER_MINUTE: whole(1, 1_000_000),
  RPC_REQUESTS_PER_MINUTE: whole(1, 1_000_000),
  GIFT_LOOKUPS_PER_MINUTE: whole(1, 10_000),
  SIGN_INS_PER_MINUTE: whole(1, 10_000),
  QUEUE_LIMIT: whole(1, 1_000_000),
  REQUESTS_UNDER_WAY: whole(1, 100_000),
  LAG_LIMIT_MS: whole(10, 60_000),
  HEAP_LIMIT_PERCENT: whole(1, 99),
  EMBEDDED_CHAIN_LIMIT: whole(1, 10_000_000),
} as const;

interface Rule {
  readonly schema: Type.TSchema;
  readonly expected: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

function rule(schema: Type.TSchema, expected: string): Rule {
  return { schema, expected };
}

function whole(minimum: number, maximum: number): Rule {
  const schema = Type.String({ pattern: "^(0|[1-9][0-9]{0,9})$" });
  return { schema, expected: `a whole number from ${minimum} to ${maximum}`, minimum, maximum };
}

type Variable = keyof typeof variables;
type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Origin that links and QR codes name; absent, they follow the request. */
  readonly publicUrl?: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Of the embedded chain; it is fixed with the first start of a data folder. */
  readonly chainId: number;
  /** What CHAIN_ID says, for a chain outside; absent where it is not set. */
  readonly expectedChainId?: number;
  /** The ledger that this one succeeds; written into it by the first start. */
  readonly predecessor?: Address;
  /** On a chain outside: blocks that must stand on a block before it counts. */
  readonly finalityBlocks: number;
  /** On a chain outside: between two looks at it. */
  readonly pollMs: number;
  /** On a chain outside: the most that is offered for a unit of gas. */
  readonly maxFeeGwei: number;
  /** A chain outside instead of the embedded one. May carry credentials: print `describe()` only. */
  readonly rpcUrl?: Secret;
  /** A PostgreSQL database for the stores of several gateways, instead of files. Carries a password. */
  readonly databaseUrl?: Secret;
  /** Of several gateways: how long one sends or indexes without word from it. */
  readonly leaseSeconds: number;
  readonly keystorePassword?: Secret;
  /** Whether X-Forwarded-For of the next hop names the asker. */
  readonly trustProxy: boolean;
  readonly bodyLimitBytes: number;
  /** Of one address, all routes together but `/rpc`. */
  readonly requestsPerMinute: number;
  /** Of one address, to `/rpc`; a batch is one request. */
  readonly rpcRequestsPerMinute: number;
  /** Of one address, and for one transaction number. */
  readonly giftLookupsPerMinute: number;
  /** Tries of one address to sign in at the desk. */
  readonly signInsPerMinute: number;
  /** Requests that are answered at the same time. */
  readonly requestsUnderWay: number;
  /** By how much the event loop may be late, on average of a second, before requests are refused. */
  readonly lagLimitMs: number;
  /** The same of the memory that Node gives to objects. */
  readonly heapLimitPercent: number;
  /** Operations accepted and not settled. */
  readonly queueLimit: number;
  /** Load of the embedded chain, in transactions, from which on it takes no more writes. */
  readonly embeddedChainLimit: number;
  /** The configuration for the log: secrets left out, URLs without credentials. */
  readonly describe: () => Readonly<Record<string, string | number | boolean>>;
}

/** A value that does not print: neither a template, nor JSON, nor an inspection shows it. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "(secret)";
  }
  toJSON(): string {
    return "(secret)";
  }
}

export interface ConfigFault {
  readonly variable: string;
  readonly expected: string;
}

/** All that is wrong with the environment, in one error. */
export class InvalidConfig extends Error {
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(
      `configuration: ${faults.length} fault${faults.length === 1 ? "" : "s"}; correct the environment:\n` +
        faults.map(({ variable, expected }) => `  ${variable}: expected ${expected}`).join("\n"),
    );
    this.name = "InvalidConfig";
    this.faults = faults;
  }
}

/** The part of a URL that names where, without user, password, path or query, each of which may be a key. */
export const withoutCredentials = (url: string): string => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

const isWhole = ({ minimum, maximum }: Rule, value: string): boolean =>
  minimum === undefined || maximum === undefined || (Number(value) >= minimum && Number(value) <= maximum);

const isUrl = (value: string): boolean => URL.canParse(value);

const isValid = (variable: Variable, value: string): boolean => {
  const rule = variables[variable];
  if (!Value.Check(rule.schema, value) || !isWhole(rule, value)) return false;
  return variable === "RPC_URL" || variable === "PUBLIC_URL" || variable === "DATABASE_URL"
    ? isUrl(value)
    : true;
};

/**
 * Reads the configuration. An empty variable counts as unset; variables of other programs are not looked at. Throws
 * {@link InvalidConfig} with every fault.
 */
export const readConfig = (environment: Environment): Config => {
  const faults: ConfigFault[] = [];
  const given = new Map<Variable, string>();
  for (const variable of Object.keys(variables) as Variable[]) {
    const value = environment[variable];
    if (value === undefined || value === "") continue;
    if (isValid(variable, value)) given.set(variable, value);
    else faults.push({ variable, expected: variables[variable].expected });
  }
  // Several gateways cannot share an embedded chain: each would have its own.
  if (given.has("DATABASE_URL") && (environment["RPC_URL"] ?? "") === "") {
    faults.push({
      variable: "RPC_URL",
      expected: "to be set where DATABASE_URL is: the chain that its gateways share",
    });
  }
  if (faults.length > 0) throw new InvalidConfig(faults);
  const number = (variable: Variable, otherwise: number): number => Number(given.get(variable) ?? otherwise);
  const secret = (variable: Variable): Secret | undefined => {
    const value = given.get(variable);
    return value === undefined ? undefined : new Secret(value);
  };
  const publicUrl = given.get("PUBLIC_URL");
  const predecessor = given.get("PREDECESSOR");
  const rpcUrl = secret("RPC_URL");
  const databaseUrl = secret("DATABASE_URL");
  const keystorePassword = secret("KEYSTORE_PASSWORD");
  const settings = {
    host: given.get("HOST") ?? "127.0.0.1",
    port: number("PORT", 8650),
    dataDir: resolve(given.get("DATA_DIR") ?? "./data"),
    logLevel: logLevels.find((level) => level === given.get("LOG_LEVEL")) ?? "info",
    chainId: number("CHAIN_ID", embeddedChainId),
    ...(given.has("CHAIN_ID") ? { expectedChainId: number("CHAIN_ID", embeddedChainId) } : {}),
    finalityBlocks: number("FINALITY_BLOCKS", 12),
    leaseSeconds: number("LEASE_SECONDS", 15),
    pollMs: number("POLL_INTERVAL_MS", 1_000),
    maxFeeGwei: number("MAX_FEE_GWEI", 500),
    trustProxy: given.get("TRUST_PROXY") === "true",
    bodyLimitBytes: number("BODY_LIMIT_BYTES", 8 * 1024 * 1024),
    requestsPerMinute: number("REQUESTS_PER_MINUTE", 600),
    rpcRequestsPerMinute: number("RPC_REQUESTS_PER_MINUTE", 1_200),
    giftLookupsPerMinute: number("GIFT_LOOKUPS_PER_MINUTE", 10),
    signInsPerMinute: number("SIGN_INS_PER_MINUTE", 10),
    queueLimit: number("QUEUE_LIMIT", 10_000),
    requestsUnderWay: number("REQUESTS_UNDER_WAY", 1_000),
    lagLimitMs: number("LAG_LIMIT_MS", 2_000),
    heapLimitPercent: number("HEAP_LIMIT_PERCENT", 90),
    embeddedChainLimit: number("EMBEDDED_CHAIN_LIMIT", embeddedLoadLimit),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(predecessor === undefined ? {} : { predecessor: address(predecessor) }),
  };
  const described = {
    ...settings,
    rpcUrl: rpcUrl === undefined ? "(embedded chain)" : withoutCredentials(rpcUrl.reveal()),
    databaseUrl:
      databaseUrl === undefined ? "(files of the data folder)" : withoutCredentials(databaseUrl.reveal()),
    keystorePassword: keystorePassword === undefined ? "(from the data folder)" : "(secret)",
  };
  return {
    ...settings,
    ...(rpcUrl === undefined ? {} : { rpcUrl }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(keystorePassword === undefined ? {} : { keystorePassword }),
    describe: () => described,
  };
};
