/** What the events alone show, without anybody's help: numbers, roles, rules, roots, laws. */
import type { Checks } from "../../protocol/audit/check.ts";
import { checkBooks, leaveLawsOpen, tellLaw } from "../../protocol/audit/laws.ts";
import { checkNumbers, type Counts } from "../../protocol/audit/numbering.ts";
import { replay, type Replay } from "../../protocol/audit/replay.ts";
import { checkRoots } from "../../protocol/audit/roots.ts";
import type { History } from "./history.ts";
import type { Progress } from "./progress.ts";
import { checkRoles } from "./roles.ts";
import type { AuditThreads } from "./threads/threads.ts";

export interface RebuiltBooks extends Replay {
  readonly counts: Counts;
  readonly donations: number;
}

/** `threads` have been given the batches as they were read. */
export const auditBooks = async (
  checks: Checks,
  history: History,
  threads: AuditThreads,
  progress: Progress,
): Promise<RebuiltBooks> => {
  const { events, block } = history;
  const donations = events.reduce(
    (sum, { event }) => sum + (event.type === "BatchRecorded" ? event.count : 0),
    0,
  );
  const counts = checkNumbers(checks.of("records.numbers"), events);
  checkRoles(checks.of("roles.held"), events);
  const replaying = progress.step("events replayed");
  const rebuilt = replay(checks, events, (done) => replaying(done, events.length));
  if (rebuilt.complete) {
    checkBooks(checks, rebuilt.state, block.time);
    const law = await threads.walk(rebuilt.state, progress.step("batches traced"));
    tellLaw(checks, law.result(rebuilt.state));
  } else leaveLawsOpen(checks);
  const hashing = progress.step("donations hashed");
  checkRoots(
    checks,
    history,
    events,
    (event) => threads.sealed(event),
    (done) => hashing(done, donations),
  );
  return { ...rebuilt, counts, donations };
};
