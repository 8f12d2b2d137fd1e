/**
 * The part of the invented example that insurers and auditors look at: a city plan of three insurers, the aid programme
 * that follows it, day policies, an ended programme, and what was confirmed, found, corrected and repaid.
 */
import { dayStart } from "../../protocol/calendar.ts";
import { batchId, claimId, payoutId, periodNumber } from "../../protocol/ids.ts";
import type { ClaimId, FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { Statement } from "../../protocol/ports/insurance-requests.ts";
import {
  demonstrationAid,
  demonstrationCity,
  demonstrationDay,
} from "../../protocol/terms/examples/demonstration.ts";
import type { AuditedBooks } from "./audited-books.ts";
import type { FakeClaim } from "./invented-records.ts";

const day = 86_400;
const hour = 3_600;
const minute = 60;

export interface CountyPart {
  readonly general: FundId;
  readonly countyOne: ProgrammeId;
  readonly countyTwo: ProgrammeId;
  readonly ended: ProgrammeId;
}

/** The claims that tests ask for by what happened to them. */
export type NamedClaims = Readonly<
  Record<
    | "returned"
    | "recovered"
    | "recoveredCounty"
    | "service"
    | "rejected"
    | "withdrawn"
    | "cancelled"
    | "held"
    | "device"
    | "late"
    | "blocking"
    | "released"
    | "filed"
    | "grant"
    | "grantFiled"
    | "dayPolicy",
    ClaimId
  >
>;

export interface InsurancePart {
  readonly city: ProgrammeId;
  readonly aid: ProgrammeId;
  readonly days: ProgrammeId;
  readonly appeal: FundId;
  readonly claims: NamedClaims;
}

const said = (zh: string, en: string, zhText: string, enText: string): Statement => ({
  title: { zh, en },
  text: { zh: zhText, en: enText },
});

/** Files, approves some hours later and pays after some more; `spreadHours` makes every claim take another time. */
export const settle = (
  books: AuditedBooks,
  programme: ProgrammeId,
  amount: bigint,
  spreadHours: number,
): FakeClaim => {
  const [decision, payment] = [(2 + (spreadHours % 7) * 3) * hour, (1 + (spreadHours % 5)) * hour];
  books.clock += 2 * day - decision - payment;
  const claim = books.file(programme, amount + 500n);
  books.clock += decision;
  books.approve(claim, amount, amount / 2n);
  books.clock += payment;
  books.pay(claim);
  return claim;
};

const fundCity = (books: AuditedBooks, countyTwo: ProgrammeId): Pick<InsurancePart, "city" | "appeal"> => {
  const bounds = [dayStart(20190301), dayStart(20200301), dayStart(20210301)];
  const city = books.openProgramme({ zh: "样例市惠民保", en: "Sample City plan" }, 990100, bounds, {
    cover: 111_111_100n,
    terms: [demonstrationCity.terms],
  });
  const appeal = books.openFund({ zh: "样例市专项基金", en: "Sample appeal for the city" }, 9000, {
    restrictedTo: city,
    fallbackTo: countyTwo,
  });
  const first = periodNumber(1);
  books.declareInsurers(city, first, demonstrationCity.insurers);
  const roster = { programme: city, policyPeriod: first, premiumPerHead: 11_100n, denominator: 4_225 };
  books.appendRoster({ ...roster, count: 1_000 });
  books.clock += day;
  books.appendRoster({ ...roster, count: 580 });
  const gifts = Array.from({ length: 30 }, (_, at) => 400_000n + BigInt((at * 7_919) % 371) * 1_001n);
  books.recordDonations(appeal, "sample-pay", 20200116, gifts);
  books.allocate(appeal, city, 17_000_000n);
  books.spend(city, "administration", 700_000n);
  return { city, appeal };
};

/** What the city plan settles in its first period: enough claims for percentiles, and one of every other ending. */
const cityClaims = (books: AuditedBooks, city: ProgrammeId) => {
  for (let at = 0; at < 12; at += 1) settle(books, city, 400_000n + BigInt(at) * 43_211n, at);
  const returned = settle(books, city, 500_000n, 1);
  books.clock += 3 * day;
  books.returnPayout(returned);
  books.clock += day;
  books.pay(returned);
  const recovered = settle(books, city, 640_000n, 3);
  books.clock += 2 * day;
  books.recover(recovered, 90_000n);
  const service = books.file(city, 50_000n, { benefit: "service" });
  books.approve(service, 41_473n);
  books.pay(service);
  const rejected = books.file(city, 77_700n);
  const withdrawn = books.file(city, 88_800n);
  const cancelled = books.file(city, 99_900n);
  books.clock += day;
  books.reject(rejected, "terms");
  books.withdraw(withdrawn);
  books.approve(cancelled, 99_900n);
  const held = books.file(city, 700_000n);
  books.approve(held, 700_000n, 222_200n);
  books.clock += day;
  books.cancel(cancelled, "duplicate");
  books.hold(held, "evidence");
  return { returned, recovered, service, rejected, withdrawn, cancelled, held };
};

/** In the second period: one claim of the first, and a queue whose head the reserve cannot pay. */
const cityQueue = (books: AuditedBooks, city: ProgrammeId) => {
  books.clock = dayStart(20200302) + 9 * hour;
  const late = books.file(city, 830_000n, {
    policyPeriod: periodNumber(1),
    incidentFrom: dayStart(20200220),
  });
  books.approve(late, 820_000n, 300_000n);
  const device = books.file(city, 340_000n, { benefit: "device" });
  books.approve(device, 333_300n);
  books.clock += day;
  books.pay(late);
  const blocking = books.file(city, 9_000_000n);
  books.approve(blocking, 8_888_800n);
  const released = books.file(city, 260_000n);
  books.approve(released, 250_000n);
  books.hold(released, "duplicate");
  books.clock += day;
  books.release(released);
  const filed = books.file(city, 123_400n);
  return { late, device, blocking, released, filed };
};

const aidPart = (books: AuditedBooks, followed: FakeClaim) => {
  const aid = books.openProgramme(
    { zh: "样例救助项目", en: "Sample aid programme" },
    0,
    [dayStart(20200201), dayStart(20210201)],
    { kind: "aid", cover: 3_333_300n, terms: [demonstrationAid.terms] },
  );
  const fund = books.openFund({ zh: "样例救助基金", en: "Sample aid fund" }, 10_000);
  books.recordDonations(fund, "sample-bank", 20200303, [1_000_000n, 450_000n]);
  books.allocate(fund, aid, 900_000n);
  const grant = books.fileGrant(aid, followed, 120_000n);
  books.approve(grant, 111_100n);
  books.clock += 2 * hour;
  books.pay(grant);
  return { aid, fund, grant, grantFiled: books.fileGrant(aid, followed, 80_000n) };
};

/** Somebody who checked in on the first evening was hurt after midnight, when the first period was over. */
const daysPart = (books: AuditedBooks, fund: FundId) => {
  const bounds = [20200301, 20200302, 20200303, 20200304, 20200305, 20200501].map(dayStart);
  const days = books.openProgramme({ zh: "样例日结保", en: "Sample day policies" }, 0, bounds, {
    cover: 80_000_000n,
    toTheMinute: true,
    terms: [demonstrationDay.terms],
  });
  books.allocate(fund, days, 480_000n);
  const first = periodNumber(1);
  books.appendRoster({ programme: days, policyPeriod: first, premiumPerHead: 30n, count: 10_000 });
  books.clock += hour;
  const dayPolicy = books.file(days, 300_000n, {
    policyPeriod: first,
    incidentFrom: dayStart(20200302) + 41 * minute,
  });
  books.clock += 5 * hour;
  books.approve(dayPolicy, 288_871n);
  books.clock += hour;
  books.pay(dayPolicy);
  return { days, dayPolicy };
};

const auditPart = (
  books: AuditedBooks,
  county: CountyPart,
  city: ProgrammeId,
  corrected: FakeClaim,
): void => {
  const first = books.batches[0]?.gifts ?? [];
  const sum = first.reduce((total, gift) => total + gift, 0n);
  books.confirm("sample-pay", 20190303, 39, sum - 1n);
  books.confirm("sample-pay", 20190303, first.length, sum);
  books.confirm("sample-pay", 20200110, 3, 9_001n);
  books.confirm("sample-bank", 20200302, 1, 5_000n);
  books.attest(
    { programme: county.countyOne, period: periodNumber(1) },
    said("第一期审计", "Audit of the first period", "账实相符（虚构）。", "The books agree (invented)."),
  );
  books.attest({}, said("年度审计", "Annual audit", "（虚构）", "(invented)"), false);
  books.openFinding(
    { programme: city, period: periodNumber(1) },
    said(
      "名册晚报一天",
      "A roster came a day late",
      "第二份名册比约定晚一天追加（虚构）。",
      "The second roster was appended a day later than agreed (invented).",
    ),
  );
  const answered = books.openFinding(
    {},
    said("一天的渠道总额对不上", "One day's total differs", "多出 1 元（虚构）。", "¥1.00 more (invented)."),
  );
  books.clock += day;
  books.answer(answered, said("正在和渠道核对", "Being compared with the channel", "（虚构）", "(invented)"));
  const closed = books.openFinding(
    { programme: county.countyTwo },
    said("垫付没有说明", "An advance was not explained", "（虚构）", "(invented)"),
  );
  books.answer(
    closed,
    said("已补说明", "Explained", "由下一次拨付补上（虚构）。", "The next allocation covers it (invented)."),
  );
  books.clock += day;
  books.closeFinding(closed, said("说明清楚，结案", "Clear now, closed", "（虚构）", "(invented)"));
  const note = said(
    "结算日写错",
    "Wrong settlement day",
    "应为前一天（虚构）。",
    "It was the day before (invented).",
  );
  books.correct("batch", batchId(4), note);
  books.correct(
    "claim",
    corrected.claim,
    said(
      "金额说明",
      "About the amount",
      "追回的是重复报销的部分（虚构）。",
      "What came back had been settled twice (invented).",
    ),
  );
  books.correct("programme", city, said("名称更正", "About the name", "（虚构）", "(invented)"));
  books.correct("fund", county.general, said("承诺说明", "About the promise", "（虚构）", "(invented)"));
  const payout = corrected.payouts[0]?.payout;
  if (payout !== undefined) books.correct("payout", payoutId(payout), note);
  books.noteHead();
};

/** Adds to books that hold the counties; the clock goes on from where they left it. */
export const insure = (books: AuditedBooks, county: CountyPart): InsurancePart => {
  const { city, appeal } = fundCity(books, county.countyTwo);
  const settled = cityClaims(books, city);
  const waiting = cityQueue(books, city);
  const { aid, fund, grant, grantFiled } = aidPart(books, waiting.late);
  const { days, dayPolicy } = daysPart(books, fund);
  const recoveredCounty = books.claims.findLast((one) => one.programme === county.countyTwo);
  if (recoveredCounty === undefined) throw new Error("the second county has paid a claim");
  books.clock += day;
  books.recover(recoveredCounty, 20_000n);
  books.moveSurplus(county.ended, city);
  books.refund(1, 3, (books.batches[0]?.gifts[3] ?? 0n) / 2n);
  books.cover(books.refund(1, 5, books.batches[0]?.gifts[5] ?? 0n), "sample-bank");
  auditPart(books, county, city, settled.recovered);
  const named = { ...settled, ...waiting, grant, grantFiled, dayPolicy, recoveredCounty };
  const idOf = ({ claim }: FakeClaim): ClaimId => claimId(claim);
  return {
    city,
    aid,
    days,
    appeal,
    claims: {
      returned: idOf(named.returned),
      recovered: idOf(named.recovered),
      recoveredCounty: idOf(named.recoveredCounty),
      service: idOf(named.service),
      rejected: idOf(named.rejected),
      withdrawn: idOf(named.withdrawn),
      cancelled: idOf(named.cancelled),
      held: idOf(named.held),
      device: idOf(named.device),
      late: idOf(named.late),
      blocking: idOf(named.blocking),
      released: idOf(named.released),
      filed: idOf(named.filed),
      grant: idOf(named.grant),
      grantFiled: idOf(named.grantFiled),
      dayPolicy: idOf(named.dayPolicy),
    },
  };
};
