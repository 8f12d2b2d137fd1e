/** What one request to /rpc can make the gateway do. */
import { expect } from "chai";
import Fastify from "fastify";
import { rpcBy } from "../../../server/routes/node/rpc.ts";
import type { Services } from "../../../server/routes/endpoint.ts";
import { at, listAt } from "../service.ts";

describe("a batch to /rpc", () => {
  /** The error codes of five calls, each of which takes `durationMs` and answers `characters`. */
  const codesOf = async (durationMs: number, characters: number): Promise<readonly unknown[]> => {
    let nowMs = 0;
    const rpc: Services["rpc"] = async () => {
      nowMs += durationMs;
      return "0".repeat(characters);
    };
    const app = Fastify({ ajv: { customOptions: { coerceTypes: false } } });
    rpcBy(() => nowMs)(app.withTypeProvider(), { rpc });
    const calls = [1, 2, 3, 4, 5].map((id) => ({ jsonrpc: "2.0", id, method: "eth_call" }));
    const { statusCode, body } = await app.inject({ method: "POST", url: "/rpc", payload: calls });
    await app.close();
    expect(statusCode).to.equal(200);
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
    const codes = [answered, answered, answered, refused, refused];
    expect(await codesOf(0, 6 * 1024 * 1024)).to.deep.equal(codes);
  });

  it("ends after 5 seconds, and says which calls went unanswered", async () => {
    expect(await codesOf(2_500, 1)).to.deep.equal([answered, answered, refused, refused, refused]);
  });
});
