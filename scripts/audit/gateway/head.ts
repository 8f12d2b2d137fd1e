/** The block that a gateway speaks of: whether the chain has it, and whether the gateway follows. */
import type { Checks } from "../../../protocol/audit/check.ts";
import type { Address } from "../../../protocol/ids.ts";
import { headerAt } from "../headers.ts";
import type { History } from "../history.ts";
import { membersOf, numberOf, type Ask } from "../node.ts";
import { answeredRanges } from "../read-logs.ts";
import { GatewayFailure, type GatewayAsk, type ToldHead } from "./client.ts";

const path = "/v1/summary";

/** Rejects with GatewayFailure. */
export const headOfGateway = async (ask: GatewayAsk): Promise<ToldHead> => {
  const answer = await ask(path);
  if (answer === undefined) throw new GatewayFailure(path, "there is no such answer");
  return answer.head;
};

/**
 * The block that books and gateway can be compared at: the gateway's own, where the chain has it; otherwise undefined,
 * and a finding. Rejects with NodeFailure.
 */
export const comparableBlock = async (
  checks: Checks,
  ask: Ask,
  ledger: Address,
  told: ToldHead,
): Promise<number | undefined> => {
  const check = checks.of("gateway.head");
  const header = await headerAt(ask, told.block);
  check.counted();
  check.equal("the gateway", "ledger", ledger, told.ledger);
  if (header === undefined) {
    check.says(
      "the gateway",
      "block",
      `the gateway speaks of block ${told.block}, which the chain does not have`,
    );
    return undefined;
  }
  if (header.hash === told.hash) return told.block;
  const sentence = `the gateway speaks of another chain: its block ${told.block} is ${told.hash}, the node's ${header.hash}`;
  check.says("the gateway", "block hash", sentence);
  return undefined;
};

/** The block of the ledger's newest log in these blocks; 0 where there is none. Rejects with NodeFailure. */
export const newestLogBetween = async (
  ask: Ask,
  ledger: Address,
  fromBlock: number,
  toBlock: number,
): Promise<number> => {
  let log = 0;
  for await (const { answer } of answeredRanges(ask, { ledger, fromBlock, toBlock })) {
    for (const one of answer) {
      log = Math.max(log, numberOf(membersOf(one, "eth_getLogs")["blockNumber"], "eth_getLogs"));
    }
  }
  return log;
};

const newestLog = async (
  ask: Ask,
  { ledger, block }: History,
): Promise<{ readonly head: number; readonly log: number }> => {
  const latest = await headerAt(ask, "latest");
  const head = latest?.number ?? block.number;
  const log = head <= block.number ? 0 : await newestLogBetween(ask, ledger, block.number + 1, head);
  return { head, log };
};

/**
 * Asked at the end: a gateway that still speaks of the audited block, while the chain has final logs of the ledger
 * behind it, shows old books. Rejects with NodeFailure and GatewayFailure.
 */
export const checkFollows = async (
  checks: Checks,
  ask: Ask,
  gateway: GatewayAsk,
  history: History,
): Promise<void> => {
  const { head, log } = await newestLog(ask, history);
  if (log === 0) return;
  const { block, finalityBlocks } = await headOfGateway(gateway);
  if (block >= log || log > head - finalityBlocks) return;
  const sentence = `the gateway shows old books: it speaks of block ${block}, the chain has logs of the ledger up to block ${log}`;
  checks.of("gateway.head").says("the gateway", "block", sentence);
};
