/**
 * Books that there is much to lie about, the same gifts in the same places every time: gifts of one batch are equal, for
 * their order is drawn by their salts. One gift each for what a lie needs: wholly paid and spent; paid and come back in
 * part; repaid in part and in reserve; gone on to another programme; not allocated.
 */
import {
  allocate,
  claimOf,
  codesOf,
  donationCode,
  enrol,
  giftOf,
  openFund,
  openProgramme,
  peopleOf,
  periodOf,
  recorded,
  termsOf,
} from "../server/api/books.ts";
import { at, codeOf, listAt, newYear2019, openService, type Service } from "../server/service.ts";

export interface LiedAbout {
  readonly service: Service;
  /** Of the gifts of the first batch, all of 10.00 yuan. */
  readonly transactionNumbers: readonly string[];
}

const day = 86_400;
const instant = (seconds: number): string =>
  new Date((seconds + 8 * 3_600) * 1_000).toISOString().replace(".000Z", "+08:00");

const giveTo = async (
  service: Service,
  fund: string,
  numbers: readonly string[],
  amount: string,
): Promise<string> => {
  const donations = numbers.map((number) => giftOf(fund, number, { amount }));
  return codeOf(await service.post("/v1/donations", { donations }), "BatchRecorded");
};

/** A claim of 9.00 yuan, filed, approved and paid; answers the payout's number. */
const paidClaim = async (service: Service, programme: string, person: number): Promise<unknown> => {
  const filing = { claims: [claimOf(programme, "900", `INVENTED-SLIP-${person}`, person)] };
  const [claim = ""] = codesOf(await service.post("/v1/claims", filing), "ClaimFiled");
  const approval = { claims: [{ claim, amount: "900", currency: "CNY" }] };
  recorded(await service.post("/v1/claims/approve", approval));
  const payment = { claims: [{ claim, paymentNumber: `INVENTED-TRANSFER-${person}` }] };
  const answer = recorded(await service.post("/v1/claims/pay", payment));
  const records = listAt(answer.body, "operations").flatMap((each) => listAt(each, "records"));
  return at(
    records.find((record) => at(record, "event") === "ClaimPaid"),
    "payout",
  );
};

/** A programme of one day that is over, whose money went on to `heir`. */
const movedOn = async (service: Service, fund: string, heir: string): Promise<void> => {
  const ended = await openProgramme(service, "ended");
  const now = service.clock.now();
  const period = {
    period: 1,
    start: instant(now),
    end: instant(now + day),
    terms: termsOf({ filingDays: 0 }),
  };
  recorded(await service.post(`/v1/programmes/${ended}/periods`, period));
  recorded(await allocate(service, fund, ended, "2000"));
  service.clock.advanceTo(now + 3 * day);
  recorded(await service.post("/v1/moves", { from: ended, to: heir }));
};

export const openLiedAbout = async (): Promise<LiedAbout> => {
  const service = await openService(newYear2019, {}, () => {});
  const insurance = await openProgramme(service, "insurance");
  recorded(await service.post(`/v1/programmes/${insurance}/periods`, periodOf(1, 2019)));
  recorded(await enrol(service, insurance, 1, peopleOf(3, 2019)));
  service.clock.advanceTo(newYear2019 + 30 * day);
  const fund = await openFund(service, "fund");
  const transactionNumbers = ["INVENTED-GIFT-A", "INVENTED-GIFT-B", "INVENTED-GIFT-C"];
  const first = await giveTo(service, fund, transactionNumbers, "1000");
  await giveTo(service, fund, ["INVENTED-GIFT-D"], "2000");
  await giveTo(service, fund, ["INVENTED-GIFT-E"], "4000");

  recorded(await allocate(service, fund, insurance, "3000"));
  await paidClaim(service, insurance, 1);
  const expense = { kind: "fieldWork", amount: "100", currency: "CNY", voucher: "INVENTED-VOUCHER" };
  recorded(await service.post(`/v1/programmes/${insurance}/expenses`, expense));
  const payout = await paidClaim(service, insurance, 2);
  const part = { amount: "400", voucher: "INVENTED-RECOVERY" };
  recorded(await service.post(`/v1/payouts/${String(payout)}/recoveries`, part));
  const refund = { amount: "500", currency: "CNY", paymentNumber: "INVENTED-REFUND" };
  recorded(await service.post(`/v1/donations/${donationCode(first, 2)}/refunds`, refund));
  await movedOn(service, fund, insurance);
  recorded(await service.post("/v1/heads"));
  // The noted head lies behind the newest.
  recorded(await service.post("/v1/heads"));
  return { service, transactionNumbers };
};
