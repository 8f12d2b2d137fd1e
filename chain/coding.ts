/** How small values cross the contract's ABI: codes by index, currencies as three ASCII bytes, shares in one word. */
import { bytesToHex, type Hex } from "viem";
import { reasons, type Reason } from "../protocol/ledger/codes.ts";

export class UnknownCode extends Error {
  readonly index: number;
  constructor(index: number, known: readonly string[]) {
    super(`code ${index}: expected 0 to ${known.length - 1} (${known.join(", ")})`);
    this.name = "UnknownCode";
    this.index = index;
  }
}

/** The code at `index` of a list whose order is the contract's enum. */
export const codeAt = <Code extends string>(codes: readonly Code[], index: number): Code => {
  const code = codes[index];
  if (code === undefined) throw new UnknownCode(index, codes);
  return code;
};

export const currencyText = (bytes3: Hex): string => new TextDecoder().decode(hexToBytes(bytes3));
export const currencyBytes = (currency: string): Hex => bytesToHex(new TextEncoder().encode(currency));
/** The bytes of hexadecimal that was decoded or checked before: the leaves of a batch are 240,000 digits. */
export const hexToBytes = (hex: Hex): Uint8Array => new Uint8Array(Buffer.from(hex.slice(2), "hex"));

/** Reasons count from 1 on chain; 0 is none. Throws {@link UnknownCode}. */
export const reasonAt = (value: number): Reason => codeAt(reasons, value - 1);
export const reasonValue = (reason: Reason): number => reasons.indexOf(reason) + 1;

const shareBits = 16n;
const mostShare = 0xffff;
const sharesInAWord = 16;

export class UnpackableShares extends Error {
  readonly shares: readonly number[];
  constructor(shares: readonly number[]) {
    super(
      `shares ${shares.join(", ")}: expected at most ${sharesInAWord} whole numbers from 0 to ${mostShare}`,
    );
    this.name = "UnpackableShares";
    this.shares = shares;
  }
}

/** Shares as one word of the chain: 16 bits each, the first lowest. Throws {@link UnpackableShares}. */
export const packShares = (shares: readonly number[]): bigint => {
  const fits = (bps: number): boolean => Number.isInteger(bps) && bps >= 0 && bps <= mostShare;
  if (shares.length > sharesInAWord || !shares.every(fits)) throw new UnpackableShares(shares);
  return shares.reduceRight((word, bps) => (word << shareBits) | BigInt(bps), 0n);
};

/** The shares in a word, up to the last that is not 0: none for a period without insurers. */
export const unpackShares = (word: bigint): readonly number[] => {
  const shares: number[] = [];
  for (let rest = word; rest > 0n; rest >>= shareBits) shares.push(Number(rest & BigInt(mostShare)));
  return shares;
};
