/** What the audit and its threads say to each other. Both ends are this program: nothing comes from elsewhere. */
import type { BatchSeal, Hashed } from "../../../protocol/audit/roots.ts";
import type { PlacesPart } from "../../../protocol/laws/places.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";

export type ToThread =
  | { readonly kind: "hash"; readonly batch: number; readonly hashed: Hashed }
  | {
      readonly kind: "places";
      readonly books: Pick<LedgerState, "funds" | "programmes" | "batches">;
      /** The index of the next batch that nobody has taken, as one 32-bit number. */
      readonly next: Int32Array<SharedArrayBuffer>;
    };

export type FromThread =
  | { readonly kind: "hashed"; readonly batch: number; readonly seal: BatchSeal }
  | { readonly kind: "places"; readonly part: PlacesPart };
