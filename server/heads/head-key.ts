/**
 * The key that speaks for the whole chain. It is no actor's: it records nothing on the ledger and can do nothing there.
 * It says of each block that this is the operator's one history.
 */
import type { PrivateKeyAccount } from "viem/accounts";
import { address, type Address } from "../../protocol/ids.ts";
import { signBlock, type ChainIdentity, type NamedBlock, type SignedBlock } from "./statement.ts";

/** Its name in the keystore. */
export const headKeyName = "head";

/** Signatures that are kept: those of the newest blocks are asked for again and again. */
const keptSignatures = 1_000;

export class HeadKey {
  readonly address: Address;
  readonly #account: Pick<PrivateKeyAccount, "signMessage">;
  readonly #identity: ChainIdentity;
  readonly #signed = new Map<string, SignedBlock>();

  constructor(account: Pick<PrivateKeyAccount, "address" | "signMessage">, identity: ChainIdentity) {
    this.address = address(account.address);
    this.#account = account;
    this.#identity = identity;
  }

  async sign(named: NamedBlock): Promise<SignedBlock> {
    const known = this.#signed.get(named.hash);
    if (known !== undefined) return known;
    const signed = await signBlock(this.#account, "head", this.#identity, named);
    const [oldest] = this.#signed.keys();
    if (this.#signed.size >= keptSignatures && oldest !== undefined) this.#signed.delete(oldest);
    this.#signed.set(named.hash, signed);
    return signed;
  }
}
