/** Blocks and logs as the chain gave them: what the derived tables can be made from again without the chain. */
import type { Kysely } from "kysely";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Session } from "../database/database.ts";
import type { Hex } from "../chain/port.ts";
import type { ChainBlock, ChainLog } from "./chain-reader.ts";
import { bytes32Of, bytesOf, hexOf } from "./columns.ts";
import { writeRows } from "./pending.ts";
import type { RowOf, Schema } from "./tables.ts";

type Database = Kysely<Schema>;
type Writing = Session<Schema>;

/** A log with the time of its block: all that an event is decoded from. */
export interface TimedLog extends Omit<ChainLog, "blockHash"> {
  readonly blockTime: UnixSeconds;
}

const topicBytes = 32;
/** Logs of one read: a batch of donations is 120 kB, so this is at most 24 MB. */
const logsAtOnce = 200;

const blockOf = (row: RowOf<"blocks">): ChainBlock => ({
  number: row.number,
  hash: bytes32Of(row.hash),
  parentHash: bytes32Of(row.parent_hash),
  time: row.time,
});

/** The last block that is indexed. */
export const lastBlock = async (database: Database): Promise<ChainBlock | undefined> => {
  const row = await database
    .selectFrom("blocks")
    .selectAll()
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : blockOf(row);
};

export const blockAt = async (database: Database, number: number): Promise<ChainBlock | undefined> => {
  const row = await database.selectFrom("blocks").selectAll().where("number", "=", number).executeTakeFirst();
  return row === undefined ? undefined : blockOf(row);
};

export const keepBlocks = (session: Writing, blocks: readonly ChainBlock[]): Promise<void> =>
  writeRows(
    session,
    "blocks",
    blocks.map((block): RowOf<"blocks"> => ({
      number: block.number,
      hash: bytesOf(block.hash),
      parent_hash: bytesOf(block.parentHash),
      time: block.time,
    })),
  );

export const keepLogs = (session: Writing, logs: readonly ChainLog[]): Promise<void> =>
  writeRows(
    session,
    "logs",
    logs.map((log): RowOf<"logs"> => ({
      block_number: log.blockNumber,
      log_index: log.logIndex,
      transaction_hash: bytesOf(log.transactionHash),
      topics: Buffer.concat(log.topics.map(bytesOf)),
      data: bytesOf(log.data),
    })),
  );

/** Forgets the blocks above `number` and their logs. */
export const dropBlocksAbove = async (database: Database, number: number): Promise<void> => {
  await database.deleteFrom("logs").where("block_number", ">", number).execute();
  await database.deleteFrom("blocks").where("number", ">", number).execute();
};

const topicsOf = (bytes: Uint8Array): readonly ReturnType<typeof bytes32Of>[] =>
  Array.from({ length: bytes.length / topicBytes }, (_, index) =>
    bytes32Of(bytes.subarray(index * topicBytes, (index + 1) * topicBytes)),
  );

/** Where a log stands in the chain. */
export interface LogPlace {
  readonly block: number;
  readonly index: number;
}

const beforeEveryLog: LogPlace = { block: -1, index: -1 };

/** The next logs behind a place, up to a block, in the order of the chain. */
export const logsBehind = async (
  database: Database,
  { block, index }: LogPlace,
  { toBlock, limit }: { readonly toBlock: number; readonly limit: number },
): Promise<readonly (TimedLog & Pick<ChainLog, "blockHash">)[]> => {
  const rows = await database
    .selectFrom("logs")
    .innerJoin("blocks", "blocks.number", "logs.block_number")
    .select([
      "logs.block_number",
      "logs.log_index",
      "logs.transaction_hash",
      "logs.topics",
      "logs.data",
      "blocks.time",
      "blocks.hash",
    ])
    .where((where) =>
      where(where.refTuple("logs.block_number", "logs.log_index"), ">", where.tuple(block, index)),
    )
    .where("logs.block_number", "<=", toBlock)
    .orderBy("logs.block_number")
    .orderBy("logs.log_index")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    blockNumber: row.block_number,
    blockHash: bytes32Of(row.hash),
    blockTime: row.time,
    transactionHash: bytes32Of(row.transaction_hash),
    logIndex: row.log_index,
    topics: topicsOf(row.topics),
    data: hexOf(row.data) satisfies Hex,
  }));
};

/** All kept logs in the order of the chain, a few at a time. */
export async function* keptLogs(database: Database): AsyncGenerator<readonly TimedLog[]> {
  const toBlock = (await lastBlock(database))?.number ?? -1;
  let place = beforeEveryLog;
  for (;;) {
    const logs = await logsBehind(database, place, { toBlock, limit: logsAtOnce });
    const last = logs.at(-1);
    if (last === undefined) return;
    place = { block: last.blockNumber, index: last.logIndex };
    yield logs;
  }
}

/** The ledger's logs of one transaction, with the time of its block; undefined where that block is not indexed. */
export const logsOfTransaction = async (
  database: Database,
  blockNumber: number,
  transaction: Bytes32,
): Promise<
  | {
      readonly blockTime: UnixSeconds;
      readonly logs: readonly Pick<ChainLog, "topics" | "data" | "logIndex">[];
    }
  | undefined
> => {
  const block = await blockAt(database, blockNumber);
  if (block === undefined) return undefined;
  const rows = await database
    .selectFrom("logs")
    .select(["log_index", "topics", "data"])
    .where("block_number", "=", blockNumber)
    .where("transaction_hash", "=", bytesOf(transaction))
    .orderBy("log_index")
    .execute();
  const logs = rows.map((row) => ({
    logIndex: row.log_index,
    topics: topicsOf(row.topics),
    data: hexOf(row.data),
  }));
  return { blockTime: block.time, logs };
};
