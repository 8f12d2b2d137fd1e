/** Revert data as named facts: the only place where a contract's refusal becomes words. */
import { decodeErrorResult, toFunctionSelector, type Hex } from "viem";
import { ledgerAbi } from "./abi/ledger.ts";
import { lensAbi } from "./abi/lens.ts";

/** A refusal of ledger or lens: the custom error's name and its arguments by name, as text. */
export interface Refusal {
  readonly name: string;
  readonly facts: Readonly<Record<string, string>>;
}

const abi = [...ledgerAbi, ...lensAbi].filter((entry) => entry.type === "error");

/** Decodes revert data; an empty or foreign one answers with the name `Unknown` and the data as its fact. */
export const decodeRefusal = (data: string): Refusal => {
  try {
    const { errorName, args } = decodeErrorResult({ abi, data: data as Hex });
    const inputs = abi.find((entry) => entry.name === errorName)?.inputs ?? [];
    const facts = inputs.map((input, index) => [input.name, String(args?.[index])] as const);
    return { name: errorName, facts: Object.fromEntries(facts) };
  } catch {
    return { name: "Unknown", facts: { data } };
  }
};

export const refusalText = ({ name, facts }: Refusal): string => {
  const listed = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
  return listed.length === 0 ? name : `${name}: ${listed.join(", ")}`;
};

/** The first four bytes of a custom error of the ledger, such as StalePosition. */
export const errorSelector = (name: string): Hex => {
  const entry = abi.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`no custom error ${name} in the ledger's ABI`);
  return toFunctionSelector(`${name}(${entry.inputs.map((input) => input.type).join(",")})`);
};
