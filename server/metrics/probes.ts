/** What the metrics ask of a gateway. Every answer is a count, a time or a law: nothing personal, nothing unbounded. */
import type { LawCheck } from "../../protocol/ports/views.ts";
import type { LineStatus } from "../outbox/line.ts";
import type { StartState } from "../start-progress.ts";

export interface Probes {
  readonly start: () => StartState;
  /** The number of the chain's last block. */
  readonly chainBlock: () => Promise<number>;
  /** The number of the last indexed block. Throws EmptyIndex before there is one. */
  readonly indexBlock: () => Promise<number>;
  /** How many operations are accepted and not settled. */
  readonly unsettled: () => Promise<number>;
  /** When the oldest of them was accepted, in milliseconds since 1970; undefined where there is none. */
  readonly oldestUnsettledMs: () => Promise<number | undefined>;
  /** Load of the embedded chain; absent with a chain outside. */
  readonly load?: () => number;
  /** How sending stands; on the embedded chain there is nothing to pay. */
  readonly line: () => Promise<LineStatus>;
  readonly laws: () => Promise<readonly LawCheck[]>;
  /** What the disk of the data folder has left. */
  readonly freeBytes: () => Promise<number>;
}
