/**
 * A ledger on a chain of its own in this process: every figure of the example is asked of the contract, and asked
 * again of the protocol, which knows nothing but the contract's events. Where the two differ the example ends.
 */
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { createPublicClient, createWalletClient, custom, keccak256, stringToHex, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { decodeLedgerLog } from "../../chain/decode.ts";
import { decodeRefusal, refusalText } from "../../chain/errors.ts";
import { encodeVerb, type Verb } from "../../chain/verbs.ts";
import { address, bytes32, type Address } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { deployContracts } from "../../server/commands/deploy.ts";

const chainId = 8651;
const secondsBetweenTransactions = 60;

export const actors = ["admin", "recorder", "treasurer", "coordinator", "adjudicator", "payer"] as const;
export type Actor = (typeof actors)[number];

/** Keys of this one run's chain, made from the actors' names. */
const keyOf = (actor: Actor): Hex => keccak256(stringToHex(`example ${actor}`));

export class ExampleDisagreement extends Error {
  constructor(what: string, contract: unknown, protocol: unknown) {
    super(`${what}: the contract says ${String(contract)}, the protocol ${String(protocol)}`);
    this.name = "ExampleDisagreement";
  }
}

type Provider = { request(request: { method: string; params?: unknown[] }): Promise<unknown> };

const openChain = async (time: UnixSeconds) => {
  process.env["HARDHAT_DISABLE_TELEMETRY"] = "true";
  const runtime = await createHardhatRuntimeEnvironment({
    networks: {
      example: {
        type: "edr-simulated",
        chainType: "l1",
        chainId,
        hardfork: "prague",
        initialDate: new Date(time * 1000),
        accounts: actors.map((actor) => ({ privateKey: keyOf(actor), balance: 10n ** 18n })),
      },
    },
  });
  return runtime.network.create({ network: "example" });
};

export class ExampleLedger {
  readonly state: LedgerState = emptyState();
  readonly ledger: Address;
  readonly lens: Address;
  /** The time of the last transaction. */
  time: UnixSeconds;
  readonly #provider: Provider;
  readonly #close: () => Promise<void>;

  private constructor(
    provider: Provider,
    close: () => Promise<void>,
    contracts: { readonly ledger: Address; readonly lens: Address },
    time: UnixSeconds,
  ) {
    this.#provider = provider;
    this.#close = close;
    this.ledger = contracts.ledger;
    this.lens = contracts.lens;
    this.time = time;
  }

  /** Empty books at `time`. */
  static async open(time: UnixSeconds): Promise<ExampleLedger> {
    const connection = await openChain(time);
    const { provider } = connection;
    const { ledger, lens } = await deployContracts({
      transport: custom(provider, { retryCount: 0 }),
      chainId,
      account: privateKeyToAccount(keyOf("admin")),
      adminDelaySeconds: 0,
    });
    const contracts = { ledger: ledger.address, lens: lens.address };
    // Block times run ahead of the clock by a second for each of the two deployments.
    return new ExampleLedger(
      provider,
      () => connection.close(),
      contracts,
      time + secondsBetweenTransactions,
    );
  }

  close(): Promise<void> {
    return this.#close();
  }

  account(actor: Actor): Address {
    return address(privateKeyToAccount(keyOf(actor)).address);
  }

  get client() {
    return createPublicClient({ transport: this.#transport() });
  }

  /** The lens as chain/lens.ts reads it. */
  get lensAt() {
    return { client: this.client, lens: this.lens };
  }

  programme(id: number) {
    return this.client.readContract({
      address: this.lens,
      abi: lensAbi,
      functionName: "programme",
      args: [id],
    });
  }

  period(programme: number, period: number) {
    const args = [programme, period] as const;
    return this.client.readContract({ address: this.lens, abi: lensAbi, functionName: "period", args });
  }

  fund(id: number) {
    return this.client.readContract({ address: this.lens, abi: lensAbi, functionName: "fund", args: [id] });
  }

  /** Lets time pass until `time`; the next call and transaction see it. */
  async passUntil(time: UnixSeconds): Promise<void> {
    this.time = time;
    await this.#provider.request({ method: "evm_mine", params: [time] });
  }

  /** Carries a verb out on the contract and takes its events into the protocol's books. */
  async record(actor: Actor, verb: Verb): Promise<void> {
    this.time += secondsBetweenTransactions;
    await this.#provider.request({ method: "evm_setNextBlockTimestamp", params: [this.time] });
    const wallet = createWalletClient({
      transport: this.#transport(),
      account: privateKeyToAccount(keyOf(actor)),
    });
    const hash = await wallet.sendTransaction({ chain: null, to: this.ledger, data: encodeVerb(verb) });
    const { logs, blockNumber } = await this.client.getTransactionReceipt({ hash });
    for (const log of logs) {
      const event = decodeLedgerLog(log);
      if (event === undefined) continue;
      const place = {
        blockNumber: Number(blockNumber),
        blockTime: this.time,
        transactionHash: bytes32(hash),
        logIndex: log.logIndex,
      };
      applyEvent(this.state, { place, event });
    }
  }

  /** The contract's words for refusing a verb; undefined where it would carry it out. */
  async refusalOf(actor: Actor, verb: Verb): Promise<string | undefined> {
    const call = { from: this.account(actor), to: this.ledger, data: encodeVerb(verb) };
    try {
      await this.#provider.request({ method: "eth_call", params: [call, "latest"] });
      return undefined;
    } catch (error) {
      const data = typeof error === "object" && error !== null ? revertDataOf(error) : undefined;
      if (data === undefined) throw error;
      return refusalText(decodeRefusal(data));
    }
  }

  #transport() {
    return custom(this.#provider, { retryCount: 0 });
  }
}

/** Hardhat hands the revert data on as the error's own data, or one level deeper. */
const revertDataOf = (error: object): string | undefined => {
  const data: unknown = Reflect.get(error, "data");
  if (typeof data === "string") return data;
  return typeof data === "object" && data !== null ? revertDataOf(data) : undefined;
};
