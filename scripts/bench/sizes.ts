/** Traces, index speed, memory and disk at each size, from generated raw logs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type, type Static } from "typebox";
import type { LedgerSize } from "../../server/commands/bench/invented-ledger.ts";
import { measureApart } from "./measure-process.ts";
import type { Plan } from "./plan.ts";
import { atLeast, atMost, type Row } from "./row.ts";

const Spread = Type.Object({
  count: Type.Integer(),
  p50: Type.Number(),
  p99: Type.Number(),
  most: Type.Number(),
});
const AtSize = Type.Object({
  donations: Type.Integer(),
  claims: Type.Integer(),
  events: Type.Integer(),
  writeSeconds: Type.Number(),
  reindexSeconds: Type.Optional(Type.Number()),
  traceMs: Spread,
  slicesMean: Type.Number(),
  largestClaimFen: Type.String(),
  sourcesMs: Spread,
  sources: Type.Integer(),
  indexBytes: Type.Integer(),
  memoryBytes: Type.Integer(),
});
type AtSize = Static<typeof AtSize>;

const megabytes = (bytes: number): number => bytes / 1_000_000;
const count = (value: number): string => value.toLocaleString("en");

const measure = async (size: LedgerSize, samples: number): Promise<AtSize> => {
  const folder = mkdtempSync(join(tmpdir(), "everyfen-bench-index-"));
  try {
    const options = { ...size, folder, samples, reindex: true };
    return await measureApart(AtSize, "at-size", JSON.stringify(options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const rowsAt = (size: AtSize): readonly Row[] => {
  const at = `at ${count(size.donations)} donations`;
  const id = (name: string): string => `${name}.${size.donations}`;
  const events = `${count(size.events)} events: ${count(size.donations)} donations and other logs`;
  const trace = `${size.traceMs.count} gifts, first ${size.slicesMean.toFixed(1)} slices on average, ${count(size.claims)} claims`;
  const sources = `¥${count(Number(size.largestClaimFen) / 100)}, ${count(size.sources)} donations on its first page`;
  return [
    { id: id("trace.p50"), what: `trace of a donation, p50, ${at}`, value: size.traceMs.p50, unit: "ms" },
    {
      id: id("trace.p99"),
      what: `trace of a donation, p99, ${at}`,
      value: size.traceMs.p99,
      unit: "ms",
      budget: atMost(5),
      note: trace,
    },
    {
      id: id("sources.p99"),
      what: `sources of the largest claim, p99, ${at}`,
      value: size.sourcesMs.p99,
      unit: "ms",
      note: sources,
    },
    {
      id: id("index.write"),
      what: `index written from new logs, ${at}`,
      value: size.events / size.writeSeconds,
      unit: "events a second",
      note: events,
    },
    {
      id: id("index.reindex"),
      what: `index derived from stored logs, ${at}`,
      value: size.events / (size.reindexSeconds ?? Number.NaN),
      unit: "events a second",
      budget: atLeast(20_000),
    },
    { id: id("index.disk"), what: `index on disk, ${at}`, value: megabytes(size.indexBytes), unit: "MB" },
    {
      id: id("index.memory"),
      what: `most memory of the process, ${at}`,
      value: megabytes(size.memoryBytes),
      unit: "MB",
    },
  ];
};

export const sizeRows = async (plan: Plan, progress: (line: string) => void): Promise<readonly Row[]> => {
  const measured: AtSize[] = [];
  for (const size of plan.sizes) {
    progress(`${count(size.donations)} donations`);
    measured.push(await measure(size, plan.samples));
  }
  const [smallest, largest] = [measured[0], measured.at(-1)];
  const ratio: readonly Row[] =
    smallest === undefined || largest === undefined
      ? []
      : [
          {
            id: "trace.ratio",
            what: "trace p99, largest over smallest",
            value: largest.traceMs.p99 / smallest.traceMs.p99,
            unit: "times",
            budget: atMost(2),
            note: `${count(largest.donations)} over ${count(smallest.donations)} donations`,
          },
        ];
  return [...measured.flatMap(rowsAt), ...ratio];
};
