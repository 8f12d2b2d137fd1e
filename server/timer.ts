/**
 * Time that passes, apart from the ledger's clock: for limits on how often somebody asks, and for answers that must take
 * equally long.
 */
import { setTimeout as sleep } from "node:timers/promises";

export interface Timer {
  /** Milliseconds that never run backwards. */
  nowMs(): number;
  sleep(durationMs: number): Promise<void>;
}

export const systemTimer: Timer = {
  nowMs: () => performance.now(),
  sleep: (durationMs) => sleep(durationMs),
};
