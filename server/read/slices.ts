/** Slices of a trace with what a page needs to name them in words; each record is read once a page. */
import { encodeCode } from "../../protocol/codes/code.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type { Bilingual, TracedSlice } from "../../protocol/ports/views.ts";
import type { Slice } from "../../protocol/trace/types.ts";
import { fenOf, placeOf } from "../index/columns.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { nameHops } from "./hops.ts";
import type { NamedHops } from "./hops.ts";
import { loadProgramme, programmeName } from "./reading.ts";
import type { Reading } from "./reading.ts";

interface Words {
  readonly programmes: ReadonlyMap<number, Bilingual>;
  readonly allocations: ReadonlyMap<number, EventPlace>;
  readonly payouts: ReadonlyMap<number, { readonly paidAt: EventPlace; readonly claimAmount: Fen }>;
  readonly expenses: ReadonlyMap<number, EventPlace>;
  readonly hops: NamedHops;
}

const placeColumns = ["block_number", "log_index", "block_time", "transaction_hash"] as const;

type TakenSlice = Exclude<Slice, { place: "unallocated" }>;

const placesOfAllocations = async (
  { database }: Reading,
  slices: readonly TakenSlice[],
): Promise<Words["allocations"]> => {
  if (slices.length === 0) return new Map();
  const ids = [...new Set(slices.map(({ allocation }) => allocation))];
  const rows = await database
    .selectFrom("allocations")
    .select(["allocation", ...placeColumns])
    .where("allocation", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.allocation, placeOf(row)]));
};

const readPayouts = async (
  { database }: Reading,
  slices: readonly TakenSlice[],
): Promise<Words["payouts"]> => {
  const ids = slices.flatMap((slice) => (slice.place === "paid" ? [slice.payout] : []));
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("payouts")
    .select(["payout", "amount", ...placeColumns])
    .where("payout", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.payout, { paidAt: placeOf(row), claimAmount: fenOf(row.amount) }]));
};

const placesOfExpenses = async (
  { database }: Reading,
  slices: readonly TakenSlice[],
): Promise<Words["expenses"]> => {
  const ids = slices.flatMap((slice) => (slice.place === "operatingSpent" ? [slice.expense] : []));
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("expenses")
    .select(["expense", ...placeColumns])
    .where("expense", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.expense, placeOf(row)]));
};

const namesOfProgrammes = async (
  reading: Reading,
  slices: readonly TakenSlice[],
): Promise<Words["programmes"]> => {
  const names = new Map<number, Bilingual>();
  for (const id of new Set(slices.map(({ programme }) => programme))) {
    const programme = await loadProgramme(reading, id);
    if (programme !== undefined) names.set(id, await programmeName(reading, programme));
  }
  return names;
};

const readWords = async (reading: Reading, slices: readonly Slice[]): Promise<Words> => {
  const taken = slices.filter((slice) => slice.place !== "unallocated");
  return {
    programmes: await namesOfProgrammes(reading, taken),
    allocations: await placesOfAllocations(reading, taken),
    payouts: await readPayouts(reading, taken),
    expenses: await placesOfExpenses(reading, taken),
    hops: await nameHops(reading, taken),
  };
};

const settledAt = (slice: Slice, words: Words): EventPlace | undefined => {
  if (slice.place === "paid") return words.payouts.get(slice.payout)?.paidAt;
  return slice.place === "operatingSpent" ? words.expenses.get(slice.expense) : undefined;
};

const tracedSlice = (slice: Slice, words: Words): TracedSlice => {
  if (slice.place === "unallocated") return { slice };
  const programmeName = words.programmes.get(slice.programme);
  const allocatedAt = words.allocations.get(slice.allocation);
  const settled = settledAt(slice, words);
  const claimAmount = slice.place === "paid" ? words.payouts.get(slice.payout)?.claimAmount : undefined;
  return {
    slice,
    ...(programmeName === undefined ? {} : { programmeName }),
    ...(allocatedAt === undefined ? {} : { allocatedAt }),
    ...(slice.place === "paid" ? { claimCode: encodeCode({ kind: "claim", claim: slice.claim }) } : {}),
    ...(claimAmount === undefined ? {} : { claimAmount }),
    ...(settled === undefined ? {} : { settledAt: settled }),
    ...words.hops.of(slice.via),
  };
};

export const nameSlices = async (
  reading: Reading,
  slices: readonly Slice[],
): Promise<readonly TracedSlice[]> => {
  const words = await readWords(reading, slices);
  return slices.map((slice) => tracedSlice(slice, words));
};
