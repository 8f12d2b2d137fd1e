/** Small invented books, written through the API: two programmes, two funds, gifts, claims in every state. */
import { setImmediate } from "node:timers/promises";
import { encodeCode, parseCode } from "../../../protocol/codes/code.ts";
import { inventedIdNumber } from "../../../server/commands/invented-people.ts";
import { at, codeOf, listAt, newYear2019, openService, type Answer, type Service } from "../service.ts";

export const year = 365 * 86_400;

/** Everything that may be in the vault and nowhere else. */
export interface Secrets {
  readonly transactionNumbers: string[];
  readonly remarks: string[];
  /** Of people, as a remark may name them. */
  readonly names: string[];
  readonly slips: string[];
  readonly vouchers: string[];
  readonly paymentNumbers: string[];
  readonly idNumbers: string[];
}

export interface Books {
  readonly service: Service;
  /** A general fund of 90 %, and one restricted to `insurance` that falls back to `aid`. */
  readonly fund: string;
  readonly restricted: string;
  readonly insurance: string;
  readonly aid: string;
  readonly batches: readonly string[];
  /** Of 1, 999, 10,000 and 500,000 fen, in this order; where they stand on the line is drawn by their salts. */
  readonly donations: readonly string[];
  readonly paid: string;
  readonly approved: readonly string[];
  readonly filed: string;
  readonly operation: string;
  readonly document: string;
  readonly secrets: Secrets;
}

export interface GiftFields {
  readonly amount?: string;
  readonly occurredAt?: string;
  readonly remark?: string;
  readonly providerIssued?: boolean;
  readonly channel?: string;
}

export const giftOf = (fund: string, transactionNumber: string, fields: GiftFields = {}) => ({
  fund,
  channel: "alipay",
  occurredAt: "2019-01-02T08:00:00+08:00",
  transactionNumber,
  amount: "1000",
  currency: "CNY",
  providerIssued: true,
  ...fields,
});

/** Everybody who is enrolled in the books' insurance programme. */
export const enrolledPeople = 60;

/** Filed for one of the enrolled people, by the line that the vault keeps. */
export const claimOf = (programme: string, requested: string, slip: string, person = 1) => ({
  programme,
  policyPeriod: 1,
  member: { idNumber: inventedIdNumber(person) },
  incident: "2019-01-03",
  requested,
  currency: "CNY",
  benefit: "cash",
  slip,
});

export const nameOf = (text: string) => ({ zh: `示例${text}`, en: `Example ${text}` });

export const openProgramme = async (service: Service, name: string, kind = "insurance"): Promise<string> =>
  codeOf(
    await service.post("/v1/programmes", { name: nameOf(name), kind, currency: "CNY", region: 130723 }),
    "ProgrammeOpened",
  );

export const openFund = async (service: Service, name: string, more: object = {}): Promise<string> =>
  codeOf(
    await service.post("/v1/funds", {
      name: nameOf(name),
      currency: "CNY",
      claimsShareBps: 9000,
      ...more,
    }),
    "FundOpened",
  );

/** Terms of an invented plan; a cover of 100,000.00 yuan. */
export const termsOf = (fields: object = {}) => ({
  kind: "terms",
  plan: "invented",
  version: 1,
  currency: "CNY",
  cover: "10000000",
  filingDays: 60,
  layers: [],
  rules: [{ id: "all", scopes: ["allCost"], rateBps: 10_000 }],
  ...fields,
});

export const periodOf = (period: number, startYear: number, terms: object = {}) => ({
  period,
  start: `${startYear}-01-01T00:00:00+08:00`,
  end: `${startYear + 1}-01-01T00:00:00+08:00`,
  terms: termsOf({ version: period, ...terms }),
});

/** People of the numbers from `first` on, insured for the whole of a year. */
export const peopleOf = (count: number, startYear: number, first = 0) =>
  Array.from({ length: count }, (_, index) => ({
    idNumber: inventedIdNumber(first + index),
    from: `${startYear}-01-01T00:00:00+08:00`,
    to: `${startYear + 1}-01-01T00:00:00+08:00`,
  }));

export const enrol = (
  service: Service,
  programme: string,
  period: number,
  people: readonly object[],
): Promise<Answer> =>
  service.post(`/v1/programmes/${programme}/periods/${period}/rosters`, {
    premiumPerHead: "3000",
    currency: "CNY",
    people,
  });

/** Fails the test where a write was not recorded. */
export const recorded = (answer: Answer): Answer => {
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};

/** Codes of every record that an event of a write made. */
export const codesOf = (answer: Answer, event: string): readonly string[] =>
  listAt(recorded(answer).body, "operations")
    .flatMap((operation) => listAt(operation, "records"))
    .filter((record) => at(record, "event") === event)
    .map((record) => String(at(record, "code")));

export const donationCode = (batch: string, index: number): string => {
  const parsed = parseCode(batch);
  if (!parsed.ok || parsed.code.kind !== "batch") throw new Error(`no batch's code: ${batch}`);
  return encodeCode({ kind: "donation", batch: parsed.code.batch, index });
};

const secret = (kind: string, number: number): string => `INVENTED-${kind}-${number}-7Q4Z`;

const recordGifts = async (
  service: Service,
  fund: string,
  secrets: Secrets,
  amounts: readonly string[],
): Promise<string> => {
  const donations = amounts.map((amount) => {
    const number = secrets.transactionNumbers.length;
    const transactionNumber = secret("PAYMENT", number);
    const name = `虚构捐赠人${number}号`;
    const remark = `${secret("REMARK", number)} ${name}给孩子们`;
    secrets.transactionNumbers.push(transactionNumber);
    secrets.names.push(name);
    secrets.remarks.push(remark);
    return giftOf(fund, transactionNumber, { amount, remark });
  });
  return codeOf(await service.post("/v1/donations", { donations }), "BatchRecorded");
};

const fileClaims = async (
  service: Service,
  programme: string,
  secrets: Secrets,
  amounts: readonly string[],
) => {
  const claims = amounts.map((requested) => {
    const slip = secret("SLIP", secrets.slips.length);
    secrets.slips.push(slip);
    return claimOf(programme, requested, slip, secrets.slips.length);
  });
  return codesOf(await service.post("/v1/claims", { claims }), "ClaimFiled");
};

const pay = async (service: Service, claim: string, secrets: Secrets): Promise<void> => {
  const paymentNumber = secret("TRANSFER", secrets.paymentNumbers.length);
  secrets.paymentNumbers.push(paymentNumber);
  recorded(await service.post("/v1/claims/pay", { claims: [{ claim, paymentNumber }] }));
};

const spend = async (
  service: Service,
  programme: string,
  amount: string,
  secrets: Secrets,
): Promise<void> => {
  const voucher = secret("VOUCHER", secrets.vouchers.length);
  secrets.vouchers.push(voucher);
  const body = { kind: "fieldWork", amount, currency: "CNY", voucher };
  recorded(await service.post(`/v1/programmes/${programme}/expenses`, body));
};

export const allocate = (
  service: Service,
  fund: string,
  programme: string,
  amount: string,
): Promise<Answer> =>
  service.post(`/v1/programmes/${programme}/allocations`, { fund, amount, currency: "CNY" });

const byAmount = async (service: Service, batch: string): Promise<readonly string[]> => {
  const donations: { readonly code: string; readonly amount: number }[] = [];
  for (const index of [0, 1, 2, 3]) {
    const code = donationCode(batch, index);
    const { body } = await service.get(`/v1/donations/${code}`);
    donations.push({ code, amount: Number(at(body, "data", "amount", "amount")) });
  }
  return donations.sort((one, other) => one.amount - other.amount).map(({ code }) => code);
};

/** Resolves when the index shows the chain's head; a refused write answers before its block is indexed. */
export const indexed = async (service: Service): Promise<void> => {
  const { number } = await service.gateway.chain.head();
  while ((await service.gateway.read.head()).blockNumber < number) await setImmediate();
};

export const openBooks = async (
  environment: Readonly<Record<string, string>> = {},
  onLine?: (line: string) => void,
): Promise<Books> => {
  const service = await openService(newYear2019, environment, onLine);
  const secrets: Secrets = {
    transactionNumbers: [],
    remarks: [],
    names: [],
    slips: [],
    vouchers: [],
    paymentNumbers: [],
    idNumbers: peopleOf(enrolledPeople, 2019).map(({ idNumber }) => idNumber),
  };
  const insurance = await openProgramme(service, "insurance");
  const aid = await openProgramme(service, "aid", "aid");
  for (const programme of [insurance, aid]) {
    recorded(await service.post(`/v1/programmes/${programme}/periods`, periodOf(1, 2019)));
    recorded(await service.post(`/v1/programmes/${programme}/periods`, periodOf(2, 2020)));
  }
  recorded(await enrol(service, insurance, 1, peopleOf(enrolledPeople, 2019)));
  // The first claims of the year lie behind.
  service.clock.advanceTo(newYear2019 + 30 * 86_400);
  const fund = await openFund(service, "fund");
  const restricted = await openFund(service, "appeal", { restrictedTo: insurance, fallbackTo: aid });

  const batches = [
    await recordGifts(service, fund, secrets, ["1", "999", "10000", "500000"]),
    await recordGifts(service, fund, secrets, ["20000"]),
    await recordGifts(service, fund, secrets, ["30000"]),
    await recordGifts(service, restricted, secrets, ["7000"]),
  ];
  for (const amount of ["5500", "5500", "100000"]) recorded(await allocate(service, fund, insurance, amount));
  recorded(await allocate(service, restricted, insurance, "5000"));
  recorded(await allocate(service, fund, aid, "1000"));
  for (const amount of ["100", "200", "300"]) await spend(service, insurance, amount, secrets);

  const claims = await fileClaims(service, insurance, secrets, ["4000", "6000", "900000", "2000", "5000"]);
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = claims;
  const approving = [first, second, third, fourth].map((claim, index) => ({
    claim,
    amount: ["4000", "6000", "900000", "2000"][index],
    currency: "CNY",
  }));
  recorded(await service.post("/v1/claims/approve", { claims: approving }));
  await pay(service, first, secrets);

  const operations = listAt((await allocate(service, fund, aid, "500")).body, "operations");
  const view = await service.get(`/v1/funds/${fund}`);
  return {
    service,
    fund,
    restricted,
    insurance,
    aid,
    batches,
    donations: await byAmount(service, batches[0] ?? ""),
    paid: first,
    approved: [second, third, fourth],
    filed: fifth,
    operation: String(at(operations[0], "operation")),
    document: String(at(view.body, "data", "document")),
    secrets,
  };
};
