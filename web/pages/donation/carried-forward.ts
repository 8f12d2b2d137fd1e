/** What of a gift outlived a policy period: it stayed in the reserve when a period ended, and goes on. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { DonationView, PeriodView, TracedSlice } from "../../../protocol/ports/views.ts";
import type { ProgrammeId } from "../../../protocol/ids.ts";
import { dayOfText } from "../../format/moments.ts";
import { money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { programmePath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

interface CarriedRun {
  readonly programme: ProgrammeId;
  readonly name: string;
  /** The end of the last period that the run outlived. */
  readonly end: number;
  amount: bigint;
}

/** The last end of a period that came after the money did. */
const lastEndAfter = (arrivedAt: number, periods: readonly PeriodView[]): number | undefined =>
  periods
    .filter((period) => period.state === "closed")
    .map((period) => period.end)
    .filter((end) => end !== undefined)
    .findLast((end) => end > arrivedAt);

/** One run a programme and period end, of the slices on this page. */
export const carriedRuns = async (
  slices: readonly TracedSlice[],
  read: Pick<Read, "periods">,
  visit: Visit,
): Promise<readonly CarriedRun[]> => {
  const runs = new Map<string, CarriedRun>();
  const periodsOf = new Map<ProgrammeId, readonly PeriodView[]>();
  for (const { slice, allocatedAt, viaAt, programmeName } of slices) {
    // What came back or moved on has been in this reserve since then, not since its allocation.
    const arrivedAt = viaAt ?? allocatedAt;
    if (slice.place !== "inReserve" || arrivedAt === undefined) continue;
    const periods = periodsOf.get(slice.programme) ?? (await read.periods(slice.programme));
    periodsOf.set(slice.programme, periods);
    const end = lastEndAfter(arrivedAt.blockTime, periods);
    if (end === undefined) continue;
    const key = `${slice.programme} ${end}`;
    const run = runs.get(key);
    if (run !== undefined) run.amount += slice.amount;
    else {
      const name = programmeName?.[visit.language] ?? visit.words.noData;
      runs.set(key, { programme: slice.programme, name, end, amount: slice.amount });
    }
  }
  return [...runs.values()];
};

export const carriedForward = (
  donation: DonationView,
  inReserve: bigint,
  runs: readonly CarriedRun[],
  isPart: boolean,
  visit: Visit,
): Html => {
  const { words, language } = visit;
  const say = words.donation;
  const carried = runs.reduce((sum, run) => sum + run.amount, 0n);
  const amount = (value: bigint): Html => html`<b>${money(value, donation.currency)}</b>`;
  return html`<section>
    <h2>${say.carried}</h2>
    ${runs.map(
      (run) =>
        html`<p>
          ${say.carriedText(
            amount(run.amount),
            html`<a href="${localPath(visit, programmePath(run.programme))}#periods">${run.name}</a>`,
            dayOfText(run.end - 1, language),
          )}
        </p>`,
    )}
    ${runs.length === 0 && html`<p>${say.carriedNone}</p>`}
    ${!isPart && inReserve > carried && html`<p>${say.carriedNotYet(amount(inReserve - carried))}</p>`}
    ${isPart && html`<p class="quiet">${say.restOnOtherPages}</p>`}
  </section>`;
};
