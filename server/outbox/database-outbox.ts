/** The outbox in SQLite or PostgreSQL. Every method is one transaction, synced when it resolves. */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Database, Session } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import type { Place } from "../database/open.ts";
import { blob, bytesOf, hash, hexOf, integer, optional, text } from "../database/rows.ts";
import { ReferenceMarks } from "../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../keys/secrets.ts";
import type { AskedOnce } from "./answered-requests.ts";
import type {
  ConcludedAttempt,
  Inclusion,
  KeptPlan,
  OpenAttempt,
  Settlement,
  SignedAttempt,
  SignerRecord,
  Version,
} from "./attempts.ts";
import { IllegalTransition, unsettledStates, type OperationState } from "./states.ts";
import { MissingBytes } from "./store.ts";
import type {
  Accepted,
  AcceptedOperation,
  HistoryEntry,
  LatestStates,
  NewOperation,
  OperationRecord,
  OutboxStore,
  QueuedOperation,
} from "./store.ts";
import { AttemptRows } from "./tables/attempt-rows.ts";
import { OperationRows, type OutboxKeys } from "./tables/operation-rows.ts";
import { latestQuery, queuedQuery, readAccepted, readQueued, readSigner } from "./tables/queries.ts";
import { outboxDefinition } from "./tables/schema.ts";

const unsettledRows = `FROM operation WHERE state IN (${unsettledStates.map((state) => `'${state}'`).join(", ")})`;
/** Reads that go on at once. */
const readers = 3;

/** Says in a transaction that its writer may still write, or throws, so that nothing of it is kept. */
export type Fence = (session: Session) => Promise<void>;

interface Parts {
  readonly database: Database;
  readonly keys: OutboxKeys;
  readonly nowMs: () => number;
  /** Asked in every transaction of the sender's path; what anybody may write is not asked about. */
  readonly fence: Fence;
}

export class DatabaseOutbox implements OutboxStore {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Opens or creates the outbox. `nowMs` gives milliseconds since 1970. Throws UnknownSchema. */
  static async open(
    place: Place,
    keys: Pick<DerivedKeys, "outboxReference" | "requestDigest">,
    nowMs: () => number = Date.now,
  ): Promise<DatabaseOutbox> {
    const database = await openDatabase(place, { promise: "synced", readers, definition: outboxDefinition });
    const { requestDigest, outboxReference } = keys;
    return new DatabaseOutbox({
      database,
      keys: { requestDigest, marks: new ReferenceMarks(outboxReference) },
      nowMs,
      fence: async () => {},
    });
  }

  /** The same outbox for one sender: whatever signs, sends or settles is refused where `fence` throws. */
  fenced(fence: Fence): DatabaseOutbox {
    return new DatabaseOutbox({ ...this.#parts, fence });
  }

  /** Where the leases of its senders are kept too. */
  get database(): Database {
    return this.#parts.database;
  }

  close(): Promise<void> {
    return this.#parts.database.close();
  }

  async meta(key: string): Promise<string | undefined> {
    const row = await this.#session.first("SELECT value FROM meta WHERE key = ?", [key]);
    return row === undefined ? undefined : text(row, "value");
  }

  async setMeta(key: string, value: string): Promise<void> {
    await this.#send((_rows, session) =>
      session.run(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
      ),
    );
  }

  /** Keeps a small fact unless there is one of that name; answers the one that is kept. */
  keepMeta(key: string, value: string): Promise<string> {
    return this.#write(async (session) => {
      await session.run("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", [
        key,
        value,
      ]);
      return text((await session.first("SELECT value FROM meta WHERE key = ?", [key])) ?? {}, "value");
    });
  }

  accept(operations: readonly NewOperation[]): Promise<readonly Accepted[]> {
    return this.#write(async (session) => {
      const rows = this.#operations(session);
      const accepted: Accepted[] = [];
      for (const operation of operations) accepted.push(await rows.accept(operation));
      return accepted;
    });
  }

  known(idempotencyKey: string, request: string | Uint8Array): Promise<string | undefined> {
    return this.#operations(this.#session).known(idempotencyKey, request);
  }

  isUsed(idempotencyKey: string): Promise<boolean> {
    return this.#operations(this.#session).isUsed(idempotencyKey);
  }

  async keepAnswer(asked: AskedOnce, operation: string): Promise<void> {
    await this.#write((session) => this.#operations(session).keepAnswer(asked, operation));
  }

  operation(id: string): Promise<OperationRecord | undefined> {
    return this.#operations(this.#session).read(id);
  }

  history(id: string): Promise<readonly HistoryEntry[]> {
    return this.#operations(this.#session).history(id);
  }

  async unsettled(): Promise<number> {
    const row = await this.#session.first(`SELECT count(*) AS n ${unsettledRows}`);
    return row === undefined ? 0 : integer(row, "n");
  }

  async oldestUnsettledMs(): Promise<number | undefined> {
    const row = await this.#session.first(`SELECT accepted_at_ms ${unsettledRows} ORDER BY sequence LIMIT 1`);
    return row === undefined ? undefined : integer(row, "accepted_at_ms");
  }

  async latest(states: LatestStates, limit: number, askedBy?: string): Promise<readonly AcceptedOperation[]> {
    const begins = askedBy === undefined ? [] : [askedBy.length, askedBy];
    const rows = await this.#session.all(latestQuery(states, askedBy !== undefined), [...begins, limit]);
    return rows.map(readAccepted);
  }

  async queued(limit: number, except: readonly string[] = []): Promise<readonly QueuedOperation[]> {
    const rows = await this.#session.all(queuedQuery(except.length), [...except, limit]);
    return rows.map(readQueued);
  }

  nextNonce(signer: Address): Promise<number> {
    return this.#operations(this.#session).nextNonce(signer);
  }

  async keepSigned(attempts: readonly SignedAttempt[]): Promise<void> {
    await this.#send(async (rows) => {
      for (const attempt of attempts) await rows.keep(attempt);
    });
  }

  async giveUp(operation: string, error: string): Promise<void> {
    await this.#write(async (session) => {
      await this.#parts.fence(session);
      await this.#operations(session).giveUp(operation, error);
    });
  }

  suspend(operation: string, asked?: AskedOnce): Promise<boolean> {
    return this.#operate(operation, asked, ["queued"], "suspended");
  }

  resume(operation: string, asked?: AskedOnce): Promise<boolean> {
    return this.#operate(operation, asked, ["suspended"], "queued");
  }

  cancel(operation: string, asked?: AskedOnce): Promise<boolean> {
    return this.#operate(operation, asked, ["queued", "suspended"], "cancelled");
  }

  unplanned(limit: number): Promise<readonly SignedAttempt[]> {
    return this.#attempts(this.#session).unplanned(limit);
  }

  async keepPlan(number: number, time: UnixSeconds, transactions: readonly Bytes32[]): Promise<void> {
    await this.#send(async (rows, session) => {
      await session.run("INSERT INTO block_plan (number, time, transactions) VALUES (?, ?, ?)", [
        number,
        time,
        Buffer.concat(transactions.map(bytesOf)),
      ]);
      for (const transaction of transactions) await rows.plan(transaction, number);
    });
  }

  plan(number: number): Promise<KeptPlan | undefined> {
    return this.#parts.database.read(async (session) => {
      const row = await session.first("SELECT time, transactions, hash FROM block_plan WHERE number = ?", [
        number,
      ]);
      if (row === undefined) return undefined;
      const hashes = blob(row, "transactions");
      const rows = this.#attempts(session);
      const transactions: SignedAttempt[] = [];
      for (let offset = 0; offset < hashes.length; offset += 32) {
        const transaction = hashes.subarray(offset, offset + 32);
        const attempt = await rows.signed(transaction);
        if (attempt === undefined) throw new MissingBytes(number, hexOf(transaction));
        transactions.push(attempt);
      }
      const made = optional(row, "hash", hash);
      const plan = { number, time: integer(row, "time"), transactions };
      return made === undefined ? plan : { ...plan, hash: made };
    });
  }

  /** The hash of a block that was made of its plan. */
  async blockHash(number: number): Promise<Bytes32 | undefined> {
    const row = await this.#session.first("SELECT hash FROM block_plan WHERE number = ?", [number]);
    return row === undefined ? undefined : optional(row, "hash", hash);
  }

  async lastPlanNumber(): Promise<number> {
    const row = await this.#session.first("SELECT max(number) AS largest FROM block_plan");
    return row === undefined ? 0 : (optional(row, "largest", integer) ?? 0);
  }

  async settle(number: number, blockHash: Bytes32, settlements: readonly Settlement[]): Promise<void> {
    await this.#send(async (rows, session) => {
      const made = await session.run("UPDATE block_plan SET hash = ? WHERE number = ? AND hash IS NULL", [
        bytesOf(blockHash),
        number,
      ]);
      if (made !== 1) throw new IllegalTransition(`block plan ${number}`, "made");
      for (const settlement of settlements) await rows.settle(settlement, number);
    });
  }

  open(limit: number): Promise<readonly OpenAttempt[]> {
    return this.#parts.database.read((session) => this.#attempts(session).open(limit));
  }

  concluded(after: number, limit: number): Promise<readonly ConcludedAttempt[]> {
    return this.#parts.database.read((session) => this.#attempts(session).concluded(after, limit));
  }

  nonces(signer: Address, from: number): Promise<readonly number[]> {
    return this.#attempts(this.#session).nonces(signer, from);
  }

  async keepVersion(signer: Address, nonce: number, version: Version): Promise<void> {
    await this.#send((rows) => rows.keepVersion(signer, nonce, version));
  }

  async include(inclusion: Inclusion): Promise<void> {
    await this.#send((rows) => rows.include(inclusion));
  }

  async exclude(signer: Address, nonce: number): Promise<void> {
    await this.#send((rows) => rows.exclude(signer, nonce));
  }

  async conclude(settlements: readonly Settlement[]): Promise<void> {
    await this.#send(async (rows) => {
      for (const settlement of settlements) await rows.settle(settlement);
    });
  }

  async signers(): Promise<readonly SignerRecord[]> {
    const rows = await this.#session.all("SELECT account, first_nonce, stopped FROM signer ORDER BY account");
    return rows.map(readSigner);
  }

  async keepSigner(account: Address, firstNonce: number): Promise<void> {
    await this.#send((_rows, session) =>
      session.run(
        "INSERT INTO signer (account, first_nonce) VALUES (?, ?) ON CONFLICT (account) DO NOTHING",
        [bytesOf(account), firstNonce],
      ),
    );
  }

  async stopSigner(account: Address, reason: string): Promise<void> {
    await this.#send(async (_rows, session) => {
      const stopped = await session.run("UPDATE signer SET stopped = ? WHERE account = ?", [
        reason,
        bytesOf(account),
      ]);
      if (stopped !== 1) throw new IllegalTransition(`signer ${account}`, "stopped");
    });
  }

  recorded(references: readonly BusinessReference[]): Promise<readonly number[]> {
    return this.#operations(this.#session).recorded(references);
  }

  async keepDocument(digest: Bytes32, json: string): Promise<void> {
    await this.#write((session) =>
      session.run("INSERT INTO document (digest, json) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", [
        bytesOf(digest),
        json,
      ]),
    );
  }

  async document(digest: Bytes32): Promise<string | undefined> {
    const row = await this.#session.first("SELECT json FROM document WHERE digest = ?", [bytesOf(digest)]);
    return row === undefined ? undefined : text(row, "json");
  }

  get #session(): Session {
    return this.#parts.database.session;
  }

  #operations(session: Session): OperationRows {
    return new OperationRows(session, this.#parts.keys, this.#parts.nowMs);
  }

  #attempts(session: Session): AttemptRows {
    return new AttemptRows(session, this.#operations(session));
  }

  #write<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.#parts.database.write(work);
  }

  /** What an operator asked, and the answer to it, in one. */
  #operate(
    operation: string,
    asked: AskedOnce | undefined,
    from: readonly OperationState[],
    to: OperationState,
  ): Promise<boolean> {
    return this.#write(async (session) => {
      const rows = this.#operations(session);
      const isNew = asked === undefined || (await rows.keepAnswer(asked, operation));
      if (isNew) await rows.moveUnsigned(operation, from, to);
      return isNew;
    });
  }

  /** A write of the sender's path. */
  #send<Result>(work: (rows: AttemptRows, session: Session) => Promise<Result>): Promise<Result> {
    return this.#write(async (session) => {
      await this.#parts.fence(session);
      return work(this.#attempts(session), session);
    });
  }
}
