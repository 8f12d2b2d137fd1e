/** A claim is checked before it is accepted: who, when, in which period. What is refused names the field. */
import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { claimId } from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { inventedIdNumber } from "../../../server/commands/invented-people.ts";
import {
  allocate,
  claimOf,
  codesOf,
  enrol,
  openBooks,
  openProgramme,
  periodOf,
  recorded,
  termsOf,
  year,
  type Books,
} from "../api/books.ts";
import { at, newYear2019, type Answer } from "../service.ts";

const eventsOf = async (books: Books, answer: Answer): Promise<readonly LedgerEvent[]> => {
  const id = String(at(recorded(answer).body, "operations", 0, "operation"));
  return (await books.service.gateway.desk.operation(id))?.events ?? [];
};

/** Sends what is to be refused, and expects that not even a block was made. */
const refuser =
  (books: () => Books, path: string) =>
  async (body: unknown, field: string, reason: RegExp): Promise<void> => {
    const { service } = books();
    const before = await service.gateway.chain.head();
    const answer = await service.post(path, body);
    const shown = JSON.stringify(answer.body);
    expect(answer.status, shown).to.be.oneOf([400, 422]);
    expect(at(answer.body, "errors", 0, "field"), shown).to.equal(field);
    expect(at(answer.body, "errors", 0, "reason"), shown).to.match(reason);
    expect(shown).not.to.match(/\d{17}/);
    expect(await service.gateway.chain.head()).to.deep.equal(before);
  };

describe("filing claims", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const filing = (fields: object, person = 1) => ({
    claims: [{ ...claimOf(books.insurance, "100", "S", person), ...fields }],
  });
  const refuse = refuser(() => books, "/v1/claims");
  const field = (name: string): string => `claims[0].${name}`;

  it("refuses a day that no validity of the person touches, and takes one that begins on it", async () => {
    const noon = { idNumber: inventedIdNumber(200), from: "2019-01-10T12:00:00+08:00" };
    recorded(await enrol(books.service, books.insurance, 1, [{ ...noon, to: "2019-01-20T00:00:00+08:00" }]));
    await refuse(filing({ incident: "2019-01-09" }, 200), field("incident"), /outside every validity/);
    await refuse(filing({ incident: "2019-01-20" }, 200), field("incident"), /outside every validity/);
    for (const incident of ["2019-01-10", "2019-01-19"]) {
      recorded(await books.service.post("/v1/claims", filing({ incident, slip: incident }, 200)));
    }
  });

  it("refuses incidents to come, and times where the period records days", async () => {
    await refuse(filing({ incident: "2019-02-01" }), field("incident"), /lies in the future/);
    await refuse(filing({ incident: "2019-01-03T08:00:00+08:00" }), field("incident"), /expected a day/);
    await refuse(filing({ incident: "2019-02-30" }), field("incident"), /real day/);
  });

  it("refuses people on no roster, and members that are neither number nor proof", async () => {
    await refuse(filing({}, 201), field("member.idNumber"), /stands on no roster/);
    await refuse(filing({ member: { idNumber: "张三" } }), field("member.idNumber"), /18 characters/);
    await refuse(filing({ member: {} }), field("member.roster"), /expected idNumber, or a line/);
    const both = { idNumber: inventedIdNumber(1), roster: 1 };
    await refuse(filing({ member: both }), field("member.roster"), /none beside idNumber/);
    await refuse(
      filing({ member: { roster: 1, from: 0, to: 60, proof: [] } }),
      field("member.person"),
      /missing/,
    );
  });

  it("refuses proofs that do not hold: another roster, another line, another validity", async () => {
    const line = {
      roster: 1,
      person: `0x${"77".repeat(32)}`,
      from: newYear2019,
      to: newYear2019 + year,
      proof: [`0x${"66".repeat(32)}`],
    };
    const member = (fields: object) => filing({ member: { ...line, ...fields } });
    await refuse(member({}), field("member.proof"), /does not lead from this line/);
    await refuse(member({ roster: 99 }), field("member.roster"), /no roster of this programme/);
    await refuse(
      filing({ member: line, policyPeriod: 2 }),
      field("member.roster"),
      /no roster of this programme and policy period/,
    );
    await refuse(
      member({ to: newYear2019 + 86_400 }),
      field("incident"),
      /outside the validity 2019-01-01T00/,
    );
    await refuse(member({ to: newYear2019 }), field("member.from"), /ends before it has begun/);
    await refuse(member({ from: 1.5 }), field("member.from"), /integer/);
    await refuse(member({ proof: Array(25).fill(line.proof[0]) }), field("member.proof"), /more than 24/);
  });

  it("refuses periods, programmes and amounts that are none", async () => {
    await refuse(filing({ policyPeriod: 9 }), field("policyPeriod"), /no policy period 9/);
    await refuse(filing({ programme: books.aid }), field("programme"), /expected an insurance programme/);
    await refuse(filing({ requested: "0" }), field("requested"), /at least one/);
    await refuse(filing({ currency: "USD" }), field("currency"), /expected CNY/);
  });

  it("names the claim that is wrong, and files none of the others", async () => {
    const claims = [
      claimOf(books.insurance, "1", "S-A", 2),
      claimOf(books.insurance, "1", "S-B", 3),
      claimOf(books.insurance, "1", "S-C", 202),
    ];
    await refuse({ claims }, "claims[2].member.idNumber", /stands on no roster/);
    recorded(await books.service.post("/v1/claims", { claims: claims.slice(0, 2) }));
  });

  it("goes on until the filing deadline, and answers what was filed before it alike after it", async () => {
    const body = filing({ incident: "2019-12-31", slip: "S-LATE" }, 4);
    const early = { ...body, claims: [{ ...body.claims[0], incident: "2019-01-05" }] };
    const first = await books.service.post("/v1/claims", early, { "idempotency-key": "before-deadline" });
    recorded(first);
    books.service.clock.advanceTo(newYear2019 + year + 60 * 86_400);
    recorded(await books.service.post("/v1/claims", body));
    books.service.clock.advanceTo(newYear2019 + year + 60 * 86_400 + 1);
    await refuse(body, field("policyPeriod"), /filing deadline was 2020-03-01T00:00:00\+08:00/);
    const again = await books.service.post("/v1/claims", early, { "idempotency-key": "before-deadline" });
    expect(again.body).to.deep.equal(first.body);
  });
});

describe("filing claims of day policies", function () {
  this.timeout(120_000);
  let books: Books;
  let days: string;
  before(async () => {
    books = await openBooks();
    days = await openProgramme(books.service, "days");
    const day = {
      period: 1,
      start: "2019-02-01T00:00:00+08:00",
      end: "2019-02-02T00:00:00+08:00",
      terms: termsOf({ incident: "minute", premiumPerHead: "30" }),
    };
    recorded(await books.service.post(`/v1/programmes/${days}/periods`, day));
    const shift = { from: "2019-02-01T20:30:00+08:00", to: "2019-02-02T20:30:00+08:00" };
    recorded(await enrol(books.service, days, 1, [{ idNumber: inventedIdNumber(300), ...shift }]));
    books.service.clock.advanceTo(newYear2019 + 40 * 86_400);
  });
  after(() => books.service.close());

  const filing = (incident: string) => ({ claims: [{ ...claimOf(days, "100", incident, 300), incident }] });
  const refuse = refuser(() => books, "/v1/claims");

  it("takes a minute that crosses midnight and the period's end, and no minute outside", async () => {
    for (const incident of [
      "2019-02-01T20:30:00+08:00",
      "2019-02-02T00:00:00+08:00",
      "2019-02-02T20:29:00+08:00",
    ]) {
      const events = await eventsOf(books, await books.service.post("/v1/claims", filing(incident)));
      expect(events.at(-1)).to.deep.include({ type: "ClaimFiled", toTheMinute: true, policyPeriod: 1 });
    }
    await refuse(filing("2019-02-01T20:29:00+08:00"), "claims[0].incident", /outside every validity/);
    await refuse(filing("2019-02-02T20:30:00+08:00"), "claims[0].incident", /outside every validity/);
  });

  it("refuses days, and seconds within a minute", async () => {
    await refuse(filing("2019-02-02"), "claims[0].incident", /expected a time on the minute/);
    await refuse(filing("2019-02-02T08:00:30+08:00"), "claims[0].incident", /expected a whole minute/);
  });
});

describe("filing grants", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const grant = (fields: object = {}) => ({
    grants: [
      {
        programme: books.aid,
        policyPeriod: 1,
        aidOf: books.paid,
        requested: "700",
        currency: "CNY",
        benefit: "cash",
        slip: "S-GRANT",
        ...fields,
      },
    ],
  });
  const refuse = refuser(() => books, "/v1/grants");

  it("refuses a claim that is not paid or not known, and a programme that gives no aid", async () => {
    await refuse(grant({ aidOf: books.filed }), "grants[0].aidOf", /expected a paid claim, it is filed/);
    await refuse(grant({ aidOf: books.approved[0] }), "grants[0].aidOf", /it is approved/);
    const unknown = encodeCode({ kind: "claim", claim: claimId(99) });
    await refuse(grant({ aidOf: unknown }), "grants[0].aidOf", /no claim 99/);
    await refuse(grant({ programme: books.insurance }), "grants[0].programme", /expected an aid programme/);
    await refuse(grant({ requested: "0" }), "grants[0].requested", /at least one/);
    await refuse(grant({ policyPeriod: 2 }), "grants[0].policyPeriod", /begins at 2020-01-01/);
    await refuse(grant({ policyPeriod: 3 }), "grants[0].policyPeriod", /no policy period 3/);
    await refuse({ grants: [] }, "grants", /fewer than 1/);
  });

  it("follows a paid claim, up to what was attested as remaining, and is paid like a claim", async () => {
    const { service } = books;
    const approve = (claim: string, amount: string, remaining = "0"): Promise<Answer> =>
      service.post("/v1/claims/approve", { claims: [{ claim, amount, currency: "CNY", remaining }] });
    const pay = (claim: string, paymentNumber: string): Promise<Answer> =>
      service.post("/v1/claims/pay", { claims: [{ claim, paymentNumber }] });
    const cancelled = books.approved.map((claim) => ({ claim, reason: "other" }));
    recorded(await service.post("/v1/claims/cancel", { claims: cancelled }));
    recorded(await approve(books.filed, "5000", "900"));
    recorded(await pay(books.filed, "N-AID"));
    recorded(await allocate(service, books.fund, books.aid, "2000"));

    const filed = await service.post("/v1/grants", grant({ aidOf: books.filed }));
    const [event] = await eventsOf(books, filed);
    expect(event).to.deep.include({ type: "GrantFiled", requested: 700n });
    const [code = ""] = codesOf(filed, "GrantFiled");
    recorded(await approve(code, "700"));
    const [more = ""] = codesOf(
      await service.post("/v1/grants", grant({ aidOf: books.filed, requested: "201", slip: "S-MORE" })),
      "GrantFiled",
    );
    const tooMuch = await approve(more, "201");
    expect(at(tooMuch.body, "detail")).to.match(/^AidExceeded: left 200, amount 201$/);
    recorded(await approve(more, "200"));
    recorded(await pay(code, "N-GRANT"));
    await refuse(grant({ aidOf: code }), "grants[0].aidOf", /it is a grant itself/);
  });

  it("ends with the aid programme's own filing deadline", async () => {
    books.service.clock.advanceTo(newYear2019 + year + 60 * 86_400 + 1);
    await refuse(grant(), "grants[0].policyPeriod", /filing deadline was 2020-03-01/);
  });

  it("needs periods to be declared", async () => {
    const empty = await openProgramme(books.service, "empty", "aid");
    await refuse(grant({ programme: empty }), "grants[0].policyPeriod", /no policy period 1/);
    recorded(await books.service.post(`/v1/programmes/${empty}/periods`, periodOf(1, 2020)));
    recorded(await books.service.post("/v1/grants", grant({ programme: empty, slip: "S-EMPTY" })));
  });
});
