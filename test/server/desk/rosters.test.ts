/** Enrolment: the ledger gets a root and a count, the vault what proves somebody, and nobody else an id number. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCode } from "../../../protocol/codes/code.ts";
import { periodNumber, programmeId, type ProgrammeId } from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { rosterLeaf } from "../../../protocol/rosters/leaf.ts";
import { personPseudonym } from "../../../protocol/rosters/pseudonym.ts";
import { RosterTree } from "../../../protocol/rosters/tree.ts";
import { inventedIdNumber } from "../../../server/commands/invented-people.ts";
import type { KeptLine } from "../../../server/vault/roster-vault.ts";
import {
  claimOf,
  enrol,
  openBooks,
  openProgramme,
  peopleOf,
  periodOf,
  recorded,
  year,
  type Books,
} from "../api/books.ts";
import { at, newYear2019, type Answer } from "../service.ts";
import { holdingBlocks, losingAcceptance, vaultOf } from "./faults.ts";

describe("enrolling people", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const path = (programme = books.insurance, period = 1): string =>
    `/v1/programmes/${programme}/periods/${period}/rosters`;
  const roster = (fields: object) => ({ premiumPerHead: "3000", currency: "CNY", ...fields });
  const person = (number: number, from = "2019-01-01", to = "2020-01-01") => ({
    idNumber: inventedIdNumber(number),
    from: `${from}T00:00:00+08:00`,
    to: `${to}T00:00:00+08:00`,
  });
  const programmeOf = (code: string): ProgrammeId => {
    const parsed = parseCode(code);
    if (!parsed.ok || parsed.code.kind !== "programme") throw new Error(`no programme's code: ${code}`);
    return programmeId(parsed.code.programme);
  };
  const of = (period = 1) => ({ programme: programmeOf(books.insurance), period: periodNumber(period) });
  const linesOf = async (number: number, period = 1): Promise<readonly KeptLine[]> => {
    const vault = await vaultOf(books.service);
    const lines = await vault.rosters.linesOf(of(period), inventedIdNumber(number));
    await vault.close();
    return lines;
  };
  const operationOf = (answer: Answer): string => String(at(answer.body, "operations", 0, "operation"));
  const eventsOf = async (answer: Answer): Promise<readonly LedgerEvent[]> =>
    (await books.service.gateway.desk.operation(operationOf(recorded(answer))))?.events ?? [];
  const appended = async (answer: Answer) => {
    const [event] = await eventsOf(answer);
    if (event?.type !== "RosterAppended") throw new Error(`no roster: ${JSON.stringify(answer.body)}`);
    return event;
  };
  const refuse = async (body: object, field: string, reason: RegExp, url = path()): Promise<void> => {
    const before = await books.service.gateway.chain.head();
    const answer = await books.service.post(url, roster(body));
    const shown = JSON.stringify(answer.body);
    expect(answer.status, shown).to.be.oneOf([400, 422]);
    expect(at(answer.body, "errors", 0, "field"), shown).to.equal(field);
    expect(at(answer.body, "errors", 0, "reason"), shown).to.match(reason);
    expect(shown).not.to.match(/\d{17}/);
    expect(await books.service.gateway.chain.head()).to.deep.equal(before);
  };

  it("records root, people, premium and denominator, and the root is that of the vault's leaves", async () => {
    const people = [
      person(100),
      person(101, "2019-01-01", "2019-07-01"),
      person(101, "2019-07-01", "2020-01-01"),
    ];
    const answer = await books.service.post(path(), roster({ people, denominator: 10 }));
    const event = await appended(answer);
    const vault = await vaultOf(books.service);
    const leaves = (await vault.rosters.leavesOf(operationOf(answer))) ?? new Uint8Array();
    await vault.close();
    expect(leaves).to.have.length(3 * 32);
    expect(event).to.deep.include({
      policyPeriod: 1,
      root: new RosterTree(leaves).root,
      count: 2,
      premiumPerHead: 3000n,
      denominator: 10,
    });
  });

  it("proves each of them for a claim, found by id number or given with its proof", async () => {
    await appended(await enrol(books.service, books.insurance, 1, [person(110), person(111), person(112)]));
    const filed = await eventsOf(
      await books.service.post("/v1/claims", { claims: [claimOf(books.insurance, "10", "S-110", 110)] }),
    );
    const [line] = await linesOf(111);
    if (line === undefined) throw new Error("nothing is kept of the person");
    const vault = await vaultOf(books.service);
    const tree = new RosterTree((await vault.rosters.leavesOf(line.operation)) ?? new Uint8Array());
    await vault.close();
    const pseudonym = personPseudonym(line.salt, of(), inventedIdNumber(111));
    const [claim] = filed;
    if (claim?.type !== "ClaimFiled") throw new Error("no claim was filed");
    const member = {
      roster: claim.roster,
      person: pseudonym,
      ...line.validity,
      proof: tree.proof(rosterLeaf(pseudonym, line.validity)),
    };
    const proven = await eventsOf(
      await books.service.post("/v1/claims", {
        claims: [{ ...claimOf(books.insurance, "10", "S-111"), member }],
      }),
    );
    expect(proven[0]).to.deep.include({ type: "ClaimFiled", person: pseudonym, roster: claim.roster });
    expect(claim.person).to.equal(
      personPseudonym((await linesOf(110))[0]?.salt ?? pseudonym, of(), inventedIdNumber(110)),
    );
  });

  it("gives a person one pseudonym in a period, whatever the batch, and another one in the next", async () => {
    await appended(await enrol(books.service, books.insurance, 1, [person(120, "2019-01-01", "2019-02-01")]));
    await appended(await enrol(books.service, books.insurance, 1, [person(120, "2019-02-01", "2019-03-01")]));
    await appended(await enrol(books.service, books.insurance, 2, [person(120, "2020-01-01", "2021-01-01")]));
    const [first, second] = await linesOf(120);
    expect(second?.salt).to.equal(first?.salt);
    expect(second?.operation).not.to.equal(first?.operation);
    expect((await linesOf(120, 2))[0]?.salt).not.to.equal(first?.salt);
  });

  it("takes a roster that was made elsewhere, by its root and count", async () => {
    const root = `0x${"5e".repeat(32)}`;
    const event = await appended(await books.service.post(path(), roster({ root, count: 29_421 })));
    expect(event).to.deep.include({ root, count: 29_421, denominator: 0 });
  });

  describe("refuses, naming the place and never the number,", () => {
    before(async () => {
      await appended(await enrol(books.service, books.insurance, 1, [person(130)]));
    });

    it("a validity that has a minute in common with an earlier one of the same person", async () => {
      const people = [person(131), person(130, "2019-12-31", "2020-06-01")];
      await refuse({ people }, "people[1].from", /in common with an earlier roster's/);
      const twice = [person(132, "2019-01-01", "2019-03-01"), person(132, "2019-02-28", "2019-05-01")];
      await refuse({ people: twice }, "people[1].from", /in common with people\[0\]'s/);
      expect(await linesOf(131)).to.deep.equal([]);
      expect(await linesOf(132)).to.deep.equal([]);
    });

    it("what is no id number", async () => {
      const number = inventedIdNumber(133);
      const wrong = number.endsWith("1") ? "2" : "1";
      const with_ = (idNumber: string) => ({ people: [person(134), { ...person(133), idNumber }] });
      await refuse(with_(number.slice(0, 17) + wrong), "people[1].idNumber", /wrong check character/);
      await refuse(with_(number.slice(0, 15)), "people[1].idNumber", /18 characters/);
      await refuse(with_("1.10101E+17"), "people[1].idNumber", /rounded by a spreadsheet/);
      await refuse(with_(` ${number}`), "people[1].idNumber", /spaces/);
    });

    it("a validity that is none, or begins outside the policy period", async () => {
      const with_ = (from: string, to: string) => ({ people: [{ ...person(135), from, to }] });
      const noon = "2019-06-01T12:00:00+08:00";
      await refuse(with_(noon, noon), "people[0].from", /ends before it has begun/);
      await refuse(with_("2019-06-01T12:00:30+08:00", noon), "people[0].from", /on the minute/);
      await refuse(with_(noon, "2019-07-01"), "people[0].to", /on the minute/);
      await refuse(with_(noon, inventedIdNumber(135)), "people[0].to", /on the minute/);
      await refuse(with_("2018-12-31T23:59:00+08:00", noon), "people[0].from", /within the policy period/);
      await refuse(
        with_("2020-01-01T00:00:00+08:00", "2020-02-01T00:00:00+08:00"),
        "people[0].from",
        /within the policy period, from 2019-01-01T00:00:00\+08:00 and before 2020-01-01T00:00:00\+08:00/,
      );
    });

    it("counts that cannot be, and rosters that are half people and half root", async () => {
      const root = `0x${"5e".repeat(32)}`;
      await refuse({ people: [] }, "people", /fewer than 1/);
      await refuse({ people: peopleOf(10_001, 2019) }, "people", /more than 10000/);
      await refuse(
        { people: [person(136), person(137)], denominator: 1 },
        "denominator",
        /at least the 2 people/,
      );
      await refuse({ people: [person(136)], root }, "root", /expected none beside people/);
      await refuse({ people: [person(136)], count: 1 }, "count", /expected none beside people/);
      await refuse({ root }, "count", /how many people/);
      await refuse({ count: 5 }, "people", /people, or root and count/);
      await refuse({ root: "0x5e", count: 5 }, "root", /64 hexadecimal/);
      await refuse({ people: [{ ...person(136), name: "somebody" }] }, "people[0].name", /not a field/);
    });

    it("programmes that insure nobody, and periods that are not declared", async () => {
      await refuse(
        { people: [person(138)] },
        "programme",
        /expected an insurance programme/,
        path(books.aid),
      );
      await refuse({ people: [person(138)] }, "policyPeriod", /no policy period 9/, path(books.insurance, 9));
      expect(
        (await books.service.post(path("P000-0000"), roster({ people: [person(138)] }))).status,
      ).to.equal(404);
      await refuse({ people: [person(138)], currency: "USD" }, "currency", /expected CNY/);
    });
  });

  describe("that is sent again", () => {
    const send = (people: readonly object[], key: string): Promise<Answer> =>
      books.service.post(path(), roster({ people }), { "idempotency-key": key });

    it("is answered alike and enrols nobody twice; other people under its key are refused", async () => {
      const first = recorded(await send([person(140)], "roster-again"));
      const again = recorded(await send([person(140)], "roster-again"));
      expect(operationOf(again)).to.equal(operationOf(first));
      expect(await linesOf(140)).to.have.length(1);
      const other = await send([person(141)], "roster-again");
      expect(at(other.body, "type")).to.equal("urn:everyfen:problem:idempotency-conflict");
      const otherKey = await send([person(140)], "roster-other-key");
      expect(at(otherKey.body, "errors", 0, "reason")).to.match(/in common with an earlier roster's/);
    });

    it("uses the salts again that a lost try left in the vault", async () => {
      const people = [person(142), person(143)];
      await losingAcceptance(books.service, async () => {
        expect((await send(people, "roster-lost")).status).to.equal(500);
      });
      const left = [(await linesOf(142))[0], (await linesOf(143))[0]];
      const vault = await vaultOf(books.service);
      const leaves = await vault.rosters.leavesOf(left[0]?.operation ?? "");
      const { root } = new RosterTree(leaves ?? new Uint8Array());
      await vault.close();
      const event = await appended(await send(people, "roster-lost"));
      expect(event.root).to.equal(root);
      expect([(await linesOf(142))[0], (await linesOf(143))[0]]).to.deep.equal(left);
    });

    it("replaces what a lost try left when it names others, and frees whom it named", async () => {
      await losingAcceptance(books.service, async () => {
        expect((await send([person(144), person(145)], "roster-changed")).status).to.equal(500);
      });
      const [left] = await linesOf(144);
      await appended(await send([person(144, "2019-01-01", "2019-06-01")], "roster-changed"));
      expect((await linesOf(144))[0]?.salt).not.to.equal(left?.salt);
      expect(await linesOf(145)).to.deep.equal([]);
      await losingAcceptance(books.service, async () => {
        expect((await send([person(146)], "roster-given-up")).status).to.equal(500);
      });
      await appended(await send([person(146)], "roster-instead"));
      expect(await linesOf(146)).to.have.length(1);
      await losingAcceptance(books.service, async () => {
        expect((await send([person(147)], "roster-others")).status).to.equal(500);
      });
      await appended(await send([person(148)], "roster-others"));
      expect(await linesOf(147)).to.deep.equal([]);
      expect(await linesOf(148)).to.have.length(1);
    });
  });

  it("proves the others of a roster when one of them was forgotten, and that one no more", async () => {
    await appended(await enrol(books.service, books.insurance, 1, [person(170), person(171)]));
    const vault = await vaultOf(books.service);
    expect(await vault.rosters.forgetPerson(inventedIdNumber(170))).to.equal(1);
    await vault.close();
    const file = (number: number) =>
      books.service.post("/v1/claims", {
        claims: [claimOf(books.insurance, "10", `S-${number}`, number)],
      });
    recorded(await file(171));
    expect(at((await file(170)).body, "errors", 0, "reason")).to.match(/stands on no roster/);
  });

  it("enrols ten thousand at once", async () => {
    const people = peopleOf(10_000, 2019, 1_000).map((each) => ({
      ...each,
      from: "2019-05-01T20:30:00+08:00",
      to: "2019-05-02T20:30:00+08:00",
    }));
    const event = await appended(await books.service.post(path(), roster({ people, premiumPerHead: "30" })));
    expect(event.count).to.equal(10_000);
    const claim = { ...claimOf(books.insurance, "10", "S-LAST", 10_999), incident: "2019-01-03" };
    const outside = await books.service.post("/v1/claims", { claims: [claim] });
    expect(at(outside.body, "errors", 0, "field")).to.equal("claims[0].incident");
  });

  it("holds for a programme's own periods only", async () => {
    const other = await openProgramme(books.service, "other");
    recorded(await books.service.post(`/v1/programmes/${other}/periods`, periodOf(1, 2019)));
    recorded(await enrol(books.service, other, 1, peopleOf(1, 2019, 160)));
    const elsewhere = claimOf(books.insurance, "10", "S-160", 160);
    const answer = await books.service.post("/v1/claims", { claims: [elsewhere] });
    expect(at(answer.body, "errors", 0, "field")).to.equal("claims[0].member.idNumber");
  });

  describe("in the end", () => {
    it("leaves no id number anywhere on disk, so none on the chain", async () => {
      const numbers = [1, 100, 110, 111, 130, 140, 142, 146, 10_999].map(inventedIdNumber);
      for (const name of readdirSync(books.service.folder)) {
        const bytes = readFileSync(join(books.service.folder, name));
        for (const number of numbers) {
          expect(bytes.includes(number), `an id number in ${name}`).to.equal(false);
        }
      }
    });

    it("ends with the period: nobody is enrolled once it is over, also not by what was accepted before", async () => {
      const release = holdingBlocks(books.service);
      const body = roster({ people: [person(150)] });
      const key = { "idempotency-key": "roster-late" };
      expect((await books.service.post(path(), body, { ...key, prefer: "" })).status).to.equal(202);
      books.service.clock.advanceTo(newYear2019 + year);
      release();
      const late = await books.service.post(path(), body, key);
      expect(late.status).to.equal(409);
      expect(at(late.body, "detail")).to.match(/^PeriodOver: /);
      await refuse({ people: [person(151)] }, "policyPeriod", /was over at 2020-01-01/);
      const claim = { ...claimOf(books.insurance, "10", "S-150", 150), incident: "2019-06-01" };
      const answer = await books.service.post("/v1/claims", { claims: [claim] });
      expect(at(answer.body, "errors", 0)).to.deep.equal({
        field: "claims[0].member.idNumber",
        reason: "stands on no roster of this programme and policy period that is kept here",
      });
    });
  });
});
