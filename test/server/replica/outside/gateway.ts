/** A gateway on a chain outside that shows what a test makes up, in the real wire form, and a node beside it. */
import { keccak256, type TransactionSerializableEIP1559 } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { address, bytes32, type Bytes32 } from "../../../../protocol/ids.ts";
import { quantity } from "../../../../server/chain/wire.ts";
import { outsideStream, type ChainStream } from "../../../../server/heads/stream.ts";
import type { ConcludedAttempt } from "../../../../server/outbox/attempts.ts";
import type { Fetch } from "../../../../server/replica/source.ts";
import { chainPage } from "../../../../server/schemas/chain.ts";
import type { Send } from "../../../../server/chain/node-client.ts";

export const chainId = 31_337;
export const account = privateKeyToAccount(`0x${"41".repeat(32)}`);
export const otherAccount = privateKeyToAccount(`0x${"42".repeat(32)}`);
export const ledger = address(`0x${"43".repeat(20)}`);
export const hashOf = (number: number): Bytes32 => bytes32(keccak256(quantity(number + 0x100)));

type Fields = Partial<TransactionSerializableEIP1559>;
/** Raised fees, and an empty payment to oneself. */
export const bumped: Fields = { maxFeePerGas: 900n, maxPriorityFeePerGas: 9n };
export const cancelled: Fields = { ...bumped, to: account.address, data: "0x" };

/** The attempt of `account` with that number in the block of the next number; its last version is in the block. */
export const attemptOf = async (
  nonce: number,
  versions: readonly Fields[] = [{}],
  by = account,
): Promise<ConcludedAttempt> => {
  const signed = await Promise.all(
    versions.map(async (fields) => {
      const raw = await by.signTransaction({
        type: "eip1559",
        chainId,
        nonce,
        gas: 50_000n,
        to: ledger,
        data: "0x1234",
        maxFeePerGas: 100n,
        maxPriorityFeePerGas: 1n,
        ...fields,
      });
      return { raw, hash: bytes32(keccak256(raw)), purpose: "call", signedAtBlock: 0 } as const;
    }),
  );
  return {
    sequence: nonce + 1,
    signer: address(account.address),
    nonce,
    versions: signed,
    transaction: signed.at(-1)?.hash ?? hashOf(0),
    blockNumber: nonce + 1,
    blockHash: hashOf(nonce + 1),
  };
};

/** Answers `GET /v1/chain` as a gateway does. */
export const serving =
  (stream: ChainStream): Fetch =>
  async (url) => {
    const page = await stream(Number(new URL(url).searchParams.get("after")), 200);
    return page === undefined
      ? new Response("", { status: 404 })
      : Response.json({ data: chainPage(page), asOf: {} });
  };

/** Answers it of what `attempts` holds at the time. */
export const showing = (attempts: () => readonly ConcludedAttempt[], place: object = {}): Fetch =>
  serving(
    outsideStream({
      outbox: {
        concluded: async (after, limit) =>
          attempts()
            .filter(({ sequence }) => sequence > after)
            .slice(0, limit),
      },
      chainId,
      genesis: hashOf(0),
      ledger,
      ...place,
    }),
  );

/** A node that has just these, and blocks up to `head`. */
export const nodeOf = (attempts: readonly ConcludedAttempt[], head = 1_000): Send => {
  const block = (number: number): object | null =>
    number > head
      ? null
      : {
          hash: attempts.find(({ blockNumber }) => blockNumber === number)?.blockHash ?? hashOf(number),
          transactions: attempts
            .filter(({ blockNumber }) => blockNumber === number)
            .map(({ transaction }) => transaction),
        };
  return async (method, params = []) => {
    switch (method) {
      case "eth_chainId":
        return quantity(chainId);
      case "eth_blockNumber":
        return quantity(head);
      case "eth_getBlockByNumber":
        return block(Number(params[0]));
      default:
        return null;
    }
  };
};
