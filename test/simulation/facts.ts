/** What the ledger's own events say was done, in words that a model can be held against. */
import { decodeLedgerLog } from "../../chain/decode.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import type { ClaimId, FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import { contractOf, type Gateway } from "../../server/gateway.ts";
import { blocksBetween } from "../../server/index/chain-reader.ts";
import { rpcChainReader } from "../../server/index/rpc-chain-reader.ts";

const blocksAtOnce = 100;

const fundCode = (fund: FundId): string => encodeCode({ kind: "fund", fund });
const programmeCode = (programme: ProgrammeId): string => encodeCode({ kind: "programme", programme });
const claimCode = (claim: ClaimId): string => encodeCode({ kind: "claim", claim });

/** The deeds of an event; none where it is a consequence, such as a period that closes. */
const deedsOf = (event: LedgerEvent): readonly string[] => {
  switch (event.type) {
    case "FundOpened":
      return [`fund of ${event.claimsShareBps}`];
    case "BatchRecorded":
      return decodeLeaves(event.leaves).map(({ amount }) => `gift of ${amount} to ${fundCode(event.fund)}`);
    case "PremiumAllocated":
      return [`allocated ${event.amount} of ${fundCode(event.fund)} to ${programmeCode(event.programme)}`];
    case "ExpenseRecorded":
      return [`spent ${event.amount} of ${programmeCode(event.programme)}`];
    case "ClaimFiled":
      return [`filed ${event.requested} at ${programmeCode(event.programme)}`];
    case "ClaimApproved":
      return [`approved ${claimCode(event.claim)} for ${event.amount}`];
    case "ClaimRejected":
      return [`rejected ${claimCode(event.claim)}`];
    case "ClaimWithdrawn":
      return [`withdrew ${claimCode(event.claim)}`];
    case "ClaimHeld":
      return [`held ${claimCode(event.claim)}`];
    case "ClaimReleased":
      return [`released ${claimCode(event.claim)}`];
    case "ClaimCancelled":
      return [`cancelled ${claimCode(event.claim)}`];
    case "ClaimPaid":
      return [`paid ${claimCode(event.claim)}`];
    case "PayoutRecovered":
      return [
        event.returned
          ? `returned payout ${event.payout}`
          : `recovered ${event.amount} of payout ${event.payout}`,
      ];
    default:
      return [];
  }
};

/** Every deed on the chain above block `after`, read by JSON-RPC and in the order of the chain. */
export const deedsOnChain = async (gateway: Gateway, after: number): Promise<readonly string[]> => {
  const reader = rpcChainReader(gateway.chain, contractOf(gateway.deployment, "ledger").address);
  const { number } = await reader.head();
  const deeds: string[] = [];
  for (let from = after + 1; from <= number; from += blocksAtOnce) {
    const blocks = await blocksBetween(reader, from, Math.min(number, from + blocksAtOnce - 1));
    for (const log of await reader.logs(blocks)) {
      const event = decodeLedgerLog(log);
      if (event !== undefined) deeds.push(...deedsOf(event));
    }
  }
  return deeds;
};
