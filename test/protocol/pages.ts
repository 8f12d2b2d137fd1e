/** Reads all pages of a trace, as a patient reader would. */
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { Books } from "../../protocol/trace/requests.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { traceInterval } from "../../protocol/trace/slices.ts";
import { reserveSources } from "../../protocol/trace/sources.ts";
import type { Interval, Slice, Source } from "../../protocol/trace/types.ts";

export const allSlices = (books: Books, fund: FundId, interval: Interval, limit = 50): readonly Slice[] => {
  const slices: Slice[] = [];
  let cursor: string | undefined;
  do {
    const page = runSync(traceInterval(fund, interval, cursor, limit), books);
    slices.push(...page.slices);
    cursor = page.next;
  } while (cursor !== undefined);
  return slices;
};

export const allSources = (
  books: Books,
  programme: ProgrammeId,
  interval: Interval,
  limit = 50,
): readonly Source[] => {
  const sources: Source[] = [];
  let cursor: string | undefined;
  do {
    const page = runSync(reserveSources(programme, interval, cursor, limit), books);
    sources.push(...page.sources);
    cursor = page.next;
  } while (cursor !== undefined);
  return sources;
};
