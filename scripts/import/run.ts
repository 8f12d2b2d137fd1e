/** An import from file to summary: check everything, then record. */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { canonicalJson } from "../../protocol/json.ts";
import { checkFile, type Checked } from "./check.ts";
import { CsvFile } from "./csv.ts";
import type { ControlTotals, Profile } from "./profile.ts";
import { Progress, type ProgressStream } from "./progress.ts";
import { recordFile, type Recorded } from "./record.ts";
import type { FundTotals, ImportResult } from "./summary.ts";
import { GatewayFailure, type ImportTarget } from "./target.ts";
import { Tallies } from "./totals.ts";

export interface ImportRequest {
  readonly path: string;
  readonly profile: Profile;
  /** In place of those of the profile. */
  readonly totals?: ControlTotals;
  /** Absent for a dry run that asks nobody. */
  readonly target?: ImportTarget;
  readonly dryRun: boolean;
  readonly progress: ProgressStream;
}

/** Throws FileRefused, GatewayFailure, FileChanged, and what the file system throws. */
export const runImport = async (request: ImportRequest): Promise<ImportResult> => {
  const { target, dryRun } = request;
  const { checked, digest } = await check(request);
  const nothing: Recorded = { bySource: new Tallies(), byFund: new Tallies(), requests: 0 };
  if (dryRun || target === undefined) {
    return { checked, recorded: nothing, dryRun: true, funds: new Map() };
  }
  const before = await fundTotals(target, checked);
  const recorded = await record(request, target, checked, digest);
  const after = await fundTotals(target, checked);
  const funds = new Map<string, FundTotals>();
  for (const [code, total] of before) funds.set(code, { before: total, after: after.get(code) ?? total });
  return { checked, recorded, dryRun: false, funds };
};

const check = async ({
  path,
  profile,
  totals = profile.totals,
  target,
  progress,
}: ImportRequest): Promise<{ readonly checked: Checked; readonly digest: string }> => {
  const bar = new Progress(progress, "checking", statSync(path).size, "bytes");
  const file = new CsvFile(path, profile.file, (bytes) => bar.advance(bytes));
  try {
    return { checked: await checkFile(file, profile, totals, target), digest: file.digest };
  } finally {
    bar.end();
  }
};

const record = async (
  { path, profile, progress }: ImportRequest,
  target: ImportTarget,
  checked: Checked,
  digest: string,
): Promise<Recorded> => {
  const bar = new Progress(progress, "recording", countNew(checked), "gifts");
  const digests = {
    file: digest,
    profile: createHash("sha256").update(canonicalJson(profile)).digest("hex"),
  };
  const file = new CsvFile(path, profile.file);
  try {
    return await recordFile(file, profile, checked, digests, target, (gifts) => bar.advance(gifts));
  } finally {
    bar.end();
  }
};

const countNew = ({ bySource, recorded }: Checked): number => bySource.all.rows - (recorded?.size ?? 0);

const fundTotals = async (target: ImportTarget, { byFund }: Checked) => {
  const totals = new Map<string, NonNullable<Awaited<ReturnType<ImportTarget["fundTotal"]>>>>();
  for (const code of byFund.byName.keys()) {
    const total = await target.fundTotal(code);
    if (total === undefined) throw new GatewayFailure(`the gateway knows no fund ${code}; open it first`);
    totals.set(code, total);
  }
  return totals;
};
