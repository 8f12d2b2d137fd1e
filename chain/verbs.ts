/** The ledger's verbs as typed values, and their calldata. Field names are those of the contract's interfaces. */
import { isHex, type Hex } from "viem";
import { accessVerbOf, encodeAccessVerb, type AccessVerb } from "./verbs/access.ts";
import { auditVerbOf, encodeAuditVerb, type AuditVerb } from "./verbs/audit.ts";
import { decodeCall, encodeMulticall, selectorOf, UnreadableCall } from "./verbs/call.ts";
import { claimVerbOf, encodeClaimVerb, type ClaimVerb } from "./verbs/claims.ts";
import { encodeMoneyVerb, moneyVerbOf, type MoneyVerb } from "./verbs/money.ts";

export { UnreadableCall } from "./verbs/call.ts";

/** A verb that stands alone: anything but a group. */
export type SingleVerb = AccessVerb | MoneyVerb | ClaimVerb | AuditVerb;
export type Verb = SingleVerb | { readonly verb: "multicall"; readonly calls: readonly Verb[] };

/** The most verbs that {@link decodeVerb} reads out of one multicall. */
export const mostCalls = 50;

/** The calldata that carries out `verb` on the ledger. */
export const encodeVerb = (verb: Verb): Hex => {
  switch (verb.verb) {
    case "multicall":
      return encodeMulticall(verb.calls.map(encodeVerb));
    case "registerActor":
    case "grantRole":
    case "revokeRole":
    case "registerChannel":
    case "pause":
    case "unpause":
      return encodeAccessVerb(verb);
    case "openFund":
    case "recordDonations":
    case "openProgramme":
    case "declarePeriod":
    case "closePeriod":
    case "allocatePremium":
    case "recordExpense":
    case "moveSurplus":
    case "refundDonation":
    case "coverRefund":
      return encodeMoneyVerb(verb);
    case "appendRoster":
    case "declareInsurers":
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
      return encodeClaimVerb(verb);
    case "attest":
    case "openFinding":
    case "answerFinding":
    case "closeFinding":
    case "confirmChannelTotal":
    case "noteCorrection":
    case "noteHead":
      return encodeAuditVerb(verb);
  }
};

const singleVerbOf = (data: Hex): SingleVerb => {
  const call = decodeCall(data);
  switch (call.functionName) {
    case "registerActor":
    case "grantRole":
    case "revokeRole":
    case "registerChannel":
    case "pause":
    case "unpause":
      return accessVerbOf(call);
    case "openFund":
    case "recordDonations":
    case "openProgramme":
    case "declarePeriod":
    case "closePeriod":
    case "allocatePremium":
    case "recordExpense":
    case "moveSurplus":
    case "refundDonation":
    case "coverRefund":
      return moneyVerbOf(call);
    case "appendRoster":
    case "declareInsurers":
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
      return claimVerbOf(call);
    case "attest":
    case "openFinding":
    case "answerFinding":
    case "closeFinding":
    case "confirmChannelTotal":
    case "noteCorrection":
    case "noteHead":
      return auditVerbOf(call);
    default:
      throw new UnreadableCall(selectorOf(data), `a verb, got ${call.functionName}`);
  }
};

const multicallSelector = selectorOf(encodeMulticall([]));

/** The calls that a multicall says it has, read before anything is unpacked; undefined where it is not canonical. */
const callsIn = (data: Hex): number | undefined => {
  const [offset, count] = [data.slice(10, 10 + 64), data.slice(10 + 64, 10 + 128)];
  return Number(`0x${offset}`) === 32 ? Number(`0x${count}`) : undefined;
};

const read = (data: Hex): Verb => {
  if (selectorOf(data) !== multicallSelector) return singleVerbOf(data);
  const count = callsIn(data);
  if (count === undefined || count > mostCalls) {
    throw new UnreadableCall(multicallSelector, `at most ${mostCalls} calls in canonical form`);
  }
  const call = decodeCall(data);
  if (call.functionName !== "multicall") throw new UnreadableCall(multicallSelector, "a multicall");
  // A multicall inside another one is not taken: overlapping bytes could unpack to any size.
  return { verb: "multicall", calls: call.args[0].map((inner) => singleVerbOf(inner)) };
};

/**
 * The verb that calldata carries: what a transaction that somebody else signed asks of the ledger. Calldata in any
 * other form than the one that {@link encodeVerb} writes is refused, so that what was read is all that was signed.
 * @throws {UnreadableCall} for anything but a verb, or up to 50 of them in one multicall.
 */
export const decodeVerb = (data: Hex): Verb => {
  const given = data.toLowerCase();
  if (!isHex(given)) throw new UnreadableCall(selectorOf(data), "hexadecimal digits");
  let verb: Verb;
  try {
    verb = read(given);
  } catch (cause) {
    if (cause instanceof UnreadableCall) throw cause;
    throw new UnreadableCall(selectorOf(given), "values that a record of the ledger can have", cause);
  }
  if (encodeVerb(verb) !== given) throw new UnreadableCall(selectorOf(given), "the one canonical encoding");
  return verb;
};
