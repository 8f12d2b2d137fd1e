/** What the events alone show, without anybody's help: numbers, rules, roots, laws. */
import type { Checks } from "../../protocol/audit/check.ts";
import { checkBooks, leaveLawsOpen, tellLaw } from "../../protocol/audit/laws.ts";
import { checkNumbers, type Counts } from "../../protocol/audit/numbering.ts";
import { replay, type Replay } from "../../protocol/audit/replay.ts";
import { checkRoots } from "../../protocol/audit/roots.ts";
import { lawOfPlaces } from "../../protocol/laws/places.ts";
import type { History } from "./history.ts";
import type { Progress } from "./progress.ts";

export interface RebuiltBooks extends Replay {
  readonly counts: Counts;
  readonly donations: number;
}

export const auditBooks = (checks: Checks, history: History, progress: Progress): RebuiltBooks => {
  const { events, block } = history;
  const donations = events.reduce(
    (sum, { event }) => sum + (event.type === "BatchRecorded" ? event.count : 0),
    0,
  );
  const counts = checkNumbers(checks.of("records.numbers"), events);
  const replaying = progress.step("events replayed");
  const rebuilt = replay(checks, events, (done) => replaying(done, events.length));
  const hashing = progress.step("donations hashed");
  checkRoots(checks, history, events, (done) => hashing(done, donations));
  if (rebuilt.complete) {
    checkBooks(checks, rebuilt.state, block.time);
    const tracing = progress.step("donations traced");
    tellLaw(
      checks,
      lawOfPlaces(rebuilt.state, (done) => tracing(done, donations)),
    );
  } else leaveLawsOpen(checks);
  return { ...rebuilt, counts, donations };
};
