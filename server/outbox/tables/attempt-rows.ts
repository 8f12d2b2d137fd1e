/** Attempts, their versions, and what blocks make of them. */
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import type { Session } from "../../database/database.ts";
import { bytesOf, hash, integer, optional, text } from "../../database/rows.ts";
import type {
  ConcludedAttempt,
  Inclusion,
  OpenAttempt,
  Settlement,
  SignedAttempt,
  Version,
} from "../attempts.ts";
import { attemptStates, attemptTransitions, IllegalTransition, predecessors } from "../states.ts";
import type { AttemptState } from "../states.ts";
import type { Occasion, OperationRows } from "./operation-rows.ts";
import {
  attemptQuery,
  carriedQuery,
  concludedQuery,
  openQuery,
  readAttempts,
  readConcluded,
  readOpen,
  versionsQuery,
} from "./queries.ts";

/** The states of an operation and of an attempt that a settlement leads to. */
const outcomes = {
  mined: { attempt: "mined", operation: "mined" },
  failed: { attempt: "reverted", operation: "failed" },
  retry: { attempt: "reverted", operation: "queued" },
  voided: { attempt: "voided", operation: "cancelled" },
} as const;

/** Every method is part of a transaction of its caller. */
export class AttemptRows {
  readonly #session: Session;
  readonly #operations: OperationRows;

  constructor(session: Session, operations: OperationRows) {
    this.#session = session;
    this.#operations = operations;
  }

  async keep({
    hash: transaction,
    raw,
    signer,
    nonce,
    operations,
    signedAtBlock = 0,
  }: SignedAttempt): Promise<void> {
    const inserted = await this.#session.first(
      "INSERT INTO attempt (signer, nonce, state, version) VALUES (?, ?, 'signed', 0) RETURNING sequence",
      [bytesOf(signer), nonce],
    );
    const sequence = integer(inserted ?? {}, "sequence");
    const purpose = operations.length === 0 ? "void" : "call";
    await this.#insertVersion(sequence, 0, { hash: transaction, raw, purpose, signedAtBlock });
    for (const { id, firstPart, parts } of operations) {
      await this.#operations.move(id, "signed", { transaction });
      await this.#session.run(
        `INSERT INTO carried (attempt, operation, first_part, parts)
           VALUES (?, (SELECT sequence FROM operation WHERE id = ?), ?, ?)`,
        [sequence, id, firstPart, parts],
      );
      await this.#operations.dropRelayed(id);
      if (operations.length === 1) await this.#operations.dropCalldata(id);
    }
  }

  async unplanned(limit: number): Promise<readonly SignedAttempt[]> {
    const waiting = "SELECT sequence FROM attempt WHERE state = 'signed' ORDER BY sequence LIMIT ?";
    return readAttempts(await this.#session.all(attemptQuery(`a.sequence IN (${waiting})`), [limit]));
  }

  /** The attempt that has a transaction among its versions, as that transaction. */
  async signed(transaction: Uint8Array): Promise<SignedAttempt | undefined> {
    return readAttempts(await this.#session.all(attemptQuery("v.hash = ?"), [transaction]))[0];
  }

  async plan(transaction: Bytes32, blockNumber: number): Promise<void> {
    const { sequence } = await this.#move(transaction, "planned");
    const carried = await this.#operationsOf(sequence);
    if (carried.length === 0) throw new IllegalTransition(`transaction ${transaction}`, "planned");
    for (const id of carried) await this.#operations.move(id, "planned", { transaction, blockNumber });
  }

  async open(limit: number): Promise<readonly OpenAttempt[]> {
    const rows = await this.#session.all(openQuery, [limit]);
    const open: OpenAttempt[] = [];
    for (const row of rows) {
      const sequence = integer(row, "sequence");
      const carried = await this.#session.all(carriedQuery, [sequence]);
      open.push(readOpen(row, carried, await this.#session.all(versionsQuery, [sequence])));
    }
    return open;
  }

  async concluded(after: number, limit: number): Promise<readonly ConcludedAttempt[]> {
    const concluded: ConcludedAttempt[] = [];
    for (const row of await this.#session.all(concludedQuery, [after, limit])) {
      const versions = await this.#session.all(versionsQuery, [integer(row, "sequence")]);
      concluded.push(readConcluded(row, versions));
    }
    return concluded;
  }

  async nonces(signer: Address, from: number): Promise<readonly number[]> {
    const rows = await this.#session.all(
      "SELECT nonce FROM attempt WHERE signer = ? AND nonce >= ? ORDER BY nonce",
      [bytesOf(signer), from],
    );
    return rows.map((row) => integer(row, "nonce"));
  }

  async keepVersion(signer: Address, nonce: number, version: Version): Promise<void> {
    const row = await this.#session.first(
      `UPDATE attempt SET version = version + 1 WHERE signer = ? AND nonce = ? AND state = 'signed'
         RETURNING sequence, version`,
      [bytesOf(signer), nonce],
    );
    if (row === undefined) throw new IllegalTransition(`nonce ${nonce} of ${signer}`, "replaced");
    const sequence = integer(row, "sequence");
    await this.#insertVersion(sequence, integer(row, "version"), version);
    const what = version.purpose === "void" ? "cancelling" : "replaced";
    for (const id of await this.#operationsOf(sequence)) {
      await this.#operations.note(id, what, { transaction: version.hash });
    }
  }

  async include(inclusion: Inclusion): Promise<void> {
    const { transaction, blockNumber, blockHash, reverted, gasUsed, contractAddress } = inclusion;
    const { sequence, version } = await this.#move(transaction, "included");
    await this.#session.run(
      `UPDATE attempt SET version = ?, block = ?, block_hash = ?, reverted = ?, gas_used = ?, created_contract = ?
         WHERE sequence = ?`,
      [
        version,
        blockNumber,
        bytesOf(blockHash),
        reverted ? 1 : 0,
        gasUsed,
        contractAddress === undefined ? null : bytesOf(contractAddress),
        sequence,
      ],
    );
    for (const id of await this.#operationsOf(sequence)) {
      await this.#operations.note(id, "included", { transaction, blockNumber });
    }
  }

  async exclude(signer: Address, nonce: number): Promise<void> {
    const row = await this.#session.first(
      `SELECT a.sequence, a.block, v.hash FROM attempt a JOIN version v ON v.attempt = a.sequence AND v.number = a.version
         WHERE a.signer = ? AND a.nonce = ? AND a.state = 'included'`,
      [bytesOf(signer), nonce],
    );
    if (row === undefined) throw new IllegalTransition(`nonce ${nonce} of ${signer}`, "signed");
    const sequence = integer(row, "sequence");
    await this.#session.run(
      `UPDATE attempt SET state = 'signed', exclusions = exclusions + 1, version = (SELECT max(number) FROM version WHERE attempt = ?1), block = NULL,
           block_hash = NULL, reverted = NULL, gas_used = NULL, created_contract = NULL
         WHERE sequence = ?1`,
      [sequence],
    );
    const occasion = { transaction: hash(row, "hash"), blockNumber: integer(row, "block") };
    for (const id of await this.#operationsOf(sequence))
      await this.#operations.note(id, "excluded", occasion);
  }

  /** Closes an attempt; `blockNumber` is that of its plan, absent where its inclusion has it. */
  async settle(settlement: Settlement, blockNumber?: number): Promise<void> {
    const { transaction, result, gasUsed } = settlement;
    const to = outcomes[result];
    const { sequence, block } = await this.#move(transaction, to.attempt);
    const created = settlement.result === "mined" ? settlement.contractAddress : undefined;
    const revertData =
      settlement.result === "failed" || settlement.result === "retry" ? settlement.revertData : undefined;
    await this.#session.run(
      `UPDATE attempt SET block = coalesce(?, block), gas_used = ?, created_contract = ?, revert_data = ?
         WHERE sequence = ?`,
      [
        blockNumber ?? null,
        gasUsed,
        created === undefined ? null : bytesOf(created),
        revertData === undefined ? null : bytesOf(revertData),
        sequence,
      ],
    );
    const at = blockNumber ?? block;
    const occasion: Occasion = { transaction, ...(at === undefined ? {} : { blockNumber: at }) };
    for (const id of await this.#operationsOf(sequence))
      await this.#operations.settle(id, to.operation, occasion);
  }

  async #insertVersion(sequence: number, number: number, version: Version): Promise<void> {
    await this.#session.run(
      "INSERT INTO version (attempt, number, purpose, hash, raw, signed_at_block) VALUES (?, ?, ?, ?, ?, ?)",
      [sequence, number, version.purpose, bytesOf(version.hash), bytesOf(version.raw), version.signedAtBlock],
    );
  }

  async #operationsOf(sequence: number): Promise<readonly string[]> {
    const rows = await this.#session.all(
      `SELECT o.id FROM carried c JOIN operation o ON o.sequence = c.operation
         WHERE c.attempt = ? ORDER BY c.first_part`,
      [sequence],
    );
    return rows.map((row) => text(row, "id"));
  }

  /** Throws {@link IllegalTransition} where the table of states does not let it follow. */
  async #move(
    transaction: Bytes32,
    to: AttemptState,
  ): Promise<{ readonly sequence: number; readonly version: number; readonly block: number | undefined }> {
    const from = predecessors(attemptTransitions, attemptStates, to);
    const version = await this.#session.first("SELECT attempt, number FROM version WHERE hash = ?", [
      bytesOf(transaction),
    ]);
    const moved =
      version === undefined
        ? undefined
        : await this.#session.first(
            `UPDATE attempt SET state = ?
               WHERE sequence = ? AND state IN (${from.map((state) => `'${state}'`).join()}) RETURNING block`,
            [to, integer(version, "attempt")],
          );
    if (version === undefined || moved === undefined) {
      throw new IllegalTransition(`transaction ${transaction}`, to);
    }
    return {
      sequence: integer(version, "attempt"),
      version: integer(version, "number"),
      block: optional(moved, "block", integer),
    };
  }
}
