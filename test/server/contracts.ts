/** Two contracts of a few bytes, written by hand, so that the gateway's tests need no compiler. */
import { concatHex, keccak256, numberToHex, toFunctionSelector } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { bytes32 } from "../../protocol/ids.ts";
import { embeddedChainId } from "../../server/chain/pinned.ts";
import type { Hex, SignedTransaction } from "../../server/chain/port.ts";

/** The error of the counter when the expected position is not the present one. */
export const stalePosition = toFunctionSelector("StalePosition(uint256)");

/** Creates the counter: a call with (bytes4, expected) counts up from 0 and logs, or reverts with StalePosition. */
export const counterInitcode: Hex = concatHex([
  "0x60298060095f395ff3",
  "0x6004355f54809114601c57",
  "0x63",
  stalePosition,
  "0x60e01b5f5260045260245ffd",
  "0x5b6001015f556004355f5fa100",
]);

/**
 * Creates the counter of several steps: a call with (bytes4, expected, expected, …) counts up once for each word and
 * logs it, or reverts all of it with StalePosition.
 */
export const seriesInitcode: Hex = concatHex([
  "0x60368060095f395ff3",
  // For each word from byte 4 on, while there is one: is it the present count?
  "0x60045b3681101560345780355f5480821460255763",
  stalePosition,
  // No: revert with the present count.
  "0x60e01b5f5260045260245ffd",
  // Yes: count up, log the word, go on.
  "0x5b6001015f555f5fa16020016002565b00",
]);

/** Creates a contract that reverts every call with the call's own data. */
export const refuserInitcode: Hex = "0x66365f5f37365ffd5f5260076019f3";

export const expectPosition = (position: number): Hex =>
  concatHex(["0x00000000", numberToHex(position, { size: 32 })]);

/** Several steps of a series, in one call. */
export const expectPositions = (positions: readonly number[]): Hex =>
  concatHex(["0x00000000", ...positions.map((position) => numberToHex(position, { size: 32 }))]);

export const testAccount = privateKeyToAccount(`0x${"11".repeat(32)}`);

/** A transaction of the test account as the gateway signs them: no fee, no value. */
export const signed = async (
  nonce: number,
  to: Hex | undefined,
  data: Hex,
  gas = 200_000n,
  chainId = embeddedChainId,
): Promise<SignedTransaction> => {
  const raw = await testAccount.signTransaction({
    type: "eip1559",
    chainId,
    nonce,
    gas,
    maxFeePerGas: 0n,
    maxPriorityFeePerGas: 0n,
    data,
    ...(to === undefined ? {} : { to }),
  });
  return { hash: bytes32(keccak256(raw)), raw };
};
