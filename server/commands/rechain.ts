/**
 * Takes a data folder over to a chain whose blocks have other hashes, such as that of another Hardhat release, after
 * making sure that nothing else differs: every receipt and every log is compared with what was recorded. What was
 * published under the old head stays provable by the record of old and new head.
 */
import { existsSync, rmSync } from "node:fs";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { EmbeddedChain } from "../chain/embedded.ts";
import { PlanRefused, type Outcome } from "../chain/port.ts";
import { readDeployment } from "../deployment/record.ts";
import { openDataFolder, type DataFolder } from "../folder.ts";
import { contractOf } from "../gateway.ts";
import { blocksBetween, type ChainLog } from "../index/chain-reader.ts";
import { openKeptIndex } from "../index/open.ts";
import { keptLogs, type TimedLog } from "../index/raw.ts";
import { rpcChainReader } from "../index/rpc-chain-reader.ts";
import { openVaultKey } from "../keys/secrets.ts";
import type { KeptPlan } from "../outbox/attempts.ts";
import { identityOf } from "../outbox/replay.ts";
import { DatabaseOutbox } from "../outbox/database-outbox.ts";
import { RechainRows, type RechainRecord } from "../outbox/tables/rechain.ts";

/** A receipt or a log is not what was recorded: then the books are other books, and nothing was changed. */
export class RecordDiffers extends Error {
  readonly blockNumber: number;
  readonly what: string;
  constructor(blockNumber: number, what: string, recorded: string, made: string) {
    super(
      `rechain: block ${blockNumber}: ${what} was recorded as ${recorded} and is ${made} now. These are other books; ` +
        `nothing was changed. Run the version that recorded them, or restore the data folder from its backup`,
    );
    this.name = "RecordDiffers";
    this.blockNumber = blockNumber;
    this.what = what;
  }
}

/** There is nothing to compare the logs with. */
export class NothingToCompare extends Error {
  constructor(reason: string) {
    super(`rechain: ${reason}; start the version that recorded the folder once, then run this again`);
    this.name = "NothingToCompare";
  }
}

export interface Rechained {
  readonly blocks: number;
  readonly transactions: number;
  readonly logs: number;
  /** Absent where the chain has the recorded hashes, and nothing was changed. */
  readonly record?: RechainRecord;
}

interface Parts {
  readonly folder: DataFolder;
  readonly chain: EmbeddedChain;
  readonly outbox: DatabaseOutbox;
  readonly rows: RechainRows;
}

/**
 * Replays, compares, records. Throws {@link RecordDiffers}, {@link NothingToCompare} and what opening the folder throws;
 * then nothing was changed.
 */
export const rechain = async (
  dataDir: string,
  progress: (line: string) => void,
  nowMs: () => number = Date.now,
): Promise<Rechained> => {
  const folder = openDataFolder(dataDir);
  const place = { kind: "sqlite", path: folder.file("outbox.db") } as const;
  const outbox = await DatabaseOutbox.open(place, openVaultKey(folder));
  try {
    const chain = await EmbeddedChain.create(await chainIdOf(outbox));
    try {
      return await compareAndRecord(
        { folder, chain, outbox, rows: new RechainRows(outbox.database) },
        progress,
        nowMs,
      );
    } finally {
      await chain.close();
    }
  } finally {
    await outbox.close();
    folder.release();
  }
};

const chainIdOf = async (outbox: DatabaseOutbox): Promise<number> => {
  const [id] = (await outbox.meta("chain"))?.split(" ") ?? [];
  if (id === undefined) throw new NothingToCompare("the folder holds no chain");
  return Number(id);
};

const compareAndRecord = async (
  parts: Parts,
  progress: (line: string) => void,
  nowMs: () => number,
): Promise<Rechained> => {
  const { chain, outbox, rows, folder } = parts;
  const { hashes, recorded, transactions } = await replayReceipts(parts, progress);
  const deployment = await readDeployment(outbox);
  if (deployment === undefined) throw new NothingToCompare("the folder holds no ledger");
  const ledger = contractOf(deployment, "ledger").address;
  const logs = await compareLogs(parts, ledger, hashes.length);
  const counts = { blocks: hashes.length, transactions, logs };
  const identity = await identityOf(chain);
  const isSame = hashes.every((hash, index) => hash === recorded[index]);
  if (isSame && identity === (await outbox.meta("chain"))) return counts;
  const record = {
    atMs: nowMs(),
    blocks: hashes.length,
    oldHead: recorded.at(-1) ?? "",
    newHead: hashes.at(-1) ?? "",
  };
  await rows.keep(hashes, identity, record);
  // It shows the old hashes. A start reads it from the new chain.
  for (const end of ["", "-wal", "-shm"]) rmSync(folder.file(`index.db${end}`), { force: true });
  return { ...counts, record };
};

interface Replayed {
  /** Of blocks 1 and on, as they are made now, without the one that was never confirmed. */
  readonly hashes: readonly Bytes32[];
  readonly recorded: readonly Bytes32[];
  readonly transactions: number;
}

const replayReceipts = async (parts: Parts, progress: (line: string) => void): Promise<Replayed> => {
  const { outbox, chain } = parts;
  const last = await outbox.lastPlanNumber();
  const hashes: Bytes32[] = [];
  const recorded: Bytes32[] = [];
  let transactions = 0;
  for (let number = 1; number <= last; number += 1) {
    const plan = await outbox.plan(number);
    if (plan === undefined) throw new RecordDiffers(number, "its plan", "made", "missing");
    if (plan.hash === undefined) break;
    hashes.push(await mine(chain, plan));
    recorded.push(plan.hash);
    for (const { hash } of plan.transactions) await compareReceipt(parts, number, hash);
    transactions += plan.transactions.length;
    if (number % 1_000 === 0) progress(`block ${number} of ${last}`);
  }
  return { hashes, recorded, transactions };
};

const mine = async (chain: EmbeddedChain, plan: KeptPlan): Promise<Bytes32> => {
  try {
    return (await chain.mineBlock(plan)).hash;
  } catch (error) {
    if (error instanceof PlanRefused) throw new RecordDiffers(plan.number, "the block", "made", error.reason);
    throw error;
  }
};

/** A receipt in one line. */
const outcomeText = (outcome: {
  readonly gasUsed: bigint;
  readonly contractAddress?: Address;
  readonly revertData?: string;
}): string =>
  `${outcome.gasUsed} gas` +
  (outcome.contractAddress === undefined ? "" : `, creates ${outcome.contractAddress}`) +
  (outcome.revertData === undefined ? "" : `, reverts with ${outcome.revertData}`);

const compareReceipt = async ({ chain, rows }: Parts, block: number, transaction: Bytes32): Promise<void> => {
  const made: Outcome | undefined = await chain.outcome(transaction);
  const recorded = await rows.outcome(transaction);
  const [before, now] = [recorded, made].map((each) => (each === undefined ? "missing" : outcomeText(each)));
  if (before === undefined || now === undefined || before === now) return;
  throw new RecordDiffers(block, `the receipt of ${transaction}`, before, now);
};

/** Compares the ledger's logs of blocks 1 to `last`; answers how many there are. */
const compareLogs = async ({ chain, folder }: Parts, ledger: Address, last: number): Promise<number> => {
  const path = folder.file("index.db");
  if (!existsSync(path)) throw new NothingToCompare("index.db, which keeps the logs, is missing");
  const index = await openKeptIndex({ kind: "sqlite", path });
  try {
    const head = await index.head();
    if (head === undefined || head.number < last) {
      throw new NothingToCompare(
        `index.db keeps logs up to block ${head?.number ?? 0}, the chain has ${last}`,
      );
    }
    return await index.read(async ({ database }) => {
      const made = madeLogs(chain, ledger, last);
      let count = 0;
      for await (const logs of keptLogs(database)) {
        for (const log of logs) {
          if (log.blockNumber > last) return count;
          compareLog(log, (await made.next()).value);
          count += 1;
        }
      }
      const more = (await made.next()).value;
      if (more !== undefined)
        throw new RecordDiffers(more.blockNumber, "the number of its logs", "less", "more");
      return count;
    });
  } finally {
    await index.close();
  }
};

const compareLog = (recorded: TimedLog, made: ChainLog | undefined): void => {
  const [before, now] = [recorded, made].map((log) =>
    log === undefined
      ? "missing"
      : `${log.transactionHash} ${log.logIndex} ${log.topics.join(" ")} ${log.data}`,
  );
  if (before === now && made?.blockNumber === recorded.blockNumber) return;
  const what = `log ${recorded.logIndex}`;
  throw new RecordDiffers(recorded.blockNumber, what, shortened(before ?? ""), shortened(now ?? ""));
};

const shortened = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 300)}…`);

async function* madeLogs(
  chain: EmbeddedChain,
  ledger: Address,
  last: number,
): AsyncGenerator<ChainLog, undefined> {
  const reader = rpcChainReader(chain, ledger);
  for (let from = 1; from <= last; from += 10) {
    yield* await reader.logs(await blocksBetween(reader, from, Math.min(last, from + 9)));
  }
  return undefined;
}
