/** What of a gift came back from a claim or moved on from an ended programme, in sentences. */
import { parseCode } from "../../../protocol/codes/code.ts";
import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { Bilingual, DonationView, TracedSlice } from "../../../protocol/ports/views.ts";
import type { Slice } from "../../../protocol/trace/types.ts";
import { dayOfText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { programmePath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

type TakenSlice = Exclude<Slice, { readonly place: "unallocated" }>;
type Wayfarer = TracedSlice & { readonly slice: TakenSlice };

/** Fen that took the same last step and are in the same place. */
export interface WayOn {
  readonly traced: Wayfarer;
  /** The programme that the money was last moved from. */
  readonly movedFrom?: { readonly programme: ProgrammeId; readonly name: Bilingual };
  readonly amount: bigint;
}

const isWayfarer = (traced: TracedSlice): traced is Wayfarer =>
  traced.slice.place !== "unallocated" && traced.slice.hops > 0;

/** Whether some of it can have paid a claim before: it came back last, or took steps that its record does not name. */
export const hasComeBack = (slices: readonly TracedSlice[]): boolean =>
  slices.some(
    ({ slice }) => slice.place !== "unallocated" && (slice.via?.kind === "recovery" || slice.hops > 1),
  );

const keyOf = ({ slice, viaCode, viaAt, claimCode }: Wayfarer): string =>
  [viaCode, viaAt?.blockNumber, viaAt?.logIndex, slice.hops, slice.place, slice.programme, claimCode].join(
    " ",
  );

const movedFrom = async (
  { slice, viaCode = "" }: Wayfarer,
  read: Pick<Read, "programme">,
): Promise<WayOn["movedFrom"]> => {
  const parsed = parseCode(viaCode);
  if (slice.via?.kind !== "move" || !parsed.ok || parsed.code.kind !== "programme") return undefined;
  const programme = await read.programme(parsed.code.programme);
  return programme === undefined ? undefined : { programme: programme.programme, name: programme.name };
};

/** The slices of this page that did not come straight from their allocation, one entry a way. */
export const waysOn = async (
  slices: readonly TracedSlice[],
  read: Pick<Read, "programme">,
): Promise<readonly WayOn[]> => {
  const groups = new Map<string, { readonly traced: Wayfarer; amount: bigint }>();
  for (const traced of slices.filter(isWayfarer)) {
    const key = keyOf(traced);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { traced, amount: traced.slice.amount });
    else group.amount += traced.slice.amount;
  }
  return Promise.all(
    [...groups.values()].map(async ({ traced, amount }) => {
      const from = await movedFrom(traced, read);
      return { traced, amount, ...(from === undefined ? {} : { movedFrom: from }) };
    }),
  );
};

const claimLink = (code: string, visit: Visit): Html =>
  html`<a href="${localPath(visit, `/c/${code}`)}"><code>${code}</code></a>`;

const programmeLink = (programme: ProgrammeId, name: Bilingual | undefined, visit: Visit): Html =>
  html`<a href="${localPath(visit, programmePath(programme))}"
    >${name?.[visit.language] ?? visit.words.noData}</a
  >`;

const nowText = ({ slice, claimCode, programmeName }: Wayfarer, visit: Visit): Html => {
  const { now } = visit.words.donation;
  const programme = programmeLink(slice.programme, programmeName, visit);
  switch (slice.place) {
    case "paid":
      return now.paid(claimCode === undefined ? visit.words.noData : claimLink(claimCode, visit), programme);
    case "inReserve":
    case "operatingSpent":
    case "operatingUnspent":
      return now[slice.place](programme);
  }
};

const sentence = (way: WayOn, currency: string, visit: Visit): Html => {
  const { donation: say, noData } = visit.words;
  const { traced } = way;
  const { slice, viaAt, viaCode, programmeName } = traced;
  const amount = html`<b>${money(way.amount, currency)}</b>`;
  const day = viaAt === undefined ? noData : dayOfText(viaAt.blockTime, visit.language);
  const now = nowText(traced, visit);
  if (slice.via?.kind === "recovery" && viaCode !== undefined) {
    return say.cameBack(amount, claimLink(viaCode, visit), day, now);
  }
  if (way.movedFrom === undefined) return say.wentOn(amount, day, now);
  const from = programmeLink(way.movedFrom.programme, way.movedFrom.name, visit);
  return say.movedOn(amount, from, programmeLink(slice.programme, programmeName, visit), day, now);
};

/** Nothing where every fen went straight from its allocation to where it is. */
export const wayOnSection = (ways: readonly WayOn[], donation: DonationView, visit: Visit): Html => {
  if (ways.length === 0) return html``;
  const { donation: say } = visit.words;
  return html`<section id="way-on">
    <h2>${say.wayOn}</h2>
    <p>${say.wayOnLead}</p>
    <ul>
      ${ways.map((way) => {
        const earlier = way.traced.slice.hops - 1;
        return html`<li>
          ${sentence(way, donation.currency, visit)} ${earlier > 0 && say.earlierSteps(grouped(earlier))}
        </li>`;
      })}
    </ul>
  </section>`;
};
