/** All logs of the ledger by eth_getLogs, in ranges as long as the node lets them be, decoded as they come. */
import { createHash } from "node:crypto";
import { mayHold } from "../../chain/bloom.ts";
import { decodeLedgerLog } from "../../chain/decode.ts";
import { quantity } from "../../chain/light/logs.ts";
import type { Check } from "../../protocol/audit/check.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";
import type { Header } from "./headers.ts";
import { hashOf, hexOf, listOf, membersOf, NodeFailure, numberOf, type Ask } from "./node.ts";

/** A log as it was told, decoded; undefined where the books do not depend on it. */
export interface ToldLog {
  readonly address: string;
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly transactionHash: Bytes32;
  readonly logIndex: number;
  readonly topics: readonly Bytes32[];
  /** Of its topics and data: two logs with the same say the same. */
  readonly fingerprint: string;
  readonly event: LedgerEvent | undefined;
}

const method = "eth_getLogs";

/** A log that the ledger's ABI does not know, with the place where it stands. */
const decoded = (check: Check, log: Omit<ToldLog, "event">, data: string): LedgerEvent | undefined => {
  try {
    return decodeLedgerLog({ topics: log.topics, data });
  } catch (error) {
    const name = `block ${log.blockNumber}, log ${log.logIndex}`;
    check.says(name, "unreadable", `${name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};

/** What a log says, in 64 digits. */
export const fingerprintOf = (topics: readonly string[], data: string): string =>
  createHash("sha256")
    .update([...topics, data].join(" "))
    .digest("hex");

const readLog = (check: Check, answer: unknown): ToldLog => {
  const log = membersOf(answer, method);
  const data = hexOf(log["data"], method);
  const topics = listOf(log["topics"], method).map((topic) => hashOf(topic, method));
  const told = {
    address: hexOf(log["address"], method),
    blockNumber: numberOf(log["blockNumber"], method),
    blockHash: hashOf(log["blockHash"], method),
    transactionHash: hashOf(log["transactionHash"], method),
    logIndex: numberOf(log["logIndex"], method),
    topics,
    fingerprint: fingerprintOf(topics, data),
  };
  return { ...told, event: decoded(check, told, data) };
};

export interface LogRange {
  readonly ledger: Address;
  readonly fromBlock: number;
  readonly toBlock: number;
}

const firstRangeBlocks = 1_000;
/** A node that answers this many at once is not asked for more. */
const comfortableLogs = 2_000;
/** So many ranges of a length that is taken go by before a longer one is tried again. */
const rangesAfterRefusal = 8;

/** Who hears of logs while they are still read. */
export interface Listener {
  readonly onEvent: (event: LedgerEvent) => void;
  readonly onProgress: (block: number) => void;
}

/** What was answered for the blocks up to `to`. */
interface AnsweredRange {
  readonly to: number;
  readonly answer: readonly unknown[];
}

/**
 * The answers to a range, in parts as long as the node lets them be. Rejects with NodeFailure where the node refuses a
 * single block, or does not answer.
 */
export async function* answeredRanges(
  ask: Ask,
  { ledger, fromBlock, toBlock }: LogRange,
): AsyncGenerator<AnsweredRange> {
  let [from, blocks, wait] = [fromBlock, firstRangeBlocks, 0];
  while (from <= toBlock) {
    const to = Math.min(toBlock, from + blocks - 1);
    let answer: readonly unknown[];
    try {
      const filter = { address: ledger, fromBlock: quantity(from), toBlock: quantity(to) };
      answer = listOf(await ask(method, [filter]), method);
    } catch (error) {
      const mayCut = error instanceof NodeFailure && error.reason === "refused" && to > from;
      if (!mayCut) throw error;
      blocks = Math.max(1, Math.floor((to - from + 1) / 2));
      wait = rangesAfterRefusal;
      continue;
    }
    yield { to, answer };
    from = to + 1;
    wait = Math.max(0, wait - 1);
    if (wait === 0 && answer.length < comfortableLogs) blocks *= 2;
  }
}

/** All logs of a range. Rejects as {@link answeredRanges} does. */
export const readLogs = async (
  ask: Ask,
  check: Check,
  range: LogRange,
  { onEvent, onProgress }: Listener,
): Promise<readonly ToldLog[]> => {
  const logs: ToldLog[] = [];
  for await (const { to, answer } of answeredRanges(ask, range)) {
    for (const one of answer) {
      const log = readLog(check, one);
      logs.push(log);
      if (log.event !== undefined) onEvent(log.event);
    }
    onProgress(to);
  }
  return logs;
};

const nameOf = ({ blockNumber, logIndex }: ToldLog): string => `block ${blockNumber}, log ${logIndex}`;

const inOrder = (one: ToldLog, other: ToldLog): number =>
  one.blockNumber - other.blockNumber || one.logIndex - other.logIndex;

/** Logs in the order of the chain; a node that tells them in another is named once for each. */
const sorted = (check: Check, logs: readonly ToldLog[]): readonly ToldLog[] => {
  let previous: ToldLog | undefined;
  for (const log of logs) {
    if (previous !== undefined && inOrder(log, previous) < 0) {
      check.says(nameOf(log), "order", `${nameOf(log)}: told after ${nameOf(previous)}`);
    }
    previous = log;
  }
  return logs.toSorted(inOrder);
};

/** What a log must be whatever it says. Answers whether it may be counted. */
const checkPlace = (
  check: Check,
  log: ToldLog,
  previous: ToldLog | undefined,
  { ledger, fromBlock, toBlock }: LogRange,
): boolean => {
  const name = nameOf(log);
  if (log.address !== ledger) {
    check.differs(name, "address", ledger, log.address);
    return false;
  }
  if (log.blockNumber < fromBlock || log.blockNumber > toBlock) {
    check.differs(name, "block", `${fromBlock} to ${toBlock}`, log.blockNumber);
    return false;
  }
  if (previous === undefined || inOrder(log, previous) !== 0) return true;
  check.says(name, "repeated", `${name}: told twice`);
  return false;
};

const checkHeader = (check: Check, log: ToldLog, header: Header, ledger: Address): void => {
  const name = nameOf(log);
  check.equal(name, "block hash", header.hash, log.blockHash);
  const { bloom } = header;
  if (bloom === undefined) return;
  const isDenied = ![ledger, ...log.topics].every((value) => mayHold(bloom, value));
  if (isDenied) check.says(name, "denied", `${name}: the block's own filter of logs denies that it is there`);
};

/**
 * Holds logs against the question and against the headers, and answers the events that count, in order, with the time
 * of their blocks. `headers` has at least the block of every log.
 */
export const eventsOf = (
  check: Check,
  logs: readonly ToldLog[],
  headers: readonly Header[],
  range: LogRange,
): readonly RecordedEvent[] => {
  const byNumber = new Map(headers.map((header) => [header.number, header]));
  const events: RecordedEvent[] = [];
  let previous: ToldLog | undefined;
  for (const log of sorted(check, logs)) {
    check.counted();
    if (!checkPlace(check, log, previous, range)) continue;
    previous = log;
    const { blockNumber, transactionHash, logIndex, event } = log;
    const header = byNumber.get(blockNumber);
    if (header !== undefined) checkHeader(check, log, header, range.ledger);
    if (event === undefined) continue;
    events.push({ event, place: { blockNumber, blockTime: header?.time ?? 0, transactionHash, logIndex } });
  }
  return events;
};
