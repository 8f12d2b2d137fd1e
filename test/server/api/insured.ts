/** What insurance, aid and audit add to the invented books: every verb once at least, through the API. */
import { at, codeOf, listAt, type Answer, type Service } from "../service.ts";
import {
  allocate,
  claimOf,
  codesOf,
  enrol,
  nameOf,
  openProgramme,
  peopleOf,
  periodOf,
  recorded,
  termsOf,
  type Books,
} from "./books.ts";

const day = 86_400;

export interface Insured {
  /** An insurance programme of two insurers, and one of a single day whose surplus went on to it. */
  readonly city: string;
  readonly ended: string;
  readonly claims: Readonly<
    Record<"recovered" | "returned" | "rejected" | "withdrawn" | "held" | "cancelled" | "aided", string>
  >;
  readonly grant: string;
  /** Payouts by number: one that came back in part, one that the bank returned. */
  readonly payouts: readonly number[];
  readonly insurers: readonly { readonly zh: string; readonly en: string }[];
}

/** What an auditor or the foundation publishes; nothing of it is anybody's. */
export const statementOf = (text: string) => ({
  title: { zh: `示例${text}`, en: `Example ${text}` },
  text: { zh: `公开的示例${text}`, en: `A published example of ${text}` },
});

/** A number of the foundation's own files, noted among what must stay in the vault. */
const paper = (books: Books, kind: "slips" | "vouchers" | "paymentNumbers"): string => {
  const list = books.secrets[kind];
  const number = `INVENTED-${kind.toUpperCase()}-${list.length}-9K2X`;
  list.push(number);
  return number;
};

/** The number that an event's record has under `field`. */
const numberOf = (answer: Answer, event: string, field: string): number => {
  const records = listAt(recorded(answer).body, "operations").flatMap((each) => listAt(each, "records"));
  return Number(
    at(
      records.find((record) => at(record, "event") === event),
      field,
    ),
  );
};

/** Files one claim for each person, approves those that are named, and answers their codes. */
const fileCity = async (
  books: Books,
  city: string,
  people: readonly number[],
): Promise<readonly string[]> => {
  const claims = people.map((person) => claimOf(city, "1000", paper(books, "slips"), person));
  return codesOf(await books.service.post("/v1/claims", { claims }), "ClaimFiled");
};

const payClaim = async (books: Books, claim: string): Promise<number> => {
  const claims = [{ claim, paymentNumber: paper(books, "paymentNumbers") }];
  return numberOf(await books.service.post("/v1/claims/pay", { claims }), "ClaimPaid", "payout");
};

/** A programme of one day in the year that the books are in, with money of which nothing is claimed. */
export const openEnded = async (books: Books, from: number): Promise<string> => {
  const { service, fund } = books;
  const programme = await openProgramme(service, "day");
  const instant = (seconds: number): string =>
    new Date((seconds + 8 * 3600) * 1000).toISOString().replace(".000Z", "+08:00");
  const period = { period: 1, start: instant(from), end: instant(from + day) };
  const terms = termsOf({ filingDays: 0 });
  recorded(await service.post(`/v1/programmes/${programme}/periods`, { ...period, terms }));
  recorded(await allocate(service, fund, programme, "700"));
  return programme;
};

const auditBooks = async (books: Books, city: string): Promise<void> => {
  const { service } = books;
  const post = async (url: string, body?: unknown) => recorded(await service.post(url, body));
  await post("/v1/attestations", { statement: statementOf("attestation") });
  await post("/v1/attestations", {
    programme: city,
    period: 1,
    statement: statementOf("attestation of a period"),
  });
  for (const text of ["first finding", "second finding", "third finding"]) {
    await post("/v1/findings", { programme: city, statement: statementOf(text) });
  }
  await post("/v1/findings/1/answer", { statement: statementOf("answer") });
  await post("/v1/findings/1/close", { statement: statementOf("closing") });
  await post("/v1/findings/2/answer", { statement: statementOf("second answer") });
  const total = { day: "2019-01-02", currency: "CNY" };
  await post("/v1/channels/alipay/totals", { ...total, count: 1, sum: "1" });
  await post("/v1/channels/alipay/totals", { ...total, count: 7, sum: "568000" });
  await post("/v1/channels/bank/totals", { ...total, count: 3, sum: "12" });
  await post("/v1/corrections", { kind: "claim", record: books.paid, statement: statementOf("correction") });
  await post("/v1/corrections", { kind: "expense", record: 1, statement: statementOf("second correction") });
  await post("/v1/heads");
  await post("/v1/heads");
};

const refundGifts = async (books: Books): Promise<void> => {
  const { service, donations } = books;
  const refund = async (donation: string, amount: string): Promise<number> => {
    const body = { amount, currency: "CNY", paymentNumber: paper(books, "paymentNumbers") };
    return numberOf(
      await service.post(`/v1/donations/${donation}/refunds`, body),
      "DonationRefunded",
      "refund",
    );
  };
  const covered = await refund(donations[2] ?? "", "400");
  await refund(donations[2] ?? "", "100");
  const body = { channel: "bank", paymentNumber: paper(books, "paymentNumbers") };
  recorded(await service.post(`/v1/refunds/${covered}/cover`, body));
};

const decide = async (service: Service, verb: string, claim: string, reason?: string): Promise<void> => {
  const claims = [reason === undefined ? { claim } : { claim, reason }];
  recorded(await service.post(`/v1/claims/${verb}`, { claims }));
};

export const insure = async (books: Books): Promise<Insured> => {
  const { service, fund, aid, secrets } = books;
  const insurers = ["insurer A", "insurer B"].map(nameOf);
  const city = await openProgramme(service, "city");
  recorded(await service.post(`/v1/programmes/${city}/periods`, periodOf(1, 2019)));
  const shares = [6_667, 3_333];
  const named = insurers.map((name, index) => ({ name, shareBps: shares[index] }));
  recorded(await service.post(`/v1/programmes/${city}/insurers`, { policyPeriod: 1, insurers: named }));
  const people = peopleOf(12, 2019, 100);
  secrets.idNumbers.push(...people.map(({ idNumber }) => idNumber));
  recorded(await enrol(service, city, 1, people.slice(0, 8)));
  recorded(await enrol(service, city, 1, people.slice(8)));
  const ended = await openEnded(books, service.clock.now());
  recorded(await allocate(service, fund, city, "20000"));

  const filed = await fileCity(books, city, [100, 101, 102, 103, 104, 105, 106]);
  const [
    recovered = "",
    returned = "",
    rejected = "",
    withdrawn = "",
    held = "",
    cancelled = "",
    aided = "",
  ] = filed;
  await decide(service, "reject", rejected, "terms");
  await decide(service, "withdraw", withdrawn);
  const approving = [recovered, returned, held, cancelled, aided].map((claim) => ({
    claim,
    amount: "900",
    currency: "CNY",
    remaining: "500",
  }));
  recorded(await service.post("/v1/claims/approve", { claims: approving }));
  await decide(service, "cancel", cancelled, "duplicate");
  await decide(service, "hold", held, "evidence");
  await decide(service, "release", held);
  await decide(service, "hold", held, "other");
  const first = await payClaim(books, recovered);
  const second = await payClaim(books, returned);
  const part = { amount: "300", voucher: paper(books, "vouchers") };
  recorded(await service.post(`/v1/payouts/${first}/recoveries`, part));
  recorded(await service.post(`/v1/payouts/${second}/return`, { voucher: paper(books, "vouchers") }));
  await payClaim(books, returned);
  await payClaim(books, aided);

  const grants = [
    {
      programme: aid,
      policyPeriod: 1,
      aidOf: aided,
      requested: "400",
      currency: "CNY",
      benefit: "service",
      slip: paper(books, "slips"),
    },
  ];
  const grant = codeOf(await service.post("/v1/grants", { grants }), "GrantFiled");
  const approval = [{ claim: grant, amount: "400", currency: "CNY" }];
  recorded(await service.post("/v1/claims/approve", { claims: approval }));

  await refundGifts(books);
  await auditBooks(books, city);
  service.clock.advanceTo(service.clock.now() + 3 * day);
  recorded(await service.post("/v1/moves", { from: ended, to: city }));
  const claims = { recovered, returned, rejected, withdrawn, held, cancelled, aided };
  return { city, ended, claims, grant, payouts: [first, second], insurers };
};
