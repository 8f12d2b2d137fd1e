/**
 * The counter that every write passes, one at a time: vault first, then the outbox, then the answer. What a verb
 * needs of the rest of the gateway is here, so that each verb's file holds that verb's rules only.
 */
import { createHash, createHmac, randomBytes, type KeyObject } from "node:crypto";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { Verb } from "../../chain/verbs.ts";
import { encodeVerb } from "../../chain/verbs.ts";
import { canonicalJson, documentDigest, type Json } from "../../protocol/json.ts";
import type { Position } from "../../protocol/amounts.ts";
import { bytes32, type Address, type Bytes32, type ProgrammeId } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { evidenceCommitment, type Evidence } from "../../protocol/evidence.ts";
import { DeskRefusal, type Asking } from "../../protocol/ports/desk.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Database } from "../database/database.ts";
import type { Lookups } from "../index/lookups.ts";
import type { RelayRules } from "../ledger-chain.ts";
import { keyOf } from "../outbox/answered-requests.ts";
import type { Call, NewOperation, OutboxStore } from "../outbox/store.ts";
import type { Sender } from "../outbox/sender.ts";
import type { Vault } from "../vault/vault.ts";
import type { Actor } from "./actors.ts";
import { gasLimitOf } from "./gas.ts";
import type { Receipts } from "./operations.ts";
import { Positions } from "./positions.ts";

export interface CounterParts {
  readonly read: Read;
  readonly outbox: OutboxStore;
  readonly sender: Sender;
  readonly vault: Vault;
  readonly ledger: Address;
  readonly chainId: number;
  /** Makes the ids of operations. */
  readonly operationKey: KeyObject;
  /** The account of an actor whose key is held here. */
  readonly account: (actor: Actor) => Address;
  readonly lookups: Lookups;
  /** The turns that gateways of the same books take. */
  readonly turns: Pick<Database, "exclusively">;
  /** What a mined transaction did. */
  readonly receipts: Receipts;
  readonly relaying: RelayRules;
  /** The ledger's clock. */
  readonly now: () => UnixSeconds;
  /** Whether a channel id is registered on the ledger. */
  readonly isChannel: (channel: string) => Promise<boolean>;
  /** The end of a programme's expenses, advances included. */
  readonly expensesEnd: (programme: ProgrammeId) => Promise<Position>;
  /** Resolves once the index shows the block. */
  readonly indexed: (blockNumber: number) => Promise<void>;
}

const saltBytes = 32;
/** Random numbers are drawn for this many salts at once: a system call for each would cost more than the rest of it. */
const saltsAtOnce = 256;
let salts = Buffer.alloc(0);

/** 32 random bytes that nothing had before. */
export const randomSalt = (): Bytes32 => {
  if (salts.length === 0) salts = randomBytes(saltBytes * saltsAtOnce);
  const salt = salts.toString("hex", 0, saltBytes);
  salts = salts.subarray(saltBytes);
  return bytes32(`0x${salt}`);
};

export class Counter {
  readonly parts: CounterParts;
  readonly positions = new Positions();
  #tail: Promise<unknown> = Promise.resolve();
  #checkTurn: () => Promise<void> = async () => {};

  constructor(parts: CounterParts) {
    this.parts = parts;
  }

  /**
   * Runs `work` when everything before it has been answered, here and at every other gateway of the books: positions
   * and references are read and taken as one, and so is what an unfinished try left in the vault.
   */
  serve<Result>(work: () => Promise<Result>): Promise<Result> {
    const served = this.#tail.then(() =>
      this.parts.turns.exclusively("desk", async (check) => {
        this.#checkTurn = check;
        return work();
      }),
    );
    this.#tail = served.catch(() => {});
    return served;
  }

  /**
   * The same asking gives the same id, so a repetition after a crash finds what the first try left behind. Ids go on the
   * chain, and an idempotency key may be a payment's number: without the key of this digest nobody can try numbers.
   */
  operationId(kind: string, { asker, idempotencyKey }: Asking): Bytes32 {
    const digest = createHmac("sha256", this.parts.operationKey);
    return bytes32(`0x${digest.update([kind, asker, idempotencyKey].join("\0")).digest("hex")}`);
  }

  /** The id of part `index` of an operation that carries several verbs. */
  partId(operation: Bytes32, index: number): Bytes32 {
    const digest = createHash("sha256").update(["part", operation, String(index)].join("\0"));
    return bytes32(`0x${digest.digest("hex")}`);
  }

  call(verb: Verb): Call {
    return { to: this.parts.ledger, calldata: encodeVerb(verb), gasLimit: gasLimitOf(verb) };
  }

  /**
   * One operation for one request: what it became before, or the verb that `prepare` makes of it now. What `prepare`
   * throws is the answer, and nothing was accepted.
   */
  async take(kind: string, request: JsonObject, asking: Asking, prepare: Prepare): Promise<string> {
    const content = { ...request, kind };
    const known = await this.knownOperation(content, asking);
    if (known !== undefined) return known;
    const operation = this.operationId(kind, asking);
    const { actor, verb } = await prepare(operation);
    return this.accept(kind, actor, operation, verb, content, asking);
  }

  /** Publishes a document before its digest is on the chain: whoever sees the digest finds the document. */
  async publish(document: Json): Promise<Bytes32> {
    const digest = documentDigest(document);
    await this.parts.outbox.keepDocument(digest, canonicalJson(document));
    return digest;
  }

  /** Accepts one operation; answers its id, or that of the same request before. */
  async accept(
    kind: string,
    actor: Actor,
    operation: Bytes32,
    verb: Verb,
    request: Json,
    asking: Asking,
  ): Promise<string> {
    const accepted = await this.parts.sender.submit({
      id: operation,
      kind,
      actor,
      call: this.call(verb),
      request: canonicalJson(request),
      idempotencyKey: keyOf(asking),
    });
    if (accepted.acceptance === "known") asking.onRepetition?.();
    return accepted.id;
  }

  /** The operation that this very request became before, if any. Throws IdempotencyConflict for another request. */
  async knownOperation(request: Json, asking: Asking): Promise<string | undefined> {
    const known = await this.parts.outbox.known(keyOf(asking), canonicalJson(request));
    if (known !== undefined) asking.onRepetition?.();
    return known;
  }

  async acceptAll(operations: readonly NewOperation[]): Promise<readonly { readonly id: string }[]> {
    await this.#checkTurn();
    return this.parts.sender.submitAll(operations);
  }

  /** Resolves once the operation is recorded and readable (true), or refused (false). */
  async settled(operation: string): Promise<boolean> {
    const record = await this.parts.sender.waitFor(operation);
    if (record.mined === undefined) return false;
    await this.parts.indexed(record.mined.blockNumber);
    return true;
  }

  /**
   * Salted commitments to papers. Numbers and salts are kept in the vault under the operation before anything else.
   * What an earlier try of the operation left there, which was never accepted, is used again where the papers are
   * the same, and replaced where they are others.
   */
  async commit(operation: Bytes32, papers: readonly Evidence[]): Promise<readonly Bytes32[]> {
    const { vault } = this.parts;
    const left = await vault.payload(operation);
    let sealed = left === undefined ? undefined : sameSealed(JSON.parse(left), papers);
    if (sealed === undefined) {
      if (left !== undefined) await vault.forgetPayload(operation);
      sealed = papers.map((paper) => ({ ...paper, salt: randomSalt() }));
      await vault.keepPayload(operation, JSON.stringify(sealed));
    }
    return sealed.map(({ salt, ...paper }) => evidenceCommitment(salt, paper));
  }

  /** The same for one paper; `field` is the one that has its number. */
  async commitTo(operation: Bytes32, field: string, paper: Evidence): Promise<Bytes32> {
    const [commitment] = await this.commit(operation, [paper]);
    if (commitment === undefined) throw new DeskRefusal(field, "expected a number");
    return commitment;
  }
}

type JsonObject = { readonly [key: string]: Json };

/** Who signs what, made when the request is new. */
export type Prepare = (operation: Bytes32) => Promise<{ readonly actor: Actor; readonly verb: Verb }>;

interface SealedPaper extends Evidence {
  readonly salt: Bytes32;
}

const Sealed = Type.Array(Type.Object({ kind: Type.String(), number: Type.String(), salt: Type.String() }));

/** The papers with the salts that were kept for them; undefined where other papers were kept. */
const sameSealed = (kept: unknown, papers: readonly Evidence[]): readonly SealedPaper[] | undefined => {
  if (!Value.Check(Sealed, kept) || kept.length !== papers.length) return undefined;
  const sealed = papers.flatMap((paper, index): SealedPaper[] => {
    const { kind, number, salt = "" } = kept[index] ?? {};
    return kind === paper.kind && number === paper.number ? [{ ...paper, salt: bytes32(salt) }] : [];
  });
  return sealed.length === papers.length ? sealed : undefined;
};
