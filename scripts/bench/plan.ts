/** How much of everything the bench does. */
import type { LedgerSize } from "../../server/commands/bench/invented-ledger.ts";

export interface Plan {
  /** Requests that are sent: of one gift, one after the other; of one gift, many at once; of 100; of 3,000. */
  readonly naives: number;
  readonly singles: number;
  readonly hundreds: number;
  readonly thousands: number;
  /** Rows of the generated file that is imported. */
  readonly importRows: number;
  readonly sizes: readonly LedgerSize[];
  /** Gifts traced at each size. */
  readonly samples: number;
  /** Pages are loaded that often in the browser; the middle one counts. */
  readonly pageLoads: number;
  /** Whether pages and starts are those of the demonstration; otherwise of the gifts that the bench recorded. */
  readonly demonstration: boolean;
}

/** Ten gifts to a claim, and at most 100,000 claims. */
const sizeOf = (donations: number): LedgerSize => ({
  donations,
  claims: Math.min(100_000, donations / 10),
});

export const fullPlan = (large: boolean): Plan => ({
  naives: 500,
  singles: 4_000,
  hundreds: 100,
  thousands: 10,
  importRows: 100_000,
  sizes: [10_000, 100_000, 1_000_000, ...(large ? [10_000_000] : [])].map(sizeOf),
  samples: 5_000,
  pageLoads: 5,
  demonstration: true,
});

/** Every row in a few seconds, with figures that say nothing. */
export const tinyPlan: Plan = {
  naives: 2,
  singles: 5,
  hundreds: 1,
  thousands: 1,
  importRows: 30,
  sizes: [sizeOf(100), sizeOf(200)],
  samples: 5,
  pageLoads: 1,
  demonstration: false,
};
