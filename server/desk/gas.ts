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
const verbGas = 250_000n;
const leafGas = 2_000n;
const closingGas = 150_000n;
/** New records of several words, and an entry on two lines or four. */
const recoveryGas = 450_000n;
const moveGas = 700_000n;

const own = (verb: Verb): bigint => {
  switch (verb.verb) {
    case "recordDonations":
      return 300_000n + leafGas * BigInt(verb.leaves.length / leafLengthBytes);
    case "closePeriod":
      return closingGas * BigInt(verb.max);
    case "recoverPayout":
      return recoveryGas;
    case "moveSurplus":
      return moveGas;
    case "multicall":
      return verb.calls.reduce((sum, call) => sum + own(call), 0n);
    default:
      return verbGas;
  }
};

/** How many programmes a verb may roll. Claims of one request are mostly of one programme. */
const rolled = (verb: Verb): bigint => {
  switch (verb.verb) {
    case "moveSurplus":
      return 2n;
    case "declarePeriod":
    case "allocatePremium":
    case "recordExpense":
    case "fileClaim":
    case "fileGrant":
    case "withdrawClaim":
    case "approveClaim":
    case "rejectClaim":
    case "holdClaim":
    case "releaseClaim":
    case "cancelClaim":
    case "payClaim":
    case "recoverPayout":
      return 1n;
    case "multicall":
      return verb.calls.some((call) => rolled(call) > 0n) ? 1n : 0n;
    default:
      return 0n;
  }
};

const bounded = (wanted: bigint): bigint => (wanted < transactionGasLimit ? wanted : transactionGasLimit);

export const gasLimitOf = (verb: Verb): bigint => bounded(baseGas + own(verb) + rollGas * rolled(verb));

/**
 * For requests about claims that share a transaction, by their own limits. Where they roll more than one programme it
 * may be too little: the transaction then reverts, and they are sent by halves.
 */
export const joinedGasLimit = (limits: readonly bigint[]): bigint => {
  const once = baseGas + rollGas;
  const verbs = limits.reduce((sum, limit) => sum + (limit > once ? limit - once : limit), 0n);
  return bounded(once + verbs);
};
