/** The clock of a data folder: the system's, unless a demonstration left the offset that its script ended with. */
import { offsetClock, systemClock } from "../chain/clock.ts";
import type { Clock } from "../chain/clock.ts";
import type { OutboxStore } from "./store.ts";

const key = "clockOffsetSeconds";

/** The kept offset does not read as whole seconds. */
export class DamagedClockOffset extends Error {
  constructor() {
    super("clock: the kept offset is not a whole number of seconds; load the demonstration anew");
    this.name = "DamagedClockOffset";
  }
}

export const keepClockOffset = (store: OutboxStore, offsetSeconds: number): Promise<void> =>
  store.setMeta(key, String(offsetSeconds));

/** Throws {@link DamagedClockOffset}. */
export const keptClock = async (store: OutboxStore): Promise<Clock> => {
  const text = await store.meta(key);
  if (text === undefined) return systemClock();
  if (!/^(0|-?[1-9][0-9]{0,11})$/.test(text)) throw new DamagedClockOffset();
  return offsetClock(Number(text));
};
