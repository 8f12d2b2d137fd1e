/** How fast gifts are accepted, by the size of the request; one a request is also the naive way of recording. */
import type { Client } from "./client.ts";
import { secondsOf } from "./clock.ts";
import { giftBodies } from "./gifts.ts";
import type { Plan } from "./plan.ts";
import type { Row } from "./row.ts";

/** Requests that are on their way at once. */
const together = 16;

interface Series {
  readonly id: string;
  readonly what: string;
  readonly gifts: number;
  readonly requests: number;
}

interface Measured {
  readonly acceptedSeconds: number;
  /** Until the last gift of the series can be traced. */
  readonly traceableSeconds: number;
}

const sendAll = async (client: Client, { id, gifts, requests }: Series): Promise<void> => {
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

/** Accepted and recorded gifts a second, of one, 100 and 3,000 a request. */
export const writeRows = async (client: Client, plan: Plan): Promise<readonly Row[]> => {
  const all: readonly Series[] = [
    { id: "single", what: "one a request", gifts: 1, requests: plan.singles },
    { id: "hundred", what: "100 a request", gifts: 100, requests: plan.hundreds },
    { id: "import", what: "3,000 a request", gifts: 3_000, requests: plan.thousands },
  ];
  const rows: Row[] = [];
  for (const series of all) {
    const { acceptedSeconds, traceableSeconds } = await measure(client, series);
    const gifts = series.gifts * series.requests;
    rows.push(
      {
        id: `accepted.${series.id}`,
        what: `donations accepted, ${series.what}`,
        value: gifts / acceptedSeconds,
        unit: "a second",
        note: `${gifts} gifts, ${together} requests at once`,
      },
      {
        id: `traceable.${series.id}`,
        what: `the same until traceable, ${series.what}`,
        value: gifts / traceableSeconds,
        unit: "a second",
        ...(series.gifts === 1 ? { note: "the naive way: one transaction a donation" } : {}),
      },
    );
  }
  return rows;
};
