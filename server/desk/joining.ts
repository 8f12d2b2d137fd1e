/** How the outbox puts small requests about claims into one transaction: one Multicall of all their verbs. */
import { decodeFunctionData, encodeFunctionData, toFunctionSelector, type Hex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import type { Joining } from "../outbox/group.ts";
import type { Call } from "../outbox/store.ts";
import { joinedGasLimit } from "./gas.ts";

/** Most verbs in one transaction. */
const limit = 50;

/** Each verb of these emits exactly one event of its own, by which the operations of one transaction are told apart. */
const kinds: ReadonlySet<string> = new Set([
  "fileClaims",
  "fileGrants",
  "withdrawClaims",
  "approveClaims",
  "rejectClaims",
  "holdClaims",
  "releaseClaims",
  "cancelClaims",
  "payClaims",
]);

const multicall = toFunctionSelector("multicall(bytes[])");

const verbsOf = ({ calldata }: Call): readonly Hex[] => {
  if (!calldata.startsWith(multicall)) return [calldata];
  const call = decodeFunctionData({ abi: ledgerAbi, data: calldata });
  return call.functionName === "multicall" ? call.args[0] : [calldata];
};

const join = (calls: readonly Call[]): Call => {
  const [first] = calls;
  const calldata = encodeFunctionData({
    abi: ledgerAbi,
    functionName: "multicall",
    args: [calls.flatMap(verbsOf)],
  });
  const gasLimit = joinedGasLimit(calls.map((call) => call.gasLimit));
  return { calldata, gasLimit, ...(first?.to === undefined ? {} : { to: first.to }) };
};

export const claimJoining: Joining = { kinds, limit, parts: (call) => verbsOf(call).length, join };
