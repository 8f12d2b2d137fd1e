/** Attempts, their versions, and what blocks make of them. */
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import { integer, optional, text } from "../../sqlite.ts";
import type { Inclusion, OpenAttempt, Settlement, SignedAttempt, Version } from "../attempts.ts";
import { attemptStates, attemptTransitions, IllegalTransition, predecessors } from "../states.ts";
import type { AttemptState } from "../states.ts";
import type { Occasion, OperationRows } from "./operation-rows.ts";
import {
  attemptQuery,
  bytesOf,
  carriedQuery,
  hash,
  openQuery,
  readAttempts,
  readOpen,
  versionsQuery,
} from "./rows.ts";
import type { OutboxTables } from "./tables.ts";

/** The states of an operation and of an attempt that a settlement leads to. */
const outcomes = {
  mined: { attempt: "mined", operation: "mined" },
  failed: { attempt: "reverted", operation: "failed" },
  retry: { attempt: "reverted", operation: "queued" },
  voided: { attempt: "voided", operation: "cancelled" },
} as const;

/** Every method is part of a transaction of its caller. */
export class AttemptRows {
  readonly #tables: OutboxTables;
  readonly #operations: OperationRows;

  constructor(tables: OutboxTables, operations: OperationRows) {
    this.#tables = tables;
    this.#operations = operations;
  }

  keep({ hash: transaction, raw, signer, nonce, operations, signedAtBlock = 0 }: SignedAttempt): void {
    const inserted = this.#tables
      .sql("INSERT INTO attempt (signer, nonce, state, version) VALUES (?, ?, 'signed', 0)")
      .run(bytesOf(signer), nonce);
    const sequence = Number(inserted.lastInsertRowid);
    const purpose = operations.length === 0 ? "void" : "call";
    this.#insertVersion(sequence, 0, { hash: transaction, raw, purpose, signedAtBlock });
    for (const { id, firstPart, parts } of operations) {
      this.#operations.move(id, "signed", { transaction });
      this.#tables
        .sql(
          `INSERT INTO carried (attempt, operation, first_part, parts)
           VALUES (?, (SELECT sequence FROM operation WHERE id = ?), ?, ?)`,
        )
        .run(sequence, id, firstPart, parts);
      this.#operations.dropRelayed(id);
      if (operations.length === 1) this.#operations.dropCalldata(id);
    }
  }

  unplanned(limit: number): readonly SignedAttempt[] {
    const waiting = "SELECT sequence FROM attempt WHERE state = 'signed' ORDER BY sequence LIMIT ?";
    return readAttempts(this.#tables.sql(attemptQuery(`a.sequence IN (${waiting})`)).all(limit));
  }

  /** The attempt that has a transaction among its versions, as that transaction. */
  signed(transaction: Uint8Array): SignedAttempt | undefined {
    return readAttempts(this.#tables.sql(attemptQuery("v.hash = ?")).all(transaction))[0];
  }

  plan(transaction: Bytes32, blockNumber: number): void {
    const { sequence } = this.#move(transaction, "planned");
    const carried = this.#operationsOf(sequence);
    if (carried.length === 0) throw new IllegalTransition(`transaction ${transaction}`, "planned");
    for (const id of carried) this.#operations.move(id, "planned", { transaction, blockNumber });
  }

  open(limit: number): readonly OpenAttempt[] {
    const rows = this.#tables.sql(openQuery).all(limit);
    return rows.map((row) => {
      const sequence = integer(row, "sequence");
      return readOpen(
        row,
        this.#tables.sql(carriedQuery).all(sequence),
        this.#tables.sql(versionsQuery).all(sequence),
      );
    });
  }

  nonces(signer: Address, from: number): readonly number[] {
    const rows = this.#tables
      .sql("SELECT nonce FROM attempt WHERE signer = ? AND nonce >= ? ORDER BY nonce")
      .all(bytesOf(signer), from);
    return rows.map((row) => integer(row, "nonce"));
  }

  keepVersion(signer: Address, nonce: number, version: Version): void {
    const row = this.#tables
      .sql(
        `UPDATE attempt SET version = version + 1 WHERE signer = ? AND nonce = ? AND state = 'signed'
         RETURNING sequence, version`,
      )
      .get(bytesOf(signer), nonce);
    if (row === undefined) throw new IllegalTransition(`nonce ${nonce} of ${signer}`, "replaced");
    const sequence = integer(row, "sequence");
    this.#insertVersion(sequence, integer(row, "version"), version);
    const what = version.purpose === "void" ? "cancelling" : "replaced";
    for (const id of this.#operationsOf(sequence)) {
      this.#operations.note(id, what, { transaction: version.hash });
    }
  }

  include(inclusion: Inclusion): void {
    const { transaction, blockNumber, blockHash, reverted, gasUsed, contractAddress } = inclusion;
    const { sequence, version } = this.#move(transaction, "included");
    this.#tables
      .sql(
        `UPDATE attempt SET version = ?, block = ?, block_hash = ?, reverted = ?, gas_used = ?, created_contract = ?
         WHERE sequence = ?`,
      )
      .run(
        version,
        blockNumber,
        bytesOf(blockHash),
        reverted ? 1 : 0,
        gasUsed,
        contractAddress === undefined ? null : bytesOf(contractAddress),
        sequence,
      );
    for (const id of this.#operationsOf(sequence)) {
      this.#operations.note(id, "included", { transaction, blockNumber });
    }
  }

  exclude(signer: Address, nonce: number): void {
    const row = this.#tables
      .sql(
        `SELECT a.sequence, a.block, v.hash FROM attempt a JOIN version v ON v.attempt = a.sequence AND v.number = a.version
         WHERE a.signer = ? AND a.nonce = ? AND a.state = 'included'`,
      )
      .get(bytesOf(signer), nonce);
    if (row === undefined) throw new IllegalTransition(`nonce ${nonce} of ${signer}`, "signed");
    const sequence = integer(row, "sequence");
    this.#tables
      .sql(
        `UPDATE attempt SET state = 'signed', version = (SELECT max(number) FROM version WHERE attempt = ?1), block = NULL,
           block_hash = NULL, reverted = NULL, gas_used = NULL, created_contract = NULL
         WHERE sequence = ?1`,
      )
      .run(sequence);
    const occasion = { transaction: hash(row, "hash"), blockNumber: integer(row, "block") };
    for (const id of this.#operationsOf(sequence)) this.#operations.note(id, "excluded", occasion);
  }

  /** Closes an attempt; `blockNumber` is that of its plan, absent where its inclusion has it. */
  settle(settlement: Settlement, blockNumber?: number): void {
    const { transaction, result, gasUsed } = settlement;
    const to = outcomes[result];
    const { sequence, block } = this.#move(transaction, to.attempt);
    const created = settlement.result === "mined" ? settlement.contractAddress : undefined;
    const revertData =
      settlement.result === "failed" || settlement.result === "retry" ? settlement.revertData : undefined;
    this.#tables
      .sql(
        `UPDATE attempt SET block = coalesce(?, block), gas_used = ?, created_contract = ?, revert_data = ?
         WHERE sequence = ?`,
      )
      .run(
        blockNumber ?? null,
        gasUsed,
        created === undefined ? null : bytesOf(created),
        revertData === undefined ? null : bytesOf(revertData),
        sequence,
      );
    const at = blockNumber ?? block;
    const occasion: Occasion = { transaction, ...(at === undefined ? {} : { blockNumber: at }) };
    for (const id of this.#operationsOf(sequence)) this.#operations.settle(id, to.operation, occasion);
  }

  #insertVersion(sequence: number, number: number, version: Version): void {
    this.#tables
      .sql(
        "INSERT INTO version (attempt, number, purpose, hash, raw, signed_at_block) VALUES (?, ?, ?, ?, ?, ?)",
      )
      .run(
        sequence,
        number,
        version.purpose,
        bytesOf(version.hash),
        bytesOf(version.raw),
        version.signedAtBlock,
      );
  }

  #operationsOf(sequence: number): readonly string[] {
    const rows = this.#tables
      .sql(
        `SELECT o.id FROM carried c JOIN operation o ON o.sequence = c.operation
         WHERE c.attempt = ? ORDER BY c.first_part`,
      )
      .all(sequence);
    return rows.map((row) => text(row, "id"));
  }

  /** Throws {@link IllegalTransition} where the table of states does not let it follow. */
  #move(
    transaction: Bytes32,
    to: AttemptState,
  ): { readonly sequence: number; readonly version: number; readonly block: number | undefined } {
    const from = predecessors(attemptTransitions, attemptStates, to);
    const version = this.#tables
      .sql("SELECT attempt, number FROM version WHERE hash = ?")
      .get(bytesOf(transaction));
    const moved =
      version === undefined
        ? undefined
        : this.#tables
            .sql(
              `UPDATE attempt SET state = ?
               WHERE sequence = ? AND state IN (${from.map((state) => `'${state}'`).join()}) RETURNING block`,
            )
            .get(to, integer(version, "attempt"));
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
