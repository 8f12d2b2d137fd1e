/** A gift's journey in one sentence and in five steps. */
import { channelText } from "../../format/channels.ts";
import type { DonationTrace, DonationView, TracedSlice } from "../../../protocol/ports/views.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import { dayText, momentText, dayOfText } from "../../format/moments.ts";
import { money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { fundPath } from "../../paths.ts";
import { timeline, type TimelineStep } from "../../parts/timeline.ts";
import { localPath, type Visit } from "../../visit.ts";
import { hasComeBack } from "./way-on.ts";

/** The whole gift in plain words: only the parts that are more than nothing. */
export const sentence = (donation: DonationView, trace: DonationTrace, visit: Visit): Html => {
  const { donation: say, list } = visit.words;
  const { partition } = trace;
  const order = ["paid", "inReserve", "operatingSpent", "operatingUnspent", "unallocated"] as const;
  const pieces = order
    .filter((place) => partition[place] > 0n)
    .map((place) => say[place](html`<b>${money(partition[place], donation.currency)}</b>`));
  return html`<p class="lead">
    ${say.sentence(html`<b>${money(donation.amount, donation.currency)}</b>`, list(pieces))}
  </p>`;
};

const earliest = (moments: readonly (UnixSeconds | undefined)[]): UnixSeconds | undefined =>
  moments.reduce((first, moment) => {
    if (moment === undefined) return first;
    return first === undefined || moment < first ? moment : first;
  }, undefined);

const firstAllocated = (slices: readonly TracedSlice[]): UnixSeconds | undefined =>
  earliest(slices.map((traced) => traced.allocatedAt?.blockTime));

const firstPaid = (slices: readonly TracedSlice[]): UnixSeconds | undefined =>
  earliest(
    slices.filter((traced) => traced.slice.place === "paid").map((traced) => traced.settledAt?.blockTime),
  );

type Progress = "done" | "part" | "waiting";

const progress = (done: bigint, whole: bigint): Progress => {
  if (done === 0n && whole > 0n) return "waiting";
  return done < whole ? "part" : "done";
};

/** Given, recorded, allocated, paid out, carried on. `slices` are those of this page: its times are theirs. */
export const journey = (donation: DonationView, trace: DonationTrace, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.donation;
  const { partition, slices } = trace;
  const shown = (amount: bigint): string => money(amount, donation.currency);
  const day = (moment: UnixSeconds | undefined): Html | undefined =>
    moment === undefined ? undefined : dayOfText(moment, language);
  const allocated = partition.total - partition.unallocated;
  const rest = partition.unallocated + partition.inReserve + partition.operatingUnspent;
  const step = (state: Progress, name: string, text: Html | string, when?: Html): TimelineStep => ({
    state,
    stateText: say.step[state],
    name,
    text,
    when,
  });
  const fundName = html`<a href="${localPath(visit, fundPath(donation.batch.fund))}"
    >${donation.fundName[language]}</a
  >`;
  const notPaid = hasComeBack(slices) ? say.paidCameBack : say.paidWaiting;
  const paidState = progress(partition.paid, donation.claimsShare);
  return timeline([
    step(
      "done",
      say.given,
      say.givenText(channelText(donation.batch.channel, visit.words)),
      dayText(donation.batch.day, language),
    ),
    step(
      "done",
      say.recorded,
      say.recordedText(fundName),
      momentText(donation.batch.recordedAt.blockTime, language),
    ),
    step(
      progress(allocated, partition.total),
      say.allocated,
      allocated === 0n ? say.allocatedWaiting : say.allocatedText(shown(allocated), shown(partition.total)),
      day(firstAllocated(slices)),
    ),
    step(
      paidState,
      say.paidStep,
      partition.paid === 0n ? notPaid : say.paidText(shown(partition.paid)),
      day(firstPaid(slices)),
    ),
    {
      state: rest === 0n ? "done" : "waiting",
      stateText: rest === 0n ? say.restState.done : say.restState.waiting,
      name: say.rest,
      text: rest === 0n ? say.restDone : say.restText(shown(rest)),
    },
  ]);
};
