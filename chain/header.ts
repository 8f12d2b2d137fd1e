/** A block's header as JSON-RPC tells it, and the hash that its own fields give. */
import { keccak256, toRlp, type Hex } from "viem";
import { bytes32, type Bytes32 } from "../protocol/ids.ts";

/** As they are hashed; numbers are written without leading zeros, zero as nothing. */
const fields: readonly (readonly [name: string, kind: "bytes" | "number"])[] = [
  ["parentHash", "bytes"],
  ["sha3Uncles", "bytes"],
  ["miner", "bytes"],
  ["stateRoot", "bytes"],
  ["transactionsRoot", "bytes"],
  ["receiptsRoot", "bytes"],
  ["logsBloom", "bytes"],
  ["difficulty", "number"],
  ["number", "number"],
  ["gasLimit", "number"],
  ["gasUsed", "number"],
  ["timestamp", "number"],
  ["extraData", "bytes"],
  ["mixHash", "bytes"],
  ["nonce", "bytes"],
];
/** Each came with a fork and stands behind those before it. */
const laterFields: typeof fields = [
  ["baseFeePerGas", "number"],
  ["withdrawalsRoot", "bytes"],
  ["blobGasUsed", "number"],
  ["excessBlobGas", "number"],
  ["parentBeaconBlockRoot", "bytes"],
  ["requestsHash", "bytes"],
];

const hexOf = (value: unknown): Hex | undefined =>
  typeof value === "string" && /^0x[0-9a-fA-F]*$/.test(value)
    ? `0x${value.slice(2).toLowerCase()}`
    : undefined;

const numberBytes = (hex: Hex): Hex => {
  const digits = hex.slice(2).replace(/^0+/, "");
  return digits === "" ? "0x" : `0x${digits.length % 2 === 0 ? "" : "0"}${digits}`;
};

const written = (
  header: Readonly<Record<string, unknown>>,
  [name, kind]: (typeof fields)[number],
): Hex | undefined => {
  const hex = hexOf(header[name]);
  return hex === undefined || kind === "bytes" ? hex : numberBytes(hex);
};

/**
 * keccak of the header's fields in RLP, which is its hash on chains that follow the specification of Ethereum; some
 * consortium chains leave signatures out and hash otherwise. Undefined where a field is missing.
 */
export const headerHash = (header: Readonly<Record<string, unknown>>): Bytes32 | undefined => {
  const values: Hex[] = [];
  for (const field of fields) {
    const value = written(header, field);
    if (value === undefined) return undefined;
    values.push(value);
  }
  for (const field of laterFields) {
    const value = written(header, field);
    if (value === undefined) break;
    values.push(value);
  }
  return bytes32(keccak256(toRlp(values)));
};
