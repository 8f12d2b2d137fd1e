/** All measurements, one after the other, each on parts that the one before has left alone. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { startGateway, type RunningGateway } from "../rehearsal/gateway-process.ts";
import { BenchFailed, Client } from "./client.ts";
import { folderRows, memoryRow, recordedRows, startRows } from "./folder.ts";
import { generatedImport, publishedImport, type ImportPlace } from "./import.ts";
import { pageRows } from "./pages.ts";
import type { Plan } from "./plan.ts";
import { atMost, type Row } from "./row.ts";
import { auditRows } from "./audit.ts";
import { sizeRows } from "./sizes.ts";
import { writeRows } from "./writes.ts";

export interface BenchOptions {
  readonly plan: Plan;
  /** A folder with gifts-hubei-2020/; without it the published gifts are left out. */
  readonly data?: string;
  readonly progress: (line: string) => void;
}

const withFolder = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), "everyfen-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A gateway on an empty folder with a fund. */
const openPlace = async (folder: string): Promise<ImportPlace & { readonly gateway: RunningGateway }> => {
  const gateway = await startGateway(folder);
  await gateway.ready();
  const { key, url } = gateway;
  if (key === undefined) throw new BenchFailed("start", "a new folder shows its first key");
  const client = new Client(url, key);
  await client.openFund();
  return { gateway, process: gateway.process, url, key, client };
};

const acceptedRows = (plan: Plan): Promise<readonly Row[]> =>
  withFolder(async (folder) => {
    const { gateway, client } = await openPlace(folder);
    try {
      return await writeRows(client, plan);
    } finally {
      await gateway.stop();
    }
  });

const importRows = ({ plan, data, progress }: BenchOptions): Promise<readonly Row[]> =>
  withFolder(async (folder) => {
    const place = await openPlace(folder);
    const { gateway, client } = place;
    const rows: Row[] = [];
    let donations = 0;
    try {
      // The larger file first: the other finds a gateway that has been at work, as an operator's import does.
      rows.push(...(await generatedImport(place, plan.importRows)));
      if (data !== undefined) rows.push(...(await publishedImport(place, data)));
      donations = await client.traceable();
      const what = `most memory of the gateway, after ${donations} imported gifts`;
      rows.push(memoryRow(gateway.process, what, "memory.gateway"));
    } finally {
      await gateway.stop();
    }
    progress("the folder of these gifts");
    rows.push(...folderRows(folder, donations), ...(await recordedRows(folder)));
    rows.push(...(await startRows(folder, `${donations} imported gifts`, "imported")));
    if (!plan.demonstration) rows.push(...(await pagesOf(folder, plan)));
    return rows;
  });

const pagesOf = async (
  folder: string,
  plan: Plan,
  ...parameters: readonly string[]
): Promise<readonly Row[]> => {
  const gateway = await startGateway(folder, "0", ...parameters);
  await gateway.ready();
  try {
    return await pageRows(gateway.url, plan.pageLoads);
  } finally {
    await gateway.stop();
  }
};

const demonstrationRows = (plan: Plan): Promise<readonly Row[]> =>
  withFolder(async (folder) => {
    // Loads it; what is measured is what comes after.
    await (await startGateway(folder, "0", "--demo")).stop();
    return [
      ...(await startRows(folder, "the demonstration", "demonstration", "--demo")),
      ...(await pagesOf(folder, plan, "--demo")),
    ];
  });

const gasFile = join(import.meta.dirname, "../../test/contracts/gas-and-size.json");
const Gas = Type.Record(Type.String(), Type.Unknown());

/** From the file under version control, which a test of the contracts compares: not measured here. */
const gasRows = (): readonly Row[] => {
  const gas = Value.Parse(Gas, JSON.parse(readFileSync(gasFile, "utf8")));
  const note = "from test/contracts/gas-and-size.json";
  const kept = (name: string): number => Number(gas[`gas: ${name}`]);
  const row = (id: string, what: string, value: number): Row => ({ id, what, value, unit: "gas", note });
  return [
    { ...row("gas.single", "a single donation", kept("a single donation")), note: `the naive way; ${note}` },
    {
      ...row("gas.donation", "a donation in a batch of 3,000", kept("a donation in a batch of 3,000")),
      budget: atMost(1_600),
    },
    {
      ...row("gas.claim", "a claim filed, approved, paid", kept("a claim filed, approved and paid")),
      budget: atMost(330_000),
    },
    {
      ...row(
        "gas.claim.proven",
        "the same with roster proof and cover",
        kept("a claim filed, approved and paid, with roster proof and cover"),
      ),
      budget: atMost(390_000),
    },
  ];
};

/** Every row of the table. Throws where a step fails: a figure that is missing would look like one that is good. */
export const runBench = async (options: BenchOptions): Promise<readonly Row[]> => {
  const { plan, progress } = options;
  progress("gas");
  const rows = [...gasRows()];
  progress("gifts accepted");
  rows.push(...(await acceptedRows(plan)));
  progress("files imported");
  rows.push(...(await importRows(options)));
  rows.push(...(await sizeRows(plan, progress)));
  rows.push(...(await auditRows(plan, progress)));
  if (plan.demonstration) {
    progress("the demonstration");
    rows.push(...(await demonstrationRows(plan)));
  }
  return rows;
};
