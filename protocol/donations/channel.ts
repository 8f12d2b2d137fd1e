/** Channels: where money came in, such as `alipay`, `bank` or `interest`. A registered id, never free text. */
import { fromHex, toHex, utf8 } from "../bytes.ts";
import { bytes32 } from "../ids.ts";
import type { Bytes32 } from "../ids.ts";

export class InvalidChannel extends Error {
  readonly text: string;
  constructor(text: string) {
    super(`channel ${JSON.stringify(text.slice(0, 40))}: expected 1 to 31 characters of a-z, 0-9 and -`);
    this.name = "InvalidChannel";
    this.text = text;
  }
}

/** The text itself where it can be a channel's id. Throws {@link InvalidChannel}. */
export const channelId = (text: string): string => {
  if (!/^[a-z0-9-]{1,31}$/.test(text)) throw new InvalidChannel(text);
  return text;
};

/** The id as the chain stores it: ASCII, padded with zeros on the right. Throws {@link InvalidChannel}. */
export const encodeChannel = (text: string): Bytes32 => {
  const bytes = new Uint8Array(32);
  bytes.set(utf8(channelId(text)));
  return bytes32(toHex(bytes));
};

/** The id that a bytes32 of the chain holds. Throws {@link InvalidChannel} where it holds none. */
export const decodeChannel = (value: Bytes32): string => {
  const bytes = fromHex(value);
  const end = bytes.indexOf(0);
  const text = String.fromCharCode(...bytes.subarray(0, end));
  if (end < 0 || bytes.subarray(end).some((byte) => byte !== 0)) throw new InvalidChannel(value);
  return channelId(text);
};
