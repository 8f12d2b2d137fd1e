/** What an operator reads about writes on their way, and may do with them. */
import { expect } from "chai";
import { holdingBlocks } from "../desk/faults.ts";
import { at, listAt, openService, type Answer, type Service } from "../service.ts";

describe("an operator", () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service.close());

  const authorized = () => ({ authorization: `Bearer ${service.key}` });
  const get = async (url: string): Promise<Answer> => {
    const response = await service.app.inject({ method: "GET", url, headers: authorized() });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  };
  const openFund = (name: string): Promise<Answer> =>
    service.post(
      "/v1/funds",
      { name: { zh: "虚构基金", en: `Invented ${name}` }, currency: "CNY", claimsShareBps: 9000 },
      { prefer: "wait=0" },
    );
  const idOf = (answer: Answer): string => String(at(answer.body, "operations", 0, "operation"));
  const whats = (answer: Answer): readonly unknown[] =>
    listAt(answer.body, "history").map((entry) => at(entry, "what"));
  const act = (id: string, what: string): Promise<Answer> => service.post(`/v1/operations/${id}/${what}`);

  it("reads every change of a write, with its transaction and block", async () => {
    const id = idOf(await openFund("history"));
    await service.gateway.sender.waitFor(id);
    const answer = await get(`/v1/operations/${id}/history`);
    expect(answer.body).to.deep.include({
      operation: id,
      kind: "openFund",
      actor: "treasurer",
      state: "mined",
    });
    expect(whats(answer)).to.deep.equal(["queued", "signed", "planned", "mined"]);
    const { mined } = (await service.gateway.outbox.operation(id)) ?? {};
    expect(at(answer.body, "history", 3)).to.deep.include({
      transaction: mined?.transaction,
      block: mined?.blockNumber,
    });
    const moment = String(at(answer.body, "history", 3, "at"));
    expect(new Date(moment).toISOString()).to.equal(moment);
  });

  it("holds back, lets go on and cancels what is queued, and nothing else", async () => {
    const release = holdingBlocks(service);
    const first = idOf(await openFund("first"));
    // The first is on its way into a block; those behind it wait.
    await service.gateway.sender.status();
    const [held, gone] = [idOf(await openFund("held")), idOf(await openFund("gone"))];
    expect(whats(await act(held, "suspend"))).to.deep.equal(["queued", "suspended"]);
    expect(at((await act(held, "suspend")).body, "type")).to.equal("urn:everyfen:problem:not-possible");
    const cancelled = await act(gone, "cancel");
    expect(cancelled.status).to.equal(200);
    expect(at(cancelled.body, "state")).to.equal("cancelled");
    expect((await act(first, "cancel")).status).to.equal(409);
    expect((await act(held, "invented")).status).to.equal(404);
    release();
    await service.gateway.sender.whenIdle();
    expect(at((await get(`/v1/operations/${gone}`)).body, "state")).to.equal("cancelled");
    expect(at((await get(`/v1/operations/${held}`)).body, "state")).to.equal("accepted");
    await act(held, "resume");
    await service.gateway.sender.waitFor(held);
    expect(whats(await get(`/v1/operations/${held}/history`)).slice(0, 3)).to.deep.equal([
      "queued",
      "suspended",
      "queued",
    ]);
    expect((await act(held, "resume")).status).to.equal(409);
  });

  it("is told that there is no such write", async () => {
    for (const what of ["suspend", "resume", "cancel"]) {
      expect((await act("never-accepted", what)).status, what).to.equal(404);
    }
    expect((await get("/v1/operations/never-accepted/history")).status).to.equal(404);
  });

  it("sees what waits and each key", async () => {
    const { body, status } = await get("/v1/sender");
    expect(status).to.equal(200);
    expect(body).to.deep.include({ line: "planned", pending: 0 });
    const signers = listAt(body, "signers");
    expect(signers.map((signer) => at(signer, "actor"))).to.include.members(["admin", "recorder", "payer"]);
    expect(signers.every((signer) => at(signer, "state") === "running")).to.equal(true);
  });

  it("needs the role: nobody else reads or does any of it", async () => {
    const open = await service.app.inject({ method: "GET", url: "/v1/sender" });
    expect(open.statusCode).to.equal(401);
    const history = await service.app.inject({ method: "GET", url: "/v1/operations/x/history" });
    expect(history.statusCode).to.equal(401);
  });
});
