/**
 * What providers and auditors put on record in the demonstration, invented like its gifts: totals of settlement days,
 * attestations, findings, a correction note, noted heads.
 */
import { fen } from "../../../protocol/amounts.ts";
import type { DayNumber, UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { ConfirmTotalRequest, DonationRequest } from "../../../protocol/ports/desk.ts";
import { advance, attestation, correctionOf, missingTotal } from "./statements.ts";
import type { Act, Entry } from "./steps.ts";
import { at } from "./timetable.ts";

/** The one settlement whose provider did not confirm its total, beside those of the last day. */
export const unconfirmed = { channel: "wechat", day: 20180814 } as const;

/** What the providers say that they received on a settlement day, one total for each channel. */
export const confirmationsOf = (
  day: DayNumber,
  gifts: readonly DonationRequest[],
): readonly ConfirmTotalRequest[] => {
  const channels = [...new Set(gifts.map(({ channel }) => channel))].toSorted();
  return channels.flatMap((channel) => {
    if (channel === unconfirmed.channel && day === unconfirmed.day) return [];
    const received = gifts.filter((gift) => gift.channel === channel);
    const sum = fen(received.reduce((total, { amount }) => total + amount, 0n));
    return [{ channel, day, currency: "CNY", count: received.length, sum }];
  });
};

/** Of an expense of Yuxian: the one of this month. */
export const corrected = { month: 201810, at: at(20181126, 14) } as const;

/** `expense` answers the number of the corrected expense, once it is recorded. */
export const oversight = (step: (act: Act) => void, expense: () => number): readonly Entry[] => {
  const entry = (moment: UnixSeconds, act: Act): Entry => ({ at: moment, write: () => step(act) });
  return [
    { at: corrected.at, write: () => step({ verb: "noteCorrection", request: correctionOf(expense()) }) },
    entry(at(20190315, 14), { verb: "attest", request: attestation }),
    entry(at(20190315, 15), { verb: "noteHead" }),
    entry(at(20190318, 14), { verb: "openFinding", request: advance.opened }),
    entry(at(20190325, 14), { verb: "answerFinding", request: advance.answered }),
    entry(at(20190401, 14), { verb: "closeFinding", request: advance.closed }),
    entry(at(20191015, 14), { verb: "openFinding", request: missingTotal }),
    entry(at(20191120, 14), { verb: "noteHead" }),
  ];
};
