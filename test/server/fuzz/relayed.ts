/** Transactions that an auditor signed with a key of its own, so that one of them is taken and the rest can be spoilt. */
import { privateKeyToAccount } from "viem/accounts";
import { encodeVerb } from "../../../chain/verbs.ts";
import { bytes32, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { recorded } from "../api/books.ts";
import type { Service } from "../service.ts";

const auditor = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const transactions = 20;

/** Registers the auditor, and answers bodies for the relay, in the order of their nonces. */
export const relayedOf = async (service: Service): Promise<readonly unknown[]> => {
  const { chain, deployment } = service.gateway;
  const ledger = deployment["ledger"]?.address;
  if (ledger === undefined) throw new Error("no ledger");
  recorded(await service.post("/v1/actors", { account: auditor.address, roles: [{ role: "auditor" }] }));
  const signed = Array.from({ length: transactions }, (_, nonce) =>
    auditor.signTransaction({
      type: "eip1559",
      chainId: chain.chainId,
      nonce,
      gas: 500_000n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      to: ledger,
      data: encodeVerb({
        verb: "attest",
        operation: bytes32(`0x${(nonce + 1).toString(16).padStart(64, "0")}`),
        programme: programmeId(0),
        period: periodNumber(0),
        document: bytes32(`0x${"d0".repeat(32)}`),
      }),
    }),
  );
  return (await Promise.all(signed)).map((transaction) => ({ transaction }));
};
