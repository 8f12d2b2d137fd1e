/** What a node says of an export: its last block, and for an export of the ledger every log with the time of its block. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Request } from "../../chain/light/json-rpc.ts";
import { numberIn, quantity, textIn, topicsIn } from "../../chain/light/logs.ts";
import type { ExportHeader } from "../../protocol/exports/header.ts";
import { readLedgerLine } from "../../protocol/exports/ledger-rows.ts";
import type { LedgerRow } from "../../protocol/exports/ledger-rows.ts";
import { Unanswered } from "../../protocol/verify/steps.ts";

export interface HeldAgainstNode {
  readonly isSound: boolean;
  readonly lines: readonly string[];
}

/** Blocks whose logs are compared at once: at most one batch of donations each, of 240 kB in hexadecimal. */
const blocksAtOnce = 100;
const listedFaults = 20;

/** What a log says, by its place: `<block> <index in the block>`. */
type Logs = Map<string, string>;

const placeOf = (block: number, logIndex: number): string => `${block} ${logIndex}`;
const said = (parts: readonly (string | readonly string[])[]): string => JSON.stringify(parts);

const logsOfNode = async (
  request: Request,
  header: ExportHeader,
  from: number,
  to: number,
): Promise<Logs> => {
  const filter = { address: header.ledger, fromBlock: quantity(from), toBlock: quantity(to) };
  let answer: unknown;
  try {
    answer = await request("eth_getLogs", [filter]);
  } catch (error) {
    const isTooLong = error instanceof Unanswered && ["refused", "tooMany"].includes(error.reason);
    if (!isTooLong || from === to) throw error;
    const middle = Math.floor((from + to) / 2);
    const halves = [
      await logsOfNode(request, header, from, middle),
      await logsOfNode(request, header, middle + 1, to),
    ];
    return new Map(halves.flatMap((half) => [...half]));
  }
  if (!Array.isArray(answer)) throw new Unanswered("garbled", "no list of logs");
  return new Map(
    answer.map((log) => [
      placeOf(numberIn(log, "blockNumber"), numberIn(log, "logIndex")),
      said([textIn(log, "blockHash"), textIn(log, "transactionHash"), topicsIn(log), textIn(log, "data")]),
    ]),
  );
};

const logsOfFile = (rows: readonly LedgerRow[]): Logs =>
  new Map(
    rows.map((row) => [
      placeOf(row.blockNumber, row.logIndex),
      said([row.blockHash, row.transactionHash, row.topics, row.data]),
    ]),
  );

async function* rowsOf(file: string): AsyncGenerator<LedgerRow> {
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!isHeader) yield readLedgerLine(line);
    isHeader = false;
  }
}

/** Blocks of the file whose time is another one on the chain. */
const wrongTimes = async (request: Request, rows: readonly LedgerRow[]): Promise<readonly string[]> => {
  const times = new Map(rows.map(({ blockNumber, blockTime }) => [blockNumber, blockTime]));
  const found = await Promise.all(
    [...times].map(async ([number, time]) => {
      const block = await request("eth_getBlockByNumber", [quantity(number), false]);
      const own = numberIn(block, "timestamp");
      return own === time ? [] : [`timeDiffers: block ${number} has time ${own}, the file says ${time}`];
    }),
  );
  return found.flat();
};

const differences = (file: Logs, node: Logs): readonly string[] => {
  const named = (place: string): string => `the log ${place.replace(/^(\d+) /, "of block $1 with index ")}`;
  const missing = [...node.keys()].filter((place) => !file.has(place));
  const invented = [...file.keys()].filter((place) => !node.has(place));
  const changed = [...file].filter(([place, text]) => node.has(place) && node.get(place) !== text);
  return [
    ...missing.map((place) => `logMissing: ${named(place)} is on the chain and not in the file`),
    ...invented.map((place) => `logInvented: ${named(place)} is in the file and not on the chain`),
    ...changed.map(([place]) => `logDiffers: ${named(place)} says something else on the chain`),
  ];
};

/** Every log, some blocks at a time. Answers what differs. */
const compareLedger = async (
  file: string,
  header: ExportHeader,
  request: Request,
): Promise<readonly string[]> => {
  const rows = rowsOf(file);
  const faults: string[] = [];
  let next = await rows.next();
  for (let from = header.fromBlock; from <= header.toBlock; from += blocksAtOnce) {
    const to = Math.min(header.toBlock, from + blocksAtOnce - 1);
    const own: LedgerRow[] = [];
    for (; next.done !== true && next.value.blockNumber <= to; next = await rows.next()) own.push(next.value);
    faults.push(...differences(logsOfFile(own), await logsOfNode(request, header, from, to)));
    if (faults.length === 0) faults.push(...(await wrongTimes(request, own)));
    if (faults.length >= listedFaults) return faults.slice(0, listedFaults);
  }
  return faults;
};

/** Whether the export is of the node's chain at all. */
const placeFaults = async (header: ExportHeader, request: Request): Promise<readonly string[]> => {
  const chainId = numberIn({ answer: await request("eth_chainId", []) }, "answer");
  if (chainId !== header.chainId) {
    return [`otherChain: the node is of chain ${chainId}, the export of ${header.chainId}`];
  }
  const genesis = await request("eth_getBlockByNumber", [quantity(0), false]);
  if (textIn(genesis, "hash") !== header.genesis) {
    return ["otherChain: the node's block 0 is another one than the export's"];
  }
  const block = await request("eth_getBlockByNumber", [quantity(header.toBlock), false]);
  if (block === null) return [`blockUnknown: the node has no block ${header.toBlock}`];
  if (textIn(block, "hash") !== header.toBlockHash) {
    return [`otherBlock: the node's block ${header.toBlock} is ${textIn(block, "hash")}`];
  }
  return [];
};

/** Holds a whole file against a node. Throws Unanswered where that does not answer. */
export const heldAgainstNode = async (
  file: string,
  header: ExportHeader,
  request: Request,
): Promise<HeldAgainstNode> => {
  const elsewhere = await placeFaults(header, request);
  if (elsewhere.length > 0) return { isSound: false, lines: elsewhere };
  const found = `the node has block ${header.toBlock} of this export`;
  if (header.kind !== "ledger") {
    const rest =
      "not held against the chain: the rows themselves, which are worked out of an export of the ledger";
    return { isSound: true, lines: [found, rest] };
  }
  const faults = await compareLedger(file, header, request);
  if (faults.length > 0) return { isSound: false, lines: faults };
  return { isSound: true, lines: [found, "every log is the node's own, and none of the node's is missing"] };
};
