/** How values of the protocol stand in columns. */
import { fen, position } from "../../protocol/amounts.ts";
import type { Fen, Position } from "../../protocol/amounts.ts";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";

/** 2^96 − 1 has 29 digits. */
const amountDigits = 29;

export const amountText = (amount: bigint): string => amount.toString().padStart(amountDigits, "0");
export const fenOf = (text: string): Fen => fen(BigInt(text));
export const positionOf = (text: string): Position => position(BigInt(text));

/** The end of an interval; null where it is empty. */
export const endText = (start: bigint, amount: bigint): string | null =>
  amount === 0n ? null : amountText(start + amount);

export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.slice(2), "hex");

export const hexOf = (bytes: Uint8Array): `0x${string}` =>
  `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;

export const bytes32Of = (bytes: Uint8Array): Bytes32 => bytes32(hexOf(bytes));
export const addressOf = (bytes: Uint8Array): Address => address(hexOf(bytes));

export interface PlaceColumns {
  block_number: number;
  log_index: number;
  block_time: number;
  transaction_hash: Uint8Array;
}

export const placeColumns = (place: EventPlace): PlaceColumns => ({
  block_number: place.blockNumber,
  log_index: place.logIndex,
  block_time: place.blockTime,
  transaction_hash: bytesOf(place.transactionHash),
});

export const placeOf = (row: PlaceColumns): EventPlace => ({
  blockNumber: row.block_number,
  blockTime: row.block_time,
  transactionHash: bytes32Of(row.transaction_hash),
  logIndex: row.log_index,
});
