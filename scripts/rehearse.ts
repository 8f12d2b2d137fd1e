/**
 * `npm run rehearse -- --data FOLDER`: the whole way on real rows. Published gifts are imported through a real gateway
 * that is killed in the middle; then claims are paid, the period is rolled and law L4 is asked of three witnesses.
 * FOLDER holds gifts-hubei-2020/hubei_gifts_masked.csv with its control_totals_per_file.csv, and
 * hospital-claims/hospital_claims_stripped.csv.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { formatAmount, fen } from "../protocol/amounts.ts";
import { parseCode } from "../protocol/codes/code.ts";
import { readConfig } from "../server/commands/rehearsal/config.ts";
import { rehearse } from "../server/commands/rehearsal/rehearse.ts";
import { writeControlTotals } from "./rehearsal/control-totals.ts";
import { runImport } from "./rehearsal/import-process.ts";
import { startGateway, type RunningGateway } from "./rehearsal/gateway-process.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    sample: { type: "string", default: "500" },
    rows: { type: "string", default: "1000" },
  },
});
if (values.data === undefined) {
  console.error("npm run rehearse -- --data FOLDER [--sample 500] [--rows 1000]");
  process.exit(2);
}
const gifts = join(values.data, "gifts-hubei-2020/hubei_gifts_masked.csv");
const claimsFile = join(values.data, "hospital-claims/hospital_claims_stripped.csv");
/** The code of the first fund of every ledger. */
const fundCode = "F01N";
const profile = join(import.meta.dirname, "import/profiles/hubei-2020.json");

interface FundFigures {
  readonly donations: number;
  readonly donatedFen: bigint;
}

const FundAnswer = Type.Object({
  data: Type.Object({
    donations: Type.Integer(),
    partition: Type.Object({ total: Type.Object({ amount: Type.String() }) }),
  }),
});

/** The first fund's figures, as any reader of the API sees them. */
const fundOf = async (gateway: RunningGateway): Promise<FundFigures> => {
  const answer: unknown = await (await fetch(`${gateway.url}/v1/funds/${fundCode}`)).json();
  const { data } = Value.Parse(FundAnswer, answer);
  return { donations: data.donations, donatedFen: BigInt(data.partition.total.amount) };
};

/** The fund's page has to say the same total as the API. */
const checkPage = async (gateway: RunningGateway, { donatedFen }: FundFigures): Promise<void> => {
  const page = await (await fetch(`${gateway.url}/en/f/${fundCode}`)).text();
  const total = `¥${formatAmount(fen(donatedFen))}`;
  if (!page.includes(total)) throw new Error(`the fund's page does not say ${total}`);
  console.log(`the fund's page says ${total}`);
};

const openFund = async (gateway: RunningGateway, key: string): Promise<void> => {
  const response = await fetch(`${gateway.url}/v1/funds`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "idempotency-key": "rehearsal-fund",
      prefer: "wait=30",
    },
    body: JSON.stringify({
      name: { zh: "演练基金", en: "Rehearsal fund" },
      currency: "CNY",
      claimsShareBps: 9000,
    }),
  });
  if (response.status !== 201)
    throw new Error(`opening the fund: ${response.status} ${await response.text()}`);
};

/**
 * Kills the gateway once some, but not all, of the gifts are recorded, and starts it again at the same address while
 * the import goes on asking.
 */
const killInTheMiddle = async (gateway: RunningGateway, dataDir: string): Promise<RunningGateway> => {
  while ((await fundOf(gateway)).donations === 0);
  await gateway.kill();
  console.log("kill -9 of the gateway in the middle of the import");
  const restarted = await startGateway(dataDir, new URL(gateway.url).port);
  await restarted.ready();
  const { donations, donatedFen } = await fundOf(restarted);
  console.log(`after the restart: ${donations} donations, ¥${formatAmount(fen(donatedFen))}`);
  if (donations >= expectedDonations) throw new Error("the import had ended before the gateway was killed");
  return restarted;
};

const dataDir = await mkdtemp(join(tmpdir(), "everyfen-rehearsal-"));
const totals = join(dataDir, "control-totals.json");
const expectedDonations = await writeControlTotals(
  join(values.data, "gifts-hubei-2020/control_totals_per_file.csv"),
  totals,
  ["donate01.xls", "donate04.xls"],
);
const started = Date.now();
const seconds = (): string => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
try {
  let gateway = await startGateway(dataDir);
  await gateway.ready();
  const key = gateway.key;
  if (key === undefined) throw new Error("a new folder shows its first key");
  await openFund(gateway, key);
  for (const run of ["interrupted", "repeated"]) {
    const importing = runImport({ url: gateway.url, key, profile, file: gifts, totals });
    if (run === "interrupted") gateway = await killInTheMiddle(gateway, dataDir);
    const { code, output } = await importing;
    console.log(output);
    const figures = await fundOf(gateway);
    const donated = `¥${formatAmount(fen(figures.donatedFen))}`;
    console.log(`${run}: exit ${code}, ${figures.donations} donations, ${donated} (${seconds()})`);
    if (code !== 0) throw new Error(`the ${run} import ended with ${code}`);
    await checkPage(gateway, figures);
  }
  await gateway.stop();

  const parsed = parseCode(fundCode);
  if (!parsed.ok || parsed.code.kind !== "fund") throw new Error(`${fundCode} is the first fund`);
  const result = await rehearse({
    config: readConfig(dataDir),
    fund: parsed.code.fund,
    claimsFile,
    claimRows: Number(values.rows),
    sample: Number(values.sample),
    progress: (line) => console.error(line),
  });
  console.log(
    `law L4: ${result.donations} donations, ¥${formatAmount(result.donatedFen)}, ${result.slices} slices`,
  );
  console.log(`law L4: ${result.claims} claims, ¥${formatAmount(result.paidFen)}, ${result.sources} sources`);
  console.log(`by eth_call: ${result.donationsByCall} donations with proofs, ${result.claimsByCall} claims`);
  console.log(`protocol, index and contract agree; laws ${result.lawsHeld.join(", ")} hold (${seconds()})`);
  for (const { programme, period, state, record } of result.periods) {
    console.log(
      `programme ${programme} period ${period} ${state}: opening ${record.opening} + allocated ${record.allocated} ` +
        `- paid ${record.paid} = closing ${record.closing}`,
    );
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
