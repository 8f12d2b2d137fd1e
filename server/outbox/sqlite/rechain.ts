/** What a rechain reads of the outbox beside its plans, and the one change that it makes. */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import type { Hex } from "../../chain/port.ts";
import { blob, integer, optional } from "../../sqlite.ts";
import { account, bytesOf, hexOf } from "./rows.ts";
import type { OutboxTables } from "./tables.ts";

/** What was recorded of a transaction in a block of the embedded chain. */
export interface RecordedOutcome {
  readonly gasUsed: bigint;
  readonly contractAddress?: Address;
  /** Present where it reverted. */
  readonly revertData?: Hex;
}

const Rechain = Type.Object({
  atMs: Type.Integer(),
  blocks: Type.Integer(),
  oldHead: Type.String(),
  newHead: Type.String(),
});
/** One rechain: the head of the same block before and after. */
export type RechainRecord = Static<typeof Rechain>;

const key = "rechains";

export class RechainRows {
  readonly #tables: OutboxTables;

  constructor(tables: OutboxTables) {
    this.#tables = tables;
  }

  /** Undefined where the transaction is in no block that was confirmed. */
  outcome(transaction: Bytes32): RecordedOutcome | undefined {
    const row = this.#tables
      .sql(
        `SELECT a.gas_used, a.created_contract, a.revert_data FROM attempt a JOIN version v ON v.attempt = a.sequence
         WHERE v.hash = ? AND a.gas_used IS NOT NULL`,
      )
      .get(bytesOf(transaction));
    if (row === undefined) return undefined;
    const created = optional(row, "created_contract", account);
    const reverted = optional(row, "revert_data", blob);
    return {
      gasUsed: BigInt(integer(row, "gas_used")),
      ...(created === undefined ? {} : { contractAddress: created }),
      ...(reverted === undefined ? {} : { revertData: hexOf(reverted) }),
    };
  }

  /** Every rechain so far, oldest first. */
  list(): readonly RechainRecord[] {
    const row = this.#tables.sql("SELECT value FROM meta WHERE key = ?").get(key);
    const kept: unknown = row === undefined ? [] : JSON.parse(String(row["value"]));
    return Value.Check(Type.Array(Rechain), kept) ? kept : [];
  }

  /** Writes the new hashes of blocks 1 to `hashes.length`, the chain's new identity and the record, all or none. */
  keep(hashes: readonly Bytes32[], identity: string, record: RechainRecord): void {
    this.#tables.transaction(() => {
      const update = this.#tables.sql("UPDATE block_plan SET hash = ? WHERE number = ? AND hash IS NOT NULL");
      hashes.forEach((hash, index) => update.run(bytesOf(hash), index + 1));
      const setMeta = this.#tables.sql(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      );
      setMeta.run("chain", identity);
      setMeta.run(key, JSON.stringify([...this.list(), record]));
    });
  }
}
