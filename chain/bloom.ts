/**
 * The bloom filter of a block's header: it never denies a log that is there. So a node that gives logs which the filter
 * denies, or none where the filter was made for ours, is asked again.
 */
import { keccak256, type Hex } from "viem";

const filterBytes = 256;
const bitsMask = 0x7ff;

export const isBloom = (value: unknown): value is Hex =>
  typeof value === "string" && /^0x[0-9a-fA-F]{512}$/.test(value);

/** Whether the filter may have been made for a log with `value` as its address or as one of its topics. */
export const mayHold = (bloom: Hex, value: Hex): boolean => {
  const filter = Buffer.from(bloom.slice(2), "hex");
  const digest = Buffer.from(keccak256(value).slice(2), "hex");
  return [0, 2, 4].every((at) => {
    const bit = digest.readUInt16BE(at) & bitsMask;
    const byte = filter[filterBytes - 1 - (bit >> 3)] ?? 0;
    return (byte & (1 << (bit & 7))) !== 0;
  });
};
