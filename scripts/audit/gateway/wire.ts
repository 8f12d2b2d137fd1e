/** How the API writes what all its answers share. */
import { formatInstant } from "../../../protocol/calendar.ts";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { batchId, claimId, fundId, programmeId } from "../../../protocol/ids.ts";
import type { EventPlace } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import type { Hop } from "../../../protocol/trace/types.ts";
import type { Expected } from "./told.ts";

export const fundCode = (fund: number): string => encodeCode({ kind: "fund", fund: fundId(fund) });
export const programmeCode = (programme: number): string =>
  encodeCode({ kind: "programme", programme: programmeId(programme) });
export const claimCode = (claim: number): string => encodeCode({ kind: "claim", claim: claimId(claim) });
export const batchCode = (batch: number): string => encodeCode({ kind: "batch", batch: batchId(batch) });
export const donationCode = (batch: number, index: number): string =>
  encodeCode({ kind: "donation", batch: batchId(batch), index });

export const money = (amount: bigint, currency: string): Expected => ({
  amount: amount.toString(),
  currency,
});

/** Every amount of a record in one currency. */
export const moneys = (amounts: Readonly<Record<string, bigint>>, currency: string) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, money(amount, currency)]));

export const place = (at: EventPlace): Expected => ({
  block: at.blockNumber,
  time: formatInstant(at.blockTime),
  transaction: at.transactionHash,
  logIndex: at.logIndex,
});

/** The last recovery or move that money went through: the claim it came back from, or the programme it left, and when. */
export const via = ({ recoveries, moves }: LedgerState, hop: Hop | undefined): Expected => {
  if (hop === undefined) return undefined;
  if (hop.kind === "recovery") {
    const recovery = recoveries[hop.recovery - 1];
    return recovery === undefined
      ? { ...hop }
      : { ...hop, from: claimCode(recovery.claim), at: place(recovery.place) };
  }
  const move = moves[hop.move - 1];
  return move === undefined ? { ...hop } : { ...hop, from: programmeCode(move.from), at: place(move.place) };
};
