/**
 * Whose turn it is: every account's transactions are numbered from 0 without a gap, so one that is left out, repeated
 * or put elsewhere shows before anything is executed.
 */
import { keccak256 } from "viem";
import type { Address } from "../../protocol/ids.ts";
import type { Hex, SignedTransaction } from "../chain/port.ts";
import { readSigned, UnreadableTransaction, type SignedFields } from "../desk/signed-transaction.ts";
import { contradictEachOther } from "../heads/contradiction.ts";
import type { StreamedBlock } from "../heads/stream.ts";
import { Finding, type Seen } from "./finding.ts";

export interface ReadTransaction extends SignedTransaction {
  readonly signer: Address;
  readonly nonce: number;
}

export interface ReadBlock extends StreamedBlock {
  readonly transactions: readonly ReadTransaction[];
}

/** The bytes that were executed for an account and nonce. */
export type Executed = (signer: Address, nonce: number) => Promise<Hex | undefined>;

/** Reads what stands beside a hash. `where` begins what is said of it. Throws {@link Finding}. */
export const readOne = async (
  where: string,
  chainId: number,
  { hash, raw }: SignedTransaction,
  seen: Seen,
): Promise<SignedFields> => {
  if (keccak256(raw) !== hash) {
    throw new Finding("otherBytes", `${where}: the bytes beside transaction ${hash} are not its bytes`, seen);
  }
  let fields: SignedFields;
  try {
    fields = await readSigned(raw);
  } catch (error) {
    if (!(error instanceof UnreadableTransaction)) throw error;
    throw new Finding("unreadableTransaction", `${where}: transaction ${hash} ${error.reason}`, seen);
  }
  if (fields.chainId === chainId) return fields;
  const other = fields.chainId === undefined ? "no chain" : `chain ${fields.chainId}`;
  throw new Finding("foreignTransaction", `${where}: transaction ${hash} was signed for ${other}`, seen);
};

/** Who comes next, as far as a page has been read. */
class Turns {
  readonly #next: Map<Address, number>;
  readonly #seen = new Map<string, Hex>();
  readonly #executed: Executed;
  constructor(next: ReadonlyMap<Address, number>, executed: Executed) {
    this.#next = new Map(next);
    this.#executed = executed;
  }

  expected(signer: Address): number {
    return this.#next.get(signer) ?? 0;
  }

  take({ signer, nonce }: SignedFields, raw: Hex): void {
    this.#next.set(signer, nonce + 1);
    this.#seen.set(`${signer} ${nonce}`, raw);
  }

  async before(signer: Address, nonce: number): Promise<Hex | undefined> {
    return this.#seen.get(`${signer} ${nonce}`) ?? (await this.#executed(signer, nonce));
  }
}

/** A nonce that was taken before: the same bytes again, or another transaction in its place. */
const checkTaken = async (block: number, turns: Turns, now: SignedFields, raw: Hex): Promise<never> => {
  const before = await turns.before(now.signer, now.nonce);
  const which = `transaction ${now.nonce} of ${now.signer}`;
  if (before !== undefined && before !== raw && contradictEachOther(await readSigned(before), now)) {
    throw new Finding(
      "rewritten",
      `block ${block}: ${which} is another one than before; the account signed both`,
      {
        block,
        evidence: [{ proof: "two-transactions", transactions: [before, raw] }],
      },
    );
  }
  throw new Finding("repeated", `block ${block}: ${which} is there a second time`, { block });
};

/**
 * Reads every transaction of the blocks. `next` is each account's next number before them. Throws {@link Finding} for
 * what cannot follow.
 */
export const readBlocks = async (
  blocks: readonly StreamedBlock[],
  chainId: number,
  next: ReadonlyMap<Address, number>,
  executed: Executed,
): Promise<readonly ReadBlock[]> => {
  const fields = new Map<Hex, SignedFields>();
  for (const { number, transactions } of blocks) {
    for (const transaction of transactions) {
      fields.set(transaction.raw, await readOne(`block ${number}`, chainId, transaction, { block: number }));
    }
  }
  const isThere = (signer: Address, nonce: number): boolean =>
    [...fields.values()].some((each) => each.signer === signer && each.nonce === nonce);
  const turns = new Turns(next, executed);
  const read: ReadBlock[] = [];
  for (const block of blocks) {
    const transactions: ReadTransaction[] = [];
    for (const { hash, raw } of block.transactions) {
      const now = fields.get(raw);
      if (now === undefined) continue;
      const expected = turns.expected(now.signer);
      if (now.nonce < expected) await checkTaken(block.number, turns, now, raw);
      if (now.nonce > expected) {
        const missing = `transaction ${expected} of ${now.signer}`;
        throw isThere(now.signer, expected)
          ? new Finding(
              "swapped",
              `block ${block.number}: ${missing} stands behind transaction ${now.nonce}`,
              {
                block: block.number,
              },
            )
          : new Finding("leftOut", `block ${block.number}: ${missing} was left out; ${now.nonce} is there`, {
              block: block.number,
            });
      }
      turns.take(now, raw);
      transactions.push({ hash, raw, signer: now.signer, nonce: now.nonce });
    }
    read.push({ ...block, transactions });
  }
  return read;
};
