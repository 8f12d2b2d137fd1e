/** Who may act, and the pause. */
import { encodeFunctionData, type Hex } from "viem";
import { decodeChannel, encodeChannel } from "../../protocol/donations/channel.ts";
import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";
import { ledgerAbi } from "../abi/ledger.ts";
import type { CallOf } from "./call.ts";

export type AccessVerb =
  | { readonly verb: "registerActor"; readonly account: Address }
  | { readonly verb: "grantRole" | "revokeRole"; readonly role: Bytes32; readonly account: Address }
  | { readonly verb: "registerChannel"; readonly channel: string }
  | { readonly verb: "pause" | "unpause" };

export const encodeAccessVerb = (verb: AccessVerb): Hex => {
  const abi = ledgerAbi;
  switch (verb.verb) {
    case "registerActor":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.account] });
    case "grantRole":
    case "revokeRole":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [verb.role, verb.account] });
    case "registerChannel":
      return encodeFunctionData({ abi, functionName: verb.verb, args: [encodeChannel(verb.channel)] });
    case "pause":
    case "unpause":
      return encodeFunctionData({ abi, functionName: verb.verb });
  }
};

export const accessVerbOf = (call: CallOf<AccessVerb["verb"]>): AccessVerb => {
  switch (call.functionName) {
    case "registerActor":
      return { verb: call.functionName, account: address(call.args[0]) };
    case "grantRole":
    case "revokeRole":
      return { verb: call.functionName, role: bytes32(call.args[0]), account: address(call.args[1]) };
    case "registerChannel":
      return { verb: call.functionName, channel: decodeChannel(bytes32(call.args[0])) };
    case "pause":
    case "unpause":
      return { verb: call.functionName };
  }
};
