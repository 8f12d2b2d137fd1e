/**
 * The embedded chain: Hardhat's simulated EVM in the gateway's own process. It keeps nothing: everything it has
 * executed is in the outbox, and a start replays it. It is created from the constants of pinned.ts alone, without
 * the project's hardhat.config.ts, so that neither a compiler setting nor a working directory can change a block.
 */
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { custom } from "viem";
import type { CustomTransport } from "viem";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { loadOf } from "./limit.ts";
import { logsInParts } from "./logs-in-parts.ts";
import * as pinned from "./pinned.ts";
import { PlanRefused } from "./port.ts";
import type { BlockHead, BlockPlan, PlannedChain, Hex, Outcome } from "./port.ts";
import { readOnlyRequest, RpcFailure } from "./rpc.ts";
import type { RpcRequest } from "./rpc.ts";
import {
  isHex,
  quantity,
  readAddress,
  readHash,
  readNumber,
  readQuantity,
  readRecord,
  UnexpectedAnswer,
} from "./wire.ts";

/** The installed Hardhat is not the one whose blocks were recorded. */
export class HardhatVersionMismatch extends Error {
  readonly expected: string;
  readonly installed: string;
  constructor(expected: string, installed: string) {
    super(
      `embedded chain: this gateway's blocks are pinned to Hardhat ${expected}, ${installed} is installed; ` +
        `run npm ci to install the pinned release`,
    );
    this.name = "HardhatVersionMismatch";
    this.expected = expected;
    this.installed = installed;
  }
}

type Send = (method: string, params?: readonly unknown[]) => Promise<unknown>;

export class EmbeddedChain implements PlannedChain {
  readonly chainId: number;
  readonly #send: Send;
  readonly #close: () => Promise<void>;
  #load = 0;

  private constructor(chainId: number, send: Send, close: () => Promise<void>) {
    this.chainId = chainId;
    this.#send = send;
    this.#close = close;
  }

  /**
   * A fresh chain at block 0. Throws {@link HardhatVersionMismatch} where another Hardhat is installed than the
   * pinned one (`expectedVersion` exists for the test of that refusal).
   */
  static async create(
    chainId: number = pinned.embeddedChainId,
    expectedVersion: string = pinned.hardhatVersion,
  ): Promise<EmbeddedChain> {
    // A ledger's server talks to nobody by itself. Hardhat reads this before each of its reports.
    process.env["HARDHAT_DISABLE_TELEMETRY"] = "true";
    const runtime = await createHardhatRuntimeEnvironment(networkConfig(chainId), {}, import.meta.dirname);
    if (runtime.versions.hardhat !== expectedVersion) {
      throw new HardhatVersionMismatch(expectedVersion, runtime.versions.hardhat);
    }
    const connection = await runtime.network.create({ network: "ledger" });
    const send: Send = (method, params = []) => connection.provider.request({ method, params: [...params] });
    return new EmbeddedChain(chainId, send, () => connection.close());
  }

  /** Ends the chain; what it held is gone. */
  close(): Promise<void> {
    return this.#close();
  }

  /** What a start has to execute again, in transactions; limit.ts says how long ones count. */
  get load(): number {
    return this.#load;
  }

  head(): Promise<BlockHead> {
    return this.#header("latest").then((block) => block.head);
  }

  async block(number: number): Promise<BlockHead | undefined> {
    const answer = await this.#send("eth_getBlockByNumber", [quantity(number), false]);
    return answer === null ? undefined : readBlock(answer).head;
  }

  async mineBlock(plan: BlockPlan): Promise<BlockHead> {
    const parent = await this.head();
    if (plan.number !== parent.number + 1) {
      throw new PlanRefused(plan.number, `the chain stands at block ${parent.number}`);
    }
    if (plan.time < parent.time) {
      throw new PlanRefused(plan.number, `time ${plan.time} is before its parent's ${parent.time}`);
    }
    // One after the other: the pool is first in, first out, and only a serial caller fixes what came in first.
    for (const transaction of plan.transactions) await this.#accept(plan.number, transaction.raw);
    await this.#send("evm_mine", [quantity(plan.time)]);
    for (const transaction of plan.transactions) this.#load += loadOf(transaction);

    const { head, transactions } = await this.#header("latest");
    if (head.number !== plan.number || head.time !== plan.time) {
      throw new PlanRefused(plan.number, `block ${head.number} at ${head.time} was made instead`);
    }
    const differs = plan.transactions.findIndex((planned, index) => planned.hash !== transactions[index]);
    if (differs !== -1 || transactions.length !== plan.transactions.length) {
      throw new PlanRefused(
        plan.number,
        `${plan.transactions.length} transactions planned, ${transactions.length} mined` +
          (differs === -1 ? "" : `, the first difference at index ${differs}`),
      );
    }
    return head;
  }

  async outcome(transaction: Bytes32): Promise<Outcome | undefined> {
    const answer = await this.#send("eth_getTransactionReceipt", [transaction]);
    if (answer === null) return undefined;
    const receipt = readRecord(answer, "a receipt");
    const common = {
      blockNumber: readNumber(receipt["blockNumber"]),
      blockHash: readHash(receipt["blockHash"]),
      gasUsed: readQuantity(receipt["gasUsed"]),
    };
    if (readQuantity(receipt["status"]) === 0n) {
      return { status: "reverted", ...common, revertData: await this.#revertData(transaction) };
    }
    const created = receipt["contractAddress"];
    return created === null || created === undefined
      ? { status: "succeeded", ...common }
      : { status: "succeeded", ...common, contractAddress: readAddress(created) };
  }

  async code(contract: Address): Promise<Hex> {
    const code = await this.#send("eth_getCode", [contract, "latest"]);
    if (!isHex(code)) throw new UnexpectedAnswer("code", code);
    return code;
  }

  /**
   * Answers read-only JSON-RPC as rpc.ts allows it: nothing that could mine, sign or move the clock passes.
   * Throws {@link RpcFailure} with the node's code, message and revert data.
   */
  request(request: RpcRequest): Promise<unknown> {
    return readOnlyRequest(request, (method, params) =>
      method === "eth_getLogs" ? logsInParts(params, this.#send) : this.#send(method, params),
    );
  }

  /** For viem clients that read: `createPublicClient({ transport: chain.transport() })`. */
  transport(): CustomTransport {
    return custom({ request: (request: RpcRequest) => this.request(request) }, { retryCount: 0 });
  }

  async #accept(blockNumber: number, raw: Hex): Promise<void> {
    try {
      await this.#send("eth_sendRawTransaction", [raw]);
    } catch (error) {
      throw new PlanRefused(blockNumber, `a transaction was not accepted: ${RpcFailure.from(error).message}`);
    }
  }

  async #header(tag: "latest"): Promise<{ head: BlockHead; transactions: readonly unknown[] }> {
    return readBlock(await this.#send("eth_getBlockByNumber", [tag, false]));
  }

  async #revertData(transaction: Bytes32): Promise<Hex> {
    const options = { tracer: "callTracer", tracerConfig: { onlyTopCall: true } };
    const trace = readRecord(await this.#send("debug_traceTransaction", [transaction, options]), "a trace");
    const output = trace["output"];
    return isHex(output) ? output : "0x";
  }
}

const networkConfig = (chainId: number) => ({
  // Nothing is compiled here and no artefact is read: call traces need none.
  paths: { artifacts: "./none", cache: "./none" },
  networks: {
    ledger: {
      type: "edr-simulated" as const,
      chainType: "l1" as const,
      chainId,
      accounts: [],
      hardfork: pinned.hardfork,
      blockGasLimit: pinned.blockGasLimit,
      initialBaseFeePerGas: pinned.baseFeePerGas,
      initialDate: new Date(pinned.genesisTimeSeconds * 1000),
      coinbase: pinned.coinbase,
      // The gateway groups many small writes; whole seconds between blocks would run ahead of the clock.
      allowBlocksWithSameTimestamp: true,
      mining: { auto: false, interval: 0, mempool: { order: "fifo" as const } },
      // A revert is an outcome of the books, read from the receipt, not an error of the chain.
      throwOnTransactionFailures: false,
      // Fixed values keep Hardhat from asking for fees and estimates of its own.
      gas: pinned.transactionGasLimit,
      gasPrice: pinned.baseFeePerGas,
    },
  },
});

const readBlock = (answer: unknown): { head: BlockHead; transactions: readonly unknown[] } => {
  const block = readRecord(answer, "a block");
  const transactions = block["transactions"];
  return {
    head: {
      number: readNumber(block["number"]),
      hash: readHash(block["hash"]),
      time: readNumber(block["timestamp"]),
    },
    transactions: Array.isArray(transactions) ? transactions : [],
  };
};
