/** Slices of a trace with what a page needs to name them in words; each record is read once a page. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { programmeId } from "../../protocol/ids.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type { Bilingual, TracedSlice } from "../../protocol/ports/views.ts";
import type { Slice } from "../../protocol/trace/types.ts";
import { fenOf, placeOf } from "../index/columns.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { loadProgramme, programmeName } from "./reading.ts";
import type { Reading } from "./reading.ts";

interface Words {
  readonly programmes: ReadonlyMap<number, Bilingual>;
  readonly allocations: ReadonlyMap<number, EventPlace>;
  readonly payouts: ReadonlyMap<number, EventPlace>;
  readonly claims: ReadonlyMap<number, Fen>;
  readonly expenses: ReadonlyMap<number, EventPlace>;
}

const placeColumns = ["block_number", "log_index", "block_time", "transaction_hash"] as const;

/** The ids that slices name, each once. 0, which no record has, keeps the list from being empty. */
const idsOf = (slices: readonly Slice[], idOf: (slice: Slice) => number | undefined): readonly number[] => [
  ...new Set([0, ...slices.map((slice) => idOf(slice) ?? 0)]),
];

const programmeNames = async (
  reading: Reading,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Bilingual>> => {
  const names = new Map<number, Bilingual>();
  for (const id of ids) {
    const programme = await loadProgramme(reading, programmeId(id));
    if (programme !== undefined) names.set(id, await programmeName(reading, programme));
  }
  return names;
};

const readWords = async (reading: Reading, slices: readonly Slice[]): Promise<Words> => {
  const { database } = reading;
  const taken = slices.filter((slice) => slice.place !== "unallocated");
  const allocations = await database
    .selectFrom("allocations")
    .select(["allocation", ...placeColumns])
    .where(
      "allocation",
      "in",
      idsOf(taken, (slice) => ("allocation" in slice ? slice.allocation : undefined)),
    )
    .execute();
  const payouts = await database
    .selectFrom("payouts")
    .select(["payout", ...placeColumns])
    .where(
      "payout",
      "in",
      idsOf(taken, (slice) => (slice.place === "paid" ? slice.payout : undefined)),
    )
    .execute();
  const claims = await database
    .selectFrom("approvals")
    .select(["claim", "amount"])
    .where(
      "claim",
      "in",
      idsOf(taken, (slice) => (slice.place === "paid" ? slice.claim : undefined)),
    )
    .execute();
  const expenses = await database
    .selectFrom("expenses")
    .select(["expense", ...placeColumns])
    .where(
      "expense",
      "in",
      idsOf(taken, (slice) => (slice.place === "operatingSpent" ? slice.expense : undefined)),
    )
    .execute();
  const programmes = idsOf(taken, (slice) => ("programme" in slice ? slice.programme : undefined));
  return {
    programmes: await programmeNames(reading, programmes),
    allocations: new Map(allocations.map((row) => [row.allocation, placeOf(row)])),
    payouts: new Map(payouts.map((row) => [row.payout, placeOf(row)])),
    claims: new Map(claims.map((row) => [row.claim, fenOf(row.amount)])),
    expenses: new Map(expenses.map((row) => [row.expense, placeOf(row)])),
  };
};

const settledAt = (slice: Slice, words: Words): EventPlace | undefined => {
  if (slice.place === "paid") return words.payouts.get(slice.payout);
  return slice.place === "operatingSpent" ? words.expenses.get(slice.expense) : undefined;
};

const tracedSlice = (slice: Slice, words: Words): TracedSlice => {
  if (slice.place === "unallocated") return { slice };
  const programmeName = words.programmes.get(slice.programme);
  const allocatedAt = words.allocations.get(slice.allocation);
  const settled = settledAt(slice, words);
  const claimAmount = slice.place === "paid" ? words.claims.get(slice.claim) : undefined;
  return {
    slice,
    ...(programmeName === undefined ? {} : { programmeName }),
    ...(allocatedAt === undefined ? {} : { allocatedAt }),
    ...(slice.place === "paid" ? { claimCode: encodeCode({ kind: "claim", claim: slice.claim }) } : {}),
    ...(claimAmount === undefined ? {} : { claimAmount }),
    ...(settled === undefined ? {} : { settledAt: settled }),
  };
};

export const nameSlices = async (
  reading: Reading,
  slices: readonly Slice[],
): Promise<readonly TracedSlice[]> => {
  const words = await readWords(reading, slices);
  return slices.map((slice) => tracedSlice(slice, words));
};
