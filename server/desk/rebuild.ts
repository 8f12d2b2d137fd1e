/** Signing anew after a stale position: the same call at the place that the ledger says it expects. */
import { decodeErrorResult, decodeFunctionData, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { errorSelector } from "../../chain/errors.ts";
import type { Rebuild } from "../outbox/sender.ts";

export const staleErrors: readonly Hex[] = [errorSelector("StalePosition")];

/** The call cannot be moved to another position. */
export class NotMovable extends Error {
  readonly functionName: string;
  constructor(functionName: string) {
    super(`${functionName}: names no position on a line`);
    this.name = "NotMovable";
    this.functionName = functionName;
  }
}

const moved = (calldata: Hex, startsAt: bigint): Hex => {
  const call = decodeFunctionData({ abi: ledgerAbi, data: calldata });
  switch (call.functionName) {
    case "recordDonations": {
      const [operation, fund, channel, day, , leaves] = call.args;
      const args = [operation, fund, channel, day, startsAt, leaves] as const;
      return encodeFunctionData({ abi: ledgerAbi, functionName: "recordDonations", args });
    }
    case "allocatePremium": {
      const [operation, fund, programme, , amount] = call.args;
      const args = [operation, fund, programme, startsAt, amount] as const;
      return encodeFunctionData({ abi: ledgerAbi, functionName: "allocatePremium", args });
    }
    case "recordExpense": {
      const [operation, programme, kind, , amount, evidence] = call.args;
      const args = [operation, programme, kind, startsAt, amount, evidence] as const;
      return encodeFunctionData({ abi: ledgerAbi, functionName: "recordExpense", args });
    }
    default:
      throw new NotMovable(call.functionName);
  }
};

const rebuild: Rebuild = async ({ previous, revertData }) => {
  const { errorName, args } = decodeErrorResult({ abi: ledgerAbi, data: revertData });
  if (errorName !== "StalePosition") throw new NotMovable(errorName);
  const [expected] = args;
  return { ...previous, calldata: moved(previous.calldata, expected) };
};

/** By the operation's kind, as the sender looks it up. */
export const rebuilds: ReadonlyMap<string, Rebuild> = new Map([
  ["recordDonations", rebuild],
  ["allocatePremium", rebuild],
  ["recordExpense", rebuild],
]);
