/** Which replicas are counted, what is kept of what they say, and that nobody speaks for another. */
import { expect } from "chai";
import { privateKeyToAccount } from "viem/accounts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import { Replicas } from "../../../server/heads/replicas.ts";
import { chainRules, signBlock, type ChainIdentity } from "../../../server/heads/statement.ts";
import { openFund } from "../api/books.ts";
import { at, openService, type Answer, type Service } from "../service.ts";

const keyOf = (digits: string) => privateKeyToAccount(`0x${digits.repeat(32)}`);
const [one, other, stranger] = [keyOf("41"), keyOf("42"), keyOf("43")];
const addressOf = (key: typeof one) => address(key.address);
const ones = bytes32(`0x${"11".repeat(32)}`);
const dayMs = 86_400_000;

describe("the replicas of a chain", function () {
  this.timeout(60_000);
  let service: Service;
  let identity: ChainIdentity;
  before(async () => {
    service = await openService();
    const { chain, deployment } = service.gateway;
    const genesis = (await chain.block(0))?.hash ?? ones;
    const ledger = deployment["ledger"]?.address ?? addressOf(one);
    identity = { chainId: chain.chainId, genesis, ledger, rules: chainRules };
    await openFund(service, "fund");
  });
  after(() => service.close());

  const admit = (key: typeof one): Promise<Answer> =>
    service.post("/v1/replicas", { replica: addressOf(key) });
  const view = async (): Promise<unknown> => at((await service.get("/v1/replicas")).body, "data");
  const hashAt = async (block: number) => (await service.gateway.chain.block(block))?.hash ?? ones;
  const state = async (key: typeof one, block: number, changes: object = {}): Promise<Answer> => {
    const named = { block, hash: await hashAt(block) };
    const signed = await signBlock(key, "agreement", identity, { ...named, ...changes });
    return service.post(
      "/v1/replicas/agreements",
      { replica: addressOf(key), ...signed },
      { authorization: "" },
    );
  };

  it("are none in the beginning, and the answer says so", async () => {
    expect(await view()).to.deep.equal({ operators: 1, agreeing: 0, replicas: [] });
  });

  it("are admitted by an auditor, and say nothing before", async () => {
    expect((await state(one, 1)).status).to.equal(404);
    expect(
      (await service.post("/v1/replicas", { replica: addressOf(one) }, { authorization: "" })).status,
    ).to.equal(401);
    expect((await service.post("/v1/replicas", { replica: one.address })).status).to.equal(400);
    for (const key of [one, one, other]) expect((await admit(key)).status).to.equal(204);
    expect(at(await view(), "replicas")).to.have.length(2);
    expect(at(await view(), "agreeing")).to.equal(0);
  });

  it("agree at the block that all of them came to", async () => {
    const answer = await state(one, 3);
    expect(at(answer.body, "data")).to.deep.equal({ agrees: true, own: { block: 3, hash: await hashAt(3) } });
    expect(await view()).to.deep.include({ agreeing: 1, block: 3 });
    await state(other, 2);
    expect(await view()).to.deep.include({ agreeing: 2, block: 2 });
  });

  it("are believed by nobody's word: each statement is shown with the signature that it came with", async () => {
    for (const [index, key, block] of [
      [0, one, 3],
      [1, other, 2],
    ] as const) {
      const signed = await signBlock(key, "agreement", identity, { block, hash: await hashAt(block) });
      expect(at(await view(), "replicas", index, "newest")).to.deep.include(signed);
    }
  });

  it("are not brought back by a statement that somebody repeats", async () => {
    await state(one, 1);
    expect(at(await view(), "replicas", 0, "newest", "block")).to.equal(3);
  });

  it("are not spoken for by anybody else, about another chain, or of a block that is not there", async () => {
    const forged = await signBlock(stranger, "agreement", identity, { block: 4, hash: await hashAt(4) });
    const elsewhere = await signBlock(
      one,
      "agreement",
      { ...identity, chainId: 1 },
      { block: 4, hash: await hashAt(4) },
    );
    const head = await signBlock(one, "head", identity, { block: 4, hash: await hashAt(4) });
    for (const said of [forged, elsewhere, head]) {
      const answer = await service.post("/v1/replicas/agreements", { replica: addressOf(one), ...said });
      expect([answer.status, at(answer.body, "errors", 0, "field")]).to.deep.equal([422, "signature"]);
    }
    const early = await state(one, 9_999);
    expect([early.status, at(early.body, "errors", 0, "field")]).to.deep.equal([422, "block"]);
    expect(at(await view(), "replicas", 0, "newest", "block")).to.equal(3);
  });

  it("that disagree are not counted, and what they said stays, also when they are counted no more", async () => {
    const answer = await state(other, 4, { hash: ones });
    expect(at(answer.body, "data", "agrees")).to.equal(false);
    expect(await view()).to.deep.include({ agreeing: 1, block: 3 });
    expect(
      (
        await service.app.inject({
          method: "DELETE",
          url: `/v1/replicas/${addressOf(other)}`,
          headers: { authorization: `Bearer ${service.key}`, "idempotency-key": "end-other" },
        })
      ).statusCode,
    ).to.equal(204);
    expect((await state(other, 5)).status).to.equal(404);
    await service.restart();
    expect(at(await view(), "replicas", 1, "disagreements", 0)).to.deep.include({
      block: 4,
      hash: ones,
      signature: (await signBlock(other, "agreement", identity, { block: 4, hash: ones })).signature,
      own: await hashAt(4),
    });
    expect(at(await view(), "replicas", 1, "endedAt")).to.be.a("string");
  });

  it("are admitted or ended once for one request: asked again, what was done since stays", async () => {
    const asked = async (method: "POST" | "DELETE", key: string, replica: string) => {
      const path = method === "POST" ? "/v1/replicas" : `/v1/replicas/${replica}`;
      const { statusCode, headers } = await service.app.inject({
        method,
        url: path,
        headers: { authorization: `Bearer ${service.key}`, "idempotency-key": key },
        ...(method === "POST" ? { payload: { replica } } : {}),
      });
      return [statusCode, headers["idempotency-replayed"]];
    };
    const replica = addressOf(other);
    expect(await asked("POST", "admit-again", replica)).to.deep.equal([204, undefined]);
    expect(await asked("DELETE", "end-again", replica)).to.deep.equal([204, undefined]);
    expect(await asked("POST", "admit-again", replica)).to.deep.equal([204, "true"]);
    expect(await asked("DELETE", "end-again", replica)).to.deep.equal([204, "true"]);
    expect(at(await view(), "replicas", 1, "endedAt")).to.be.a("string");
    expect(await asked("POST", "admit-again", addressOf(one))).to.deep.equal([422, undefined]);
    expect(await asked("DELETE", "end-never", replica)).to.deep.equal([404, undefined]);
  });

  it("count no more after seven days without a word, and are at most a hundred", async () => {
    const { keys } = service.gateway;
    const parts = { database: keys.database, identity, hashAt };
    const later = new Replicas({ ...parts, nowMs: () => Date.now() + 8 * dayMs });
    expect(await later.view()).to.deep.include({ agreeing: 0 });
    expect((await later.view()).replicas[0]?.newest).to.deep.include({ agrees: true, isSilent: true });
    for (let count = 2; count < 100; count += 1) {
      const many = address(`0x${count.toString(16).padStart(40, "0")}`);
      await keys.database.write((session) => later.admit(session, many));
    }
    expect((await admit(stranger)).status).to.equal(409);
    expect((await admit(one)).status).to.equal(204);
  });

  it("give their place to others once they ended, the first that did, but not where one disagreed", async () => {
    const { keys } = service.gateway;
    const replicas = new Replicas({ database: keys.database, identity, hashAt });
    const [first, second] = [2, 3].map((count) => address(`0x${count.toString(16).padStart(40, "0")}`));
    if (first === undefined || second === undefined) throw new Error("expected two");
    for (const [index, ended] of [second, first].entries()) {
      const later = new Replicas({
        database: keys.database,
        identity,
        hashAt,
        nowMs: () => Date.now() + index * dayMs,
      });
      expect(await keys.database.write((session) => later.end(session, ended))).to.equal(true);
    }
    expect((await admit(stranger)).status).to.equal(204);
    const kept = (await replicas.view()).replicas.map(({ replica }) => replica);
    expect(kept)
      .to.have.length(100)
      .and.include.members([first, addressOf(other), addressOf(stranger)]);
    expect(kept).to.not.include(second);
    expect((await state(stranger, 1)).status).to.equal(200);
    expect((await admit(keyOf("44"))).status).to.equal(204);
    expect((await admit(keyOf("45"))).status).to.equal(409);
    expect(at(await view(), "replicas", 1, "disagreements", 0, "hash")).to.equal(ones);
  });

  it("are asked for no more than thirty statements a minute of one address", async () => {
    const statuses = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await state(stranger, 1)).status);
    expect(statuses).to.include(429);
  });
});
