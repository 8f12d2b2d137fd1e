/**
 * Keeps looking, says in words what changed, and waits between two looks: longer and longer where the operator does not
 * answer. What proves two histories ends the following; the replica's own chain is served on.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Finding } from "./finding.ts";
import { NotEmbedded, NotOutside, Unreachable } from "./source.ts";

export interface WatchOptions<Position> {
  readonly follower: { readonly look: () => Promise<Position> };
  /** What is said of a look that went well. */
  readonly words: (position: Position) => string;
  readonly everyMs: number;
  readonly once: boolean;
  readonly say: (line: string) => void;
  /** After a look that went well. */
  readonly onPosition: (position: Position) => Promise<void>;
  readonly onFinding: (finding: Finding) => Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How it ended: as asked, or with something found that was not resolved. */
export type Watched = "well" | "found" | "unreachable";

const longestWaitMs = 300_000;

/** The time to wait after `failures` looks in a row that failed. */
export const waitAfter = (everyMs: number, failures: number): number =>
  failures === 0 ? everyMs : Math.min(longestWaitMs, Math.max(everyMs, 1_000) * 2 ** Math.min(failures, 16));

/** Throws NotEmbedded, NotOutside, and whatever is wrong with the replica itself. */
export const watch = async <Position>(options: WatchOptions<Position>): Promise<Watched> => {
  const { follower, words, everyMs, once, say, onPosition, onFinding, signal } = options;
  let failures = 0;
  let said = "";
  let last: Watched = "well";
  /** What is said once is not said again until it changes. */
  const tell = (line: string): void => {
    if (line !== said) say(line);
    said = line;
  };
  while (!signal.aborted) {
    let waitMs = 0;
    try {
      const position = await follower.look();
      tell(words(position));
      await onPosition(position);
      failures = 0;
      last = "well";
    } catch (error) {
      if (error instanceof NotEmbedded || error instanceof NotOutside) throw error;
      failures += 1;
      if (error instanceof Finding) {
        tell(`FOUND (${error.kind}): ${error.message}`);
        await onFinding(error);
        last = "found";
        // A history that was replaced cannot be gone on with.
        if (error.kind === "rewritten" && !once) return untilAborted(signal);
      } else if (error instanceof Unreachable) {
        tell(`no answer: ${error.message}`);
        if (last !== "found") last = "unreachable";
        waitMs = error.retryAfterMs ?? 0;
      } else throw error;
    }
    if (once) return last;
    await sleep(Math.min(longestWaitMs, Math.max(waitMs, waitAfter(everyMs, failures))), undefined, {
      signal,
    }).catch(() => {});
  }
  return last === "unreachable" ? "well" : last;
};

const untilAborted = async (signal: AbortSignal): Promise<Watched> => {
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  return "found";
};
