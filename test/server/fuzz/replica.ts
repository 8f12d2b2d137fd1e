/** What an admitted replica says of a block that is there, so that it is taken. */
import { privateKeyToAccount } from "viem/accounts";
import { address, type Address } from "../../../protocol/ids.ts";
import { chainRules, signBlock, type SignedBlock } from "../../../server/heads/statement.ts";
import type { Service } from "../service.ts";

const key = privateKeyToAccount(`0x${"41".repeat(32)}`);

export interface Agreement extends SignedBlock {
  readonly replica: Address;
}

export const agreementOf = async ({ gateway: { chain, deployment } }: Service): Promise<Agreement> => {
  const [genesis, first] = await Promise.all([chain.block(0), chain.block(1)]);
  const ledger = deployment["ledger"]?.address;
  if (genesis === undefined || first === undefined || ledger === undefined) throw new Error("no books");
  const identity = { chainId: chain.chainId, genesis: genesis.hash, ledger, rules: chainRules };
  const signed = await signBlock(key, "agreement", identity, { block: 1, hash: first.hash });
  return { replica: address(key.address), ...signed };
};
