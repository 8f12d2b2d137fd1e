/** What a person at the desk can do in a day, over a whole gateway: the same rules, checks and refusals as the API's. */
import { expect } from "chai";
import { setImmediate } from "node:timers/promises";
import { at, listAt } from "../../server/service.ts";
import { openBooks, type Books } from "../../server/api/books.ts";
import { statementOf } from "../../server/api/insured.ts";
import { words } from "../../../web/words/languages.ts";
import type { Answer } from "../site.ts";
import { DeskClient, giftEntries, hiddenFields } from "./client.ts";

const { desk: say } = words.en;

describe("the desk at work", function () {
  this.timeout(60_000);
  let books: Books;
  const lines: string[] = [];
  const clients = new Map<string, DeskClient>();

  before(async () => {
    books = await openBooks({ LOG_LEVEL: "trace", SIGN_INS_PER_MINUTE: "10000" }, (line) => lines.push(line));
  });
  after(() => books.service.close());

  const makeKey = async (body: object): Promise<string> => {
    const made = await books.service.post("/v1/keys", body);
    return String(at(made.body, "key"));
  };
  /** Somebody with a key of that role, signed in once. */
  const clientOf = async (role: string): Promise<DeskClient> => {
    const known = clients.get(role);
    if (known !== undefined) return known;
    const client = new DeskClient(books.service);
    await client.signIn(await makeKey({ roles: [role] }));
    clients.set(role, client);
    return client;
  };
  const gift = (number: string, fields: Readonly<Record<string, string>> = {}) => ({
    ...giftEntries(books.fund, number),
    ...fields,
  });
  const counted = async (): Promise<number> =>
    Number(at((await books.service.get("/v1/summary")).body, "data", "donations"));
  const stateOf = async (claim: string): Promise<unknown> =>
    at((await books.service.get(`/v1/claims/${claim}`)).body, "data", "state");

  /** Where an accepted write leads, followed. */
  const follow = async (client: DeskClient, answer: Answer): Promise<Answer> => {
    expect(answer.status, answer.text).to.equal(303);
    const location = String(answer.headers["location"]);
    expect(location).to.match(/^\/en\/desk\/operations\/0x[0-9a-f]{64}$/);
    return client.get(location);
  };

  it("records one gift, once, however often the form is sent, and leads to its code", async () => {
    const client = await clientOf("recorder");
    const page = await client.get("/en/desk/gift");
    const fields = { ...hiddenFields(page.body, "/en/desk/gift"), ...gift("INVENTED-DESK-1") };
    const before = await counted();
    const answers = await Promise.all([1, 2, 3].map(() => client.post("/en/desk/gift", fields)));
    const places = new Set(answers.map(({ headers }) => headers["location"]));
    expect(places.size).to.equal(1);
    const [first] = answers;
    if (first === undefined) throw new Error("no answer");
    const shown = await follow(client, first);
    expect(shown.text).to.contain(say.operation.states.recorded);
    expect(await counted()).to.equal(before + 1);
    const code = /href="\/en\/d\/(D[0-9A-Z-]+)"/.exec(shown.body)?.[1] ?? "";
    const donation = await books.service.get(`/v1/donations/${code}`);
    expect(at(donation.body, "data", "amount", "amount")).to.equal("1250");
    const changed = await client.post("/en/desk/gift", { ...fields, amount: "13.00" });
    expect(changed.status).to.equal(422);
    expect(changed.text).to.contain(say.problems["idempotency-conflict"]);
    expect(await counted()).to.equal(before + 1);
  });

  it("answers a form that is sent again before the first is accepted as it answers the first", async () => {
    const client = await clientOf("recorder");
    const path = "/en/desk/gift";
    const page = await client.get(path);
    const fields = { ...hiddenFields(page.body, path), ...gift("INVENTED-DESK-6") };
    let release = (): void => {};
    const { database } = books.service.gateway.outbox;
    const turn = database.exclusively("desk", () => new Promise<void>((resolve) => (release = resolve)));
    const from = lines.length;
    const answers = [client.post(path, fields), client.post(path, fields)];
    while (!lines.slice(from).some((line) => line.includes('"statusCode":409'))) await setImmediate();
    release();
    await turn;
    const [one, other] = await Promise.all(answers);
    expect([one?.status, other?.status]).to.deep.equal([303, 303]);
    expect(other?.headers["location"]).to.equal(one?.headers["location"]);
  });

  it("keeps the moment of a payment, and what is for the vault, as they were typed", async () => {
    const client = await clientOf("recorder");
    const fields = gift("INVENTED-DESK-2", { time: "08:05", remark: "INVENTED-DESK-REMARK" });
    await follow(client, await client.send("/en/desk/gift", "/en/desk/gift", fields));
    const found = await books.service.post("/v1/donations/find", {
      transactionNumber: "INVENTED-DESK-2",
      amount: "1250",
    });
    expect(at(found.body, "data", "opening", "occurredAt")).to.equal("2019-01-05T08:05:00+08:00");
  });

  it("says at each field what is wrong with it, in both languages, keeps what was typed, and records nothing", async () => {
    const client = await clientOf("recorder");
    const before = await counted();
    for (const language of ["zh", "en"] as const) {
      const path = `/${language}/desk/gift`;
      const { desk } = words[language];
      const wrong = { amount: "1,2.505", channel: "No Channel!", transactionNumber: "", fund: "" };
      const local = await client.send(path, path, gift("", wrong));
      expect(local.status).to.equal(422);
      for (const name of ["fund", "amount", "transactionNumber"]) {
        expect(local.body).to.match(
          new RegExp(`id="gift-${name}"[^>]*aria-describedby="[^"]*gift-${name}-error`),
        );
        expect(local.body).to.contain(`id="gift-${name}-error"`);
        expect(local.body, "in the summary").to.contain(`href="#gift-${name}"`);
      }
      expect(local.text).to.contain(desk.amountWrong);
      expect(local.body).to.contain(`value="1,2.505"`);
      const remote = await client.send(path, path, gift("INVENTED-DESK-3", { channel: "No Channel!" }));
      expect(remote.status).to.equal(400);
      expect(remote.body).to.contain(`id="gift-channel-error"`);
      expect(remote.body).to.contain(`value="INVENTED-DESK-3"`);
      expect(remote.body).to.match(/id="gift-providerIssued"[^>]*checked/);
    }
    expect(await counted()).to.equal(before);
  });

  it("sends a form that was refused once more, and it lands", async () => {
    const client = await clientOf("recorder");
    const path = "/en/desk/gift";
    const refused = await client.send(path, path, gift("INVENTED-DESK-4", { channel: "unheard-of" }));
    expect(refused.status, refused.text).to.equal(422);
    const again = { ...hiddenFields(refused.body, path), ...gift("INVENTED-DESK-4") };
    expect((await follow(client, await client.post(path, again))).text).to.contain(
      say.operation.states.recorded,
    );
  });

  it("records no payment twice, and says so at its number", async () => {
    const client = await clientOf("recorder");
    const before = await counted();
    const path = "/en/desk/gift";
    const answer = await client.send(path, path, gift(books.secrets.transactionNumbers[0] ?? ""));
    expect(answer.status).to.equal(409);
    expect(answer.text).to.contain(say.problems["already-recorded"]);
    expect(answer.body).to.contain(`id="gift-transactionNumber-error"`);
    expect(await counted()).to.equal(before);
  });

  it("allocates premium, and tells in words what the ledger refuses", async () => {
    const client = await clientOf("treasurer");
    const path = "/en/desk/allocation";
    const fields = { programme: books.insurance, fund: books.fund, amount: "10.00" };
    expect((await follow(client, await client.send(path, path, fields))).text).to.contain(
      say.operation.states.recorded,
    );
    const restricted = { ...fields, programme: books.aid, fund: books.restricted };
    const refused = await client.send(path, path, restricted);
    const shown = refused.status === 303 ? await follow(client, refused) : refused;
    expect(shown.text).to.match(/restricted/i);
    const overview = await client.get("/en/desk");
    if (refused.status === 303) expect(overview.text).to.contain(say.overview.refused);
  });

  it("offers each role what it may do with a claim as it stands, and says why one cannot be paid yet", async () => {
    const last = books.approved[2] ?? "";
    const page = `/en/desk/claims/${last}`;
    const payer = await (await clientOf("payer")).get(page);
    expect(payer.text).to.match(/stands? before it|reserve lacks/);
    expect(payer.body).not.to.contain(`action="${page}/`);
    const adjudicator = await (await clientOf("adjudicator")).get(page);
    expect(
      [...adjudicator.body.matchAll(/action="[^"]*\/(\w+)"/g)].map(([, name]) => name),
    ).to.include.members(["hold", "cancel"]);
    expect(adjudicator.body).not.to.contain(`action="${page}/pay"`);
    const recorder = await (await clientOf("recorder")).get(page);
    expect(recorder.text).to.contain(say.claim.nothingToDo);
    const forged = await (await clientOf("recorder")).send("/en/desk", `${page}/hold`);
    expect(forged.status, "without a form").to.equal(403);
  });

  it("lets an adjudicator approve, hold, release and reject, and a payer pay, each in the ledger's own order", async () => {
    const adjudicator = await clientOf("adjudicator");
    const payer = await clientOf("payer");
    const [head = "", next = ""] = books.approved;
    const act = async (client: DeskClient, claim: string, name: string, fields = {}): Promise<string> => {
      const page = `/en/desk/claims/${claim}`;
      const answer = await follow(client, await client.send(page, `${page}/${name}`, fields));
      expect(answer.text, name).to.contain(say.operation.states.recorded);
      return String(await stateOf(claim));
    };
    expect(await act(adjudicator, books.filed, "approve", { amount: "40.00", remaining: "" })).to.equal(
      "approved",
    );
    expect(await act(adjudicator, next, "hold", { reason: "evidence" })).to.equal("onHold");
    expect(await act(adjudicator, next, "release")).to.equal("approved");
    expect(await act(payer, head, "pay", { paymentNumber: "INVENTED-DESK-TRANSFER" })).to.equal("paid");
    expect(await act(adjudicator, next, "cancel", { reason: "duplicate" })).to.equal("cancelled");
  });

  it("answers a finding in both languages", async () => {
    await books.service.post("/v1/findings", {
      programme: books.insurance,
      statement: statementOf("finding"),
    });
    const client = await clientOf("treasurer");
    const overview = await client.get("/en/desk");
    const page = /href="(\/en\/desk\/findings\/\d+)"/.exec(overview.body)?.[1] ?? "";
    const empty = await client.send(page, page, { "title.zh": "示例答复" });
    expect(empty.status).to.equal(422);
    expect(empty.body).to.contain(`href="#answer-text-en"`).and.contain(`value="示例答复"`);
    const fields = {
      "title.zh": "示例答复",
      "text.zh": "示例一行\r\n又一行",
      "title.en": "Example answer",
      "text.en": "Example",
    };
    await follow(client, await client.send(page, page, fields));
    const { body } = await books.service.get("/v1/findings?state=answered");
    expect(listAt(body, "data")).to.have.length(1);
    expect((await client.get(page)).status).to.equal(404);
  });

  it("shows a key that is for one programme that programme alone, and lets it do nothing elsewhere", async () => {
    const client = new DeskClient(books.service);
    await client.signIn(await makeKey({ roles: ["treasurer", "adjudicator"], programmes: [books.aid] }));
    const overview = await client.get("/en/desk");
    expect(overview.body).to.contain(`/p/${books.aid}`).and.not.contain(`/p/${books.insurance}`);
    expect(overview.text).to.contain(say.overview.writesNone);
    for (const path of [
      `/en/desk/claims/${books.paid}`,
      `/en/desk/claims?programme=${books.insurance}&state=filed`,
    ]) {
      expect((await client.get(path)).status, path).to.equal(404);
    }
    const form = await client.get("/en/desk/allocation");
    expect(form.body).not.to.contain(`value="${books.insurance}"`);
    const path = "/en/desk/allocation";
    const foreign = { programme: books.insurance, fund: books.fund, amount: "1.00" };
    expect((await client.send(path, path, foreign)).status).to.equal(422);
  });

  it("has nothing for whoever lacks the role, whatever is posted", async () => {
    const client = await clientOf("payer");
    expect((await client.get("/en/desk/gift")).status).to.equal(403);
    expect((await client.get("/en/desk/allocation")).status).to.equal(403);
    const overview = await client.get("/en/desk");
    expect(overview.body).not.to.contain("/en/desk/gift");
  });

  it("keeps numbers and remarks out of addresses, titles and the log, and pages out of every store", async () => {
    const client = await clientOf("recorder");
    const path = "/en/desk/gift";
    const fields = gift("INVENTED-DESK-5", { remark: "INVENTED-DESK-REMARK-5", amount: "x" });
    const answer = await client.send(path, path, fields);
    expect(answer.body.split("</head>")[0]).not.to.contain("INVENTED-DESK-5");
    expect(answer.headers["cache-control"]).to.equal("no-store");
    const log = lines.join("");
    expect(log).to.contain("/desk/gift");
    expect(log).not.to.match(/INVENTED-DESK|efk_/);
  });
});
