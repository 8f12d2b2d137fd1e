/** The demonstration's script: published figures to the fen, invented ones within their bounds. No chain. */
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { parseOccurredAt } from "../../../protocol/calendar.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type {
  AppendRosterRequest,
  FileClaimRequest,
  FileGrantRequest,
} from "../../../protocol/ports/desk.ts";
import { idNumber } from "../../../protocol/rosters/id-number.ts";
import { adjudicate } from "../../../protocol/terms/adjudicate.ts";
import { demonstrationAid } from "../../../protocol/terms/examples/demonstration.ts";
import { filingDeadlineOf } from "../../../protocol/terms/period.ts";
import {
  aid,
  chicheng,
  guyuan,
  kangbao,
  yangyuan,
  yuxian,
} from "../../../server/commands/demonstration/counties.ts";
import { termsOf } from "../../../server/commands/demonstration/documents.ts";
import { appealFund, generalFund } from "../../../server/commands/demonstration/gifts.ts";
import { apportion, Random } from "../../../server/commands/demonstration/random.ts";
import { demonstrationScript } from "../../../server/commands/demonstration/script.ts";
import { moments, type Act, type Step } from "../../../server/commands/demonstration/steps.ts";
import { at, closing, periods } from "../../../server/commands/demonstration/timetable.ts";

const script = demonstrationScript();

type Verb = Act["verb"];
type ActOf<Name extends Verb> = Extract<Act, { readonly verb: Name }>;

const isOf = <Name extends Verb>(act: Act, verb: Name): act is ActOf<Name> => act.verb === verb;

/** The acts of one verb up to a moment, that moment included. */
const acts = <Name extends Verb>(
  verb: Name,
  until: UnixSeconds = Infinity,
): readonly { readonly at: UnixSeconds; readonly act: ActOf<Name> }[] =>
  script.flatMap(({ at: moment, act }) => (moment <= until && isOf(act, verb) ? [{ at: moment, act }] : []));

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const gifts = acts("recordDonations").flatMap(({ act }) => act.gifts);
/** Claims and grants in the order of the script, which is that of their numbers. */
const filed = script.flatMap(({ act }): readonly (FileClaimRequest | FileGrantRequest)[] =>
  act.verb === "fileClaims" || act.verb === "fileGrants" ? act.claims : [],
);
const programmeOf = (claim: number): number => filed[claim - 1]?.programme ?? 0;
const approvals = acts("approveClaims").flatMap(({ act }) => act.claims);
const amountOf = new Map<number, bigint>(approvals.map(({ claim, amount }) => [claim, amount]));

const paidUntil = (programme: number, until?: UnixSeconds): readonly number[] =>
  acts("payClaims", until)
    .flatMap(({ act }) => act.claims.map(({ claim }): number => claim))
    .filter((claim) => programmeOf(claim) === programme);

/** Approved, not on hold and not paid yet. */
const waitingAt = (programme: number, until?: UnixSeconds): readonly number[] => {
  const held = acts("holdClaims", until).flatMap(({ act }) => act.claims.map(({ claim }): number => claim));
  const paid = new Set([...paidUntil(programme, until), ...held]);
  return acts("approveClaims", until)
    .flatMap(({ act }) => act.claims.map(({ claim }): number => claim))
    .filter((claim) => programmeOf(claim) === programme && !paid.has(claim));
};

const allocatedTo = (programme: number, until?: UnixSeconds): bigint =>
  sum(
    acts("allocatePremium", until)
      .filter(({ act }) => act.request.programme === programme)
      .map(({ act }) => act.request.amount),
  );

describe("the demonstration's script", () => {
  it("is the same every time it is written", () => {
    expect(demonstrationScript()).to.deep.equal(script);
  });

  it("gives Kangbao exactly ¥2,685,600.00, and pays 210 claims of exactly ¥1,677,000.00, one of ¥33,075.00", () => {
    expect(allocatedTo(kangbao)).to.equal(268_560_000n);
    const paid = paidUntil(kangbao).map((claim) => amountOf.get(claim) ?? 0n);
    expect(paid).to.have.length(210);
    expect(sum(paid)).to.equal(167_700_000n);
    expect(paid.filter((amount) => amount === 3_307_500n)).to.have.length(1);
    expect(waitingAt(kangbao)).to.deep.equal([]);
  });

  it("holds at least 20,000 gifts from ¥0.01 to ¥5,000.00, many of one fen, by invented numbers used once", () => {
    expect(gifts).to.have.length(24_008);
    const amounts = gifts.map(({ amount }): bigint => amount);
    expect(amounts.every((amount) => amount >= 1n && amount <= 500_000n)).to.equal(true);
    expect(amounts.filter((amount) => amount === 1n).length).to.be.greaterThan(3_000);
    expect(amounts.filter((amount) => amount === 500_000n).length).to.be.greaterThan(100);
    expect(new Set(gifts.map(({ transactionNumber }) => transactionNumber)).size).to.equal(gifts.length);
    for (const { transactionNumber, channel } of gifts) {
      expect(transactionNumber).to.match(new RegExp(`^DEMO-${channel.toUpperCase()}-20[0-9]{6}-[0-9]{6}$`));
    }
    const channels = new Set(gifts.map(({ channel }) => channel));
    expect([...channels].toSorted()).to.deep.equal(["alipay", "bank", "interest", "wechat"]);
  });

  it("records no gift before it was given, and only interest cannot be found by its number", () => {
    for (const { at: moment, act } of acts("recordDonations")) {
      for (const gift of act.gifts) {
        const occurred = parseOccurredAt(gift.occurredAt);
        expect(occurred.precision === "day" || occurred.instant < moment).to.equal(true);
        expect(gift.providerIssued).to.equal(gift.channel !== "interest");
      }
    }
  });

  it("covers every allocation by gifts recorded before it, and leaves some money unallocated", () => {
    for (const fund of [generalFund, appealFund]) {
      const leftAt = (until: UnixSeconds): bigint =>
        sum(
          acts("recordDonations", until)
            .flatMap(({ act }) => act.gifts)
            .filter((gift) => gift.fund === fund)
            .map(({ amount }) => amount),
        ) -
        sum(
          acts("allocatePremium", until)
            .filter(({ act }) => act.request.fund === fund)
            .map(({ act }) => act.request.amount),
        );
      for (const { at: moment } of acts("allocatePremium")) expect(leftAt(moment) >= 0n).to.equal(true);
      expect(leftAt(Infinity) > 0n).to.equal(true);
    }
  });

  it("asks for no more than 3,000 gifts or 50 claims at once, and files every claim before it decides it", () => {
    for (const { act } of acts("recordDonations")) expect(act.gifts.length).to.be.within(1, 3_000);
    for (const verb of ["fileClaims", "approveClaims", "payClaims"] as const) {
      for (const { act } of acts(verb)) expect(act.claims.length).to.be.within(1, 50);
    }
    for (const { claim, amount } of approvals) {
      const request = filed[claim - 1];
      expect(request !== undefined && amount <= request.requested).to.equal(true);
      expect(amount <= 10_000_000n).to.equal(true);
    }
  });

  it("files within the policy period that the incident lies in", () => {
    for (const { at: moment, act } of acts("fileClaims")) {
      for (const { incidentFrom, policyPeriod } of act.claims) {
        const { start, end } = periods[policyPeriod - 1] ?? periods[0];
        expect(incidentFrom).to.be.within(start, end - 1);
        expect(moment).to.be.within(incidentFrom, filingDeadlineOf(termsOf(policyPeriod), end) ?? 0);
      }
    }
  });

  it("closes the first year with claims approved and not yet paid, and ends inside the second", () => {
    expect(acts("closePeriods").map(({ at: moment }) => moment)).to.deep.equal(Array(6).fill(closing));
    expect(waitingAt(kangbao, closing).length).to.be.greaterThan(0);
    const last = script.at(-1)?.at ?? 0;
    expect(last).to.be.within(periods[1].start, periods[1].end - 1);
    expect(last).to.equal(at(20191121, 22));
    const ends = new Map(acts("declarePeriod").map(({ act }) => [act.request.programme, act.request.end]));
    expect(ends.size).to.equal(7);
    // The clock runs on from there: nobody finds a programme in run-off within a year of loading.
    for (const end of ends.values()) expect(end - last).to.be.greaterThan(366 * 86_400);
  });

  it("lets Guyuan spend before its first money: an advance", () => {
    const [first] = acts("recordExpense").filter(({ act }) => act.request.programme === guyuan);
    expect(first === undefined ? undefined : allocatedTo(guyuan, first.at)).to.equal(0n);
  });

  it("leaves Chicheng short in the autumn of the second year until its appeal pays the queue", () => {
    const short = waitingAt(chicheng, at(20191003, 0));
    expect(short.length).to.be.greaterThan(10);
    expect(acts("openFund").map(({ act }) => act.request.restrictedTo)).to.deep.equal([undefined, chicheng]);
    expect(waitingAt(chicheng)).to.deep.equal([]);
    const paid = new Set(paidUntil(chicheng));
    expect(short.every((claim) => paid.has(claim))).to.equal(true);
  });

  it("ends with three claims waiting in Yangyuan, one on hold that they overtook, and four undecided", () => {
    const waiting = waitingAt(yangyuan);
    expect(waiting).to.have.length(3);
    const [held, ...others] = acts("holdClaims").flatMap(({ act }) => act.claims);
    expect(others).to.deep.equal([]);
    expect(programmeOf(held?.claim ?? 0)).to.equal(yangyuan);
    expect(paidUntil(yangyuan)).not.to.include(held?.claim);
    const order = approvals.map(({ claim }): number => claim);
    for (const claim of waiting) expect(order.indexOf(held?.claim ?? 0)).to.be.lessThan(order.indexOf(claim));
    const closed = [
      ...acts("rejectClaims").flatMap(({ act }) => act.claims.map(({ claim }): number => claim)),
      ...acts("withdrawClaims").flatMap(({ act }) => act.claims),
    ];
    expect(closed).to.have.length(23);
    expect(filed.length - approvals.length - closed.length).to.equal(4);
  });

  it("insures the published numbers of people, and enrols whoever claims before they do", () => {
    const rosters = acts("appendRoster").map(({ at: moment, act }) => ({ at: moment, ...act.request }));
    const countOf = (roster: AppendRosterRequest): number =>
      "people" in roster ? roster.people.length : roster.count;
    const insured = (year: number, among: (programme: number) => boolean): number =>
      rosters
        .filter(({ programme, policyPeriod }) => policyPeriod === year && among(programme))
        .reduce((sum, roster) => sum + countOf(roster), 0);
    const ofKangbao = (programme: number): boolean => programme === kangbao;
    expect(insured(2, ofKangbao)).to.equal(29_421);
    expect(insured(1, ofKangbao) + insured(2, ofKangbao)).to.equal(56_909);
    expect(insured(2, (programme) => programme !== kangbao)).to.equal(171_405);
    for (const roster of rosters) {
      expect(countOf(roster)).to.be.greaterThan(0);
      expect(roster.denominator === undefined).to.equal(roster.programme === kangbao);
    }
    const enrolled = rosters.flatMap((roster) =>
      "people" in roster
        ? roster.people.map(({ idNumber }) => [
            `${roster.programme} ${roster.policyPeriod} ${idNumber}`,
            roster.at,
          ])
        : [],
    );
    const enrolledAt = new Map<unknown, unknown>(enrolled.map(([key, moment]) => [key, moment]));
    const claimed = acts("fileClaims").flatMap(({ at: moment, act }) =>
      act.claims.map(({ programme, policyPeriod, member }) => ({
        key: `${programme} ${policyPeriod} ${"idNumber" in member ? member.idNumber : ""}`,
        at: moment,
      })),
    );
    expect(new Set(claimed.map(({ key }) => key)).size).to.equal(claimed.length);
    for (const { key, at: moment } of claimed) expect(Number(enrolledAt.get(key))).to.be.lessThan(moment);
  });

  it("names nobody: every id number is of a region that there is not", () => {
    const numbers = acts("appendRoster").flatMap(({ act }) =>
      "people" in act.request ? act.request.people.map((person) => person.idNumber) : [],
    );
    expect(numbers).to.have.length(6 * 2 * 150);
    for (const number of numbers) expect(idNumber(number).slice(0, 6)).to.equal("000000");
  });

  it("approves what the terms of the year pay, and grants what those of the aid programme pay", () => {
    const amounts = acts("approveClaims").flatMap(({ act }) => act.claims);
    for (const { claim, amount, remaining } of amounts) {
      const request = filed[claim - 1];
      if (request === undefined) throw new Error(`claim ${claim} was not filed`);
      const terms = "aidOf" in request ? demonstrationAid.terms : termsOf(request.policyPeriod);
      const paidFirst = terms.layers.map((layer) => ({ layer, amount: fen(0n) }));
      const answer = adjudicate(terms, {
        benefit: request.benefit,
        preExisting: false,
        items: [{ scope: "allCost", cost: request.requested, paidFirst }],
        paidByOthers: fen(0n),
      });
      expect({ amount, remaining }).to.deep.equal({ amount: answer.payable, remaining: answer.remaining });
    }
  });

  it("grants aid after the published claim of Kangbao was paid, from money of its own", () => {
    const [grant, ...others] = acts("fileGrants");
    expect(others).to.deep.equal([]);
    const [request] = grant?.act.claims ?? [];
    expect(amountOf.get(request?.aidOf ?? 0)).to.equal(3_307_500n);
    expect(paidUntil(kangbao, grant?.at)).to.include(request?.aidOf);
    expect(paidUntil(aid)).to.have.length(1);
    expect(allocatedTo(aid, grant?.at) > 0n).to.equal(true);
  });

  it("recovers a part of one payout, and pays another again that the bank returned", () => {
    const [returned, recovered, ...others] = acts("recoverPayout").map(({ act }) => act.request);
    expect(others).to.deep.equal([]);
    const payments = acts("payClaims").flatMap(({ act }) => act.claims.map(({ claim }): number => claim));
    expect(returned?.amount).to.equal(undefined);
    const twice = payments[(returned?.payout ?? 0) - 1];
    expect(payments.filter((claim) => claim === twice)).to.have.length(2);
    const claim = payments[(recovered?.payout ?? 0) - 1] ?? 0;
    expect(programmeOf(claim)).to.equal(yuxian);
    expect(recovered?.amount).to.equal(((amountOf.get(claim) ?? 0n) * 2n) / 5n);
  });

  it("repays one gift whole and covered, and one in part that the foundation still owes", () => {
    const repaid = acts("refundGift").map(({ at: moment, act }) => ({ at: moment, ...act }));
    expect(repaid.map(({ gift, amount }) => amount < gift.amount)).to.deep.equal([false, true]);
    for (const { at: moment, gift } of repaid) {
      const recorded = acts("recordDonations", moment - 1).flatMap(({ act }) => act.gifts);
      expect(recorded.map(({ transactionNumber }) => transactionNumber)).to.include(gift.transactionNumber);
    }
    expect(acts("coverRefund").map(({ act }): number => act.request.refund)).to.deep.equal([1]);
  });

  it("confirms what every channel settled, but for one day and those of the last settlement", () => {
    const dayOfGift = (channel: string, day?: number): string => `${channel} ${day}`;
    const settled = new Map<string, { count: number; sum: bigint }>();
    for (const { channel, day, amount } of gifts) {
      const total = settled.get(dayOfGift(channel, day)) ?? { count: 0, sum: 0n };
      settled.set(dayOfGift(channel, day), { count: total.count + 1, sum: total.sum + amount });
    }
    for (const { act } of acts("confirmTotal")) {
      const { channel, day, count, sum: total } = act.request;
      expect({ count, sum: total }).to.deep.equal(settled.get(dayOfGift(channel, day)));
      settled.delete(dayOfGift(channel, day));
    }
    expect([...settled.keys()].toSorted()).to.deep.equal([
      "alipay 20191121",
      "wechat 20180814",
      "wechat 20191121",
    ]);
  });

  it("lets two insurers share a year before its first payment, and an auditor leave one finding open", () => {
    const [declared] = acts("declareInsurers");
    expect(declared?.act.request.insurers.map(({ shareBps }) => shareBps)).to.deep.equal([6_667, 3_333]);
    expect(declared?.at).to.be.lessThan(periods[1].start);
    expect(acts("attest").map(({ act }) => [act.request.programme, act.request.period])).to.deep.equal([
      [kangbao, 1],
    ]);
    expect(acts("attest").every(({ at: moment }) => moment > closing)).to.equal(true);
    expect(acts("openFinding")).to.have.length(2);
    expect(acts("answerFinding").map(({ act }): number => act.request.finding)).to.deep.equal([1]);
    expect(acts("closeFinding").map(({ act }): number => act.request.finding)).to.deep.equal([1]);
    const [correction] = acts("noteCorrection").map(({ act }) => act.request);
    const expense = acts("recordExpense")[(correction?.record ?? 0) - 1];
    expect(expense?.act.request.programme).to.equal(yuxian);
    expect(expense?.at).to.equal(at(20181005, 15));
    expect(acts("noteHead").length).to.be.greaterThan(0);
  });

  it("keys every step once and stays in the order of time", () => {
    expect(new Set(script.map(({ key }) => key)).size).to.equal(script.length);
    const times = script.map((step) => step.at);
    expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
    const grouped: readonly Step[] = moments(script).flat();
    expect(grouped).to.deep.equal(script);
  });
});

describe("invented figures", () => {
  it("are the same for the same seed, and stay between their bounds", () => {
    const draw = (seed: number): readonly number[] => {
      const random = new Random(seed);
      return Array.from({ length: 200 }, () => random.between(3, 9));
    };
    expect(draw(1)).to.deep.equal(draw(1));
    expect(draw(1)).not.to.deep.equal(draw(2));
    expect(new Set(draw(1)).size).to.equal(7);
    for (const figure of draw(1)) expect(figure).to.be.within(3, 9);
    // The first figures, written down: a change of the generator is a change of the demonstration.
    expect(new Random(1).bytes32()).to.equal(
      "0x5e2d177214e498f0d20ea1fdb382f3392660b8608812dd70891c68b0cdd881a9",
    );
  });

  it("are apportioned without losing or inventing a fen", () => {
    expect(apportion(100, [1, 1, 1])).to.deep.equal([33, 33, 34]);
    expect(apportion(7, [0, 5, 0])).to.deep.equal([0, 7, 0]);
    const parts = apportion(167_700_000, [3, 1, 4, 1, 5, 9, 2, 6]);
    expect(parts.reduce((total, part) => total + part, 0)).to.equal(167_700_000);
  });
});
