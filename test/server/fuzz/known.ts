/** What the books have: values by the names of fields, codes by the resource before them, and bodies that are right. */
import { claimOf, donationCode, giftOf, peopleOf, periodOf, termsOf, type Books } from "../api/books.ts";
import { nameOf } from "../api/books.ts";
import { statementOf, type Insured } from "../api/insured.ts";
import type { Agreement } from "./replica.ts";
import type { Known } from "./values.ts";

/** Gifts that are there to be found: their numbers are named nowhere else, so that nobody is forgotten. */
export const findable = ({ fund }: Books) =>
  [1, 2, 3].map((number) => giftOf(fund, `INVENTED-FUZZ-FOUND-${number}`));

/** By operation: requests that a gateway takes at least once, to be spoilt in one place. */
const bodiesOf = (books: Books, insured: Insured): Readonly<Record<string, readonly unknown[]>> => {
  const money = (amount: string) => ({ amount, currency: "CNY" });
  const gifts = Array.from({ length: 300 }, (_, index) => giftOf(books.fund, `INVENTED-FUZZ-${index}`));
  const found = findable(books).map(({ transactionNumber, amount }) => ({ transactionNumber, amount }));
  const grants = [books.paid, insured.claims.recovered, insured.claims.returned].map((aidOf, index) => ({
    programme: books.aid,
    policyPeriod: 1,
    aidOf,
    requested: "10",
    currency: "CNY",
    benefit: "cash",
    slip: `INVENTED-FUZZ-GRANT-${index}`,
  }));
  const everyone = books.approved.map((claim) => ({ claim, paymentNumber: "INVENTED-FUZZ-PAYMENT" }));
  const people = Array.from({ length: 40 }, (_, index) => peopleOf(1, 2019, 300 + index));
  const claims = Array.from({ length: 40 }, (_, index) =>
    claimOf(books.insurance, "10", `INVENTED-FUZZ-SLIP-${index}`, index + 1),
  );
  return {
    "POST /v1/donations": gifts.map((gift) => ({ donations: [gift] })),
    "POST /v1/donations/standing": gifts.map((gift) => ({ donations: [gift] })),
    "POST /v1/donations/find": found,
    "POST /v1/funds": [{ name: nameOf("fuzz"), currency: "CNY", claimsShareBps: 9000 }],
    "POST /v1/donations/{code}/refunds": [{ ...money("1"), paymentNumber: "INVENTED-FUZZ-REFUND" }],
    "POST /v1/programmes/{code}/periods": [periodOf(3, 2021), periodOf(2, 2020)],
    "POST /v1/programmes/{code}/periods/{period}/rosters": people.map((person) => ({
      premiumPerHead: "3000",
      currency: "CNY",
      people: person,
    })),
    "POST /v1/programmes/{code}/insurers": [
      { policyPeriod: 2, insurers: [{ name: nameOf("fuzz"), shareBps: 10_000 }] },
    ],
    "POST /v1/programmes/{code}/allocations": [{ fund: books.fund, ...money("10") }],
    "POST /v1/moves": [{ from: insured.ended, to: insured.city }],
    "POST /v1/claims": claims.map((claim) => ({ claims: [claim] })),
    "POST /v1/grants": grants.map((grant) => ({ grants: [grant] })),
    "POST /v1/claims/approve": [{ claims: [{ claim: books.filed, ...money("10") }] }],
    "POST /v1/claims/pay": [{ claims: everyone }, { claims: everyone.slice(0, 1) }],
    "POST /v1/payouts/{payout}/recoveries": [{ amount: "1", voucher: "INVENTED-FUZZ-VOUCHER" }],
  };
};

const days = [
  "2019-01-02",
  "2019-01-03",
  "2019-01-03T08:00:00+08:00",
  "2019-01-04T00:00:00+08:00",
  "2020-01-01T00:00:00+08:00",
  "2021-01-01T00:00:00+08:00",
  "2022-01-01T00:00:00+08:00",
];
const amounts = ["0", "1", "10", "300", "5000", "1000000", "99999999999999999999"];

/** What the books have, by the name of a field or by the resource before a code in a path. */
export const knownOf = (
  books: Books,
  insured: Insured,
  keyIds: readonly string[],
  agreement: Agreement,
  relayed: readonly unknown[],
): Known => {
  const funds = [books.fund, books.restricted];
  const programmes = [books.insurance, books.aid, insured.city, insured.ended];
  const claims = [books.filed, insured.grant, ...books.approved, ...Object.values(insured.claims)];
  const donations = books.batches.flatMap((batch) => [0, 1, 2, 3].map((index) => donationCode(batch, index)));
  const dates = ["occurredAt", "day", "incident", "start", "end", "from", "to"];
  return new Map<string, readonly unknown[]>([
    ["/funds", funds],
    ["/programmes", programmes],
    ["/claims", [books.paid, ...claims]],
    ["/donations", donations],
    ["/documents", [books.document]],
    ["/operations", [books.operation]],
    ["/keys", keyIds],
    ["replica", [agreement.replica]],
    ["fund", funds],
    ["ordinal", [1, 1, 2]],
    ["programme", programmes],
    ["restrictedTo", programmes],
    ["fallbackTo", programmes],
    ["claim", claims],
    ["aidOf", claims],
    ["q", [...donations, ...claims, books.fund, "示例"]],
    ["channel", ["alipay", "bank"]],
    ["currency", ["CNY", "CNY", "CNY", "USD"]],
    ["transactionNumber", books.secrets.transactionNumbers],
    ["idNumber", peopleOf(3, 2019).map(({ idNumber }) => idNumber)],
    ["terms", [termsOf(), termsOf({ cover: "1.5" }), termsOf({ rules: [] })]],
    ["statement", [statementOf("fuzz")]],
    ["region", [130723]],
    ["claimsShareBps", [0, 9000, 10_000]],
    [
      "method",
      ["eth_call", "eth_getLogs", "eth_feeHistory", "eth_blockNumber", "eth_getBlockByNumber", "evm_mine"],
    ],
    ...["amount", "requested", "remaining", "sum", "premiumPerHead"].map((name) => [name, amounts] as const),
    ...["period", "policyPeriod", "payout", "refund", "finding"].map(
      (name) => [name, [1, 1, 1, 2, 3]] as const,
    ),
    ...dates.map((name) => [name, days] as const),
    ...Object.entries(bodiesOf(books, insured)),
    ["POST /v1/replicas/agreements", [agreement]],
    ["POST /v1/transactions", relayed],
  ]);
};
