/**
 * The clock that the embedded chain takes its block times from. A demonstration is driven by a scripted clock; when
 * its script has ended the clock runs on from its last moment, so the offset to the system's clock is what is kept.
 */
import type { UnixSeconds } from "../../protocol/ledger/events.ts";

export interface Clock {
  /** `demonstration` is said on every page: its time is not the time of day. */
  readonly kind: "system" | "demonstration";
  now(): UnixSeconds;
}

/** Milliseconds since 1970, as `Date.now`; given by tests. */
export type SystemTime = () => number;

const systemSeconds = (systemTime: SystemTime): UnixSeconds => Math.floor(systemTime() / 1000);

export const systemClock = (systemTime: SystemTime = Date.now): Clock => ({
  kind: "system",
  now: () => systemSeconds(systemTime),
});

/** The clock of a demonstration that was scripted before: the system's clock, `offsetSeconds` added. */
export const offsetClock = (offsetSeconds: number, systemTime: SystemTime = Date.now): Clock => ({
  kind: "demonstration",
  now: () => systemSeconds(systemTime) + offsetSeconds,
});

export class ClockRunsBackwards extends Error {
  readonly now: UnixSeconds;
  readonly asked: UnixSeconds;
  constructor(now: UnixSeconds, asked: UnixSeconds) {
    super(`scripted clock: stands at ${now} and cannot go back to ${asked}; order the script by time`);
    this.name = "ClockRunsBackwards";
    this.now = now;
    this.asked = asked;
  }
}

export class ScriptEnded extends Error {
  constructor() {
    super("scripted clock: its script has ended and it runs on by itself; open a new one to script further");
    this.name = "ScriptEnded";
  }
}

/** Stands still until it is advanced; after `runOn` it is the offset clock that goes on from where it stood. */
export class ScriptedClock implements Clock {
  readonly kind = "demonstration";
  readonly #systemTime: SystemTime;
  #moment: UnixSeconds;
  #offsetSeconds: number | undefined;

  constructor(startsAt: UnixSeconds, systemTime: SystemTime = Date.now) {
    this.#moment = startsAt;
    this.#systemTime = systemTime;
  }

  now(): UnixSeconds {
    return this.#offsetSeconds === undefined
      ? this.#moment
      : systemSeconds(this.#systemTime) + this.#offsetSeconds;
  }

  /** Throws {@link ClockRunsBackwards} for a moment before the present one, {@link ScriptEnded} after `runOn`. */
  advanceTo(moment: UnixSeconds): void {
    if (this.#offsetSeconds !== undefined) throw new ScriptEnded();
    if (moment < this.#moment) throw new ClockRunsBackwards(this.#moment, moment);
    this.#moment = moment;
  }

  /** Ends the script and answers the offset in seconds to keep for {@link offsetClock}. */
  runOn(): number {
    this.#offsetSeconds ??= this.#moment - systemSeconds(this.#systemTime);
    return this.#offsetSeconds;
  }
}
