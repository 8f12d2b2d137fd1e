/** What is asked twice about keys and operations is done once, and answered the second time as the first. */
import { expect } from "chai";
import { keyOf } from "../../../server/outbox/answered-requests.ts";
import { nameOf, recorded } from "../api/books.ts";
import { Description } from "../api/description.ts";
import { holdingBlocks } from "../desk/faults.ts";
import { at, openService, type Answer, type Service } from "../service.ts";
import { smallestRequestOf, takesKey } from "./smallest-request.ts";

describe("a write that is no operation of its own and is sent again", function () {
  this.timeout(30_000);
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service.close());

  const post = (path: string, body: unknown, key: string, headers = {}): Promise<Answer> =>
    service.post(path, body, { "idempotency-key": key, ...headers });
  const revoke = async (id: unknown, key: string): Promise<Answer> => {
    const response = await service.app.inject({
      method: "DELETE",
      url: `/v1/keys/${String(id)}`,
      headers: { authorization: `Bearer ${service.key}`, "idempotency-key": key },
    });
    return { status: response.statusCode, headers: response.headers, body: response.payload };
  };
  const keyIdOf = (token: string): string => token.split("_")[1] ?? "";
  const opening = (name: string) => ({ name: nameOf(name), currency: "CNY", claimsShareBps: 100 });
  const openQueued = async (name: string): Promise<string> => {
    const answer = await post("/v1/funds", opening(name), name, { prefer: "" });
    return String(at(answer.body, "operations", 0, "operation"));
  };
  const replayed = ({ headers }: Answer): unknown => headers["idempotency-replayed"];
  const expectConflict = (answer: Answer): void => {
    expect(answer.status, JSON.stringify(answer.body)).to.equal(422);
    expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:idempotency-conflict");
  };

  it("makes no second key and no second text of one, which are shown once and not again", async () => {
    const made = await post("/v1/keys", { roles: ["payer"] }, "make");
    const id = at(made.body, "id");
    const again = await post("/v1/keys", { roles: ["payer"] }, "make");
    expect([replayed(made), replayed(again), again.status]).to.deep.equal([undefined, "true", 201]);
    expect(again.body).to.have.all.keys("id", "notice");
    expect(at(again.body, "id")).to.equal(id);
    expectConflict(await post("/v1/keys", { roles: ["auditor"] }, "make"));

    const path = `/v1/keys/${String(id)}/rotate`;
    const turned = await post(path, {}, "turn");
    const turnedAgain = await post(path, {}, "turn");
    expect([replayed(turned), replayed(turnedAgain)]).to.deep.equal([undefined, "true"]);
    expect(turnedAgain.body).to.have.all.keys("id", "notice", "previousEndsAt");
    expect(at(turnedAgain.body, "previousEndsAt")).to.equal(at(turned.body, "previousEndsAt"));
    expectConflict(await post(path, { overlapSeconds: 60 }, "turn"));

    const [revoked, revokedAgain] = [await revoke(id, "end"), await revoke(id, "end")];
    expect([revoked.status, replayed(revoked)]).to.deep.equal([204, undefined]);
    expect([revokedAgain.status, replayed(revokedAgain)]).to.deep.equal([204, "true"]);
    expect((await revoke(id, "end-anew")).status).to.equal(404);
  });

  it("suspends, resumes and cancels an operation once, whatever became of it since", async () => {
    const release = holdingBlocks(service);
    const first = await openQueued("first");
    await service.gateway.sender.status();
    const [held, gone] = [await openQueued("held"), await openQueued("gone")];
    const act = (id: string, what: string, key: string): Promise<Answer> =>
      post(`/v1/operations/${id}/${what}`, undefined, key);
    const suspended = await act(held, "suspend", "suspend");
    expect([suspended.status, replayed(suspended)]).to.deep.equal([200, undefined]);
    expect(replayed(await act(held, "resume", "resume"))).to.equal(undefined);
    // Not held back again, though it could be.
    const again = await act(held, "suspend", "suspend");
    expect([again.status, replayed(again), at(again.body, "state")]).to.deep.equal([200, "true", "queued"]);
    expect(replayed(await act(held, "resume", "resume"))).to.equal("true");
    expect(at((await act(gone, "cancel", "cancel")).body, "state")).to.equal("cancelled");
    const cancelledAgain = await act(gone, "cancel", "cancel");
    expect([cancelledAgain.status, replayed(cancelledAgain)]).to.deep.equal([200, "true"]);
    for (const [id, what] of [
      [gone, "suspend"],
      [first, "cancel"],
      [held, "resume"],
    ] as const) {
      expectConflict(await act(id, what, "cancel"));
    }
    release();
    await service.gateway.sender.whenIdle();
    expect(replayed(await act(held, "suspend", "suspend"))).to.equal("true");
  });

  it("needs an idempotency key that names one request of any kind, in whichever store it is kept", async () => {
    const url = "/v1/keys";
    const headers = { authorization: `Bearer ${service.key}` };
    const without = await service.app.inject({ method: "POST", url, payload: { roles: ["payer"] }, headers });
    expect([without.statusCode, at(without.json(), "errors", 0, "field")]).to.deep.equal([
      400,
      "idempotency-key",
    ]);
    recorded(await post("/v1/funds", opening("kinds"), "kind-1"));
    expectConflict(await post("/v1/keys", { roles: ["payer"] }, "kind-1"));
    expect((await post("/v1/keys", { roles: ["payer"] }, "kind-2")).status).to.equal(201);
    expectConflict(await post("/v1/funds", opening("kinds"), "kind-2"));
    expectConflict(await post("/v1/operations/any/cancel", undefined, "kind-2"));
  });

  describe("at every endpoint that writes, as the API describes them", () => {
    /** Asks each for the smallest thing that it takes, under one key, and answers what was not as `wanted` says. */
    const others = async (
      idempotencyKey: string,
      wanted: (answer: Answer, operation: string) => boolean,
    ): Promise<unknown> => {
      const writing = (await Description.of(service)).operations.filter(takesKey);
      expect(writing.length).to.be.greaterThan(40);
      const found: unknown[] = [];
      for (const operation of writing) {
        const { url, body } = smallestRequestOf(operation);
        const response = await service.app.inject({
          method: operation.method === "DELETE" ? "DELETE" : "POST",
          url,
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
          headers: {
            authorization: `Bearer ${service.key}`,
            "idempotency-key": idempotencyKey,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
        });
        const answer = { status: response.statusCode, headers: response.headers, body: response.json() };
        if (!wanted(answer, operation.name)) found.push([operation.name, answer.status, answer.body]);
      }
      return found;
    };
    const isProblem = ({ status, body }: Answer, expected: number, code: string): boolean =>
      status === expected && at(body, "type") === `urn:everyfen:problem:${code}`;

    it("waits for the answer to the request before under its key", async () => {
      const end = service.gateway.underWay.begin(
        keyOf({ asker: keyIdOf(service.key), idempotencyKey: "held" }),
      );
      const isHeld = (answer: Answer): boolean =>
        isProblem(answer, 409, "under-way") && answer.headers["retry-after"] === "1";
      expect(await others("held", isHeld)).to.deep.equal([]);
      end?.();
    });

    it("is refused under a key that names another request", async () => {
      recorded(await post("/v1/funds", opening("outbox's"), "of-outbox"));
      expect((await post("/v1/keys", { roles: ["payer"] }, "of-access")).status).to.equal(201);
      const isConflict = (answer: Answer): boolean => isProblem(answer, 422, "idempotency-conflict");
      // Of its own store an endpoint asks once it knows what is meant; these name what there is not.
      const isRefused = (answer: Answer): boolean =>
        isConflict(answer) || isProblem(answer, 422, "unprocessable") || isProblem(answer, 404, "not-found");
      const ofAccess = /\/v1\/(keys|replicas|donations\/forget)\b/;
      for (const [key, ofOtherStore] of [
        ["of-outbox", (name: string) => ofAccess.test(name)],
        ["of-access", (name: string) => !ofAccess.test(name)],
      ] as const) {
        const wanted = (answer: Answer, name: string): boolean =>
          ofOtherStore(name) ? isConflict(answer) : isRefused(answer);
        expect(await others(key, wanted), key).to.deep.equal([]);
      }
    });
  });
});
