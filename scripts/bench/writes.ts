/** How fast gifts are accepted, by the size of the request and by how many requests are on their way at once. */
import type { Client } from "./client.ts";
import { secondsOf } from "./clock.ts";
import { giftBodies } from "./gifts.ts";
import type { Plan } from "./plan.ts";
import type { Row } from "./row.ts";

interface Series {
  readonly id: string;
  readonly what: string;
  readonly gifts: number;
  readonly requests: number;
  /** Requests that are on their way at once. */
  readonly together: number;
}

interface Measured {
  readonly acceptedSeconds: number;
  /** Until the last gift of the series can be traced. */
  readonly traceableSeconds: number;
}

const sendAll = async (client: Client, { id, gifts, requests, together }: Series): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let request = next++; request < requests; request = next++) {
      await client.accept(`bench-${id}-${request}`, giftBodies(id, request * gifts, gifts));
    }
  };
  await Promise.all(Array.from({ length: Math.min(together, requests) }, worker));
};

const measure = async (client: Client, series: Series): Promise<Measured> => {
  const before = await client.traceable();
  let acceptedSeconds = 0;
  const traceableSeconds = await secondsOf(async () => {
    acceptedSeconds = await secondsOf(() => sendAll(client, series));
    await client.untilTraceable(before + series.gifts * series.requests);
  });
  return { acceptedSeconds, traceableSeconds };
};

const seriesOf = (plan: Plan): readonly Series[] => [
  // Nothing waits beside it: each gift is a batch and a transaction of its own.
  { id: "naive", what: "one a request, one at a time", gifts: 1, requests: plan.naives, together: 1 },
  { id: "single", what: "one a request, 16 at once", gifts: 1, requests: plan.singles, together: 16 },
  { id: "crowd", what: "one a request, 128 at once", gifts: 1, requests: plan.singles, together: 128 },
  { id: "hundred", what: "100 a request", gifts: 100, requests: plan.hundreds, together: 16 },
  { id: "import", what: "3,000 a request", gifts: 3_000, requests: plan.thousands, together: 16 },
];

/** Accepted and recorded gifts a second, of one, 100 and 3,000 a request. */
export const writeRows = async (client: Client, plan: Plan): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const series of seriesOf(plan)) {
    const { acceptedSeconds, traceableSeconds } = await measure(client, series);
    const gifts = series.gifts * series.requests;
    const note = `${gifts} gifts, ${series.together} requests at once`;
    rows.push(
      {
        id: `accepted.${series.id}`,
        what: `donations accepted, ${series.what}`,
        value: gifts / acceptedSeconds,
        unit: "a second",
        note,
      },
      {
        id: `traceable.${series.id}`,
        what: `the same until traceable, ${series.what}`,
        value: gifts / traceableSeconds,
        unit: "a second",
        note: series.together === 1 ? "the naive way: one transaction a donation" : note,
      },
    );
  }
  return rows;
};
