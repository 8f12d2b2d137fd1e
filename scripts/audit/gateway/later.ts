/**
 * Later blocks at which the books are still those of the audited one. Where others make the chain, blocks come whatever the
 * ledger does, and a gateway goes on with them.
 */
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { DeclaredPeriod } from "../../../protocol/ledger/records.ts";
import { headerAt } from "../headers.ts";
import type { AuditedBlock, History } from "../history.ts";
import type { Ask } from "../node.ts";
import { newestLogBetween } from "./head.ts";

/** What falls due by time alone. */
interface Calendar {
  readonly programmes: readonly {
    readonly periods: readonly Pick<DeclaredPeriod, "start" | "end" | "filingDeadline">[];
  }[];
}

/** A period that begins or ends, or a deadline that passes, changes answers without any log. */
const fallsDue = ({ programmes }: Calendar, after: UnixSeconds, until: UnixSeconds): boolean =>
  programmes.some(({ periods }) =>
    periods.some(({ start, end, filingDeadline }) =>
      [start, end, filingDeadline].some((moment) => moment >= after && moment <= until),
    ),
  );

export type LaterBlocks = (number: number) => Promise<AuditedBlock | undefined>;

/**
 * A block behind the audited one as the node has it; undefined where the ledger has logs up to it, something fell due, or
 * the node has no such block. Each is asked for once. Rejects with NodeFailure.
 */
export const laterBlocks = (ask: Ask, history: History, calendar: Calendar): LaterBlocks => {
  const blockAt = async (number: number): Promise<AuditedBlock | undefined> => {
    const header = await headerAt(ask, number);
    if (header === undefined || fallsDue(calendar, history.block.time, header.time)) return undefined;
    const { ledger, block } = history;
    const log = await newestLogBetween(ask, ledger, block.number + 1, number);
    return log === 0 ? { number, hash: header.hash, time: header.time } : undefined;
  };
  const asked = new Map<number, Promise<AuditedBlock | undefined>>();
  return (number) => {
    const block = asked.get(number) ?? blockAt(number);
    asked.set(number, block);
    return block;
  };
};
