/**
 * The contracts' own chain: Hardhat's simulated EVM in this process, one for the whole test run. Its time moves by
 * one second a transaction and never by the machine's clock, so that every test sees the same block times.
 */
import { fileURLToPath } from "node:url";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { createPublicClient, createWalletClient, custom, defineChain } from "viem";
import config from "../../hardhat.config.ts";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { EventPlace, UnixSeconds } from "../../protocol/ledger/events.ts";
import { readHash, readNumber, readQuantity, readRecord } from "../../server/chain/wire.ts";

/** 2030-01-01 00:00 in Shanghai. */
export const chainStartsAt: UnixSeconds = 1_893_427_200;
const transactionGas = 60_000_000n;

/** The ledger is compiled for this hardfork, and EIP-7623 prices the calldata of a batch from it on. */
export const hardfork = "prague";

export const testChain = defineChain({
  id: 31_337,
  name: "in process",
  nativeCurrency: { name: "none", symbol: "NONE", decimals: 18 },
  rpcUrls: { default: { http: [] } },
});

/** Without the plugins: they change chai for every other test of the run. */
const hre = await createHardhatRuntimeEnvironment(
  { ...config, plugins: [] },
  {},
  fileURLToPath(new URL("../..", import.meta.url)),
);

type Send = (method: string, params?: readonly unknown[]) => Promise<unknown>;
interface Request {
  readonly method: string;
  readonly params?: unknown;
}

export interface TestLog {
  readonly address: Address;
  readonly topics: readonly Bytes32[];
  readonly data: `0x${string}`;
  readonly logIndex: number;
}

export interface Receipt {
  readonly hash: Bytes32;
  readonly blockNumber: number;
  readonly blockTime: UnixSeconds;
  readonly gasUsed: bigint;
  readonly created: Address | undefined;
  readonly logs: readonly TestLog[];
}

interface Snapshot {
  readonly id: unknown;
  readonly time: UnixSeconds;
}

const asHex = (value: unknown): `0x${string}` => {
  if (typeof value !== "string" || !/^0x[0-9a-f]*$/.test(value)) throw new TypeError("not hexadecimal");
  return `0x${value.slice(2)}`;
};

const readLog = (value: unknown): TestLog => {
  const log = readRecord(value, "a log");
  const topics = Array.isArray(log["topics"]) ? log["topics"].map(readHash) : [];
  return {
    address: address(String(log["address"])),
    topics,
    data: asHex(log["data"]),
    logIndex: readNumber(log["logIndex"]),
  };
};

export class TestChain {
  readonly accounts: readonly Address[];
  readonly #send: Send;
  #time: UnixSeconds = chainStartsAt;

  private constructor(send: Send, accounts: readonly Address[]) {
    this.#send = send;
    this.accounts = accounts;
  }

  static async create(): Promise<TestChain> {
    const connection = await hre.network.create({
      network: "default",
      chainType: "l1",
      override: {
        chainId: testChain.id,
        hardfork,
        initialDate: new Date(chainStartsAt * 1000),
        initialBaseFeePerGas: 0,
        gas: transactionGas,
        gasPrice: 0,
        blockGasLimit: transactionGas,
      },
    });
    const send: Send = (method, params = []) => connection.provider.request({ method, params: [...params] });
    const accounts = await send("eth_accounts");
    if (!Array.isArray(accounts)) throw new TypeError("no accounts");
    return new TestChain(
      send,
      accounts.map((account) => address(String(account))),
    );
  }

  /** The time of the last block. */
  get time(): UnixSeconds {
    return this.#time;
  }

  /** The next transaction is mined at `time`, later than the last block. */
  nextAt(time: UnixSeconds): void {
    this.#time = time - 1;
  }

  /** Mines an empty block at `time`, so that calls see it. */
  async mineAt(time: UnixSeconds): Promise<void> {
    this.#time = time;
    await this.#send("evm_mine", [time]);
  }

  async snapshot(): Promise<Snapshot> {
    return { id: await this.#send("evm_snapshot"), time: this.#time };
  }

  /** Back to a snapshot, which stays usable by way of the answered one. */
  async restore(snapshot: Snapshot): Promise<Snapshot> {
    await this.#send("evm_revert", [snapshot.id]);
    this.#time = snapshot.time;
    return this.snapshot();
  }

  /** The last block. */
  async head(): Promise<{ readonly number: number; readonly hash: Bytes32 }> {
    const block = readRecord(await this.#send("eth_getBlockByNumber", ["latest", false]), "a block");
    return { number: readNumber(block["number"]), hash: readHash(block["hash"]) };
  }

  async code(contract: Address): Promise<`0x${string}`> {
    return asHex(await this.#send("eth_getCode", [contract, "latest"]));
  }

  async storageAt(contract: Address, slot: Bytes32): Promise<Bytes32> {
    return readHash(await this.#send("eth_getStorageAt", [contract, slot, "latest"]));
  }

  /** Deploys an artefact of contracts/ with packed constructor arguments. */
  async deploy(name: string, constructorArguments: `0x${string}` = "0x"): Promise<Address> {
    const { bytecode } = await hre.artifacts.readArtifact(name);
    const data = `${bytecode}${constructorArguments.slice(2)}`;
    const hash = await this.request({
      method: "eth_sendTransaction",
      params: [{ from: this.accounts[0], data }],
    });
    const { created } = await this.receipt(readHash(hash));
    if (created === undefined) throw new TypeError(`${name} was not created`);
    return created;
  }

  async receipt(hash: Bytes32): Promise<Receipt> {
    const receipt = readRecord(await this.#send("eth_getTransactionReceipt", [hash]), "a receipt");
    if (readQuantity(receipt["status"]) !== 1n) throw new Error(`transaction ${hash} reverted`);
    const { contractAddress, logs, blockNumber } = receipt;
    return {
      hash: bytes32(hash),
      blockNumber: readNumber(blockNumber),
      blockTime: await this.#timeOf(blockNumber),
      gasUsed: readQuantity(receipt["gasUsed"]),
      created: typeof contractAddress === "string" ? address(contractAddress) : undefined,
      logs: Array.isArray(logs) ? logs.map(readLog) : [],
    };
  }

  /** Every log of a contract, with its place in the chain. */
  async logsOf(contract: Address): Promise<readonly { readonly log: TestLog; readonly place: EventPlace }[]> {
    const filter = { address: contract, fromBlock: "earliest", toBlock: "latest" };
    const answer = await this.#send("eth_getLogs", [filter]);
    const times = new Map<number, UnixSeconds>();
    const logs = [];
    for (const value of Array.isArray(answer) ? answer : []) {
      const raw = readRecord(value, "a log");
      const blockNumber = readNumber(raw["blockNumber"]);
      const blockTime = times.get(blockNumber) ?? (await this.#timeOf(raw["blockNumber"]));
      times.set(blockNumber, blockTime);
      const log = readLog(value);
      const { logIndex } = log;
      const transactionHash = readHash(raw["transactionHash"]);
      logs.push({ log, place: { blockNumber, blockTime, transactionHash, logIndex } });
    }
    return logs;
  }

  async #timeOf(blockNumber: unknown): Promise<UnixSeconds> {
    const block = await this.#send("eth_getBlockByNumber", [blockNumber, false]);
    return readNumber(readRecord(block, "a block")["timestamp"]);
  }

  /** JSON-RPC; every transaction gets the block time after the last. */
  async request({ method, params }: Request): Promise<unknown> {
    if (method === "eth_sendTransaction") {
      this.#time += 1;
      await this.#send("evm_setNextBlockTimestamp", [this.#time]);
    }
    return this.#send(method, Array.isArray(params) ? params : []);
  }

  reader() {
    return createPublicClient({ chain: testChain, transport: this.#transport() });
  }

  writer(account: Address) {
    return createWalletClient({ account, chain: testChain, transport: this.#transport() });
  }

  #transport() {
    return custom({ request: (request: Request) => this.request(request) }, { retryCount: 0 });
  }
}

// While the file is loaded, so that compiling what has changed counts against no test's time limit.
await hre.tasks.getTask("build").run({ quiet: true, noTests: true });

/** The one chain of the run. Whoever shares it takes a snapshot and restores it. */
export const chain = await TestChain.create();
