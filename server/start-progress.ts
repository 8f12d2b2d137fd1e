/**
 * How far a start has come. The embedded chain is made again before anything is written; until then reads are answered
 * from the index, and whoever wants to write, or to ask the chain, is told how long that takes.
 */
import type { ReplayProgress } from "./outbox/replay.ts";
import { ProblemError } from "./problems.ts";

export interface StartState {
  /** `finishing`: the chain stands, and what was accepted before the start is being recorded. */
  readonly state: "replaying" | "finishing" | "ready";
  readonly progress: ReplayProgress;
}

/** Bounds of what an asker is told to wait, in seconds. */
const shortestWait = 1;
const longestWait = 60;

export class StartProgress {
  readonly #nowMs: () => number;
  readonly #begunMs: number;
  #state: StartState = { state: "replaying", progress: { blocks: 0, totalBlocks: 0, transactions: 0 } };

  /** `nowMs` is a clock that only runs forward. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#begunMs = nowMs();
  }

  get state(): StartState {
    return this.#state;
  }

  replayed(progress: ReplayProgress): void {
    this.#state = { state: "replaying", progress };
  }

  finishing(): void {
    this.#end("finishing");
  }

  ready(): void {
    this.#end("ready");
  }

  /** The answer to who comes too early; undefined once everything is there. */
  problem(): ProblemError | undefined {
    if (this.#state.state === "ready") return undefined;
    if (this.#state.state === "finishing") {
      return new ProblemError("unavailable", "starting: what was accepted before is being recorded", {
        retryAfterSeconds: shortestWait,
      });
    }
    const { blocks, totalBlocks } = this.#state.progress;
    const percent = totalBlocks === 0 ? 0 : Math.floor((blocks * 100) / totalBlocks);
    return new ProblemError(
      "unavailable",
      `starting: block ${blocks} of ${totalBlocks} is replayed (${percent} %); reads are answered meanwhile`,
      { retryAfterSeconds: this.#remainingSeconds(blocks, totalBlocks) },
    );
  }

  #end(state: "finishing" | "ready"): void {
    const { progress } = this.#state;
    this.#state = { state, progress: { ...progress, blocks: progress.totalBlocks } };
  }

  #remainingSeconds(blocks: number, totalBlocks: number): number {
    if (blocks === 0) return shortestWait;
    const elapsedSeconds = (this.#nowMs() - this.#begunMs) / 1_000;
    const left = Math.ceil((elapsedSeconds / blocks) * (totalBlocks - blocks));
    return Math.min(Math.max(left, shortestWait), longestWait);
  }
}
