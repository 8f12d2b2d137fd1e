/** A raw log of the ledger as a row of the export `ledger`: what an event is decoded from, and where it stands. */
import { bytes32 } from "../ids.ts";
import type { Bytes32 } from "../ids.ts";
import type { UnixSeconds } from "../ledger/events.ts";

export interface LedgerRow {
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly blockTime: UnixSeconds;
  readonly transactionHash: Bytes32;
  /** The log's place in its block, as the chain counts it. */
  readonly logIndex: number;
  readonly topics: readonly Bytes32[];
  readonly data: `0x${string}`;
}

const members = [
  "row",
  "blockNumber",
  "blockHash",
  "blockTime",
  "transactionHash",
  "logIndex",
  "topics",
  "data",
];

/** One line of NDJSON; `row` counts from 1. */
export const ledgerLine = (row: number, log: LedgerRow): string =>
  `${JSON.stringify({
    row,
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    blockTime: log.blockTime,
    transactionHash: log.transactionHash,
    logIndex: log.logIndex,
    topics: log.topics,
    data: log.data,
  })}\n`;

export class UnreadableRow extends Error {
  readonly member: string;
  constructor(member: string) {
    super(`${member} is missing or malformed`);
    this.name = "UnreadableRow";
    this.member = member;
  }
}

/** Reads one line, strictly. Throws {@link UnreadableRow}, which names the member. */
export const readLedgerLine = (line: string): LedgerRow & { readonly row: number } => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UnreadableRow("the line");
  }
  const unknown = Object.keys(Object(value)).find((name) => !members.includes(name));
  if (unknown !== undefined) throw new UnreadableRow(unknown);
  const member = <Value>(name: string, read: (found: unknown) => Value): Value => {
    try {
      return read(Object.getOwnPropertyDescriptor(Object(value), name)?.value);
    } catch {
      throw new UnreadableRow(name);
    }
  };
  return {
    row: member("row", whole),
    blockNumber: member("blockNumber", whole),
    blockHash: member("blockHash", hash),
    blockTime: member("blockTime", whole),
    transactionHash: member("transactionHash", hash),
    logIndex: member("logIndex", whole),
    topics: member("topics", topics),
    data: member("data", data),
  };
};

const whole = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new RangeError("number");
  return value;
};
const hash = (value: unknown): Bytes32 => bytes32(String(value));
const topics = (value: unknown): readonly Bytes32[] => {
  if (!Array.isArray(value) || value.length < 1 || value.length > 4) throw new RangeError("topics");
  return value.map(hash);
};
const isHexData = (value: unknown): value is `0x${string}` =>
  typeof value === "string" && /^0x(?:[0-9a-f]{2})*$/.test(value);
const data = (value: unknown): `0x${string}` => {
  if (!isHexData(value)) throw new RangeError("data");
  return value;
};
