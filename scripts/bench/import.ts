/** `npm run import` from the start of its process to the last gift that can be traced. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeControlTotals } from "../rehearsal/control-totals.ts";
import { runImport } from "../rehearsal/import-process.ts";
import { BenchFailed, type Client } from "./client.ts";
import { secondsOf } from "./clock.ts";
import { writeGiftFile, type GiftFile } from "./gifts.ts";
import { processorSeconds } from "./system.ts";
import { atLeast, type Row } from "./row.ts";

export interface ImportPlace {
  /** The gateway's process. */
  readonly process: number;
  readonly url: string;
  readonly key: string;
  readonly client: Client;
}

const budget = atLeast(10_000);

interface Imported {
  readonly id: string;
  readonly what: string;
  readonly rows: number;
  readonly note: string;
}

const measure = async (
  { process, url, key, client }: ImportPlace,
  gifts: GiftFile,
  { id, what, rows, note }: Imported,
): Promise<readonly Row[]> => {
  const before = await client.traceable();
  const processorBefore = processorSeconds(process);
  const seconds = await secondsOf(async () => {
    const { code, output } = await runImport({ url, key, ...gifts });
    if (code !== 0) throw new BenchFailed("import", `ended with ${code}: ${output}`);
    await client.untilTraceable(before + rows);
  });
  const processor = processorSeconds(process) - processorBefore;
  return [
    { id: `import.${id}`, what, value: rows / seconds, unit: "a second", budget, note },
    {
      id: `import.${id}.processor`,
      what: "the gateway's processor time for it",
      value: (processor * 1_000_000) / rows,
      unit: "µs a donation",
      note: `the ${seconds.toFixed(1)} s had ${((processor / seconds) * 100).toFixed(0)} % of one processor`,
    },
  ];
};

/** A generated file of `rows` gifts. */
export const generatedImport = async (place: ImportPlace, rows: number): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), "everyfen-bench-gifts-"));
  try {
    const gifts = writeGiftFile(folder, rows);
    const bytes = statSync(gifts.file).size;
    return await measure(place, gifts, {
      id: "generated",
      what: "a generated file imported, from file to traceable",
      rows,
      note: `${rows} gifts, ${bytes} bytes; the process of the import included`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The published gifts in the folder `data`, which holds gifts-hubei-2020/. */
export const publishedImport = async (place: ImportPlace, data: string): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), "everyfen-bench-published-"));
  try {
    const totals = join(folder, "totals.json");
    const control = join(data, "gifts-hubei-2020/control_totals_per_file.csv");
    const rows = await writeControlTotals(control, totals, ["donate01.xls", "donate04.xls"]);
    const gifts = {
      totals,
      file: join(data, "gifts-hubei-2020/hubei_gifts_masked.csv"),
      profile: join(import.meta.dirname, "../import/profiles/hubei-2020.json"),
    };
    return await measure(place, gifts, {
      id: "published",
      what: "the published gifts imported, from file to traceable",
      rows,
      note: `${rows} gifts, control totals compared; the process of the import included`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
