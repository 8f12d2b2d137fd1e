/** What a connection may take of a gateway: time, headers, a place. Bytes are sent as nobody's library would. */
import { expect } from "chai";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { connectionLimits } from "../../server/connections.ts";
import { readConfig } from "../../server/config.ts";
import { appOf } from "../../server/serve.ts";
import type { App } from "../../server/routes/endpoint.ts";
import { at, openService, type Service } from "./service.ts";

const limits = {
  ...connectionLimits,
  headersMs: 100,
  requestMs: 200,
  silenceMs: 1_500,
  keepAliveMs: 100,
  checkMs: 20,
  headerBytes: 4_096,
  connections: 3,
};

describe("a connection to the gateway", function () {
  this.timeout(30_000);
  let service: Service;
  let app: App;
  let port: number;
  before(async () => {
    service = await openService();
    const config = readConfig({ DATA_DIR: service.folder, LAG_LIMIT_MS: "60000" });
    app = await appOf(service.gateway, config, undefined, undefined, { connections: limits });
    app.get("/unanswered", () => new Promise<never>(() => {}));
    port = Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
  });
  after(async () => {
    await app.close();
    await service.close();
  });

  const opened = async (): Promise<Socket> => {
    const socket = connect({ host: "127.0.0.1", port });
    await once(socket, "connect");
    return socket;
  };
  /** Everything that is answered until the gateway closes the connection. */
  const answered = async (socket: Socket): Promise<string> => {
    let text = "";
    socket.on("data", (bytes) => (text += bytes.toString()));
    socket.on("error", () => {});
    await once(socket, "close");
    return text;
  };
  const send = async (text: string): Promise<string> => {
    const socket = await opened();
    socket.write(text);
    return answered(socket);
  };
  const expectProblem = (answer: string, status: number, code: string): void => {
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).to.contain("Content-Type: application/problem+json");
    expect(at(JSON.parse(body), "type")).to.equal(`urn:everyfen:problem:${code}`);
  };

  it("is closed with 408 where the headers do not end", async () => {
    expectProblem(await send("GET /healthz HTTP/1.1\r\nHost: invented\r\nX-Slow: "), 408, "too-slow");
  });

  it("is closed with 408 where the body does not end, and nothing was recorded", async () => {
    const before = await service.get("/v1/summary");
    const headers = [
      "POST /v1/funds HTTP/1.1",
      "Host: invented",
      "Content-Type: application/json",
      `Authorization: Bearer ${service.key}`,
      "Idempotency-Key: slow",
      "Content-Length: 1000",
    ];
    expectProblem(await send(`${headers.join("\r\n")}\r\n\r\n{"name": `), 408, "too-slow");
    expect((await service.get("/v1/summary")).body).to.deep.equal(before.body);
  });

  it("is closed with 431 where the headers are too large, with 400 where there is no request", async () => {
    const large = `GET /healthz HTTP/1.1\r\nHost: invented\r\nX-Large: ${"x".repeat(5_000)}\r\n\r\n`;
    expectProblem(await send(large), 431, "headers-too-large");
    expectProblem(await send("nonsense\r\n\r\n"), 400, "invalid-request");
  });

  it("is closed where nothing follows an answer", async () => {
    expect(await send("GET /healthz HTTP/1.1\r\nHost: invented\r\n\r\n")).to.match(/^HTTP\/1\.1 200 /);
  });

  it("is closed where nothing is said in either direction, though an answer is due", async () => {
    expect(await send("GET /unanswered HTTP/1.1\r\nHost: invented\r\n\r\n")).to.equal("");
  });

  it("gets no place where so many have one", async () => {
    const places = await Promise.all([opened(), opened(), opened()]);
    const refused = await opened();
    expect(await answered(refused)).to.equal("");
    for (const socket of places) socket.destroy();
  });

  it("may be silent for longer than a write waits for its block", () => {
    expect(connectionLimits.silenceMs).to.be.greaterThan(60_000);
    expect(connectionLimits.headersMs).to.be.lessThan(connectionLimits.requestMs);
  });
});
