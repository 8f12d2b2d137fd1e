/** Declaring policy periods with their terms, and closing those that are over. */
import { DeskRefusal, type Asking, type DeclarePeriodRequest } from "../../protocol/ports/desk.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { coverOnChain, filingDeadlineOf, toTheMinuteOf } from "../../protocol/terms/period.ts";
import { termsDigest, termsDocument, type Terms } from "../../protocol/terms/types.ts";
import type { Counter } from "./counter.ts";
import { knownProgramme } from "./known.ts";

/** A roll closes at most this many periods in one call; the rest waits for the next. */
const maxClosedPerCall = 100;

/** What of the terms the chain enforces. Terms that leave it open can be published, but no period can run on them. */
const enforced = (terms: Terms, end: UnixSeconds) => {
  const cover = coverOnChain(terms);
  if (cover === undefined) {
    throw new DeskRefusal(
      "terms.cover",
      'is not stated, and the ledger enforces it; write "none" for no limit',
    );
  }
  const filingDeadline = filingDeadlineOf(terms, end);
  if (filingDeadline === undefined) {
    throw new DeskRefusal("terms.filingDays", "is not stated, and the ledger enforces the filing deadline");
  }
  return { cover, filingDeadline, toTheMinute: toTheMinuteOf(terms) };
};

export const declarePeriod = (
  counter: Counter,
  request: DeclarePeriodRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { programme, period, start, end, terms } = request;
    const { currency } = await knownProgramme(counter, programme);
    if (end <= start) throw new DeskRefusal("end", "expected a time after start");
    if (terms.currency !== currency) {
      throw new DeskRefusal("terms.currency", `expected ${currency}, got ${terms.currency}`);
    }
    const { cover, filingDeadline, toTheMinute } = enforced(terms, end);
    const content = { programme, period, start, end, terms: termsDigest(terms) };
    return counter.take("declarePeriod", content, asking, async () => {
      await counter.publish(termsDocument(terms));
      const verb = { verb: "declarePeriod", ...content, filingDeadline, cover, toTheMinute } as const;
      return { actor: "treasurer", verb };
    });
  });

export const closePeriods = (counter: Counter, programme: ProgrammeId, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    await knownProgramme(counter, programme);
    return counter.take("closePeriods", { programme }, asking, async () => ({
      actor: "treasurer",
      verb: { verb: "closePeriod", programme, max: maxClosedPerCall },
    }));
  });
