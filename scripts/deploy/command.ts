/** `npm run deploy` without the process around it: arguments in, texts and an exit code out. */
import { parseArgs } from "node:util";
import { BaseError, http } from "viem";
import { privateKeyToAccount, type PrivateKeyAccount } from "viem/accounts";
import { address, InvalidHex, type Address } from "../../protocol/ids.ts";
import { deployContracts, NotDeployed, WrongChain, type DeployedCode } from "../../server/commands/deploy.ts";

export const usage = `DEPLOYER_KEY=0x… npm run deploy -- --rpc URL --chain-id N [options]

  --rpc URL            the node
  --chain-id N         the chain that is meant; a node on another chain is refused
  --admin ADDRESS      grants roles on the ledger; the deployer unless given
  --admin-delay N      seconds that a transfer of the admin's power waits; 172800 unless given
  --predecessor ADDRESS  the ledger that this one succeeds

DEPLOYER_KEY holds the private key that signs and pays for gas. It is never printed.
Ends with 0 when both contracts are on the chain, 1 when they are not, 2 when the call itself is wrong.`;

export const exitCodes = { deployed: 0, failed: 1, wrongCall: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export class InvalidCall extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidCall";
  }
}

export interface CommandParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

interface DeployCall {
  readonly rpc: string;
  readonly chainId: number;
  readonly admin?: Address;
  readonly adminDelaySeconds: number;
  readonly predecessor?: Address;
}

const defaultDelaySeconds = 2 * 86_400;
/** The contract keeps the delay in 48 bits. */
const longestDelaySeconds = 2 ** 48 - 1;

const parse = (values: readonly string[]) => {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...values],
      options: { rpc: text, "chain-id": text, admin: text, "admin-delay": text, predecessor: text },
      strict: true,
    }).values;
  } catch (error) {
    throw new InvalidCall(error instanceof Error ? error.message : String(error));
  }
};

const whole = (option: string, text: string, largest: number): number => {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= largest)) throw new InvalidCall(`${option}: expected a whole number up to ${largest}`);
  return value;
};

const account = (option: string, text: string): Address => {
  try {
    return address(text);
  } catch (error) {
    if (error instanceof InvalidHex)
      throw new InvalidCall(`${option}: expected 0x and 40 hexadecimal digits`);
    throw error;
  }
};

const readCall = (values: readonly string[]): DeployCall => {
  const options = parse(values);
  const { rpc, "chain-id": chainId, admin, predecessor } = options;
  if (rpc === undefined || chainId === undefined) throw new InvalidCall("--rpc and --chain-id are needed");
  if (!/^https?:\/\//.test(rpc) || !URL.canParse(rpc)) {
    throw new InvalidCall("--rpc: expected http:// or https:// and a host");
  }
  const delay = options["admin-delay"];
  return {
    rpc,
    chainId: whole("--chain-id", chainId, Number.MAX_SAFE_INTEGER),
    adminDelaySeconds:
      delay === undefined ? defaultDelaySeconds : whole("--admin-delay", delay, longestDelaySeconds),
    ...(admin === undefined ? {} : { admin: account("--admin", admin) }),
    ...(predecessor === undefined ? {} : { predecessor: account("--predecessor", predecessor) }),
  };
};

const deployerOf = (environment: CommandParts["environment"]): PrivateKeyAccount => {
  const key = environment["DEPLOYER_KEY"]?.trim() ?? "";
  if (!/^0x[0-9a-fA-F]{64}$/.test(key)) {
    throw new InvalidCall("DEPLOYER_KEY: expected 0x and 64 hexadecimal digits in the environment");
  }
  try {
    return privateKeyToAccount(`0x${key.slice(2)}`);
  } catch {
    throw new InvalidCall("DEPLOYER_KEY: is no private key of the curve");
  }
};

const described = (name: string, { address: at, codeHash, codeBytes, gasUsed }: DeployedCode) => [
  name,
  `  address    ${at}`,
  `  code hash  ${codeHash}`,
  `  code       ${codeBytes} bytes, ${gasUsed} gas`,
];

/** What a node or viem says, without the URL it was said by: it may hold a credential. */
const withoutUrl = (error: Error, rpc: string): string => {
  const text = error instanceof BaseError ? `${error.shortMessage} ${error.details}`.trim() : error.message;
  return text.replaceAll(rpc, "the node");
};

const carryOut = async (
  call: DeployCall,
  deployer: PrivateKeyAccount,
  { print, printError }: CommandParts,
): Promise<ExitCode> => {
  const { rpc, ...rest } = call;
  try {
    const { ledger, lens } = await deployContracts({ ...rest, transport: http(rpc), account: deployer });
    print(`chain ${call.chainId}, deployed by ${deployer.address.toLowerCase()}`);
    for (const line of [...described("ledger", ledger), ...described("lens", lens)]) print(line);
    return exitCodes.deployed;
  } catch (error) {
    if (!(error instanceof WrongChain || error instanceof NotDeployed || error instanceof BaseError))
      throw error;
    printError(withoutUrl(error, rpc));
    return exitCodes.failed;
  }
};

/** Carries the call out and answers its exit code; throws only what nobody foresaw. */
export const deployCommand = async (values: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  try {
    return await carryOut(readCall(values), deployerOf(parts.environment), parts);
  } catch (error) {
    if (!(error instanceof InvalidCall)) throw error;
    parts.printError(`${error.message}\n\n${usage}`);
    return exitCodes.wrongCall;
  }
};
