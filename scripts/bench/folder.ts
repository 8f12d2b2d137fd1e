/** What the gateway's folder costs: on disk, in memory, to replay, to index anew, and to start from. */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Type } from "typebox";
import { startGateway } from "../rehearsal/gateway-process.ts";
import { measureApart } from "./measure-process.ts";
import { atLeast, atMost, type Row } from "./row.ts";
import { mostMemoryBytes } from "./system.ts";

const Recorded = Type.Object({
  blocks: Type.Integer(),
  transactions: Type.Integer(),
  replaySeconds: Type.Number(),
  events: Type.Integer(),
  indexSeconds: Type.Number(),
});

/** Bytes of the folder's files, by name; a database counts with its log. */
export const folderRows = (dataDir: string, donations: number): readonly Row[] => {
  const bytes = new Map<string, number>();
  for (const name of readdirSync(dataDir)) {
    const store = name.replace(/-(wal|shm)$/, "");
    bytes.set(store, (bytes.get(store) ?? 0) + statSync(join(dataDir, name)).size);
  }
  return ["outbox.db", "vault.db", "index.db"].map((store) => ({
    id: `disk.${store}`,
    what: `${store} on disk`,
    value: (bytes.get(store) ?? 0) / donations,
    unit: "bytes a donation",
    note: `${((bytes.get(store) ?? 0) / 1_000_000).toFixed(1)} MB of ${donations} donations`,
  }));
};

export const memoryRow = (process: number, what: string, id: string): Row => ({
  id,
  what,
  value: (mostMemoryBytes(process) ?? 0) / 1_000_000,
  unit: "MB",
  ...(mostMemoryBytes(process) === undefined ? { note: "this system does not tell" } : {}),
});

/** The folder's gateway must have stopped. */
export const recordedRows = async (dataDir: string): Promise<readonly Row[]> => {
  const recorded = await measureApart(Recorded, "recorded", dataDir);
  return [
    {
      id: "replay",
      what: "embedded chain replayed",
      value: recorded.transactions / recorded.replaySeconds,
      unit: "transactions a second",
      note: `${recorded.transactions} transactions in ${recorded.blocks} blocks, ${recorded.replaySeconds.toFixed(2)} s`,
    },
    {
      id: "replay.events",
      what: "the same in donations and other logs",
      value: recorded.events / recorded.replaySeconds,
      unit: "events a second",
    },
    {
      id: "index.node",
      what: "index read from a node",
      value: recorded.events / recorded.indexSeconds,
      unit: "events a second",
      budget: atLeast(3_000),
      note: `${recorded.events} events: donations and other logs, by JSON-RPC in process`,
    },
  ];
};

/** From the start of the process to the home page, with and without the index. */
export const startRows = async (
  dataDir: string,
  what: string,
  id: string,
  ...parameters: readonly string[]
): Promise<readonly Row[]> => {
  const start = async (): Promise<number> => {
    const started = performance.now();
    const gateway = await startGateway(dataDir, "0", ...parameters);
    // A page with data: while there is no index it answers 503.
    while (!(await fetch(`${gateway.url}/zh/`)).ok);
    const seconds = (performance.now() - started) / 1_000;
    await gateway.stop();
    return seconds;
  };
  const warm = await start();
  for (const end of ["", "-wal", "-shm"]) rmSync(join(dataDir, `index.db${end}`), { force: true });
  const withoutIndex = await start();
  return [
    { id: `start.${id}`, what: `start to first page, ${what}`, value: warm, unit: "s", budget: atMost(5) },
    {
      id: `start.${id}.reindexed`,
      what: `the same after index.db was deleted`,
      value: withoutIndex,
      unit: "s",
    },
  ];
};
