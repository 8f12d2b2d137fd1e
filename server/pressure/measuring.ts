/**
 * Measures this process once a second, so that asking costs nothing. One piece of work that takes long is no pressure:
 * the event loop counts as late by what it was late in the best of the last seconds.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import type { Measured } from "./pressure.ts";

const resolutionMs = 20;
const intervalMs = 1_000;
const intervals = 3;
const nanosecondsOfMs = 1e6;

export interface Measuring {
  readonly measured: () => Measured;
  readonly stop: () => void;
}

/** Keeps no process alive. */
export const measureProcess = (): Measuring => {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let latest: Measured = { lagMs: 0, heapPercent: 0 };
  const lags = Array.from({ length: intervals }, () => 0);
  const timer = setInterval(() => {
    const heap = getHeapStatistics();
    // A timer that is on time is seen after its own period; without a look in between there is no mean.
    lags.push(delays.count === 0 ? 0 : Math.max(0, delays.mean / nanosecondsOfMs - resolutionMs));
    lags.shift();
    latest = {
      lagMs: Math.min(...lags),
      heapPercent: (heap.used_heap_size * 100) / heap.heap_size_limit,
    };
    delays.reset();
  }, intervalMs);
  timer.unref();
  return {
    measured: () => latest,
    stop: () => {
      clearInterval(timer);
      delays.disable();
    },
  };
};
