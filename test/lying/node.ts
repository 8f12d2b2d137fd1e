/** The lies of a node, by their names in the catalogue, as they travel in answers of JSON-RPC. */
import { toFunctionSelector } from "viem";
import { addFen, fen, position } from "../../protocol/amounts.ts";
import { fundId } from "../../protocol/ids.ts";
import { readRecord } from "../../server/chain/wire.ts";
import { lieAbout } from "../scripts/audit/liar.ts";
import { otherHash } from "../server/verify/lying.ts";
import { at } from "../server/service.ts";
import type { Gift } from "./gifts.ts";
import type { RpcLie } from "./proxy.ts";

const answering =
  (
    asked: (method: string, params: readonly unknown[]) => boolean,
    change: (result: unknown) => unknown,
  ): RpcLie =>
  (method, params, result) =>
    asked(method, params) ? change(result) : result;

const inFile = (gift: Gift, ...path: readonly string[]): unknown =>
  at(JSON.parse(gift.question.file), ...path);

const noCodeAt = (contract: unknown): RpcLie =>
  answering(
    (method, params) => method === "eth_getCode" && params[0] === contract,
    () => "0x",
  );

/** Words of a call of the lens, changed. */
const stored = (signature: string, change: (words: bigint[]) => void): RpcLie =>
  answering(
    (method, params) =>
      method === "eth_call" && String(at(params[0], "data")).startsWith(toFunctionSelector(signature)),
    (result) => {
      const words = (String(result).slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`));
      change(words);
      return `0x${words.map((word) => word.toString(16).padStart(64, "0")).join("")}`;
    },
  );

/** Adds a fen to some words. */
const oneMoreAt =
  (...places: readonly number[]) =>
  (words: bigint[]): void => {
    for (const place of places) words[place] = (words[place] ?? 0n) + 1n;
  };

type Batch = Extract<Parameters<Parameters<typeof lieAbout<"BatchRecorded">>[1]>[0], object>;
const aboutBatch =
  (change: (event: Batch) => Partial<Batch>) =>
  (gift: Gift): RpcLie =>
    lieAbout("BatchRecorded", (event) =>
      event.batch === inFile(gift, "batch", "batch") ? { ...event, ...change(event) } : event,
    );

const leafBytes = 40;
const leavesOf = ({ leaves }: Batch): readonly Uint8Array[] =>
  Array.from({ length: leaves.length / leafBytes }, (_, index) =>
    leaves.subarray(index * leafBytes, (index + 1) * leafBytes),
  );
const aboutLeaves = (change: (leaves: readonly Uint8Array[]) => readonly Uint8Array[]) =>
  aboutBatch((event) => ({ leaves: new Uint8Array(Buffer.concat([...change(leavesOf(event))])) }));

/** The leaf with a fen more. */
const larger = (leaf: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(leaf);
  bytes.writeBigUInt64BE(bytes.readBigUInt64BE() + 1n);
  return new Uint8Array(bytes);
};

/** Every lie of the catalogue that a node tells, as its answers have it. */
export const nodeAnswers: Readonly<Record<string, (gift: Gift) => RpcLie>> = {
  "the node is of another chain": () =>
    answering(
      (method) => method === "eth_chainId",
      () => "0x1",
    ),
  "there is no ledger at its address": (gift) => noCodeAt(inFile(gift, "chain", "ledger")),
  "there is no lens at its address": (gift) => noCodeAt(inFile(gift, "chain", "lens")),
  "the lens is that of another ledger": () => stored("ledger()", oneMoreAt(0)),
  "the noted block was replaced": (gift) => {
    const number = `0x${Number(inFile(gift, "notedHead", "number")).toString(16)}`;
    return answering(
      (method, params) => method === "eth_getBlockByNumber" && params[0] === number,
      (block) => ({ ...readRecord(block, "a block"), hash: otherHash }),
    );
  },
  "the batch is not on the chain": (gift) =>
    lieAbout("BatchRecorded", (event) => (event.batch === inFile(gift, "batch", "batch") ? [] : event)),
  "the batch is there twice": () => lieAbout("BatchRecorded", (event) => [event, event]),
  "the batch is of another fund": aboutBatch(() => ({ fund: fundId(99) })),
  "the batch stands elsewhere on the line": aboutBatch(({ startsAt }) => ({
    startsAt: position(startsAt + 1n),
  })),
  "the batch counts one more": aboutBatch(({ count }) => ({ count: count + 1 })),
  "the batch is worth a fen more": aboutBatch(({ sum }) => ({ sum: addFen(sum, fen(1n)) })),
  "the batch has another root": aboutBatch(() => ({ root: otherHash })),
  "a donation is missing from the batch": aboutLeaves((leaves) => leaves.slice(1)),
  "a donation stands twice in the batch": aboutLeaves((leaves) => [
    ...leaves.slice(0, -1),
    ...leaves.slice(0, 1),
  ]),
  "donations changed places": aboutLeaves(([one, two, ...rest]) =>
    [two, one, ...rest].flatMap((leaf) => leaf ?? []),
  ),
  "another donation of the batch is a fen larger": (gift) => {
    // Not the gift's own leaf.
    const other = inFile(gift, "index") === 0 ? 1 : 0;
    return aboutLeaves((leaves) => leaves.map((leaf, index) => (index === other ? larger(leaf) : leaf)))(
      gift,
    );
  },
  "the ledger stored another batch than it told of": () => stored("batch(uint32)", oneMoreAt(1)),
  "the fund was never opened": () => lieAbout("FundOpened", () => []),
  "the promise is another than at the opening": () =>
    lieAbout("FundOpened", (event) => ({ ...event, claimsShareBps: event.claimsShareBps - 1 })),
  "the fund's line ends before the gift": () =>
    stored("fund(uint32)", (words) => {
      words[0] = 0n;
      words[1] = 0n;
    }),
  "an allocation is left out": () => lieAbout("PremiumAllocated", () => []),
  "less of an allocation went to claims than promised": () =>
    lieAbout("PremiumAllocated", (event) => ({
      ...event,
      claimsAmount: addFen(event.claimsAmount, fen(1n)),
    })),
  "the ledger holds more allocated than its events tell": () => stored("fund(uint32)", oneMoreAt(0, 1)),
  "the payment that took the gift is left out": () => lieAbout("ClaimPaid", () => []),
  "the ledger's total of payments is a fen more": () => stored("programme(uint32)", oneMoreAt(0, 1)),
  "the expense that took the gift is left out": () => lieAbout("ExpenseRecorded", () => []),
  "the ledger's total of expenses is a fen more": () => stored("programme(uint32)", oneMoreAt(5)),
  "more came back of a payment than it was": () =>
    lieAbout("PayoutRecovered", (event) => ({ ...event, offset: position(event.offset + 1_000_000n) })),
  "a recovery is hidden by the node": () => lieAbout("PayoutRecovered", () => []),
  "the ledger's total of moves is a fen more": () => stored("programme(uint32)", oneMoreAt(7)),
  "a refund is of fen that are not the gift's": () =>
    lieAbout("DonationRefunded", (event) => ({ ...event, start: position(event.start + 1_000_000n) })),
  "a refund is hidden by the node": () => lieAbout("DonationRefunded", () => []),
};
