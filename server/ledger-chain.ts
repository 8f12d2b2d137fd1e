/**
 * The chain that a data folder's ledger is on, with everything in which the two kinds of chain differ for the rest of
 * the gateway: how it is written to, how the index reads it, and when a block counts.
 */
import type { Address } from "../protocol/ids.ts";
import type { Head } from "../protocol/ports/views.ts";
import type { Clock } from "./chain/clock.ts";
import { EmbeddedChain } from "./chain/embedded.ts";
import { nodeClient } from "./chain/node-client.ts";
import { NodeChain, WrongNode } from "./chain/node-chain.ts";
import type { ReadableChain } from "./chain/port.ts";
import { InvalidConfig, type Config, type Secret } from "./config.ts";
import type { ChainReader } from "./index/chain-reader.ts";
import { rpcChainReader } from "./index/rpc-chain-reader.ts";
import type { Line, LineParts } from "./outbox/line.ts";
import { PlannedLine } from "./outbox/planned-line.ts";
import { PublishedLine } from "./outbox/published-line.ts";
import type { ReplayProgress } from "./outbox/replay.ts";

export interface LedgerChain {
  readonly kind: "embedded" | "outside";
  readonly chain: ReadableChain;
  readonly line: (parts: LineParts) => Line;
  readonly reader: (ledger: Address) => ChainReader;
  readonly finality: Pick<Head, "finality" | "finalityBlocks">;
  /** What a transaction that was signed elsewhere must keep to. */
  readonly relaying: RelayRules;
}

export interface RelayRules {
  /** Gas costs nothing here, and no transaction may offer anything for it. */
  readonly isGasFree: boolean;
  /** How many transactions of the account the chain holds, whoever sent them there. */
  readonly nonceOnChain: (account: Address) => Promise<number>;
}

export interface LedgerChainOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly onReplay: (progress: ReplayProgress) => void;
  /** For the log: what an operator should know at once. */
  readonly onNotice: (what: string) => void;
}

/** Time for one answer of a node. */
const answerMs = 15_000;
const gwei = 1_000_000_000n;

/** Throws what EmbeddedChain.create throws, WrongNode, NodeUnreachable, and InvalidConfig for a clock of its own. */
export const openLedgerChain = (options: LedgerChainOptions): Promise<LedgerChain> => {
  const { rpcUrl } = options.config;
  return rpcUrl === undefined ? embedded(options) : outside(options, rpcUrl);
};

const embedded = async ({ config, clock, onReplay }: LedgerChainOptions): Promise<LedgerChain> => {
  const chain = await EmbeddedChain.create(config.chainId);
  return {
    kind: "embedded",
    chain,
    line: (parts) => new PlannedLine({ chain, clock, onReplay }, parts),
    reader: (ledger) => rpcChainReader(chain, ledger),
    finality: { finality: "final" },
    relaying: { isGasFree: true, nonceOnChain: async () => 0 },
  };
};

const outside = async (
  { config, clock, onNotice }: LedgerChainOptions,
  rpcUrl: Secret,
): Promise<LedgerChain> => {
  if (clock.kind === "demonstration") {
    throw new InvalidConfig([
      {
        variable: "RPC_URL",
        expected: "to be unset: a demonstration runs on the embedded chain, with its own clock",
      },
    ]);
  }
  const chain = await NodeChain.connect(nodeClient(rpcUrl.reveal(), answerMs));
  const { expectedChainId, finalityBlocks, pollMs, maxFeeGwei } = config;
  if (expectedChainId !== undefined && expectedChainId !== chain.chainId) {
    throw new WrongNode(String(expectedChainId), String(chain.chainId));
  }
  const published = { finalityBlocks, pollMs, maxFeePerGas: BigInt(maxFeeGwei) * gwei, onNotice };
  return {
    kind: "outside",
    chain,
    line: (parts) => new PublishedLine({ ...published, chain }, parts),
    // Everything that is read has its blocks on top; a block deeper than that is read by ranges.
    reader: (ledger) =>
      rpcChainReader(chain.provider(), ledger, { finalityBlocks, nearBlocks: finalityBlocks + nearBlocks }),
    finality: finalityBlocks === 0 ? { finality: "pending" } : { finality: "final", finalityBlocks },
    relaying: {
      isGasFree: false,
      nonceOnChain: async (account) => chain.nonceAt(account, (await chain.head()).number),
    },
  };
};

/** Blocks of which logs are asked for one by one. */
const nearBlocks = 32;
