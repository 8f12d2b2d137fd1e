/**
 * The second half of a rehearsal on real rows: on a data folder that holds imported gifts, money is allocated to three
 * programmes, real claim amounts are paid, the period is rolled, and law L4 is asked of three witnesses. Runs in
 * process, because only then can its clock be moved past the period's end.
 */
import { ScriptedClock } from "../../chain/clock.ts";
import type { Config } from "../../config.ts";
import { openGateway } from "../../gateway.ts";
import type { FundId } from "../../../protocol/ids.ts";
import { fen } from "../../../protocol/amounts.ts";
import type { PeriodView } from "../../../protocol/ports/views.ts";
import { readClaims } from "./claims.ts";
import { openAndAllocate, payAll, RehearsalFailed, rollAll } from "./drive.ts";
import { stateFromChain, verifyTraces, type Verified } from "./verify.ts";

export interface RehearsalOptions {
  readonly config: Config;
  readonly fund: FundId;
  readonly claimsFile: string;
  readonly claimRows: number;
  /** Donations that are asked of the contract, with their proofs. */
  readonly sample: number;
  readonly progress: (line: string) => void;
}

export interface Rehearsal extends Verified {
  readonly periods: readonly PeriodView[];
  readonly lawsHeld: readonly string[];
}

const daySeconds = 86_400;
/** The claims' incidents lie in 2019; the first period begins before them. */
const periodStart = 1_546_272_000;

/** Throws RehearsalFailed where a step is refused, WitnessesDisagree at the first difference. */
export const rehearse = async (options: RehearsalOptions): Promise<Rehearsal> => {
  const { config, progress } = options;
  const now = Math.floor(Date.now() / 1_000);
  const clock = new ScriptedClock(now);
  const log = { info: () => {}, error: () => {} };
  const gateway = await openGateway({ config, log, clock, onFailure: (error) => progress(String(error)) });
  try {
    const fund = await gateway.read.fund(options.fund);
    if (fund === undefined) throw new RehearsalFailed("allocate", "the fund is not open");
    const claims = await readClaims(options.claimsFile, options.claimRows);
    const plan = {
      fund: options.fund,
      // Something stays unallocated, so that every place of a trace occurs.
      amount: fen((fund.partition.unallocated * 9n) / 10n),
      claims,
      periodStart,
      // A whole minute, as validity has to be.
      periodEnd: Math.ceil(now / 60) * 60 + daySeconds,
    };
    const programmes = await openAndAllocate(gateway.desk, plan);
    await payAll(gateway.desk, claims, programmes, (paid) => progress(`claims ${paid} of ${claims.length}`));
    clock.advanceTo(plan.periodEnd + 1);
    await rollAll(gateway.desk, programmes);

    const verified = await verifyTraces(gateway, await stateFromChain(gateway), options.sample, progress);
    const laws = await gateway.read.laws();
    const broken = laws.filter(({ holds }) => !holds).map(({ law }) => law);
    if (broken.length > 0) throw new RehearsalFailed("laws", `${broken.join(", ")} do not hold`);
    const periods = (await Promise.all(programmes.map((each) => gateway.read.periods(each)))).flat();
    return { ...verified, periods, lawsHeld: laws.map(({ law }) => law) };
  } finally {
    await gateway.close();
  }
};
