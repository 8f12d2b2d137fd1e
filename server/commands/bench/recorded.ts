/** What a data folder of a stopped gateway costs to bring back: its chain by replay, its index from that chain. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedChain } from "../../chain/embedded.ts";
import { readDeployment } from "../../deployment/record.ts";
import { openDataFolder } from "../../folder.ts";
import { contractOf } from "../../gateway.ts";
import type { ChainReader } from "../../index/chain-reader.ts";
import { Indexer } from "../../index/indexer.ts";
import { openIndex } from "../../index/open.ts";
import { rpcChainReader } from "../../index/rpc-chain-reader.ts";
import { openVaultKey } from "../../keys/secrets.ts";
import { replay } from "../../outbox/replay.ts";
import { DatabaseOutbox } from "../../outbox/database-outbox.ts";

export interface Recorded {
  readonly blocks: number;
  readonly transactions: number;
  readonly replaySeconds: number;
  /** Donations and other logs. */
  readonly events: number;
  readonly indexSeconds: number;
}

/**
 * Replays the folder's chain and indexes it anew, in a file of its own. Throws what the parts throw, and RangeError for
 * a folder without a ledger.
 */
export const measureRecorded = async (dataDir: string): Promise<Recorded> => {
  const folder = openDataFolder(dataDir);
  const outbox = await DatabaseOutbox.open(
    { kind: "sqlite", path: folder.file("outbox.db") },
    openVaultKey(folder),
  );
  const path = join(dataDir, "bench-index.db");
  try {
    const deployment = await readDeployment(outbox);
    if (deployment === undefined) throw new RangeError(`${dataDir} holds no ledger`);
    const chain = await EmbeddedChain.create();
    const counts = { blocks: 0, transactions: 0 };
    const replayStarted = performance.now();
    await replay(chain, outbox, ({ blocks, transactions }) =>
      Object.assign(counts, { blocks, transactions }),
    );
    const replaySeconds = (performance.now() - replayStarted) / 1_000;
    const ledger = contractOf(deployment, "ledger").address;
    const genesisHash = (await chain.block(0))?.hash;
    if (genesisHash === undefined) throw new RangeError("the chain has no first block");
    const index = await openIndex({
      place: { kind: "sqlite", path },
      chainId: chain.chainId,
      genesisHash,
      ledger,
    });
    const indexed = await indexFrom(rpcChainReader(chain, ledger), index);
    await chain.close();
    return { ...counts, replaySeconds, ...indexed };
  } finally {
    for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
    await outbox.close();
    folder.release();
  }
};

const indexFrom = async (
  chain: ChainReader,
  index: Awaited<ReturnType<typeof openIndex>>,
): Promise<Pick<Recorded, "events" | "indexSeconds">> => {
  const indexer = new Indexer({ index, chain });
  try {
    const started = performance.now();
    await indexer.catchUp();
    const indexSeconds = (performance.now() - started) / 1_000;
    const events = await index.read(async ({ database }) => {
      const logs = await database
        .selectFrom("logs")
        .select((select) => select.fn.countAll<number>().as("count"))
        .executeTakeFirst();
      const funds = await database.selectFrom("funds").select(["donations", "batches"]).execute();
      const more = funds.reduce((sum, { donations, batches }) => sum + donations - batches, 0);
      return (logs?.count ?? 0) + more;
    });
    return { events, indexSeconds };
  } finally {
    await indexer.stop();
    await index.close();
  }
};
