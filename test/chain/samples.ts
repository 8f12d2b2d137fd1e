/** A value for every type of the ABI, as ethers takes it: another library's encoding is what ours is held against. */
import { encodeBytes32String, type ParamType } from "ethers";

/** Three insurers, as one word carries them: 16 bits each, the first lowest. */
export const sampleShares = [5_001, 4_998, 1] as const;

/** Names whose values must make sense: a channel is ASCII padded with zeros, a currency three letters. */
const meaningful: Readonly<Record<string, string | bigint>> = {
  channel: encodeBytes32String("alipay"),
  currency: "0x434e59",
  sharesBps: 5_001n + 4_998n * 2n ** 16n + 2n ** 32n,
  // Published counts and block numbers that a JavaScript number holds exactly.
  count: 12_345n,
  denominator: 678_901n,
  blockNumber: 23_456n,
  leaves: `0x${"0000000000000005".padEnd(80, "1")}`,
};

const numberOf = (bits: number, seed: number): bigint =>
  // Codes have 8 bits and at least two values; larger numbers use nearly their whole width, and amounts and positions
  // nearly the 96 bits that the ledger stores of them.
  bits === 8 ? 1n : (1n << BigInt(Math.min(bits, 96))) - 1n - BigInt(seed);

export type Sample = string | bigint | boolean | readonly Sample[];

export const sampleOf = (parameter: ParamType, seed: number): Sample => {
  const named = meaningful[parameter.name];
  if (named !== undefined) return named;
  if (parameter.components !== null) {
    return parameter.components.map((component, index) => sampleOf(component, seed + index + 1));
  }
  if (parameter.arrayChildren !== null) return [sampleOf(parameter.arrayChildren, seed)];
  const [, kind, size = ""] = /^([a-z]+)([0-9]*)$/.exec(parameter.type) ?? [];
  const byte = (seed + 1).toString(16).padStart(2, "0");
  switch (kind) {
    case "uint":
      return numberOf(Number(size), seed);
    case "bool":
      return true;
    case "address":
      return `0x${byte.repeat(20)}`;
    case "bytes":
      return `0x${byte.repeat(size === "" ? 40 : Number(size))}`;
    case "string":
      return "text";
    default:
      throw new TypeError(`no sample for ${parameter.type}`);
  }
};
