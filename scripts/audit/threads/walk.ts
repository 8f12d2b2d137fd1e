/** Law L4 over the batches that nobody else has taken. */
import { PlacesLaw } from "../../../protocol/laws/places.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";

/** `next` is shared by all who walk: each takes the next batch until none is left. */
export const walkPlaces = (
  { batches, ...books }: Pick<LedgerState, "funds" | "programmes" | "batches">,
  next: Int32Array<SharedArrayBuffer>,
  onTaken: (batch: number) => void = () => {},
): PlacesLaw => {
  const law = new PlacesLaw(books);
  for (;;) {
    const taken = Atomics.add(next, 0, 1);
    const batch = batches[taken];
    if (batch === undefined) return law;
    law.walk(batch);
    onTaken(taken);
  }
};
