/**
 * Recording gifts: vault, then outbox, then an answer. Requests that wait together are taken together: their gifts of
 * one fund, channel and settlement day become one batch, and all of it is kept by one write of each store. Each request
 * has its own key and digest, and is refused by itself.
 */
import { createHash } from "node:crypto";
import { largestAmountFen, position } from "../../protocol/amounts.ts";
import { encodeLeaves, maxLeaves, sortLeaves } from "../../protocol/donations/leaves.ts";
import { batchOperation } from "../../protocol/donations/merkle-sum.ts";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import type { Bytes32, FundId } from "../../protocol/ids.ts";
import type { DayNumber } from "../../protocol/ledger/events.ts";
import { DeskRefusal, type Asking, type DonationRequest } from "../../protocol/ports/desk.ts";
import { nativeKeccak } from "../keccak.ts";
import { keyOf, type AskedOnce } from "../outbox/answered-requests.ts";
import type { NewOperation } from "../outbox/store.ts";
import type { KeptForOperation } from "../vault/vault.ts";
import type { Counter } from "./counter.ts";
import { GiftChecks, paymentOf, type CheckedGift } from "./gift-checks.ts";
import { sealGifts, type SealedGift } from "./gift-seals.ts";
import { knownFund } from "./known.ts";
import type { Taken } from "./positions.ts";

/** Gifts of the request that are recorded already; indexes, never numbers. */
export class GiftsAlreadyRecorded extends Error {
  readonly indexes: readonly number[];
  constructor(indexes: readonly number[]) {
    super(
      `donations: ${indexes.length} of them are recorded already (index ${indexes.slice(0, 5).join(", ")}` +
        `${indexes.length > 5 ? ", …" : ""}); leave them out`,
    );
    this.name = "GiftsAlreadyRecorded";
    this.indexes = indexes;
  }
}

/** Gifts that somebody asks to be recorded, all or none. */
export interface GiftsAsked {
  readonly gifts: readonly DonationRequest[];
  readonly asking: Asking;
}

export type Outcome =
  /** Its operations, in the order of its parts. */
  | { readonly answer: readonly string[] }
  /** Nothing of it was kept: {@link DeskRefusal}, {@link GiftsAlreadyRecorded}, IdempotencyConflict. */
  | { readonly refusal: unknown }
  /** It shares its key or a payment with one before it, whose outcome decides about it: it is to be asked again. */
  | "again";

/** Where gifts of one batch belong. */
interface Place {
  readonly fund: FundId;
  readonly channel: string;
  readonly day: DayNumber;
}

/** The gifts of one request that belong into one batch. */
interface Part extends Place, AskedOnce {
  readonly gifts: readonly CheckedGift[];
}

interface Batch extends Place {
  readonly parts: Part[];
  count: number;
  sum: bigint;
}

/**
 * Takes requests together; answers their outcomes in their order. Throws what the stores and the sender throw: then
 * nothing was accepted. Must be called in a turn of the counter.
 */
export const recordTogether = async (
  counter: Counter,
  asked: readonly GiftsAsked[],
): Promise<readonly Outcome[]> => {
  const checks = new GiftChecks(counter);
  const outcomes = asked.map((): Outcome => "again");
  const fresh = new Map<number, readonly Part[]>();
  const taken = new Set<string>();
  for (const [index, each] of asked.entries()) {
    try {
      const gifts = await checks.check(each.gifts);
      const parts = partsOf(gifts, each.asking);
      const names = [`key ${keyOf(each.asking)}`, ...gifts.map(paymentOf)];
      const isShared = names.some((name) => taken.has(name));
      for (const name of names) taken.add(name);
      if (isShared) continue;
      const known = await knownParts(counter, parts);
      if (known !== undefined) {
        each.asking.onRepetition?.();
        outcomes[index] = { answer: known };
        continue;
      }
      // Not before: a repetition is answered as the first time, wherever the clock stands now.
      checks.requirePast(gifts);
      fresh.set(index, parts);
    } catch (refusal) {
      outcomes[index] = { refusal };
    }
  }
  for (const [index, refusal] of await recordedAlready(counter, fresh)) {
    outcomes[index] = { refusal };
    fresh.delete(index);
  }
  const operations = await submit(counter, batchesOf([...fresh.values()].flat()));
  for (const [index, parts] of fresh) {
    outcomes[index] = { answer: parts.flatMap((part) => operations.get(part) ?? []) };
  }
  return outcomes;
};

const partsOf = (gifts: readonly CheckedGift[], asking: Asking): readonly Part[] => {
  const groups = groupGifts(gifts);
  const requests = partRequests(groups);
  return groups.map((group, index) => ({
    ...group,
    request: canonicalJson(requests[index] ?? null),
    idempotencyKey: keyOf(partKey(asking, index)),
  }));
};

interface Group extends Place {
  readonly gifts: readonly CheckedGift[];
}

const placeKey = ({ fund, channel, day }: Place): string => `${fund}/${channel}/${day}`;

const groupGifts = (gifts: readonly CheckedGift[]): readonly Group[] => {
  const groups = new Map<string, CheckedGift[]>();
  for (const gift of gifts) {
    const key = placeKey({ ...gift.request, day: gift.day });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gift]);
    else group.push(gift);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sum = sumOf(group);
    if (sum > largestAmountFen) {
      throw new DeskRefusal(
        `donations[${first.index}].amount`,
        `with the others of its fund, channel and day it comes to ${sum}, past the 2^64 − 1 of one batch`,
      );
    }
    return [{ fund: first.request.fund, channel: first.request.channel, day: first.day, gifts: group }];
  });
};

const sumOf = (gifts: readonly CheckedGift[]): bigint =>
  gifts.reduce((total, { request }) => total + request.amount, 0n);

/**
 * What the keyed digest of each part covers: everything that was asked, nothing that is random. Every part carries a
 * digest of the whole, so that part of a request is another request.
 */
const partRequests = (groups: readonly Group[]): readonly Json[] => {
  const whole = canonicalJson(groups.map(groupRequest));
  const digest = createHash("sha256").update(whole).digest("hex");
  return groups.map((_, part) => ({ kind: "recordDonations", part, digest }));
};

const groupRequest = (group: Group): Json => ({
  fund: group.fund,
  day: group.day,
  gifts: group.gifts.map(({ payload, request }) => ({
    ...payload,
    providerIssued: request.providerIssued,
    remark: request.remark ?? "",
  })),
});

/** The first part has the asker's own key, for one key names one request of any kind; no asker's key has a space. */
const partKey = (asking: Asking, part: number): Asking =>
  part === 0 ? asking : { ...asking, idempotencyKey: `${asking.idempotencyKey} ${part}` };

/** What this very request became before: its parts were accepted together, so all of them or none. */
const knownParts = async (
  { parts: { outbox } }: Counter,
  parts: readonly Part[],
): Promise<readonly string[] | undefined> => {
  const ids: string[] = [];
  for (const { idempotencyKey, request } of parts) {
    const id = await outbox.known(idempotencyKey, request);
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
};

/** The requests with gifts that are recorded, each with its refusal. One look-up for the gifts of all. */
const recordedAlready = async (
  { parts: { outbox } }: Counter,
  requests: ReadonlyMap<number, readonly Part[]>,
): Promise<ReadonlyMap<number, GiftsAlreadyRecorded>> => {
  const all = [...requests].flatMap(([index, parts]) =>
    parts.flatMap(({ gifts }) => gifts.map((gift) => ({ index, gift }))),
  );
  const found = new Map<number, number[]>();
  for (const at of await outbox.recorded(all.map(({ gift }) => gift.payload))) {
    const recorded = all[at];
    if (recorded === undefined) continue;
    found.set(recorded.index, [...(found.get(recorded.index) ?? []), recorded.gift.index]);
  }
  return new Map(
    Array.from(found, ([index, gifts]) => [
      index,
      new GiftsAlreadyRecorded(gifts.toSorted((one, other) => one - other)),
    ]),
  );
};

/** Parts that belong into one batch together, as far as a batch holds them, in the order of their asking. */
const batchesOf = (parts: readonly Part[]): readonly Batch[] => {
  const batches: Batch[] = [];
  const open = new Map<string, Batch>();
  for (const part of parts) {
    const key = placeKey(part);
    const sum = sumOf(part.gifts);
    const before = open.get(key);
    const fits =
      before !== undefined &&
      before.count + part.gifts.length <= maxLeaves &&
      before.sum + sum <= largestAmountFen;
    if (fits) {
      before.parts.push(part);
      before.count += part.gifts.length;
      before.sum += sum;
      continue;
    }
    const { fund, channel, day } = part;
    const batch = { fund, channel, day, parts: [part], count: part.gifts.length, sum };
    batches.push(batch);
    open.set(key, batch);
  }
  return batches;
};

/** A batch on its way: what the vault keeps of it, and what the chain will. */
interface SealedBatch {
  readonly batch: Batch;
  readonly operation: Bytes32;
  readonly gifts: readonly SealedGift[];
  readonly leaves: Uint8Array;
}

const sealBatch = (batch: Batch, sealed: readonly SealedGift[]): SealedBatch => {
  const gifts = sortLeaves(sealed);
  const leaves = encodeLeaves(gifts);
  const operation = batchOperation(batch.fund, batch.channel, batch.day, leaves, nativeKeccak);
  return { batch, operation, gifts, leaves };
};

/** Keeps and accepts the batches, all or none; answers the operation of each part. */
const submit = async (counter: Counter, batches: readonly Batch[]): Promise<ReadonlyMap<Part, string>> => {
  if (batches.length === 0) return new Map();
  const gifts = batches.flatMap(({ parts }) => parts.flatMap((part) => part.gifts));
  const sealed = await sealGifts(counter, gifts);
  let at = 0;
  const ready = batches.map((batch) => sealBatch(batch, sealed.slice(at, (at += batch.count))));
  await counter.parts.vault.keepAll(ready.map(keptOf));
  const operations: NewOperation[] = [];
  const taken: (Taken & { readonly line: string; readonly operation: string })[] = [];
  for (const each of ready) {
    const line = `fund/${each.batch.fund}`;
    const start =
      taken.findLast((before) => before.line === line)?.end ??
      (await counter.positions.end(line, async () =>
        position((await knownFund(counter, each.batch.fund)).partition.total),
      ));
    taken.push({ line, start, end: position(start + each.batch.sum), operation: each.operation });
    operations.push(operationOf(counter, each, start));
  }
  await counter.acceptAll(operations);
  for (const { line, operation, ...part } of taken) {
    counter.positions.advance(line, part, counter.settled(operation));
  }
  return new Map(ready.flatMap(({ batch, operation }) => batch.parts.map((part) => [part, operation])));
};

const keptOf = ({ operation, gifts }: SealedBatch): KeptForOperation => ({
  operation,
  openings: gifts.map(({ opening }) => opening),
});

const operationOf = (
  counter: Counter,
  { batch, operation, leaves }: SealedBatch,
  startsAt: Taken["start"],
): NewOperation => {
  const { fund, channel, day } = batch;
  const [first, ...others] = batch.parts;
  return {
    id: operation,
    kind: "recordDonations",
    actor: "recorder",
    call: counter.call({ verb: "recordDonations", operation, fund, channel, day, startsAt, leaves }),
    request: first?.request ?? "",
    ...(first === undefined ? {} : { idempotencyKey: first.idempotencyKey }),
    joined: others,
    references: batch.parts.flatMap(({ gifts }) => gifts.map(({ payload }) => payload)),
  };
};
