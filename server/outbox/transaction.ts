/**
 * A transaction of our own as signed bytes (EIP-1559, type 2). The library's way goes from bytes to hexadecimal and back
 * for every hash and every list; at the 120 kB of a full batch that took longer than all the rest of sending it.
 */
import { parseSignature, toRlp } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { bytes32, type Address } from "../../protocol/ids.ts";
import type { Hex, SignedTransaction } from "../chain/port.ts";
import { bytesOf, hexOf } from "../database/rows.ts";
import { nativeKeccak } from "../keccak.ts";
import type { Fees } from "./fees.ts";

export type SigningAccount = Pick<PrivateKeyAccount, "address" | "sign">;

export interface TransactionFields extends Fees {
  readonly chainId: number;
  readonly nonce: number;
  readonly gas?: bigint;
  /** Absent where a contract is made. */
  readonly to?: Address;
  readonly value?: bigint;
  readonly data?: Hex;
}

const typeByte = Buffer.of(2);

export const signTransaction = async (
  account: SigningAccount,
  { chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gas = 0n, to, value = 0n, data }: TransactionFields,
): Promise<SignedTransaction> => {
  const fields: readonly Field[] = [
    integer(BigInt(chainId)),
    integer(BigInt(nonce)),
    integer(maxPriorityFeePerGas),
    integer(maxFeePerGas),
    integer(gas),
    bytesOf(to ?? "0x"),
    integer(value),
    bytesOf(data ?? "0x"),
    emptyAccessList,
  ];
  const signature = parseSignature(await account.sign({ hash: hashOf(envelope(fields)) }));
  const signed = [
    integer(BigInt(signature.yParity)),
    integer(BigInt(signature.r)),
    integer(BigInt(signature.s)),
  ];
  const raw = envelope([...fields, ...signed]);
  return { hash: hashOf(raw), raw: hexOf(raw) };
};

type Field = Uint8Array | readonly Uint8Array[];

const emptyAccessList: Field = [];

const envelope = (fields: readonly Field[]): Buffer => Buffer.concat([typeByte, toRlp(fields, "bytes")]);

const hashOf = (bytes: Uint8Array) => bytes32(hexOf(Buffer.from(nativeKeccak(bytes))));

/** Big-endian without leading zeros; nothing for 0. */
const integer = (value: bigint): Buffer => {
  if (value === 0n) return Buffer.alloc(0);
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
};
