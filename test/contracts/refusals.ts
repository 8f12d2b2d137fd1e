/** A refusal is tested by the name of its error and the facts that it carries. */
import { expect } from "chai";
import { BaseError, ContractFunctionRevertedError } from "viem";
import type { ContractErrorName } from "viem";
import type { ledgerAbi } from "../../chain/abi/ledger.ts";
import type { lensAbi } from "../../chain/abi/lens.ts";

export type RefusalName = ContractErrorName<typeof ledgerAbi> | ContractErrorName<typeof lensAbi>;

/** The revert of a call that the contract refuses. */
export const revertOf = async (attempt: Promise<unknown>): Promise<ContractFunctionRevertedError> => {
  try {
    await attempt;
  } catch (error) {
    const revert =
      error instanceof BaseError
        ? error.walk((cause) => cause instanceof ContractFunctionRevertedError)
        : undefined;
    if (revert instanceof ContractFunctionRevertedError) return revert;
    throw error;
  }
  throw new Error("nothing was refused");
};

/** The name comes first, so that a test can look for a revert test of every declared error. */
export const expectRefusal = async (
  name: RefusalName,
  facts: readonly unknown[],
  attempt: Promise<unknown>,
): Promise<void> => {
  const { data } = await revertOf(attempt);
  expect(data?.errorName).to.equal(name);
  const carried = (data?.args ?? []).map((fact) => (typeof fact === "string" ? fact.toLowerCase() : fact));
  expect(carried).to.deep.equal(facts);
};
