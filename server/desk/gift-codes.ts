/** Under which code each gift of a request is found, once its operations are recorded. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { transactionNumberOf } from "../../protocol/donations/commitment.ts";
import { indexOfCommitment } from "../../protocol/donations/leaves.ts";
import type { BatchRecorded } from "../../protocol/ledger/events.ts";
import type { DonationRequest, OperationView } from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";

/** The codes in the order of the gifts; undefined for a gift that was forgotten since. */
export const codesOf = async (
  { parts: { vault } }: Counter,
  gifts: readonly DonationRequest[],
  operations: readonly OperationView[],
): Promise<readonly (string | undefined)[]> => {
  const batches = new Map(
    operations.flatMap(({ events }) =>
      events.filter((event) => event.type === "BatchRecorded").map(byOperation),
    ),
  );
  const kept = await vault.byReferences(
    gifts.map(({ channel, transactionNumber }) => ({
      channel,
      transactionNumber: transactionNumberOf(transactionNumber),
    })),
  );
  return gifts.map((_, place) => {
    const opening = kept.get(place);
    const recorded = opening === undefined ? undefined : batches.get(opening.operation);
    if (opening === undefined || recorded === undefined) return undefined;
    const index = indexOfCommitment(recorded.leaves, opening.commitment);
    return index === undefined ? undefined : encodeCode({ kind: "donation", batch: recorded.batch, index });
  });
};

const byOperation = (event: BatchRecorded): readonly [string, BatchRecorded] => [event.operation, event];
