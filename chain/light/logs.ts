/** Logs of the ledger by eth_getLogs, each held against the question: a node that answers another one has not answered. */
import type { Address } from "../../protocol/ids.ts";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import { Unanswered } from "../../protocol/verify/steps.ts";
import { readEvent, type EventReader } from "./events.ts";
import type { Request } from "./json-rpc.ts";
import { eventTopic } from "./words.ts";

/** More records than this are nothing for a browser; the auditor reads them. */
const mostLogs = 20_000;
/** How many questions one list may be cut into where a node refuses long ranges. */
const mostParts = 64;

export interface LogQuery {
  readonly ledger: Address;
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Behind the first topic, which is the event's; null takes any. */
  readonly topics: readonly (string | null)[];
}

interface RawLog {
  readonly address: string;
  readonly blockNumber: number;
  readonly logIndex: number;
  readonly topics: readonly string[];
  readonly data: string;
}

export const quantity = (value: number): `0x${string}` => `0x${value.toString(16)}`;

/** A member of a JSON object as text. Throws Unanswered("garbled"). */
export const textIn = (value: unknown, name: string): string => {
  const found: unknown =
    typeof value === "object" && value !== null
      ? Object.getOwnPropertyDescriptor(value, name)?.value
      : undefined;
  if (typeof found !== "string" || !/^0x[0-9a-f]*$/i.test(found))
    throw new Unanswered("garbled", `no ${name}`);
  return found.toLowerCase();
};

export const numberIn = (value: unknown, name: string): number => {
  const number = Number(textIn(value, name));
  if (!Number.isSafeInteger(number)) throw new Unanswered("garbled", `${name} is no small number`);
  return number;
};

export const topicsIn = (value: unknown): readonly string[] => {
  const topics: unknown =
    typeof value === "object" && value !== null
      ? Object.getOwnPropertyDescriptor(value, "topics")?.value
      : undefined;
  if (!Array.isArray(topics) || !topics.every((topic) => typeof topic === "string")) {
    throw new Unanswered("garbled", "no topics");
  }
  return topics.map((topic) => topic.toLowerCase());
};

const readLog = (value: unknown): RawLog => ({
  address: textIn(value, "address"),
  blockNumber: numberIn(value, "blockNumber"),
  logIndex: numberIn(value, "logIndex"),
  topics: topicsIn(value),
  data: textIn(value, "data"),
});

const isAsked = (log: RawLog, query: LogQuery, first: string): boolean =>
  log.address === query.ledger &&
  log.blockNumber >= query.fromBlock &&
  log.blockNumber <= query.toBlock &&
  [first, ...query.topics].every((topic, at) => topic === null || log.topics[at] === topic);

/** One range; halves of it where the node refuses the whole. */
const logsBetween = async (
  request: Request,
  query: LogQuery,
  first: string,
  parts: { left: number },
): Promise<readonly RawLog[]> => {
  const { ledger: address, fromBlock, toBlock, topics } = query;
  const filter = {
    address,
    topics: [first, ...topics],
    fromBlock: quantity(fromBlock),
    toBlock: quantity(toBlock),
  };
  let answer: unknown;
  try {
    answer = await request("eth_getLogs", [filter]);
  } catch (error) {
    const mayCut = error instanceof Unanswered && error.reason === "refused" && fromBlock < toBlock;
    parts.left -= 2;
    if (!mayCut || parts.left < 0) throw error;
    const middle = Math.floor((fromBlock + toBlock) / 2);
    return [
      ...(await logsBetween(request, { ...query, toBlock: middle }, first, parts)),
      ...(await logsBetween(request, { ...query, fromBlock: middle + 1 }, first, parts)),
    ];
  }
  if (!Array.isArray(answer)) throw new Unanswered("garbled", "no list of logs");
  if (answer.length > mostLogs) throw new Unanswered("tooMany", String(answer.length));
  const logs = answer.map(readLog);
  if (!logs.every((log) => isAsked(log, query, first))) {
    throw new Unanswered("garbled", "logs that were not asked for");
  }
  return logs;
};

/** The events of a query in the order of the chain. Throws Unanswered. */
export const eventsOf = async <Event extends LedgerEvent>(
  request: Request,
  reader: EventReader<Event>,
  query: LogQuery,
) => {
  const first = eventTopic(reader.signature);
  const logs = await logsBetween(request, query, first, { left: mostParts });
  return logs
    .toSorted((one, other) => one.blockNumber - other.blockNumber || one.logIndex - other.logIndex)
    .map((log) => ({ blockNumber: log.blockNumber, event: readEvent(reader, log) }));
};
