/** Reading a transaction that somebody else signed, so strictly that a node will not find anything to refuse. */
import {
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
  serializeTransaction,
  type TransactionSerializableEIP1559,
  type TransactionSerializableLegacy,
  type TransactionSerialized,
} from "viem";
import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";
import type { Hex } from "../chain/port.ts";

export interface SignedFields {
  readonly hash: Bytes32;
  readonly signer: Address;
  readonly chainId: number | undefined;
  readonly nonce: number;
  /** Absent where it creates a contract. */
  readonly to: Address | undefined;
  readonly value: bigint;
  readonly gasLimit: bigint;
  /** The most that it offers for a unit of gas. */
  readonly feePerGas: bigint;
  readonly calldata: Hex;
}

/** The bytes are no transaction that the chain takes. */
export class UnreadableTransaction extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`transaction: ${reason}`);
    this.name = "UnreadableTransaction";
    this.reason = reason;
  }
}

/** EIP-2: of the two signatures that say the same, only the one with the lower s is valid. */
const largestS = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

type Parsed = ReturnType<typeof parseTransaction>;

const parsed = (raw: Hex): Parsed => {
  try {
    return parseTransaction(raw);
  } catch {
    throw new UnreadableTransaction("expected the bytes of one signed transaction");
  }
};

interface Written {
  readonly fee: bigint;
  readonly raw: TransactionSerialized;
}

/** What it may offer for gas, and its bytes as they are written when they are written right. */
const written = ({ r, s, v, yParity, ...transaction }: Parsed): Written => {
  if (r === undefined || s === undefined || BigInt(r) === 0n || BigInt(s) === 0n) {
    throw new UnreadableTransaction("is not signed");
  }
  if (BigInt(s) > largestS) throw new UnreadableTransaction("has a signature with a high s (EIP-2)");
  switch (transaction.type) {
    case "eip1559": {
      if (yParity === undefined) throw new UnreadableTransaction("is not signed");
      if ((transaction.accessList ?? []).length > 0) {
        throw new UnreadableTransaction("has an access list; leave it out");
      }
      const fields: TransactionSerializableEIP1559 = transaction;
      return { fee: transaction.maxFeePerGas ?? 0n, raw: serializeTransaction(fields, { r, s, yParity }) };
    }
    case "legacy": {
      if (v === undefined) throw new UnreadableTransaction("is not signed");
      const fields: TransactionSerializableLegacy = transaction;
      return { fee: transaction.gasPrice ?? 0n, raw: serializeTransaction(fields, { r, s, v }) };
    }
    default:
      throw new UnreadableTransaction(`is of type ${transaction.type}; expected eip1559 or legacy`);
  }
};

/** Throws {@link UnreadableTransaction}. */
export const readSigned = async (given: Hex): Promise<SignedFields> => {
  const transaction = parsed(given);
  const { fee, raw } = written(transaction);
  // Bytes that say the same in another way would have another hash, and a node may refuse them.
  if (raw !== given.toLowerCase()) throw new UnreadableTransaction("is not in the one canonical encoding");
  const signer = await recovered(raw);
  const { chainId, nonce = 0, to, value = 0n, gas = 0n, data = "0x" } = transaction;
  return {
    hash: bytes32(keccak256(raw)),
    signer,
    chainId,
    nonce,
    to: to === undefined || to === null ? undefined : address(to),
    value,
    gasLimit: gas,
    feePerGas: fee,
    calldata: data,
  };
};

const recovered = async (serializedTransaction: TransactionSerialized): Promise<Address> => {
  try {
    return address(await recoverTransactionAddress({ serializedTransaction }));
  } catch {
    throw new UnreadableTransaction("has a signature that nobody can have made");
  }
};
