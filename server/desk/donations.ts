/** Recording gifts: vault, then outbox, then an answer; one batch for each fund, channel and settlement day. */
import { createHash } from "node:crypto";
import { dayOf, formatDay, parseOccurredAt } from "../../protocol/calendar.ts";
import { largestAmountFen, position, type Fen } from "../../protocol/amounts.ts";
import {
  donationPayload,
  payloadCommitment,
  type DonationPayload,
} from "../../protocol/donations/commitment.ts";
import { encodeLeaves, maxLeaves, sortLeaves } from "../../protocol/donations/leaves.ts";
import { batchOperation } from "../../protocol/donations/merkle-sum.ts";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import type { Bytes32, FundId } from "../../protocol/ids.ts";
import type { DayNumber, UnixSeconds } from "../../protocol/ledger/events.ts";
import {
  DeskRefusal,
  type Asking,
  type DonationRequest,
  type DonationStanding,
} from "../../protocol/ports/desk.ts";
import type { NewOperation } from "../outbox/store.ts";
import type { KeptOpening, Opening } from "../vault/vault.ts";
import { keyOf, randomSalt, type Counter } from "./counter.ts";
import { knownFund } from "./known.ts";
import type { Taken } from "./positions.ts";

export const maxGiftsPerRequest = maxLeaves;

/** A gift whose fields have been checked, with its place among those asked for. */
interface CheckedGift {
  readonly index: number;
  readonly request: DonationRequest;
  readonly payload: DonationPayload;
  readonly givenOn: DayNumber;
  readonly day: DayNumber;
}

interface Group {
  readonly fund: FundId;
  readonly channel: string;
  readonly day: DayNumber;
  readonly gifts: readonly CheckedGift[];
}

interface SealedGift {
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly opening: Opening;
}

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

/**
 * Records gifts, all or none. Throws {@link DeskRefusal} naming `donations[i].field`,
 * {@link GiftsAlreadyRecorded}, and what the outbox throws.
 */
export const recordDonations = (
  counter: Counter,
  gifts: readonly DonationRequest[],
  asking: Asking,
): Promise<readonly string[]> =>
  counter.serve(async () => {
    const checked = await checkGifts(counter, gifts);
    const groups = groupGifts(checked);
    const requests = partRequests(groups);
    const known = await knownParts(counter, requests, asking);
    if (known !== undefined) return known;
    // Not before: a repetition is answered as the first time, wherever the clock stands now.
    requirePast(counter, checked);
    await requireNew(counter, checked);
    return submitGroups(counter, groups, requests, asking);
  });

/** How each gift stands to the books; the checks of {@link recordDonations} and nothing written. */
export const standingOf = async (
  counter: Counter,
  gifts: readonly DonationRequest[],
): Promise<readonly DonationStanding[]> => {
  const checked = await checkGifts(counter, gifts);
  requirePast(counter, checked);
  const recorded = new Set(await counter.parts.outbox.recorded(checked.map(({ payload }) => payload)));
  return Promise.all(
    checked.map(async (gift, index) => (recorded.has(index) ? standingOfRecorded(counter, gift) : "new")),
  );
};

const standingOfRecorded = async (
  { parts: { vault } }: Counter,
  gift: CheckedGift,
): Promise<DonationStanding> => {
  // Forgotten in the vault but recorded: what it was is gone, that it is there is not.
  const kept = await vault.byReference(gift.payload);
  if (kept === undefined) return "recorded";
  const same =
    kept.payload.amount === gift.payload.amount &&
    kept.payload.occurredAt === gift.payload.occurredAt &&
    kept.fund === gift.request.fund;
  return same ? "recorded" : "conflict";
};

const checkGifts = async (
  counter: Counter,
  gifts: readonly DonationRequest[],
): Promise<readonly CheckedGift[]> => {
  if (gifts.length === 0) throw new DeskRefusal("donations", "expected at least one");
  if (gifts.length > maxGiftsPerRequest) {
    throw new DeskRefusal("donations", `expected at most ${maxGiftsPerRequest}, got ${gifts.length}`);
  }
  const funds = new Set((await counter.parts.read.funds()).map(({ fund }) => fund));
  const channels = new Map<string, boolean>();
  const seen = new Map<string, number>();
  const checked: CheckedGift[] = [];
  for (const [index, request] of gifts.entries()) {
    const at = `donations[${index}]`;
    if (!funds.has(request.fund)) throw new DeskRefusal(`${at}.fund`, `no fund ${request.fund}`);
    if (!channels.has(request.channel)) {
      channels.set(request.channel, await counter.parts.isChannel(request.channel));
    }
    if (channels.get(request.channel) !== true) {
      throw new DeskRefusal(
        `${at}.channel`,
        `${JSON.stringify(request.channel.slice(0, 40))} is not registered`,
      );
    }
    const gift = checkGift(index, request);
    const reference = `${gift.payload.channel}\0${gift.payload.transactionNumber}`;
    const before = seen.get(reference);
    if (before !== undefined) {
      throw new DeskRefusal(`${at}.transactionNumber`, `repeats that of donations[${before}]`);
    }
    seen.set(reference, index);
    checked.push(gift);
  }
  return checked;
};

const checkGift = (index: number, request: DonationRequest): CheckedGift => {
  const at = `donations[${index}]`;
  if (request.amount === 0n) throw new DeskRefusal(`${at}.amount`, "expected at least one minor unit");
  const field = <Result>(name: string, read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      throw new DeskRefusal(`${at}.${name}`, error instanceof Error ? error.message : String(error));
    }
  };
  const occurredAt = field("occurredAt", () => parseOccurredAt(request.occurredAt));
  const payload = field("transactionNumber", () =>
    donationPayload({
      amount: request.amount,
      channel: request.channel,
      occurredAt: occurredAt.text,
      transactionNumber: request.transactionNumber,
    }),
  );
  const givenOn = occurredAt.precision === "second" ? dayOf(occurredAt.instant) : occurredAt.day;
  const day = request.day ?? givenOn;
  return { index, request, payload, givenOn, day };
};

const requirePast = ({ parts }: Counter, gifts: readonly CheckedGift[]): void => {
  const latest = latestDay(parts.now());
  for (const { index, givenOn, day } of gifts) {
    const at = `donations[${index}]`;
    if (givenOn > latest) throw new DeskRefusal(`${at}.occurredAt`, futureReason(givenOn, latest));
    if (day > latest) throw new DeskRefusal(`${at}.day`, futureReason(day, latest));
  }
};

/** A record cannot be corrected, so a mistyped year is refused; a day is left for clocks that differ. */
const latestDay = (now: UnixSeconds): DayNumber => dayOf(now + 86_400);

const futureReason = (day: DayNumber, latest: DayNumber): string =>
  `${formatDay(day)} lies in the future; expected ${formatDay(latest)} or before`;

const groupGifts = (gifts: readonly CheckedGift[]): readonly Group[] => {
  const groups = new Map<string, CheckedGift[]>();
  for (const gift of gifts) {
    const key = `${gift.request.fund}/${gift.request.channel}/${gift.day}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gift]);
    else group.push(gift);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sum = group.reduce((total, { request }) => total + request.amount, 0n);
    if (sum > largestAmountFen) {
      throw new DeskRefusal(
        `donations[${first.index}].amount`,
        `with the others of its fund, channel and day it comes to ${sum}, past the 2^64 − 1 of one batch`,
      );
    }
    return [{ fund: first.request.fund, channel: first.request.channel, day: first.day, gifts: group }];
  });
};

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
  counter: Counter,
  requests: readonly Json[],
  asking: Asking,
): Promise<readonly string[] | undefined> => {
  const ids: string[] = [];
  for (const [part, request] of requests.entries()) {
    const id = await counter.knownOperation(request, partKey(asking, part));
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
};

const requireNew = async (counter: Counter, gifts: readonly CheckedGift[]): Promise<void> => {
  const recorded = await counter.parts.outbox.recorded(gifts.map(({ payload }) => payload));
  if (recorded.length > 0) throw new GiftsAlreadyRecorded(recorded);
};

const submitGroups = async (
  counter: Counter,
  groups: readonly Group[],
  requests: readonly Json[],
  asking: Asking,
): Promise<readonly string[]> => {
  const left = await leftBehind(counter, groups);
  const sealed = groups.map((group) => group.gifts.map((gift) => seal(gift, left.get(gift))));
  const operations: NewOperation[] = [];
  const taken = new Map<string, (Taken & { readonly operation: string })[]>();
  for (const [index, group] of groups.entries()) {
    const gifts = sortLeaves(sealed[index] ?? []);
    const leaves = encodeLeaves(gifts);
    const operation = batchOperation(group.fund, group.channel, group.day, leaves);
    const line = `fund/${group.fund}`;
    const start =
      taken.get(line)?.at(-1)?.end ??
      (await counter.positions.end(line, async () =>
        position((await knownFund(counter, group.fund)).partition.total),
      ));
    await counter.parts.vault.keep(
      operation,
      gifts.map(({ opening }) => opening),
    );
    const end = position(gifts.reduce<bigint>((total, { amount }) => total + amount, start));
    taken.set(line, [...(taken.get(line) ?? []), { start, end, operation }]);
    operations.push({
      id: operation,
      kind: "recordDonations",
      actor: "recorder",
      call: counter.call({
        verb: "recordDonations",
        operation,
        fund: group.fund,
        channel: group.channel,
        day: group.day,
        startsAt: start,
        leaves,
      }),
      request: canonicalJson(requests[index] ?? null),
      idempotencyKey: keyOf(partKey(asking, index)),
      references: group.gifts.map(({ payload }) => payload),
    });
  }
  const accepted = await counter.acceptAll(operations);
  for (const [line, parts] of taken) {
    for (const { operation, ...part } of parts) {
      counter.positions.advance(line, part, counter.settled(operation));
    }
  }
  return accepted.map(({ id }) => id);
};

/** Salt and commitment of a gift: with the salt of what an unfinished try left behind, or a new one. */
const seal = ({ request, payload }: CheckedGift, left: KeptOpening | undefined): SealedGift => {
  const salt = left?.salt ?? randomSalt();
  const commitment = payloadCommitment(salt, payload);
  const opening: Opening = {
    commitment,
    salt,
    payload,
    fund: request.fund,
    findable: request.providerIssued,
    ...(request.remark === undefined ? {} : { remark: request.remark }),
  };
  return { amount: request.amount, commitment, opening };
};

/**
 * What an unfinished try left in the vault. The references were checked as not recorded, so an opening that is here
 * belongs to nothing that will land: it is taken over with its salt, so that a resumed import commits to the same
 * bytes. One with other content is dropped, and with it the rest of that dead operation.
 */
const leftBehind = async (
  { parts: { vault } }: Counter,
  groups: readonly Group[],
): Promise<ReadonlyMap<CheckedGift, KeptOpening>> => {
  const gifts = groups.flatMap((group) => group.gifts);
  const left = new Map<CheckedGift, KeptOpening>();
  const dead = new Set<string>();
  for (const [index, kept] of await vault.byReferences(gifts.map(({ payload }) => payload))) {
    const gift = gifts[index];
    if (gift === undefined) continue;
    if (isOpeningOf(kept, gift)) left.set(gift, kept);
    else dead.add(kept.operation);
  }
  for (const operation of dead) await vault.drop(operation);
  return left;
};

const isOpeningOf = (kept: KeptOpening, { request, payload }: CheckedGift): boolean =>
  payloadCommitment(kept.salt, payload) === kept.commitment &&
  kept.fund === request.fund &&
  kept.findable === request.providerIssued &&
  kept.remark === request.remark;
