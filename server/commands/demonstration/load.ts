/**
 * Loads the demonstration into a data folder, once: opens the gateway on a scripted clock, hands the script to its
 * desk moment by moment, and leaves behind how far its clock is from the system's, so that it runs on by itself.
 */
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import { formatInstant } from "../../../protocol/calendar.ts";
import type { OperationView } from "../../../protocol/ports/desk.ts";
import { ScriptedClock } from "../../chain/clock.ts";
import type { Config } from "../../config.ts";
import { openGateway, type Gateway, type GatewayOptions } from "../../gateway.ts";
import { keepClockOffset } from "../../outbox/kept-clock.ts";
import { findExamples } from "./examples.ts";
import { claimFolder, setMark, type Example } from "./mark.ts";
import { demonstrationScript } from "./script.ts";
import { handIn, moments, type Step } from "./steps.ts";
import { openingTime } from "./timetable.ts";

export interface DemonstrationOptions {
  readonly config: Config;
  readonly log: GatewayOptions["log"];
  /** Told in a line what is being loaded; nothing where nothing is. */
  readonly progress: (line: string) => void;
  /** What is loaded; the demonstration unless given. */
  readonly script?: readonly Step[];
}

/** The ledger refused a step of the script. */
export class StepRefused extends Error {
  readonly key: string;
  readonly verb: string;
  readonly refusal: string;
  constructor({ key, act }: Step, refusal: string) {
    super(
      `demonstration: step ${key} (${act.verb}) was refused: ${refusal}; delete the data folder and load it anew`,
    );
    this.name = "StepRefused";
    this.key = key;
    this.verb = act.verb;
    this.refusal = refusal;
  }
}

/**
 * Makes sure that the folder of `config` holds the whole demonstration, and answers what to look at in it. A loaded
 * folder is left alone; an interrupted load goes on where it was. Throws NotADemonstration for a folder that holds
 * other books, {@link StepRefused} and what {@link openGateway} throws.
 */
export const loadDemonstration = async (options: DemonstrationOptions): Promise<readonly Example[]> => {
  const { config, log, progress } = options;
  const mark = await claimFolder(config.dataDir, openingTime);
  if (mark.state === "loaded") return mark.examples;
  progress("Loading the demonstration, once; about a minute. First the contracts are compiled and deployed.");
  const clock = new ScriptedClock(mark.moment);
  // Whatever stops the gateway also rejects the step that waits for it.
  const onFailure = (error: unknown): void => log.error({ error }, "the gateway stopped while loading");
  const gateway = await openGateway({ config, log, clock, onFailure });
  try {
    if (gateway.firstKey !== undefined) {
      progress(
        `Admin API key of the demonstration, shown this once; it signs in at /zh/desk too: ${gateway.firstKey}`,
      );
    }
    const script = options.script ?? demonstrationScript();
    await carryOut(gateway, clock, script, progress);
    const examples = await findExamples(gateway.read, script);
    await keepClockOffset(gateway.outbox, clock.runOn());
    await setMark(gateway.outbox, { state: "loaded", examples: [...examples] });
    return examples;
  } finally {
    await gateway.close();
  }
};

const carryOut = async (
  gateway: Gateway,
  clock: ScriptedClock,
  script: readonly Step[],
  progress: (line: string) => void,
): Promise<void> => {
  let month = "";
  let gifts = 0;
  for (const steps of moments(script)) {
    const moment = steps[0]?.at ?? clock.now();
    const begun = formatInstant(moment).slice(0, 7);
    if (begun !== month) progress(`${begun}: ${gifts} gifts so far`);
    month = begun;
    await carryOutMoment(gateway, clock, moment, steps);
    for (const { act } of steps) gifts += act.verb === "recordDonations" ? act.gifts.length : 0;
  }
};

/** All steps of one moment, after the day's head note: handed in together, and landed before this resolves. */
const carryOutMoment = async (
  gateway: Gateway,
  clock: ScriptedClock,
  moment: UnixSeconds,
  steps: readonly Step[],
): Promise<void> => {
  const { desk, outbox, notes } = gateway;
  // A resumed load goes through the moments before the mark again; everything in them is known to the desk.
  if (moment > clock.now()) {
    await setMark(outbox, { state: "loading", moment });
    clock.advanceTo(moment);
  }
  const noted = await notes.look();
  if (noted !== undefined) await desk.settled(noted);
  const handed: { readonly step: Step; readonly operation: string }[] = [];
  for (const step of steps) {
    for (const operation of await handIn(gateway, step)) handed.push({ step, operation });
  }
  for (const { step, operation } of handed) expectRecorded(step, await desk.settled(operation));
};

const expectRecorded = (step: Step, { state, refusal }: OperationView): void => {
  if (state === "recorded") return;
  const facts = Object.entries(refusal?.facts ?? {}).map(([name, value]) => `${name} ${value}`);
  throw new StepRefused(step, [refusal?.name ?? state, ...facts].join(", "));
};
