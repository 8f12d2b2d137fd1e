/** Claims, alone, in lists and in the queue. */
import type { ClaimId, ProgrammeId } from "../../protocol/ids.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { ClaimState, ClaimView, Page } from "../../protocol/ports/views.ts";
import { claimViews } from "./claim-views.ts";
import { mapPage, pageOf } from "./pages.ts";
import type { Reading } from "./reading.ts";

export const readClaim = async (reading: Reading, claim: ClaimId): Promise<ClaimView | undefined> => {
  const row = await reading.database
    .selectFrom("claims")
    .selectAll()
    .where("claim", "=", claim)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const [view] = await claimViews(reading, [row]);
  return view;
};

/**
 * In the order in which they were filed, in whatever state: each claim is a public record by its code, with programme,
 * amount, state and coarse reason, because that is the product. What is not public are figures: a page tells neither how
 * many claims there are nor how many of a programme were rejected, withdrawn or cancelled; for that there is
 * {@link readSettlement}, for at least 11 claims together.
 */
export const readClaims = async (
  reading: Reading,
  filter: { readonly programme?: ProgrammeId; readonly state?: ClaimState },
  page: PageRequest,
): Promise<Page<ClaimView>> => {
  const rows = await pageOf(
    "claims",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("claims").selectAll().where("claim", ">", after);
      if (filter.programme !== undefined) query = query.where("programme", "=", filter.programme);
      if (filter.state !== undefined) query = query.where("state", "=", filter.state);
      return query.orderBy("claim").limit(count).execute();
    },
    ({ claim }) => claim,
  );
  return mapPage(rows, (found) => claimViews(reading, found));
};

/** Approved and unpaid, in queue order. */
export const readQueue = async (
  reading: Reading,
  programme: ProgrammeId,
  page: PageRequest,
): Promise<Page<ClaimView>> => {
  const { database } = reading;
  const places = await pageOf(
    "queue",
    page,
    (after, count) =>
      database
        .selectFrom("approvals")
        .select(["claim", "queue_number"])
        .where("programme", "=", programme)
        .where("waiting", "=", 1)
        .where("queue_number", ">", after)
        .orderBy("queue_number")
        .limit(count)
        .execute(),
    ({ queue_number: number }) => number,
  );
  return mapPage(places, async (found) => {
    if (found.length === 0) return [];
    const ids = found.map(({ claim }) => claim);
    const rows = await database.selectFrom("claims").selectAll().where("claim", "in", ids).execute();
    const byId = new Map(rows.map((row) => [row.claim, row]));
    return claimViews(
      reading,
      ids.flatMap((id) => byId.get(id) ?? []),
    );
  });
};
