/**
 * A foundation's office over a whole gateway with a scripted clock: what the scripted years ask of the API, as a client
 * would, in terms of codes and fen. Every address and field name of a write stands here and in no story.
 */
import { formatDay, formatInstant } from "../../protocol/calendar.ts";
import type { BenefitKind, Reason, RecordKind, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Terms } from "../../protocol/terms/types.ts";
import { termsDocument } from "../../protocol/terms/types.ts";
import { at, listAt, openService, type Answer, type Service } from "../server/service.ts";
import { donationCode, indexed, nameOf } from "../server/api/books.ts";

export const currency = "CNY";
export const dayLength = 86_400;

/** A write that was not recorded: what the API said instead. */
export class NotRecorded extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`${answer.status} ${JSON.stringify(answer.body)}`);
    this.name = "NotRecorded";
    this.answer = answer;
  }
}

export interface Person {
  readonly idNumber: string;
  readonly from: UnixSeconds;
  readonly to: UnixSeconds;
}

export interface ClaimFields {
  readonly member: object;
  readonly incident: string;
  readonly requested: bigint;
  readonly benefit?: BenefitKind;
}

export interface Approval {
  readonly claim: string;
  readonly amount: bigint;
  readonly remaining?: bigint;
}

export const statementOf = (subject: string) => ({
  title: { zh: `关于${subject}（虚构）`, en: `About ${subject} (invented)` },
  text: { zh: `虚构的说明：${subject}。`, en: `An invented statement about ${subject}.` },
});

export class Office {
  readonly service: Service;
  #numbers = 0;

  private constructor(service: Service) {
    this.service = service;
  }

  static async open(startsAt: UnixSeconds): Promise<Office> {
    // With a log the explorer's pages are there too, as in the real process.
    return new Office(await openService(startsAt, {}, () => {}));
  }

  close(): Promise<void> {
    return this.service.close();
  }

  /** The clock stands at `moment` from now on. */
  waitUntil(moment: UnixSeconds): void {
    this.service.clock.advanceTo(moment);
  }

  /** The data of an answer about a moment at which everything written is readable. */
  async read(path: string): Promise<unknown> {
    await indexed(this.service);
    const answer = await this.service.get(path);
    if (answer.status !== 200) throw new NotRecorded(answer);
    return at(answer.body, "data");
  }

  /** The text of a page in one language, without its markup. */
  async page(language: "zh" | "en", path: string): Promise<string> {
    await indexed(this.service);
    const response = await this.service.app.inject({ method: "GET", url: `/${language}${path}` });
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
    return response.payload.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  }

  openProgramme(name: string, kind: "insurance" | "aid" = "insurance"): Promise<string> {
    const body = { name: nameOf(name), kind, currency, region: 0 };
    return this.#one("/v1/programmes", body, "ProgrammeOpened", "code");
  }

  openFund(name: string, more: object = {}): Promise<string> {
    const body = { name: nameOf(name), currency, claimsShareBps: 9_000, ...more };
    return this.#one("/v1/funds", body, "FundOpened", "code");
  }

  async declare(
    programme: string,
    period: number,
    start: UnixSeconds,
    end: UnixSeconds,
    terms: Terms,
  ): Promise<void> {
    const times = { start: formatInstant(start), end: formatInstant(end) };
    await this.#post(`/v1/programmes/${programme}/periods`, {
      period,
      ...times,
      terms: termsDocument(terms),
    });
  }

  async enrol(
    programme: string,
    policyPeriod: number,
    premiumPerHead: bigint,
    people: readonly Person[],
    denominator?: number,
  ): Promise<void> {
    await this.appendRoster(programme, policyPeriod, {
      premiumPerHead: premiumPerHead.toString(),
      ...(denominator === undefined ? {} : { denominator }),
      people: people.map(({ idNumber, from, to }) => ({
        idNumber,
        from: formatInstant(from),
        to: formatInstant(to),
      })),
    });
  }

  /** Answers the roster's number. */
  async appendRoster(programme: string, policyPeriod: number, body: object): Promise<number> {
    const path = `/v1/programmes/${programme}/periods/${policyPeriod}/rosters`;
    return Number(await this.#one(path, { currency, ...body }, "RosterAppended", "roster"));
  }

  async declareInsurers(programme: string, policyPeriod: number, insurers: readonly object[]): Promise<void> {
    await this.#post(`/v1/programmes/${programme}/insurers`, { policyPeriod, insurers });
  }

  /** One settlement of `channel` on `day`; answers the batch's code. */
  donate(fund: string, day: number, amounts: readonly bigint[], channel = "alipay"): Promise<string> {
    const donations = amounts.map((amount) => ({
      fund,
      channel,
      occurredAt: formatDay(day),
      transactionNumber: this.number("GIFT"),
      amount: amount.toString(),
      currency,
      providerIssued: true,
    }));
    return this.#one("/v1/donations", { donations }, "BatchRecorded", "code");
  }

  /** The code of the gift of `amount` in a batch of `count`; where gifts stand in it is drawn by their salts. */
  async giftOf(batch: string, count: number, amount: bigint): Promise<string> {
    for (let index = 0; index < count; index += 1) {
      const code = donationCode(batch, index);
      const found = at(await this.read(`/v1/donations/${code}`), "amount", "amount");
      if (found === amount.toString()) return code;
    }
    throw new Error(`no gift of ${amount} in ${batch}`);
  }

  async allocate(fund: string, programme: string, amount: bigint): Promise<void> {
    await this.#post(`/v1/programmes/${programme}/allocations`, {
      fund,
      amount: amount.toString(),
      currency,
    });
  }

  async spend(programme: string, amount: bigint): Promise<number> {
    const body = { kind: "fieldWork", amount: amount.toString(), currency, voucher: this.number("VOUCHER") };
    return Number(
      await this.#one(`/v1/programmes/${programme}/expenses`, body, "ExpenseRecorded", "expense"),
    );
  }

  /** Answers the claims' codes, in the order asked. */
  async file(
    programme: string,
    policyPeriod: number,
    claims: readonly ClaimFields[],
  ): Promise<readonly string[]> {
    const body = {
      claims: claims.map(({ requested, benefit = "cash", ...fields }) => ({
        programme,
        policyPeriod,
        requested: requested.toString(),
        currency,
        benefit,
        slip: this.number("SLIP"),
        ...fields,
      })),
    };
    return this.#records(await this.#post("/v1/claims", body), "ClaimFiled", "code");
  }

  async fileGrant(
    programme: string,
    policyPeriod: number,
    aidOf: string,
    requested: bigint,
  ): Promise<string> {
    const grant = {
      programme,
      policyPeriod,
      aidOf,
      requested: requested.toString(),
      currency,
      benefit: "cash",
      slip: this.number("SLIP"),
    };
    return this.#one("/v1/grants", { grants: [grant] }, "GrantFiled", "code");
  }

  async approve(...approvals: readonly Approval[]): Promise<void> {
    await this.#post("/v1/claims/approve", {
      claims: approvals.map(({ claim, amount, remaining = 0n }) => ({
        claim,
        amount: amount.toString(),
        remaining: remaining.toString(),
        currency,
      })),
    });
  }

  async pay(...claims: readonly string[]): Promise<readonly number[]> {
    const body = { claims: claims.map((claim) => ({ claim, paymentNumber: this.number("TRANSFER") })) };
    return this.#records(await this.#post("/v1/claims/pay", body), "ClaimPaid", "payout").map(Number);
  }

  async withdraw(...claims: readonly string[]): Promise<void> {
    await this.#post("/v1/claims/withdraw", { claims: claims.map((claim) => ({ claim })) });
  }

  async release(...claims: readonly string[]): Promise<void> {
    await this.#post("/v1/claims/release", { claims: claims.map((claim) => ({ claim })) });
  }

  async decide(verb: "reject" | "hold" | "cancel", claim: string, reason: Reason): Promise<void> {
    await this.#post(`/v1/claims/${verb}`, { claims: [{ claim, reason }] });
  }

  async recover(payout: number, amount: bigint): Promise<void> {
    const body = { amount: amount.toString(), voucher: this.number("RECOVERY") };
    await this.#post(`/v1/payouts/${payout}/recoveries`, body);
  }

  /** The bank returned all that is left of the payout. */
  async returnPayout(payout: number): Promise<void> {
    await this.#post(`/v1/payouts/${payout}/return`, { voucher: this.number("RETURN") });
  }

  async moveSurplus(from: string, to: string): Promise<void> {
    await this.#post("/v1/moves", { from, to });
  }

  /** Answers the refund's number. */
  async refund(donation: string, amount: bigint): Promise<number> {
    const body = { amount: amount.toString(), currency, paymentNumber: this.number("REPAYMENT") };
    return Number(await this.#one(`/v1/donations/${donation}/refunds`, body, "DonationRefunded", "refund"));
  }

  async cover(refund: number, channel: string): Promise<void> {
    await this.#post(`/v1/refunds/${refund}/cover`, { channel, paymentNumber: this.number("COVER") });
  }

  async attest(subject: object, about: string): Promise<void> {
    await this.#post("/v1/attestations", { ...subject, statement: statementOf(about) });
  }

  async openFinding(subject: object, about: string): Promise<number> {
    const body = { ...subject, statement: statementOf(about) };
    return Number(await this.#one("/v1/findings", body, "FindingOpened", "finding"));
  }

  async onFinding(finding: number, verb: "answer" | "close", about: string): Promise<void> {
    await this.#post(`/v1/findings/${finding}/${verb}`, { statement: statementOf(about) });
  }

  async confirm(channel: string, day: number, count: number, sum: bigint): Promise<void> {
    const total = { day: formatDay(day), currency, count, sum: sum.toString() };
    await this.#post(`/v1/channels/${channel}/totals`, total);
  }

  async correct(kind: RecordKind, record: number, about: string): Promise<void> {
    await this.#post("/v1/corrections", { kind, record, statement: statementOf(about) });
  }

  async noteHead(): Promise<void> {
    await this.#post("/v1/heads");
  }

  async closePeriods(programme: string): Promise<void> {
    await this.#post(`/v1/programmes/${programme}/close`);
  }

  /** An invented number of a kind, another one each time. */
  number(kind: string): string {
    this.#numbers += 1;
    return `INVENTED-${kind}-${String(this.#numbers).padStart(6, "0")}`;
  }

  async #post(path: string, body?: object): Promise<Answer> {
    const answer = await this.service.post(path, body);
    if (answer.status !== 201) throw new NotRecorded(answer);
    return answer;
  }

  async #one(path: string, body: object, event: string, field: string): Promise<string> {
    const answer = await this.#post(path, body);
    const [only, ...others] = this.#records(answer, event, field);
    if (only === undefined || others.length > 0) throw new NotRecorded(answer);
    return only;
  }

  #records({ body }: Answer, event: string, field: string): readonly string[] {
    return listAt(body, "operations")
      .flatMap((operation) => listAt(operation, "records"))
      .filter((record) => at(record, "event") === event)
      .map((record) => String(at(record, field)));
  }
}

/** Why a write was refused: the ledger's or the desk's own word, such as `CoverExceeded: left 0, amount 1`. */
export const refusalOf = async (write: Promise<unknown>): Promise<string> => {
  try {
    await write;
  } catch (error) {
    if (error instanceof NotRecorded) return String(at(error.answer.body, "detail"));
    throw error;
  }
  return "it was recorded";
};
