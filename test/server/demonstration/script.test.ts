/** The demonstration's script: published figures to the fen, invented ones within their bounds. No chain. */
import { expect } from "chai";
import { parseOccurredAt } from "../../../protocol/calendar.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import { chicheng, guyuan, kangbao, yangyuan } from "../../../server/commands/demonstration/counties.ts";
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
const filed = acts("fileClaims").flatMap(({ act }) => act.claims);
const programmeOf = (claim: number): number => filed[claim - 1]?.programme ?? 0;
const approvals = acts("approveClaims").flatMap(({ act }) => act.claims);
const amountOf = new Map<number, bigint>(approvals.map(({ claim, amount }) => [claim, amount]));

const paidUntil = (programme: number, until?: UnixSeconds): readonly number[] =>
  acts("payClaims", until)
    .flatMap(({ act }) => act.claims.map(({ claim }): number => claim))
    .filter((claim) => programmeOf(claim) === programme);

const waitingAt = (programme: number, until?: UnixSeconds): readonly number[] => {
  const paid = new Set(paidUntil(programme, until));
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
    expect(new Set(filed.map(({ person }) => person)).size).to.equal(filed.length);
  });

  it("files within the policy period that the incident lies in", () => {
    for (const { at: moment, act } of acts("fileClaims")) {
      for (const { incidentFrom, policyPeriod } of act.claims) {
        const period = periods[policyPeriod - 1];
        expect(incidentFrom).to.be.within(period?.start ?? Infinity, (period?.end ?? 0) - 1);
        expect(moment).to.be.within(incidentFrom, period?.filingDeadline ?? 0);
      }
    }
  });

  it("closes the first year with claims approved and not yet paid, and ends inside the second", () => {
    expect(acts("closePeriods").map(({ at: moment }) => moment)).to.deep.equal(Array(6).fill(closing));
    expect(waitingAt(kangbao, closing).length).to.be.greaterThan(0);
    const last = script.at(-1)?.at ?? 0;
    expect(last).to.be.within(periods[1].start, periods[1].end - 1);
    expect(last).to.equal(at(20191121, 22));
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

  it("ends with three claims waiting in Yangyuan and four undecided", () => {
    expect(waitingAt(yangyuan)).to.have.length(3);
    expect(filed.length - approvals.length).to.equal(4);
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
