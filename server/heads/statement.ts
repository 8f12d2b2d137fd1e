/**
 * What somebody signs about one block of one embedded chain. There is one text for it, signed as EIP-191 says (the form
 * of `cast wallet sign` and of every wallet), so that anybody can check it without code of ours; docs/verify.md has it.
 * Two statements of one signer about one height that name two hashes cannot both be true.
 */
import { recoverMessageAddress } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { address, type Address, type Bytes32 } from "../../protocol/ids.ts";
import { hardfork, hardhatVersion } from "../chain/pinned.ts";
import type { Hex } from "../chain/port.ts";

/**
 * The rules that make blocks of transactions and times. Another release may make other hashes of the same history
 * (npm run rechain), so a hash means nothing without them.
 */
export const chainRules = `hardhat ${hardhatVersion} ${hardfork}`;

/** Which chain is spoken of. */
export interface ChainIdentity {
  readonly chainId: number;
  /** The hash of block 0. */
  readonly genesis: Bytes32;
  readonly ledger: Address;
  readonly rules: string;
}

/** A block of it, and everything before: a block's hash binds them. */
export interface NamedBlock {
  readonly block: number;
  readonly hash: Bytes32;
}

export interface SignedBlock extends NamedBlock {
  readonly signature: Hex;
}

/**
 * `head`: the operator says that this is its chain. `agreement`: a replica says that it executed all of it and came to
 * this hash. The first line tells one from the other, and both from whatever else a key signs.
 */
export type StatementKind = "head" | "agreement";

/** The signed text: seven lines, without a line end at the end. */
export const statementText = (
  kind: StatementKind,
  { chainId, genesis, ledger, rules }: ChainIdentity,
  { block, hash }: NamedBlock,
): string =>
  [
    `everyfen ${kind} v1`,
    `chain ${chainId}`,
    `genesis ${genesis}`,
    `ledger ${ledger}`,
    `rules ${rules}`,
    `block ${block}`,
    `hash ${hash}`,
  ].join("\n");

export const signBlock = async (
  account: Pick<PrivateKeyAccount, "signMessage">,
  kind: StatementKind,
  identity: ChainIdentity,
  { block, hash }: NamedBlock,
): Promise<SignedBlock> => ({
  block,
  hash,
  signature: await account.signMessage({ message: statementText(kind, identity, { block, hash }) }),
});

/** Who signed; undefined where nobody can have. */
export const signerOf = async (
  kind: StatementKind,
  identity: ChainIdentity,
  { signature, ...named }: SignedBlock,
): Promise<Address | undefined> => {
  try {
    return address(await recoverMessageAddress({ message: statementText(kind, identity, named), signature }));
  } catch {
    return undefined;
  }
};
