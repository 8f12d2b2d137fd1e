/** How small values cross the contract's ABI: codes by index, currencies as three ASCII bytes. */
import { bytesToHex, hexToBytes as fromHex, type Hex } from "viem";

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

export const currencyText = (bytes3: Hex): string => new TextDecoder().decode(fromHex(bytes3));
export const currencyBytes = (currency: string): Hex => bytesToHex(new TextEncoder().encode(currency));
export const hexToBytes = (hex: Hex): Uint8Array => fromHex(hex);
