/**
 * Signing anew after something moved on between the asking and the block: the same call at the place that the ledger
 * says it expects, or with the queue place, the rest or the head that the books now show.
 */
import { decodeErrorResult, type Hex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { errorSelector } from "../../chain/errors.ts";
import { decodeVerb, encodeVerb, type Verb } from "../../chain/verbs.ts";
import { fen, position } from "../../protocol/amounts.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import type { Rebuild } from "../outbox/signing.ts";
import type { BooksAtHead } from "./at-head.ts";
import { noClaim, placesOf } from "./queue.ts";

/** The position, the queue place, what is left of a payment, and the block that is noted as the head. */
export const staleErrors: readonly Hex[] = [
  "StalePosition",
  "InvalidQueuePlace",
  "WrongRecoveryAmount",
  "HeadMismatch",
].map(errorSelector);

/** The call cannot be moved to another place. */
export class NotMovable extends Error {
  readonly verb: string;
  readonly refusal: string;
  constructor(verb: string, refusal: string) {
    super(`${verb}: nothing to change after ${refusal}`);
    this.name = "NotMovable";
    this.verb = verb;
    this.refusal = refusal;
  }
}

type Refusal = ReturnType<typeof decodeErrorResult<typeof ledgerAbi>>;

const movedLine = (verb: Verb, { errorName, args }: Refusal): Verb => {
  if (errorName !== "StalePosition") throw new NotMovable(verb.verb, errorName);
  const startsAt = position(args[0]);
  switch (verb.verb) {
    case "recordDonations":
    case "allocatePremium":
    case "recordExpense":
      return { ...verb, startsAt };
    default:
      throw new NotMovable(verb.verb, errorName);
  }
};

const releasedClaims = (verb: Verb): readonly ClaimId[] => {
  const calls = verb.verb === "multicall" ? verb.calls : [verb];
  return calls.flatMap((call) => (call.verb === "releaseClaim" ? [call.claim] : []));
};

const movedRelease = async (verb: Verb, { errorName }: Refusal, books: BooksAtHead): Promise<Verb> => {
  if (errorName !== "InvalidQueuePlace") throw new NotMovable(verb.verb, errorName);
  const claims = releasedClaims(verb);
  const places = await placesOf(books, claims);
  const calls = claims.map((claim, index): Verb => ({
    verb: "releaseClaim",
    claim,
    after: places[index] ?? noClaim,
  }));
  const [only, ...others] = calls;
  return only !== undefined && others.length === 0 ? only : { verb: "multicall", calls };
};

const movedReturn = async (verb: Verb, { errorName }: Refusal, books: BooksAtHead): Promise<Verb> => {
  const isStale = errorName === "InvalidQueuePlace" || errorName === "WrongRecoveryAmount";
  if (!isStale || verb.verb !== "recoverPayout") throw new NotMovable(verb.verb, errorName);
  const payout = await books.lookups.payout(verb.payout);
  if (payout === undefined || payout.left === 0n) throw new NotMovable(verb.verb, errorName);
  const [after = noClaim] = await placesOf(books, [payout.claim]);
  return { ...verb, amount: fen(payout.left), after };
};

const movedHead = (verb: Verb, { errorName }: Refusal, { head }: BooksAtHead): Verb => {
  if (errorName !== "HeadMismatch" || verb.verb !== "noteHead") throw new NotMovable(verb.verb, errorName);
  return { ...verb, blockNumber: head.blockNumber, blockHash: head.blockHash };
};

type Move = (verb: Verb, refusal: Refusal, books: () => Promise<BooksAtHead>) => Promise<Verb> | Verb;

const moves: Readonly<Record<string, Move>> = {
  recordDonations: movedLine,
  allocatePremium: movedLine,
  recordExpense: movedLine,
  releaseClaims: async (verb, refusal, books) => movedRelease(verb, refusal, await books()),
  returnPayout: async (verb, refusal, books) => movedReturn(verb, refusal, await books()),
  noteHead: async (verb, refusal, books) => movedHead(verb, refusal, await books()),
};

/** By the operation's kind, as the sender looks it up. While a call is built anew nothing else is under way. */
export const rebuildsWith = (books: () => Promise<BooksAtHead>): ReadonlyMap<string, Rebuild> =>
  new Map(
    Object.entries(moves).map(([kind, move]): readonly [string, Rebuild] => [
      kind,
      async ({ previous, revertData }) => {
        const refusal = decodeErrorResult({ abi: ledgerAbi, data: revertData });
        const verb = await move(decodeVerb(previous.calldata), refusal, books);
        return { ...previous, calldata: encodeVerb(verb) };
      },
    ]),
  );
