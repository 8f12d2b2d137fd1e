/**
 * What proves that an operator shows two histories. Whoever has both halves needs nobody's word: each is signed.
 */
import type { Address } from "../../protocol/ids.ts";
import type { Hex } from "../chain/port.ts";
import { readSigned, type SignedFields } from "../desk/signed-transaction.ts";
import { signerOf, type ChainIdentity, type SignedBlock } from "./statement.ts";

/** Two heads of one chain that its operator signed, for one height, with two hashes. */
export interface TwoHeads {
  readonly proof: "two-heads";
  readonly identity: ChainIdentity;
  readonly heads: readonly [SignedBlock, SignedBlock];
}

/** Two transactions of one account with one nonce, of which only one can ever be in a chain. */
export interface TwoTransactions {
  readonly proof: "two-transactions";
  readonly transactions: readonly [Hex, Hex];
}

export type Contradiction = TwoHeads | TwoTransactions;

export type Judgement =
  | {
      readonly stands: true;
      readonly signer: Address;
      /** A height for heads, a nonce for transactions. */
      readonly at: number;
    }
  | { readonly stands: false; readonly reason: string };

const fails = (reason: string): Judgement => ({ stands: false, reason });

/**
 * Whether two transactions contradict each other. An account may sign one nonce twice and be honest: with other fees, to
 * be taken sooner, or as an empty payment to itself, to cancel. So they do where `to`, `value` or `data` differ and neither
 * is a payment of nothing to oneself.
 */
export const contradictEachOther = (one: SignedFields, other: SignedFields): boolean =>
  one.signer === other.signer &&
  one.nonce === other.nonce &&
  one.chainId === other.chainId &&
  (one.to !== other.to || one.value !== other.value || one.calldata !== other.calldata) &&
  !isCancellation(one) &&
  !isCancellation(other);

/** A payment of nothing to oneself: it takes a number so that nothing else is done under it. */
export const isCancellation = ({ to, value, signer }: SignedFields): boolean => to === signer && value === 0n;

const judgeHeads = async ({ identity, heads: [one, other] }: TwoHeads): Promise<Judgement> => {
  if (one.block !== other.block) return fails("the two heads are of two heights");
  if (one.hash === other.hash) return fails("the two heads name the same hash");
  const [first, second] = await Promise.all([
    signerOf("head", identity, one),
    signerOf("head", identity, other),
  ]);
  if (first === undefined || second === undefined) return fails("a signature is none");
  if (first !== second) return fails(`the two heads are signed by two keys, ${first} and ${second}`);
  return { stands: true, signer: first, at: one.block };
};

const judgeTransactions = async ({ transactions: [one, other] }: TwoTransactions): Promise<Judgement> => {
  let read: readonly [SignedFields, SignedFields];
  try {
    read = [await readSigned(one), await readSigned(other)];
  } catch (error) {
    return fails(error instanceof Error ? error.message : String(error));
  }
  const [first, second] = read;
  if (first.signer !== second.signer) return fails("the two transactions are of two accounts");
  if (first.nonce !== second.nonce) return fails("the two transactions have two nonces");
  if (first.chainId !== second.chainId) return fails("the two transactions are for two chains");
  if (!contradictEachOther(first, second)) {
    return fails("an honest account signs both: they call the same, or one of them only cancels the other");
  }
  return { stands: true, signer: first.signer, at: first.nonce };
};

/** Judges by the two halves alone. Throws nothing. */
export const judge = (contradiction: Contradiction): Promise<Judgement> =>
  contradiction.proof === "two-heads" ? judgeHeads(contradiction) : judgeTransactions(contradiction);
