import { createServer, type IncomingMessage, type Server } from "node:http";
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { HttpTarget } from "../../../scripts/import/http-target.ts";
import { GatewayFailure, GiftsRefused, type Gift } from "../../../scripts/import/target.ts";

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

const gift: Gift = {
  fund: "F01N",
  channel: "alipay",
  occurredAt: "2020-04-01",
  transactionNumber: "INVENTED-0001",
  amount: fen(1250),
  currency: "CNY",
  providerIssued: true,
  remark: "invented words",
};
const wire = {
  fund: "F01N",
  channel: "alipay",
  occurredAt: "2020-04-01",
  transactionNumber: "INVENTED-0001",
  amount: "1250",
  currency: "CNY",
  providerIssued: true,
  remark: "invented words",
};
const operation = (state: string, more: object = {}): object => ({
  operation: "0xabc",
  kind: "k",
  state,
  ...more,
});

describe("import: the gateway over HTTP", () => {
  let server: Server;
  let answers: Answer[];
  let asked: Asked[];
  let pauses: number[];
  let target: HttpTarget;

  beforeEach(async () => {
    [answers, asked, pauses] = [[], [], []];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const { method = "", url: path = "", headers } = request;
        const body: unknown = text === "" ? undefined : JSON.parse(text);
        asked.push({ method, path, headers, body });
        const answer = answers.shift() ?? { status: 500, body: {} };
        response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
        response.end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    target = connect(`http://127.0.0.1:${portOf(server)}/`);
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const connect = (url: string): HttpTarget =>
    new HttpTarget({
      url,
      apiKey: "invented-key",
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
      },
    });

  const failureOf = async (attempt: Promise<unknown>): Promise<Error> => {
    try {
      await attempt;
    } catch (error) {
      if (error instanceof Error) return error;
      throw error;
    }
    throw new Error("nothing failed");
  };

  it("asks how gifts stand, with the key, in the API's wire form", async () => {
    answers.push({ status: 200, body: { standing: ["recorded"] } });
    expect(await target.standing([gift])).to.deep.equal(["recorded"]);
    expect(asked.map(({ method, path, body }) => [method, path, body])).to.deep.equal([
      ["POST", "/v1/donations/standing", { donations: [wire] }],
    ]);
    expect(asked[0]?.headers.authorization).to.equal("Bearer invented-key");
  });

  it("records with an idempotency key and waits until it is recorded", async () => {
    answers.push(
      { status: 202, body: { operations: [operation("accepted")] } },
      { status: 200, body: operation("accepted") },
      { status: 200, body: operation("recorded") },
    );
    await target.record([gift], "key-1");
    expect(asked.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      "POST /v1/donations",
      "GET /v1/operations/0xabc",
      "GET /v1/operations/0xabc",
    ]);
    expect(asked[0]?.headers["idempotency-key"]).to.equal("key-1");
    expect(asked[0]?.headers["prefer"]).to.equal("wait=30");
    expect(pauses).to.deep.equal([1000, 1000]);
  });

  it("tells the ledger's refusal by name and facts", async () => {
    const refusal = { name: "StalePosition", facts: { expected: "1", actual: "2" } };
    answers.push({ status: 201, body: { operations: [operation("refused", { refusal })] } });
    const failure = await failureOf(target.record([gift], "key-1"));
    expect(failure).to.be.instanceOf(GatewayFailure);
    expect(failure.message).to.equal(
      "the ledger refused operation 0xabc: StalePosition, expected 1, actual 2",
    );
  });

  it("reads what a fund was given, and knows a fund that is not there", async () => {
    const partition = { total: { amount: "697", currency: "CNY" } };
    answers.push({ status: 200, body: { asOf: {}, data: { partition } } }, { status: 404, body: {} });
    expect(await target.fundTotal("F01N")).to.equal(697n);
    expect(await target.fundTotal("F02K")).to.equal(undefined);
  });

  it("hands on what the gateway refuses, field by field", async () => {
    const errors = [{ field: "donations[0].fund", reason: "no fund F09T" }];
    answers.push({ status: 422, body: { title: "Unprocessable", status: 422, detail: "d", errors } });
    const failure = await failureOf(target.standing([gift]));
    expect(failure).to.be.instanceOf(GiftsRefused).and.to.have.deep.property("errors", errors);
  });

  it("tells a refused key in the gateway's words, without the key", async () => {
    answers.push({ status: 401, body: { title: "An API key is required", status: 401, detail: "send one" } });
    const failure = await failureOf(target.standing([gift]));
    expect(failure.message).to.equal("gateway: An API key is required (HTTP 401): send one");
  });

  it("asks the same again while the gateway is busy, after the pause that it names", async () => {
    answers.push(
      { status: 429, body: {}, headers: { "retry-after": "7" } },
      { status: 503, body: {} },
      { status: 201, body: { operations: [operation("recorded")] } },
    );
    await target.record([gift], "key-1");
    expect(pauses).to.deep.equal([7000, 1000]);
    expect(new Set(asked.map(({ headers }) => headers["idempotency-key"]))).to.deep.equal(new Set(["key-1"]));
  });

  it("asks again for the answer of a request of its own that is under way, and not what is recorded already", async () => {
    const conflict = { status: 409, body: { title: "The same is under way", status: 409 } };
    const underWay = { ...conflict, headers: { "retry-after": "1" } };
    answers.push(underWay, { status: 201, body: { operations: [operation("recorded")] } }, conflict);
    await target.record([gift], "key-1");
    expect(pauses).to.deep.equal([1000]);
    expect((await failureOf(target.record([gift], "key-2"))).message).to.contain("HTTP 409");
    expect(asked).to.have.length(3);
  });

  it("gives up on a gateway that is not there, with what to do", async () => {
    const port = portOf(server);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const failure = await failureOf(connect(`http://127.0.0.1:${port}`).standing([gift]));
    expect(failure.message).to.match(/no answer .* in 10 tries; start it, or name another with --url/);
    expect(pauses).to.have.length(9);
    server.listen(0, "127.0.0.1");
  });

  it("refuses an answer that the API does not give", async () => {
    answers.push({ status: 200, body: { standing: ["perhaps"] } }, { status: 200, body: { standing: [] } });
    expect((await failureOf(target.standing([gift]))).message).to.contain("something else than its API says");
    expect((await failureOf(target.standing([gift]))).message).to.contain("1 gifts asked about, 0 answered");
  });
});

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("no port");
  return address.port;
};
