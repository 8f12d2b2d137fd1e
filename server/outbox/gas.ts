/**
 * What a transaction must at least offer. A plan holds only transactions that the chain accepts, or it could never be
 * replayed; so everything a node would refuse is refused here, before anything is written down.
 */
import { initcodeBytes, transactionGasLimit } from "../chain/pinned.ts";
import type { Call } from "./store.ts";

export class GasOutOfRange extends Error {
  readonly gasLimit: bigint;
  readonly minimum: bigint;
  readonly maximum: bigint;
  constructor(gasLimit: bigint, minimum: bigint, maximum: bigint) {
    super(
      `gas limit ${gasLimit}: this call needs from ${minimum} to ${maximum}` +
        (minimum > maximum ? "; split it into smaller ones" : ""),
    );
    this.name = "GasOutOfRange";
    this.gasLimit = gasLimit;
    this.minimum = minimum;
    this.maximum = maximum;
  }
}

export class InitcodeTooLong extends Error {
  readonly lengthBytes: number;
  constructor(lengthBytes: number) {
    super(
      `initcode: ${lengthBytes} bytes, at most ${initcodeBytes} are accepted (EIP-3860); split the contract`,
    );
    this.name = "InitcodeTooLong";
    this.lengthBytes = lengthBytes;
  }
}

const transactionGas = 21_000n;
const creationGas = 32_000n;
/** EIP-2028 and EIP-7623, per token: a zero byte is one token, any other four. */
const tokenGas = 4n;
const tokenFloorGas = 10n;
/** EIP-3860, for each 32 bytes of initcode. */
const initcodeWordGas = 2n;

const tokens = (bytes: Uint8Array): bigint => {
  let zeros = 0;
  for (const byte of bytes) if (byte === 0) zeros++;
  return BigInt(zeros + (bytes.length - zeros) * 4);
};

/** The smallest gas limit with which a node accepts the call: its intrinsic cost or, where larger, the data floor. */
export const minimumGas = (call: Pick<Call, "to" | "calldata">): bigint => {
  const bytes = Buffer.from(call.calldata.slice(2), "hex");
  const count = tokens(bytes);
  const creation =
    call.to === undefined ? creationGas + initcodeWordGas * BigInt(Math.ceil(bytes.length / 32)) : 0n;
  const intrinsic = transactionGas + tokenGas * count + creation;
  const floor = transactionGas + tokenFloorGas * count;
  return intrinsic > floor ? intrinsic : floor;
};

/** Throws {@link GasOutOfRange} or {@link InitcodeTooLong} for a call that no node would accept. */
export const checkGas = (call: Call): void => {
  const lengthBytes = (call.calldata.length - 2) / 2;
  if (call.to === undefined && lengthBytes > initcodeBytes) throw new InitcodeTooLong(lengthBytes);
  const minimum = minimumGas(call);
  if (call.gasLimit < minimum || call.gasLimit > transactionGasLimit || minimum > transactionGasLimit) {
    throw new GasOutOfRange(call.gasLimit, minimum, transactionGasLimit);
  }
};
