/** The last recovery or move that money went through, with what a page needs to name it in words. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { claimId, programmeId } from "../../protocol/ids.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type { Hop } from "../../protocol/trace/types.ts";
import { placeOf } from "../index/columns.ts";
import type { Reading } from "./reading.ts";

/** The claim that money last came back from, or the programme that it last moved from, and when. */
interface NamedHop {
  readonly viaCode: string;
  readonly viaAt: EventPlace;
}

export interface NamedHops {
  /** Nothing for money that stands where its allocation put it. */
  of(via: Hop | undefined): Partial<NamedHop>;
}

const place = ["block_number", "log_index", "block_time", "transaction_hash"] as const;

const readRecoveries = async (
  { database }: Reading,
  ids: readonly number[],
): Promise<ReadonlyMap<number, NamedHop>> => {
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("recoveries")
    .select(["recovery", "claim", ...place])
    .where("recovery", "in", ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.recovery,
      { viaCode: encodeCode({ kind: "claim", claim: claimId(row.claim) }), viaAt: placeOf(row) },
    ]),
  );
};

const readMoves = async (
  { database }: Reading,
  ids: readonly number[],
): Promise<ReadonlyMap<number, NamedHop>> => {
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("moves")
    .select(["move", "from_programme", ...place])
    .where("move", "in", ids)
    .execute();
  return new Map(
    rows.map((row) => {
      const viaCode = encodeCode({ kind: "programme", programme: programmeId(row.from_programme) });
      return [row.move, { viaCode, viaAt: placeOf(row) }];
    }),
  );
};

/** Each recovery and move is read once. */
export const nameHops = async (
  reading: Reading,
  ways: readonly { readonly via?: Hop }[],
): Promise<NamedHops> => {
  const vias = ways.flatMap(({ via }) => via ?? []);
  const recoveryIds = vias.flatMap((via) => (via.kind === "recovery" ? [via.recovery] : []));
  const moveIds = vias.flatMap((via) => (via.kind === "move" ? [via.move] : []));
  const recoveries = await readRecoveries(reading, [...new Set(recoveryIds)]);
  const moves = await readMoves(reading, [...new Set(moveIds)]);
  return {
    of: (via) => {
      if (via === undefined) return {};
      return (via.kind === "recovery" ? recoveries.get(via.recovery) : moves.get(via.move)) ?? {};
    },
  };
};
