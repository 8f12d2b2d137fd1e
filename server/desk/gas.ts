/**
 * How much gas a verb may use. Gas is free on the embedded chain, but a block is planned by the limits of its
 * transactions, so a limit is a generous estimate and not the largest there is. Measured figures stand in
 * test/contracts/gas-and-size.json.
 */
import type { Verb } from "../../chain/verbs.ts";
import { leafLengthBytes } from "../../protocol/donations/leaves.ts";
import { transactionGasLimit } from "../chain/pinned.ts";

const baseGas = 100_000n;
/** Eight closings of periods, the most that a verb carries along. */
const rollGas = 1_600_000n;
const leafGas = 2_000n;
const closingGas = 150_000n;

const own = (verb: Verb): bigint => {
  switch (verb.verb) {
    case "recordDonations":
      return 300_000n + leafGas * BigInt(verb.leaves.length / leafLengthBytes);
    case "closePeriod":
      return closingGas * BigInt(verb.max);
    case "multicall":
      return verb.calls.reduce((sum, call) => sum + own(call), 0n);
    case "registerActor":
    case "grantRole":
    case "registerChannel":
    case "openFund":
    case "openProgramme":
    case "declarePeriod":
    case "allocatePremium":
    case "recordExpense":
    case "fileClaim":
    case "approveClaim":
    case "payClaim":
      return 250_000n;
  }
};

const rolls = (verb: Verb): boolean => {
  switch (verb.verb) {
    case "declarePeriod":
    case "allocatePremium":
    case "recordExpense":
    case "fileClaim":
    case "approveClaim":
    case "payClaim":
      return true;
    case "multicall":
      return verb.calls.some(rolls);
    case "closePeriod":
    case "recordDonations":
    case "registerActor":
    case "grantRole":
    case "registerChannel":
    case "openFund":
    case "openProgramme":
      return false;
  }
};

export const gasLimitOf = (verb: Verb): bigint => {
  const wanted = baseGas + own(verb) + (rolls(verb) ? rollGas : 0n);
  return wanted < transactionGasLimit ? wanted : transactionGasLimit;
};
