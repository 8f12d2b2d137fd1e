/** Calldata under the ledger's ABI, by name: what the verbs of each domain are read from. */
import { decodeFunctionData, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi } from "../abi/ledger.ts";

/** Calldata that carries no verb of the ledger, or one with values that no record can have. */
export class UnreadableCall extends Error {
  readonly selector: string;
  constructor(selector: string, expected: string, cause?: unknown) {
    super(`calldata ${selector}…: expected ${expected}`, { cause });
    this.name = "UnreadableCall";
    this.selector = selector;
  }
}

export const selectorOf = (data: Hex): string => data.slice(0, 10);

/** Throws {@link UnreadableCall} for a function that the ledger does not have. */
export const decodeCall = (data: Hex) => {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data });
  } catch (cause) {
    throw new UnreadableCall(selectorOf(data), "a function of this ledger's ABI and its arguments", cause);
  }
};

type AnyCall = ReturnType<typeof decodeCall>;
export type FunctionName = AnyCall["functionName"];
export type CallOf<Name extends FunctionName> = Extract<AnyCall, { functionName: Name }>;

/** The call of a multicall's parts. */
export const encodeMulticall = (calls: readonly Hex[]): Hex =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [calls] });
