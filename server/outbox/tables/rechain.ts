/** What a rechain reads of the outbox beside its plans, and the one change that it makes. */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import type { Hex } from "../../chain/port.ts";
import type { Database, Session } from "../../database/database.ts";
import { account, blob, bytesOf, hexOf, integer, optional } from "../../database/rows.ts";

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
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Undefined where the transaction is in no block that was confirmed. */
  async outcome(transaction: Bytes32): Promise<RecordedOutcome | undefined> {
    const row = await this.#database.session.first(
      `SELECT a.gas_used, a.created_contract, a.revert_data FROM attempt a JOIN version v ON v.attempt = a.sequence
       WHERE v.hash = ? AND a.gas_used IS NOT NULL`,
      [bytesOf(transaction)],
    );
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
  list(): Promise<readonly RechainRecord[]> {
    return listIn(this.#database.session);
  }

  /** Writes the new hashes of blocks 1 to `hashes.length`, the chain's new identity and the record, all or none. */
  async keep(hashes: readonly Bytes32[], identity: string, record: RechainRecord): Promise<void> {
    await this.#database.write(async (session) => {
      for (const [index, hash] of hashes.entries()) {
        await session.run("UPDATE block_plan SET hash = ? WHERE number = ? AND hash IS NOT NULL", [
          bytesOf(hash),
          index + 1,
        ]);
      }
      const records = JSON.stringify([...(await listIn(session)), record]);
      for (const [name, value] of [
        ["chain", identity],
        [key, records],
      ] as const) {
        await session.run(
          "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
          [name, value],
        );
      }
    });
  }
}

const listIn = async (session: Session): Promise<readonly RechainRecord[]> => {
  const row = await session.first("SELECT value FROM meta WHERE key = ?", [key]);
  const kept: unknown = row === undefined ? [] : JSON.parse(String(row["value"]));
  return Value.Check(Type.Array(Rechain), kept) ? kept : [];
};
