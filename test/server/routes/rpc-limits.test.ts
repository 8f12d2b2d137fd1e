/** What one request to /rpc can make the gateway do, and how many of them there may be. */
import rateLimit from "@fastify/rate-limit";
import { expect } from "chai";
import Fastify from "fastify";
import { rpcBy } from "../../../server/routes/node/rpc.ts";
import type { Services } from "../../../server/routes/endpoint.ts";
import { at, listAt } from "../service.ts";

const appOf = (rpc: Services["rpc"], nowMs: () => number = () => 0) => {
  const app = Fastify({ ajv: { customOptions: { coerceTypes: false } } });
  rpcBy(nowMs)(app.withTypeProvider(), { rpc, rpcRequestsPerMinute: 1_000 });
  return app;
};
const limitBytes = 16 * 1024 * 1024;

describe("one answer of /rpc", () => {
  /** The answer to one call whose result has so many characters. */
  const answerOf = async (result: string): Promise<unknown> => {
    const app = appOf(async () => result);
    const payload = { jsonrpc: "2.0", id: 7, method: "eth_getLogs" };
    const { statusCode, body } = await app.inject({ method: "POST", url: "/rpc", payload });
    await app.close();
    expect(statusCode).to.equal(200);
    expect(Buffer.byteLength(body)).to.be.at.most(limitBytes);
    return JSON.parse(body);
  };
  const envelopeBytes = JSON.stringify({ jsonrpc: "2.0", id: 7, result: "" }).length;

  it("has up to 16 MiB", async () => {
    const fits = "0".repeat(limitBytes - envelopeBytes);
    expect(at(await answerOf(fits), "result")).to.have.length(fits.length);
  });

  it("is refused where it is longer, in bytes and not in characters, and says what to ask for", async () => {
    for (const result of ["0".repeat(limitBytes - envelopeBytes + 1), "零".repeat(limitBytes / 2)]) {
      const answer = await answerOf(result);
      expect(at(answer, "id")).to.equal(7);
      expect(at(answer, "result")).to.equal(undefined);
      expect(at(answer, "error")).to.deep.equal({
        code: -32_005,
        message: "eth_getLogs: the answer is longer than 16777216 bytes; ask for a smaller range",
      });
    }
  });
});

describe("requests to /rpc", () => {
  it("have a limit of their own, with when to come back, that pages of other origins can read", async () => {
    const app = Fastify();
    await app.register(rateLimit, { max: 2, timeWindow: "1 minute" });
    await app.register(async (scope) => {
      rpcBy(() => 0)(scope.withTypeProvider(), { rpc: async () => "0x1", rpcRequestsPerMinute: 3 });
      scope.get("/page", async () => "a page");
    });
    const payload = Array.from({ length: 5 }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId" }));
    const ask = () => app.inject({ method: "POST", url: "/rpc", payload });
    const page = async () => (await app.inject({ url: "/page" })).statusCode;
    expect([await page(), await page(), await page()]).to.deep.equal([200, 200, 429]);
    const statuses: number[] = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await ask()).statusCode);
    expect(statuses).to.deep.equal([200, 200, 200]);
    const refused = await ask();
    expect(refused.statusCode).to.equal(429);
    expect(Number(refused.headers["retry-after"])).to.be.within(1, 60);
    expect(refused.headers["access-control-allow-origin"]).to.equal("*");
    await app.close();
  });
});

describe("a batch to /rpc", () => {
  /** The error codes of five calls, each of which takes `durationMs` and answers `characters`. */
  const codesOf = async (durationMs: number, characters: number): Promise<readonly unknown[]> => {
    let nowMs = 0;
    const rpc: Services["rpc"] = async () => {
      nowMs += durationMs;
      return "0".repeat(characters);
    };
    const app = appOf(rpc, () => nowMs);
    const calls = [1, 2, 3, 4, 5].map((id) => ({ jsonrpc: "2.0", id, method: "eth_call" }));
    const { statusCode, body } = await app.inject({ method: "POST", url: "/rpc", payload: calls });
    await app.close();
    expect(statusCode).to.equal(200);
    expect(Buffer.byteLength(body)).to.be.at.most(limitBytes + 5 * 300);
    const answers = listAt(JSON.parse(body));
    expect(answers.map((answer) => at(answer, "id"))).to.deep.equal([1, 2, 3, 4, 5]);
    return answers.map((answer) => at(answer, "error", "code"));
  };
  const answered = undefined;
  const refused = -32_005;

  it("is answered whole while it is short in time and in characters", async () => {
    expect(await codesOf(999, 3 * 1024 * 1024)).to.deep.equal(Array.from({ length: 5 }, () => answered));
  });

  it("ends past 16 MiB, and says which calls went unanswered", async () => {
    const codes = [answered, answered, refused, refused, refused];
    expect(await codesOf(0, 6 * 1024 * 1024)).to.deep.equal(codes);
  });

  it("ends after 5 seconds, and says which calls went unanswered", async () => {
    expect(await codesOf(2_500, 1)).to.deep.equal([answered, answered, refused, refused, refused]);
  });
});
